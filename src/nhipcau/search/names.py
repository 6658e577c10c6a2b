"""What the indexes are called in the database; outside Django's tables, because Django knows neither kind."""

#: The forms in which a text is indexed: without marks, and with them.
FOLDED, EXACT = "folded", "exact"
FORMS = (FOLDED, EXACT)


def table(of: str, form: str) -> str:
    """FTS5 table beside a model's table, on SQLite; its row numbers are the model's keys. On PostgreSQL, the index."""
    return f"{of}_{form}"


def column(form: str) -> str:
    """Column of a model's table, on PostgreSQL."""
    return form
