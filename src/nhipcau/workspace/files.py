"""Files that leave for somebody's own machine: their names and headers."""

from __future__ import annotations

import re
import unicodedata
from typing import IO, TYPE_CHECKING

from django.conf import settings
from django.http import FileResponse, HttpResponse
from django.utils import timezone

from nhipcau.text import nfc

if TYPE_CHECKING:
    from django.http.response import HttpResponseBase

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV = "text/csv; charset=utf-8"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
PDF = "application/pdf"
JSON = "application/json"
HTML = "text/html; charset=utf-8"


def is_demonstration() -> bool:
    """Whether everything that this installation shows is invented."""
    return bool(settings.DEMO)


def file_name(words: str, ending: str, *, dated: bool = False) -> str:
    """A name that every system keeps: Latin letters without marks, digits and hyphens.

    ``Tin bài`` becomes ``tin-bai-2026-11-22.xlsx`` with the day in Asia/Ho_Chi_Minh.
    """
    plain = unicodedata.normalize("NFD", nfc(words).lower().replace("đ", "d"))
    letters = re.sub(r"[^a-z0-9]+", "-", re.sub(r"[\u0300-\u036f]", "", plain)).strip("-")[:80] or "nhip-cau"
    return f"{letters}-{timezone.localdate():%Y-%m-%d}.{ending}" if dated else f"{letters}.{ending}"


def as_download(
    content: bytes | IO[bytes], *, name: str, ending: str, content_type: str, dated: bool = False
) -> HttpResponseBase:
    """The answer that a browser saves and never shows as a page of ours."""
    response: HttpResponseBase
    if isinstance(content, bytes):
        response = HttpResponse(content, content_type=content_type)
    else:
        response = FileResponse(content, content_type=content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{file_name(name, ending, dated=dated)}"'
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response
