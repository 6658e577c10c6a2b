import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhipcau.newswire.outlets import outlet_of
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
