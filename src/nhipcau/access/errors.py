class AccessError(Exception):
    """Something was asked for that the access now open does not allow."""


class NoAccessOpenError(AccessError):
    """A scoped model was queried while no access was open."""


class AccessMismatchError(AccessError):
    """A query was built under one access and run under another."""


class PermissionDeniedError(AccessError):
    """A rule says that this actor may not do this."""
