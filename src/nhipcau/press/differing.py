"""What an article says differently from another one, as its screen shows it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nhipcau.newswire.records import Differences
    from nhipcau.press.models import Article


def differing(before: Article, article: Article) -> Differences | None:
    """In short; None where nothing differs, or where the text of one of them had to go by its outlet's rights."""
    from nhipcau.newswire.duplicates import differences, in_short

    if not before.text or not article.text:
        return None
    return in_short(differences(before, article)) or None
