"""The whole line: inputs to documents, to articles, to stories, to a digest."""

from __future__ import annotations

import dataclasses
import itertools
import json
from pathlib import Path
from typing import TYPE_CHECKING, cast

from nhipcau.newswire import gazetteer, relevance, summary
from nhipcau.newswire.digest import page
from nhipcau.newswire.digest.result import DigestResult
from nhipcau.newswire.digest.telling import GIST_SENTENCES, Summarise, gist_of, name_of
from nhipcau.newswire.engine import engine
from nhipcau.newswire.errors import RunError
from nhipcau.newswire.garbage import collected_seldom
from nhipcau.newswire.judging import judge
from nhipcau.newswire.period import asked_period
from nhipcau.newswire.prepare import Item
from nhipcau.newswire.reading import Input, read_inputs
from nhipcau.newswire.remembered import Memory
from nhipcau.newswire.sentences import Sentence
from nhipcau.newswire.sources.addresses import is_web_address, without_credentials
from nhipcau.newswire.sources.kinds import Kind, kind_of
from nhipcau.newswire.workdb import WorkDB, WorkFolder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date, datetime

    from nhipcau.newswire.digest.telling import Gist
    from nhipcau.newswire.fetch import Fetcher
    from nhipcau.newswire.period import Period
    from nhipcau.newswire.records import Article, Corrections


#: Two-letter codes that CLDR names although they stand for no country: groups, tests, the unknown.
NO_COUNTRIES = frozenset({"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"})


@dataclasses.dataclass(frozen=True, slots=True)
class Progress:
    """How far a run has come: ``stage`` is ``read``, ``compare`` or ``tell``; ``total`` is known but for the first."""

    stage: str
    done: int
    total: int | None = None


@dataclasses.dataclass(frozen=True, slots=True)
class Models:
    """Optional models, as plain callables. None is needed, none is ever downloaded, and a digest names those used.

    Attributes:
        summarise: ``(title, text)`` to a gist in the text's language. A ``name`` attribute names it in the digest.
    """

    summarise: Summarise | None = None

    def used(self) -> dict[str, str]:
        """What each model given is called."""
        return {} if self.summarise is None else {"summarise": name_of(self.summarise)}


@collected_seldom()
def run(
    inputs: Iterable[Input] | Iterable[Item],
    *,
    focus: str = "VN",
    since: str | date | datetime | None = None,
    until: str | date | datetime | None = None,
    previous: Path | None = None,
    jobs: int | None = None,
    models: Models = Models(),
    corrections: Corrections | None = None,
    on_progress: Callable[[Progress], None] | None = None,
    workdir: Path | None = None,
    fetcher: Fetcher | None = None,
) -> DigestResult:
    """Make a digest. No clock is read: the same inputs give the same digest.

    Args:
        inputs: addresses, files, folders and iterables of records; or records themselves.
        focus: ISO 3166-1 code of the country that the digest is about.
        since: first day in Viet Nam, or an ISO time; what is dated earlier is refused, what is undated is marked.
        until: last day, or a time, included.
        previous: folder of an earlier digest: what it told is not new, what it held is a duplicate.
        jobs: worker processes; as many as there are processors where ``None``.
        models: optional models.
        corrections: what people corrected in the stories; obeyed and remembered. ``None`` goes on obeying those that
            the previous digest remembers.
        on_progress: told after every item, in this thread.
        workdir: where texts lie while the run lasts. What a killed run left there is not read twice; the folder goes
            away when the result is closed. ``None`` takes one from the system.
        fetcher: for addresses; one with the usual rules where ``None``.

    Raises:
        RunError: the question cannot be answered as asked (focus, period, previous digest, folder in use).
        StateError: the memory of the previous digest is damaged.
    """
    period = asked_period(since, until)
    check_focus(focus)
    sources, listed = _listed(inputs)
    report = on_progress or (lambda _: None)
    folder = WorkFolder(workdir)
    memory = db = None
    try:
        memory = Memory.opened(previous, focus=focus, working=folder.path / "duplicates.sqlite3")
        if corrections is not None:
            memory.stream.correct(corrections)
        db = WorkDB(folder.path, _question(focus, period))
        read_inputs(
            sources,
            db,
            focus=focus,
            period=period,
            jobs=jobs,
            fetcher=fetcher,
            progress=lambda done: report(Progress("read", done)),
            meanwhile=page.load,
        )
        total = db.count("article")
        judge(
            db,
            memory.index,
            memory.stream,
            threshold=relevance.RELEVANT,
            progress=lambda done: report(Progress("compare", done, total)),
        )
        return DigestResult(
            db=db,
            folder=folder,
            memory=memory,
            period=period,
            inputs=listed,
            gist=lambda article: _gist(article, models),
            models=models.used(),
        )
    except BaseException:
        for opened in (memory, db):
            if opened is not None:
                opened.close()
        folder.release(done=False)
        raise


def check_focus(focus: str) -> None:
    """Raises :class:`RunError` where the engine knows no country of that code."""
    known = len(focus) == 2 and focus.isupper() and gazetteer.country_name(focus, "en") != focus  # noqa: PLR2004 - alpha-2
    if not known or focus in NO_COUNTRIES:
        raise RunError(Sentence("“{code}” is no country code: write VN, DE, JP ... (ISO 3166-1).", code=focus))


def _gist(article: Article, models: Models) -> Gist:
    def extract(title: str, text: str) -> str:
        return summary.gist(text, title=title, sentences=GIST_SENTENCES)

    return gist_of(article.title, article.text, extract=extract, model=models.summarise)


def _listed(inputs: Iterable[Input] | Iterable[Item]) -> tuple[list[Input], list[tuple[str, str]]]:
    """The inputs one by one, each with its name and kind; records given without a list around them are one input."""
    given = iter([inputs] if isinstance(inputs, str | Path) else inputs)
    first = next(given, None)
    if first is None:
        return [], []
    everything = itertools.chain([first], given)
    if isinstance(first, Item):
        return [cast("Iterable[Item]", everything)], [(RECORDS, RECORDS)]
    sources = list(cast("Iterable[Input]", everything))
    return sources, [_named(source) if isinstance(source, str | Path) else (RECORDS, RECORDS) for source in sources]


def _named(source: str | Path) -> tuple[str, str]:
    """An input as a digest names it, and its kind."""
    return without_credentials(str(source)), _kind(source)


def _kind(source: str | Path) -> str:
    """What an input is: ``address``, ``folder``, or the kind of the file; ``unknown`` where it cannot be opened."""
    if is_web_address(str(source)):
        return "address"
    path = Path(source)
    if path.is_dir():
        return "folder"
    try:
        return (kind_of(path, path.name) if path.is_file() else Kind.UNKNOWN).value
    except (OSError, ValueError):
        return Kind.UNKNOWN.value


#: What an input of records at hand is called.
RECORDS = "records"


def _question(focus: str, period: Period) -> str:
    """What decides how an item is prepared: an interrupted run is only taken up by one that asks the same."""
    asked = [focus, repr(period.since), repr(period.until), engine()]
    return json.dumps(asked, sort_keys=True)
