"""A run killed in the middle, and the run after it: the bytes are those of a run that nobody disturbed."""

import contextlib
import os
import signal
import sqlite3
import subprocess
import time

import pytest

from bench.archive_memory import DATA, LEAST_PAGES, assemble, digest_command
from nhipcau.newswire import pipeline, prepare
from tests.support.engine import CHESS, FLOOD, RICE, TRAIN, make_article
from tests.support.shared import shared_data

FILES = ["digest.json", "digest.html", "state/duplicates.jsonl.gz", "state/stories.jsonl.gz", "state/state.json"]


def _bytes(out):
    return [(out / file).read_bytes() for file in FILES]


def test_items_kept_by_an_interrupted_run_are_not_prepared_again(tmp_path, monkeypatch):
    articles = [make_article(text, host=f"h{n}.example", hours=n) for n, text in enumerate((RICE, TRAIN, FLOOD, CHESS))]
    with pipeline.run(articles) as result:
        result.write(tmp_path / "whole")

    def broken_off():
        yield from articles[:3]
        raise KeyboardInterrupt

    work = tmp_path / "work"
    with pytest.raises(KeyboardInterrupt):
        pipeline.run(broken_off(), workdir=work)
    with contextlib.closing(sqlite3.connect(work / "work.sqlite3")) as kept:
        assert kept.execute("SELECT count(*) FROM item").fetchone() == (3,)

    prepared = []
    original = prepare.prepare

    def watched(item, **options):
        prepared.append(item.id)
        return original(item, **options)

    monkeypatch.setattr(prepare, "prepare", watched)
    with pipeline.run(articles, workdir=work) as result:
        result.write(tmp_path / "resumed")
    assert prepared == [articles[3].id]
    assert _bytes(tmp_path / "resumed") == _bytes(tmp_path / "whole")


@pytest.mark.parametrize("changed", ["fewer", "other", "focus"])
def test_what_an_interrupted_run_kept_is_thrown_away_where_the_input_or_question_changed(changed, tmp_path):
    articles = [make_article(text, hours=n) for n, text in enumerate((RICE, TRAIN, FLOOD))]
    work = tmp_path / "work"

    def broken_off():
        yield from articles
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        pipeline.run(broken_off(), workdir=work)
    now = {"fewer": articles[:1], "other": [articles[0], make_article(CHESS), articles[2]], "focus": articles}[changed]
    focus = "DE" if changed == "focus" else "VN"
    for name, workdir in (("resumed", work), ("fresh", None)):
        with pipeline.run(now, focus=focus, workdir=workdir) as result:
            result.write(tmp_path / name)
    assert _bytes(tmp_path / "resumed") == _bytes(tmp_path / "fresh")


@pytest.fixture(scope="module")
def archive(tmp_path_factory):
    """At least 900 real pages in one archive."""
    for part in ("web-pages", "article-extraction", "news-pages"):
        shared_data(part)
    path = tmp_path_factory.mktemp("archive") / "pages.warc.gz"
    pages, _absent = assemble(DATA, path)
    assert pages >= LEAST_PAGES
    return path


def _started(archive, out):
    return subprocess.Popen(digest_command([archive], out), start_new_session=True)


def _kept(out):
    try:
        address = f"file:{out / '.nhipcau-work' / 'work.sqlite3'}?mode=ro"
        with contextlib.closing(sqlite3.connect(address, uri=True)) as db:
            return db.execute("SELECT count(*) FROM item").fetchone()[0]
    except sqlite3.Error:
        return 0


@pytest.mark.long
def test_killed_run_and_rerun_give_the_bytes_of_one_run(archive, tmp_path):
    assert _started(archive, tmp_path / "whole").wait() == 0
    assert _started(archive, tmp_path / "again").wait() == 0
    assert _bytes(tmp_path / "again") == _bytes(tmp_path / "whole")
    out = tmp_path / "killed"
    for least in (100, 500, 900):
        process = _started(archive, out)
        while _kept(out) < least:
            assert process.poll() is None, "the run ended before it could be killed"
            time.sleep(0.05)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        assert not (out / "digest.json").exists()
        assert _kept(out) >= least
    deadline = time.monotonic() + 10
    while _group_lives(process.pid) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not _group_lives(process.pid)
    assert _started(archive, out).wait() == 0
    assert _bytes(out) == _bytes(tmp_path / "whole")
    assert sorted(path.name for path in out.iterdir()) == ["digest.html", "digest.json", "state"]


def _group_lives(leader):
    """Whether a process of the killed run is left."""
    try:
        os.killpg(leader, 0)
    except ProcessLookupError:
        return False
    return True
