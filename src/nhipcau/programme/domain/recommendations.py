"""Recommendations: one function for each step. The allowed steps are in docs/explanation/programme.md."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext

from nhipcau.access.rights import require
from nhipcau.audit.domain.record import record
from nhipcau.network.queries import answering_on
from nhipcau.programme.domain.fields import write
from nhipcau.programme.domain.findable import make_recommendation_findable
from nhipcau.programme.domain.held import held
from nhipcau.programme.domain.telling import tell_of_recommendation
from nhipcau.programme.models import WAITING, Recommendation, RecommendationState
from nhipcau.workspace.domain.comments import add_comment
from nhipcau.workspace.domain.errors import IncompleteError, WrongStateError
from nhipcau.workspace.models import Audience

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import date

    from django.db.models import Model

    from nhipcau.access import Actor
    from nhipcau.accounts.models import Person
    from nhipcau.network.models import Organisation
    from nhipcau.workspace.models import Letter

_SHORT = 120


def ask(
    *,
    actor: Person,
    organisation: Organisation,
    text: str,
    addressee: Organisation,
    origin: Model | None = None,
    place: str = "",
    due_on: date | None = None,
    title: str = "",
    sample: bool = False,
) -> Recommendation:
    """Recommend something to another office at once: what a plan or a report that is issued recommends in it.

    Its words were approved with the document; asked again for the same place of the same origin and the same addressee,
    it changes nothing. What stands by itself is drafted by one person and sent by another
    (:func:`draft_recommendation`, :func:`send_recommendation`).

    Args:
        actor: an approver of the office that asks.
        organisation: the office that asks.
        text: what is recommended.
        addressee: the office that is to answer.
        origin: the plan, report or other object that it comes from.
        place: where in it, e.g. ``texts.part_vii``.
        due_on: by when an answer is asked for.
        title: in short; the beginning of the text where nothing is given.
        sample: whether it is invented.

    Raises:
        PermissionDeniedError: the actor does not approve for that office.
        IncompleteError: nothing is recommended, to nobody, or by a day that is past.
    """
    with transaction.atomic():
        require("programme.ask", actor, organisation)
        named = {"origin_type": origin._meta.label_lower, "origin_id": origin.pk} if origin is not None else {}
        if origin is not None:
            same: Recommendation | None = Recommendation.objects.filter(
                **named, organisation=organisation, addressee=addressee, place=place, text=text.strip()
            ).first()
            if same is not None:
                return same
        asked = Recommendation(organisation=organisation, drafter=actor, sample=sample, **named)
        asked.origin_words = str(origin)[:300] if origin is not None else ""
        changed = _write(asked, _values(title, text, addressee, due_on, place=place))
        asked.save(force_insert=True)
        make_recommendation_findable(asked)
        _record(actor, "programme.draft_recommendation", asked, changed)
        return _send(actor, asked)


def draft_recommendation(
    *,
    actor: Person,
    organisation: Organisation,
    title: str,
    text: str,
    addressee: Organisation,
    origin_words: str = "",
    due_on: date | None = None,
    sample: bool = False,
) -> Recommendation:
    """Begin a recommendation that stands by itself; an approver sends it.

    Raises:
        PermissionDeniedError: the actor does not write for that office.
        IncompleteError: something is missing or cannot be.
    """
    with transaction.atomic():
        require("programme.draft_recommendation", actor, organisation)
        asked = Recommendation(organisation=organisation, drafter=actor, sample=sample)
        changed = _write(asked, _values(title, text, addressee, due_on) | {"origin_words": origin_words})
        asked.save(force_insert=True)
        make_recommendation_findable(asked)
        _record(actor, "programme.draft_recommendation", asked, changed)
    return asked


def edit_recommendation(
    *,
    actor: Person,
    asked: Recommendation,
    version: int,
    title: str,
    text: str,
    addressee: Organisation,
    origin_words: str = "",
    due_on: date | None = None,
) -> Recommendation:
    """Change a recommendation that is not sent yet.

    Raises:
        PermissionDeniedError: the actor does not write for the office that asks.
        WrongStateError: it is sent already.
        ConflictError: somebody saved another version meanwhile.
        IncompleteError: something is missing or cannot be.
    """
    with transaction.atomic():
        found = held(Recommendation, asked)
        require("programme.edit_recommendation", actor, found)
        _expect(found.row, RecommendationState.DRAFT)
        found.check_version(version)
        changed = _write(found.row, _values(title, text, addressee, due_on) | {"origin_words": origin_words})
        if changed:
            # Whoever wrote last does not send it.
            found.row.drafter = actor
            found.save_next()
            make_recommendation_findable(found.row)
            _record(actor, "programme.edit_recommendation", found.row, changed)
    return found.row


def send_recommendation(*, actor: Person, asked: Recommendation) -> Recommendation:
    """Send a recommendation: from now on its addressee reads it, and owes an answer.

    Raises:
        PermissionDeniedError: the actor does not approve for the office that asks, or wrote it.
        WrongStateError: it is sent already.
    """
    with transaction.atomic():
        found = held(Recommendation, asked)
        require("programme.send_recommendation", actor, found.row)
        _expect(found.row, RecommendationState.DRAFT)
        return _send(actor, found.row)


def receive_recommendation(*, actor: Person, asked: Recommendation) -> Recommendation:
    """Take a recommendation in for the office that it is addressed to.

    Raises:
        PermissionDeniedError: the actor takes in nothing for that office.
        WrongStateError: it is taken in already, or is not waiting any more.
    """
    with transaction.atomic():
        found = held(Recommendation, asked)
        require("programme.receive_recommendation", actor, found.row.addressee)
        _expect(found.row, RecommendationState.SENT)
        found.row.received_at, found.row.received_by = timezone.now(), actor
        return _move(actor, "programme.receive_recommendation", found.row, RecommendationState.RECEIVED)


def answer_recommendation(
    *,
    actor: Person,
    asked: Recommendation,
    answer: str,
    letter: Letter | None = None,
    number: str = "",
    day: date | None = None,
) -> Recommendation:
    """Answer for the office that was asked; whoever had not taken it in takes it in so.

    Args:
        actor: an approver of the addressee.
        asked: the recommendation.
        answer: what is answered.
        letter: the letter of this desk with which it was answered.
        number: number and symbol of another letter.
        day: its date.

    Raises:
        PermissionDeniedError: the actor does not approve for the addressee.
        WrongStateError: it is not waiting for an answer.
        IncompleteError: nothing is answered, or the day is still to come.
    """
    with transaction.atomic():
        found = held(Recommendation, asked)
        row = found.row
        require("programme.answer_recommendation", actor, row.addressee)
        _expect(row, *WAITING)
        if not answer.strip():
            raise IncompleteError(gettext("An answer needs some words."), "answer")
        if day is not None and day > timezone.localdate():
            raise IncompleteError(gettext("That day is still to come."), "day")
        now = timezone.now()
        if row.received_at is None:
            row.received_at, row.received_by = now, actor
        values = {"answer": answer, "answer_letter": letter, "answer_number": number, "answer_date": day}
        changed = write(row, values)
        row.answered_at, row.answered_by, row.seen_at, row.seen_by = now, actor, None, None
        make_recommendation_findable(row)
        return _move(actor, "programme.answer_recommendation", row, RecommendationState.ANSWERED, changed=changed)


def close_recommendation(*, actor: Person, asked: Recommendation) -> Recommendation:
    """Say for the office that asked that its people have seen the answer, and close it.

    Raises:
        PermissionDeniedError: the actor does not write for the office that asks.
        WrongStateError: it is not answered, or closed already.
    """
    with transaction.atomic():
        found = held(Recommendation, asked)
        require("programme.close_recommendation", actor, found)
        _expect(found.row, RecommendationState.ANSWERED)
        found.row.seen_at, found.row.seen_by = timezone.now(), actor
        return _move(actor, "programme.close_recommendation", found.row, RecommendationState.CLOSED)


def ask_again(*, actor: Person, asked: Recommendation, reason: str, due_on: date | None = None) -> Recommendation:
    """Ask again where the answer was none: it waits for another one, with a comment that says what is missing.

    The answer given stands in the audit record and is shown until another comes.

    Raises:
        PermissionDeniedError: the actor does not write for the office that asks.
        WrongStateError: it is not answered, or closed already.
        IncompleteError: nothing is said, or the day is past.
    """
    with transaction.atomic():
        found = held(Recommendation, asked)
        row = found.row
        require("programme.close_recommendation", actor, found)
        _expect(row, RecommendationState.ANSWERED)
        if not reason.strip():
            raise IncompleteError(gettext("Say what is missing in the answer."), "reason")
        add_comment(actor=actor, target=row, text=reason, audience=Audience.EVERYBODY)
        changed: dict[str, Any] = _write(row, {"due_on": due_on}) if due_on is not None else {}
        row.seen_at, row.seen_by = timezone.now(), actor
        return _move(
            actor, "programme.ask_again", row, RecommendationState.RECEIVED, changed=changed, reason=reason.strip()
        )


def withdraw_recommendation(*, actor: Person, asked: Recommendation, reason: str) -> Recommendation:
    """Take a recommendation back; whom it was sent to still reads it, with the reason.

    Raises:
        PermissionDeniedError: the actor neither writes nor approves for the office that asks.
        WrongStateError: it is answered, closed or taken back already.
        IncompleteError: it was sent, and no reason is given.
    """
    with transaction.atomic():
        found = held(Recommendation, asked)
        row = found.row
        require("programme.withdraw_recommendation", actor, found)
        _expect(row, RecommendationState.DRAFT, *WAITING)
        if row.sent_at is not None:
            if not reason.strip():
                raise IncompleteError(gettext("Say why."), "reason")
            add_comment(actor=actor, target=row, text=reason, audience=Audience.EVERYBODY)
        # A draft that was never sent stays its office's own.
        return _move(
            actor, "programme.withdraw_recommendation", row, RecommendationState.WITHDRAWN, reason=reason.strip()
        )


def readdress_recommendations(*, actor: Actor, on: date | None = None) -> int:
    """Follow the network: what waits for an office that ended waits for who answers for it. How many went on.

    Raises:
        PermissionDeniedError: the actor is not the system.
    """
    day = on or timezone.localdate()
    require("programme.renew_tasks", actor)
    moved = 0
    rows = Recommendation.objects.filter(state__in=WAITING, addressee__valid_to__lt=day)
    for asked in rows.select_related("addressee").order_by("pk"):
        heirs = [heir for heir in answering_on(asked.addressee, day) if heir.pk != asked.organisation_id]
        if not heirs:
            continue
        with transaction.atomic():
            found = held(Recommendation, asked)
            row = found.row
            row.first_addressee = row.first_addressee or row.addressee
            row.addressee, row.received_at, row.received_by = heirs[0], None, None
            payload = {"addressee": [str(asked.addressee), str(heirs[0])]}
            _move(actor, "programme.readdress_recommendation", row, RecommendationState.SENT, changed=payload)
        moved += 1
    return moved


def _values(title: str, text: str, addressee: Organisation, due_on: date | None, **more: Any) -> dict[str, Any]:
    short = " ".join((title or text).split())
    if not title and len(short) > _SHORT:
        short = short[:_SHORT].rsplit(" ", 1)[0] + "…"
    return {"title": short, "text": text, "addressee": addressee, "due_on": due_on, **more}


def _write(asked: Recommendation, values: Mapping[str, Any]) -> dict[str, list[Any]]:
    due_on = values.get("due_on")
    if due_on is not None and due_on != asked.due_on and due_on < timezone.localdate():
        raise IncompleteError(gettext("The day to answer by is past."), "due_on")
    addressee = values.get("addressee")
    if addressee is not None:
        if addressee.pk == asked.organisation_id:
            raise IncompleteError(gettext("An office recommends nothing to itself."), "addressee")
        if addressee.sample != asked.organisation.sample:
            raise IncompleteError(gettext("Sample offices and real ones do not write to each other."), "addressee")
    return write(asked, values)


def _send(actor: Person, asked: Recommendation) -> Recommendation:
    asked.sent_at, asked.sent_by = timezone.now(), actor
    return _move(actor, "programme.send_recommendation", asked, RecommendationState.SENT)


def _expect(asked: Recommendation, *states: RecommendationState) -> None:
    if asked.state not in states:
        sentence = gettext("The recommendation is in the state “%(state)s” now, so this cannot be done.")
        raise WrongStateError(sentence % {"state": asked.get_state_display()})


def _move(
    actor: Actor,
    verb: str,
    asked: Recommendation,
    state: RecommendationState,
    *,
    changed: Mapping[str, Any] | None = None,
    reason: str = "",
) -> Recommendation:
    before, asked.state = asked.state, state
    asked.version += 1
    asked.save()
    _record(actor, verb, asked, {"state": [before, state.value], **(changed or {})}, reason)
    tell_of_recommendation(actor=actor, asked=asked, again=f"{state}:{asked.version}")
    return asked


def _record(actor: Actor, verb: str, asked: Recommendation, payload: Mapping[str, Any], reason: str = "") -> None:
    mine = {"programme.receive_recommendation", "programme.answer_recommendation"}
    office = asked.addressee if verb in mine else asked.organisation
    record(actor=actor, verb=verb, target=asked, organisation=office, payload=payload, reason=reason)
