import dataclasses
import threading
from datetime import UTC, datetime

import pytest

from nhipcau.newswire.records import Document, InputProblem, Outlet, Rejection
from nhipcau.newswire.sources import Again, FeedState, Subscription, collect, collecting
from nhipcau.newswire.sources.entries import Entry
from tests.support.loopback import Page

OUTLET = Outlet(host="gazette.example", name="The Lake Gazette", country="GB", country_from="registry")


def feed(site, *paths, more=""):
    links = "".join(f"<item><title>{path}</title><link>{site.url(path)}</link></item>" for path in paths)
    return f"<rss><channel>{links}{more}</channel></rss>".encode()


def visit(subscriptions, fetcher, known=()):
    items = list(collect(subscriptions, fetcher=fetcher, known=set(known).__contains__))
    return [item for item in items if not isinstance(item, FeedState)], [i for i in items if isinstance(i, FeedState)]


def test_new_entries_are_read_and_the_state_comes_last(site, fetcher):
    headers = {"ETag": '"v1"', "Last-Modified": "Sun, 22 Nov 2026 01:00:00 GMT"}
    site.pages["/rss"] = Page(feed(site, "/1", "/2"), headers=headers)
    site.html("/1", "<html>1")
    site.html("/2", "<html>2")
    items = list(collect([Subscription(site.url("/rss"), OUTLET)], fetcher=fetcher, known=lambda _: False))
    assert [(type(item), item.url) for item in items] == [
        (Document, site.url("/1")),
        (Document, site.url("/2")),
        (FeedState, site.url("/rss")),
    ]
    assert items[0].outlet == OUTLET
    assert items[2] == FeedState(
        url=site.url("/rss"),
        status=200,
        etag='"v1"',
        last_modified="Sun, 22 Nov 2026 01:00:00 GMT",
        entries=2,
        new=2,
        error=None,
    )


def test_known_entries_are_not_fetched(site, fetcher):
    site.pages["/rss"] = Page(feed(site, "/1", "/2?utm_source=rss"))
    site.html("/1", "<html>1")
    documents, (state,) = visit([Subscription(site.url("/rss"))], fetcher, known=[site.url("/2")])
    assert [document.url for document in documents] == [site.url("/1")]
    assert (state.entries, state.new) == (2, 1)
    assert site.paths() == ["/rss", "/1"]


def test_what_was_handed_out_is_known_by_its_url_the_next_time(site, fetcher):
    more = "<item><guid isPermaLink='false'>g</guid><description>own words</description></item>"
    site.pages["/rss"] = Page(feed(site, "/1", "/gone", more=more))
    site.html("/1", "<html>1")
    subscription = Subscription(site.url("/rss"))
    first, _ = visit([subscription], fetcher)
    assert len(first) == 3
    again, (state,) = visit([subscription], fetcher, known=[item.url for item in first])
    assert (again, state.entries, state.new) == ([], 3, 0)


def test_feed_that_has_not_changed_is_not_read_again(site, fetcher):
    site.pages["/rss"] = Page(b"", 304)
    documents, (state,) = visit([Subscription(site.url("/rss"), None, '"v1"', "yesterday")], fetcher)
    assert documents == []
    assert (state.status, state.etag, state.last_modified, state.error) == (304, '"v1"', "yesterday", None)
    assert site.asked[-1].headers["if-none-match"] == '"v1"'


def test_page_missed_for_now_is_seen_again_with_the_next_visit(site, fetcher):
    site.pages["/rss"] = Page(feed(site, "/1"), headers={"ETag": '"v1"'})
    site.pages["/1"] = Page(b"", 503)
    (rejection,), (state,) = visit([Subscription(site.url("/rss"))], fetcher)
    assert (rejection.reason, state.etag) == ("fetch_failed", None)


def test_page_that_is_gone_does_not_cost_the_validators(site, fetcher):
    site.pages["/rss"] = Page(feed(site, "/1"), headers={"ETag": '"v1"'})
    (rejection,), (state,) = visit([Subscription(site.url("/rss"))], fetcher)
    assert (rejection.reason, state.etag) == ("fetch_failed", '"v1"')


