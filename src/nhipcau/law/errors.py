class LawError(Exception):
    """Something cannot be said, or cannot be entered, as the law stands here; the sentence says which and why."""


class UnknownDeadlineError(LawError):
    """There is no deadline of that kind."""


class NoRuleInForceError(LawError):
    """There is a deadline of that kind, but no rule for it was in force on that day."""


class MomentNeededError(LawError):
    """A limit in hours is counted from a moment, and only a day was given."""


class NotRecurringError(LawError):
    """The deadline is set going by an event, so the calendar alone does not say when it falls."""


class OutsideCalendarError(LawError):
    """The day lies outside the years for which working days are known."""
