import brotli
import pytest

from nhipcau.newswire.fetch import (
    AddressError,
    CertificateError,
    ConnectionFailedError,
    EncodingError,
    Fetcher,
    HostRestingError,
    RobotsDeniedError,
    StatusError,
    TooLargeError,
    TooManyRedirectsError,
    TooSlowError,
)
from nhipcau.newswire.fetch.client import BACK_OFF
from tests.support.loopback import Page


def test_page_comes_with_its_address_status_headers_and_body(site, fetcher):
    site.html("/page", "<p>Cầu Thê Húc</p>", ETag='"1"')
    page = fetcher.get(site.url("/page#part"))
    assert (page.url, page.status, page.not_modified) == (site.url("/page"), 200, False)
    assert page.body.decode() == "<p>Cầu Thê Húc</p>"
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    assert page.headers["etag"] == '"1"'


def test_request_says_who_asks_and_nothing_more(site, fetcher):
    site.html("/page", "hello", **{"Set-Cookie": "a=1"})
    fetcher.get(site.url("/page"))
    fetcher.get(site.url("/page"))
    sent = site.asked[-1].headers
    assert sorted(sent) == ["accept", "accept-encoding", "host", "user-agent"]
    assert sent["user-agent"].startswith("NhipCau/")
    assert sent["accept-encoding"] == "gzip, deflate, br"


def test_body_is_unpacked(site, fetcher):
    site.pages["/page"] = Page(brotli.compress(b"hello" * 1000), headers={"Content-Encoding": "br"})
    assert fetcher.get(site.url("/page")).body == b"hello" * 1000


def test_page_that_has_not_changed_is_not_sent_again(site, fetcher):
    site.pages["/feed"] = Page(b"", 304)
    page = fetcher.get(site.url("/feed"), etag='"abc"', last_modified="Sun, 22 Nov 2026 01:00:00 GMT")
    assert (page.not_modified, page.status, page.body) == (True, 304, b"")
    assert site.asked[-1].headers["if-none-match"] == '"abc"'
    assert site.asked[-1].headers["if-modified-since"] == "Sun, 22 Nov 2026 01:00:00 GMT"


def test_not_modified_that_was_not_asked_for_is_an_error(site, fetcher):
    site.pages["/feed"] = Page(b"", 304)
    with pytest.raises(StatusError):
        fetcher.get(site.url("/feed"))


def test_validator_with_a_line_break_is_not_sent(site, fetcher):
    site.html("/feed", "hello")
    fetcher.get(site.url("/feed"), etag='"a"\r\nX-Forged: 1', last_modified="1\n2")
    assert not {"if-none-match", "if-modified-since", "x-forged"} & set(site.asked[-1].headers)


def test_redirects_are_followed_to_another_host(site, other_site, fetcher):
    site.pages["/a"] = Page(status=301, headers={"Location": "/b?x=1"})
    site.pages["/b?x=1"] = Page(status=307, headers={"Location": other_site.url("/c")})
    other_site.html("/c", "hello")
    page = fetcher.get(site.url("/a"))
    assert (page.url, page.body) == (other_site.url("/c"), b"hello")


def test_five_redirects_are_followed_and_six_are_not(site, fetcher):
    for i in range(6):
        site.pages[f"/{i}"] = Page(status=302, headers={"Location": f"/{i + 1}"})
    site.html("/6", "hello")
    assert fetcher.get(site.url("/1")).body == b"hello"
    with pytest.raises(TooManyRedirectsError):
        fetcher.get(site.url("/0"))


@pytest.mark.parametrize("location", ["file:///etc/passwd", "ftp://127.0.0.1/", "http://name:pass@127.0.0.1/"])
def test_redirect_to_what_is_not_opened_is_refused(location, site, fetcher):
    site.pages["/a"] = Page(status=302, headers={"Location": location})
    with pytest.raises(AddressError):
        fetcher.get(site.url("/a"))


def test_redirect_without_a_target_is_an_error(site, fetcher):
    site.pages["/a"] = Page(status=302)
    with pytest.raises(StatusError):
        fetcher.get(site.url("/a"))


def test_redirect_to_what_robots_txt_closes_is_refused(site, other_site, fetcher):
    site.pages["/a"] = Page(status=302, headers={"Location": other_site.url("/closed/x")})
    other_site.pages["/robots.txt"] = Page(b"User-agent: *\nDisallow: /closed/")
    with pytest.raises(RobotsDeniedError):
        fetcher.get(site.url("/a"))
    assert other_site.paths() == []


