"""Who may do what in the workspace: one file per noun, each loaded here."""

from nhipcau.workspace.rules import (
    attached,
    bulk,
    calendars,
    exports,
    imports,
    letters,
    mail,
    notices,
    saved_views,
    templates,
)

__all__ = [
    "attached",
    "bulk",
    "calendars",
    "exports",
    "imports",
    "letters",
    "mail",
    "notices",
    "saved_views",
    "templates",
]
