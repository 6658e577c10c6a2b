"""Versions of the plan template: what comes with the program, and what the coordinating ministry publishes."""

from __future__ import annotations

import json
from datetime import date, timedelta
from importlib import resources
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext

from nhipcau.access.rights import require
from nhipcau.audit.domain.record import record
from nhipcau.programme.models import PlanTemplate
from nhipcau.programme.plan_parts import TemplateError, read_parts, to_plain
from nhipcau.text import nfc
from nhipcau.workspace.domain.errors import IncompleteError

if TYPE_CHECKING:
    from nhipcau.access import Actor
    from nhipcau.network.models import Organisation

#: A template is a page or two of words.
MOST_BYTES = 200_000


def load_plan_template(*, actor: Actor) -> PlanTemplate:
    """The version that comes with the program, where no version is there yet; else the latest.

    Raises:
        PermissionDeniedError: the actor is not the system.
    """
    with transaction.atomic():
        require("programme.publish_plan_template", actor)
        latest: PlanTemplate | None = PlanTemplate.objects.order_by("-version").first()
        if latest is not None:
            return latest
        file = resources.files("nhipcau.programme") / "fixtures" / "plan_template.json"
        return _publish(actor, json.loads(file.read_text(encoding="utf-8")), organisation=None)


def publish_plan_template(*, actor: Actor, organisation: Organisation, content: bytes) -> PlanTemplate:
    """Publish the next version of the template, from its file in JSON; the one in force until then ends the day before.

    Args:
        actor: a coordinator of the office.
        organisation: the office that publishes it.
        content: the file, UTF-8.

    Raises:
        PermissionDeniedError: the actor does not coordinate for that office.
        IncompleteError: the file is no template; the sentence says what is wrong and where.
    """
    with transaction.atomic():
        require("programme.publish_plan_template", actor, organisation)
        if len(content) > MOST_BYTES:
            raise IncompleteError(gettext("This file is too large to be a template."), "file")
        try:
            plain = json.loads(content.decode("utf-8-sig"))
        except (ValueError, RecursionError) as error:
            sentence = gettext("This file is not JSON: %(reason)s") % {"reason": str(error)[:200]}
            raise IncompleteError(sentence, "file") from None
        try:
            return _publish(actor, plain, organisation=organisation)
        except TemplateError as error:
            raise IncompleteError(str(error), "file") from None


def _publish(actor: Actor, plain: Any, *, organisation: Organisation | None) -> PlanTemplate:
    if not isinstance(plain, dict):
        raise TemplateError(gettext("A template holds “title”, “basis”, “valid_from” and “parts”."))
    words = {}
    for name in ("title", "basis"):
        words[name] = " ".join(nfc(str(plain.get(name, ""))).split())
        if not words[name] or len(words[name]) > 300:  # noqa: PLR2004 - the columns
            raise TemplateError(gettext("“%(name)s” is missing or too long.") % {"name": name})
    begin = _day(plain.get("valid_from"))
    parts = to_plain(read_parts(plain.get("parts")))
    _end_the_one_before(begin)
    last = PlanTemplate.objects.aggregate(last=Max("version"))["last"] or 0
    made: PlanTemplate = PlanTemplate.objects.create(
        version=last + 1, valid_from=begin, parts=parts, published_at=timezone.now(), **words
    )
    verb = "programme.publish_plan_template"
    payload = {"version": [None, made.version], "valid_from": [None, begin]}
    record(actor=actor, verb=verb, target=made, organisation=organisation, payload=payload)
    return made


def _day(text: Any) -> date:
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        raise TemplateError(gettext("“valid_from” must be a day, as in 2027-01-01.")) from None


def _end_the_one_before(begin: date) -> None:
    before = PlanTemplate.objects.select_for_update().order_by("-version").first()
    if before is None:
        return
    if begin <= before.valid_from or (before.valid_to is not None and begin <= before.valid_to):
        raise TemplateError(
            gettext("It must begin after version %(version)s, which begins on %(day)s.")
            % {"version": before.version, "day": before.valid_from.strftime("%d/%m/%Y")}
        )
    if before.valid_to is None:
        before.valid_to = begin - timedelta(days=1)
        before.save(update_fields=["valid_to"])
