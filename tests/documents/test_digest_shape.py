import copy
import io

import pytest

from nhipcau.documents import digest as printed
from nhipcau.documents.digest.shape import read_digest
from nhipcau.documents.paper.cleaning import clean, followed
from nhipcau.documents.paper.shape import ShapeError
from tests.support.printed import make_edition, make_plain


def test_whole_digest_is_read():
    digest = read_digest(make_plain(edition=make_edition(notices=[{"at": "2026-11-22T01:00:00Z", "text": "Sai"}])))
    assert [story.title.text for story in digest.stories] == ["Story 1"]
    assert (digest.edition.organisation, digest.edition.notices[0].text) == ("Vụ Mẫu", "Sai")


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (lambda plain: plain.pop("method"), r"digest: missing \['method'\], unknown \[\]"),
        (lambda plain: plain.update(extra=1), r"digest: missing \[\], unknown \['extra'\]"),
        (lambda plain: plain.update(title=None), "digest.title is NoneType, not str"),
        (lambda plain: plain["totals"][0].update(value="1"), r"digest.totals\[0\].value is str, not int"),
        (lambda plain: plain["sections"][0].update(stories={}), r"digest.sections\[0\].stories is no list"),
        (lambda plain: plain.update(articles=None), "digest.articles cannot be gone through"),
        (lambda plain: plain.update(edition="x"), "digest.edition is no Edition"),
    ],
    ids=["missing", "unknown", "no text", "no number", "no list", "no rows", "no edition"],
)
def test_whatever_is_no_digest_is_an_error_that_names_the_place(spoil, sentence):
    plain = copy.deepcopy(make_plain())
    spoil(plain)
    with pytest.raises(ShapeError, match=sentence):
        printed.write("xlsx", plain, io.BytesIO(), str)


def test_texts_lose_what_no_paper_holds():
    assert clean("a\x00b\x1b\u202ec\u2066d\ufeff") == "abcd"
    assert clean("half \ud83d, own \ue000, nobody's \ufffe") == "half \ufffd, own \ufffd, nobody's \ufffd"
    assert clean("a\u2028b\tc\r\nd\n") == "a b c\nd\n"
    assert clean("e\u0302\u0301") == "ế"
    assert clean("\u05e9\u200f \u0645\u200c\u06cc") == "\u05e9\u200f \u0645\u200c\u06cc"


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://paper.example/a?b=c#d", True),
        ("http://báo.example/tin", True),
        ("javascript:alert(1)", False),
        (" https://paper.example/", False),
        ("https://paper.example/\u202egpj.exe", False),
        ("file:///etc/passwd", False),
        ("https:///nowhere", False),
        ("https://[broken/", False),
        ("https://paper.example/" + "a" * 2000, False),
        (None, False),
    ],
)
def test_only_web_addresses_are_followed(url, kept):
    assert followed(url) == (url if kept else None)
