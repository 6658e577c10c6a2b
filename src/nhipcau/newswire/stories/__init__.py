"""Stories: articles about one event, found as articles come in, in one language and across languages.

``stream`` is what everything else goes through. ``reading`` cuts texts into tokens, ``features`` makes terms of them
(``skeletons``, ``numbers`` and ``places`` those that are the same in every language), ``termspace`` weighs terms,
``index`` and ``asked`` find what an article may be like, ``likeness`` and ``linkage`` decide, ``corrections`` obeys
people.
"""

from __future__ import annotations

from nhipcau.newswire.stories.stream import StoryStream
from nhipcau.newswire.stories.thresholds import COHESION, JOINED, QUORUM, WINDOW_DAYS

__all__ = ["COHESION", "JOINED", "QUORUM", "WINDOW_DAYS", "StoryStream"]
