"""The mail server that an operator names, as Django's own settings want it."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

#: Port of each kind of address where it names none.
_PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}


def smtp_settings(address: str) -> dict[str, Any]:
    """``smtp://``, ``smtp+starttls://`` or ``smtps://`` with ``user:password@host:port``; empty for no mail.

    The scheme alone says how the connection is protected: it never falls back to an open one.

    Raises:
        ImproperlyConfigured: the address cannot be understood.
    """
    if not address:
        return {"EMAIL_BACKEND": "django.core.mail.backends.dummy.EmailBackend"}
    try:
        parts = urlsplit(address)
        port = parts.port or _PORTS[parts.scheme]
    except (ValueError, KeyError):
        parts, port = urlsplit(""), 0
    if not parts.hostname or parts.path.strip("/"):
        raise ImproperlyConfigured(
            "NHIPCAU_SMTP_URL must be smtp://, smtp+starttls:// or smtps:// with user:password@host:port."
        )
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": port,
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_TLS": parts.scheme == "smtp+starttls",
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        # Seconds for each step of the conversation; a claimed mail is taken up again after ten minutes only.
        "EMAIL_TIMEOUT": 30,
    }
