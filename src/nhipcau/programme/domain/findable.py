"""The entries of directives, tasks, schemes and recommendations in the full-text index. In the caller's transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nhipcau.programme.models import Clause, Directive, Recommendation, Scheme, Task
from nhipcau.search import update_index

if TYPE_CHECKING:
    from nhipcau.programme.models import Directive as DirectiveRow


def make_directive_findable(directive: DirectiveRow) -> None:
    """By its number, titles, issuer and the texts of its clauses."""
    clauses = Clause.objects.filter(directive=directive).values_list("number", "text_vi", "text_en")
    texts = [text for row in clauses for text in row]
    heads = [directive.number, directive.title_vi, directive.title_en, directive.issuer, directive.note]
    update_index(Directive, [(directive.pk, [*heads, *texts])])


def make_task_findable(task: Task) -> None:
    """By what is to be done, the product, the indicator, and the number of its directive."""
    numbers = [task.clause.number, task.clause.directive.number]
    words = [task.title_vi, task.title_en, task.product, task.indicator, task.note, *numbers]
    update_index(Task, [(task.pk, words)])


def make_scheme_findable(scheme: Scheme) -> None:
    """By its titles and term."""
    update_index(Scheme, [(scheme.pk, [scheme.title_vi, scheme.title_en, scheme.term, scheme.note])])


def make_recommendation_findable(asked: Recommendation) -> None:
    """By what was asked and what was answered."""
    update_index(Recommendation, [(asked.pk, [asked.title, asked.text, asked.answer, asked.origin_words])])
