import ipaddress
import socket
import threading
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhipcau.newswire.fetch import Fetcher, RefusedError, RobotsUnavailableError
from nhipcau.newswire.fetch.guard import is_public
from tests.support.loopback import Page

CLOSED = [
    "0.0.0.0",
    "10.1.2.3",
    "100.64.0.1",
    "127.0.0.1",
    "127.255.255.254",
    "169.254.169.254",
    "172.16.0.1",
    "172.31.255.255",
    "192.0.0.8",
    "192.0.2.1",
    "192.168.1.1",
    "198.18.0.1",
    "198.51.100.7",
    "203.0.113.9",
    "224.0.0.1",
    "239.255.255.250",
    "240.0.0.1",
    "255.255.255.255",
    "::",
    "::1",
    "::127.0.0.1",
    "::ffff:10.0.0.1",
    "::ffff:127.0.0.1",
    "64:ff9b::7f00:1",
    "64:ff9b:1::1",
    "100::1",
    "2001::1",
    "2001:0:4136:e378:8000:63bf:3fff:fdd2",
    "2001:db8::1",
    "2002:7f00:1::1",
    "2002:c0a8:101::1",
    "3fff::1",
    "5f00::1",
    "fc00::1",
    "fd12:3456::1",
    "fe80::1",
    "fe80::1%eth0",
    "fec0::1",
    "ff02::1",
    "not an address",
]
OPEN = ["1.1.1.1", "93.184.216.34", "172.32.0.1", "100.128.0.1", "2606:2800:220:1::1", "::ffff:1.1.1.1"]
OPEN += ["64:ff9b::101:101", "2002:101:101::1", "2a00:1450::1"]


@pytest.fixture
def connections(monkeypatch):
    """Every connection tried from here on; none is made."""
    tried = []

    def connect(sock, address):
        tried.append(address)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket.socket, "connect", connect)
    monkeypatch.setattr(socket, "getaddrinfo", _numeric_only(socket.getaddrinfo))
    return tried


def _numeric_only(getaddrinfo):
    """The system's look-up, which must see nothing but addresses that were checked already."""

    def look_up(host, *args, **kwargs):
        ipaddress.ip_address(host)
        return getaddrinfo(host, *args, **kwargs)

    return look_up


def fetcher(answers, **settings):
    """A fetcher whose names lead where ``answers`` says; it remembers what was looked up."""
    asked = []

    def resolver(host, port):
        asked.append(host)
        return answers[host]

    made = Fetcher(resolver=resolver, pace=0.0, sleep=lambda _: None, **settings)
    made.asked = asked
    return made


@pytest.mark.parametrize("address", CLOSED)
def test_address_off_the_public_internet_is_known(address):
    assert not is_public(address)


@pytest.mark.parametrize("address", OPEN)
def test_address_on_the_public_internet_is_known(address):
    assert is_public(address)


@given(st.ip_addresses(v=4))
def test_address_inside_an_ipv6_address_counts_like_itself(address):
    number = int(address)
    mapped = ipaddress.IPv6Address((0xFFFF << 32) | number)
    relayed = ipaddress.IPv6Address((0x2002 << 112) | (number << 80) | 1)
    translated = ipaddress.IPv6Address(int(ipaddress.IPv6Address("64:ff9b::")) | number)
    assert {is_public(str(a)) for a in (mapped, relayed, translated)} == {is_public(str(address))}


@given(st.ip_addresses())
def test_public_address_is_never_private_for_python_either(address):
    if is_public(str(address)):
        closed = [address.is_private, address.is_loopback, address.is_link_local, address.is_multicast]
        assert closed == [False] * 4


@pytest.mark.parametrize("address", [a for a in CLOSED if a != "not an address"])
def test_name_that_leads_to_a_private_address_is_refused_before_any_connection(address, connections):
    with fetcher({"news.example": [address]}) as reader, pytest.raises(RefusedError) as refused:
        reader.get("http://news.example/page")
    assert connections == []
    assert str(refused.value).startswith("news.example leads to ")


@pytest.mark.parametrize(
    "spelling",
    [
        "127.0.0.1",
        "2130706433",
        "0x7f000001",
        "0x7f.1",
        "0177.0.0.1",
        "127.1",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "[::]",
        "0",
        "[::ffff:a9fe:a9fe]",
        "2852039166",
        "[64:ff9b::10.0.0.1]",
        "[2002:a00:1::]",
        "１２７.０.０.１",
        "127.0.0.1.",
    ],
)
def test_numeric_host_in_any_spelling_is_refused_without_a_look_up(spelling, connections):
    with fetcher({}) as reader, pytest.raises(RefusedError):
        reader.get(f"http://{spelling}/page")
    assert (connections, reader.asked) == ([], [])


