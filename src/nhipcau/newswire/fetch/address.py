"""Addresses: read once, in one way, so that what is checked is what is connected to."""

from __future__ import annotations

import ipaddress
import re
import unicodedata
from dataclasses import dataclass
from urllib.parse import quote, urljoin, urlsplit

from nhipcau.newswire.fetch.errors import AddressError
from nhipcau.newswire.sentences import Sentence

#: Longer addresses are refused; servers commonly stop at 8,000 (RFC 9110, 4.1 asks for at least that).
MAX_CHARACTERS = 8_000
DEFAULT_PORTS = {"http": 80, "https": 443}
# What RFC 3986 lets stand in a path or query; "%" stays, so that what is quoted already is not quoted twice.
_SAFE = "/%:@!$&'()*+,;=~-._?[]|"
_LABEL = re.compile(r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?", re.ASCII)
_NUMBER = re.compile(r"0x[0-9a-f]*|[0-9]+", re.ASCII)


@dataclass(frozen=True, slots=True)
class Address:
    """An http or https address taken apart.

    Attributes:
        scheme: ``http`` or ``https``.
        host: lower case, ASCII; a numeric host in its usual spelling, an IPv6 one without brackets.
        port: always given.
        target: path and query, quoted; never empty.
    """

    scheme: str
    host: str
    port: int
    target: str

    @property
    def site(self) -> str:
        """The host as :attr:`Fetcher.allow_hosts` and the per-host pace know it; with its port where unusual."""
        return self.host if self.port == DEFAULT_PORTS[self.scheme] else self.with_port

    @property
    def with_port(self) -> str:
        """``host:port``, an IPv6 host in brackets."""
        return f"{self._bracketed}:{self.port}"

    @property
    def origin(self) -> str:
        """Scheme and host, and the port where unusual: what one robots.txt speaks for."""
        usual = self.port == DEFAULT_PORTS[self.scheme]
        return f"{self.scheme}://{self._bracketed if usual else self.with_port}"

    @property
    def url(self) -> str:
        """The address in one piece, without its fragment."""
        return self.origin + self.target

    @property
    def _bracketed(self) -> str:
        return f"[{self.host}]" if ":" in self.host else self.host

    def joined(self, location: str) -> Address:
        """The address a redirect or a link on this page points to; raises :class:`AddressError`."""
        try:
            return parse_address(urljoin(self.url, location.strip()))
        except ValueError:
            raise _bad(location) from None


def parse_address(url: str) -> Address:
    """Take an address apart; raises :class:`AddressError` for anything the collector does not open."""
    url = url.strip()
    if len(url) > MAX_CHARACTERS:
        raise AddressError(
            Sentence("The address is longer than {limit} characters: {url}", limit=MAX_CHARACTERS, url=url)
        )
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError:
        raise _bad(url) from None
    scheme = parts.scheme.lower()
    if scheme not in DEFAULT_PORTS:
        raise AddressError(Sentence("Only http and https addresses are opened: {url}", url=url))
    if "@" in parts.netloc:
        raise AddressError(
            Sentence("An address with a user name or password in it is not opened ({host}).", host=parts.hostname)
        )
    if port == 0 or not parts.hostname:
        raise _bad(url)
    target = quote(parts.path or "/", safe=_SAFE) + (f"?{quote(parts.query, safe=_SAFE)}" if parts.query else "")
    return Address(scheme, canonical_host(parts.hostname, url), port or DEFAULT_PORTS[scheme], target)


def canonical_host(host: str, url: str) -> str:
    """One spelling for each host: lower case, punycode, no final dot, numbers as usual dotted or compressed ones."""
    if "%" in host:
        raise _bad(url)  # a zone of one machine's own network, or a host that another reader would unquote
    if ":" in host:
        try:
            return ipaddress.IPv6Address(host).compressed
        except ValueError:
            raise _bad(url) from None
    host = unicodedata.normalize("NFKC", host).lower()
    try:
        host = host.encode("idna").decode("ascii") if not host.isascii() else host
    except UnicodeError:
        raise _bad(url) from None
    host = host.removesuffix(".")
    labels = host.split(".")
    if _NUMBER.fullmatch(labels[-1]):
        return _numeric_host(labels, url)
    if len(host) > 253 or not all(_LABEL.fullmatch(label) for label in labels):  # noqa: PLR2004 - RFC 1035, 2.3.4
        raise _bad(url)
    return host


def _numeric_host(labels: list[str], url: str) -> str:
    """Dotted IPv4 from any spelling that system resolvers accept: ``2130706433``, ``0x7f.1``, ``0177.0.0.1``.

    The rule is the URL standard's: the last number fills what the others leave.
    """
    try:
        numbers = [_number(label) for label in labels]
        *front, last = numbers
        if len(front) > 3 or any(n > 255 for n in front) or last >= 256 ** (4 - len(front)):  # noqa: PLR2004 - octets
            raise _bad(url)
        value = last + sum(n << (24 - 8 * i) for i, n in enumerate(front))
        return str(ipaddress.IPv4Address(value))
    except ValueError:
        raise _bad(url) from None


def _number(label: str) -> int:
    if label.startswith("0x"):
        return int(label[2:] or "0", 16)
    return int(label, 8) if len(label) > 1 and label[0] == "0" else int(label)


def _bad(url: str) -> AddressError:
    return AddressError(Sentence("This is not an address that can be opened: {url}", url=url))
