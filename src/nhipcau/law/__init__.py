"""Law as dated data: legal bases, deadlines, working days, each with the days between which it applies.

Every room above asks here when something is due: :func:`nhipcau.law.domain.due.due_at` for what an event sets going,
:func:`nhipcau.law.domain.occurrences.occurrences` for what the calendar does. Both answer with the rule and the legal
basis that applied.
"""
