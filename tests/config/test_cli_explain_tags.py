import json

import pytest

from nhipcau.config import cli

ROWS = (
    {"url": "https://a.example/1", "title": "Vietnam's exports grow", "language": "en",
     "text": "Factories in Hanoi and in Munich, Germany, sold more. The economy and trade of Vietnam grew. " * 4},
    {"url": "https://a.example/2", "title": "Roads", "language": "en", "text": "The council discussed roads. " * 8},
)  # fmt: skip


@pytest.fixture
def table(tmp_path):
    file = tmp_path / "articles.jsonl"
    file.write_text("".join(json.dumps(row) + "\n" for row in ROWS), encoding="utf-8")
    return str(file)


def lines_of(capsys, *args):
    code = cli.main([*args, "--quiet", "--json", "--lang", "en"])
    return code, [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_explain_tag_names_the_articles_and_the_words(table, capsys):
    code, (found,) = lines_of(capsys, "explain", "tag", "de/munich", table)

    assert code == 0
    assert found["title"] == ROWS[0]["title"]
    assert {span["matched"] for span in found["spans"]} == {"Munich"}
    assert all(ROWS[0]["text"][span["start"] : span["end"]] == "Munich" for span in found["spans"])
    assert len(found["spans"]) == 4


def test_explain_article_says_why_it_is_relevant_span_by_span(table, capsys):
    _, (named,) = lines_of(capsys, "explain", "tag", "DE", table)
    code, (found,) = lines_of(capsys, "explain", "article", named["id"], table)
    spans = {(span["kind"], span["tag"], span["where"], span["matched"]) for span in found["spans"]}

    assert code == 0
    assert found["relevance"] >= found["relevant_from"]
    assert ("relevance", "VN: Viet Nam", "title", "Vietnam") in spans
    assert ("relevance", "VN: Ha Noi", "lead", "Hanoi") in spans
    assert ("topic", "economy", "title", "exports") in spans
    assert ("place", "DE/Munich", "lead", "Munich") in spans
    for span in found["spans"]:
        source = found["title"] if span["where"] == "title" else ROWS[0]["text"]
        assert source[span["start"] : span["end"]] == span["matched"]


def test_explain_tells_people_with_the_words_marked(table, capsys):
    assert cli.main(["explain", "tag", "economy", table, "--quiet", "--lang", "vi"]) == 0
    shown = capsys.readouterr().out

    assert "Mức liên quan đến Việt Nam" in shown
    assert "[economy]" in shown


@pytest.mark.parametrize(
    ("args", "sentence"),
    [
        (["article", "0000"], "No article there has the identifier 0000.\n"),
        (["tag", "FR/Paris"], "No article there has the tag FR/Paris.\n"),
    ],
)
def test_explain_says_where_there_is_nothing_to_explain(table, capsys, args, sentence):
    assert cli.main(["explain", *args, table, "--quiet", "--lang", "en"]) == 1
    assert capsys.readouterr().err == sentence
