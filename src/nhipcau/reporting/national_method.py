"""The method note of a national report: who is not in, what is estimated, how it was counted and compared."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from django.utils import timezone
from django.utils.translation import gettext, ngettext

from nhipcau.reporting.models import Campaign, Estimate, NationalReport, ReportPart, Value
from nhipcau.reporting.plain_words import day_words, number_words
from nhipcau.reporting.queries.national import not_in, offices_named, seals

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from nhipcau.documents.forms import Section
    from nhipcau.reporting.models import Seal
    from nhipcau.reporting.national_figures import Total
    from nhipcau.reporting.queries.consolidated import Standing


def method_of(
    national: NationalReport, standing: Sequence[Standing], sections: Iterable[tuple[Section, Sequence[Total]]]
) -> list[str]:
    """The note in sentences."""
    missing = not_in(national, taken=[row.report_id for row in standing])
    asked = len(standing) + len(missing)
    moment = timezone.localtime(national.moment)
    said = [
        gettext("Consolidated from the reports of %(inside)s of %(asked)s offices, as they had come in by %(moment)s.")
        % {
            "inside": number_words_of(len(standing)),
            "asked": number_words_of(asked),
            "moment": f"{moment:%H:%M} {day_words(moment.date())}",
        }
    ]
    open_ones = sum(not row.accepted for row in standing)
    if open_ones:
        said.append(
            ngettext(
                "%(number)s report is submitted and not accepted yet; its figures are in the totals.",
                "%(number)s reports are submitted and not accepted yet; their figures are in the totals.",
                open_ones,
            )
            % {"number": number_words_of(open_ones)}
        )
    said += counted_words(national.campaign)
    said.append(gettext("A figure that an office did not give is missing; it is never taken for zero."))
    if national.campaign.compared_with is not None:
        said += _compared_words(national.campaign, sections)
    seal = seal_of(national, standing)
    if seal is not None:
        said.append(
            gettext("The figures are sealed as submitted by %(moment)s; hash %(hash)s.")
            % {"moment": f"{timezone.localtime(seal.moment):%H:%M %d/%m/%Y}", "hash": seal.hash}
        )
    return said


def counted_words(campaign: Campaign) -> list[str]:
    """Until when figures are counted, and what is done about the rest of the period."""
    said = [gettext("Figures are counted until %(day)s.") % {"day": day_words(campaign.figures_as_of)}]
    if campaign.figures_as_of >= campaign.end:
        return said
    rules = {
        Estimate.NONE: gettext("The days after it are not estimated."),
        Estimate.BY_OFFICE: gettext("Each office estimated the days after it; that part is shown beside each total."),
        Estimate.PRO_RATA: gettext(
            "For the days after it figures are carried on in proportion to the days; that is shown beside each total."
        ),
    }
    said.append(rules[Estimate(campaign.estimate)])
    return [*said, campaign.estimate_note] if campaign.estimate_note else said


def _compared_words(campaign: Campaign, sections: Iterable[tuple[Section, Sequence[Total]]]) -> list[str]:
    before = campaign.compared_with
    if before is None:
        return []
    said = [
        gettext(
            "Compared with “%(campaign)s” on one map: an office that merged is compared with the sum of what it was "
            "made of, and what was divided with its parts together."
        )
        % {"campaign": before.title}
    ]
    partial = [
        total.item.label
        for _section, totals in sections
        for total in totals
        if total.compared and (total.compared.without or total.compared.gone)
    ]
    if partial:
        said.append(
            gettext(
                "Where a change bears a star, some offices gave the figure in one of the two periods only: the change, "
                "and the value of the period before, are of those that gave it in both."
            )
        )
    return said


def lists_of(
    national: NationalReport, standing: Sequence[Standing], sections: Iterable[tuple[Section, Sequence[Total]]]
) -> list[dict[str, Any]]:
    """Offices that are not in; that estimated; that speak for old units; that cannot be compared."""
    offices = offices_named({row.organisation_id for row in standing})
    missing = not_in(national, taken=[row.report_id for row in standing])
    office, state = gettext("Office"), gettext("State")
    tables = [
        _table(
            gettext("Offices whose report is not in"),
            [office, gettext("Due on"), state],
            [[row.organisation.name_vi, day_words(row.due_on), row.get_state_display()] for row in missing],
        ),
        _table(
            gettext("Offices that estimated a part"),
            [office, gettext("Figures")],
            _estimating(national.campaign, standing),
        ),
        _table(
            gettext("Offices that speak for old units"),
            [office, gettext("Old units")],
            _speaking(standing),
        ),
    ]
    unlike: dict[int, int] = defaultdict(int)
    for _section, totals in sections:
        for total in totals:
            for key in total.compared.without if total.compared else ():
                unlike[key] += 1
    rows = [[offices[key].name_vi, number_words_of(number)] for key, number in unlike.items() if key in offices]
    tables.append(_table(gettext("Offices left out of a comparison"), [office, gettext("Number of figures")], rows))
    return [table for table in tables if table["rows"]]


def seal_of(national: NationalReport, standing: Sequence[Standing]) -> Seal | None:
    """The last seal of the very submissions that a national report rests on."""
    wanted = {str(row.submission_id) for row in standing}
    return next((seal for seal in seals().filter(campaign=national.campaign_id) if set(seal.parts) == wanted), None)


def number_words_of(number: int) -> str:
    """A count as the reader's language writes it."""
    from decimal import Decimal

    return number_words(Decimal(number))


def _estimating(campaign: Campaign, standing: Sequence[Standing]) -> list[list[str]]:
    labels = {key: item.label for key, item in campaign.form_version.plain.figures.items()}
    offices = offices_named({row.organisation_id for row in standing})
    owner = {row.submission_id: row.organisation_id for row in standing}
    found: dict[int, list[str]] = defaultdict(list)
    rows = Value.objects.filter(submission_id__in=owner, axis="").exclude(estimated=0).order_by()
    for submission, figure in rows.values_list("submission_id", "figure"):
        found[owner[submission]].append(labels.get(figure, figure))
    return [
        [offices[row.organisation_id].name_vi, "; ".join(sorted(found[row.organisation_id]))]
        for row in standing
        if row.organisation_id in found
    ]


def _speaking(standing: Sequence[Standing]) -> list[list[str]]:
    offices = offices_named({row.organisation_id for row in standing})
    parts: dict[int, list[str]] = defaultdict(list)
    rows = ReportPart.objects.filter(report_id__in=[row.report_id for row in standing]).select_related("organisation")
    for part in rows.order_by("organisation__sort_key", "pk"):
        parts[part.report_id].append(part.organisation.name_vi)
    return [
        [offices[row.organisation_id].name_vi, "; ".join(parts[row.report_id])]
        for row in standing
        if row.report_id in parts
    ]


def _table(title: str, heads: list[str], rows: list[list[str]]) -> dict[str, Any]:
    return {"title": title, "columns": [{"label": head, "numeric": False} for head in heads], "rows": rows}
