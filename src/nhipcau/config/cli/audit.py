"""``nhipcau audit``: the audit record as a file, and whether it is as it was sealed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from nhipcau.config.cli.command import SpokenCommand, SpokenGroup, options_of_every_command
from nhipcau.config.cli.failures import NOTHING_USABLE, WrongUsageError
from nhipcau.config.cli.words import gettext as _
from nhipcau.config.cli.words import language, ngettext, say
from nhipcau.newswire.words import gettext_noop
from nhipcau.text import format_number

if TYPE_CHECKING:
    from nhipcau.audit.heads import Heads
    from nhipcau.audit.verifying import Verdict

_FILE = click.Path(path_type=Path)


@click.group(
    cls=SpokenGroup,
    modules=dict.fromkeys(("export", "verify"), __name__),
    add_help_option=False,
    help=gettext_noop("Export the audit record, or verify that nothing in it was changed."),
)
@options_of_every_command
def audit(*, lang: str) -> None:
    """See the help above."""


@click.command(
    cls=SpokenCommand,
    add_help_option=False,
    help=gettext_noop(
        "Write the audit record into a file: one line of JSON for each entry, its end last.\n\n"
        "The file can be verified anywhere, without the database."
    ),
)
@click.argument("file", type=_FILE, metavar="FILE")
@options_of_every_command
def export(*, file: Path, lang: str) -> int:  # noqa: ARG001 - in effect before this runs
    """Beside it first, then in its place: an export that was stopped is not taken for a whole one."""
    from nhipcau.config.installation import start_django

    start_django()
    from django.utils import timezone

    from nhipcau.access import system
    from nhipcau.audit import exported, ledger

    part = file.with_name(f"{file.name}.part")
    entries = -2
    with system("command line"), part.open("w", encoding="utf-8", errors="surrogatepass") as out:
        at = timezone.now().isoformat(timespec="seconds")
        for line in exported.lines(ledger.sealed_rows(), ledger.unsealed_rows(), at=at):
            out.write(line)
            entries += 1
    part.replace(file)
    say(f"{format_number(entries, language())} {ngettext('entry', 'entries', entries)}: {file}")
    return 0


@click.command(
    cls=SpokenCommand,
    add_help_option=False,
    help=gettext_noop(
        "Verify that the audit record is as it was sealed: that of the database, or an exported one.\n\n"
        "Names every entry that was edited, removed, put in, moved or unsealed, an end that was cut off, and how many "
        "entries wait for their seal. Ends with 1 where anything is wrong."
    ),
)
@click.argument("file", type=_FILE, metavar="[FILE]", required=False)
@click.option(
    "--heads",
    "heads_file",
    type=_FILE,
    metavar="FILE",
    help=gettext_noop("The file of heads; without it that of this installation, and none for an export."),
)
@click.option("--json", "as_json", is_flag=True, help=gettext_noop("Print what was found as JSON."))
@options_of_every_command
def verify(*, file: Path | None, heads_file: Path | None, as_json: bool, lang: str) -> int:  # noqa: ARG001 - as above
    """An export needs neither the database nor Django."""
    if heads_file is not None and not heads_file.exists():
        raise WrongUsageError(_("There is no file %(file)s.") % {"file": heads_file})
    verdict = _of_database(heads_file) if file is None else _of_export(file, heads_file)
    if as_json:
        click.echo(json.dumps(_plain(verdict), ensure_ascii=False))
    else:
        for line in _told(verdict):
            click.echo(line)
    return 0 if verdict.good else NOTHING_USABLE


def _of_database(heads_file: Path | None) -> Verdict:
    from nhipcau.config.installation import start_django

    start_django()
    from nhipcau.access import system
    from nhipcau.audit.domain.verify import verify_chain

    with system("command line") as access:
        return verify_chain(actor=access.actor, heads=heads_file)


def _of_export(file: Path, heads_file: Path | None) -> Verdict:
    from nhipcau.audit import exported
    from nhipcau.audit.heads import read_heads
    from nhipcau.audit.verifying import Verifier

    heads: Heads | None = None if heads_file is None else read_heads(heads_file)
    verifier = Verifier(heads)
    try:
        with file.open(encoding="utf-8", errors="surrogatepass") as lines:
            exported.read(lines, verifier)
    except FileNotFoundError as error:
        raise WrongUsageError(_("There is no file %(file)s.") % {"file": file}) from error
    except (exported.NotAnExportError, UnicodeDecodeError) as error:
        raise WrongUsageError(_("%(file)s is no export of the audit record.") % {"file": file}) from error
    return verifier.done()


def _plain(verdict: Verdict) -> dict[str, object]:
    return {
        "good": verdict.good,
        "entries": verdict.count,
        "head": verdict.head,
        "unsealed": verdict.unsealed,
        "oldest_unsealed": verdict.oldest_unsealed,
        "heads": verdict.heads,
        "faults": [{**fault.plain(), "sentence": fault.sentence(_)} for fault in verdict.faults],
        "more_faults": verdict.more,
    }


def _told(verdict: Verdict) -> list[str]:
    """The verdict in sentences: what is wrong first, how much was read last."""
    lines = [fault.sentence(_) for fault in verdict.faults]
    if verdict.more:
        lines.append(_("%(n)s further faults are not named.") % {"n": format_number(verdict.more, language())})
    sealed = format_number(verdict.count, language())
    lines.append(
        ngettext(
            "%(n)s entry is sealed, the last with %(hash)s.",
            "%(n)s entries are sealed, the last with %(hash)s.",
            verdict.count,
        )
        % {"n": sealed, "hash": verdict.head}
    )
    if verdict.unsealed:
        waiting = {"n": format_number(verdict.unsealed, language()), "at": verdict.oldest_unsealed}
        lines.append(
            ngettext(
                "%(n)s entry waits for its seal, since %(at)s.",
                "%(n)s entries wait for their seal, the oldest since %(at)s.",
                verdict.unsealed,
            )
            % waiting
        )
    if verdict.heads is None:
        lines.append(_("Without the file of heads (--heads) an end that was cut off before the export is not found."))
    else:
        lines.append(_("%(n)s noted heads were compared.") % {"n": format_number(verdict.heads, language())})
    lines.append(_("The record is as it was sealed.") if verdict.good else _("The record is not as it was sealed."))
    return lines
