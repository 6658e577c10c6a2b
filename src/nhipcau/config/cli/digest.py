"""``nhipcau digest``: raw press in, a digest out."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from nhipcau.config.cli.command import SpokenCommand, options_of_every_command
from nhipcau.config.cli.failures import NOTHING_USABLE, WrongUsageError
from nhipcau.config.cli.inputs import FOLDER, checked_inputs, engine_options, fetcher_for
from nhipcau.config.cli.progress import ProgressLines
from nhipcau.config.cli.words import gettext as _
from nhipcau.config.cli.words import language, ngettext, say, sentence
from nhipcau.documents import digest as printed
from nhipcau.newswire.digest import FORMATS
from nhipcau.newswire.sentences import quoted, system_reason, told
from nhipcau.newswire.words import gettext_noop
from nhipcau.text import format_number

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from nhipcau.newswire.digest.result import DigestResult

#: Where a run keeps what it has read until it is done, inside its output folder.
WORK = ".nhipcau-work"
#: What a digest can be had as: the forms of the engine, and those that are drawn for paper and Excel.
ALL_FORMATS = (*FORMATS, *printed.FORMATS)


@click.command(
    cls=SpokenCommand,
    add_help_option=False,
    help=gettext_noop(
        "Make a digest from raw press.\n\n"
        "INPUT is a feed (RSS, Atom, JSON Feed), a news sitemap, an OPML list of feeds, a WARC archive, a folder of "
        "pages, a table of articles (JSONL, Parquet), or the web address of any of these."
    ),
)
@engine_options
@click.option(
    "--out",
    type=FOLDER,
    required=True,
    metavar="DIR",
    help=gettext_noop("Folder to write to; must be given."),
)
@click.option(
    "--focus",
    default="VN",
    metavar="CODE",
    help=gettext_noop("Country the digest is about (ISO 3166-1); VN without it."),
)
@click.option("--since", metavar="DATE", help=gettext_noop("First day, in Viet Nam (2026-11-22), or a time."))
@click.option("--until", metavar="DATE", help=gettext_noop("Last day, in Viet Nam, included, or a time."))
@click.option(
    "--previous",
    type=FOLDER,
    metavar="DIR",
    help=gettext_noop("Folder of an earlier digest: what it told is not new, and its stories go on."),
)
@click.option(
    "--formats",
    default=",".join(ALL_FORMATS),
    metavar="LIST",
    help=gettext_noop("Which of json, html, docx, pdf, xlsx, separated by commas; all without it."),
)
@options_of_every_command
def digest(
    *,
    inputs: tuple[str, ...],
    out: Path,
    focus: str,
    since: str | None,
    until: str | None,
    previous: Path | None,
    formats: str,
    lang: str,
    jobs: int | None,
    allow_hosts: tuple[str, ...],
    quiet: bool,
    as_json: bool,
) -> int:
    """Exit code 1 where not one article came out; the digest is written all the same, and says what was refused."""
    wanted = _formats(formats)
    sources = checked_inputs(inputs)
    _check_folders(out, previous)
    from nhipcau.newswire import pipeline
    from nhipcau.newswire.errors import RunError
    from nhipcau.newswire.state import StateError

    try:
        with fetcher_for(allow_hosts) as fetcher, ProgressLines(quiet=quiet) as progress:
            result = pipeline.run(
                sources,
                focus=focus.upper(),
                since=since,
                until=until,
                previous=previous,
                jobs=jobs,
                on_progress=progress,
                workdir=out / WORK,
                fetcher=fetcher,
            )
        with result:
            result.write(out, formats=[name for name in wanted if name in FORMATS], lang=lang)
            _draw(result, out, [name for name in wanted if name in printed.FORMATS], lang=lang)
    except (RunError, StateError) as error:
        raise WrongUsageError(sentence(error)) from error
    _report(result, out=out, formats=wanted, quiet=quiet, as_json=as_json)
    return 0 if result.data["counts"]["articles"] else NOTHING_USABLE


def _formats(text: str) -> tuple[str, ...]:
    names = tuple(dict.fromkeys(name.strip().lower() for name in text.split(",") if name.strip()))
    for name in names:
        if name not in ALL_FORMATS:
            raise WrongUsageError(
                _("There is no format %(format)s: use %(formats)s.")
                % {"format": name, "formats": ", ".join(ALL_FORMATS)}
            )
    if not names:
        raise WrongUsageError(_("No format is given: use %(formats)s.") % {"formats": ", ".join(ALL_FORMATS)})
    return names


def _draw(result: DigestResult, out: Path, formats: Sequence[str], *, lang: str) -> None:
    """Write the forms that are drawn; each file is complete or not there."""
    if not formats:
        return
    from nhipcau.newswire.digest.plain import plain_digest
    from nhipcau.newswire.digest.writing import placed

    plain = plain_digest(result, lang)
    for name in formats:
        with placed(out / f"digest.{name}") as file:
            printed.write(name, plain, file, _)


def _check_folders(out: Path, previous: Path | None) -> None:
    if previous is not None and previous.resolve() == out.resolve():
        raise WrongUsageError(_("The earlier digest and the new one need two folders."))
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise WrongUsageError(
            _("%(folder)s cannot be written to: %(why)s.") % {"folder": out, "why": told(system_reason(error), _)}
        ) from error


def _report(result: DigestResult, *, out: Path, formats: tuple[str, ...], quiet: bool, as_json: bool) -> None:
    counts, numbers = result.data["counts"], result.data["numbers"]
    problems = [problem for row in result.data["inputs"] for problem in row["problems"]]
    if not quiet:
        for problem in problems:
            say(f"{quoted(problem['source'])}: {told(problem['message'], _)}")
        say(_summary(counts["documents"], counts["articles"], counts["relevant"], numbers["stories"]["count"]))
    if not counts["articles"]:
        say(_("Nothing usable was found in the input: the digest says what was read and why it was refused."))
    if as_json:
        files = [str(out / f"digest.{name}") for name in formats]
        summary = {
            "files": files,
            "counts": counts,
            "stories": numbers["stories"]["count"],
            "problems": len(problems),
        }
        click.echo(json.dumps(summary, ensure_ascii=False, sort_keys=True))
    elif not quiet:
        for name in formats:
            say(str(out / f"digest.{name}"))


def _summary(documents: int, articles: int, relevant: int, stories: int) -> str:
    lang = language()
    return " · ".join(
        (
            f"{format_number(documents, lang)} {ngettext('document', 'documents', documents)}",
            f"{format_number(articles, lang)} {ngettext('article', 'articles', articles)}",
            f"{format_number(relevant, lang)} {_('about the country')}",
            f"{format_number(stories, lang)} {ngettext('story', 'stories', stories)}",
        )
    )
