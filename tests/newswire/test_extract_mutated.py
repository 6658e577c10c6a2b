"""Real pages, damaged: ten thousand of them end in text or in a refusal, each within two seconds, in bounded memory."""

import gzip
import random
import time
from pathlib import Path

import pytest

from nhipcau.newswire.extract.body import main_text
from nhipcau.newswire.extract.encoding import decode
from nhipcau.newswire.extract.metadata import Page
from nhipcau.newswire.extract.tree import HeavyPageError, Tree
from tests.support.shared import shared_data

PAGES = 10_000
TAGS = ["div", "p", "b", "a", "font", "table", "tr", "td", "ul", "li", "template", "svg", "math", "select", "option"]
TAGS += ["form", "button", "nobr", "h1", "article", "i", "u"]
SNIPPETS = [
    "<!--", "-->", "<![CDATA[", "<script>", "</script>", "<", ">", "&", "&#0;", "&#xD800;", '"', "'", "\x00", "\u2028",
    "\u2029", "<plaintext>", "<frameset>", "</body>", "</html>", "<table><tr>", "<p hidden>",
    '<div style="display:none">',
    '<script type="application/ld+json">{"articleBody":', "\u202e", "\ufeff", "<br><br>",
]  # fmt: skip


def nested(chance, text):
    """Some thousand tags in one another, somewhere in the page."""
    at, tag = chance.randrange(len(text) + 1), chance.choice(TAGS)
    given = f" id=x{chance.random()}" if chance.random() < 0.5 else ""
    return text[:at] + f"<{tag}{given}>" * chance.choice((10, 300, 3_000, 30_000)) + text[at:]


def repeated(chance, text):
    """A part of the page many times."""
    start = chance.randrange(len(text) + 1)
    part = text[start : start + chance.choice((5, 50, 500, 5_000))]
    return text[:start] + part * chance.choice((2, 20, 200)) + text[start:]


def cut(chance, text):
    """Without a part of it, or without its end."""
    start = chance.randrange(len(text) + 1)
    return text[:start] + text[start + chance.choice((1, 100, 10_000, len(text))) :]


def strewn(chance, text):
    """With pieces of markup where they do not belong."""
    for _turn in range(chance.choice((1, 10, 100))):
        at = chance.randrange(len(text) + 1)
        text = text[:at] + chance.choice(SNIPPETS) + text[at:]
    return text


def swapped(chance, text):
    """Two halves of two places, the other way round."""
    one, two = sorted(chance.randrange(len(text) + 1) for _ in range(2))
    return text[:one] + text[two:] + text[one:two]


@pytest.mark.long
def test_damaged_pages_neither_crash_nor_hang_nor_fill_the_memory():
    files = sorted(shared_data("article-extraction/html").glob("*.gz"))
    files += sorted(shared_data("news-pages").glob("*/*.html.gz"))
    chance = random.Random(6)
    slowest, refused = 0.0, 0

    for _turn in range(PAGES):
        text = decode(gzip.decompress(chance.choice(files).read_bytes())) or ""
        for _time in range(chance.randrange(1, 5)):
            text = chance.choice((nested, repeated, cut, strewn, swapped))(chance, text)
        started = time.process_time()
        try:
            found = main_text(Page(Tree(text[:10_000_000]), url=""))
            assert isinstance(found, str)
            found.encode()
        except HeavyPageError:
            refused += 1
        slowest = max(slowest, time.process_time() - started)

    status = Path("/proc/self/status").read_text(encoding="utf-8")
    peak = next(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmHWM"))
    assert slowest < 2
    assert 0 < refused < PAGES / 10
    assert peak < 2_000_000
