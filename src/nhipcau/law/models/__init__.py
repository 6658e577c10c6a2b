from nhipcau.law.models.basis import Confidence, LegalBasis
from nhipcau.law.models.deadline import ActorClass, Deadline, Direction, Unit
from nhipcau.law.models.validity import valid_on
from nhipcau.law.models.working_day import WorkingDayOverride

__all__ = [
    "ActorClass",
    "Confidence",
    "Deadline",
    "Direction",
    "LegalBasis",
    "Unit",
    "WorkingDayOverride",
    "valid_on",
]
