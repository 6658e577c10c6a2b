import json

import pytest

from nhipcau.config import cli
from nhipcau.newswire import pipeline
from tests.support.engine import CHESS, FLOOD, RICE, make_article

AGAIN = (
    "Rice exporters in Can Tho expect a record year, with orders from the Philippines and Indonesia. Prices for "
    "fragrant rice are better than last year, traders in Vietnam say, and shipments rise."
)


@pytest.fixture
def digest(tmp_path):
    articles = [
        make_article(RICE, "Rice\x1b[31m", id="rice-1"),
        make_article(AGAIN, "Rice again", id="rice-2", host="other.example"),
        make_article(FLOOD, "Floods", id="flood"),
        make_article(CHESS + " Vietnam sent two.", "Chess", id="chess"),
    ]
    with pipeline.run([articles]) as result:
        result.write(tmp_path / "out", formats=["json"])
        stories = {article: row["id"] for row in result.data["stories"] for article in row["article_ids"]}
    return tmp_path / "out", stories


def _asked(capsys, *args):
    code = cli.main(["explain", "story", *args, "--lang", "en"])
    shown = capsys.readouterr()
    return code, shown.out, shown.err


def test_story_is_explained_in_lines(digest, capsys):
    folder, stories = digest
    code, out, err = _asked(capsys, stories["rice-1"], "--from", str(folder))
    assert (code, err) == (0, "")
    lines = out.splitlines()
    assert lines[0] == f"Story {stories['rice-1']}: 2 articles."
    assert "\x1b" not in out
    assert "- Rice again (Other)" in lines
    assert any(line.startswith("  names: ") and "Philippines" in line for line in lines)
    assert any(line.startswith("Nearest other story: ") and "two are one from 0.11 on." in line for line in lines)


def test_story_is_explained_for_machines(digest, capsys):
    folder, stories = digest
    code, out, _ = _asked(capsys, stories["rice-1"], "--from", str(folder), "--json")
    found = json.loads(out)
    assert code == 0
    assert [member["article_id"] for member in found["members"]] == ["rice-1", "rice-2"]
    assert found["nearest_id"] in {stories["flood"], stories["chess"]}


def test_unknown_story_and_folder_without_state_are_told_in_a_sentence(digest, tmp_path, capsys):
    folder, _ = digest
    code, out, err = _asked(capsys, "f" * 16, "--from", str(folder))
    assert (code, out) == (2, "")
    assert err == f"No story that the digest in {folder} remembers has the id {'f' * 16}: older ones are not kept.\n"
    code, _, err = _asked(capsys, "f" * 16, "--from", str(tmp_path / "nowhere"))
    assert code == 2
    assert "cannot be read" in err or "no such folder" in err.lower()
