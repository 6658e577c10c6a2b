import base64
import hashlib
import re

import pytest
from lxml import html

from nhipcau.newswire import pipeline, words
from nhipcau.newswire.digest import page
from nhipcau.newswire.digest.page import direction, language_tag, web_address
from nhipcau.newswire.records import InputProblem, Reason, Rejection
from nhipcau.newswire.sentences import Sentence
from tests.support.engine import CHESS, FLOOD, TRAIN, make_article

HOSTILE = "</title><script>alert(1)</script>\"'><img src=x onerror=alert(1)>{{ 7*7 }}\u202e"


def _page(tmp_path, inputs, *, lang="en", **options):
    with pipeline.run(inputs, **options) as result:
        result.write(tmp_path, formats=("html",), lang=lang)
        data = result.data
    text = (tmp_path / "digest.html").read_text(encoding="utf-8")
    return text, html.document_fromstring(text), data


@pytest.fixture
def mixed(tmp_path):
    """A page of two stories, one with a reprint, one article about something else, one refused document."""
    first = make_article(host="one.example", country="FR")
    inputs = [
        first,
        make_article(host="two.example", country="JP", hours=2),
        make_article(TRAIN, "القطار السريع", host="three.example", country=None, language="ar", topics=("transport",)),
        make_article(CHESS, "Chess", relevance=0.0, reasons=()),
        Rejection(url="https://paper.example/x", origin="o", reason="too_short", detail=Sentence("Only {n}.", n=12)),
        InputProblem(source="bad.warc", message=Sentence("It is cut short.")),
    ]
    return _page(tmp_path, inputs)


def test_templates_compiled_once_speak_every_language(tmp_path):
    page.load()
    found = [_page(tmp_path, [make_article()], lang=lang)[0] for lang in words.LANGUAGES]

    assert len({html.document_fromstring(text).get("lang") for text in found}) == len(words.LANGUAGES)
    assert found[0] != found[1]


def _text(node):
    return " ".join(node.text_content().split())


def test_page_loads_nothing_and_runs_nothing(mixed):
    text, page, _ = mixed
    assert page.xpath("//script|//iframe|//object|//embed|//link|//form|//base") == []
    assert page.xpath("//*[@style or @onclick or @onload or @onerror]") == []
    assert page.xpath("//img|//video|//audio|//source") == []
    assert "url(" not in text
    assert "@import" not in text


def test_page_allows_by_its_own_policy_only_its_own_style(mixed):
    text, page, _ = mixed
    [policy] = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    style = re.search(r"<style>(.*?)</style>", text, re.DOTALL)[1]
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    assert policy == (
        f"default-src 'none'; style-src 'sha256-{digest}'; img-src data:; base-uri 'none'; form-action 'none'"
    )
    assert text.index("Content-Security-Policy") < text.index("<style>")


def test_every_anchor_leads_to_something_and_ids_are_unique(mixed):
    _, page, _ = mixed
    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert sorted({href[1:] for href in page.xpath("//a/@href") if href.startswith("#")} - set(ids)) == []


def test_every_number_opens_the_list_of_its_items(mixed):
    _, page, data = mixed
    for kind in ("outlets", "countries", "languages", "topics"):
        for row in data["numbers"][kind]["values"]:
            assert row["count"] == len(row["article_ids"])
    rows = page.xpath("//div[@class='figures' or @class='outlets']//tr[td[@class='n']/a]")
    assert len(rows) == 3 + 2 + 1 + 2 + 2  # outlets, countries and one unknown, languages, topics
    for row in rows:
        [link] = row.xpath("td[@class='n']/a")
        [opened] = page.xpath(f"//*[@id='{link.get('href')[1:]}']")
        assert len(opened.xpath(".//ul[@class='refs']/li")) == int(link.text)
    totals = page.xpath("//header//ul[@class='totals']/li/a")
    assert [(a.get("href"), int(a.text_content())) for a in totals] == [
        ("#items", 3),
        ("#stories", 2),
        ("#outlet-list", 3),
        ("#country-list", 2),
        ("#language-list", 2),
    ]
    assert len(page.xpath("//ol[@class='items']/li")) == 3


def test_story_shows_headline_gist_outlets_countries_and_reprints(mixed):
    _, page, _ = mixed
    [story] = page.xpath("//article[@id='story-1']")
    shown = _text(story)
    assert "One (France)" in shown
    assert "Two (Japan)" in shown
    assert "reprint" in shown
    assert len(story.xpath(".//ul[@class='coverage']//a[starts-with(@href, 'https://')]")) == 2
    assert "Together" in _text(story.xpath(".//details")[0])
    assert story.xpath(".//blockquote/@lang") == ["en"]


