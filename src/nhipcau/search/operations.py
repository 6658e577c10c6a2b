from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db.migrations.operations.base import Operation

from nhipcau.search.names import FORMS, column, table

if TYPE_CHECKING:
    from collections.abc import Sequence

    from django.db.backends.base.schema import BaseDatabaseSchemaEditor
    from django.db.migrations.state import ProjectState

# Folding is ours, so the tokenizer only parts at spaces: every letter, number, mark and the gap belongs to a word.
_TOKENIZER = "unicode61 remove_diacritics 0 categories 'L* N* M* Co'"


class CreateIndex(Operation):
    """Create the full-text indexes of a model: FTS5 tables on SQLite, ``tsvector`` columns with GIN on PostgreSQL.

    There is one for each form: without marks, and with them. The FTS5 table of rows whose text never changes keeps no
    copy of it (``content=''``): where a text has to go by its outlet's rights, the index may stay. Rows are entered by
    :func:`nhipcau.search.add_to_index`. An ``editable`` one keeps its words, because SQLite takes an entry back only
    where it knows what the entry was; use :func:`nhipcau.search.update_index` and ``remove_from_index`` with it.
    """

    reversible = True

    def __init__(self, model_name: str, *, editable: bool = False, forms: Sequence[str] = FORMS) -> None:
        self.model_name, self.editable, self.forms = model_name, editable, tuple(forms)

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """Nothing: the models stay as they are."""

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,  # noqa: ARG002 - Django's signature
        to_state: ProjectState,
    ) -> None:
        """Create the indexes."""
        of = _table(app_label, self.model_name, to_state)
        for form in self.forms:
            if schema_editor.connection.vendor == "sqlite":
                content = "" if self.editable else " content='',"
                schema_editor.execute(
                    f'CREATE VIRTUAL TABLE "{table(of, form)}" USING fts5(words,{content} tokenize="{_TOKENIZER}")'
                )
            else:
                schema_editor.execute(f'ALTER TABLE "{of}" ADD COLUMN "{column(form)}" tsvector')
                schema_editor.execute(f'CREATE INDEX "{table(of, form)}" ON "{of}" USING gin ("{column(form)}")')

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,  # noqa: ARG002 - Django's signature
    ) -> None:
        """Drop the indexes."""
        of = _table(app_label, self.model_name, from_state)
        for form in self.forms:
            if schema_editor.connection.vendor == "sqlite":
                schema_editor.execute(f'DROP TABLE "{table(of, form)}"')
            else:
                schema_editor.execute(f'ALTER TABLE "{of}" DROP COLUMN "{column(form)}"')

    def describe(self) -> str:
        """One line for the migration's output."""
        return f"Create the full-text indexes of {self.model_name}: {', '.join(self.forms)}"

    @property
    def migration_name_fragment(self) -> str:
        """What the file is called if nobody names it."""
        return f"{self.model_name}_{'_'.join(self.forms)}"


def _table(app_label: str, model_name: str, state: ProjectState) -> str:
    model: Any = state.apps.get_model(app_label, model_name)
    return str(model._meta.db_table)