@pytest.mark.parametrize("status", [401, 403, 404, 410, 451])
def test_client_error_is_final(status, site, fetcher, fake_time):
    site.pages["/page"] = Page(b"<p>gone</p>", status)
    with pytest.raises(StatusError) as failed:
        fetcher.get(site.url("/page"))
    assert (failed.value.status, failed.value.temporary) == (status, False)
    assert str(failed.value) == f"{site.url('/page')} was not read: the server answered {status}."
    assert site.paths() == ["/page"]
    assert fake_time.slept == []


def test_server_error_is_tried_again_with_a_growing_pause(site, fetcher, fake_time):
    site.pages["/page"] = Page([b"", b"", b"hello"], [500, 502, 200])
    assert fetcher.get(site.url("/page")).body == b"hello"
    first, second = fake_time.slept
    assert BACK_OFF * 0.5 <= first <= BACK_OFF * 1.5
    assert BACK_OFF <= second <= BACK_OFF * 3


def test_server_error_that_stays_ends_after_three_tries(site, fetcher):
    site.pages["/page"] = Page(b"", 503)
    with pytest.raises(StatusError) as failed:
        fetcher.get(site.url("/page"))
    assert (failed.value.status, failed.value.temporary) == (503, True)
    assert site.paths() == ["/page"] * 3


@pytest.mark.parametrize("status", [429, 503])
def test_retry_after_in_seconds_is_waited_for(status, site, fetcher, fake_time):
    site.pages["/page"] = Page(b"hello", [status, 200], [{"Retry-After": "7"}, {}])
    assert fetcher.get(site.url("/page")).body == b"hello"
    assert fake_time.slept == [7.0]


def test_retry_after_as_a_date_is_counted_from_the_servers_clock(site, fetcher, fake_time):
    dates = {"Retry-After": "Sun, 22 Nov 2026 01:00:09 GMT", "Date": "Sun, 22 Nov 2026 01:00:00 GMT"}
    site.pages["/page"] = Page(b"hello", [429, 200], [dates, {}])
    assert fetcher.get(site.url("/page")).body == b"hello"
    assert fake_time.slept == [9.0]


def test_long_retry_after_leaves_the_host_alone(site, fetcher, fake_time):
    site.pages["/page"] = Page(b"hello", [429, 200], [{"Retry-After": "900"}, {}])
    site.html("/other", "hello")
    with pytest.raises(StatusError):
        fetcher.get(site.url("/page"))
    with pytest.raises(HostRestingError):
        fetcher.get(site.url("/other"))
    assert site.paths() == ["/page"]
    assert fake_time.slept == []
    fake_time.now += 901
    assert fetcher.get(site.url("/other")).body == b"hello"


def test_connection_that_breaks_is_tried_again(site, fetcher):
    site.pages["/page"] = Page(b"hello", headers=[{"Content-Length": "50", "Connection": "close"}, {}])
    assert fetcher.get(site.url("/page")).body == b"hello"
    assert site.paths() == ["/page"] * 2


def test_connection_that_stays_broken_is_named(site, fetcher):
    site.pages["/page"] = Page(b"hello", headers={"Content-Length": "50", "Connection": "close"})
    with pytest.raises(ConnectionFailedError, match="no working connection"):
        fetcher.get(site.url("/page"))


def test_packed_body_cut_short_is_not_taken_for_a_page(site, fetcher):
    site.pages["/page"] = Page(brotli.compress(b"hello" * 1000)[:-4], headers={"Content-Encoding": "br"})
    with pytest.raises(ConnectionFailedError, match="cut short"):
        fetcher.get(site.url("/page"))


@pytest.mark.parametrize("encoding", ["zstd", "br"])
def test_encoding_that_cannot_be_undone_is_named(encoding, site, fetcher):
    site.pages["/page"] = Page(b"\xff\xffdata", headers={"Content-Encoding": encoding})
    with pytest.raises(EncodingError):
        fetcher.get(site.url("/page"))


