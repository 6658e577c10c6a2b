"""What the command line says when it is used wrongly: one sentence, exit code 2, never a traceback."""

import re
import subprocess
import sys

import pytest

from nhipcau.config import cli
from nhipcau.config.cli import words
from nhipcau.config.cli.command import SpokenCommand
from nhipcau.newswire import pipeline
from tests.support.shared import ROOT


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
        (["digest", "{table}", "--out", "{out}", "--formats", "pdf"], "pdf is not available yet: use json or html.\n"),
        (
            ["digest", "{table}", "--out", "{out}", "--formats", "json,docx"],
            "docx is not available yet: use json or html.\n",
        ),
        (
            ["digest", "{table}", "--out", "{out}", "--formats", "xlsx"],
            "xlsx is not available yet: use json or html.\n",
        ),
        (["digest", "{table}", "--out", "{out}", "--formats", "odt"], "There is no format odt: use json or html.\n"),
        (["digest", "{table}", "--out", "{out}", "--formats", ","], "No format is given: use json or html.\n"),
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
        (["digest", "{table}", "--out", "{table}"], "{table} cannot be written to: File exists.\n"),
        (["digest", "{unknown}", "--out", "{out}"], "{unknown} is of no kind that can be read.\n"),
    ],
)
def test_wrong_usage_is_one_sentence(args, sentence, table, tmp_path, capsys):
    unknown = tmp_path / "picture.png"
    unknown.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(100))
    named = {
        "table": table,
        "out": str(tmp_path / "out"),
        "nowhere": str(tmp_path / "nowhere"),
        "unknown": str(unknown),
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


def test_stopping_is_a_sentence(table, tmp_path, capsys, monkeypatch):
    def stopped(*args, **options):
        raise KeyboardInterrupt

    monkeypatch.setattr(pipeline, "run", stopped)
    code, said = _said(capsys, "digest", table, "--out", str(tmp_path / "out"))
    assert (code, said) == (130, "Stopped. The same command goes on where it stopped.\n")


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
