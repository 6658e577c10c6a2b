"""Who may do what in the programme room: one file per noun, each loaded here."""

from nhipcau.programme.rules import directives, plans, recommendations, tasks

__all__ = ["directives", "plans", "recommendations", "tasks"]
