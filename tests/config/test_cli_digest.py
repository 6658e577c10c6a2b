import fcntl
import json
import os
import pty
import re
import struct
import subprocess
import sys
import termios
from pathlib import Path

import pytest

from nhipcau.config import cli
from nhipcau.newswire.rows import JUDGED, extracted_row
from tests.support.engine import CHESS, RICE, TRAIN, make_article, make_page, write_pages

#: What is no test of formats takes the quickest one.
JSON = ("--formats", "json")
COMMAND = str(Path(sys.executable).with_name("nhipcau"))


@pytest.fixture
def pages(tmp_path):
    found = {"rice": (RICE, "Rice exports"), "train": (TRAIN, "Fast railway"), "chess": (CHESS, "Chess festival")}
    folder = write_pages(tmp_path / "pages", found)
    (folder / "short.html").write_text(make_page("Too little.", "Short"), encoding="utf-8")
    return folder


@pytest.fixture
def table(tmp_path):
    def table(*articles, name="articles"):
        file = tmp_path / f"{name}.jsonl"
        rows = [json.dumps(extracted_row(article), ensure_ascii=False) for article in articles]
        file.write_text("".join(f"{row}\n" for row in rows), encoding="utf-8")
        return str(file)

    return table


def _digest(out):
    return json.loads((Path(out) / "digest.json").read_text(encoding="utf-8"))


def test_digest_of_a_folder_of_pages(pages, tmp_path, capsys):
    out = tmp_path / "out"
    assert cli.main(["digest", str(pages), "--out", str(out), "--json", "--jobs", "1", "--lang", "en"]) == 0
    summary = json.loads(capsys.readouterr().out)
    digest = _digest(out)
    assert digest["counts"]["rejected"] == {"too_short": 1}
    assert (digest["counts"]["documents"], digest["counts"]["articles"], digest["counts"]["relevant"]) == (4, 3, 2)
    assert summary["counts"] == digest["counts"]
    assert summary["files"] == [str(out / f"digest.{name}") for name in ("json", "html", "docx", "pdf", "xlsx")]
    assert digest["inputs"] == [{"name": str(pages), "kind": "folder", "documents": 4, "articles": 3, "problems": []}]
    files = ["digest.docx", "digest.html", "digest.json", "digest.pdf", "digest.xlsx", "state"]
    assert sorted(path.name for path in out.iterdir()) == files


def test_extracted_articles_give_the_same_digest_as_the_pages(pages, tmp_path):
    extracted = tmp_path / "extracted.jsonl"
    with extracted.open("wb") as file:
        subprocess.run([COMMAND, "extract", str(pages), "--quiet"], stdout=file, check=True)
    rows = [json.loads(line) for line in extracted.read_text(encoding="utf-8").splitlines()]
    assert {row["title"] for row in rows} == {"Rice exports", "Fast railway", "Chess festival"}
    assert [column for column in JUDGED if column in rows[0]] == []
    for name, source in (("pages", pages), ("table", extracted)):
        assert cli.main(["digest", str(source), *JSON, "--out", str(tmp_path / name), "--quiet"]) == 0
    from_pages, from_table = (
        [{k: v for k, v in article.items() if k != "origin"} for article in _digest(tmp_path / name)["articles"]]
        for name in ("pages", "table")
    )
    assert from_table == from_pages


def test_formats_are_written_as_asked(table, tmp_path):
    source = table(make_article())
    for formats, files in (
        ("json", ["digest.json"]),
        ("html", ["digest.html"]),
        (" HTML,json ", None),
        ("xlsx", ["digest.xlsx"]),
    ):
        out = tmp_path / formats.strip().replace(",", "-")
        assert cli.main(["digest", source, "--out", str(out), "--formats", formats, "--quiet"]) == 0
        written = sorted(path.name for path in out.iterdir() if path.is_file())
        assert written == (files or ["digest.html", "digest.json"])


def test_focus_may_be_written_small(table, tmp_path):
    assert (
        cli.main(["digest", table(make_article()), *JSON, "--out", str(tmp_path / "o"), "--focus", "de", "--quiet"])
        == 0
    )
    assert _digest(tmp_path / "o")["focus"] == "DE"