def test_original_text_carries_its_language_and_direction(mixed):
    _, page, _ = mixed
    [headline] = page.xpath("//article//h3/a[@lang='ar']")
    assert headline.get("dir") == "rtl"


def test_annex_names_what_was_refused_unread_and_about_other_matters(mixed):
    _, page, _ = mixed
    annex = _text(page.xpath("//section[contains(@class, 'method')]")[0])
    assert "Main text under 100 characters: 1" in annex
    assert "https://paper.example/x Only 12." in annex
    assert "bad.warc: It is cut short." in annex
    assert "Articles about other matters: 1 Chess" in annex


def test_hostile_texts_stay_texts(tmp_path):
    article = make_article(
        title=HOSTILE,
        url="javascript:alert(1)",
        canonical_url="javascript:alert(1)",
        host='"><script>',
        language='en" onmouseover="x',
        topics=("<b>",),
        byline=HOSTILE,
        reasons=(Reason(kind="country", name=HOSTILE, matched=HOSTILE, where="title"),),
    )
    rejection = Rejection(url=f"https://x.example/{HOSTILE}", origin=HOSTILE, reason="not_html", detail=HOSTILE)
    text, page, _ = _page(tmp_path, [article, rejection, InputProblem(source=HOSTILE, message=HOSTILE)])
    assert page.xpath("//script|//img|//b[not(parent::a)]") == []
    assert page.xpath("//@onmouseover|//@onerror") == []
    assert [h for h in page.xpath("//a/@href") if not h.startswith(("#", "https://", "http://"))] == []
    assert "49" not in _text(page.xpath("//h3")[0])
    assert "{{ 7*7 }}" in text
    assert "alert(1)" in _text(page.xpath("//h3")[0])


def test_page_without_anything_relevant_says_so(tmp_path):
    _, page, _ = _page(tmp_path, [make_article(CHESS, relevance=0.0, reasons=())])
    assert "Nothing among what was read is about Viet Nam." in _text(page.xpath("//main")[0])


def test_page_of_no_input_is_a_page(tmp_path):
    _, page, _ = _page(tmp_path, [])
    assert _text(page.xpath("//h1")[0]) == "Viet Nam in the foreign press"


def test_headings_are_vietnamese_by_default(tmp_path):
    with pipeline.run([make_article()]) as result:
        result.write(tmp_path, formats=("html",))
    page = html.document_fromstring((tmp_path / "digest.html").read_text(encoding="utf-8"))
    translate = words.translator("vi")
    assert page.get("lang") == "vi"
    headings = [_text(heading) for heading in page.xpath("//h2[@id]")]
    assert translate("Method and sources") == "Phương pháp và nguồn"
    assert headings[-4:] == [
        translate(heading)
        for heading in (
            "Numbers",
            "All items",
            "Items by outlet, country, language and topic",
            "Method and sources",
        )
    ]


def test_times_are_those_of_viet_nam_and_days_stay_days(tmp_path):
    day = make_article(FLOOD, "Flood", host="day.example", published_precision="day", hours=-1)
    _, page, _ = _page(tmp_path, [make_article(hours=17), day])
    items = [_text(item) for item in page.xpath("//ol[@class='items']/li")]
    assert "20 Nov 2026 ·" in items[0]
    assert "21 Nov 2026 01:00" in items[1]


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://a.example/x?y=1#z", "https://a.example/x?y=1#z"),
        ("http://a.example", "http://a.example"),
        ("javascript:alert(1)", None),
        (" java\nscript:alert(1)", None),
        ("data:text/html,x", None),
        ("file:///etc/passwd", None),
        ("file:pages/a.html", None),
        ("//a.example/x", None),
        ("https://", None),
        ("https://a.example/\u202egnp.exe", None),
        ("http://[::1", None),
        ("", None),
        (None, None),
    ],
)
def test_only_web_addresses_are_links(url, shown):
    assert web_address(url) == shown


def test_language_tags_and_directions():
    assert [language_tag(code) for code in ("vi", "zh-Hant", "und", 'x"y', "")] == ["vi", "zh-Hant", "", "", ""]
    assert [direction(code) for code in ("vi", "he", "fa-IR", "und", "")] == ["ltr", "rtl", "rtl", "auto", "auto"]
