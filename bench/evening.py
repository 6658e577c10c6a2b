"""The last evening before the due day: 250 people write their reports, and all go out within one minute.

    python bench/evening.py [--data DIR] [--people N] [--minutes M] [--threads T]
                            [--database postgresql|sqlite]

Makes a ministry with a campaign of the outline of the yearly report and an office with a writer and an approver for
each of 250 people, signs them in before the clock starts, and serves the desk as ``nhipcau serve`` does, throttling
left on. Then locust, in an environment that the bench makes for itself, has the writers open their reports within the
first minute and each save a part every 20 seconds until five are over; within one more minute every writer hands in and
every approver approves and submits. Must hold: no error, every save that was answered is in the database, every report
submitted once, and 95 of 100 answers in under 800 ms; on PostgreSQL, started here with durable writes, with 250 people,
and on SQLite with 50.
Takes no data; ``--data`` is accepted like everywhere.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import resource
import secrets
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections import Counter
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "src")]

PEOPLE = {"postgresql": 250, "sqlite": 50}
MAX_MS = 800.0
SHARE = 0.95
EVERY, MINUTES, RUSH = 20, 5.0, 55
LOCUST = "locust==2.47.0"
#: Seconds in which all of them open their reports, one after another.
COMING = 60
THREADS = 4
#: As an operator starts it on two cores: the embedded database has one writer, so one process is enough there.
PROCESSES = {"postgresql": 2, "sqlite": 1}
#: PostgreSQL as it is installed: what is committed is on the disk.
DURABLE = "-c unix_socket_directories='' -c max_connections=100"
WORDS = (
    "Đơn vị đã tham mưu ban hành kế hoạch, phân công đầu mối, tổ chức tập huấn và kiểm tra việc thực hiện tại cơ sở. "
    * 12
)


# In a process of its own: the tables, the people, what they sign in with ----------------------------------------------


def prepare(people: int, out: Path) -> None:
    """Make everything that is there when the clock starts, and write down who does what."""
    import django
    from django.conf import settings

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    django.setup()
    from django.core.management import call_command

    from nhipcau import access

    call_command("migrate", verbosity=0)
    call_command("collectstatic", verbosity=0, interactive=False)
    with access.system("bench"):
        plan = [_writes(each) for each in _reports(people)]
    out.write_text(
        json.dumps({"people": plan, "every": EVERY, "minutes": MINUTES, "rush": RUSH, "words": WORDS}), encoding="utf-8"
    )


def _reports(people: int) -> list[Any]:
    from nhipcau.reporting.models import Report
    from nhipcau.reporting.outline import outline
    from tests.support.people import make_office
    from tests.support.reporting import make_campaign, make_form

    ministry = make_office("Bộ Chủ trì Mẫu")
    offices = [make_office(f"Đơn vị Mẫu {number}") for number in range(people)]
    form = make_form(ministry, form=outline())
    campaign = make_campaign(ministry, offices=offices, form=form)
    return list(Report.objects.filter(campaign=campaign))


def _writes(report: Any) -> dict[str, Any]:
    from django.urls import reverse

    from nhipcau.documents.forms import Answers, FigureAnswer, FigureItem, FileItem, TableAnswer, TableItem, TextItem
    from nhipcau.documents.forms.flat import flatten
    from nhipcau.reporting.queries.reports import form_of
    from nhipcau.reporting.showing import paths_of
    from tests.support.people import make_person
    from tests.support.reporting import bring

    form = form_of(report)
    items = form.items.values()
    answers = Answers(
        texts={item.key: "Bản đầu." for item in items if isinstance(item, TextItem)},
        nones=frozenset(item.key for item in items if isinstance(item, FileItem)),
        figures={item.key: FigureAnswer(none=True) for item in items if isinstance(item, FigureItem)},
        tables={item.key: TableAnswer(none=True) for item in items if isinstance(item, TableItem)},
    )
    writer = make_person(office=report.organisation, roles=["drafter"])
    approver = make_person(office=report.organisation, roles=["approver"])
    bring(report, "draft", answers=answers, drafter=writer)
    stored = flatten(answers)
    sections = []
    for section in form.sections:
        text = next((f"texts.{item.key}" for item in section.items if isinstance(item, TextItem)), "")
        fields = {path: stored.get(path, "") for path in paths_of(section, form, {}) if not path.endswith(".rows")}
        if text:
            sections.append({"key": section.key, "fields": fields, "text": text})
    return {
        "report": report.pk,
        "fill": reverse("reporting:report_fill", args=[report.pk]),
        "review": reverse("reporting:report_review", args=[report.pk]),
        "approve": reverse("reporting:report_approve", args=[report.pk]),
        "sections": sections,
        "writer": _signed_in(writer),
        "approver": _signed_in(approver),
    }


def _signed_in(person: Any) -> dict[str, str]:
    from django.test import Client

    from tests.support.people import sign_in

    client = Client()
    sign_in(client, person)
    return {name: morsel.value for name, morsel in client.cookies.items()}


def count(said: Path) -> None:
    """Compare what people were told with what the database holds; one line of JSON."""
    import django

    django.setup()
    from nhipcau import access
    from nhipcau.documents.forms.flat import flatten
    from nhipcau.reporting.models import ReportDraft, Submission, Value
    from nhipcau.workspace.models import Revision, on

    lost, told, saves, submitted = [], 0, 0, 0
    with access.system("bench"):
        for line in said.read_text(encoding="utf-8").splitlines():
            one = json.loads(line)
            told += 1
            saves += one["saves"]
            draft = ReportDraft.objects.get(report_id=one["report"])
            fields = flatten(draft.plain)
            # One version was there before the clock started.
            kept = Revision.objects.filter(**on(draft)).count() - 1
            sent = Submission.objects.filter(report_id=one["report"]).count()
            submitted += sent
            wrong = [path for path, text in one["last"].items() if fields.get(path, "").strip() != text.strip()]
            if wrong or kept != one["saves"] or sent != int(bool(one["sent"])):
                lost.append([one["report"], wrong, kept, one["saves"], sent])
        values = Value.objects.count()
    print(json.dumps({"told": told, "saves": saves, "submitted": submitted, "values": values, "lost": lost}))


# The bench ------------------------------------------------------------------------------------------------------------


def main() -> int:
    """Run the evening on each database; the table, and the line of JSON."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path)
    parser.add_argument("--people", type=int)
    parser.add_argument("--minutes", type=float, default=MINUTES)
    parser.add_argument("--threads", type=int, default=THREADS, help="of each process of the desk")
    parser.add_argument("--database", choices=list(PEOPLE))
    parser.add_argument("--stage", nargs="+", help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.stage:
        globals()["MINUTES"] = asked.minutes
        stage, path = asked.stage
        prepare(asked.people, Path(path)) if stage == "prepare" else count(Path(path))
        return 0
    runs = {}
    for name in [asked.database] if asked.database else PEOPLE:
        runs[name] = _evening(name, asked.people or PEOPLE[name], asked.minutes, asked.threads)
        _print(name, runs[name])
    whole = {name: PEOPLE[name] for name in PEOPLE} == {name: run["people"] for name, run in runs.items()}
    done = all(run["ok"] for run in runs.values())
    full = whole and asked.minutes >= MINUTES
    print(json.dumps({"bench": "evening", "runs": runs, "whole": full, "ok": done and full}, ensure_ascii=False))
    return 0 if done and full else 1


def _evening(name: str, people: int, minutes: float, threads: int) -> dict[str, Any]:
    with contextlib.ExitStack() as stack:
        home = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="evening-")))
        env = {
            **os.environ,
            "NHIPCAU_HOME": str(home),
            "NHIPCAU_SECRET_KEY": secrets.token_hex(32),
            "NHIPCAU_FACTOR_ROLES": "none",
            "DJANGO_SETTINGS_MODULE": "nhipcau.config.settings",
            "PYTHONPATH": f"{ROOT / 'src'}{os.pathsep}{ROOT}",
        }
        env.pop("DATABASE_URL", None)
        if name == "postgresql":
            env["DATABASE_URL"] = _postgres(stack)
        locust = _locust()
        plan, said, times = home / "plan.json", home / "said.jsonl", home / "times.jsonl"
        _stage(env, "prepare", plan, people, minutes)
        said.touch()
        times.touch()
        port = _free_port()
        server = [
            sys.executable,
            "-m",
            "nhipcau.config.cli",
            "serve",
            "--port",
            str(port),
            "--threads",
            str(threads),
            "--processes",
            str(PROCESSES[name]),
            "-q",
        ]
        process = subprocess.Popen(
            server, env=env, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=(home / "err").open("w")
        )
        stack.callback(_end, process)
        _wait_for(f"http://127.0.0.1:{port}/")
        load = [
            *(str(locust), "-f", str(ROOT / "bench/peers/evening_people.py"), "--headless", "--only-summary"),
            *("-u", str(people), "-r", str(people / COMING), "--host", f"http://127.0.0.1:{port}"),
            *("--run-time", f"{int(60 * minutes + RUSH + 60)}s", "--stop-timeout", "60"),
        ]
        clock = {"EVENING_PLAN": str(plan), "EVENING_SAID": str(said), "EVENING_TIMES": str(times)}
        before, used = os.getloadavg(), _seconds_of_children()
        locusts = {key: value for key, value in os.environ.items() if key != "PYTHONPATH"} | clock
        subprocess.run(load, env=locusts, cwd=home, capture_output=True, check=False)
        # What those who ask took of the same two cores; the desk still runs, and is not among them.
        used = _seconds_of_children() - used
        counted = json.loads(_stage(env, "count", said, people, minutes).splitlines()[-1])
        trouble = (home / "err").read_text(errors="replace")[-2000:]
        told = _judged(people, times, counted, load=before, trouble=trouble)
        return told | {"threads": threads, "people_processor_s": round(used, 1)}


