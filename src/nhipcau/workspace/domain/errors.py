"""What can go wrong in the workspace; each error is a sentence for the person it happened to."""


class WorkspaceError(Exception):
    """Something in the workspace could not be done."""


class WrongStateError(WorkspaceError):
    """The object is not, or no longer, so far that this could be done to it."""


class IncompleteError(WorkspaceError):
    """Something that the step needs is missing.

    Attributes:
        field: the field of the form that lacks it; empty where it is none.
    """

    def __init__(self, sentence: str, field: str = "") -> None:
        super().__init__(sentence)
        self.field = field


class ConflictError(WorkspaceError):
    """Somebody else saved the object since it was read; nothing was saved."""


class RecipientError(WorkspaceError):
    """An office cannot be a recipient as asked."""
