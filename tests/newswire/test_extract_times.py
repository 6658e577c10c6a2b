from datetime import UTC, datetime

import pytest

from nhipcau.newswire.extract.metadata import Page
from nhipcau.newswire.extract.times import Dating, date_page
from nhipcau.newswire.extract.tree import Tree


def at(*parts):
    return datetime(*parts, tzinfo=UTC)


def dated(markup, *, address="https://example.com/a", served=None, visible=True, country=None):
    found = Page(Tree(markup), url=address)
    return date_page(found, address=address, served=served, visible=visible, country=country)


JSON_LD = '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "H", "datePublished": "%s"}</script>'
META = '<meta property="article:published_time" content="%s">'


def test_date_page_prefers_structured_data():
    page = (
        "<html><head>"
        + JSON_LD % "2025-06-05T14:46:12+02:00"
        + META % "2025-06-01T10:00:00Z"
        + "</head><body><time datetime='2025-06-02T10:00Z'>2</time></body></html>"
    )

    assert dated(page) == Dating(at(2025, 6, 5, 12, 46, 12), "json-ld", "minute")


@pytest.mark.parametrize(
    ("markup", "source", "utc"),
    [
        (META % "2025-06-05T14:46:00Z", "meta", at(2025, 6, 5, 14, 46)),
        ('<meta itemprop="datePublished" content="2025-06-05T14:46:00Z">', "meta", at(2025, 6, 5, 14, 46)),
        ("<body><h1>T</h1><time datetime='2025-06-05T14:46Z'>x</time></body>", "time", at(2025, 6, 5, 14, 46)),
        ("<body><span itemprop='datePublished'>2025-06-05</span></body>", "time", at(2025, 6, 5)),
    ],
)
def test_date_page_says_what_said_so(markup, source, utc):
    found = dated(f"<html>{markup}</html>")

    assert (found.at, found.source) == (utc, source)


@pytest.mark.parametrize(
    ("address", "day"),
    [
        ("https://example.com/2025/06/05/story", at(2025, 6, 5)),
        ("https://example.com/world/20250605-story", at(2025, 6, 5)),
        ("https://example.com/a-2025-06-05.html", at(2025, 6, 5)),
        ("https://example.com/article/A2025060514320005196", at(2025, 6, 5)),
        ("https://example.com/2025/06/story", None),
        ("https://example.com/id/20259905", None),
        ("https://example.com/120250605123", None),
        ("https://example.com/a?d=2025-06-05", None),
    ],
)
def test_date_page_finds_a_day_in_the_address(address, day):
    found = dated("<html><body><p>x</p></body></html>", address=address)

    assert (found.at, found.precision) == (day, "day" if day else None)


def test_date_page_takes_the_zone_from_another_place_that_says_the_same():
    page = "<html><head>" + JSON_LD % "2025-06-05T14:46:12" + META % "2025-06-05T14:46:12+07:00" + "</head></html>"

    assert dated(page) == Dating(at(2025, 6, 5, 7, 46, 12), "meta", "minute")


def test_date_page_keeps_the_day_of_a_time_without_zone():
    page = "<html><head>" + JSON_LD % "2025-06-05T23:46:12" + META % "2025-06-09T14:46:12+07:00" + "</head></html>"

    assert dated(page) == Dating(at(2025, 6, 5), "json-ld", "day")


def test_date_page_sharpens_a_day_by_a_time_on_it():
    page = "<html><head>" + JSON_LD % "2025-06-05" + META % "2025-06-05T01:30:00+07:00" + "</head></html>"

    assert dated(page) == Dating(at(2025, 6, 4, 18, 30), "meta", "minute")


def test_date_page_passes_over_times_that_cannot_be():
    page = "<html><head>" + JSON_LD % "1970-01-01T00:00:01Z" + META % "2025-06-05T10:00:00Z" + "</head></html>"
    assert dated(page).source == "meta"

    page = "<html><head>" + JSON_LD % "2031-01-01T10:00:00Z" + META % "2025-06-05T10:00:00Z" + "</head></html>"
    assert dated(page, served="Fri, 06 Jun 2025 10:00:00 GMT").source == "meta"
    assert dated(page).source == "json-ld"


def test_date_page_allows_a_time_zone_s_distance_after_serving():
    page = "<html><head>" + JSON_LD % "2025-06-07T09:00:00Z" + "</head></html>"

    assert dated(page, served="Fri, 06 Jun 2025 10:00:00 GMT").at == at(2025, 6, 7, 9)


def test_date_page_reads_the_visible_text_last_and_not_at_all_in_a_bare_one():
    page = "<html><head><title>t</title></head><body><div class='date'>5 June 2025</div><p>text</p></body></html>"

    assert dated(page) == Dating(at(2025, 6, 5), "text", "day")
    assert dated(page, visible=False) == Dating()


@pytest.mark.parametrize(
    ("lang", "printed"),
    [
        ("vi", "Thứ năm, 5/6/2025, 14:46 (GMT+7)"),
        ("ru", "5 июня 2025, 14:46"),
        ("ja", "2025年6月5日 14時46分"),
        ("es", "5 de junio de 2025"),
        ("en", "Published 5 June 2025, updated 7 June 2025"),
        ("en", "Updated 7 June 2025, published 5 June 2025"),
    ],
)
def test_date_page_reads_a_printed_day_in_the_page_s_language(lang, printed):
    page = f"<html lang='{lang}'><body><h1>T</h1><div>{printed}</div><p>On 1 May 2020 it began.</p></body></html>"

    assert dated(page) == Dating(at(2025, 6, 5), "text", "day")


