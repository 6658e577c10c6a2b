import datetime as dt
import xml.etree.ElementTree as ET

import httpx
import pytest

from nhipcau.config.newsroom import Newsroom, load_outlets
from nhipcau.config.newsroom.content import MARK
from nhipcau.config.newsroom.pages import article_page
from nhipcau.newswire.extract import extract_article

UNTIL = dt.date(2026, 11, 21)


@pytest.fixture(scope="module")
def newsroom():
    with Newsroom(until=UNTIL) as running:
        yield running


def _of(newsroom, key):
    return next((outlet, base) for outlet, base in newsroom.outlets if outlet.key == key)


def test_outlets_hold_what_the_demonstration_promises():
    outlets = load_outlets(UNTIL)
    items = [item for outlet in outlets for item in outlet.items]
    days = {(item.published.date() - UNTIL).days for item in items}
    events = {}
    for outlet in outlets:
        for item in outlet.items:
            events.setdefault(item.event, set()).add(outlet.language)
    assert len(items) >= 60
    assert len({outlet.language for outlet in outlets}) >= 10
    assert days == {-2, -1, 0}
    assert len([item for item in items if item.reprint_of]) >= 3
    assert len([item for item in items if not item.relevant]) >= 10
    assert len([event for event, languages in events.items() if event and len(languages) > 1]) >= 10


def test_page_says_that_it_is_a_sample(newsroom):
    for outlet, base in newsroom.outlets:
        page = httpx.get(base + outlet.items[0].path)
        assert (page.status_code, MARK in page.text, outlet.items[0].title.split()[0] in page.text) == (200, True, True)


def test_feed_that_is_cut_off_is_not_well_formed(newsroom):
    outlet, base = _of(newsroom, "berlin_de")
    with pytest.raises(ET.ParseError):
        ET.fromstring(httpx.get(base + outlet.feed_path).content)


def test_feed_of_every_other_outlet_lists_all_its_items(newsroom):
    for outlet, base in newsroom.outlets:
        body = httpx.get(base + outlet.feed_path).text
        missing = [item.slug for item in outlet.items if item.path not in body]
        assert missing == [] or outlet.feed == "rss-cut"


def test_unchanged_feed_answers_304_to_its_tag(newsroom):
    outlet, base = _of(newsroom, "paris_fr")
    first = httpx.get(base + outlet.feed_path)
    again = httpx.get(base + outlet.feed_path, headers={"If-None-Match": first.headers["etag"]})
    assert (first.status_code, again.status_code, again.content) == (200, 304, b"")


def test_page_that_is_gone_answers_404(newsroom):
    outlet, base = _of(newsroom, "sydney_en")
    gone = next(item for item in outlet.items if item.gone)
    assert httpx.get(base + gone.path).status_code == 404


def test_source_list_names_every_outlet(newsroom):
    outlines = ET.fromstring(newsroom.opml()).findall("body/outline")
    assert [(outline.get("text"), outline.get("country")) for outline in outlines] == [
        (outlet.name, outlet.country) for outlet, _ in newsroom.outlets
    ]


def test_second_newsroom_on_a_taken_port_leaves_nothing_open(newsroom):
    with pytest.raises(OSError, match="use"):
        Newsroom(until=UNTIL, port=newsroom.port)
    assert httpx.get(newsroom.outlets[-1][1] + "/").status_code == 200


def test_text_of_a_page_is_taken_whole_and_nothing_else():
    wrong = {}
    for outlet in load_outlets(UNTIL):
        for item in outlet.items:
            page = article_page(outlet, item, "https://x.example").encode()
            found = extract_article(page, url=f"https://x.example{item.path}")
            expected = "\n".join(item.paragraphs)
            if len(expected) >= 100 and not item.credit and found.text != expected:
                wrong[item.slug] = found.text
    assert wrong == {}
