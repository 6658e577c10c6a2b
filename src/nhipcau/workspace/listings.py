"""The lists of letters: what came in, what goes out."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django import forms
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext, gettext_lazy, ngettext, pgettext_lazy

from nhipcau import search
from nhipcau.access import current
from nhipcau.access.classification import ICONS, Classification
from nhipcau.ui.listing import Column, Empty, FormFilter, Listing, register
from nhipcau.ui.listing.cells import state
from nhipcau.ui.templatetags.ui import day, icon, moment, vi_number
from nhipcau.workspace.models import Direction, Letter, LetterState
from nhipcau.workspace.queries.letters import arrived_letters, incoming_letters, outgoing_letters
from nhipcau.workspace.rules.letters import RECEIVERS, WRITERS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.utils.safestring import SafeString

    from nhipcau.ui.listing import Shown

_NOTHING_FITS = gettext_lazy("Every word must be in the letter; words in quotation marks must stand together.")
_UNWRITTEN = [(state.value, state.label) for state in LetterState if state != LetterState.REGISTERED]


class LettersForm(forms.Form):
    """What narrows letters."""

    q = forms.CharField(label=gettext_lazy("Words"), required=False)
    classification = forms.ChoiceField(
        label=gettext_lazy("Classification"),
        choices=[("", gettext_lazy("All classifications")), *Classification.choices],
        required=False,
    )


class OutgoingForm(LettersForm):
    """What narrows the letters that go out."""

    state = forms.ChoiceField(
        label=gettext_lazy("State"), choices=[("", gettext_lazy("All states")), *_UNWRITTEN], required=False
    )


def _narrow(rows: Any, asked: Mapping[str, Any]) -> Any:
    exact = {name: asked[name] for name in ("classification", "state") if asked.get(name)}
    return search.matching(rows.filter(**exact), asked.get("q") or "")


def _context(_shown: Shown) -> dict[str, Any]:
    return {
        "may_write": bool(current().organisations(*WRITERS)),
        "may_register": bool(current().organisations(*RECEIVERS)),
    }


def _classification(letter: Letter) -> SafeString:
    word, level = Classification(letter.classification).label, letter.classification
    return format_html('<span class="class class-{}">{}{}</span>', level, word, icon(ICONS[level]))


def _url(letter: Letter) -> str:
    return reverse("workspace:letter", args=[letter.pk])


def _sample(rows: Any) -> bool:
    return any(letter.sample for letter in rows)


def _classified() -> Column:
    return Column(
        key="classification",
        label=gettext_lazy("Classification"),
        value=lambda letter: str(Classification(letter.classification).label),
        show=_classification,
        card="plain",
    )


# Incoming -------------------------------------------------------------------------------------------------------------


def _incoming_heading(shown: Shown) -> str:
    waiting = incoming_letters().filter(received_at__isnull=True).count()
    if waiting:
        sentence = ngettext("%(number)s letter to be taken in", "%(number)s letters to be taken in", waiting)
        return sentence % {"number": vi_number(waiting)}
    sentence = ngettext(
        "%(number)s incoming letter, none waiting", "%(number)s incoming letters, none waiting", shown.number
    )
    return sentence % {"number": vi_number(shown.number)}


def _taken(letter: Letter) -> tuple[Any, str]:
    """Whether it was taken in by the reader's office, and the code of how that looks."""
    if letter.state == LetterState.RECALLED:
        return LetterState(letter.state).label, "recalled"
    if all(receipt.received_at for receipt in letter.own_receipts):
        return gettext("Taken in"), "received"
    return gettext("To be taken in"), "waiting"


def _number(letter: Letter) -> str:
    return letter.number_and_symbol or letter.sender_number or letter.symbol


def _from(letter: Letter) -> str:
    if letter.direction == Direction.INCOMING:
        return letter.sender_name
    return letter.issuer_name or str(letter.organisation)


def _answer_by(letter: Letter) -> Any:
    return min((receipt.due_on for receipt in letter.own_receipts if receipt.due_on), default=None)


