import os
import signal
import subprocess
import sys

import pytest

from nhipcau.newswire.errors import RunError
from nhipcau.newswire.records import InputProblem, Rejection
from nhipcau.newswire.sentences import Sentence
from nhipcau.newswire.workdb import WorkDB, WorkFolder
from tests.support.engine import RICE, make_article


def _filled(folder, question="q", items=()):
    db = WorkDB(folder, question)
    for ordinal, item in enumerate(items):
        db.add(ordinal, 0, bytes([ordinal]), item)
    db.commit()
    return db


def test_articles_come_back_as_they_went_in(tmp_path):
    article = make_article(byline="Ann Example", image="https://paper.example/a.jpg", topics=("trade", "food"))
    article = article.replace(
        section="World", marks=("paywall", "live"), published_zone="country", modified_from="meta"
    )
    db = _filled(tmp_path, items=[article])
    assert [stored.article for stored in db.in_input_order(text=True)] == [article]
    assert [stored.text_chars for stored in db.in_input_order(text=False)] == [len(RICE)]


def test_articles_come_in_order_of_time_undated_last(tmp_path):
    late, undated, early = make_article(hours=5), make_article(published_at=None), make_article(hours=1)
    db = _filled(tmp_path, items=[late, undated, early])
    assert [article.id for _, article in db.in_time_order()] == [early.id, late.id, undated.id]


def test_identical_copies_get_numbered_ids_in_input_order(tmp_path):
    article = make_article(id="abc")
    db = _filled(tmp_path, items=[article, make_article(id="abc-2"), article, article])
    assert [stored.article.id for stored in db.in_input_order(text=False)] == ["abc", "abc-2", "abc-3", "abc-4"]


def test_sentences_keep_their_template_on_disk(tmp_path):
    said = Sentence("{file} is cut short: {why}", file="a.warc", why=Sentence("it ends at {byte}", byte=12))
    problem = InputProblem(source="a.warc", message=said, offset=12)
    db = _filled(tmp_path, items=[problem, Rejection(url="u", origin="o", reason="not_html", detail=said)])
    [(_, kept)] = db.problems()
    words = {"{file} is cut short: {why}": "{file}: {why}", "it ends at {byte}": "hết ở {byte}"}
    assert kept.message.told(words.get) == "a.warc: hết ở 12"
    assert [rejection.detail for _, rejection in db.rejections()] == [str(said)]


def test_same_question_finds_what_was_kept_and_another_one_starts_empty(tmp_path):
    _filled(tmp_path, question="one", items=[make_article()]).close()
    again = WorkDB(tmp_path, "one")
    assert (again.key(0), again.count("article")) == (b"\x00", 1)
    again.close()
    other = WorkDB(tmp_path, "two")
    assert (other.key(0), other.count("article")) == (None, 0)


def test_damaged_file_is_started_again(tmp_path):
    (tmp_path / "work.sqlite3").write_bytes(b"this is no database" * 100)
    db = WorkDB(tmp_path, "q")
    assert db.count("article") == 0


def test_forgetting_takes_everything_from_there_on(tmp_path):
    db = _filled(tmp_path, items=[make_article(), Rejection(url="u", origin="", reason="too_short"), make_article()])
    db.forget_from(1)
    assert (db.count("article"), db.count("rejection"), db.key(0), db.key(1)) == (1, 0, b"\x00", None)


def test_folder_is_held_by_one_process_only_and_free_after_its_death(tmp_path):
    work = tmp_path / "out" / "work"
    holder = (
        "import sys, pathlib, time; from nhipcau.newswire.workdb import WorkFolder;"
        "WorkFolder(pathlib.Path(sys.argv[1])); print('held', flush=True); time.sleep(60)"
    )
    with subprocess.Popen([sys.executable, "-c", holder, str(work)], stdout=subprocess.PIPE) as process:
        assert process.stdout.readline() == b"held\n"
        with pytest.raises(RunError, match=r"Another run is writing to .*out"):
            WorkFolder(work)
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
    folder = WorkFolder(work)
    folder.release(done=False)
    assert work.is_dir()


def test_folder_goes_away_when_the_work_is_done(tmp_path):
    folder = WorkFolder(tmp_path / "work")
    (folder.path / "something").write_text("x")
    folder.release(done=True)
    assert not folder.path.exists()


def test_folder_of_the_system_goes_away_even_after_a_failure():
    folder = WorkFolder(None)
    folder.release(done=False)
    assert not folder.path.exists()