@pytest.mark.parametrize(
    "elsewhere",
    [
        "<div class='comment-list'><time datetime='2025-06-09T10:00Z'>9</time></div>",
        "<aside><time datetime='2025-06-09T10:00Z'>9</time></aside>",
        "<div class='related'><span class='date'>9 June 2025</span></div>",
        "<footer>Copyright <span class='date'>9 June 2025</span></footer>",
    ],
)
def test_date_page_takes_no_comment_s_and_no_other_story_s_time(elsewhere):
    page = f"<html lang='en'><body>{elsewhere}<h1>T</h1><p>5 June 2025</p>{elsewhere}</body></html>"

    assert dated(page) == Dating(at(2025, 6, 5), "text", "day")


def test_date_page_places_a_local_time_on_its_country_s_clock_and_says_so():
    page = "<html><head>" + META % "2025-06-05T14:46:00" + "</head></html>"

    assert dated(page, country="VN") == Dating(at(2025, 6, 5, 7, 46), "meta", "minute", zone="country")
    assert dated(page, country="US") == Dating(at(2025, 6, 5), "meta", "day")


def test_date_page_says_what_gave_the_change():
    page = "<html><head>" + META % "2025-06-05T10:00:00Z" + "%s</head></html>"
    by_tag = page % '<meta property="article:modified_time" content="2025-06-06T10:00:00Z">'
    by_data = (
        JSON_LD.replace('"headline"', '"dateModified": "2025-06-07T10:00:00Z", "headline"') % "2025-06-05T10:00:00Z"
    )

    assert (dated(by_tag).modified, dated(by_tag).modified_source) == (at(2025, 6, 6, 10), "meta")
    assert (dated(page % by_data).modified, dated(page % by_data).modified_source) == (at(2025, 6, 7, 10), "json-ld")


def test_date_page_gives_a_change_only_after_publication():
    stamp = '<meta property="article:modified_time" content="%s">'
    page = "<html><head>" + META % "2025-06-05T10:00:00Z" + stamp + "</head></html>"

    assert dated(page % "2025-06-06T10:00:00Z").modified == at(2025, 6, 6, 10)
    assert dated(page % "2025-06-01T10:00:00Z").modified is None
    assert dated(page % "2025-06-06").modified is None


def test_date_page_takes_the_article_s_time_among_those_of_its_neighbours():
    node = '{"@type": "Article", "headline": "%s", "datePublished": "2025-06-0%dT10:00:00Z"}'
    page = (
        '<html><head><meta property="og:title" content="The summit opens"><script type="application/ld+json">['
        + ",".join([node % ("Elsewhere", 1), node % ("The summit opens", 2), node % ("Another", 3)])
        + "]</script></head></html>"
    )

    assert dated(page).at == at(2025, 6, 2, 10)


def test_date_page_reads_a_date_out_of_broken_structured_data():
    page = (
        '<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2025-06-05T10:00:00Z",,}</script>'
    )

    assert dated(f"<html><head>{page}</head></html>").at == at(2025, 6, 5, 10)


# Other calendars, and the future --------------------------------------------------------------------------------------

_THAI = (
    '<meta property="article:published_time" content="2569-11-26T10:30:00+07:00">',
    '<meta name="pubdate" content="26/11/2569">',
    "<h1>ข่าว</h1><time>26 พฤศจิกายน 2569 10:30 น.</time>",
    '<h1>ข่าว</h1><time datetime="2569-11-26">26 พ.ย. 69</time>',
    '<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2569-11-26"}</script>',
    "<h1>ข่าว</h1><p>เผยแพร่เมื่อ 26 พฤศจิกายน พ.ศ. 2569</p>",
)
_PERSIAN = (
    '<meta property="article:published_time" content="1405-09-05T10:30:00+03:30">',
    "<h1>خبر</h1><time>۱۴۰۵/۰۹/۰۵</time>",
    "<h1>خبر</h1><time>پنج‌شنبه ۵ آذر ۱۴۰۵</time>",
    "<h1>خبر</h1><p>۵ آذر ۱۴۰۵ - ۱۰:۳۰</p>",
)


def _dated(markup, *, lang=None, served=None):
    return dated(f"<html{f' lang={lang!r}' if lang else ''}><body>{markup}</body></html>", served=served)


@pytest.mark.parametrize(
    ("markup", "lang"), [*((one, "th") for one in _THAI), *((one, "fa-IR") for one in _PERSIAN)], ids=range(10)
)
def test_page_in_another_calendar_is_dated_in_ours(markup, lang):
    assert _dated(markup, lang=lang).at.date().isoformat() == "2026-11-26"


@pytest.mark.parametrize(
    "markup", [_THAI[0], _PERSIAN[0], '<meta name="date" content="Thu, 26 Nov 2569 10:30:00 GMT">']
)
def test_year_of_another_calendar_is_never_taken_for_one_of_ours(markup):
    assert _dated(markup, lang="en").at is None


def test_date_after_the_page_was_served_is_not_trusted():
    markup = '<meta name="date" content="2090-01-01T00:00:00Z"><meta name="pubdate" content="2026-11-25T10:00:00Z">'
    assert _dated(markup, served="Thu, 26 Nov 2026 08:00:00 GMT").at == at(2026, 11, 25, 10, 0)
