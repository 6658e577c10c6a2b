import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhipcau.newswire.fetch.address import parse_address
from nhipcau.newswire.fetch.errors import AddressError


@pytest.mark.parametrize(
    "spelling",
    [
        "127.0.0.1",
        "2130706433",
        "0x7f000001",
        "0x7f.1",
        "0177.0.0.1",
        "127.1",
        "127.0.1",
        "127.0.0.1.",
        "１２７.０.０.１",
    ],
)
def test_host_numbers_in_every_spelling_are_one_address(spelling):
    assert parse_address(f"http://{spelling}/a").host == "127.0.0.1"


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("HTTP://News.Example:80/a b?q=ü#part", "http://news.example/a%20b?q=%C3%BC"),
        ("https://news.example", "https://news.example/"),
        ("https://news.example:8443/x%20y", "https://news.example:8443/x%20y"),
        ("http://bücher.example/", "http://xn--bcher-kva.example/"),
        ("http://[::FFFF:127.0.0.1]:80/", "http://[::ffff:7f00:1]/"),
        (" https://news.example/tin-tức \n", "https://news.example/tin-t%E1%BB%A9c"),
    ],
)
def test_address_has_one_spelling(url, expected):
    assert parse_address(url).url == expected


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "ftp://news.example/",
        "javascript:alert(1)",
        "news.example/a",
        "http://",
        "http:///a",
        "http://name:secret@news.example/",
        "http://name@news.example/",
        "http://news.example:0/",
        "http://news.example:70000/",
        "http://news.example:x/",
        "http://256.1.1.1/",
        "http://1.2.3.4.5/",
        "http://0x1ffffffff/",
        "http://news%2eexample/",
        "http://news\\@127.0.0.1/",
        "http://[fe80::1%25eth0]/",
        "http://[::1/",
        "http://-a.example/",
        "http://a..example/",
        "http://" + "a." * 130 + "example/",
        "http://news.example/" + "a" * 8000,
    ],
)
def test_address_that_is_not_opened_is_refused(url):
    with pytest.raises(AddressError):
        parse_address(url)


def test_address_error_does_not_repeat_the_password():
    with pytest.raises(AddressError) as refused:
        parse_address("http://name:secret@news.example/")
    assert str(refused.value) == "An address with a user name or password in it is not opened (news.example)."


@given(st.text())
def test_address_from_any_text_is_read_or_refused(text):
    try:
        address = parse_address("http://" + text)
    except AddressError:
        return
    assert parse_address(address.url) == address
    assert address.url.isascii()


@pytest.mark.parametrize(
    ("location", "expected"),
    [
        ("/b?c", "http://news.example/b?c"),
        ("//other.example/x", "http://other.example/x"),
        ("c", "http://news.example/a/c"),
        ("https://news.example/s", "https://news.example/s"),
    ],
)
def test_redirect_target_is_read_against_the_page(location, expected):
    assert parse_address("http://news.example/a/b").joined(location).url == expected


@pytest.mark.parametrize("location", ["file:///etc/passwd", "http://[", "gopher://x/"])
def test_redirect_target_that_is_not_opened_is_refused(location):
    with pytest.raises(AddressError):
        parse_address("http://news.example/a/b").joined(location)
