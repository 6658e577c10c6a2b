"""The access now open is open for one thread and one task alone."""

import asyncio
import threading

import pytest
from asgiref.sync import sync_to_async

from nhipcau.access import NoAccessOpenError, current, current_or_none, opened, system
from tests.support.shelf.models import Book
from tests.support.shelf.rows import OURS, THEIRS, of


def test_thread_does_not_inherit_the_access(rows):
    found = []

    def look():
        try:
            Book.objects.count()
        except NoAccessOpenError as error:
            found.append(error)

    with system("test"):
        thread = threading.Thread(target=look)
        thread.start()
        thread.join()
    assert len(found) == 1


def test_two_threads_hold_two_accesses():
    seen = {}
    both = threading.Barrier(2)

    def work(office):
        with opened(of(office)):
            both.wait()
            seen[office] = current().organisations()
            both.wait()

    threads = [threading.Thread(target=work, args=(office,)) for office in (OURS, THEIRS)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == {OURS: {OURS}, THEIRS: {THEIRS}}


def test_tasks_of_one_loop_hold_their_own_access():
    async def work(office):
        with opened(of(office)):
            await asyncio.sleep(0)
            in_a_thread = await sync_to_async(lambda: current().organisations(), thread_sensitive=False)()
            return in_a_thread, current().organisations()

    async def main():
        found = await asyncio.gather(work(OURS), work(THEIRS))
        return found, current_or_none()

    assert asyncio.run(main()) == ([({OURS}, {OURS}), ({THEIRS}, {THEIRS})], None)


def test_access_closes_when_the_block_fails():
    with system("outer") as outer:
        with pytest.raises(RuntimeError), system("inner"):
            raise RuntimeError
        assert current() is outer
    assert current_or_none() is None
