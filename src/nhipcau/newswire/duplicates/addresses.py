"""One page, whatever host or form of it an address names: the plain, the mobile, the AMP, the printed one."""

from __future__ import annotations

import functools
import re

_PARTS = re.compile(r"[a-z][a-z0-9+.-]*://(?:[^/?#@]*@)?([^/?#:]*)(?::\d+)?([^?#]*)\??([^#]*)", re.IGNORECASE)
# First labels of hosts that serve the same pages: views for devices, and editions for regions.
_VIEW = re.compile(r"(?:www?\d*|m|mobi|mobile|amp|wap|touch|lite|edition|international|global|intl)\.")
_REGION = re.compile(
    r"(?:af|ar|asia|au|be|br|ca|ch|cn|de|en|es|eu|fr|hk|id|ie|in|it|jp|kr|latam|mx|my|nl|nz|ph|pl|pt|ru|sg|th|tr|tw|uk|"
    r"us|vn|za)\."
)
# What is left of a host when a region is taken off must still be a name and a domain, and no shared one (``co.uk``).
_DOMAIN = re.compile(r"[^.]{3,}\.[a-z]{2,}(?:\.[a-z]{2})?")
_SHARED = re.compile(r"(?:com?|net|org|gov|edu|ac|ne|or|go)\.[a-z]{2}")
_AMP_CACHE = ".cdn.ampproject.org"
_CACHED = re.compile(r"/[cv]/(?:s/)?([^/]+)(.*)")
_ENDINGS = (".html", ".htm", ".amp", "/amp", "/print", ".print", "/amphtml", "/mobile", "/index", "/default")
_BEGINS = ("/amp/", "/mobile/", "/m/")
_VIEW_PARAMETERS = frozenset({"amp", "outputtype", "mode", "view", "print", "output", "_amp", "m", "edition"})
_VIEW_VALUES = frozenset({"", "1", "true", "yes", "amp", "print", "mobile", "us", "uk", "int", "international", "asia"})


def page_key(address: str) -> str:
    """A name of the page that an address (cleaned of tracking, ``extract.addresses.clean``) leads to.

    Not an address itself: scheme, views and regions of the host, AMP's cache, endings and the order of parameters are
    gone. Two pages seldom share one; that they are the same is for their texts to say.
    """
    parts = _PARTS.fullmatch(address)
    if parts is None:
        return address
    host, path, query = parts[1].lower(), parts[2], parts[3]
    if host.endswith(_AMP_CACHE) and (cached := _CACHED.fullmatch(path)):
        host, path = cached[1].lower(), cached[2]
    begin = next((begin for begin in _BEGINS if path.startswith(begin)), "/")
    path = path[len(begin) - 1 :].rstrip("/")
    while path.endswith(_ENDINGS):
        path = path[: -len(next(ending for ending in _ENDINGS if path.endswith(ending)))].rstrip("/")
    if query:
        query = "&".join(sorted(pair for pair in query.split("&") if pair and not _is_view(pair)))
    return f"{_plain_host(host)}{path}?{query}"


@functools.lru_cache(maxsize=4096)
def _plain_host(host: str) -> str:
    for _ in range(2):
        view = _VIEW.match(host)
        if view and host.count(".") > 1:
            host = host[view.end() :]
        region = _REGION.match(host)
        rest = host[region.end() :] if region else ""
        if _DOMAIN.fullmatch(rest) and not _SHARED.fullmatch(rest):
            host = rest
    return host


def _is_view(pair: str) -> bool:
    name, _, value = pair.partition("=")
    return name.lower() in _VIEW_PARAMETERS and value.lower() in _VIEW_VALUES
