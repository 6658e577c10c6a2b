from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhipcau.newswire.records import Outlet
from nhipcau.newswire.sources.entries import Entry, byline, made_name, own_document, plain, told_apart


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


def test_name_is_short_and_made_of_its_parts():
    assert made_name("", "a", "b") != made_name("", "ab")
    assert len(made_name("\ud800")) == 16


def names(*entries):
    """The names of entries without an address; each is its identifier, date, title and text."""
    return [name for _, name in told_apart([None] * len(entries), lambda i: entries[i])]


def test_entry_without_address_keeps_its_name_when_its_title_or_text_is_edited():
    before = names(("g1", "", "One", "a"), ("", "2", "Two", "b"))
    assert before == names(("g1", "", "One!", "c"), ("", "2", "2", "d"))
    assert len(set(before)) == 2


@pytest.mark.parametrize(
    ("one", "two", "count"),
    [
        (("g", "", "One", ""), ("g", "", "Two", ""), 2),
        (("", "1", "One", "a"), ("", "1", "One", "b"), 2),
        (("", "1", "One", "a"), ("", "1", "One", "a"), 1),
        (("", "", "", "a"), ("", "", "", "b"), 2),
    ],
)
def test_entries_with_one_identifier_or_date_are_told_apart_by_what_they_say(one, two, count):
    assert len(set(names(one, two))) == count


def test_address_that_different_entries_give_becomes_places_in_that_page():
    told = [("1", "", "", ""), ("2", "", "", ""), ("3", "", "", "a"), ("3", "", "", "b")]
    page, other = "https://a.example/log", "https://a.example/other"
    (one, first), (two, second), *twice = told_apart([page, page, other, other], lambda i: told[i])
    assert (one, two) == (None, None)
    assert first != second
    assert first.startswith(page + "#")
    assert twice == [(other, ""), (other, "")]


def test_script_in_a_title_is_no_text():
    assert plain("safe <script>alert(1)</script> title") == "safe title"


def test_own_content_becomes_a_page_with_what_the_list_says():
    outlet = Outlet(host="gazette.example", name="The Lake Gazette")
    entry = Entry(number=2, title="A < B", summary="just words", byline="Ann", language="en")
    document = own_document(entry, url="https://gazette.example/2", origin="feed:2", outlet=outlet)
    text = document.body.decode()
    assert "<title>A &lt; B</title>" in text
    assert "<article>\n<p>just words</p>\n</article>" in text
    assert document.headers == {"content-type": "text/html; charset=utf-8", "content-language": "en"}
    assert (document.title, document.byline, document.outlet, document.origin) == ("A < B", "Ann", outlet, "feed:2")


def test_content_with_blocks_is_kept_as_it_is():
    body = own_document(Entry(number=1, content="<p>a</p><p>b</p>"), url="u", origin="o").body
    assert b"<article>\n<p>a</p><p>b</p>\n</article>" in body


def test_own_content_says_its_picture_and_its_last_change():
    changed = datetime(2026, 11, 22, 7, tzinfo=UTC)
    entry = Entry(number=1, content="<p>a</p>", image='https://a.example/"p".jpg', updated_at=changed)
    page = own_document(entry, url="https://a.example/1", origin="o").body.decode()
    assert '<meta property="og:image" content="https://a.example/&quot;p&quot;.jpg">' in page
    assert '<meta property="article:modified_time" content="2026-11-22T07:00:00+00:00">' in page


@given(st.text(max_size=200))
def test_any_text_becomes_a_line_or_nothing(text):
    line = plain(text)
    assert line is None or (line == " ".join(line.split()) and line)
    byline(text)
