"""``nhipcau extract``: raw press in, one line of JSON for each article out."""

from __future__ import annotations

import json
import sys
from collections import Counter

import click

from nhipcau.config.cli.command import SpokenCommand, options_of_every_command
from nhipcau.config.cli.failures import NOTHING_USABLE
from nhipcau.config.cli.inputs import checked_inputs, engine_options, fetcher_for
from nhipcau.config.cli.progress import ProgressLines
from nhipcau.config.cli.words import gettext as _
from nhipcau.config.cli.words import language, ngettext, say
from nhipcau.newswire.sentences import quoted, told
from nhipcau.newswire.words import gettext_noop
from nhipcau.text import format_number


@click.command(
    cls=SpokenCommand,
    add_help_option=False,
    help=gettext_noop(
        "Print the articles in raw press, one line of JSON each.\n\n"
        "INPUT is what it is for digest. What is printed can be given to digest again."
    ),
)
@engine_options
@options_of_every_command
def extract(
    *,
    inputs: tuple[str, ...],
    lang: str,  # noqa: ARG001 - the language took effect before the command was found
    jobs: int | None,
    allow_hosts: tuple[str, ...],
    quiet: bool,
    as_json: bool,
) -> int:
    """Articles go to standard output; everything else, the summary of ``--json`` included, to standard error."""
    sources = checked_inputs(inputs)
    from nhipcau.newswire import prepare, reading
    from nhipcau.newswire.pipeline import Progress
    from nhipcau.newswire.records import Article, Rejection
    from nhipcau.newswire.rows import extracted_row

    rejected: Counter[str] = Counter()
    articles = problems = 0
    with fetcher_for(allow_hosts) as fetcher, ProgressLines(quiet=quiet) as progress:
        items = (item for _number, item in reading.read_items(sources, fetcher=fetcher))
        for done, (_item, result) in enumerate(reading.in_workers(items, prepare.extracted, jobs=jobs), start=1):
            if isinstance(result, Article):
                articles += 1
                sys.stdout.write(json.dumps(extracted_row(result), ensure_ascii=False) + "\n")
            elif isinstance(result, Rejection):
                rejected[result.reason] += 1
            else:
                problems += 1
                if not quiet:
                    say(f"{quoted(result.source)}: {told(result.message, _)}")
            progress(Progress("read", done))
        sys.stdout.flush()
    counts = {
        "documents": articles + rejected.total(),
        "articles": articles,
        "rejected": dict(sorted(rejected.items())),
        "problems": problems,
    }
    if as_json:
        say(json.dumps(counts, sort_keys=True))
    elif not quiet:
        say(f"{format_number(articles, language())} {ngettext('article', 'articles', articles)}")
    if not articles:
        say(_("Nothing usable was found in the input."))
    return 0 if articles else NOTHING_USABLE
