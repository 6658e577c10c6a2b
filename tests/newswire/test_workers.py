import os
import signal
import subprocess
import sys
import textwrap
import threading
import time

import psutil
import pytest

from nhipcau.newswire import worker_pool
from nhipcau.newswire.workers import WorkerFailure, WorkersUnavailableError, default_jobs, ordered_map
from tests.support import work, work_unloadable
from tests.support.shared import ROOT


def children_of(pid):
    """Every process below one, by id."""
    return [child.pid for child in psutil.Process(pid).children(recursive=True)]


@pytest.fixture
def started():
    """What a test has started below this process; a browser that earlier tests drive does not count."""
    before = set(children_of(os.getpid()))
    return lambda: [pid for pid in children_of(os.getpid()) if pid not in before]


def workers_alive(pids):
    def runs(pid):
        try:
            return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
        except psutil.NoSuchProcess:
            return False

    return [pid for pid in pids if runs(pid)]


def wait_until_gone(pids, seconds=5.0):
    deadline = time.monotonic() + seconds
    while workers_alive(pids) and time.monotonic() < deadline:
        time.sleep(0.02)
    return workers_alive(pids)


def test_ordered_map_gives_each_item_with_its_result():
    assert list(ordered_map(work.double, range(200), jobs=2)) == [(n, 2 * n) for n in range(200)]


def test_ordered_map_keeps_the_order_when_the_first_item_is_slowest():
    assert [item for item, _ in ordered_map(work.slow_first, range(12), jobs=2)] == list(range(12))


def test_ordered_map_does_something_else_once_while_processes_start():
    called = []

    found = list(ordered_map(work.double, [1, 2, 3], jobs=1, meanwhile=lambda: called.append("here")))
    assert list(ordered_map(work.double, [], meanwhile=lambda: called.append("for nothing"))) == []

    assert found == [(1, 2), (2, 4), (3, 6)]
    assert called == ["here"]


def test_ordered_map_with_one_job_still_uses_another_process():
    [(_, (pid, *_))] = ordered_map(work.process_facts, ["one"], jobs=1)

    assert pid != os.getpid()


def test_a_bad_item_costs_only_itself():
    kinds = {
        "exit": "crash",
        "crash": "crash",
        "killed": "crash",
        "raise": "error",
        "quit": "error",
        "unpicklable": "error",
        "memory": "error",
    }
    items = [name for kind in kinds for name in (f"good before {kind}", kind)] + ["good at the end"]

    found = list(ordered_map(work.misbehave, items, jobs=2))

    assert [item for item, _ in found] == items
    assert {item: result.kind for item, result in found if isinstance(result, WorkerFailure)} == kinds
    assert [result for item, result in found if item.startswith("good")] == [i for i in items if i.startswith("good")]


def test_an_item_that_takes_too_long_is_stopped_even_inside_c_code():
    started = time.monotonic()

    found = dict(ordered_map(work.misbehave, ["hang", "a", "stuck in C", "b"], jobs=2, timeout=0.5))

    assert {item: getattr(result, "kind", result) for item, result in found.items()} == {
        "hang": "timeout",
        "a": "a",
        "stuck in C": "timeout",
        "b": "b",
    }
    assert time.monotonic() - started < 10


def test_a_failure_reads_as_a_sentence():
    [(_, failure)] = ordered_map(work.misbehave, ["raise"], jobs=1)

    assert str(failure) == "ValueError: raise"


def test_an_item_that_cannot_be_pickled_fails_alone():
    lock = threading.Lock()

    found = list(ordered_map(work.double, [1, lock, 2], jobs=1))

    assert [getattr(result, "kind", result) for _, result in found] == [2, "error", 4]


def test_ordered_map_reads_no_further_ahead_than_its_window():
    taken = []

    def items():
        for number in range(50):
            taken.append(number)
            yield number

    ahead = [taken[-1] - item for item, _ in ordered_map(work.double, items(), jobs=2, window=5)]

    assert max(ahead) == 4


def test_large_items_do_not_block_a_busy_worker():
    items = [bytes(3_000_000)] * 12

    assert [size for _, size in ordered_map(work.echo_size, items, jobs=1, window=12)] == [3_000_000] * 12