def _seconds_of_children() -> float:
    """Processor time of the processes started here that have ended."""
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    return ended.ru_utime + ended.ru_stime


def _postgres(stack: contextlib.ExitStack) -> str:
    from tests.support import postgres

    postgres._SETTINGS = DURABLE  # noqa: SLF001 - a desk in use writes durably, tests need not
    return str(postgres.start(at_exit=stack.callback))


def _locust() -> Path:
    """Locust in an environment of its own, made once on a machine: it brings what the desk must not have."""
    folder = Path(tempfile.gettempdir()) / f"nhipcau-{LOCUST.replace('==', '-')}"
    program = folder / "bin" / "locust"
    if not program.exists():
        subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
        subprocess.run([str(folder / "bin" / "python"), "-m", "pip", "install", "-q", LOCUST], check=True)
    return program


def _stage(env: dict[str, str], stage: str, path: Path, people: int, minutes: float) -> str:
    command = [
        sys.executable,
        __file__,
        "--people",
        str(people),
        "--minutes",
        str(minutes),
        "--stage",
        stage,
        str(path),
    ]
    done = subprocess.run(command, env=env, cwd=ROOT, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"{stage}: {done.stderr[-3000:]}")
    return done.stdout


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _wait_for(url: str) -> None:
    for _ in range(120):
        with contextlib.suppress(OSError):
            urllib.request.urlopen(url, timeout=5)  # noqa: S310 - our own server on loopback
            return
        time.sleep(0.5)
    raise SystemExit("The desk does not answer.")


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    with contextlib.suppress(subprocess.TimeoutExpired):
        process.wait(20)
    process.kill()


