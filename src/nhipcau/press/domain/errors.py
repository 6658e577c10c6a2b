"""What can go wrong in the press room; each error is a sentence for the person it happened to."""


class PressError(Exception):
    """Something in the press room could not be done."""


class BadAddressError(PressError):
    """An address that the collector may not be given."""


class SourceOfAnotherOutletError(PressError):
    """The address is already a source of another outlet."""


class NotDraftError(PressError):
    """A digest past its draft was to be rebuilt by the engine."""


class UnknownArticleError(PressError):
    """A digest speaks of an article that is not stored."""


class CorrectionError(PressError):
    """A story cannot be corrected as asked."""


class NotInDigestError(PressError):
    """An item or a story does not belong to the digest."""
