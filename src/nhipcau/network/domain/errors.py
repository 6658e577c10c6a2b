class OrganisationError(Exception):
    """Something about a body cannot be as it was given; the sentence says which body and why."""