def _judged(
    people: int, times: Path, counted: dict[str, Any], *, load: tuple[float, ...], trouble: str
) -> dict[str, Any]:
    lines = [json.loads(line) for line in times.read_text(encoding="utf-8").splitlines()]
    errors = Counter(f"{name}: {error}"[:200] for name, _ms, error in lines if error)
    by_name: dict[str, list[float]] = {}
    for name, ms, _error in lines:
        by_name.setdefault(name, []).append(ms)
    taken = sorted(ms for _name, ms, _error in lines)
    p95 = taken[int(len(taken) * SHARE)] if taken else 0.0
    told = {
        "people": people,
        "requests": len(taken),
        "p50_ms": round(statistics.median(taken)) if taken else 0,
        "p95_ms": round(p95),
        "worst_ms": round(taken[-1]) if taken else 0,
        "by_request": {
            name: {"n": len(ms), "p50": round(statistics.median(ms)), "p95": round(sorted(ms)[int(len(ms) * SHARE)])}
            for name, ms in by_name.items()
        },
        "errors": dict(errors.most_common(5)),
        "error_count": sum(errors.values()),
        "saves": counted["saves"],
        "submitted": counted["submitted"],
        "values": counted["values"],
        "lost": len(counted["lost"]),
        "lost_first": counted["lost"][:3],
        "load_before": [round(each, 1) for each in load],
        "trouble": trouble if errors else "",
    }
    told["ok"] = (
        not errors and not counted["lost"] and counted["told"] == counted["submitted"] == people and 0 < p95 < MAX_MS
    )
    return told


def _print(name: str, run: dict[str, Any]) -> None:
    print(f"\n{name}: {run['people']} people, {run['requests']} requests, load before {run['load_before']}")
    print(f"{'request':<22}{'n':>7}{'p50 ms':>9}{'p95 ms':>9}")
    for each, ms in run["by_request"].items():
        print(f"{each:<22}{ms['n']:>7}{ms['p50']:>9}{ms['p95']:>9}")
    print(f"{'all':<22}{run['requests']:>7}{run['p50_ms']:>9}{run['p95_ms']:>9}   worst {run['worst_ms']}")
    print(
        f"errors {run['error_count']}, saves {run['saves']}, submitted {run['submitted']}, lost {run['lost']}: "
        f"{'holds' if run['ok'] else 'does not hold'}"
    )
    print(f"{run['threads']} threads a process; those who ask took {run['people_processor_s']} s of the processor")
    for error, number in run["errors"].items():
        print(f"  {number} x {error}")


if __name__ == "__main__":
    sys.exit(main())
