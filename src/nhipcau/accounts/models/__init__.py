from nhipcau.accounts.models.deputyship import Deputyship, in_force_on
from nhipcau.accounts.models.focal import FULL_TIME, FocalDuty, FocalTraining
from nhipcau.accounts.models.held import Held, held_by, held_on
from nhipcau.accounts.models.invitation import Invitation, open_at
from nhipcau.accounts.models.membership import (
    GIVEN_BY_SYSTEM_OWNER,
    GIVEN_BY_SYSTEM_OWNER_ALONE,
    Membership,
    Role,
)
from nhipcau.accounts.models.person import Person, TextSize, Theme

__all__ = [
    "FULL_TIME",
    "GIVEN_BY_SYSTEM_OWNER",
    "GIVEN_BY_SYSTEM_OWNER_ALONE",
    "Deputyship",
    "FocalDuty",
    "FocalTraining",
    "Held",
    "Invitation",
    "Membership",
    "Person",
    "Role",
    "TextSize",
    "Theme",
    "held_by",
    "held_on",
    "in_force_on",
    "open_at",
]
