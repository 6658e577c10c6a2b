import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhipcau.newswire.extract.addresses import canonical, clean


@pytest.mark.parametrize(
    ("url", "cleaned"),
    [
        ("HTTPS://Www.Example.COM:443/A?b=1#top", "https://www.example.com/A?b=1"),
        ("http://example.com", "http://example.com/"),
        ("http://example.com:8080/a", "http://example.com:8080/a"),
        ("https://example.com/a?utm_source=x&id=7&utm_medium=y&fbclid=z", "https://example.com/a?id=7"),
        ("https://example.com/a?at_medium=rss&xtor=1&mc_cid=9&gclid=3", "https://example.com/a"),
        ("https://example.com/a?b=2&a=1&&", "https://example.com/a?b=2&a=1"),
        ("https://example.com/tin tức?q=đỏ", "https://example.com/tin%20t%E1%BB%A9c?q=%C4%91%E1%BB%8F"),
        ("https://example.com/%E1%BB%A9c?q=a%20b", "https://example.com/%E1%BB%A9c?q=a%20b"),
        ("https://báo.example/a", "https://xn--bo-mia.example/a"),
        ("http://user:secret@example.com/a", "http://example.com/a"),
        ("http://127.0.0.1:8001/a", "http://127.0.0.1:8001/a"),
        ("http://[::1]:8001/a", "http://[::1]:8001/a"),
        ("http://localhost:8001/a", "http://localhost:8001/a"),
        ("ftp://example.com/a", None),
        ("javascript:alert(1)", None),
        ("data:image/png;base64,AAAA", None),
        ("https://nodots/a", None),
        ("https://[broken/a", None),
        ("https://example.com:port/a", None),
        ("https://example.com/" + "a" * 3000, None),
        ("", None),
    ],
)
def test_clean_gives_an_address_its_one_form(url, cleaned):
    assert clean(url) == cleaned


def test_clean_resolves_against_the_page():
    assert clean("../b?x=1", base="https://example.com/a/c/") == "https://example.com/a/b?x=1"
    assert clean("//cdn.example.com/b", base="https://example.com/a") == "https://cdn.example.com/b"


@given(st.text(max_size=60))
def test_clean_changes_nothing_the_second_time(path):
    once = clean(f"https://example.com/{path}")

    assert once is None or clean(once) == once


PAGE = "https://example.com/world/hanoi-summit-opens-12345?page=1"


@pytest.mark.parametrize(
    ("declared", "believed"),
    [
        (["https://example.com/world/hanoi-summit-opens-12345"], "https://example.com/world/hanoi-summit-opens-12345"),
        (["/w/12345?utm_source=x#top"], "https://example.com/w/12345"),
        (["http://example.com/w/12345"], "https://example.com/w/12345"),
        (["http://other.example/w/12345"], "http://other.example/w/12345"),
        (["https://example.com/"], PAGE),
        (["https://example.com/index.html"], PAGE),
        (["https://example.com/en"], PAGE),
        (["https://other.example/"], PAGE),
        (["https://example.com/world"], PAGE),
        (["", "mailto:x@example.com", "https://example.com/w/12345"], "https://example.com/w/12345"),
        ([], PAGE),
    ],
)
def test_canonical_believes_only_an_article_s_address(declared, believed):
    assert canonical(declared, url=PAGE) == believed


def test_canonical_of_a_later_page_or_another_view_is_the_article():
    assert canonical(["https://example.com/story-of-hanoi/"], url="https://example.com/story-of-hanoi/amp/") == (
        "https://example.com/story-of-hanoi/"
    )
    assert canonical(["https://example.com/story-of-hanoi"], url="https://example.com/story-of-hanoi/page/2") == (
        "https://example.com/story-of-hanoi"
    )


def test_canonical_of_a_front_page_may_be_the_front_page():
    assert canonical(["https://example.com/"], url="https://example.com/index.html") == "https://example.com/"


def test_canonical_of_a_file_is_what_it_declares_or_the_file():
    assert canonical(["https://example.com/a/12"], url="file:a/b.html") == "https://example.com/a/12"
    assert canonical(["https://example.com/"], url="file:a/b.html") == "file:a/b.html"
    assert canonical(["/a/12"], url="file:a/b.html") == "file:a/b.html"