INCOMING = register(
    Listing(
        name="workspace.letters_incoming",
        view="workspace:letters",
        title=gettext_lazy("Incoming letters"),
        heading=_incoming_heading,
        rows=arrived_letters,
        filters=FormFilter.of(LettersForm, _narrow),
        order=("-issued_at", "-created_at", "-pk"),
        empty=lambda _shown: Empty(
            gettext("No letter has come in"),
            gettext(
                "Letters that other offices issue to yours stand here, and those that you enter from paper or e-mail."
            ),
            "mail",
        ),
        nothing_fits=_NOTHING_FITS,
        sample=_sample,
        template="workspace/letters_incoming.html",
        context=_context,
        classified=("organisation", "classification"),
        columns=[
            Column(key="subject", label=gettext_lazy("Subject"), link=_url, language=lambda _row: "vi", card="title"),
            Column(key="number", label=gettext_lazy("Number and symbol"), value=_number, card="plain"),
            Column(key="from", label=pgettext_lazy("letter", "From"), value=_from, card="plain"),
            Column(
                key="date",
                label=gettext_lazy("Date"),
                value=lambda letter: letter.issued_on or letter.sender_date,
                show=lambda letter: day(letter.issued_on or letter.sender_date),
                css="when",
                card="plain",
            ),
            Column(
                key="answer_by",
                label=gettext_lazy("Answer by"),
                value=_answer_by,
                show=lambda letter: day(_answer_by(letter)),
                css="when",
            ),
            _classified(),
            Column(
                key="taken",
                label=gettext_lazy("State"),
                value=lambda letter: str(_taken(letter)[0]),
                show=lambda letter: state(*_taken(letter)),
                card="plain",
            ),
        ],
    )
)


# Outgoing -------------------------------------------------------------------------------------------------------------


def _outgoing_heading(shown: Shown) -> str:
    sentence = ngettext("%(number)s outgoing letter", "%(number)s outgoing letters", shown.number)
    return sentence % {"number": vi_number(shown.number)}


def _to(letter: Letter) -> str:
    first, *rest = [str(row.organisation) for row in letter.recipients.all()] or [""]
    more = gettext("and %(n)s more") % {"n": vi_number(len(rest))} if rest else ""
    return f"{first} {more}".strip()


OUTGOING = register(
    Listing(
        name="workspace.letters_outgoing",
        view="workspace:letters_outgoing",
        title=gettext_lazy("Outgoing letters"),
        heading=_outgoing_heading,
        rows=outgoing_letters,
        filters=FormFilter.of(OutgoingForm, _narrow),
        order=("-changed_at", "-pk"),
        empty=lambda _shown: Empty(
            gettext("No letter has been written"),
            gettext("Letters of your offices stand here from the first draft on."),
            "mail",
        ),
        nothing_fits=_NOTHING_FITS,
        sample=_sample,
        template="workspace/letters_outgoing.html",
        context=_context,
        classified=("organisation", "classification"),
        columns=[
            Column(key="subject", label=gettext_lazy("Subject"), link=_url, language=lambda _row: "vi", card="title"),
            Column(key="number", label=gettext_lazy("Number and symbol"), value=_number, card="plain"),
            Column(key="to", label=pgettext_lazy("letter", "To"), value=_to, card="plain"),
            Column(key="drafter", label=gettext_lazy("Drafted by"), value=lambda row: str(row.drafter), card="plain"),
            Column(
                key="changed",
                label=gettext_lazy("Changed"),
                value="changed_at",
                show=lambda letter: moment(letter.changed_at),
                order_by=("changed_at",),
                css="when",
                card="plain",
            ),
            _classified(),
            Column(
                key="state",
                label=gettext_lazy("State"),
                value=lambda letter: str(LetterState(letter.state).label),
                show=lambda letter: state(LetterState(letter.state).label, letter.state),
                card="plain",
            ),
        ],
    )
)
