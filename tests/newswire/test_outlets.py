import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhipcau.newswire.outlets import outlet_of, told_by_page
from nhipcau.newswire.records import Outlet


@pytest.mark.parametrize(
    ("url", "host"),
    [
        ("https://www.example.vn/a/b", "example.vn"),
        ("https://m.example.vn/", "example.vn"),
        ("https://amp.www.example.com.vn:443/x", "example.com.vn"),
        ("https://www2.example.com", "example.com"),
        ("https://mobile.example.com/", "example.com"),
        ("https://M.EXAMPLE.COM./", "example.com"),
        ("https://vi.example.com/", "vi.example.com"),
        ("https://m.co/", "m.co"),
        ("https://amp.dev/", "amp.dev"),
        ("https://báo.example/", "xn--bo-mia.example"),
        ("http://127.0.0.1:8001/feed", "127.0.0.1:8001"),
        ("http://127.0.0.1:80/feed", "127.0.0.1"),
        ("http://127.0.0.1/feed", "127.0.0.1"),
        ("http://[::1]:8002/feed", "[::1]:8002"),
        ("https://localhost:8443/", "localhost:8443"),
        ("https://example.com:8080/", "example.com"),
        ("file:pages/one.html", "file"),
        ("http://[broken", "file"),
        ("http://example.com:port/", "file"),
        ("", "file"),
    ],
)
def test_outlet_host_is_one_for_all_views_of_a_publication(url, host):
    assert outlet_of(url).host == host


@pytest.mark.parametrize(
    ("host", "country"),
    [
        ("example.vn", "VN"),
        ("example.com.vn", "VN"),
        ("example.co.uk", "GB"),
        ("example.de", "DE"),
        ("example.la", "LA"),
        ("example.com", None),
        ("example.eu", None),
        ("example.su", None),
        ("example.news", None),
        ("example.tv", None),
        ("example.io", None),
        ("example.ai", None),
        ("example.co", None),
        ("example.me", None),
        ("example.com.co", "CO"),
        ("www.gov.me", "ME"),
        ("пример.рф", "RU"),
        ("例子.中国", "CN"),
        ("例子.台灣", "TW"),
        ("예.한국", "KR"),
        ("vn", None),
    ],
)
def test_outlet_country_is_that_of_the_domain_where_it_has_one(host, country):
    found = outlet_of(f"https://{host}/page")

    assert (found.country, found.country_from) == (country, "domain" if country else None)


def test_outlet_of_an_ip_address_has_no_country():
    assert outlet_of("http://192.0.2.1/").country is None


def test_outlet_keeps_the_name_it_prints_and_is_called_by_its_host_without_one():
    assert outlet_of("https://www.example.vn/", name=" Báo Mẫu ") == Outlet(
        host="example.vn", name="Báo Mẫu", country="VN", country_from="domain"
    )
    assert outlet_of("https://www.example.vn/", name=" ").name == "example.vn"
    assert outlet_of("https://xn--e1afmkfd.xn--p1ai/").name == "пример.рф"


@given(st.text(max_size=80), st.sampled_from(["", "http://", "https://www.", "http://[", "//"]))
def test_outlet_of_never_raises_and_always_names_something(text, start):
    found = outlet_of(start + text)

    assert found.host
    assert found.name


@pytest.mark.parametrize(
    ("url", "country"),
    [
        ("https://www.bbc.com/vietnamese", "GB"),
        ("https://timesofindia.indiatimes.com/x", "IN"),
        ("https://edition.cnn.com/", "US"),
        ("https://notbbc.com/", None),
    ],
)
def test_well_known_outlets_under_common_endings_have_their_country(url, country):
    outlet = outlet_of(url)

    assert (outlet.country, outlet.country_from) == (country, "known" if country else None)


@pytest.mark.parametrize(
    ("places", "tags", "language", "told"),
    [
        (["VN-HN"], ["vi"], "vi", ("VN", "page")),
        (["es"], ["de"], "de", ("ES", "page")),
        ([], ["en-CA", "en_GB"], "en", ("CA", "page")),
        ([], ["en-US", "de_DE"], "en", (None, None)),
        ([], ["ja"], "ja", ("JP", "language")),
        ([], ["vi-VN"], "vi", (None, None)),
        (["Hanoi", "XX", ""], ["zh-Hant_TW"], "zh-Hant", ("TW", "page")),
    ],
)
def test_page_and_language_tell_a_country_where_the_address_does_not(places, tags, language, told):
    outlet = told_by_page(outlet_of("https://paper.example/"), places=places, tags=tags, language=language)

    assert (outlet.country, outlet.country_from) == told


def test_what_a_page_declares_does_not_overrule_its_address():
    outlet = outlet_of("https://paper.de/")

    assert told_by_page(outlet, places=["AT"], tags=["de-AT"], language="ja") == outlet
    assert told_by_page(outlet_of("file:a.html"), places=["AT"], tags=[], language="ja").country is None
