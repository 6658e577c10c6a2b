"""Every verb that is recorded anywhere is said in words."""

import ast
import re

import pytest
from django.apps import apps
from django.utils import translation

from nhipcau.audit import verbs
from tests.support.shared import ROOT

SOURCE = ROOT / "src" / "nhipcau"
#: Whoever says one of these about a string means a permission, not a verb.
PERMISSIONS = {"require", "add_perm", "has_perm", "test_rule"}


def called(node):
    return getattr(node.func, "attr", getattr(node.func, "id", ""))


VERB = re.compile(r"[a-z]+\.[a-z]+(_[a-z]+)+")


def written(node):
    """What an f-string may say, where every part of it is one of two words; its own source where nobody can tell."""
    said = [""]
    for part in node.values:
        value = getattr(part, "value", None)
        if isinstance(part, ast.Constant):
            words = [part.value]
        elif isinstance(value, ast.IfExp) and all(isinstance(one, ast.Constant) for one in (value.body, value.orelse)):
            words = [value.body.value, value.orelse.value]
        else:
            return [f"{said[0]}{ast.unparse(node)}"]
        said = [f"{before}{word}" for before in said for word in words]
    return said


def spoken(tree, room):
    """Verbs of a room that stand in its source, and what begins like one and cannot be looked up."""
    passed_over = {
        part
        for node in ast.walk(tree)
        if isinstance(node, ast.Call) and called(node) in PERMISSIONS
        for part in ast.walk(node)
    }
    for node in ast.walk(tree):
        if node in passed_over:
            continue
        if isinstance(node, ast.JoinedStr):
            passed_over.update(ast.walk(node))
            yield from (verb for verb in written(node) if verb.startswith(f"{room}."))
        elif isinstance(node, ast.Constant) and VERB.fullmatch(str(node.value)) and node.value.startswith(f"{room}."):
            yield node.value


def recorded():
    """What is recorded in ``<room>/domain``, by the file that does."""
    for path in sorted(SOURCE.glob("*/domain/**/*.py")):
        room = path.relative_to(SOURCE).parts[0]
        for verb in spoken(ast.parse(path.read_text()), room):
            if not is_model(verb):
                yield str(path.relative_to(SOURCE)), verb


def is_model(label):
    try:
        return bool(apps.get_model(label))
    except (LookupError, ValueError):
        return False


def payload_keys(tree):
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and called(node) == "record":
            for given in node.keywords:
                if given.arg == "payload" and isinstance(given.value, ast.Dict):
                    yield from (key.value for key in given.value.keys if isinstance(key, ast.Constant))


def test_every_verb_that_is_recorded_has_its_phrase():
    assert [(path, verb) for path, verb in recorded() if not verbs.knows(verb)] == []


def test_verbs_are_found_where_they_are_recorded():
    found = {verb for _, verb in recorded()}

    assert {"press.store_digest", "accounts.grant_membership", "network.change_organisation"} <= found
    source = (
        "record(verb=f'press.{x}')\nrequire('press.collect_all', a)\nx = 'press.do_it'\n"
        "f\"press.{'make' if new else 'change'}_it\"\n'law.do_it'"
    )
    assert sorted(spoken(ast.parse(source), "press")) == [
        "press.change_it",
        "press.do_it",
        "press.f'press.{x}'",
        "press.make_it",
    ]


def test_every_key_of_a_payload_has_its_name():
    """A key is a field of some model of its room, or the room names it."""
    missing = []
    for path in sorted(SOURCE.glob("*/domain/**/*.py")):
        room = path.relative_to(SOURCE).parts[0]
        fields = {field.name for model in apps.get_app_config(room).get_models() for field in model._meta.fields}
        missing += [
            (str(path.relative_to(SOURCE)), key)
            for key in payload_keys(ast.parse(path.read_text()))
            if key not in fields and not verbs.names(key)
        ]
    assert missing == []


@pytest.mark.parametrize(("language", "said"), [("vi", "lập bản điểm báo"), ("en", "built the press digest")])
def test_phrase_is_in_the_language_of_the_reader(language, said):
    with translation.override(language):
        assert verbs.phrase("press.store_digest") == said


def test_verb_that_nobody_knows_is_shown_as_it_is():
    assert verbs.phrase("elsewhere.do_it") == "elsewhere.do_it"


def test_two_rooms_do_not_say_one_thing_in_two_ways():
    verbs.register({"press.store_digest": verbs._PHRASES["press.store_digest"]})
    with pytest.raises(ValueError, match=r"press\.store_digest"):
        verbs.register({"press.store_digest": "did something else"})
