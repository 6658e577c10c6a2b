import contextlib
import gzip
import json
import tracemalloc
from datetime import UTC, date, datetime

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nhipcau.newswire.extract import article_id
from nhipcau.newswire.records import Article, InputProblem, Outlet, Rejection
from nhipcau.newswire.rows import article_row
from nhipcau.newswire.sources import table
from nhipcau.newswire.sources.columns import RowError, row_article
from nhipcau.newswire.sources.table import first_row_is_article, read_json_lines, read_parquet
from tests.support.shared import shared_data

TEXT = (
    "Nhịp cầu mới nối hai bờ sông được khánh thành sáng nay trước sự có mặt của đông đảo người dân địa phương hai tỉnh."
)
ROW = {"url": "https://news.example/a", "title": "A bridge", "text": TEXT, "published_at": "2026-11-22T08:00:00+07:00"}


def article(**columns):
    return row_article(ROW | columns, table="t.jsonl", origin="t.jsonl:1")


def lines(tmp_path, *rows, name="t.jsonl"):
    path = tmp_path / name
    path.write_bytes(b"\n".join(row if isinstance(row, bytes) else json.dumps(row).encode() for row in rows))
    return list(read_json_lines(path, name="t.jsonl"))


def test_row_becomes_an_article():
    found = article(byline=["Ann Lake", "Bo Hill"], language="EN-gb", image="https://news.example/a.jpg")
    assert found == Article(
        id=article_id("https://news.example/a", TEXT),
        url="https://news.example/a",
        canonical_url="https://news.example/a",
        outlet=Outlet(host="news.example", name="news.example"),
        title="A bridge",
        text=TEXT,
        language="en-GB",
        language_confidence=1.0,
        published_at=datetime(2026, 11, 22, 1, tzinfo=UTC),
        published_from="table",
        published_precision="minute",
        byline="Ann Lake, Bo Hill",
        image="https://news.example/a.jpg",
        origin="t.jsonl:1",
    )


def test_our_own_rows_come_back_as_they_were():
    outlet = Outlet(host="bao.example.vn", name="Báo Cầu", country="VN", country_from="domain", reach=0.25)
    url = "https://bao.example.vn/1"
    given_article = Article(
        id=article_id(url, TEXT),
        url="https://m.bao.example.vn/1",
        canonical_url=url,
        outlet=outlet,
        title="Cầu",
        text=TEXT,
        language="vi",
        language_confidence=0.98,
        published_at=datetime(2026, 11, 22, tzinfo=UTC),
        published_from="json-ld",
        published_precision="day",
        modified_at=datetime(2026, 11, 22, 3, 4, 5, tzinfo=UTC),
        byline="A",
        image="https://bao.example.vn/1.jpg",
        origin="x",
    )
    row = json.loads(json.dumps(article_row(given_article)))
    assert row_article(row, table="t", origin="x") == given_article


@pytest.mark.parametrize(
    ("columns", "outlet"),
    [
        ({"outlet": "The News"}, Outlet(host="news.example", name="The News")),
        (
            {"outlet": {"name": "The News", "country": "de", "reach": 0.5}},
            Outlet(host="news.example", name="The News", country="DE", country_from="registry", reach=0.5),
        ),
        (
            {"publisher": "P", "country": "FR"},
            Outlet(host="news.example", name="P", country="FR", country_from="registry"),
        ),
        ({"outlet": 5, "country": "Germany", "reach": "x"}, Outlet(host="news.example", name="news.example")),
    ],
)
def test_outlet_is_taken_as_the_row_names_it(columns, outlet):
    assert article(**columns).outlet == outlet


def test_row_with_an_id_and_no_address_stands_in_its_table():
    row = {"id": "a/1 x", "content": TEXT, "source_domain": "www.lake.example.vn"}
    found = row_article(row, table="news.jsonl", origin="news.jsonl:7")
    assert found.url == found.canonical_url == "file:news.jsonl#a/1%20x"
    assert found.outlet == Outlet(host="lake.example.vn", name="lake.example.vn", country="VN", country_from="domain")
    assert (found.title, found.language, found.published_at) == ("", "und", None)


def test_row_with_neither_address_nor_id_is_known_by_its_place():
    assert row_article({"text": TEXT}, table="news.jsonl", origin="news.jsonl:7").url == "file:news.jsonl:7"


def test_ids_of_others_are_not_taken_over():
    assert article(id="0123456789abcdef").id == article().id
    assert (
        row_article({"id": 1, "text": TEXT}, table="a", origin="o").id
        != row_article({"id": 1, "text": TEXT}, table="b", origin="o").id
    )


