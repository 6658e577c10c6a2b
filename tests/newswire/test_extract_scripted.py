import json

import pytest

from nhipcau.newswire.extract.scripted import scripted_text
from nhipcau.newswire.extract.tree import Tree

PARAGRAPHS = [
    f"The {number}th lantern of the evening was carried over the old bridge by two children." for number in range(5)
]
MARKUP = "<div>" + "".join(f'<p class="a">{line}</p>' for line in PARAGRAPHS) + "</div>"


def lines(script):
    page = Tree(f"<html><body><div id='root'></div><script>{script.replace('</', '<' + chr(92) + '/')}</script></body>")
    return scripted_text(page, lambda tree: chr(10).join(p.text() for p in tree.all("p"))).splitlines()


def test_a_text_in_json_is_found():
    assert lines("window.state = " + json.dumps({"menu": ["a", "b"], "article": {"html": MARKUP}})) == PARAGRAPHS


def test_a_text_in_json_in_a_call_is_found():
    inner = "2b:" + json.dumps({"contentHtml": MARKUP}).replace("<", chr(92) + "u003c")

    assert lines(f"self.next.push([1,{json.dumps(inner)}])") == PARAGRAPHS


def test_the_longest_is_taken():
    teaser = "<p>" + "A teaser of another story, which is short. " * 8 + "</p>"

    assert lines(json.dumps([teaser, MARKUP, teaser])) == PARAGRAPHS


@pytest.mark.parametrize(
    "script",
    [
        "",
        "var a = 1;",
        '"' + "x" * 400,
        '"' + "x" * 400 + '"',
        '"<p>' + chr(92) + "q" + "x" * 400 + '"',
        "[" * 5000 + '"' * 301,
        '"' + chr(92) * 1001 + '"',
    ],
)
def test_scripts_without_one_say_nothing(script):
    assert lines(script) == []
