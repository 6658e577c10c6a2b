from nhipcau.accounts.models.deputyship import Deputyship, in_force_on
from nhipcau.accounts.models.held import Held, held_on
from nhipcau.accounts.models.membership import (
    GIVEN_BY_SYSTEM_OWNER,
    GIVEN_BY_SYSTEM_OWNER_ALONE,
    Membership,
    Role,
)
from nhipcau.accounts.models.person import Person, TextSize, Theme

__all__ = [
    "GIVEN_BY_SYSTEM_OWNER",
    "GIVEN_BY_SYSTEM_OWNER_ALONE",
    "Deputyship",
    "Held",
    "Membership",
    "Person",
    "Role",
    "TextSize",
    "Theme",
    "held_on",
    "in_force_on",
]
