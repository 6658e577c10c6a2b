import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhipcau.newswire.sources.addresses import entry_address, file_address, untracked


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("https://news.example/a?id=1#top", "https://news.example/a?id=1"),
        ("HTTPS://news.example/a", "https://news.example/a"),
        ("/a/b", "https://feeds.example/a/b"),
        ("//news.example/a", "https://news.example/a"),
        (" https://news.example ", "https://news.example/"),
        ("https://news.example/a?utm_source=rss&id=1&utm_medium=feed", "https://news.example/a?id=1"),
        ("https://news.example/a?fbclid=x", "https://news.example/a"),
        ("https://news.example/a?q=a+b%20c&;x", "https://news.example/a?q=a+b%20c&;x"),
        ("https://news.example/tin-tức", "https://news.example/tin-tức"),
        ("javascript:alert(1)", None),
        ("file:///etc/passwd", None),
        ("mailto:a@news.example", None),
        ("http://[", None),
        ("", None),
        (None, None),
    ],
)
def test_entry_address_is_absolute_and_without_what_changes_from_visit_to_visit(link, expected):
    assert entry_address(link, "https://feeds.example/rss/all.xml") == expected


@given(st.text())
def test_entry_address_of_any_text_is_stable(text):
    once = entry_address(text, "https://feeds.example/")
    assert once is None or entry_address(once, "https://elsewhere.example/") == once


@given(st.text(alphabet="abc=&%20+;"))
def test_query_without_tracking_is_left_alone(query):
    assert untracked(query) == query


def test_file_address_stays_readable():
    assert file_address("tin tức/bài #1?.html") == "file:tin%20tức/bài%20%231%3F.html"
