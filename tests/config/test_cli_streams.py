"""The commands where a standard stream is closed, full, or of a locale without the letters."""

import json
import os
import subprocess
import sys

import pytest

ROW = {"url": "https://a.example/1", "title": "Hà Nội", "text": "Tin từ Hà Nội. " + "x" * 100, "language": "vi"}


@pytest.fixture
def table(tmp_path):
    file = tmp_path / "articles.jsonl"
    file.write_text("\n".join(json.dumps({**ROW, "url": f"https://a.example/{n}"}) for n in range(3)))
    return file


def _shell(line, folder, **environment):
    """The line, with ``nhipcau`` standing for the program, in a shell of its own."""
    program = f"{sys.executable} -m nhipcau.config.cli"
    return subprocess.run(
        line.replace("nhipcau", program),
        shell=True,
        check=False,
        capture_output=True,
        cwd=folder,
        env={**os.environ, **environment},
    )


def test_results_are_utf8_under_a_locale_without_the_letters(table, tmp_path):
    plain = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    for environment in (plain, {"PYTHONIOENCODING": "latin-1"}):
        ended = _shell(f"nhipcau extract {table}", tmp_path, **environment)
        assert ended.returncode == 0
        assert [json.loads(line)["title"] for line in ended.stdout.decode().splitlines()] == ["Hà Nội"] * 3
        assert "3 bài" in ended.stderr.decode()


@pytest.mark.parametrize(
    ("line", "code", "sentence"),
    [
        ("nhipcau extract {table} --quiet --lang en >&-", 1, "It cannot be done: the output is closed.\n"),
        ("nhipcau extract {table} --quiet --lang en >/dev/full", 1, "It cannot be done: the disk is full.\n"),
        ("nhipcau --help --lang en >/dev/full", 1, "It cannot be done: the disk is full.\n"),
        (
            "nhipcau digest {table} --formats json --out out --quiet --json --lang en >&-",
            1,
            "It cannot be done: the output is closed.\n",
        ),
    ],
)
def test_results_that_cannot_be_written_are_a_failure_in_one_sentence(line, code, sentence, table, tmp_path):
    ended = _shell(line.format(table=table), tmp_path)
    assert (ended.returncode, ended.stderr.decode()) == (code, sentence)


@pytest.mark.parametrize("streams", ["2>&-", "2>/dev/full", "2>&- <&-", "2>&- >&-"])
def test_messages_that_nobody_can_read_do_not_stop_a_run(streams, table, tmp_path):
    assert _shell(f"nhipcau digest {table} --formats json --out out {streams}", tmp_path).returncode == 0
    assert len(json.loads((tmp_path / "out" / "digest.json").read_text())["articles"]) == 3


def test_every_article_is_printed_where_messages_have_no_place(table, tmp_path):
    ended = _shell(f"nhipcau extract {table} 2>&-", tmp_path)
    assert (ended.returncode, len(ended.stdout.splitlines())) == (0, 3)
