"""Full disks, limits, Ctrl-C and killed workers, as a user of the command line meets them."""

import json
import signal
import sqlite3
import subprocess
import time

import psutil
import pytest

from tests.support.engine import RICE, make_page
from tests.support.observing import command, digest_of, environment, started

#: Pages enough that a run can be met in the middle.
PAGES = 400


@pytest.fixture
def table(tmp_path):
    file = tmp_path / "articles.jsonl"
    rows = [
        {"url": f"https://a.example/{n}", "title": f"T{n}", "text": f"Vietnam number {n}. " * 300, "language": "en"}
        for n in range(200)
    ]
    file.write_text("\n".join(map(json.dumps, rows)))
    return file


@pytest.fixture
def pages(tmp_path):
    folder = tmp_path / "pages"
    folder.mkdir()
    for number in range(PAGES):
        page = make_page(f"{RICE} District {number} sold {number * 7} tonnes.", f"Rice {number}")
        (folder / f"{number:03}.html").write_text(page, encoding="utf-8")
    return folder


def limited(limit, *arguments, into=""):
    """The run in a shell in which no file may grow over so many blocks of 1,024 bytes."""
    line = f"ulimit -f {limit}; exec {' '.join(command(*map(str, arguments)))} {into}"
    return subprocess.run(["bash", "-c", line], capture_output=True, text=True, check=False, env=environment())


@pytest.mark.parametrize("limit", [4, *(pytest.param(more, marks=pytest.mark.long) for more in (64, 800))])
def test_limit_on_the_size_of_files_is_named_and_nothing_half_written(limit, table, tmp_path):
    out = tmp_path / "out"
    ended = limited(limit, "digest", table, "--out", out, "--quiet", "--lang", "en", "--formats", "json,html")

    assert ended.returncode == 1
    assert ended.stderr.startswith("It cannot be done: ")
    assert ended.stderr.endswith("a file would grow larger than is allowed.\n")
    assert [path.name for path in out.iterdir() if path.name != ".nhipcau-work"] == []


def test_limit_on_what_is_printed_is_named(table, tmp_path):
    ended = limited(4, "extract", table, "--quiet", "--lang", "en", into=f"> {tmp_path / 'rows.jsonl'}")

    assert (ended.returncode, ended.stderr) == (1, "It cannot be done: a file would grow larger than is allowed.\n")


def test_full_device_is_named(table):
    with open("/dev/full", "w") as full:  # noqa: PTH123 - a device
        ended = subprocess.run(
            command("extract", str(table), "--quiet", "--lang", "en"),
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            env=environment(),
        )

    assert (ended.returncode, ended.stderr) == (1, "It cannot be done: the disk is full.\n")


def kept(out):
    """How many items a run has kept so far."""
    try:
        with sqlite3.connect(f"file:{out / '.nhipcau-work' / 'work.sqlite3'}?mode=ro", uri=True) as database:
            return database.execute("SELECT count(*) FROM item").fetchone()[0]
    except sqlite3.Error:
        return 0


def in_the_middle(run, out):
    """Wait until something is kept, while the run still reads."""
    while not kept(out):
        assert run.poll() is None, "the run ended before it could be met"
        time.sleep(0.01)


def digest(pages, out):
    return ["digest", str(pages), "--out", str(out), "--quiet", "--jobs", "2", "--lang", "en", "--formats", "json"]


@pytest.mark.long
def test_ctrl_c_is_a_sentence_leaves_no_process_and_the_same_command_goes_on(pages, tmp_path):
    out = tmp_path / "out"
    run = started(digest(pages, out), start_new_session=True)
    in_the_middle(run, out)
    children = psutil.Process(run.pid).children(recursive=True)
    # As a terminal sends it: to the command and all that it started.
    for process in (run, *children):
        process.send_signal(signal.SIGINT)
    said = run.communicate(timeout=60)[1]

    assert (run.returncode, said) == (130, "Stopped. The same command goes on where it stopped.\n")
    assert psutil.wait_procs(children, timeout=10)[1] == []
    assert not (out / "digest.json").exists()
    again = started(digest(pages, out))
    assert (again.communicate(timeout=300)[1], again.returncode) == ("", 0)
    assert digest_of(out)["counts"]["articles"] == PAGES


@pytest.mark.long
def test_killed_worker_costs_no_article(pages, tmp_path):
    out = tmp_path / "out"
    run = started(digest(pages, out))
    in_the_middle(run, out)
    workers = [one for one in psutil.Process(run.pid).children(recursive=True) if not one.children()]
    for worker in workers:
        worker.kill()
    said = run.communicate(timeout=300)[1]

    assert workers
    assert (run.returncode, said) == (0, "")
    assert digest_of(out)["counts"] | {"articles": PAGES, "rejected": {}} == digest_of(out)["counts"]


@pytest.mark.long
def test_killed_run_leaves_nothing_half_written_and_the_same_command_goes_on(pages, tmp_path):
    out = tmp_path / "out"
    run = started(digest(pages, out))
    in_the_middle(run, out)
    children = psutil.Process(run.pid).children(recursive=True)
    run.kill()
    run.communicate(timeout=60)

    assert psutil.wait_procs(children, timeout=10)[1] == []
    assert [path.name for path in out.iterdir()] == [".nhipcau-work"]
    again = started(digest(pages, out))
    assert (again.communicate(timeout=300)[1], again.returncode) == ("", 0)
    assert digest_of(out)["counts"]["articles"] == PAGES
