"""The source itself: nobody of ours goes round the manager, and nobody leaves an access open behind a yield."""

import ast
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2] / "src" / "nhipcau"

#: Names by which Django leads past a manager.
WAYS_ROUND = {
    "raw": "SQL by hand is not filtered",
    "RawSQL": "SQL by hand is not filtered",
    "extra": "SQL by hand is not filtered",
    "cursor": "SQL by hand is not filtered",
    "QuerySet": "a queryset made by hand has no filter",
    "Manager": "Django's own manager has no filter",
    "_raw_delete": "it is Django's own",
    "_base_manager": "it is Django's own",
    "_default_manager": "it is Django's own",
}

#: Who may, by path and name, and why.
ALLOWED = {
    ("access/models.py", "QuerySet"): "the scoped queryset is made from it",
    ("access/models.py", "Manager"): "the scoped manager is made from it",
    ("access/models.py", "_raw_delete"): "the door is shut here",
    ("access/models.py", "_base_manager"): "it asks the closed manager before a row is removed",
    ("access/models.py", "raw"): "the door is shut here",
    ("access/checks.py", "_base_manager"): "the check looks at it",
    ("access/checks.py", "_default_manager"): "the check looks at it",
    ("audit/queries.py", "_default_manager"): "whatever the model, its own closed manager is asked",
    ("audit/reading.py", "_default_manager"): "whatever the model, its own closed manager is asked",
    ("audit/domain/seal.py", "cursor"): "places and hashes are written, which the model itself refuses; no row is read",
    ("audit/guard.py", "cursor"): "triggers are made, no row is read",
    ("search/index.py", "cursor"): "the words of rows just stored are written, no row is read",
}


def files():
    """Our own source, but for migrations (which see the models of their time) and type annotations."""
    return sorted(path for path in SOURCE.rglob("*.py") if "migrations" not in path.parts)


def uses(tree):
    """Names called, inherited from, or read as attributes; annotations read nothing."""
    annotations = set()
    for node in ast.walk(tree):
        for part in (getattr(node, "annotation", None), getattr(node, "returns", None)):
            if part is not None:
                annotations.update(ast.walk(part))
    for node in ast.walk(tree):
        if node in annotations:
            continue
        if isinstance(node, ast.Attribute) and node.attr in WAYS_ROUND:
            yield node.attr, node.lineno
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in WAYS_ROUND:
            yield node.func.id, node.lineno


def test_source_goes_round_no_manager():
    found = []
    for path in files():
        name, text = str(path.relative_to(SOURCE)), path.read_text()
        if "django" in text:
            found += [
                f"{name}:{line} {way}: {WAYS_ROUND[way]}"
                for way, line in uses(ast.parse(text))
                if (name, way) not in ALLOWED
            ]

    assert found == []


def test_nobody_is_allowed_for_nothing():
    assert [(name, way) for name, way in ALLOWED if way not in dict(uses(ast.parse((SOURCE / name).read_text())))] == []


def test_search_for_ways_round_finds_them():
    tree = ast.parse("def f(q: QuerySet) -> Manager:\n    models.QuerySet(M)\n    M.objects.raw('')\n    cursor()\n")

    assert sorted(uses(tree)) == [("QuerySet", 2), ("cursor", 4), ("raw", 3)]


def opens(statement):
    return isinstance(statement, ast.With) and any(
        isinstance(item.context_expr, ast.Call)
        and getattr(item.context_expr.func, "attr", getattr(item.context_expr.func, "id", "")) in {"opened", "system"}
        for item in statement.items
    )


def left_open(tree):
    """Lines on which a generator hands over a value while an access that it opened is still open."""
    for function in ast.walk(tree):
        if not isinstance(function, ast.FunctionDef):
            continue
        made_for_with = any(getattr(mark, "id", "") == "contextmanager" for mark in function.decorator_list)
        for statement in ast.walk(function):
            if opens(statement) and not made_for_with:
                yield from (n.lineno for n in ast.walk(statement) if isinstance(n, (ast.Yield, ast.YieldFrom)))


def test_generator_leaves_no_access_open():
    """What a generator opens stays open for whoever asked it for a value."""
    found = [f"{path}:{line}" for path in files() for line in left_open(ast.parse(path.read_text()))]

    assert found == []


def test_search_for_accesses_left_open_finds_them():
    tree = ast.parse("def f():\n    with access.system('x'):\n        yield 1\n")

    assert list(left_open(tree)) == [3]
