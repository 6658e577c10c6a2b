"""A chart on the page: its table says everything without script, and what the script draws from is the same."""

import json
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from django.template import Context, Template
from django.utils import translation

from nhipcau import ui
from nhipcau.ui.charts import Chart, Row, Value

STATIC = Path(ui.__file__).parent / "static" / "ui"
AT = datetime(2026, 11, 26, 3, 42, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _vietnamese():
    with translation.override("vi"):
        yield


def make_chart(**given):
    rows = [
        Row(label="A & B", values=[Value(1234, "/a?x=1&y=2"), Value(2)], more=["+3"]),
        Row(label="</script>", values=[Value(None), Value(0, "/b")], more=[""]),
    ]
    told = {
        "key": "theo-nuoc",
        "kind": "bar",
        "title": "Theo nước",
        "says": "A nhiều nhất.",
        "across": "Nước",
        "series": ["Kỳ này", "Kỳ trước"],
        "rows": rows,
        "more": ["Thay đổi"],
        "source": "Nhịp Cầu",
        "as_of": AT,
        "gap": "không thu thập",
    }
    return Chart(**told | given)


def drawn(chart, **context):
    return Template("{% load ui %}{% chart one level=3 %}").render(Context({"one": chart} | context))


def data(page):
    return json.loads(re.search(r'<script id="theo-nuoc-data"[^>]*>(.*?)</script>', page, re.DOTALL).group(1))


def test_table_says_every_number_opens_it_and_names_a_gap():
    page = drawn(make_chart())

    assert '<a href="/a?x=1&amp;y=2">1.234</a>' in page
    assert '<a href="/b">0</a>' in page
    assert '<span class="quiet">không thu thập</span>' in page
    assert re.findall(r'<th scope="col"[^>]*>([^<]*)</th>', page) == ["Nước", "Kỳ này", "Kỳ trước", "Thay đổi"]
    assert '<details class="chart-table" open>' in page
    assert re.search(r'<h3 class="chart-title" id="theo-nuoc-title">Theo nước</h3>', page)


def test_script_draws_from_the_numbers_of_the_table():
    told = data(drawn(make_chart()))

    assert told["labels"] == ["A & B", "</script>"]
    assert told["series"] == [
        {"name": "Kỳ này", "values": [1234, None], "links": ["/a?x=1&y=2", ""]},
        {"name": "Kỳ trước", "values": [2, 0], "links": ["", "/b"]},
    ]
    assert told["foot"] == "Nhịp Cầu · số liệu đến 26/11/2026 10:42"
    assert (told["sample"], told["file"]) == ("", "theo-nuoc-2026-11-26")


def test_only_the_first_rows_are_drawn_and_the_table_has_them_all():
    page = drawn(make_chart(most=1))

    assert data(page)["labels"] == ["A & B"]
    assert page.count('<th scope="row">') == 2


@pytest.mark.parametrize(("chart", "context"), [({"sample": True}, {}), ({}, {"sample": True})])
def test_file_of_invented_data_is_marked_as_such(chart, context):
    told = data(drawn(make_chart(**chart), **context))

    assert (told["sample"], told["file"]) == ("DỮ LIỆU MẪU", "theo-nuoc-2026-11-26-du-lieu-mau")


def test_files_have_the_colours_of_the_light_theme():
    script = (STATIC / "charts.js").read_text()
    paper = dict(re.findall(r"(\w+): \"(#[0-9a-f]{6})\"", re.search(r"PAPER = {(.*?)}", script).group(1)))
    light = dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", (STATIC / "tokens.css").read_text()))

    assert len(paper) == 9
    assert paper == {name: light[name] for name in paper}


def test_sheet_of_charts_names_no_colour():
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b", (STATIC / "charts.css").read_text()) == []
