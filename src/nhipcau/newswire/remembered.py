"""What one run leaves for the next, in ``OUT/state``: the duplicates known, the stories told, and for which country."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from nhipcau.newswire.duplicates import DuplicateIndex
from nhipcau.newswire.errors import RunError
from nhipcau.newswire.sentences import Sentence, system_reason
from nhipcau.newswire.stories import StoryStream

if TYPE_CHECKING:
    from typing import Self

SCHEMA = "nhipcau.state/1"
ABOUT, DUPLICATES, STORIES = "state.json", "duplicates.jsonl.gz", "stories.jsonl.gz"
_LONGEST_ABOUT = 10_000


class Memory:
    """The two memories of the engine, worked on while a run lasts."""

    def __init__(self, *, focus: str, index: DuplicateIndex, stream: StoryStream) -> None:
        self.focus = focus
        self.index = index
        self.stream = stream

    @classmethod
    def opened(cls, previous: Path | None, *, focus: str, working: Path) -> Self:
        """The memory that the digest in ``previous`` left, or an empty one.

        Args:
            previous: folder of an earlier digest.
            focus: the country asked for; a memory of another one would not fit.
            working: file that the duplicates are worked on in; what an interrupted run left there is thrown away.

        Raises:
            RunError: there is no memory in ``previous``, or it is of another focus.
            StateError: it is damaged or of another version.
        """
        for suffix in ("", "-wal", "-shm"):
            Path(f"{working}{suffix}").unlink(missing_ok=True)
        if previous is None:
            return cls(focus=focus, index=DuplicateIndex(working), stream=StoryStream())
        state = previous / "state"
        _check_about(state / ABOUT, previous=previous, focus=focus)
        try:
            stream = StoryStream.load(state / STORIES)
            return cls(focus=focus, index=DuplicateIndex.load(state / DUPLICATES, working), stream=stream)
        except OSError as error:
            if error.filename is None or not Path(error.filename).is_relative_to(state):
                raise
            why = Sentence("{file} cannot be read: {why}.", file=error.filename, why=system_reason(error))
            raise RunError(why) from error

    def save(self, out: Path) -> None:
        """Write both into ``out/state``; the same bytes for the same run."""
        state = out / "state"
        state.mkdir(parents=True, exist_ok=True)
        self.index.save(state / DUPLICATES)
        self.stream.save(state / STORIES)
        about = json.dumps({"schema": SCHEMA, "focus": self.focus}, sort_keys=True) + "\n"
        beside = state / f".{ABOUT}.part"
        beside.write_text(about, encoding="utf-8")
        beside.replace(state / ABOUT)

    def close(self) -> None:
        """Let go of the working file."""
        self.index.close()


def _check_about(file: Path, *, previous: Path, focus: str) -> None:
    try:
        with file.open(encoding="utf-8") as opened:
            about = json.loads(opened.read(_LONGEST_ABOUT))
        schema, was = about["schema"], about["focus"]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise RunError(
            Sentence("{folder} holds no digest to go on from: give the folder of an earlier one.", folder=previous)
        ) from error
    if schema != SCHEMA:
        raise RunError(
            Sentence("The digest in {folder} was made by another version: start without it.", folder=previous)
        )
    if was != focus:
        raise RunError(
            Sentence(
                "The digest in {folder} is about {was}, this one is about {focus}: they cannot be joined.",
                folder=previous,
                was=was,
                focus=focus,
            )
        )
