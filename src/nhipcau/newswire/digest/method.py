"""The numbers that a digest was decided by, so that it can be explained and made again."""

from __future__ import annotations

from typing import Any

from nhipcau.newswire import duplicates, relevance, stories
from nhipcau.newswire.digest import ranking
from nhipcau.newswire.digest.telling import GIST_SENTENCES
from nhipcau.newswire.extract.choosing import SHORTEST


def method(models: dict[str, str]) -> dict[str, Any]:
    """Thresholds and weights by stage, and what each optional model is called."""
    return {
        "article": {"least_chars": SHORTEST},
        "relevance": {"threshold": relevance.RELEVANT},
        "duplicates": {
            "reprint_containment": duplicates.REPRINT,
            "unchanged_within_outlet": duplicates.UNCHANGED,
            "window_days": duplicates.WINDOW_DAYS,
        },
        "stories": {
            "joined_likeness": stories.JOINED,
            "cohesion": stories.COHESION,
            "quorum": stories.QUORUM,
            "window_days": stories.WINDOW_DAYS,
        },
        "ranking": {
            "weights": dict(ranking.WEIGHTS),
            "full_outlets": ranking.FULL_OUTLETS,
            "full_countries": ranking.FULL_COUNTRIES,
            "unknown_reach": ranking.UNKNOWN_REACH,
        },
        "gist": {"sentences": GIST_SENTENCES},
        "models": models,
    }
