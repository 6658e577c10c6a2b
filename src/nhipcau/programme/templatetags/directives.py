"""How the facts of tasks are written on the screens of directives."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django import template

from nhipcau.programme import words

if TYPE_CHECKING:
    from nhipcau.programme.models import Task

register = template.Library()


@register.filter
def lead(task: Task) -> str:
    """Who leads a task, in one line."""
    return words.lead(task)


@register.filter
def deadline(task: Task) -> str:
    """By when, with the words of the paper where they say more."""
    return words.deadline(task)
