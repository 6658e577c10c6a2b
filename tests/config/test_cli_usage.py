"""What the command line says when it is used wrongly: one sentence, exit code 2, never a traceback."""

import errno
import json
import os
import re
import secrets
import subprocess
import sys

import pytest

from nhipcau.config import cli
from nhipcau.config.cli import words
from nhipcau.config.cli.command import SpokenCommand
from nhipcau.newswire import pipeline, reading, workdb
from tests.support.shared import ROOT

NO_DATE = "“0001-01-01” is no date: write 2026-11-22, or 2026-11-22T08:00.\n"
WRONG_PLACE = "{table}/x cannot be written to: part of the path is a file, not a folder.\n"


@pytest.fixture
def table(tmp_path):
    file = tmp_path / "articles.jsonl"
    file.write_text('{"url": "https://a.example/1", "text": "' + "x" * 100 + '", "language": "en"}\n')
    return str(file)


def _said(capsys, *args):
    code = cli.main([*args, "--lang", "en"])
    shown = capsys.readouterr()
    assert shown.out == ""
    assert "Traceback" not in shown.err
    return code, shown.err


@pytest.mark.parametrize(
    ("args", "sentence"),
    [
        (["digst"], "There is no command digst: see nhipcau --help.\n"),
        (["digest", "{table}", "--bogus"], "There is no option --bogus.\n"),
        (["digest", "{table}"], "--out is missing.\n"),
        (["digest", "--out", "{out}"], "INPUT is missing.\n"),
        (["digest", "{table}", "--out", "{out}", "--jobs", "0"], "--jobs takes a whole number from 1 on.\n"),
        (["digest", "{table}", "--out", "{out}", "--jobs", "two"], "--jobs takes a whole number from 1 on.\n"),
        (["digest", "{nowhere}", "--out", "{out}"], "There is no file or folder {nowhere}.\n"),
        (["extract", "{nowhere}"], "There is no file or folder {nowhere}.\n"),
        (
            ["digest", "{table}", "--out", "{out}", "--formats", "json,odt"],
            "There is no format odt: use json, html, docx, pdf, xlsx.\n",
        ),
        (
            ["digest", "{table}", "--out", "{out}", "--formats", ","],
            "No format is given: use json, html, docx, pdf, xlsx.\n",
        ),
        (
            ["digest", "{table}", "--out", "{out}", "--focus", "XX"],
            "“XX” is no country code: write VN, DE, JP ... (ISO 3166-1).\n",
        ),
        (
            ["digest", "{table}", "--out", "{out}", "--since", "22/11/2026"],
            "“22/11/2026” is no date: write 2026-11-22, or 2026-11-22T08:00.\n",
        ),
        (
            ["digest", "{table}", "--out", "{out}", "--since", "2026-11-22", "--until", "2026-11-21"],
            "The period ends (2026-11-21) before it begins (2026-11-22).\n",
        ),
        (
            ["digest", "{table}", "--out", "{out}", "--previous", "{out}"],
            "The earlier digest and the new one need two folders.\n",
        ),
        (
            ["digest", "{table}", "--out", "{out}", "--previous", "{nowhere}"],
            "{nowhere} holds no digest to go on from: give the folder of an earlier one.\n",
        ),
        (["digest", "{table}", "--out", "{table}"], "{table} cannot be written to: a file is in its place.\n"),
        (["digest", "{table}", "--out", "{table}/x"], WRONG_PLACE),
        (["digest", "{unknown}", "--out", "{out}"], "{unknown} is of no kind that can be read.\n"),
        # A variable that was never set must not mean the folder we are in.
        (["digest", "", "--out", "{out}"], 'There is no file or folder "".\n'),
        (["digest", "{table}", "--out", ""], "--out cannot be used as it was given.\n"),
        (["digest", "{table}", "--out", "{out}", "--previous", ""], "--previous cannot be used as it was given.\n"),
        (["digest", "{table}", "--out", "{out}", "--since", "0001-01-01"], NO_DATE),
        (["extract", "{pipe}"], "{pipe} is neither a file nor a folder.\n"),
    ],
)
def test_wrong_usage_is_one_sentence(args, sentence, table, tmp_path, capsys):
    unknown = tmp_path / "picture.png"
    unknown.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    named = {
        "table": table,
        "out": str(tmp_path / "out"),
        "nowhere": str(tmp_path / "nowhere"),
        "unknown": str(unknown),
        "pipe": str(pipe),
    }
    given = [arg.format(**named) for arg in args]
    assert _said(capsys, *given) == (2, sentence.format(**named))


def test_option_without_its_value_is_one_sentence(table, capsys):
    assert cli.main(["digest", table, "--lang", "en", "--out"]) == 2
    assert capsys.readouterr().err == "--out needs a value.\n"


def test_unknown_language_is_refused(capsys):
    assert cli.main(["digest", "--lang", "fr"]) == 2
    assert capsys.readouterr().err.endswith("vi, en.\n")


