"""How a mail reads: plain text and simple HTML with the same words; links to this desk, nothing from elsewhere."""

from __future__ import annotations

from email.utils import format_datetime
from typing import TYPE_CHECKING, Any, NamedTuple

from django.apps import apps
from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.translation import gettext, ngettext

from nhipcau.access import opened
from nhipcau.access.classification import Classification
from nhipcau.accounts.queries import access_for
from nhipcau.workspace.models import Attached, host_of
from nhipcau.workspace.notice_kinds import kinds
from nhipcau.workspace.queries.notices import clocks, still_visible

if TYPE_CHECKING:
    from collections.abc import Iterable

    from nhipcau.workspace.models import Mail, Notice


class Line(NamedTuple):
    """What a mail says of one notice."""

    about: str
    sentence: str
    url: str
    notice: Notice


def message_of(mail: Mail) -> EmailMultiAlternatives | None:
    """The mail as it goes out, in the language and the clock of its reader and under their rights as they are now.

    None where nothing is left to say: everything was read meanwhile, or is no longer theirs to see.
    """
    person = mail.person
    clock = clocks([person])[person.pk]
    told = [notice for notice in mail.notices.order_by("pk") if notice.read_at is None]
    with opened(access_for(person)):
        told = still_visible(told)
        closed = restricted(told)
    if not told:
        return None
    with translation.override(person.language), timezone.override(clock.zone):
        lines = [_line(notice, discreet=notice.pk in closed) for notice in told]
        subject = _subject(lines)
        shown: dict[str, Any] = {
            "person": person,
            "lines": lines,
            "zone": str(clock.zone),
            "home": settings.URL,
            "settings_url": f"{settings.URL}/thong-bao/cach-bao/",
            "language": person.language,
            "sample": settings.DEMO or person.sample,
        }
        message = EmailMultiAlternatives(
            subject,
            render_to_string("workspace/mail.txt", shown),
            to=[person.email],
            headers={
                "Message-ID": mail.message_id,
                "Date": format_datetime(mail.created_at),
                # Out-of-office programs do not answer.
                "Auto-Submitted": "auto-generated",
            },
        )
        message.attach_alternative(render_to_string("workspace/mail.html", shown), "text/html")
    return message


def _line(notice: Notice, *, discreet: bool) -> Line:
    about = {kind.key: kind.title for kind in kinds()}.get(notice.kind, "")
    # What is restricted is named inside the desk alone: mail passes through other people's servers.
    sentence = gettext("Something of restricted circulation waits for you on the desk.") if discreet else notice.said
    return Line(str(about), sentence, f"{settings.URL}/thong-bao/{notice.pk}/", notice)


def _subject(lines: list[Line]) -> str:
    if len(lines) == 1:
        said = " ".join(lines[0].sentence.split())
        return said if len(said) <= 120 else f"{said[:119]}…"  # noqa: PLR2004 - what mail programs show of a subject
    return ngettext("%(n)s notice from Nhịp Cầu", "%(n)s notices from Nhịp Cầu", len(lines)) % {"n": len(lines)}


def restricted(told: Iterable[Notice]) -> set[int]:
    """Keys of those notices whose target is of restricted circulation, read under the access now open."""
    found = set()
    for notice in told:
        model: Any = apps.get_model(notice.target_type)
        if not (hasattr(model, "classification") or issubclass(model, Attached)):
            continue
        target = model.objects.filter(pk=notice.target_id).first()
        if target is None or classification_of(target) == Classification.RESTRICTED:
            found.add(notice.pk)
    return found


def classification_of(target: Any) -> str:
    """What a row says of itself, or what the object says on which it hangs: a comment on a restricted letter is too."""
    if isinstance(target, Attached):
        host = target.target
        return Classification.RESTRICTED if host is None else host_of(host).classification(host)
    return str(target.classification)
