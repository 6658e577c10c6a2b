"""The rule of ``tools/scoping.py``: every way round is found, and the source has none that is not exempt."""

import pytest

from tools import scoping

SCREEN = "press/views/article.py"
DJANGO = "from django.db import models\n"


def found(text, path="press/queries.py"):
    return [way.way for way in scoping.ways(path, DJANGO + text)]


def test_source_goes_round_no_manager(capsys):
    assert scoping.main() == 0, capsys.readouterr().out


@pytest.mark.parametrize(
    ("text", "way"),
    [
        ("Book.objects.raw('SELECT 1')", "raw"),
        ("Shelf.objects.annotate(t=RawSQL('SELECT 1', []))", "RawSQL"),
        ("Shelf.objects.annotate(t=expressions.RawSQL('SELECT 1', []))", "RawSQL"),
        ("Shelf.objects.extra(tables=['book'])", "extra"),
        ("connection.cursor()", "cursor"),
        ("cursor()", "cursor"),
        ("models.QuerySet(Book)", "QuerySet"),
        ("QuerySet(Book)", "QuerySet"),
        ("sql.Query(Book)", "Query"),
        ("models.Manager()", "Manager"),
        ("Book._base_manager.all()", "_base_manager"),
        ("Book._default_manager.all()", "_default_manager"),
        ("Book._meta.managers", "_meta.managers"),
        ("Book.objects.all()._raw_delete('default')", "_raw_delete"),
        ("Collector(using='default').delete()", "Collector"),
        ("class M(Manager):\n    pass", "Manager"),
        ("class B(Scoped):\n    objects = OpenManager()", "objects"),
        ("class B(Scoped):\n    objects = BookSet.as_manager()", "objects"),
        ("class B(Scoped):\n    objects: Any = models.Manager()", "Manager"),
        ("Access(actor=a, everything=True)", "everything"),
        ("Access(actor=a, everything=flag)", "everything"),
        ("dataclasses.replace(access, everything=True)", "everything"),
        ("for_a_rule(Book).count()", "for_a_rule"),
        ("def books():\n    return models.for_a_rule(Book)", "for_a_rule"),
    ],
)
def test_way_round_is_found(text, way):
    assert way in found(text)


@pytest.mark.parametrize(
    "text",
    [
        "def f(books: QuerySet[Book], manager: models.Manager) -> QuerySet:\n    return Book.objects.all()",
        "class B(Scoped):\n    objects = ScopedManager()",
        "Access(actor=a, everything=False)",
        "def visible_to(cls, access):\n    return Q(pk__in=for_a_rule(Book).values('pk'))",
        "def letters_visible_to(access):\n    return Q(pk__in=for_a_rule(Book).values('pk'))",
    ],
)
def test_what_goes_through_the_manager_is_let_pass(text):
    assert found(text) == []


@pytest.mark.parametrize(
    "path", [SCREEN, "audit/templatetags/audit.py", "press/filters.py", "press/listings.py", "press/api.py"]
)
def test_screen_does_not_read_as_the_system(path):
    text = "from nhipcau import access\nwith access.system('x'):\n    pass"

    assert found(text, path) == ["system"]
    assert found("with system('x'):\n    pass", path) == ["system"]
    assert found(text, "press/tasks.py") == []


@pytest.mark.parametrize("opening", ["access.system('x')", "opened(someone)"])
def test_generator_that_leaves_an_access_open_is_found(opening):
    text = f"def f():\n    with {opening}:\n        yield 1\n"

    assert found(text) == ["left open"]
    assert found(f"@contextmanager\n{text}") == []


def test_exemption_that_stands_for_nothing_is_named(monkeypatch, capsys):
    monkeypatch.setitem(scoping.EXEMPT, ("press/urls.py", "raw"), "no reason")

    assert scoping.main() == 1
    assert capsys.readouterr().out == "tools/scoping.py: press/urls.py is exempt for raw and needs it no more\n"


def test_every_exemption_has_its_reason():
    assert [key for key, reason in scoping.EXEMPT.items() if len(reason) < 15] == []
