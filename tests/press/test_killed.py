"""The collector as a program, killed for real: kill −9 in the middle, and the death of the worker above it."""

import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from datetime import UTC, datetime, timedelta

import psutil
import pytest

from tests.support.loopback import Page, running_site

pytestmark = pytest.mark.long

PAGES = 120
PAGE = """<!doctype html><html lang="en"><head><title>Harvest {n}</title>
<meta property="article:published_time" content="{at}"></head><body><article><h1>Harvest {n}</h1>
<p>Vietnam's farmers in district {n} of the Mekong Delta brought in {n} tonnes of rice this week, the trade ministry in
Hanoi said on Sunday, which is more than in any of the {n} years before, according to the ministry's own figures.</p>
</article></body></html>"""
PREPARE = """
import django
django.setup()
from django.core.management import call_command
call_command("migrate", verbosity=0)
from nhipcau.access import system
from nhipcau.press.domain.outlets import register_outlet, register_source
with system("test") as access:
    outlet = register_outlet(actor=access.actor, host="{host}", name="Paper", country="GB")
    register_source(actor=access.actor, outlet=outlet, url="http://{host}/feed")
"""
#: A worker that starts the collector and waits for it.
WORKER = "import subprocess, sys; subprocess.run([sys.executable, '-m', 'nhipcau.press'])"


@pytest.fixture
def site():
    """A paper with many articles, each of which takes a moment to answer."""
    with running_site() as running:
        at = (datetime.now(UTC) - timedelta(hours=2)).isoformat()
        for n in range(PAGES):
            body = PAGE.format(n=n + 3, at=at).encode()
            running.pages[f"/{n}"] = Page(body, headers={"Content-Type": "text/html"}, wait=0.02)
        items = "".join(f"<item><link>{running.url(f'/{n}')}</link></item>" for n in range(PAGES))
        feed = f"<rss version='2.0'><channel>{items}</channel></rss>".encode()
        running.pages["/feed"] = Page(feed, headers={"Content-Type": "application/rss+xml", "ETag": '"1"'})
        yield running


@pytest.fixture
def installation(site, tmp_path):
    """The environment of an installation with that paper as its only source."""
    given = {name: value for name, value in os.environ.items() if name != "DATABASE_URL"} | {
        "DJANGO_SETTINGS_MODULE": "nhipcau.config.settings",
        "NHIPCAU_HOME": str(tmp_path),
        "NHIPCAU_ALLOW_HOSTS": site.host,
        "NHIPCAU_PACE": "0",
    }
    subprocess.run([sys.executable, "-c", PREPARE.format(host=site.host)], env=given, check=True)
    return given


def rows(installation, sql):
    with sqlite3.connect(f"{installation['NHIPCAU_HOME']}/nhipcau.sqlite3") as database:
        found = database.execute(sql).fetchall()
    database.close()
    return found


def until(condition, what):
    for _ in range(600):
        if condition():
            return
        time.sleep(0.05)
    pytest.fail(f"waited in vain for {what}")


def pages(site):
    return [path for path in site.paths() if path != "/feed"]


def make_due(installation):
    rows(installation, "UPDATE press_source SET claimed_until = NULL, next_due = '2020-01-01 00:00:00'")


def test_a_collector_killed_in_the_middle_loses_nothing_and_fetches_nothing_stored_again(site, installation):
    command = [sys.executable, "-m", "nhipcau.press"]
    with subprocess.Popen(command, env=installation) as collector:
        until(lambda: rows(installation, "SELECT 1 FROM press_article"), "the first batch")
        children = psutil.Process(collector.pid).children(recursive=True)
        collector.send_signal(signal.SIGKILL)
    until(lambda: not any(child.is_running() for child in children), "the end of the collector's own processes")
    stored = {url for (url,) in rows(installation, "SELECT url FROM press_article")}
    assert 0 < len(stored) < PAGES
    before = Counter(pages(site))
    make_due(installation)

    subprocess.run(command, env=installation, check=True)

    again = Counter(pages(site)) - before
    assert not {site.url(path) for path in again} & stored
    assert len(rows(installation, "SELECT DISTINCT url FROM press_article")) == PAGES
    assert rows(installation, "SELECT count(*) FROM press_article") == [(PAGES,)]
    assert rows(installation, "SELECT etag, failures FROM press_source") == [('"1"', 0)]
    assert rows(installation, "SELECT sum(articles) FROM press_collection") == [(PAGES,)]


def test_a_collector_ends_with_the_worker_that_started_it(site, installation):
    site.pages[f"/{PAGES - 1}"] = Page(b"", wait=30)
    with subprocess.Popen([sys.executable, "-c", WORKER], env=installation) as worker:
        until(lambda: len(pages(site)) >= PAGES - 1, "pages")
        children = psutil.Process(worker.pid).children(recursive=True)
        assert children
        worker.send_signal(signal.SIGKILL)

    until(lambda: not any(child.is_running() for child in children), "the end of the collector")
