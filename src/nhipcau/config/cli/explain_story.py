"""``nhipcau explain story``: why articles are one story, from what a digest remembers."""

from __future__ import annotations

import dataclasses
import json
from typing import TYPE_CHECKING

import click

from nhipcau.config.cli.command import SpokenCommand, options_of_every_command
from nhipcau.config.cli.failures import WrongUsageError
from nhipcau.config.cli.inputs import FOLDER
from nhipcau.config.cli.words import gettext as _
from nhipcau.config.cli.words import language, sentence
from nhipcau.newswire.sentences import quoted, system_reason, told
from nhipcau.newswire.words import gettext_noop
from nhipcau.text import format_number

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from pathlib import Path

    from nhipcau.newswire.stories import StoryStream
    from nhipcau.newswire.stories.explaining import Explanation, Membership, Shared

_KINDS = {
    "name": gettext_noop("names"),
    "sound": gettext_noop("names by their sound"),
    "number": gettext_noop("numbers and days"),
    "word": gettext_noop("words"),
}


@click.command(
    cls=SpokenCommand,
    add_help_option=False,
    help=gettext_noop(
        "Say why articles are one story.\n\n"
        "For each article what it shares with the others and how like them it is, and what the nearest other story is. "
        "Looked up in what the digest in DIR remembers."
    ),
)
@click.argument("story_id", metavar="ID")
@click.option(
    "--from",
    "folder",
    type=FOLDER,
    required=True,
    metavar="DIR",
    help=gettext_noop("Folder of the digest; must be given."),
)
@click.option("--json", "as_json", is_flag=True, help=gettext_noop("Print what was found as JSON."))
@options_of_every_command
def story(*, story_id: str, folder: Path, as_json: bool, lang: str) -> int:  # noqa: ARG001 - in effect before this runs
    """Titles come from the digest, everything else from its state."""
    found = _remembered(folder).explained(story_id)
    if found is None:
        raise WrongUsageError(
            _("No story that the digest in %(folder)s remembers has the id %(id)s: older ones are not kept.")
            % {"folder": folder, "id": quoted(story_id)}
        )
    if as_json:
        click.echo(json.dumps(dataclasses.asdict(found), ensure_ascii=False, sort_keys=True))
    else:
        for line in _lines(found, _titles(folder)):
            click.echo(line)
    return 0


def _remembered(folder: Path) -> StoryStream:
    from nhipcau.newswire.remembered import STORIES
    from nhipcau.newswire.state import StateError
    from nhipcau.newswire.stories import StoryStream

    file = folder / "state" / STORIES
    try:
        return StoryStream.load(file)
    except StateError as error:
        raise WrongUsageError(sentence(error)) from error
    except OSError as error:
        why = told(system_reason(error), _)
        raise WrongUsageError(_("%(file)s cannot be read: %(why)s.") % {"file": file, "why": why}) from error


def _titles(folder: Path) -> dict[str, str]:
    """Title and outlet of each article in the digest; empty where it was written without JSON."""
    try:
        data = json.loads((folder / "digest.json").read_text(encoding="utf-8"))
        return {row["id"]: quoted(f"{row['title']} ({row['outlet']})") for row in data["articles"]}
    except (OSError, ValueError, KeyError, TypeError):
        return {}


def _lines(found: Explanation, titles: Mapping[str, str]) -> Iterator[str]:
    from nhipcau.newswire.stories import JOINED

    yield _("Story %(id)s: %(count)s articles.") % {"id": found.story_id, "count": len(found.members)}
    if found.by_hand:
        yield _("A person put articles of it together, or held them apart from another story.")
    for member in found.members:
        yield f"- {titles.get(member.article_id) or quoted(member.article_id)}"
        yield from _told(member)
    if found.nearest_id is None or found.nearest_likeness is None:
        yield _("No other story shares a telling word with it.")
        return
    first = found.nearest_articles[0]
    yield _("Nearest other story: %(id)s, %(title)s. Likeness %(likeness)s; two are one from %(joined)s on.") % {
        "id": found.nearest_id,
        "title": titles.get(first) or quoted(first),
        "likeness": _number(found.nearest_likeness),
        "joined": _number(JOINED),
    }
    if found.held_apart:
        yield "  " + _("A person held the two apart.")
    yield from _shared(found.nearest_shared)


def _told(member: Membership) -> Iterator[str]:
    if member.likeness is None:
        yield "  " + _("Nothing else speaks for the story beside it, or it speaks for it no more.")
        return
    yield "  " + _("Likeness to the others: %(likeness)s.") % {"likeness": _number(member.likeness)}
    yield from _shared(member.shared)
    if member.unspelt:
        yield "  " + _("%(part)s of it rests on words that are not kept.") % {"part": _number(member.unspelt)}


def _shared(shared: Sequence[Shared]) -> Iterator[str]:
    """One line for each kind, every term with its part of the likeness."""
    for kind, called in _KINDS.items():
        terms = [f"{quoted(' = '.join(one.spelt))} {_number(one.part)}" for one in shared if one.kind == kind]
        if terms:
            yield f"  {_(called)}: {'; '.join(terms)}"


def _number(value: float) -> str:
    return format_number(round(value, 3), language())
