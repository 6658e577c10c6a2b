"""The slow second opinion on a page whose blocks the models are in doubt about: what trafilatura takes for its text.

lxml, under it, is not safe on several threads: it is asked only where this process has one thread, as workers do; with
several the models' own answer stands.
"""

from __future__ import annotations

import functools
import re
import sys
import threading
from typing import TYPE_CHECKING, Final

from nhipcau.newswire.workers import loads_before_fork

if TYPE_CHECKING:
    from configparser import ConfigParser

# Below this many characters the precise extraction is doubted and the balanced one asked too. The precise one goes
# first because a teaser of another story taken into the text makes an article look relevant, or a reprint look new.
_DOUBTFUL = 500
# Under this length trafilatura gives up and takes all text of the page. It is two paragraphs of English, but a whole
# story in Chinese, Japanese or Korean, whose characters say more.
_USUAL, _SHORTEST = 250, 100
_DENSE: Final = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")


def second_opinion(source: str) -> str | None:
    """The text of the page, a line a block; ``None`` where it must not be asked or finds nothing."""
    if threading.active_count() > 1:
        return None
    _libraries()
    from trafilatura import bare_extraction
    from trafilatura.utils import load_html

    tree = load_html(source)
    if tree is None:
        return None

    def extracted(*, precise: bool, least: int = _USUAL) -> str:
        found = bare_extraction(tree, favor_precision=precise, include_comments=False, config=_config(least))
        text: str = getattr(found, "text", None) or ""
        return text

    text = extracted(precise=True)
    if len(text) < _DOUBTFUL and len(_DENSE.findall(text)) > len(text) / 2:
        text = extracted(precise=True, least=_SHORTEST) or text
    elif len(text) < _DOUBTFUL:
        text = max(text, extracted(precise=False), key=len)
    return text or None


def forget() -> None:
    """Empty the library's caches, where it is loaded: they keep whole texts of pages for ever."""
    if "trafilatura" not in sys.modules:
        return
    from trafilatura.meta import reset_caches

    reset_caches()


@functools.cache
def _config(least: int) -> ConfigParser:
    """Trafilatura's settings, but for the length under which it gives up and takes all text of the page."""
    from trafilatura.settings import use_config

    config = use_config()
    config.set("DEFAULT", "MIN_EXTRACTED_SIZE", str(least))
    return config


@loads_before_fork
@functools.cache
def _libraries() -> None:
    """Load what it needs, its word lists included."""
    from trafilatura.external import jt_stoplist_init

    jt_stoplist_init()