@pytest.mark.parametrize(("status", "expected"), [(404, 404), (500, 500)])
def test_feed_that_cannot_be_read_is_a_problem_and_a_state(status, expected, site, fetcher):
    site.pages["/rss"] = Page(b"", status)
    (problem,), (state,) = visit([Subscription(site.url("/rss"), None, '"v1"')], fetcher)
    assert isinstance(problem, InputProblem)
    assert (state.status, state.entries, state.error) == (expected, 0, problem.message)
    assert state.etag == '"v1"'


def test_host_that_is_refused_is_a_problem_and_a_state(fetcher):
    (problem,), (state,) = visit([Subscription("http://10.0.0.1/rss")], fetcher)
    assert (state.status, state.error) == (None, problem.message)
    assert "not on the public internet" in problem.message


def test_broken_feed_gives_its_entries_and_a_problem_but_no_error(site, fetcher):
    site.pages["/rss"] = Page(feed(site, "/1")[:-12])
    site.html("/1", "<html>1")
    items, (state,) = visit([Subscription(site.url("/rss"))], fetcher)
    assert [type(item) for item in items] == [Document, InputProblem]
    assert (state.entries, state.new, state.error) == (1, 1, None)


def changed_feed(site, title, more=""):
    link = site.url("/1")
    return Page(f"<rss><channel><item><title>{title}</title><link>{link}</link></item>{more}</channel></rss>".encode())


def follow(site, fetcher, marks, validators=None):
    """Visit with everything known; what is told otherwise than last time is asked for again."""

    def again(address, mark):
        return (validators or Again()) if marks.get(address) != mark else None

    source = [Subscription(site.url("/rss"))]
    items = list(collect(source, fetcher=fetcher, known=lambda _: True, again=again))
    return items[:-1], items[-1]


def test_known_entry_that_is_told_otherwise_is_read_again_and_one_that_is_not_stays(site, fetcher):
    site.html("/1", "<html>1")
    site.pages["/rss"] = changed_feed(site, "Three dead")
    _, (state,) = visit([Subscription(site.url("/rss"))], fetcher)
    assert follow(site, fetcher, state.marks)[0] == []
    site.pages["/rss"] = changed_feed(site, "Five dead")
    (document,), later = follow(site, fetcher, state.marks)
    assert (document.url, document.title, later.new) == (site.url("/1"), "Five dead", 0)
    assert later.marks[document.url] != state.marks[document.url]
    assert site.paths() == ["/rss", "/1", "/rss", "/rss", "/1"]


def test_page_that_has_not_changed_by_its_servers_word_is_not_handed_out_again(site, fetcher):
    site.pages["/rss"] = changed_feed(site, "Five dead")
    site.pages["/1"] = Page(b"", 304)
    items, state = follow(site, fetcher, {}, Again(etag='"v1"'))
    assert (items, list(state.marks)) == ([], [site.url("/1")])
    assert site.asked[-1].headers["if-none-match"] == '"v1"'


@pytest.mark.parametrize(("status", "kinds", "marked"), [(503, [], 0), (404, [Rejection], 1)])
def test_known_page_that_cannot_be_had_again(status, kinds, marked, site, fetcher):
    """For now: it is tried at the next visit, and nothing is refused. For good: that is said, once."""
    site.pages["/rss"] = changed_feed(site, "Five dead")
    site.pages["/1"] = Page(b"", status)
    items, state = follow(site, fetcher, {})
    assert ([type(item) for item in items], len(state.marks)) == (kinds, marked)


def test_what_a_list_tells_itself_is_told_again_when_it_changes(site, fetcher):
    own = "<item><guid isPermaLink='false'>g</guid><description>{}</description></item>"
    site.html("/1", "<html>1")
    site.pages["/rss"] = changed_feed(site, "1", own.format("own words"))
    _, (state,) = visit([Subscription(site.url("/rss"))], fetcher)
    site.pages["/rss"] = changed_feed(site, "1", own.format("other words"))
    (document,), _ = follow(site, fetcher, state.marks)
    assert b"other words" in document.body


def test_pictures_and_counted_links_of_a_summary_make_no_change():
    one, other = (
        Entry(number=1, title="T", summary=f"<p>Words <img src='https://a.example/{n}'><a href='?{n}'>more</a></p>")
        for n in (1, 2)
    )
    assert one.mark == other.mark
    assert one.mark != Entry(number=1, title="T", summary="<p>Words</p>").mark
    assert one.mark != dataclasses.replace(one, updated_at=datetime(2026, 11, 22, tzinfo=UTC)).mark


