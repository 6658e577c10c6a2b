"""A browser's long name of itself, as people would say it."""

from __future__ import annotations

#: What stands in the name -> what people call it; the first that stands there counts, for they all claim to be others.
_BROWSERS = (("Edg", "Edge"), ("OPR/", "Opera"), ("Coc_Coc", "Cốc Cốc"), ("Firefox/", "Firefox"), ("Chrome/", "Chrome"))
_DEVICES = (
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Android", "Android"),
    ("Windows", "Windows"),
    ("Mac OS", "macOS"),
    ("CrOS", "ChromeOS"),
    ("Linux", "Linux"),
)


def browser(said: str) -> str:
    """``Firefox · Windows``; what the browser said, shortened, where neither part is known."""
    names = [next((name for mark, name in kinds if mark in said), "") for kinds in (_BROWSERS, _DEVICES)]
    if not names[0] and "Safari/" in said:
        names[0] = "Safari"
    return " · ".join(filter(None, names)) or said[:60] or "?"
