"""The address of an entry: what it is fetched by, and what it is known by from one visit to the next."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit, urlunsplit

#: Parameters that say where a reader came from, not what is shown. Feeds change them from day to day.
_TRACKING = re.compile(
    r"utm_\w+|at_(medium|campaign|custom\d)|fbclid|gclid|dclid|msclkid|yclid|mc_[ce]id|ocid|ns_\w+", re.IGNORECASE
)
#: Web addresses, or what looks like one, at the start of a text.
_CREDENTIALS = re.compile(r"^(\s*[A-Za-z][\w+.-]*:/{1,3})[^/?#]*@")
# A plain address that nothing is to be done to; feeds are read quickly because most are.
_WHOLE = re.compile(
    r"https?://[a-z0-9-]+(?:\.[a-z0-9-]+)+/(?![^?]*/\.)[\w%+,/.~-]*"
    r"(?:\?(?!.*(?i:utm_|at_|clid|mc_|ocid|ns_))[\w%+,/.~&=-]+)?",
    re.ASCII,
)
_HTTP = re.compile(r"https?://", re.IGNORECASE)


def entry_address(link: str | None, base: str) -> str | None:
    """The absolute http(s) address a link leads to; ``None`` where it leads to none.

    Without fragment and tracking, and without a user's name and password: those are neither sent nor shown.
    """
    if not link or not (link := link.strip()):
        return None
    if _WHOLE.fullmatch(link):
        return link
    try:
        parts = urlsplit(urljoin(base, link))
        if parts.scheme.lower() not in {"http", "https"} or not parts.hostname:
            return None
        host = parts.netloc.rpartition("@")[2]
        return urlunsplit((parts.scheme.lower(), host, parts.path or "/", untracked(parts.query), "")).strip()
    except ValueError:
        return None


def without_credentials(address: str) -> str:
    """The text of an address as it may be shown: without a user's name and password. Other text stays as it is."""
    return _CREDENTIALS.sub(r"\1", address)


def untracked(query: str) -> str:
    """A query without tracking parameters; unchanged to the letter where there are none."""
    if not any(_TRACKING.fullmatch(pair.partition("=")[0]) for pair in query.split("&")):
        return query
    return urlencode([(k, v) for k, v in parse_qsl(query, keep_blank_values=True) if not _TRACKING.fullmatch(k)])


def is_web_address(text: str) -> bool:
    """Whether a text names something to be fetched rather than a file."""
    return _HTTP.match(text) is not None


def file_address(path: str) -> str:
    """``file:`` and the path inside the input, for what has no address of its own; letters stay readable."""
    return "file:" + re.sub(r"[\s%#?]", lambda found: f"%{ord(found.group()):02X}", path)