@pytest.mark.parametrize(
    ("value", "expected", "precision"),
    [
        ("2026-11-22", datetime(2026, 11, 22, tzinfo=UTC), "day"),
        (datetime.fromisoformat("2026-11-22T08:00"), datetime(2026, 11, 22, 8, tzinfo=UTC), "minute"),
        (date(2026, 11, 22), datetime(2026, 11, 22, tzinfo=UTC), "day"),
        (1795334400, datetime(2026, 11, 22, 8, tzinfo=UTC), "minute"),
        (1795334400000, datetime(2026, 11, 22, 8, tzinfo=UTC), "minute"),
        ("soon", None, None),
        (-1, None, None),
        (1e30, None, None),
        (True, None, None),
        (float("nan"), None, None),
        (["2026"], None, None),
    ],
)
def test_date_is_read_in_the_forms_tables_use(value, expected, precision):
    found = article(published_at=value)
    assert (found.published_at, found.published_precision) == (expected, precision)


def test_text_is_tidied_and_counted():
    assert article(text=f"  {TEXT}\r\n\r\n\n x\ud800 \x00y ").text == f"{TEXT}\nx? y"
    short = article(text=TEXT[:99])
    assert short == Rejection(
        url="https://news.example/a",
        origin="t.jsonl:1",
        reason="too_short",
        detail="Its main text has fewer than 100 characters.",
    )
    assert article(text=None).reason == "too_short"


@pytest.mark.parametrize(
    ("row", "message"),
    [
        ([1], "The row is no object with named columns."),
        ({"url": "https://news.example/"}, "The row has no column with a text."),
        ({"url": "https://news.example/", "text": 5}, "The text of the row is no text."),
        ({"text": TEXT, "url": "javascript:x"}, "The row's address cannot be opened: javascript:x"),
    ],
)
def test_row_that_holds_no_article_is_named(row, message):
    with pytest.raises(RowError) as refused:
        row_article(row, table="t", origin="o")
    assert refused.value.sentence == message


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda v: st.lists(v, max_size=3) | st.dictionaries(st.text(), v, max_size=3),
    max_leaves=5,
)


@given(st.dictionaries(st.sampled_from(sorted(table.WANTED)), JSON))
def test_any_row_is_an_article_a_rejection_or_named(row):
    for given_row in (row, row | {"text": TEXT, "id": "1"}):
        with contextlib.suppress(RowError):
            assert isinstance(row_article(given_row, table="t", origin="o"), Article | Rejection)


def test_bad_lines_are_named_by_their_number_and_the_rest_is_read(tmp_path):
    items = lines(
        tmp_path,
        ROW,
        b"{broken",
        b"",
        b"\xff\xfe",
        b"[1]",
        b"[" * 100_000,
        {"url": "https://news.example/b", "text": "x"},
        ROW | {"text": TEXT + "!"},
    )
    assert [type(item) for item in items] == [Article, *[InputProblem] * 4, Rejection, Article]
    assert [item.message for item in items if isinstance(item, InputProblem)] == [
        "Row 2: The line is not JSON.",
        "Row 4: The line is not UTF-8.",
        "Row 5: The row is no object with named columns.",
        "Row 6: The line is not JSON.",
    ]
    assert [item.origin for item in items if not isinstance(item, InputProblem)] == [
        "t.jsonl:1",
        "t.jsonl:7",
        "t.jsonl:8",
    ]


def test_many_bad_lines_are_counted_after_the_first_hundred(tmp_path):
    items = lines(tmp_path, *[b"x"] * 250, ROW)
    assert len(items) == 102
    assert items[-1].message == "Further rows that could not be read: 150."


def test_line_that_is_too_long_is_passed_over(tmp_path, monkeypatch):
    monkeypatch.setattr(table, "MAX_LINE", 2_000)
    items = lines(tmp_path, ROW, ROW | {"text": "x" * 9_000}, ROW)
    assert [type(item) for item in items] == [Article, InputProblem, Article]
    assert items[1].message == "Row 2: The line is longer than 2000 bytes."


