"""The source itself: nobody of ours goes round the manager that fails closed, and nobody leaves an access open.

    python tools/scoping.py

Part of ``make lint``. Names file, line and way, and ends with 1 where there is one that is not exempt. An exemption is
a file, a way, and the reason why no row reaches anybody by it; one that stands for nothing is named as well.
"""

from __future__ import annotations

import ast
import sys
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

SOURCE = Path(__file__).resolve().parents[1] / "src" / "nhipcau"

#: Names by which Django leads past a manager, read as an attribute, called, or inherited from.
WAYS_ROUND = {
    "raw": "SQL by hand is not filtered",
    "RawSQL": "SQL by hand is not filtered",
    "RawQuerySet": "SQL by hand is not filtered",
    "extra": "SQL by hand is not filtered",
    "cursor": "SQL by hand is not filtered",
    "QuerySet": "a queryset made by hand has no filter",
    "Query": "a query made by hand has no filter",
    "Manager": "Django's own manager has no filter",
    "BaseManager": "Django's own manager has no filter",
    "_raw_delete": "it is Django's own",
    "_base_manager": "it is Django's own",
    "_default_manager": "it is Django's own",
    "_meta.managers": "they are Django's own",
    "Collector": "it removes rows that nobody asked for",
}

#: Further ways, found by their shape.
MANAGER = "objects"
EVERYTHING = "everything"
SYSTEM = "system"
LEFT_OPEN = "left open"
FOR_A_RULE = "for_a_rule"
SHAPES = {
    MANAGER: "a manager of a model is a ScopedManager",
    EVERYTHING: "an access that sees everything is opened by access.system alone, which says what for",
    SYSTEM: "what a screen shows is read under the reader's own access",
    FOR_A_RULE: "it has no filter: it is for rules, functions whose name ends in visible_to",
    LEFT_OPEN: "what a generator opens stays open for whoever asked it for a value",
}

#: Where people are answered: here nobody reads as the system.
SCREENS = ("views", "templatetags", "api.py", "forms.py", "forms", "filters.py", "listings.py", "listings")

#: Functions that state rules under another name.
RULES = {"on_visible_objects", "_addressed_to"}

#: Classes of managers that are scoped; the start-up check looks at them again when they are made.
SCOPED_MANAGERS = {"AttachedManager", "PersonManager", "ScopedManager"}

#: (path below src/nhipcau, way) -> why no row reaches anybody by it.
EXEMPT: dict[tuple[str, str], str] = {
    ("access/models.py", "QuerySet"): "the scoped queryset is made from it, and queries inside rules",
    ("access/models.py", "Manager"): "the scoped manager is made from it",
    ("access/models.py", "_raw_delete"): "the door is shut here",
    ("access/models.py", "_base_manager"): "it asks the closed manager before a row is removed",
    ("access/models.py", "raw"): "the door is shut here",
    ("access/models.py", "extra"): "the door is shut here",
    ("access/query.py", "Query"): "the scoped query is made from it",
    ("access/opened.py", EVERYTHING): "this is access.system",
    ("access/checks.py", "_base_manager"): "the check looks at it",
    ("access/checks.py", "_default_manager"): "the check looks at it",
    ("access/checks.py", "_meta.managers"): "the check looks at them",
    ("accounts/models/held.py", "cursor"): "who holds which role is what an access is made of",
    ("accounts/views/demo.py", SYSTEM): "sign-in of a demonstration, on loopback: nobody is signed in yet",
    ("accounts/views/sign_in.py", SYSTEM): "nobody is signed in yet: it looks for who they are",
    ("audit/queries.py", "_default_manager"): "whatever the model, its own closed manager is asked",
    ("audit/reading.py", "_default_manager"): "whatever the model, its own closed manager is asked",
    ("audit/domain/seal.py", "cursor"): "places and hashes are written, which the model itself refuses; no row is read",
    ("audit/guard.py", "cursor"): "triggers are made, no row is read",
    ("workspace/models/issue.py", FOR_A_RULE): "what is stored is compared with what would be saved; nobody reads it",
    ("workspace/models/letter.py", FOR_A_RULE): "who had a hand in it, for the rule that nobody approves their own",
    ("press/models/digest.py", FOR_A_RULE): "who had a hand in it, for the rule that nobody approves their own",
    ("programme/models/plan.py", FOR_A_RULE): "who had a hand in it, for the rule that nobody approves their own",
    ("reporting/models/report.py", FOR_A_RULE): "who had a hand in it, for the rule that nobody approves their own",
    ("reporting/models/national.py", FOR_A_RULE): "who had a hand in it, for the rule that nobody approves their own",
    ("desk/health.py", "cursor"): "PostgreSQL is asked how large its database is",
    (
        "desk/views/health.py",
        SYSTEM,
    ): "how the installation is, for its owner or its own monitoring; nothing of content",
    ("network/overlaps.py", "cursor"): "triggers are made, no row is read",
    ("press/queries/coverage.py", "cursor"): "languages of articles, which are reference rows; an access must be open",
    (
        "search/paging.py",
        "cursor",
    ): "a plan is chosen by how often words stand in the index; rows are read by the manager",
    ("search/index.py", "cursor"): "the words of rows just stored are written, no row is read",
}


