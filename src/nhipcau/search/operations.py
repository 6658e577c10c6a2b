from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.migrations.operations.base import Operation

from nhipcau.search.names import COLUMN, TABLE

if TYPE_CHECKING:
    from django.db.backends.base.schema import BaseDatabaseSchemaEditor
    from django.db.migrations.state import ProjectState

# Folding is ours, so the tokenizer only parts at spaces: every letter, number, mark and the gap belongs to a word.
_TOKENIZER = "unicode61 remove_diacritics 0 categories 'L* N* M* Co'"


class CreateIndex(Operation):
    """Create the folded full-text index of a model: an FTS5 table on SQLite, a ``tsvector`` with GIN on PostgreSQL.

    The FTS5 table keeps no copy of the text (``content=''``): where a text has to go by its outlet's rights, the index
    may stay. Rows are entered by :func:`nhipcau.search.add_to_index`.
    """

    reversible = True

    def __init__(self, model_name: str) -> None:
        self.model_name = model_name

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Nothing: the models stay as they are."""

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,  # noqa: ARG002 - Django's signature
        to_state: ProjectState,
    ) -> None:
        """Create the index."""
        table = _table(app_label, self.model_name, to_state)
        if schema_editor.connection.vendor == "sqlite":
            schema_editor.execute(
                f'CREATE VIRTUAL TABLE "{TABLE.format(table)}" '
                f"USING fts5(words, content='', tokenize=\"{_TOKENIZER}\")",
            )
        else:
            schema_editor.execute(f'ALTER TABLE "{table}" ADD COLUMN "{COLUMN}" tsvector')
            schema_editor.execute(f'CREATE INDEX "{TABLE.format(table)}" ON "{table}" USING gin ("{COLUMN}")')

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,  # noqa: ARG002 - Django's signature
    ) -> None:
        """Drop the index."""
        table = _table(app_label, self.model_name, from_state)
        if schema_editor.connection.vendor == "sqlite":
            schema_editor.execute(f'DROP TABLE "{TABLE.format(table)}"')
        else:
            schema_editor.execute(f'ALTER TABLE "{table}" DROP COLUMN "{COLUMN}"')

    def describe(self) -> str:
        """One line for the migration's output."""
        return f"Create the folded full-text index of {self.model_name}"

    @property
    def migration_name_fragment(self) -> str:
        """What the file is called if nobody names it."""
        return f"{self.model_name}_folded"


def _table(app_label: str, model_name: str, state: ProjectState) -> str:
    model: Any = state.apps.get_model(app_label, model_name)
    return str(model._meta.db_table)
