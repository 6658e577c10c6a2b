"""The audit record: how fast it is verified, whether every tampering is named, what sealing costs those who write.

    python bench/audit.py [--data DIR] [--entries N] [--tamperings N] [--seconds S] [--database sqlite|postgres]

Needs a checkout that is set up. Works in throw-away databases, SQLite and, where it is installed, PostgreSQL, one after
the other, each in a process of its own. Takes no data; ``--data`` is accepted like everywhere.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import multiprocessing
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Bars: seconds for a verification of a hundred thousand entries; share of the rate that writers keep.
MAX_SECONDS, MIN_SHARE = 5.0, 0.9
WRITERS = 20
#: Seconds of one turn, without or with the sealing worker.
SLOT = 3.0
#: Entries of the chain to which a thousand things are done; one of each kind is done to the whole record as well.
SHORT = 1000
BATCH = 2000
#: Seconds between two seals while others write; an installation seals once a minute.
PAUSE = 1.0


def fill(number: int) -> None:
    """So many entries as a year of work leaves them, by hand of the system."""
    from django.utils import timezone

    from nhipcau.audit import chain
    from nhipcau.audit.domain.record import canonical
    from nhipcau.audit.models import Entry

    for start in range(0, number, BATCH):
        rows = []
        for n in range(start, min(start + BATCH, number)):
            payload = canonical({"title": [f"Tiêu đề cũ {n}", f"Tiêu đề mới {n}"], "place": n})
            rows.append(
                Entry(
                    at=timezone.now(),
                    actor_id=f"person:{n % 300}",
                    actor_label=f"Nguyễn Văn {n % 300}",
                    organisation_id=n % 400,
                    organisation_label=f"Cơ quan mẫu {n % 400}",
                    verb="press.store_digest",
                    object_type="press.digest",
                    object_id=str(n % 5000),
                    object_label=f"Điểm báo {n % 5000}",
                    payload=payload,
                    payload_hash=chain.payload_hash(payload),
                    reason="theo chỉ đạo" if n % 7 == 0 else "",
                    request_id=f"{n:016x}",
                )
            )
        Entry.objects.bulk_create(rows)


def measure_chain(entries: int) -> tuple[dict[str, Any], list[Any], list[Any]]:
    """Seconds to seal and to verify so many entries; the rows of the whole record and of its beginning."""
    from nhipcau.access import SystemActor
    from nhipcau.audit import ledger
    from nhipcau.audit.domain.seal import seal_entries
    from nhipcau.audit.domain.verify import verify_chain

    actor = SystemActor("bench")
    fill(entries)
    began = time.monotonic()
    sealed = seal_entries(actor=actor)
    sealing = time.monotonic() - began
    # The quickest of three: others may be at work on the machine.
    tries = []
    for _ in range(3):
        began, used = time.monotonic(), time.process_time()
        verdict = verify_chain(actor=actor)
        tries.append((time.monotonic() - began, time.process_time() - used))
    verifying, used = min(tries)
    if not verdict.good or verdict.count != sealed.count:
        sys.exit(f"The record is not good before anything was done to it: {verdict.faults[:3]}")
    rows = list(ledger.sealed_rows())
    found = {
        "entries": verdict.count,
        "seal_seconds": round(sealing, 2),
        "verify_seconds": round(verifying, 2),
        "verify_processor_seconds": round(used, 2),
    }
    return found, rows, rows[:SHORT]


def measure_tamperings(whole: list[Any], short: list[Any], number: int) -> dict[str, Any]:
    """Of so many random tamperings, how many are named with their kind and every place; by kind what was missed."""
    from tests.support.ledger import TAMPERINGS, heads_of, named, tamper, verdict

    rng = random.Random(20261125)  # noqa: S311 - which tampering comes next
    missed: list[str] = []
    kinds = list(TAMPERINGS)
    everywhere = [(whole, kind) for kind in kinds]
    for rows, kind in [*everywhere, *((short, rng.choice(kinds)) for _ in range(number))]:
        noted = heads_of(rows, *range(1, len(rows) + 1)) if kind == "made anew" else heads_of(rows, len(rows))
        tampered, unsealed, done = tamper(rows, rng, kind)
        if not named(verdict(tampered, unsealed, noted), done):
            missed.append(kind)
    return {"tamperings": number + len(kinds), "missed": missed}


def people(number: int) -> list[Any]:
    """So many who will change their preferences all the time."""
    from nhipcau.access import SystemActor
    from nhipcau.accounts.domain.people import create_person

    actor = SystemActor("bench")
    return [create_person(actor=actor, email=f"writer{n}@example.org", name=f"Người {n}") for n in range(number)]


def write(key: int, start: float, slots: int, done: Any) -> None:
    """One writer: change after change, each with its entry, until the time is over; how many in each slot."""
    from django.db import OperationalError, connection

    from nhipcau.access import opened, system
    from nhipcau.accounts.domain.people import change_preferences
    from nhipcau.accounts.models import Person
    from nhipcau.accounts.queries import access_for

    with system("bench"):
        person = Person.objects.get(pk=key)
    counts = [0] * slots
    with opened(access_for(person)):
        time.sleep(max(0.0, start - time.monotonic()))
        while (slot := int((time.monotonic() - start) / SLOT)) < slots:
            theme = "dark" if person.theme != "dark" else "light"
            # Who waits for SQLite longer than its patience has written nothing.
            with contextlib.suppress(OperationalError):
                change_preferences(actor=person, person=person, theme=theme)
                counts[slot] += 1
    connection.close()
    done.put(counts)


def seal(start: float, slots: int) -> None:
    """The sealing worker, each second: in one of three turns it catches up with the first, in which it rests."""
    from django.db import OperationalError, connection

    from nhipcau.access import system
    from nhipcau.audit.domain.seal import seal_entries

    with system("bench") as access:
        for rests in range(0, slots, 3):
            time.sleep(max(0.0, start + (rests + 1) * SLOT - time.monotonic()))
            while time.monotonic() < start + (rests + 3) * SLOT - PAUSE:
                with contextlib.suppress(OperationalError):
                    seal_entries(actor=access.actor)
                time.sleep(PAUSE)
    connection.close()


def measure_writers(seconds: float) -> dict[str, Any]:
    """What all writers do together, in turns without and with the sealing worker: other work hits both alike."""
    from django.db import connection

    from nhipcau.access import SystemActor, system
    from nhipcau.audit.domain.seal import seal_entries
    from nhipcau.audit.domain.verify import verify_chain

    keys = [person.pk for person in people(WRITERS)]
    slots = 3 * max(1, round(seconds / SLOT / 3))
    with system("bench"):
        seal_entries(actor=SystemActor("bench"))
    # Processes made by fork must not share a connection.
    connection.close()
    fork = multiprocessing.get_context("fork")
    start, done = time.monotonic() + 5, fork.Queue()
    processes = [fork.Process(target=write, args=(key, start, slots, done)) for key in keys]
    processes.append(fork.Process(target=seal, args=(start, slots)))
    for process in processes:
        process.start()
    counts = [done.get(timeout=slots * SLOT + 300) for _ in keys]
    for process in processes:
        process.join()
    by_slot = [sum(column) for column in zip(*counts, strict=True)]
    with system("bench"):
        seal_entries(actor=SystemActor("bench"))
        good = verify_chain(actor=SystemActor("bench")).good
    alone, together = (sum(by_slot[turn::3]) / (slots / 3 * SLOT) for turn in (0, 2))
    return {
        "writes_alone": round(alone),
        "writes_with_sealing": round(together),
        "share_kept": round(together / alone, 3),
        "good_after": good,
    }


def part(arguments: argparse.Namespace) -> int:
    """Everything on one database, as one line of JSON."""
    from nhipcau.config.installation import start_django

    start_django()
    from django.core.management import call_command

    from nhipcau.access import system

    call_command("migrate", verbosity=0, interactive=False)
    with system("bench"):
        found, whole, short = measure_chain(arguments.entries)
        found |= measure_tamperings(whole, short, arguments.tamperings)
    del whole, short
    with system("bench"):
        found |= measure_writers(arguments.seconds)
    print(json.dumps(found))
    return 0


def databases(asked: str | None) -> Iterator[tuple[str, str | None]]:
    """Name and address of each database that is here; None for PostgreSQL where it is not."""
    from tests.support import postgres

    if asked in {None, "sqlite"}:
        yield "sqlite", ""
    if asked in {None, "postgres"}:
        with contextlib.ExitStack() as at_exit:
            try:
                address = postgres.start(at_exit=at_exit.callback)
            except postgres.UnavailableError as error:
                print(f"PostgreSQL is left out: {error}", file=sys.stderr)
                address = None
            yield "postgres", address


def run(name: str, address: str, rest: list[str]) -> dict[str, Any]:
    """One database in a process and a home of its own."""
    with tempfile.TemporaryDirectory() as home:
        environment = {**os.environ, "NHIPCAU_HOME": home, "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}"}
        environment.pop("DATABASE_URL", None)
        environment |= {"DATABASE_URL": address} if address else {}
        done = subprocess.run(
            [sys.executable, __file__, "--part", *rest], env=environment, stdout=subprocess.PIPE, text=True, check=False
        )
    if done.returncode:
        sys.exit(f"{name}: ended with {done.returncode}")
    return dict(json.loads(done.stdout.splitlines()[-1]))


def holds(name: str, found: dict[str, Any]) -> bool:
    """Whether the bars hold; what writers keep on SQLite is reported only."""
    fast = found["verify_seconds"] < MAX_SECONDS * max(1.0, found["entries"] / 100_000)
    kept = name == "sqlite" or found["share_kept"] >= MIN_SHARE
    return bool(fast and kept and not found["missed"] and found["good_after"])


def main() -> int:
    """Measure, print, judge."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path)
    parser.add_argument("--entries", type=int, default=100_000)
    parser.add_argument("--tamperings", type=int, default=1000)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--database", choices=("sqlite", "postgres"))
    parser.add_argument("--part", action="store_true", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.part:
        return part(arguments)
    numbers = [f"--{name}={getattr(arguments, name)}" for name in ("entries", "tamperings", "seconds")]
    result: dict[str, Any] = {"bench": "audit", "absent": [], "holds": True}
    for name, address in databases(arguments.database):
        if address is None:
            result["absent"].append(name)
            continue
        found = result[name] = run(name, address, numbers)
        result["holds"] = result["holds"] and holds(name, found)
        print(f"{name}: {found['entries']:,} entries")
        print(f"{found['seal_seconds']:10.2f} s   to seal them")
        print(f"{found['verify_seconds']:10.2f} s   to verify them (bar: under {MAX_SECONDS} for 100,000)")
        print(f"{found['verify_processor_seconds']:10.2f} s   of the processor for that, in this process")
        print(f"{found['tamperings'] - len(found['missed']):10} of {found['tamperings']} tamperings named (bar: all)")
        print(
            f"{found['writes_alone']:10} changes/s by {WRITERS} writers, {found['writes_with_sealing']} while sealing"
        )
        bar = "reported" if name == "sqlite" else f"bar: {MIN_SHARE}"
        print(f"{found['share_kept']:10.3f} of their rate kept ({bar})")
    print(json.dumps(result))
    return 0 if result["holds"] else 1


if __name__ == "__main__":
    sys.exit(main())
