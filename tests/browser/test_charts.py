"""Charts as people use them: drawn under the content policy, opened from a point, taken away as SVG and PNG."""

import struct
import zlib
from xml.etree import ElementTree as ET

import pytest

from tests.browser.conftest import PHONE
from tests.browser.test_screens import barriers, overflow

pytestmark = pytest.mark.browser

EXAMPLES = "/mau-giao-dien/"
SVG = "{http://www.w3.org/2000/svg}"


def taken(page, chart, kind):
    """What the button of a chart hands over: name and content."""
    with page.expect_download() as waiting:
        page.click(f"#{chart} [data-chart-file={kind}]")
    return waiting.value.suggested_filename, waiting.value.path().read_bytes()


def words(drawing):
    return " ".join(drawing.itertext())


def picture(content):
    """Width, height, and the set of bytes in the rows of a PNG without interlacing."""
    assert content.startswith(b"\x89PNG\r\n\x1a\n")
    width, height, _depth, _colour, _, _, interlaced = struct.unpack(">IIBBBBB", content[16:29])
    assert interlaced == 0
    at, packed = 8, b""
    while at < len(content):
        (size,) = struct.unpack(">I", content[at : at + 4])
        if content[at + 4 : at + 8] == b"IDAT":
            packed += content[at + 8 : at + 8 + size]
        at += size + 12
    return width, height, set(zlib.decompress(packed))


def test_charts_are_drawn_opened_and_taken_away(reader):
    page = reader.page
    reader.open(EXAMPLES)
    page.wait_for_selector("#vd-multiples.is-drawn svg")

    assert page.locator("figure.chart svg path").count() > 10
    assert page.locator("#vd-line table").is_hidden()
    assert page.locator("#vd-bar table").is_visible()

    for chart, said in (
        ("vd-line", "Tin bài theo ngày"),
        ("vd-bar", "Cơ quan mẫu 3"),
        ("vd-multiples", "Cơ quan mẫu 1"),
    ):
        name, content = taken(page, chart, "svg")
        drawing = ET.fromstring(content)
        assert name == f"{chart}-2026-11-22-du-lieu-mau.svg"
        assert (drawing.tag, drawing.get("width")) == (f"{SVG}svg", "1000")
        assert drawing.find(f"{SVG}title").text
        drawn = " ".join(text for each in drawing.iter(f"{SVG}text") for text in each.itertext())
        assert all(part in drawn for part in (said, "DỮ LIỆU MẪU", "số liệu đến 22/11/2026 14:05")), drawn
        assert b"var(" not in content
        assert b"<script" not in content

    name, content = taken(page, "vd-bar", "png")
    width, height, values = picture(content)
    assert name == "vd-bar-2026-11-22-du-lieu-mau.png"
    assert (width, height > 300, len(values) > 50) == (2000, True, True)

    # A line breaks where nothing was measured: two pieces, of three and of three points.
    pieces = page.eval_on_selector_all(
        "#vd-line svg path[fill=none]", "all => all.map(path => path.getAttribute('d')).filter(d => /^M.*L/.test(d))"
    )
    assert max(pieces, key=len).count("M") == 2

    page.set_viewport_size(PHONE)
    page.wait_for_timeout(300)
    assert overflow(reader) <= 0
    assert barriers(reader) == []
    assert page.evaluate("window.stopped") == []

    # A click where a bar stands opens what the table links to as well.
    page.set_viewport_size({"width": 1280, "height": 900})
    with page.expect_event("framenavigated"):
        page.locator("#vd-line .chart-drawn").click(position={"x": 130, "y": 60})
    assert page.url.endswith("#vd-charts")
