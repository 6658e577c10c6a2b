"""Where documents come from: files, folders and addresses of every kind the engine reads."""

from nhipcau.newswire.sources.collecting import Again, FeedState, collect
from nhipcau.newswire.sources.opening import open_input
from nhipcau.newswire.sources.opml import Subscription

__all__ = ["Again", "FeedState", "Subscription", "collect", "open_input"]
