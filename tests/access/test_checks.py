import pytest
from django.db import models
from django.test.utils import isolate_apps

from nhipcau.access import Scoped, ScopedManager, checks


class _Room:
    """What the check asks of an app."""

    name = "nhipcau.example"

    def __init__(self, *rooms_models):
        self._models = rooms_models

    def get_models(self, *, include_auto_created):
        return self._models


def faults(*rooms_models):
    return [(error.obj.__name__, error.id) for error in checks.check_scoped([_Room(*rooms_models)])]


def visible_to(cls, access):
    return models.Q()


def make(name, *bases, **body):
    body = {"__module__": __name__, "Meta": type("Meta", (), {"app_label": "shelf"})} | body
    return type(name, bases, body)


@pytest.fixture(autouse=True)
def _own_registry():
    with isolate_apps("tests.support.shelf"):
        yield


def test_no_model_of_ours_is_open():
    assert checks.check_scoped() == []


def test_check_finds_a_model_that_is_not_scoped():
    assert faults(make("Plain", models.Model)) == [("Plain", "access.E001")]


def test_check_lets_pass_what_is_exempt_by_name(monkeypatch):
    monkeypatch.setitem(checks.EXEMPT, "shelf.Plain", "a test")

    assert faults(make("Plain", models.Model)) == []


def test_check_finds_the_hidden_table_of_a_many_to_many_field():
    tagged = make(
        "Tagged", Scoped, visible_to=classmethod(visible_to), tags=models.ManyToManyField("self", symmetrical=False)
    )

    assert faults(tagged, tagged.tags.through) == [("Tagged_tags", "access.E001")]


def test_check_finds_an_open_manager():
    opened = make("Opened", Scoped, visible_to=classmethod(visible_to), everything=models.Manager())

    assert faults(opened) == [("Opened", "access.E002")]


def test_check_finds_an_open_base_manager():
    meta = type("Meta", (), {"app_label": "shelf", "base_manager_name": "plain"})
    opened = make("Opened", Scoped, visible_to=classmethod(visible_to), plain=models.Manager(), Meta=meta)

    assert faults(opened) == [("Opened", "access.E002")]


def test_check_finds_a_base_manager_lost_to_another_parent():
    other = make("Other", models.Model, Meta=type("Meta", (), {"app_label": "shelf", "abstract": True}))
    lost = make("Lost", other, Scoped, visible_to=classmethod(visible_to))

    assert faults(lost) == [("Lost", "access.E002")]


def test_check_finds_a_manager_that_goes_its_own_way():
    class Loose(ScopedManager):
        def get_queryset(self):
            return models.QuerySet(self.model)

    loose = make("Loosened", Scoped, visible_to=classmethod(visible_to), objects=Loose())

    assert faults(loose) == [("Loosened", "access.E002")]


def test_check_finds_a_queryset_that_is_open():
    manager = ScopedManager.from_queryset(models.QuerySet)()
    assert faults(make("Mixed", Scoped, visible_to=classmethod(visible_to), objects=manager)) == [
        ("Mixed", "access.E002")
    ]


def test_check_finds_a_model_without_a_rule():
    assert faults(make("Silent", Scoped)) == [("Silent", "access.E003")]


def test_check_finds_rows_shared_between_tables():
    parent = make("Parent", Scoped, visible_to=classmethod(visible_to))

    assert faults(parent, make("Child", parent)) == [("Child", "access.E004")]


def test_check_runs_when_the_system_starts():
    from django.core.checks.registry import registry

    assert checks.check_scoped in registry.get_checks()
