"""The icons that the desk may show, by their name in Tabler's set (outline).

``tools/vendor.py`` packs exactly these into one sprite; ``|icon`` refuses any other name, so a missing icon is found
by the first test that renders it and not by a reader.
"""

from __future__ import annotations

ICONS = (
    "adjustments-horizontal",
    "alert-triangle",
    "arrow-back-up",
    "arrow-down",
    "arrow-right",
    "arrow-up",
    "bell",
    "building",
    "calculator",
    "calendar",
    "certificate",
    "check",
    "chevron-down",
    "chevron-left",
    "chevron-right",
    "clock",
    "columns",
    "command",
    "device-mobile",
    "dots",
    "external-link",
    "file-text",
    "gavel",
    "history",
    "home",
    "info-circle",
    "key",
    "keyboard",
    "lock",
    "logout",
    "mail",
    "menu-2",
    "news",
    "pencil",
    "player-pause",
    "refresh",
    "rss",
    "search",
    "send",
    "shield-lock",
    "sitemap",
    "trash",
    "user",
    "world",
)
