"""The address to which an office mails its filled workbooks: its key and a secret that only the desk can make."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

if TYPE_CHECKING:
    from nhipcau.network.models import Organisation

_LENGTH = 20


def address_of(office: Organisation) -> str:
    """``so-ngoai-vu-mau+3f…@nhap.example.vn``; empty where this desk takes no mail."""
    return f"{office.slug}+{token_of(office.slug)}@{settings.INTAKE_DOMAIN}" if settings.INTAKE_DOMAIN else ""


def token_of(slug: str) -> str:
    """The secret of an office; it changes with the key of the installation."""
    return salted_hmac("nhipcau.reporting.intake", slug, algorithm="sha256").hexdigest()[:_LENGTH]


def office_of(address: str) -> str:
    """The key of the office whose intake address this is; empty where it is nobody's, or its secret is wrong."""
    local, _at, domain = address.strip().lower().rpartition("@")
    slug, _plus, token = local.partition("+")
    ours = bool(slug) and bool(settings.INTAKE_DOMAIN) and domain == settings.INTAKE_DOMAIN.lower()
    return slug if ours and constant_time_compare(token, token_of(slug)) else ""
