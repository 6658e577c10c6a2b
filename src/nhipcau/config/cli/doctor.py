"""``nhipcau doctor``: what is installed, configured, missing, and how to mend it."""

from __future__ import annotations

import json
from dataclasses import asdict

import click

from nhipcau.config.cli.command import SpokenCommand, options_of_every_command
from nhipcau.config.cli.failures import NOTHING_USABLE
from nhipcau.config.cli.words import gettext as _
from nhipcau.newswire.words import gettext_noop


@click.command(
    cls=SpokenCommand,
    add_help_option=False,
    help=gettext_noop("Say what is installed, configured and missing, and how to mend it."),
)
@click.option("--json", "as_json", is_flag=True, help=gettext_noop("Print the findings as JSON."))
@options_of_every_command
def doctor(*, as_json: bool, lang: str) -> int:  # noqa: ARG001 - in effect before this runs
    """Print a line for each thing looked at; exit 1 where something is to be mended."""
    from nhipcau.config.doctor import examine

    findings = list(examine())
    if as_json:
        click.echo(json.dumps([asdict(finding) for finding in findings], ensure_ascii=False))
    else:
        for finding in findings:
            click.echo(f"{'✓' if finding.good else '✗'} {_(finding.name)}: {finding.detail}")
            if not finding.good:
                click.echo(f"  {_(finding.mend)}")
    return 0 if all(finding.good for finding in findings) else NOTHING_USABLE