def test_name_with_one_private_address_among_public_ones_is_refused(connections):
    with fetcher({"news.example": ["1.1.1.1", "10.0.0.1"]}) as reader, pytest.raises(RefusedError):
        reader.get("http://news.example/page")
    assert connections == []


def test_public_name_is_connected_to_by_its_checked_address_and_looked_up_once(connections):
    with fetcher({"news.example": ["93.184.216.34"]}) as reader, pytest.raises(RobotsUnavailableError):
        reader.get("https://news.example/page")
    # robots.txt comes first; each of its three tries looks the name up once and goes to the address found.
    assert connections == [("93.184.216.34", 443)] * 3
    assert reader.asked == ["news.example"] * 3


def test_name_that_changes_its_answer_is_checked_again(connections):
    answers = [["93.184.216.34"], ["127.0.0.1"]]
    with (
        Fetcher(resolver=lambda *_: answers.pop(0), pace=0.0, sleep=lambda _: None) as reader,
        pytest.raises(RefusedError),
    ):
        reader.get("http://news.example/page")
    assert connections == [("93.184.216.34", 80)]


def test_redirect_to_a_private_address_is_refused(site, other_site):
    site.pages["/page"] = Page(status=302, headers={"Location": other_site.url("/secret")})
    other_site.html("/secret", "secret")
    with Fetcher(allow_hosts=frozenset({site.host}), pace=0.0) as reader, pytest.raises(RefusedError):
        reader.get(site.url("/page"))
    assert site.paths() == ["/page"]
    assert other_site.asked == []


@pytest.mark.parametrize("target", ["2130706433", "0x7f.1", "[::ffff:127.0.0.1]", "rebound.example"])
def test_redirect_in_another_spelling_is_refused(target, site, other_site):
    port = other_site.host.partition(":")[2]
    site.pages["/page"] = Page(status=301, headers={"Location": f"http://{target}:{port}/secret"})
    with (
        fetcher({"rebound.example": ["127.0.0.1"]}, allow_hosts=frozenset({site.host})) as reader,
        pytest.raises(RefusedError),
    ):
        reader.get(site.url("/page"))
    assert other_site.asked == []


def test_allowed_host_is_read_and_no_other_on_the_same_address(site):
    port = int(site.host.partition(":")[2])
    site.html("/page", "hello")
    answers = {"newsroom.example": ["127.0.0.1"], "other.example": ["127.0.0.1"]}
    with fetcher(answers, allow_hosts=frozenset({"newsroom.example"})) as reader:
        page = reader.get(f"http://newsroom.example:{port}/page")
        with pytest.raises(RefusedError):
            reader.get(f"http://other.example:{port}/page")
        with pytest.raises(RefusedError):
            reader.get(site.url("/page"))
    assert page.body == b"hello"
    assert site.paths() == ["/page"]


def test_allowed_host_with_a_port_is_allowed_on_that_port_only(site, other_site):
    site.html("/page", "hello")
    other_site.html("/page", "hello")
    with Fetcher(allow_hosts=frozenset({site.host}), pace=0.0) as reader:
        assert reader.get(site.url("/page")).body == b"hello"
        with pytest.raises(RefusedError):
            reader.get(other_site.url("/page"))
    assert other_site.asked == []


def test_name_without_an_address_is_named(connections):
    def resolver(host, port):
        raise socket.gaierror(-2, "Name or service not known")

    with Fetcher(resolver=resolver, pace=0.0) as reader, pytest.raises(RobotsUnavailableError) as failed:
        reader.get("http://nowhere.example/")
    assert str(failed.value).endswith("The name nowhere.example leads to no address.")
    assert connections == []


def test_look_up_that_hangs_is_given_up(connections):
    never = threading.Event()
    began = time.monotonic()
    with (
        Fetcher(resolver=lambda *_: never.wait(5) or [], timeout=0.1, pace=0.0) as reader,
        pytest.raises(RobotsUnavailableError, match="not complete in time"),
    ):
        reader.get("http://slow.example/")
    assert time.monotonic() - began < 2
    never.set()


def test_environment_names_no_proxy(site, monkeypatch):
    for name in ("http_proxy", "HTTP_PROXY", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    site.html("/page", "hello")
    with Fetcher(allow_hosts=frozenset({site.host}), pace=0.0) as reader:
        assert reader.get(site.url("/page")).body == b"hello"