def test_error_nobody_foresaw_is_a_sentence_and_a_traceback_for_developers(table, tmp_path, capsys, monkeypatch):
    def broken(*args, **options):
        raise RuntimeError("the disk is full")

    monkeypatch.setattr(pipeline, "run", broken)
    args = ["digest", table, "--out", str(tmp_path / "out")]
    assert _said(capsys, *args) == (1, "the disk is full\n")
    with pytest.raises(RuntimeError):
        cli.main([*args, "--debug"])


def test_pace_that_is_no_number_is_wrong_usage(table, capsys, monkeypatch):
    for value in ("soon", "-1", "nan"):
        monkeypatch.setenv("NHIPCAU_PACE", value)
        assert _said(capsys, "extract", table) == (2, f"NHIPCAU_PACE is no number of seconds: {value}.\n")


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "It cannot be done: the disk is full.\n"),
        (PermissionError(errno.EACCES, "x", "/there"), "It cannot be done: /there: permission is missing.\n"),
        (OSError(errno.ENOEXEC, "Exec format error"), "It cannot be done: Exec format error.\n"),
    ],
)
def test_what_the_system_refuses_is_told_in_the_readers_language(error, said, table, capsys, monkeypatch):
    def refused(*args, **options):
        raise error

    monkeypatch.setattr(reading, "read_items", refused)
    assert _said(capsys, "extract", table) == (1, said)


def test_full_disk_under_the_work_file_is_named(table, tmp_path, capsys, monkeypatch):
    def small(db):
        pages = db.execute("PRAGMA page_count").fetchone()[0]
        db.execute(f"PRAGMA max_page_count={pages + 1}")

    original = workdb.WorkDB.__init__

    def opened(self, *args):
        original(self, *args)
        small(self._db)

    monkeypatch.setattr(workdb.WorkDB, "__init__", opened)
    file = tmp_path / "many.jsonl"
    rows = [{"url": f"https://a.example/{n}", "text": secrets.token_hex(2000), "language": "en"} for n in range(40)]
    file.write_text("\n".join(map(json.dumps, rows)))
    args = ["digest", str(file), "--out", str(tmp_path / "out"), "--quiet"]
    assert _said(capsys, *args) == (1, "It cannot be done: the disk is full.\n")


def test_stopping_is_a_sentence(table, tmp_path, capsys, monkeypatch):
    def stopped(*args, **options):
        raise KeyboardInterrupt

    monkeypatch.setattr(pipeline, "run", stopped)
    code, said = _said(capsys, "digest", table, "--out", str(tmp_path / "out"))
    assert (code, said) == (130, "Stopped. The same command goes on where it stopped.\n")


def test_stopped_extraction_does_not_claim_to_go_on(table, capsys, monkeypatch):
    def stopped(*args, **options):
        raise KeyboardInterrupt

    monkeypatch.setattr(reading, "read_items", stopped)
    assert _said(capsys, "extract", table) == (130, "Stopped.\n")


@pytest.mark.parametrize(
    ("args", "lang"),
    [
        ([], "vi"),
        (["digest", "--lang", "en"], "en"),
        (["digest", "--lang=en", "x"], "en"),
        (["--lang", "vi", "digest", "--lang", "en"], "en"),
        (["digest", "--lang"], "vi"),
        (["digest", "--lang", "fr"], "vi"),
    ],
)
def test_language_is_known_before_the_command_is_read(args, lang):
    assert words.asked_language(args) == lang


def test_help_lists_every_command_in_both_languages(capsys):
    for lang in ("vi", "en"):
        assert cli.main(["--help", "--lang", lang]) == 0
        shown = capsys.readouterr().out
        assert [name for name in cli.COMMANDS if not re.search(rf"^  {name} ", shown, re.MULTILINE)] == []
    assert "Usage: nhipcau" in shown


def test_help_is_told_in_the_language_in_use(capsys):
    cli.main(["digest", "--help"])
    vietnamese = capsys.readouterr().out
    cli.main(["digest", "--help", "--lang", "en"])
    english = capsys.readouterr().out
    assert "Make a digest from raw press." in english
    assert "Lập bản tin điểm báo" in vietnamese


def test_every_command_and_option_of_the_engine_is_described():
    page = (ROOT / "docs" / "reference" / "command-line.md").read_text(encoding="utf-8")
    for name in ("digest", "extract"):
        command = cli.commands.get_command(None, name)
        assert isinstance(command, SpokenCommand)
        section = (
            page.partition(f"## nhipcau {name}\n")[2].partition("\n## ")[0] + page.partition("## nhipcau digest")[0]
        )
        options = [option for param in command.params for option in param.opts if option.startswith("--")]
        assert [option for option in options if option not in section] == []


def test_engine_commands_never_load_django(table, tmp_path):
    code = (
        "import sys; from nhipcau.config.cli import main;"
        f"code = main(['digest', {table!r}, '--out', {str(tmp_path / 'out')!r}, '--quiet']);"
        "print(code, sorted(name for name in sys.modules if name.split('.')[0] == 'django'))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == ("0 []\n", "")