def test_nothing_usable_is_exit_code_one_and_the_digest_says_why(tmp_path, capsys):
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "short.html").write_text(make_page("Too little.", "Short"), encoding="utf-8")
    assert cli.main(["digest", str(folder), *JSON, "--out", str(tmp_path / "out"), "--quiet", "--lang", "en"]) == 1
    shown = capsys.readouterr()
    assert shown.err == "Nothing usable was found in the input: the digest says what was read and why it was refused.\n"
    assert _digest(tmp_path / "out")["counts"]["rejected"] == {"too_short": 1}
    assert cli.main(["extract", str(folder), "--quiet", "--lang", "en"]) == 1
    assert capsys.readouterr() == ("", "Nothing usable was found in the input.\n")


def test_articles_about_something_else_are_no_failure(table, tmp_path):
    assert cli.main(["digest", table(make_article(CHESS)), *JSON, "--out", str(tmp_path / "out"), "--quiet"]) == 0
    assert _digest(tmp_path / "out")["stories"] == []


def test_bad_file_among_good_ones_is_named_and_does_not_stop_the_run(table, tmp_path, capsys):
    bad = tmp_path / "bad.jsonl"
    bad.write_text('{"url": "https://a.example/1", "text": 12}\nnonsense\n')
    out = str(tmp_path / "out")
    assert cli.main(["digest", str(bad), table(make_article()), *JSON, "--out", out, "--lang", "en"]) == 0
    problems = _digest(out)["inputs"][0]["problems"]
    assert [problem["source"] for problem in problems] == ["bad.jsonl", "bad.jsonl"]
    said = capsys.readouterr().err
    assert [problem for problem in problems if f"bad.jsonl: {problem['message']}\n" not in said] == []


def test_piped_progress_is_plain_lines_on_standard_error(table, tmp_path, capsys):
    args = ["digest", table(make_article(), make_article(TRAIN)), "--out", str(tmp_path / "out"), "--lang", "en"]
    assert cli.main(args) == 0
    shown = capsys.readouterr()
    assert shown.out == ""
    lines = shown.err.splitlines()
    assert lines[0].startswith("Reading: 2 (")
    assert lines[1].startswith("Finding reprints and stories: 2 (")
    assert lines[2] == "2 documents · 2 articles · 2 about the country · 2 stories"
    assert "\r" not in shown.err


def test_quiet_says_nothing(table, tmp_path, capsys):
    assert cli.main(["digest", table(make_article()), "--out", str(tmp_path / "out"), "--quiet"]) == 0
    assert capsys.readouterr() == ("", "")


def test_second_run_on_the_same_folder_is_refused(table, tmp_path, capsys):
    out = tmp_path / "out"
    holder = (
        "import sys, pathlib; from nhipcau.newswire.workdb import WorkFolder;"
        f"WorkFolder(pathlib.Path({str(out / '.nhipcau-work')!r})); print('held', flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", holder]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout.readline() == b"held\n"
        assert cli.main(["digest", table(make_article()), "--out", str(out), "--lang", "en"]) == 2
        process.communicate(b"")
    assert capsys.readouterr().err == (
        f"Another run is writing to {out}: wait for it to end, or give another folder.\n"
    )
    assert not (out / "digest.json").exists()


def test_earlier_digest_makes_stories_go_on_and_old_news_old(table, tmp_path):
    monday, tuesday = str(tmp_path / "monday"), str(tmp_path / "tuesday")
    first = make_article(RICE, "Rice", host="one.example")
    reprint = make_article(RICE, "Rice", host="two.example", hours=24)
    news = make_article(TRAIN, "Train", hours=25)
    assert cli.main(["digest", table(first, name="a"), *JSON, "--out", monday, "--quiet"]) == 0
    args = ["digest", table(first, reprint, news, name="b"), "--out", tuesday, "--previous", monday, "--quiet"]
    assert cli.main(args) == 0
    old, new = _digest(monday), _digest(tuesday)
    rice, train = sorted(new["stories"], key=lambda story: story["title"])
    first_id = old["articles"][0]["id"]
    assert rice["id"] == old["stories"][0]["id"]
    assert (rice["novelty"], train["novelty"]) == (0.0, 1.0)
    assert train["rank"] == 1
    assert [(a["seen_before"], a["duplicate_of"]) for a in new["articles"]] == [
        (True, None),
        (False, first_id),
        (False, None),
    ]
    assert rice["article_ids"] == [first_id, new["articles"][1]["id"]]
    assert (new["counts"]["duplicates"], new["counts"]["seen_before"]) == (1, 1)


