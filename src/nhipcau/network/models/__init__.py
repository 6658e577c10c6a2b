from nhipcau.network.models.between import (
    BodyMembership,
    Duty,
    HeldRole,
    Position,
    RoleInNetwork,
    Succession,
    SuccessionKind,
)
from nhipcau.network.models.organisation import HOME_ZONE, Kind, Organisation
from nhipcau.network.models.over_time import (
    Jurisdiction,
    OrganisationClass,
    OrganisationCode,
    OrganisationName,
    OrganisationParent,
    Scheme,
)
from nhipcau.network.models.validity import Confidence, valid_on

__all__ = [
    "HOME_ZONE",
    "BodyMembership",
    "Confidence",
    "Duty",
    "HeldRole",
    "Jurisdiction",
    "Kind",
    "Organisation",
    "OrganisationClass",
    "OrganisationCode",
    "OrganisationName",
    "OrganisationParent",
    "Position",
    "RoleInNetwork",
    "Scheme",
    "Succession",
    "SuccessionKind",
    "valid_on",
]
