import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhipcau.newswire.records import Outlet
from nhipcau.newswire.sources.entries import Entry, byline, made_name, own_document, plain


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A &amp; B", "A & B"),
        ("<b>Cầu</b>\n  mới", "Cầu mới"),
        ("3 < 5 > 2", "3 < 5 > 2"),
        ("<!-- x --> a", "a"),
        ("", None),
        ("<br>", None),
        (None, None),
        (["x"], None),
    ],
)
def test_line_is_plain(text, expected):
    assert plain(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ann Lake", "Ann Lake"),
        ("desk@gazette.example (Ann Lake)", "Ann Lake"),
        ("Ann Lake <ann@gazette.example>", "Ann Lake"),
        ("noreply@gazette.example", None),
        ("Ann Lake, Bo Hill", "Ann Lake, Bo Hill"),
        ("", None),
    ],
)
def test_byline_has_names_and_no_mail_addresses(text, expected):
    assert byline(text) == expected


def test_name_is_made_of_the_identifier_or_of_what_is_said():
    assert made_name("g1", "a") == made_name("g1", "b")
    assert made_name("", "a", "b") != made_name("", "ab")
    assert len(made_name("\ud800")) == 16


def test_own_content_becomes_a_page_with_what_the_list_says():
    outlet = Outlet(host="gazette.example", name="The Lake Gazette")
    entry = Entry(number=2, title="A < B", body="just words", byline="Ann", language="en")
    document = own_document(entry, url="https://gazette.example/2", origin="feed:2", outlet=outlet)
    text = document.body.decode()
    assert "<title>A &lt; B</title>" in text
    assert "<article>\n<p>just words</p>\n</article>" in text
    assert document.headers == {"content-type": "text/html; charset=utf-8", "content-language": "en"}
    assert (document.title, document.byline, document.outlet, document.origin) == ("A < B", "Ann", outlet, "feed:2")


def test_content_with_blocks_is_kept_as_it_is():
    body = own_document(Entry(number=1, body="<p>a</p><p>b</p>"), url="u", origin="o").body
    assert b"<article>\n<p>a</p><p>b</p>\n</article>" in body


@given(st.text(max_size=200))
def test_any_text_becomes_a_line_or_nothing(text):
    line = plain(text)
    assert line is None or (line == " ".join(line.split()) and line)
    byline(text)
