"""Who may do what in the workspace: one file per noun, each loaded here."""

from nhipcau.workspace.rules import attached, exports, imports, letters, mail, notices, saved_views

__all__ = ["attached", "exports", "imports", "letters", "mail", "notices", "saved_views"]
