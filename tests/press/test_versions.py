"""Pages that changed: read again when their list says so, kept as later versions, told before and after."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from nhipcau.newswire.fetch import Fetcher
from nhipcau.press import queries
from nhipcau.press.collector import collect_from
from nhipcau.press.digesting import build_digests
from nhipcau.press.domain.articles import store_articles
from nhipcau.press.domain.collecting import claim_sources
from nhipcau.press.domain.pages import note_pages
from nhipcau.press.models import Article, Digest, DigestArticle, LaterVersion, Story, WatchedPage
from nhipcau.press.queries import pages
from nhipcau.press.stored_digest import StoredDigest
from tests.support.articles import ACTOR, make_article, make_record
from tests.support.loopback import Page, running_site

pytestmark = pytest.mark.both_databases
VILLAGES = " ".join(f"Paragraph {number} of the report names another village of the province." for number in range(30))
BEFORE, AFTER = (
    f"Three people died in Quang Nam, Vietnam. {VILLAGES}",
    f"Five people died in Quang Nam, Vietnam. {VILLAGES}",
)


@pytest.fixture
def english(analyst, as_system):
    """The analyst reads English."""
    analyst.language = "en"
    analyst.save()


@pytest.fixture
def site():
    with running_site() as running:
        yield running


def make_versions(*texts, **fields):
    """One page as it was read at each time, stored one after the other."""
    url = "https://paper.example/floods"
    return [make_article("Floods", text, url=url, canonical_url=url, language="en", **fields) for text in texts]


def heading(answer):
    return re.search(r"<h1[^>]*>(.*?)</h1>", answer.text, re.DOTALL)[1]


def test_another_text_at_a_stored_page_is_kept_as_a_later_version_and_counts_from_now(as_system):
    first, second, third = make_versions(BEFORE, AFTER, f"{AFTER} Two are missing.")

    kept = list(LaterVersion.objects.values_list("article", "before"))
    assert kept == [(second.pk, first.pk), (third.pk, second.pk)]
    assert first.dated_at == first.published_at
    assert timezone.now() - second.dated_at < timedelta(minutes=5)
    assert queries.version_before(first) is None
    assert (queries.version_before(second), queries.version_after(second)) == (first, third)


def test_a_page_that_says_when_it_changed_counts_from_then(as_system):
    (first,) = make_versions(BEFORE)
    changed = first.dated_at + timedelta(hours=5)
    (second,) = make_versions(AFTER, modified_at=changed)
    (third,) = make_versions(f"{AFTER} Two are missing.", modified_at=timezone.now() + timedelta(days=9))

    assert second.dated_at == changed
    assert third.dated_at <= timezone.now()


def test_what_shares_an_address_and_little_else_is_no_later_version(as_system):
    make_versions(BEFORE, "Today it rains in Hanoi, and tomorrow the sun will shine over the north of Vietnam. " * 9)

    assert not LaterVersion.objects.exists()


def test_the_same_page_of_another_outlet_is_no_later_version(as_system):
    make_versions(BEFORE)
    make_versions(AFTER, host="other.example")

    assert not LaterVersion.objects.exists()


def test_a_page_is_read_again_when_its_list_says_something_else_and_only_while_it_is_news(as_system, monkeypatch):
    (article,) = make_versions(BEFORE)
    note_pages(actor=ACTOR, marks={article.url: "one", "https://paper.example/refused": "x"}, validators={})
    page, now = queries.watched_page(article.url), timezone.now()

    assert WatchedPage.objects.get() == page
    assert [queries.is_read_again(page, mark, now) for mark in ("one", "two")] == [False, True]
    assert not queries.is_read_again(page, "two", now + timedelta(days=3))
    monkeypatch.setattr(pages, "MOST_AGAIN", 1)
    note_pages(actor=ACTOR, marks={article.url: "two"}, validators={article.url: ('"v2"', "x" * 101)})
    page.refresh_from_db()
    assert (page.mark, page.times, page.etag, page.last_modified) == ("two", 1, '"v2"', "")
    assert not queries.is_read_again(page, "three", now)


@pytest.fixture
def paper(as_system, site):
    """A feed with one entry, whose title and page may change; visited by the collector."""
    from nhipcau.press.domain.outlets import register_outlet, register_source

    outlet = register_outlet(actor=ACTOR, host="paper.example", name="The Paper")
    register_source(actor=ACTOR, outlet=outlet, url=site.url("/rss"))

    def visit(title, text, *, status=200, etag='"v1"'):
        link = site.url("/1")
        site.pages["/rss"] = Page(
            f"<rss><channel><item><title>{title}</title><link>{link}</link></item></channel></rss>".encode()
        )
        page = (
            f"<html lang='en'><head><title>{title}</title></head><body><article><p>{text}</p></article></body></html>"
        )
        headers = {"Content-Type": "text/html; charset=utf-8", "ETag": etag}
        site.pages["/1"] = Page(page.encode() if status == 200 else b"", status, headers=headers)
        fetcher = Fetcher(allow_hosts=frozenset({site.host}), pace=0.0, timeout=2.0, sleep=lambda _: None)
        return collect_from(claim_sources(actor=ACTOR, everything=True), actor=ACTOR, fetcher=fetcher)

    return visit


def test_the_collector_follows_a_page_that_its_feed_says_has_changed(paper, site):
    paper("Three dead", BEFORE)
    unchanged = paper("Three dead", AFTER)
    assert (unchanged.documents, site.paths()) == (0, ["/rss", "/1", "/rss"])

    same = paper("Three dead?", "", status=304)
    assert site.asked[-1].headers["if-none-match"] == '"v1"'
    assert (same.documents, same.rejected) == (0, {})

    changed = paper("Five dead", AFTER, etag='"v2"')
    assert (changed.documents, changed.articles) == (1, 1)
    first, second = Article.objects.order_by("pk")
    assert second.revision.before == first
    assert WatchedPage.objects.get().etag == '"v2"'
    assert paper("Five dead", AFTER).documents == 0


def test_screens_tell_a_changed_page_before_and_after(desk, english, as_system):
    first, second = make_versions(BEFORE, AFTER)

    answer = desk.get(f"/tin-bai/{second.pk}/").text
    assert "Revised by the outlet" in answer
    assert re.findall(r"<dt>(.*?)</dt><dd lang=\"en\" dir=\"ltr\">(.*?)</dd>", answer) == [
        ("Earlier text", "Three people died in Quang Nam, Vietnam."),
        ("This text", "Five people died in Quang Nam, Vietnam."),
    ]
    earlier = desk.get(f"/tin-bai/{first.pk}/").text
    assert "The page says something else by now" in earlier
    assert f'href="/tin-bai/{second.pk}/"' in earlier
    assert desk.get("/tin-bai/").text.count(">Revised<") == 1


def test_screens_tell_what_each_reprint_says_differently(desk, english, as_system):
    first = make_article("Floods", BEFORE, language="en")
    reprint = make_article(
        "Village after village", f"{BEFORE} Our own reporter saw it.", host="two.example", language="en"
    )
    same = make_article("Floods", BEFORE, host="three.example", language="en")
    Article.objects.filter(pk__in=[reprint.pk, same.pk]).update(duplicate_of=first)

    answer = desk.get(f"/tin-bai/{first.pk}/").text
    assert re.findall(r"<dt>(.*?)</dt><dd lang=\"en\" dir=\"ltr\">(.*?)</dd>", answer) == [
        ("Other headline", "Village after village"),
        ("Text added", "Our own reporter saw it."),
    ]
    own = desk.get(f"/tin-bai/{reprint.pk}/").text
    assert "What it says differently from Le Papier" in own
    Article.objects.filter(pk=first.pk).update(text="")
    assert "What it says differently" not in desk.get(f"/tin-bai/{first.pk}/").text


def test_a_story_marks_what_was_revised_and_what_prints_it_differently(desk, english, as_system):
    story = Story.objects.create(engine_id="s1", title="Floods", language="en")
    first, second = make_versions(BEFORE, AFTER)
    copy, cut = (make_article("Floods", BEFORE, host=f"{name}.example", language="en") for name in ("copy", "cut"))
    Article.objects.update(story=story)
    Article.objects.filter(pk=copy.pk).update(duplicate_of=first, duplicate_measure="text")
    Article.objects.filter(pk=cut.pk).update(duplicate_of=first, duplicate_measure="containment")

    answer = desk.get(f"/cau-chuyen/{story.pk}/").text
    assert answer.count("· Revised") == 1
    assert answer.count("· Reprint") == 2
    assert sorted(re.findall(r'href="/tin-bai/(\d+)/#differs"', answer)) == sorted(map(str, (second.pk, cut.pk)))


def test_a_stored_digest_tells_versions_and_reprints_as_the_engine_does(office, as_system):
    first, second = make_versions(BEFORE, AFTER)
    reprint = make_article("Floods", f"{BEFORE} Our own reporter saw it.", host="two.example", language="en")
    Article.objects.filter(pk=reprint.pk).update(duplicate_of=first, duplicate_measure="containment")
    digest = Digest.objects.create(
        organisation=office,
        day=timezone.localdate(),
        period_from=first.dated_at,
        period_to=timezone.now(),
        built_at=timezone.now(),
        counts={},
        method={},
    )
    for place, article in enumerate((first, second, reprint)):
        DigestArticle.objects.create(
            digest=digest, article=article, place=place, relevant=True, reprint=article == reprint
        )

    told = StoredDigest(digest)
    rows = {row["id"]: row for row in told.article_rows()}
    assert rows[second.engine_id]["revises"] == first.engine_id
    assert rows[second.engine_id]["differences"]["changed"] == [
        ["Three people died in Quang Nam, Vietnam.", "Five people died in Quang Nam, Vietnam."]
    ]
    assert rows[reprint.engine_id]["differences"]["added"] == ["Our own reporter saw it."]
    assert (rows[first.engine_id]["revises"], rows[first.engine_id]["differences"]) == (None, None)
    assert [told.data["numbers"][name]["count"] for name in ("revisions", "reprints")] == [1, 1]


def test_what_changed_is_not_told_where_a_text_had_to_go(desk, english, as_system):
    first, second = make_versions(BEFORE, AFTER)
    Article.objects.filter(pk=first.pk).update(text="")

    assert "What changed cannot be told" in desk.get(f"/tin-bai/{second.pk}/").text


def test_storing_again_changes_nothing(as_system):
    record = make_record("Floods", BEFORE)
    later = record.replace(id="later", text=AFTER)
    for _ in range(2):
        store_articles(actor=ACTOR, articles=[record])
        store_articles(actor=ACTOR, articles=[later])

    assert LaterVersion.objects.count() == 1


def test_a_page_that_changed_stays_in_its_story_in_the_digest_of_a_later_day(office, as_system, settings, tmp_path):
    settings.HOME = tmp_path
    today = timezone.localdate()
    (first,) = make_versions(f"{BEFORE} {VILLAGES}", published_at=timezone.now() - timedelta(days=4))
    build_digests([office], today - timedelta(days=3), actor=ACTOR, focus="VN")
    first.refresh_from_db()
    (second,) = make_versions(
        f"{AFTER} Rescue teams found the last of the missing on Sunday. {VILLAGES}", published_at=first.published_at
    )
    (digest,) = build_digests([office], today, actor=ACTOR, focus="VN")

    second.refresh_from_db()
    assert second.story is not None
    assert second.story == first.story
    (story,) = digest.stories.all()
    assert story.gist_article == second
    assert [row.article for row in story.articles.all()] == [second]
    told = StoredDigest(digest)
    assert [row["revises"] for row in told.article_rows()] == [first.engine_id]
