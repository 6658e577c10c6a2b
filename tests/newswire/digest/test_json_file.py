import io
import json
import platform
import re
import sys
from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from nhipcau.newswire import pipeline
from nhipcau.newswire.digest.json_file import write_json
from nhipcau.newswire.records import Rejection
from tests.support.engine import TRAIN, make_article
from tests.support.shared import ROOT

PLAIN = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(st.characters(exclude_categories=["Cs"])),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=10,
)


def _written(values, streamed):
    file = io.StringIO()
    write_json(file, values, streamed)
    return file.getvalue()


@given(st.dictionaries(st.text(max_size=5), PLAIN, max_size=4), st.lists(PLAIN, max_size=3))
def test_written_pieces_are_one_object(values, rows):
    text = _written(values, {"articles": iter(rows)})
    assert json.loads(text) == {**values, "articles": rows}
    assert text.endswith("\n}\n")


def test_keys_are_sorted_and_rows_stand_on_their_own_lines():
    text = _written({"b": {"z": 1, "a": 2}, "c": []}, {"a": [{"y": "ế", "x": None}, 2]})
    assert text == '{\n"a": [\n{"x": null, "y": "ế"},\n2\n],\n"b": {"a": 2, "z": 1},\n"c": []\n}\n'


def _digest(tmp_path):
    articles = [
        make_article(published_at=datetime(2026, 11, 20, 1, 2, 3, 456789, tzinfo=UTC)),
        make_article(host="other.example", hours=2),
        make_article(TRAIN, "Train", published_at=None, country=None),
        Rejection(url="https://paper.example/short", origin="a", reason="too_short", detail="12 characters"),
    ]
    with pipeline.run(articles, since="2026-11-01") as result:
        result.write(tmp_path, formats=("json",))
    return json.loads((tmp_path / "digest.json").read_text(encoding="utf-8"))


def test_digest_holds_what_its_schema_promises(tmp_path):
    digest = _digest(tmp_path)
    assert digest["schema"] == "nhipcau.digest/1"
    assert digest["focus"] == "VN"
    article = digest["articles"][0]
    promised = "id url outlet country language published_at title text_chars relevance topics duplicate_of story_id"
    assert [field for field in promised.split() if field not in article] == []
    assert "text" not in article
    assert article["published_at"] == "2026-11-20T01:02:03Z"
    assert digest["rejections"] == [
        {"url": "https://paper.example/short", "origin": "a", "reason": "too_short", "detail": "12 characters"}
    ]


def test_every_field_is_described(tmp_path):
    page = (ROOT / "docs" / "reference" / "digest-json.md").read_text(encoding="utf-8")
    described = {name for span in re.findall(r"`([^`]+)`", page) for name in span.split(".")}
    digest = _digest(tmp_path)
    used = set()

    def collect(value, *, values_are_data=False):
        if isinstance(value, dict):
            for key, inner in value.items():
                if not values_are_data:
                    used.add(key)
                collect(inner, values_are_data=key in ("parts", "rejected", "models"))
        elif isinstance(value, list):
            for inner in value:
                collect(inner)

    collect({**digest, "engine": {**digest["engine"], "parts": {}}})
    assert sorted(used - described) == []


def test_digest_tells_nothing_of_the_machine(tmp_path):
    text = json.dumps(_digest(tmp_path))
    assert [fact for fact in (str(tmp_path), platform.node(), str(ROOT), sys.executable) if fact in text] == []
