"""A page that changed, and reprints that say something else, from articles to the files of a digest."""

import json

import pytest
from lxml import html

from nhipcau.newswire import pipeline
from nhipcau.newswire.digest.plain import plain_digest
from tests.support.engine import FLOOD, RICE, make_article

# Nothing else than the figure changed; the page keeps its address.
TOLL = " ".join(f"Paragraph {number} of the report names another village of the province." for number in range(30))
BEFORE, AFTER = f"Three people died in Quang Nam. {TOLL}", f"Five people died in Quang Nam. {TOLL}"
GROWN = f"{RICE} A second report adds that the harvest of the autumn was sold before it was brought in, at a new high."
ADDED = "A second report adds that the harvest of the autumn was sold before it was brought in, at a new high."


@pytest.fixture
def run(tmp_path):
    def run(articles, name="out", **options):
        with pipeline.run(articles, **options) as result:
            result.write(tmp_path / name, formats=("json", "html"), lang="en")
            plain = plain_digest(result, "en")
            cells = [row["cells"] for row in plain["articles"]]
            sources = [
                source for section in plain["sections"] for story in section["stories"] for source in story["sources"]
            ]
        digest = json.loads((tmp_path / name / "digest.json").read_text(encoding="utf-8"))
        return digest, html.fromstring((tmp_path / name / "digest.html").read_text(encoding="utf-8")), cells, sources

    return run


def versions(before, after, **fields):
    first = make_article(before, "Floods", **fields)
    return first, make_article(after, "Floods", **fields, hours=2, url=first.url, canonical_url=first.canonical_url)


def test_a_corrected_figure_is_told_before_and_after_and_is_no_reprint(run):
    first, later = versions(BEFORE, AFTER)
    digest, page, cells, sources = run([first, later])
    row = digest["articles"][1]
    changed = [["Three people died in Quang Nam.", "Five people died in Quang Nam."]]
    assert (row["revises"], row["duplicate_of"], row["differences"]["changed"]) == (first.id, first.id, changed)
    assert digest["numbers"]["revisions"] == {"count": 1, "article_ids": [later.id]}
    assert digest["numbers"]["reprints"]["count"] == 0
    [story] = digest["stories"]
    assert (story["article_ids"], story["gist_article_id"]) == ([first.id, later.id], later.id)
    [told] = page.xpath("//article//details[@class='differs']")
    assert " ".join(told.text_content().split()) == (
        "What was changed Earlier text Three people died in Quang Nam. This text Five people died in Quang Nam."
    )
    assert "later version of item 1" in page.xpath("//li[@id='item-2']")[0].text_content()
    assert (
        cells[1]["differences"]
        == "Earlier text: Three people died in Quang Nam.\nThis text: Five people died in Quang Nam."
    )
    assert [(source["revised"], source["reprint"]) for source in sources] == [(False, False), (True, False)]


def test_a_version_that_grew_stays_in_its_story_whatever_it_adds(run):
    first, later = versions(RICE, f"{GROWN} {FLOOD} {TOLL}")
    other = make_article(f"{GROWN} {FLOOD} {TOLL}", host="other.example", hours=3)
    digest, *_ = run([first, later, other])
    rows = {row["id"]: row for row in digest["articles"]}
    assert (rows[later.id]["revises"], rows[later.id]["duplicate_of"]) == (first.id, None)
    assert (rows[other.id]["revises"], rows[other.id]["duplicate_of"]) == (None, later.id)
    assert [story["article_ids"] for story in digest["stories"]] == [[first.id, later.id, other.id]]


def test_what_follows_a_version_goes_with_its_story_in_the_next_digest_too(run, tmp_path):
    first, later = versions(RICE, f"{GROWN} {FLOOD} {TOLL}")
    other = make_article(f"{GROWN} {FLOOD} {TOLL}", host="other.example", hours=30)
    [story] = run([first])[0]["stories"]
    second, page, *_ = run([later], "second", previous=tmp_path / "out")
    assert [row["id"] for row in second["stories"]] == [story["id"]]
    # The version before it is not in this run: what was changed cannot be told, that it was is.
    assert [(row["revises"], row["differences"]) for row in second["articles"]] == [(first.id, None)]
    assert not page.xpath("//details[@class='differs']")
    assert "revised" in page.xpath("//li[@id='item-1']")[0].text_content()
    third, *_ = run([later, other], "third", previous=tmp_path / "second")
    assert [row["id"] for row in third["stories"]] == [story["id"]]
    assert [row["seen_before"] for row in third["articles"]] == [True, False]


def test_a_reprint_names_what_it_says_differently(run):
    first = make_article(f"{RICE} {FLOOD}", "Rice", host="one.example")
    reprint = make_article(f"{RICE} {FLOOD} {ADDED}", "A record year", host="two.example", hours=1)
    same = make_article(f"{RICE} {FLOOD}", "Rice", host="three.example", hours=2)
    digest, page, *_ = run([first, reprint, same])
    rows = {row["id"]: row for row in digest["articles"]}
    assert rows[reprint.id]["differences"] == {
        "headline": "A record year",
        "changed": [],
        "cut": [],
        "added": [ADDED],
        "left_out": 0,
    }
    assert rows[same.id]["differences"] is None
    [told] = page.xpath("//article//details[@class='differs']")
    assert (
        " ".join(told.text_content().split())
        == f"What it says differently Other headline A record year Text added {ADDED}"
    )
    assert [item.get("lang") for item in told.xpath(".//dd")] == ["en", "en"]