def test_gzip_table_cut_short_gives_its_start(tmp_path):
    path = tmp_path / "t.jsonl.gz"
    whole = gzip.compress(
        b"\n".join(
            json.dumps(ROW | {"url": f"https://news.example/{i}", "text": TEXT + str(i * 7919) * 30}).encode()
            for i in range(2000)
        )
    )
    path.write_bytes(whole)
    assert len(list(read_json_lines(path, name="t"))) == 2000
    path.write_bytes(whole[: len(whole) // 2])
    items = list(read_json_lines(path, name="t"))
    assert 500 < sum(isinstance(item, Article) for item in items) < 1500
    assert items[-1].message == "The file is cut short or damaged; its start was read."


def test_table_in_a_folder_is_known_by_its_first_row(tmp_path):
    path = tmp_path / "t.json"
    for content, expected in [
        (json.dumps(ROW), True),
        ('{"id": 1, "text": ""}', True),
        ('{"id": 1}', False),
        ("{", False),
        ("", False),
    ]:
        path.write_text(content)
        assert first_row_is_article(path) is expected


def parquet(tmp_path, columns, **options):
    path = tmp_path / "t.parquet"
    pq.write_table(pa.table(columns), path, **options)
    return path


def test_parquet_rows_become_articles(tmp_path):
    moments = pa.array([1795334400123456789, None, 0], pa.timestamp("ns", tz="Asia/Ho_Chi_Minh"))
    path = parquet(
        tmp_path,
        {
            "url": ["https://news.example/1", "https://news.example/2", None],
            "text": [TEXT, "short", TEXT],
            "published_at": moments,
            "authors": [["Ann", "Bo"], [], None],
            "unused": [b"\xff", b"", b""],
        },
    )
    first, second, third = read_parquet(path, name="t.parquet")
    assert (first.url, first.byline, first.origin) == ("https://news.example/1", "Ann, Bo", "t.parquet:1")
    assert first.published_at == datetime(2026, 11, 22, 8, tzinfo=UTC)
    assert (second.reason, second.origin) == ("too_short", "t.parquet:2")
    assert (third.url, third.text) == ("file:t.parquet:3", first.text)


def test_parquet_without_the_columns_of_an_article_is_named(tmp_path):
    (problem,) = read_parquet(parquet(tmp_path, {"a": [1], "url": ["https://news.example/"]}), name="t")
    assert problem.message == "The table has no column with a text."


def test_damaged_parquet_is_named_and_gives_what_comes_before(tmp_path):
    columns = {"url": [f"https://news.example/{i}" for i in range(400)], "text": [f"{TEXT} {i}" for i in range(400)]}
    path = parquet(tmp_path, columns, row_group_size=50, compression="NONE", use_dictionary=False)
    raw = bytearray(path.read_bytes())
    raw[len(raw) // 2 : len(raw) // 2 + 400] = b"\xff" * 400
    path.write_bytes(bytes(raw))
    items = list(read_parquet(path, name="t"))
    assert any(isinstance(item, Article) for item in items)
    for broken in (bytes(raw[:200]), b"PAR1", bytes(raw[-300:])):
        path.write_bytes(broken)
        (problem,) = read_parquet(path, name="t")
        assert problem.message.startswith("The table is damaged behind row 0")


@settings(max_examples=40)
@given(st.lists(st.tuples(st.integers(0, 4000), st.integers(0, 30), st.binary(max_size=30)), min_size=1, max_size=3))
def test_mutated_parquet_never_raises(tmp_path_factory, edits):
    folder = tmp_path_factory.getbasetemp()
    path = parquet(folder, {"id": [str(i) for i in range(30)], "text": [f"{TEXT} {i}" for i in range(30)]})
    raw = bytearray(path.read_bytes())
    for start, length, new in edits:
        raw[start : start + length] = new
    path.write_bytes(bytes(raw))
    assert all(isinstance(item, Article | Rejection | InputProblem) for item in read_parquet(path, name="t"))


def test_memory_does_not_grow_with_the_table(tmp_path):
    path = tmp_path / "t.jsonl"
    with path.open("w") as file:
        for i in range(600):
            file.write(json.dumps(ROW | {"url": f"https://news.example/{i}", "text": TEXT * 60}) + "\n")
    tracemalloc.start()
    assert sum(1 for _ in read_json_lines(path, name="t")) == 600
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert path.stat().st_size > 4_000_000
    assert peak < 1_000_000


def test_shared_table_is_read():
    items = list(read_json_lines(shared_data("stories/ecbplus.jsonl"), name="ecbplus.jsonl"))
    assert [sum(isinstance(item, kind) for item in items) for kind in (Article, Rejection, InputProblem)] == [770, 2, 0]
    assert len({item.id for item in items if isinstance(item, Article)}) == 770
    assert items[0].url == "file:ecbplus.jsonl#1_10ecb"
    assert items[0].language == "en"
