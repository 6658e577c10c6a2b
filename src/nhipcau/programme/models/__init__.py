from nhipcau.programme.models.directive import (
    Clause,
    ClauseKind,
    Directive,
    DirectiveKind,
    DirectiveLink,
    Finding,
    LinkKind,
)
from nhipcau.programme.models.instance import OPEN_STATES, InstanceState, TaskInstance, Word
from nhipcau.programme.models.recommendation import WAITING, Recommendation, RecommendationState
from nhipcau.programme.models.scheme import ReviewKind, Scheme, SchemeKind, SchemePhase, SchemeReview
from nhipcau.programme.models.task import (
    Ending,
    Part,
    Task,
    TaskAgency,
    TaskClass,
    TaskKind,
    TaskNamedOffice,
    TaskState,
)

__all__ = [
    "OPEN_STATES",
    "WAITING",
    "Clause",
    "ClauseKind",
    "Directive",
    "DirectiveKind",
    "DirectiveLink",
    "Ending",
    "Finding",
    "InstanceState",
    "LinkKind",
    "Part",
    "Recommendation",
    "RecommendationState",
    "ReviewKind",
    "Scheme",
    "SchemeKind",
    "SchemePhase",
    "SchemeReview",
    "Task",
    "TaskAgency",
    "TaskClass",
    "TaskInstance",
    "TaskKind",
    "TaskNamedOffice",
    "TaskState",
    "Word",
]
