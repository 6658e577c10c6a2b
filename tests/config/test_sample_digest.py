"""The whole line on the sample newsroom, over HTTP, from the command line."""

import datetime as dt
import json
from collections import defaultdict

import pytest

from nhipcau.config.cli import main
from nhipcau.config.newsroom import Newsroom
from tests.support.printed import (
    docx_part,
    pdf_links,
    pdf_pages,
    read_docx,
    read_page,
    read_pdf,
    read_xlsx,
    sheet_names,
)


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The digest as plain data, the folder it lies in, and the newsroom's items by path."""
    out = tmp_path_factory.mktemp("digest")
    (out / "sources.opml").touch()
    with Newsroom(until=dt.date(2026, 11, 21)) as newsroom, pytest.MonkeyPatch.context() as patch:
        patch.setenv("NHIPCAU_PACE", "0")
        patch.setenv("NHIPCAU_ALLOW_HOSTS", ",".join(newsroom.hosts))
        (out / "sources.opml").write_text(newsroom.opml(), encoding="utf-8")
        assert main(["digest", str(out / "sources.opml"), "--out", str(out / "made"), "--quiet"]) == 0
        items = {base + item.path: (outlet, item) for outlet, base in newsroom.outlets for item in outlet.items}
    data = json.loads((out / "made" / "digest.json").read_text(encoding="utf-8"))
    return data, out / "made", items


def test_every_document_is_an_article_or_a_counted_rejection(made):
    data, _, items = made
    counts = data["counts"]
    assert counts["documents"] == len(items) == counts["articles"] + sum(counts["rejected"].values())
    # A note of one line, a page that is gone and had one line in its feed, and the entry in which a feed is cut off.
    assert counts["rejected"] == {"too_short": 3}
    assert [problem["source"] for row in data["inputs"] for problem in row["problems"]] == [
        next(url for url, (outlet, _) in items.items() if outlet.feed == "rss-cut").split("/2026")[0] + "/feed.xml"
    ]


def test_articles_say_what_the_newsroom_published(made):
    data, _, items = made
    wrong = []
    for article in data["articles"]:
        outlet, item = items[article["url"]]
        said = (article["title"], article["language"], article["country"], article["published_at"])
        moment = item.published.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        if said != (item.title, outlet.language, outlet.country, moment):
            wrong.append(said)
    assert wrong == []


def test_relevant_are_the_articles_about_viet_nam(made):
    data, _, items = made
    wrong = [a["url"] for a in data["articles"] if a["relevant"] != items[a["url"]][1].relevant]
    assert wrong == []


def test_reprints_are_folded_onto_their_original(made):
    data, _, items = made
    originals = {a["id"]: f"{items[a['url']][0].key}/{items[a['url']][1].slug}" for a in data["articles"]}
    found = {a["url"]: originals[a["duplicate_of"]] for a in data["articles"] if a["duplicate_of"]}
    assert found == {url: item.reprint_of for url, (_, item) in items.items() if item.reprint_of}


def test_no_story_mixes_two_events_and_most_events_are_one_story(made):
    data, _, items = made
    events_of, stories_of = defaultdict(set), defaultdict(set)
    for article in data["articles"]:
        if article["story_id"]:
            event = items[article["url"]][1].event
            events_of[article["story_id"]].add(event)
            stories_of[event].add(article["story_id"])
    assert [events for events in events_of.values() if len(events) > 1] == []
    assert len([event for event, stories in stories_of.items() if len(stories) == 1]) >= 10


def test_sample_data_says_so_on_the_page(made):
    data, folder, _ = made
    page = (folder / "digest.html").read_text(encoding="utf-8")
    assert (data["sample"], page.count("DỮ LIỆU MẪU")) == (True, 1)


def test_five_formats_tell_the_same_stories_in_the_same_order_with_the_same_counts(made):
    data, folder, _ = made
    said = {story["rank"]: (story["title"], len(story["article_ids"])) for story in data["stories"]}
    page = read_page(folder / "digest.html")
    assert dict(page) == said
    assert read_docx(folder / "digest.docx") == page
    assert read_pdf(folder / "digest.pdf") == page
    rows = read_xlsx(folder / "digest.xlsx")
    assert rows["stories"] == [(rank, *said[rank]) for rank in sorted(said)]
    assert [row["id"] for row in rows["articles"]] == [article["id"] for article in data["articles"]]
    assert [row["relevant"] for row in rows["articles"]] == [article["relevant"] for article in data["articles"]]


def test_every_source_stands_in_a_footnote_of_word_and_pdf(made):
    data, folder, _ = made
    urls = {article["url"] for article in data["articles"] if article["relevant"]}
    assert {url for url in urls if url in docx_part(folder / "digest.docx", "word/_rels/footnotes.xml.rels")} == urls
    assert pdf_links(folder / "digest.pdf") == urls


def test_sample_data_says_so_in_every_format(made):
    _, folder, _ = made
    assert "DỮ LIỆU MẪU" in docx_part(folder / "digest.docx", "word/header1.xml")
    assert "DỮ LIỆU MẪU" in docx_part(folder / "digest.docx", "word/header2.xml")
    assert all("DỮ LIỆU MẪU" in page for page in pdf_pages(folder / "digest.pdf"))
    assert all("DỮ LIỆU MẪU" in name for name in sheet_names(folder / "digest.xlsx"))