def test_earlier_digest_about_another_country_is_refused(table, tmp_path, capsys):
    source = table(make_article())
    assert cli.main(["digest", source, *JSON, "--out", str(tmp_path / "de"), "--focus", "DE", "--quiet"]) == 0
    args = ["digest", source, "--out", str(tmp_path / "vn"), "--previous", str(tmp_path / "de"), "--lang", "en"]
    assert cli.main(args) == 2
    assert capsys.readouterr().err == (
        f"The digest in {tmp_path / 'de'} is about DE, this one is about VN: they cannot be joined.\n"
    )


@pytest.mark.parametrize("file", ["duplicates.jsonl.gz", "stories.jsonl.gz", "state.json"])
def test_damaged_earlier_digest_is_refused_with_a_sentence(file, table, tmp_path, capsys):
    source = table(make_article())
    assert cli.main(["digest", source, *JSON, "--out", str(tmp_path / "a"), "--quiet"]) == 0
    (tmp_path / "a" / "state" / file).write_bytes(b"nonsense")
    args = ["digest", source, "--out", str(tmp_path / "b"), "--previous", str(tmp_path / "a"), "--lang", "en"]
    assert cli.main(args) == 2
    said = capsys.readouterr().err
    assert str(tmp_path / "a") in said
    assert said.count("\n") == 1


@pytest.mark.parametrize("file", ["duplicates.jsonl.gz", "stories.jsonl.gz"])
def test_earlier_digest_without_part_of_its_memory_is_refused(file, table, tmp_path, capsys):
    source = table(make_article())
    assert cli.main(["digest", source, *JSON, "--out", str(tmp_path / "a"), "--quiet"]) == 0
    gone = tmp_path / "a" / "state" / file
    gone.unlink()
    args = ["digest", source, "--out", str(tmp_path / "b"), "--previous", str(tmp_path / "a"), "--lang", "en"]
    assert cli.main(args) == 2
    assert capsys.readouterr().err == f"{gone} cannot be read: it is not there.\n"


def test_name_of_a_bad_file_cannot_steer_the_terminal(tmp_path, capsys):
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / "a\x1b[2Jb\nc.warc").write_bytes(b"")
    assert cli.main(["extract", str(folder), "--lang", "en"]) == 1
    said = capsys.readouterr().err
    assert "in/a [2Jb c.warc: The file is empty.\n" in said
    assert "\x1b" not in said


def test_reader_that_goes_away_is_no_error(tmp_path, table):
    source = table(*(make_article(f"{RICE} Number {n}.", hours=n) for n in range(3000)))
    with subprocess.Popen(
        [COMMAND, "extract", source, "--quiet"], stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert json.loads(process.stdout.readline())["title"] == "Rice"
        process.stdout.close()
        assert process.stderr.read() == b""
        process.wait()
    assert process.returncode == 141


def test_progress_on_a_terminal_is_a_bar_with_count_and_rate(tmp_path, table):
    source = table(make_article(), make_article(TRAIN))
    ours, terminal = pty.openpty()
    fcntl.ioctl(terminal, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 100, 0, 0))
    command = [COMMAND, "digest", source, "--out", str(tmp_path / "out"), "--lang", "en"]
    done = subprocess.run(command, stderr=terminal, stdout=subprocess.PIPE, check=True)
    os.close(terminal)
    with os.fdopen(ours, "rb", buffering=0) as reader:
        shown = reader.read(65_536).decode()
    assert done.stdout == b""
    assert re.search(r"\rReading: 2 \[00:\d\d, +[\d.]+/s\]", shown)
    assert re.search(r"\rFinding reprints and stories: 100%\|.+\| 2/2 \[00:\d\d<00:\d\d, +[\d.]+/s\]", shown)
