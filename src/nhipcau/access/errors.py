from django.core.exceptions import PermissionDenied


class AccessError(Exception):
    """Something was asked for that the access now open does not allow."""


class NoAccessOpenError(AccessError):
    """A scoped model was queried while no access was open."""


class AccessMismatchError(AccessError):
    """A query was built under one access and run under another."""


class UnscopedJoinError(AccessError):
    """A query would read rows that have an owner through a join, where no manager filters them."""


class NotYoursError(AccessError):
    """A row outside of what the access now open may see was to be removed."""


class PermissionDeniedError(AccessError, PermissionDenied):
    """A rule says that this actor may not do this; Django answers a request with 403."""
