"""Addresses as they are compared and kept: absolute, without what only tracks a reader."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

from nhipcau.newswire.outlets import ascii_host, is_numeric

#: Longer addresses are nobody's article (the sitemap protocol's own limit).
LONGEST = 2048
_DEFAULT_PORTS: Final = {"http": 80, "https": 443}
# Parameters that say how a reader came, not what is read: of the analytics tools, advertising networks, newsletters
# and social networks that news sites use.
_TRACKING: Final = re.compile(
    r"(?:utm|at|mtm|pk|piwik|hsa|matomo|fb|ns)_[a-z_]+|_ga|_gl|_hsenc|_hsmi|[a-z]{1,2}clid|fbclid|gclsrc|dclid|msclkid|"
    r"twclid|ttclid|yclid|gbraid|wbraid|igshid|igsh|mc_[ce]id|mkt_tok|cmpid|icid|ito|ncid|ocid|ref_src|ref_url|spm|"
    r"traffic_source|xtor|wt_mc|wt_zmc|vero_id|oly_(?:anon|enc)_id",
    re.IGNORECASE,
)
# A last segment that names an article; shorter ones number its pages or name its views (``amp``, ``print``, ``page``).
_SHORTEST_NAME = 12
# A front page: the root, its index file, or the root of one language.
_FRONT: Final = re.compile(
    r"/*(?:[a-z]{2}(?:[-_][a-z]{2,4})?)?/*(?:(?:index|home|default)(?:\.[a-z]{3,5})?)?/*", re.IGNORECASE
)


def clean(url: str, *, base: str = "") -> str | None:
    """An absolute http(s) address in one form, or ``None`` where it is none.

    Lower-case scheme and host, no default port, no fragment, no tracking parameters; the order of the others stays.
    """
    try:
        parts = urlsplit(urljoin(base, url.strip()))
        host, port = ascii_host((parts.hostname or "").rstrip(".")), parts.port
    except ValueError:
        return None
    if parts.scheme not in _DEFAULT_PORTS or not host or ("." not in host and ":" not in host and host != "localhost"):
        return None
    netloc = f"[{host}]" if ":" in host and is_numeric(host) else host
    if port not in {None, _DEFAULT_PORTS[parts.scheme]}:
        netloc = f"{netloc}:{port}"
    kept = [pair for pair in parts.query.split("&") if pair and not _TRACKING.fullmatch(pair.partition("=")[0])]
    # What may not stand in an address (blanks, letters outside ASCII) is escaped; escapes already there are left.
    path = quote(parts.path or "/", safe="/%:@!$&'()*+,;=~-._")
    query = quote("&".join(kept), safe="/?%:@!$&'()*+,;=~-._[]")
    cleaned = urlunsplit((parts.scheme, netloc, path, query, ""))
    return cleaned if len(cleaned) <= LONGEST else None


def canonical(declared: list[str], *, url: str) -> str:
    """The first of the addresses a page declares as its own that can be believed, or else its own, cleaned.

    A declared front page (of this site or another) and the section that the page lies in are templates' mistakes, not
    addresses of an article. On the page's own host it keeps the page's scheme.
    """
    own = clean(url)
    for candidate in declared:
        address = clean(candidate, base=url) if candidate.strip() else None
        if address is None:
            continue
        if own is None:
            if not is_front(address):
                return address
        elif is_front(own) or not (is_front(address) or _is_section(address, of=own)):
            return _with_scheme(address, like=own)
    return own or url


def is_front(address: str) -> bool:
    """Whether an address is a site's front page: the root, its index file, or the root of one language."""
    parts = urlsplit(address)
    return not parts.query and _FRONT.fullmatch(parts.path) is not None


def _is_section(address: str, *, of: str) -> bool:
    """Whether the one address lies above the other, and what is missing in it names an article, not a part of one."""
    above = address.rstrip("/") + "/"
    missing = of.removeprefix(above) if of.startswith(above) else ""
    return any(len(segment) >= _SHORTEST_NAME for segment in missing.partition("?")[0].split("/"))


def _with_scheme(address: str, *, like: str) -> str:
    """The same address over HTTPS where the page itself came that way: not every template was told."""
    secure = address.replace("http://", "https://", 1)
    return secure if urlsplit(secure)[:2] == urlsplit(like)[:2] else address
