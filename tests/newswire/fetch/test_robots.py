import pytest

from nhipcau.newswire.fetch import Fetcher, RobotsDeniedError, RobotsUnavailableError, TooLargeError
from nhipcau.newswire.fetch.robots import KEPT_FOR, REFUSED_FOR
from tests.support.loopback import Page

RULES = b"User-agent: nhipcau\nDisallow: /closed/\n\nUser-agent: *\nDisallow: /\n"


def test_rules_for_our_name_are_obeyed(site, fetcher):
    site.pages["/robots.txt"] = Page(RULES)
    site.html("/open/page", "hello")
    site.html("/closed/page", "secret")
    assert fetcher.get(site.url("/open/page")).body == b"hello"
    with pytest.raises(RobotsDeniedError):
        fetcher.get(site.url("/closed/page"))
    assert site.paths() == ["/open/page"]


def test_rules_are_read_once_a_day(site, fetcher, fake_time):
    site.html("/page", "hello")
    for _ in range(3):
        fetcher.get(site.url("/page"))
    assert [asked.path for asked in site.asked].count("/robots.txt") == 1
    fake_time.now += KEPT_FOR + 1
    fetcher.get(site.url("/page"))
    assert [asked.path for asked in site.asked].count("/robots.txt") == 2


@pytest.mark.parametrize("status", [400, 401, 403, 404, 410])
def test_site_without_rules_allows_all(status, site, fetcher):
    site.pages["/robots.txt"] = Page(b"User-agent: *\nDisallow: /", status)
    site.html("/page", "hello")
    assert fetcher.get(site.url("/page")).body == b"hello"


@pytest.mark.parametrize("status", [429, 500, 503])
def test_site_whose_rules_cannot_be_read_is_left_alone_for_a_while(status, site, fetcher, fake_time):
    site.pages["/robots.txt"] = Page(b"", [status] * 3 + [404])
    site.html("/page", "hello")
    for _ in range(2):
        with pytest.raises(RobotsUnavailableError) as refused:
            fetcher.get(site.url("/page"))
    assert refused.value.temporary
    assert str(refused.value) == (
        f"{site.host} is not read for now, because of its robots.txt: "
        f"{site.url('/robots.txt')} was not read: the server answered {status}."
    )
    assert site.paths() == []
    fake_time.now += REFUSED_FOR + 1
    assert fetcher.get(site.url("/page")).body == b"hello"


def test_rules_behind_redirects_are_obeyed(site, other_site, fetcher):
    site.pages["/robots.txt"] = Page(status=301, headers={"Location": other_site.url("/rules")})
    other_site.pages["/rules"] = Page(RULES)
    with pytest.raises(RobotsDeniedError):
        fetcher.get(site.url("/closed/page"))


def test_rules_that_only_lead_on_count_as_absent(site, fetcher):
    site.pages["/robots.txt"] = Page(status=301, headers={"Location": "/robots.txt"})
    site.html("/page", "hello")
    assert fetcher.get(site.url("/page")).body == b"hello"


def test_start_of_very_long_rules_is_obeyed(site, fetcher):
    site.pages["/robots.txt"] = Page(
        RULES + b"# " + b"x" * 600_000, headers={"Content-Length": str(len(RULES) + 600_002), "Connection": "close"}
    )
    site.html("/open", "hello")
    assert fetcher.get(site.url("/open")).body == b"hello"


def test_delay_asked_for_is_kept_up_to_a_cap(site, fetcher, fake_time):
    site.pages["/robots.txt"] = Page(b"User-agent: *\nCrawl-delay: 12.5\n")
    site.html("/page", "hello")
    for _ in range(3):
        fetcher.get(site.url("/page"))
    assert fake_time.slept == [12.5, 12.5]


def test_delay_over_the_cap_is_cut(site, fetcher, fake_time):
    site.pages["/robots.txt"] = Page(b"User-agent: *\nCrawl-delay: 86400\n")
    site.html("/page", "hello")
    for _ in range(2):
        fetcher.get(site.url("/page"))
    assert fake_time.slept == [60.0]


def test_rules_that_are_no_text_do_no_harm(site, fetcher):
    site.pages["/robots.txt"] = Page(bytes(range(256)) * 40)
    site.html("/page", "hello")
    assert fetcher.get(site.url("/page")).body == b"hello"


def test_page_over_its_cap_is_still_refused_where_long_rules_are_not(site):
    site.pages["/robots.txt"] = Page(b"# " + b"x" * 5_000)
    site.html("/page", "x" * 2_000)
    with Fetcher(allow_hosts=frozenset({site.host}), pace=0.0, max_bytes=1_000) as reader, pytest.raises(TooLargeError):
        reader.get(site.url("/page"))
