"""``nhipcau explain article`` and ``tag``: why an article is relevant, and which words gave it its tags."""

from __future__ import annotations

import dataclasses
import functools
import json
import sys
from typing import TYPE_CHECKING

import click

from nhipcau.config.cli.command import SpokenCommand, options_of_every_command
from nhipcau.config.cli.failures import NOTHING_USABLE
from nhipcau.config.cli.inputs import checked_inputs, engine_options, fetcher_for
from nhipcau.config.cli.progress import ProgressLines
from nhipcau.config.cli.words import gettext as _
from nhipcau.config.cli.words import language, say
from nhipcau.newswire.sentences import quoted
from nhipcau.newswire.words import gettext_noop
from nhipcau.text import format_number

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from typing import Any

    from nhipcau.newswire.explaining import Span
    from nhipcau.newswire.records import Article

_KINDS = {
    "relevance": gettext_noop("Why it is relevant"),
    "topic": gettext_noop("Topics"),
    "place": gettext_noop("Places"),
    "institution": gettext_noop("Institutions"),
}
_WHERE = {"title": gettext_noop("title"), "lead": gettext_noop("lead"), "body": gettext_noop("text")}


def _options(function: Callable[..., Any]) -> Callable[..., Any]:
    """IDENTIFIER INPUT... and what reading takes."""
    focus = click.option(
        "--focus",
        default="VN",
        metavar="CODE",
        help=gettext_noop("Country that is asked about (ISO 3166-1); without it, VN."),
    )
    return click.argument("identifier", metavar="ID")(engine_options(focus(function)))


@click.command(
    cls=SpokenCommand,
    add_help_option=False,
    help=gettext_noop(
        "Say why an article is relevant, and which words gave its topics, places and institutions.\n\n"
        "ID is the article's identifier in a digest; INPUT is what the digest was made from."
    ),
)
@_options
@options_of_every_command
def article(*, identifier: str, focus: str, as_json: bool, lang: str, **reading: Any) -> int:  # noqa: ARG001 - in effect
    """The first article of that identifier; nothing about others."""
    from nhipcau.newswire.explaining import spans_of

    found = next((one for one in _articles(focus, **reading) if one.id == identifier), None)
    if found is None:
        say(_("No article there has the identifier %(id)s.") % {"id": quoted(identifier)})
        return NOTHING_USABLE
    _tell(found, spans_of(found, focus=focus), focus, as_json=as_json)
    return 0


@click.command(
    cls=SpokenCommand,
    add_help_option=False,
    help=gettext_noop(
        "Say which articles have a tag, and which words gave it.\n\n"
        "ID is the tag: a country (DE), a place in it (DE/Munich), a topic (economy), an institution "
        "(un) or VN: and a name."
    ),
)
@_options
@options_of_every_command
def tag(*, identifier: str, focus: str, as_json: bool, lang: str, **reading: Any) -> int:  # noqa: ARG001 - in effect
    """Every article that has the tag, in input order."""
    from nhipcau.newswire.explaining import spans_of

    count = 0
    for one in _articles(focus, **reading):
        spans = [span for span in spans_of(one, focus=focus) if span.tag.casefold() == identifier.casefold()]
        if spans:
            count += 1
            _tell(one, spans, focus, as_json=as_json)
    if not count:
        say(_("No article there has the tag %(tag)s.") % {"tag": quoted(identifier)})
    return 0 if count else NOTHING_USABLE


def _articles(
    focus: str, *, inputs: tuple[str, ...], jobs: int | None, allow_hosts: tuple[str, ...], quiet: bool
) -> Iterator[Article]:
    """The articles of the inputs as a digest judges them."""
    from nhipcau.newswire import pipeline, prepare, reading
    from nhipcau.newswire.period import asked_period
    from nhipcau.newswire.records import Article

    pipeline.check_focus(focus)
    sources = checked_inputs(inputs)
    judged = functools.partial(prepare.prepare, focus=focus, period=asked_period(None, None))
    with fetcher_for(allow_hosts) as fetcher, ProgressLines(quiet=quiet) as progress:
        items = (item for _number, item in reading.read_items(sources, fetcher=fetcher))
        for done, (_item, result) in enumerate(reading.in_workers(items, judged, jobs=jobs), start=1):
            progress(pipeline.Progress("read", done))
            if isinstance(result, Article):
                yield result


def _tell(one: Article, spans: list[Span], focus: str, *, as_json: bool) -> None:
    from nhipcau.newswire.gazetteer import country_name
    from nhipcau.newswire.relevance import RELEVANT

    if as_json:
        row = {
            "id": one.id,
            "url": one.url,
            "title": one.title,
            "focus": focus,
            "relevance": one.relevance,
            "relevant_from": RELEVANT,
            "topics": list(one.topics),
            "spans": [dataclasses.asdict(span) for span in spans],
        }
        sys.stdout.write(json.dumps(row, ensure_ascii=False, sort_keys=True) + "\n")
        return
    said = _("Relevance to %(country)s: %(score)s. Relevant from %(threshold)s on.") % {
        "country": country_name(focus, language()),
        "score": format_number(one.relevance, language()),
        "threshold": format_number(RELEVANT, language()),
    }
    lines = [quoted(one.title), f"{quoted(one.outlet.name)} · {one.id}", said]
    for kind, heading in _KINDS.items():
        told = [span for span in spans if span.kind == kind]
        if told:
            lines += ["", _(heading)]
            lines += [_line(one, span) for span in told]
    sys.stdout.write("\n".join(lines) + "\n\n")


def _line(one: Article, span: Span) -> str:
    before, words, behind = span.within(one)
    return f"  {span.tag} ({_(_WHERE[span.where])}, {span.start}): {quoted(f'…{before}[{words}]{behind}…')}"
