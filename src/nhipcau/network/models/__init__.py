from nhipcau.network.models.organisation import Confidence, Kind, Organisation
from nhipcau.network.models.over_time import OrganisationName, OrganisationParent

__all__ = ["Confidence", "Kind", "Organisation", "OrganisationName", "OrganisationParent"]