def test_a_worker_gives_way_after_its_lifetime(monkeypatch):
    monkeypatch.setattr(worker_pool, "LIFETIME", 5)

    pids = [facts[0] for _, facts in ordered_map(work.process_facts, range(20), jobs=1)]

    assert [pids.count(pid) for pid in dict.fromkeys(pids)] == [5, 5, 5, 5]


def test_what_loaders_load_is_loaded_once_for_all_workers():
    facts = [result for _, result in ordered_map(work.process_facts, range(40), jobs=2)]

    loaded = {facts[1] for facts in facts}
    assert len(loaded) == 1
    assert len(loaded.pop()) == 1
    assert len({facts[0] for facts in facts}) == 2


def test_workers_use_one_thread_a_fixed_hash_and_nothing_of_the_callers_program():
    [(_, (_, _, environment, has_pytest))] = ordered_map(work.process_facts, ["one"], jobs=1)

    assert environment == {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "PYTHONHASHSEED": "0"}
    assert has_pytest is False


def test_a_loader_that_fails_is_named():
    with pytest.raises(WorkersUnavailableError, match="ImportError: no such library"):
        list(ordered_map(work_unloadable.double, [1], jobs=1))


def test_a_function_no_other_process_can_import_is_refused_at_once():
    with pytest.raises(ValueError, match="cannot import"):
        ordered_map(lambda item: item, [1], jobs=1)


@pytest.mark.parametrize("wrong", [{"jobs": 0}, {"jobs": 1, "window": 0}, {"jobs": 1, "timeout": 0}])
def test_numbers_that_make_no_sense_are_refused(wrong):
    with pytest.raises(ValueError, match="At least one worker"):
        ordered_map(work.double, [1], **wrong)


def test_no_process_is_started_for_no_items(started):
    assert list(ordered_map(work.double, [], jobs=2)) == []
    assert started() == []


def test_closing_the_generator_ends_busy_workers_at_once(started):
    results = ordered_map(work.nap, [0, 60, 60, 60], jobs=2)
    next(results)
    pids = started()
    started = time.monotonic()

    results.close()

    assert time.monotonic() - started < 2
    assert len(pids) == 3
    assert wait_until_gone(pids) == []


def test_an_error_while_reading_items_ends_the_workers(started):
    def items():
        yield 0
        raise OSError("the disk is gone")

    with pytest.raises(OSError, match="the disk is gone"):
        list(ordered_map(work.double, items(), jobs=1))
    assert started() == []


def test_the_death_of_the_forking_process_is_said(started):
    results = ordered_map(work.nap, [0] + [0.05] * 500, jobs=1)
    next(results)
    os.kill(started()[0], signal.SIGKILL)

    with pytest.raises(WorkersUnavailableError, match="was killed"):
        list(results)


PROGRAM = """
    import signal
    import sys
    from nhipcau.newswire.workers import ordered_map
    from tests.support import work

    # Whoever runs the tests in the background of a shell hands on that it is ignored.
    signal.signal(signal.SIGINT, signal.default_int_handler)
    for item, pid in ordered_map(work.nap, [0, 0, 600, 600], jobs=2, timeout=900):
        print(pid, flush=True)
"""


@pytest.fixture
def program(tmp_path):
    script = tmp_path / "program.py"
    script.write_text(textwrap.dedent(PROGRAM), encoding="utf-8")
    running = subprocess.Popen(
        [sys.executable, str(script)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    yield running
    running.kill()
    running.communicate()


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_no_worker_outlives_its_program(program, end):
    assert program.stdout.readline().strip().isdigit()
    assert program.stdout.readline().strip().isdigit()
    pids = children_of(program.pid)
    assert len(pids) == 3

    # As a terminal does it: the whole group is told.
    (os.killpg if end == signal.SIGINT else os.kill)(program.pid, end)

    assert program.wait(5) != 0
    assert wait_until_gone(pids) == []


def test_default_jobs_follow_the_processors_this_process_may_use(monkeypatch):
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(3)), raising=False)
    assert default_jobs() == 3
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: set(range(64)), raising=False)
    assert default_jobs() == 8
