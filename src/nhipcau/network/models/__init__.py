from nhipcau.network.models.organisation import Confidence, Kind, Organisation
from nhipcau.network.models.over_time import OrganisationName, OrganisationParent
from nhipcau.network.models.validity import valid_on

__all__ = ["Confidence", "Kind", "Organisation", "OrganisationName", "OrganisationParent", "valid_on"]