def test_address_listed_twice_is_read_once(site, other_site, fetcher):
    site.pages["/rss"] = Page(feed(site, "/1", "/1"))
    other_site.pages["/rss"] = Page(feed(site, "/1"))
    site.html("/1", "<html>1")
    items, states = visit([Subscription(site.url("/rss")), Subscription(other_site.url("/rss"))], fetcher)
    assert [item.url for item in items] == [site.url("/1")]
    assert {(state.url, state.entries, state.new) for state in states} == {
        (site.url("/rss"), 2, 1),
        (other_site.url("/rss"), 1, 0),
    }


def test_subscriptions_are_worked_off_in_batches_and_in_order(site, fetcher, monkeypatch):
    monkeypatch.setattr(collecting, "BATCH", 2)
    for i in range(5):
        site.pages[f"/rss{i}"] = Page(feed(site, f"/{i}"))
        site.html(f"/{i}", f"<html>{i}")
    documents, states = visit([Subscription(site.url(f"/rss{i}")) for i in range(5)], fetcher)
    assert [document.body for document in documents] == [f"<html>{i}".encode() for i in range(5)]
    assert [state.url for state in states] == [site.url(f"/rss{i}") for i in range(5)]
    assert site.paths() == ["/rss0", "/rss1", "/0", "/1", "/rss2", "/rss3", "/2", "/3", "/rss4", "/4"]


def test_slow_feed_holds_up_no_other(site, other_site, fetcher):
    site.pages["/slow"] = Page(b"<rss>" * 100, drip=0.1)
    other_site.pages["/rss"] = Page(feed(other_site, "/1"))
    other_site.html("/1", "<html>1")
    items, states = visit([Subscription(site.url("/slow")), Subscription(other_site.url("/rss"))], fetcher)
    assert [type(item) for item in items] == [InputProblem, Document]
    assert [state.error is None for state in states] == [False, True]


def test_sitemap_subscription_and_its_index_are_read(site, fetcher):
    site.pages["/index.xml"] = Page(
        f"<sitemapindex><sitemap><loc>{site.url('/index2.xml')}</loc></sitemap></sitemapindex>".encode()
    )
    site.pages["/index2.xml"] = Page(
        f"<sitemapindex><sitemap><loc>{site.url('/map.xml')}</loc></sitemap></sitemapindex>".encode()
    )
    site.pages["/map.xml"] = Page(f"<urlset><url><loc>{site.url('/1')}</loc></url></urlset>".encode())
    site.html("/1", "<html>1")
    (page,), (state,) = visit([Subscription(site.url("/index.xml"))], fetcher)
    assert (page.url, page.origin) == (site.url("/1"), f"{site.url('/map.xml')}:1")
    assert (state.entries, state.error) == (1, None)


def test_index_that_leads_on_without_end_is_cut(site, fetcher, monkeypatch):
    monkeypatch.setattr(collecting, "MAX_ENTRIES", 3)
    leads = f"<sitemap><loc>{site.url('/index.xml')}</loc></sitemap>"
    site.pages["/index.xml"] = Page(f"<sitemapindex>{leads}</sitemapindex>".encode())
    urls = "".join(f"<url><loc>{site.url(f'/{i}')}</loc></url>" for i in range(5))
    site.pages["/map.xml"] = Page(f"<urlset>{urls}</urlset>".encode())
    (problem,), _ = visit([Subscription(site.url("/index.xml"))], fetcher)
    items, (state,) = visit([Subscription(site.url("/map.xml"))], fetcher)
    cut = "Of what it lists, no more than 3 addresses and 50 sitemaps are read."
    assert problem.message == cut
    assert [type(item) for item in items] == [Rejection] * 3 + [InputProblem]
    assert items[-1].message == cut
    assert state.entries == 3


def test_known_is_asked_on_the_callers_thread(site, fetcher):
    asked = []
    site.pages["/rss"] = Page(feed(site, "/1"))
    site.html("/1", "<html>1")
    list(
        collect([Subscription(site.url("/rss"))], fetcher=fetcher, known=lambda _: asked.append(threading.get_ident()))
    )
    assert asked == [threading.get_ident()]
