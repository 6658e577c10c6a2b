"""What in a text is word for word what the office wrote for the last period."""

from nhipcau.text.staleness import SHORTEST_RUN, STALE, Kept, kept_of

__all__ = ["SHORTEST_RUN", "STALE", "Kept", "kept_of"]