def test_size_is_counted_after_unpacking(site):
    site.pages["/bomb"] = Page(brotli.compress(bytes(50_000_000), quality=1), headers={"Content-Encoding": "br"})
    site.pages["/small"] = Page(brotli.compress(bytes(9_999)), headers={"Content-Encoding": "br"})
    with Fetcher(allow_hosts=frozenset({site.host}), pace=0.0, max_bytes=10_000) as reader:
        assert len(reader.get(site.url("/small")).body) == 9_999
        with pytest.raises(TooLargeError):
            reader.get(site.url("/bomb"))


def test_page_announced_as_too_large_is_not_read(site):
    site.pages["/large"] = Page(b"x", headers={"Content-Length": "10001", "Connection": "close"})
    with (
        Fetcher(allow_hosts=frozenset({site.host}), pace=0.0, max_bytes=10_000) as reader,
        pytest.raises(TooLargeError),
    ):
        reader.get(site.url("/large"))


def test_cap_of_one_request_comes_before_the_fetchers(site, fetcher):
    site.html("/page", "x" * 100)
    with pytest.raises(TooLargeError):
        fetcher.get(site.url("/page"), max_bytes=99)
    assert len(fetcher.get(site.url("/page"), max_bytes=100).body) == 100


@pytest.mark.parametrize("page", [Page(b"x" * 400, drip=0.05), Page(b"x", wait=3)])
def test_slow_host_is_given_up_after_the_time_allowed(page, site):
    site.pages["/slow"] = page
    with (
        Fetcher(allow_hosts=frozenset({site.host}), pace=0.0, timeout=0.3) as reader,
        pytest.raises(TooSlowError) as failed,
    ):
        reader.get(site.url("/slow"))
    assert failed.value.temporary
    assert site.paths() == ["/slow"]


def test_pace_is_kept_between_two_requests_to_one_host(site, other_site, fake_time):
    for one in (site, other_site):
        one.html("/page", "hello")
    hosts = frozenset({site.host, other_site.host})
    with Fetcher(allow_hosts=hosts, pace=2.0, clock=fake_time.clock, sleep=fake_time.sleep) as reader:
        reader.get(site.url("/page"))
        reader.get(other_site.url("/page"))
        reader.get(site.url("/page"))
    # robots.txt counts as a request: it, the page, and the same of the other site, then the third page.
    assert fake_time.slept == [2.0, 2.0]


def test_download_goes_straight_to_a_file(site, fetcher, tmp_path):
    site.pages["/large"] = Page([b"half", b"z" * 300_000], [500, 200])
    with (tmp_path / "large").open("w+b") as into:
        answer = fetcher.download(site.url("/large"), into, max_bytes=400_000, timeout=5.0)
    assert (tmp_path / "large").read_bytes() == b"z" * 300_000
    assert (answer.status, answer.body) == (200, b"")


def test_closed_fetcher_reads_nothing_more(site, fetcher):
    site.html("/page", "hello")
    fetcher.close()
    with pytest.raises(Exception, match="The work was stopped"):
        fetcher.get(site.url("/page"))
    assert site.asked == []


def test_error_is_told_in_another_language(site, fetcher):
    site.pages["/page"] = Page(status=404)
    with pytest.raises(StatusError) as failed:
        fetcher.get(site.url("/page"))
    words = {"{url} was not read: the server answered {status}.": "Không đọc được {url}: máy chủ trả lời {status}."}
    assert failed.value.sentence.told(words.get) == f"Không đọc được {site.url('/page')}: máy chủ trả lời 404."


def test_host_that_cannot_prove_its_name_is_refused(tls_site):
    port, trusting = tls_site
    answers = {"newsroom.example": ["127.0.0.1"], "impostor.example": ["127.0.0.1"]}
    hosts = frozenset(answers)
    with Fetcher(allow_hosts=hosts, pace=0.0, resolver=lambda host, _: answers[host], ssl_context=trusting) as reader:
        assert reader.get(f"https://newsroom.example:{port}/page").body == b"hello"
        with pytest.raises(CertificateError):
            reader.get(f"https://impostor.example:{port}/page")


def test_host_with_a_certificate_of_its_own_making_is_refused(tls_site):
    port, _ = tls_site
    with (
        Fetcher(allow_hosts=frozenset({"newsroom.example"}), pace=0.0, resolver=lambda *_: ["127.0.0.1"]) as reader,
        pytest.raises(CertificateError),
    ):
        reader.get(f"https://newsroom.example:{port}/page")