class Found(NamedTuple):
    """A way round: in which file, on which line, which."""

    path: str
    line: int
    way: str

    def __str__(self) -> str:
        return f"src/nhipcau/{self.path}:{self.line} {self.way}: {(WAYS_ROUND | SHAPES)[self.way]}"


def files() -> list[Path]:
    """Our own source but for migrations, which see the models of their time."""
    return sorted(path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts)


def ways(path: str, text: str) -> Iterator[Found]:
    """Every way round in one file, exempt or not; ``path`` is below src/nhipcau."""
    tree = ast.parse(text)
    screen = any(part in SCREENS for part in Path(path).parts)
    yield from (Found(path, line, LEFT_OPEN) for line in left_open(tree))
    if "django" not in text and "nhipcau.access" not in text:
        return
    passed_over = _annotations(tree)
    in_rules = {part for rule in _rules(tree) for part in ast.walk(rule)}
    for node in ast.walk(tree):
        if node in passed_over:
            continue
        if isinstance(node, ast.Call) and _name(node.func) == FOR_A_RULE and node not in in_rules:
            yield Found(path, node.lineno, FOR_A_RULE)
        yield from (Found(path, getattr(node, "lineno", 0), way) for way in _ways_of(node, screen=screen))


def _annotations(tree: ast.AST) -> set[ast.AST]:
    """Annotations read nothing."""
    found: set[ast.AST] = set()
    for node in ast.walk(tree):
        for part in (getattr(node, "annotation", None), getattr(node, "returns", None)):
            if part is not None:
                found.update(ast.walk(part))
    return found


def _rules(tree: ast.AST) -> Iterator[ast.FunctionDef]:
    """Functions that state who may see what: they filter others, and nobody reads what they build."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and (node.name in RULES or node.name.endswith("visible_to")):
            yield node


def _ways_of(node: ast.AST, *, screen: bool) -> Iterator[str]:
    if isinstance(node, ast.Attribute):
        name = "_meta.managers" if node.attr == "managers" else node.attr
        if name in WAYS_ROUND:
            yield name
    elif isinstance(node, ast.Call):
        yield from _ways_of_call(node, screen=screen)
    elif isinstance(node, ast.ClassDef):
        yield from (base.id for base in node.bases if isinstance(base, ast.Name) and base.id in WAYS_ROUND)
        yield from (MANAGER for statement in node.body if _is_open_manager(statement))


def _ways_of_call(call: ast.Call, *, screen: bool) -> Iterator[str]:
    name = _name(call.func)
    if isinstance(call.func, ast.Name) and name in WAYS_ROUND:
        yield name
    if screen and name == "system":
        yield SYSTEM
    for given in call.keywords:
        constant = given.value.value if isinstance(given.value, ast.Constant) else True
        if given.arg == "everything" and name in {"Access", "replace"} and constant is not False:
            yield EVERYTHING


def _is_open_manager(statement: ast.stmt) -> bool:
    """Whether a class takes ``objects`` from anything whose name does not say that it is scoped."""
    if not isinstance(statement, ast.Assign) or not any(_name(target) == "objects" for target in statement.targets):
        return False
    value = statement.value
    made_by = _name(value.func) if isinstance(value, ast.Call) else _name(value)
    return made_by not in SCOPED_MANAGERS


def _name(node: ast.AST) -> str:
    return getattr(node, "attr", getattr(node, "id", ""))


def left_open(tree: ast.AST) -> Iterator[int]:
    """Lines on which a generator hands over a value while an access that it opened is still open."""
    for function in ast.walk(tree):
        if not isinstance(function, ast.FunctionDef):
            continue
        if any(_name(mark) == "contextmanager" for mark in function.decorator_list):
            continue
        for statement in ast.walk(function):
            if isinstance(statement, ast.With) and any(_opens(item) for item in statement.items):
                yield from (n.lineno for n in ast.walk(statement) if isinstance(n, (ast.Yield, ast.YieldFrom)))


def _opens(item: ast.withitem) -> bool:
    call = item.context_expr
    return isinstance(call, ast.Call) and _name(call.func) in {"opened", "system"}


def main() -> int:
    """Name what is not exempt, and exemptions that stand for nothing."""
    found = [way for path in files() for way in ways(str(path.relative_to(SOURCE)), path.read_text(encoding="utf-8"))]
    wrong = [str(way) for way in found if (way.path, way.way) not in EXEMPT]
    used = {(way.path, way.way) for way in found}
    unused = [
        f"tools/scoping.py: {path} is exempt for {way} and needs it no more" for path, way in EXEMPT.keys() - used
    ]
    wrong += sorted(unused)
    print("\n".join(wrong) if wrong else "Scoping: nobody goes round the manager.")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
