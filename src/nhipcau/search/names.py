"""What the index is called in the database; outside Django's tables, because Django knows neither kind."""

#: FTS5 table beside a model's table, on SQLite; its row numbers are the model's keys.
TABLE = "{}_folded"
#: Column of a model's table, on PostgreSQL.
COLUMN = "folded"
