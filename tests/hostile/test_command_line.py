"""Hostile and broken input where a user of the command line meets it: every item of the list, in one run.

Each item is an input of its own, so that ``inputs`` of the digest counts it alone. That a bomb is not unpacked, and
that a large file costs no more memory, is measured for each in a run of its own (``long``, and ``bench/hostile.py``).
"""

import re
import zipfile
from types import SimpleNamespace

import pytest

from tests.support.hostile import CASES, METADATA, SECRET, good
from tests.support.observing import digest_of, two_sites, watched

LIGHT = [case for case in CASES if not case.heavy]
HEAVY = [case for case in CASES if case.heavy]
#: Bytes that a run may take above one that only reads the good article.
ABOVE_REST = 300 * 2**20


def named(case):
    return case.item


def arguments(inputs, out, site, *, formats="json,html,docx,pdf,xlsx"):
    options = ["--out", str(out), "--json", "--jobs", "1", "--lang", "en", "--formats", formats]
    return ["digest", *inputs, *options, "--allow-host", site.host]


@pytest.fixture(scope="module")
def ran(tmp_path_factory):
    """One run over the good article and every light item."""
    folder = tmp_path_factory.mktemp("hostile")
    with two_sites() as site:
        inputs = [case.make(folder / f"case{number}", site) for number, case in enumerate(LIGHT)]
        run = watched(arguments([good(folder), *inputs], folder / "digest", site), folder)
        return SimpleNamespace(
            run=run,
            digest=digest_of(folder / "digest"),
            page=(folder / "digest" / "digest.html").read_text(encoding="utf-8"),
            folder=folder,
            allowed=site.host,
            asked_of_the_other=list(site.other.asked),
        )


def told_of(ran, number):
    """The row of an item's input, its articles and its rejections."""
    mark = re.compile(rf"(?<![\w]){re.escape(f'case{number}')}(?!\d)")
    row = ran.digest["inputs"][number + 1]
    articles = [article for article in ran.digest["articles"] if mark.search(article["origin"])]
    rejections = [one for one in ran.digest["rejections"] if mark.search(one["origin"] + one["url"])]
    return row, articles, rejections


@pytest.mark.parametrize("number", range(len(LIGHT)), ids=[case.item for case in LIGHT])
def test_item_is_named_and_counted(ran, number):
    case = LIGHT[number]
    row, articles, rejections = told_of(ran, number)

    assert (row["articles"], row["documents"]) == (case.articles, case.articles + sum(case.rejected.values()))
    assert len(row["problems"]) == case.problems
    assert {one["reason"] for one in rejections} == set(case.rejected)
    sentences = [problem["message"] for problem in row["problems"]] + [one["detail"] for one in rejections]
    assert case.says in " ".join(sentences)
    if case.title:
        first = articles[0]
        assert (first["title"], first["published_at"]) == (case.title, case.dated)
        assert case.address in {None, first["url"]}


def test_run_ends_well_and_without_a_traceback(ran):
    assert ran.run.code == 0
    assert "Traceback" not in ran.run.said
    counts = ran.digest["counts"]
    assert counts["documents"] == counts["articles"] + sum(counts["rejected"].values())
    assert counts["articles"] == 1 + sum(case.articles for case in LIGHT)
    assert not list((ran.folder / "digest").glob(".*"))


def test_nobody_is_connected_to_but_the_host_that_is_allowed(ran):
    """From the socket: every connection of every process of the run, and a listener that nobody came to."""
    assert ran.run.connected == {ran.allowed}
    assert ran.asked_of_the_other == []


def test_password_of_an_address_is_shown_nowhere(ran):
    assert SECRET not in ran.run.said
    assert SECRET not in ran.page
    assert SECRET not in str(ran.digest)


def test_nothing_of_the_input_runs_in_the_page(ran):
    page = re.sub(r"<style.*?</style>", "", ran.page.lower(), flags=re.DOTALL)
    assert re.findall(r"<script|<img|<iframe|<object|<embed|<[^>]*\son\w+\s*=", page) == []
    assert re.findall(r'(?:href|src)\s*=\s*"(?!https?:|#)[^"]*"', page) == []
    assert f'href="{METADATA}' not in page


def test_nothing_of_the_input_runs_in_the_word_file(ran):
    with zipfile.ZipFile(ran.folder / "digest" / "digest.docx") as archive:
        names = archive.namelist()
        related = b"".join(archive.read(name) for name in names if name.endswith(".rels")).decode()
        document = archive.read("word/document.xml").decode()
    assert [name for name in names if re.search(r"vba|activex|embeddings|oleobject", name, re.IGNORECASE)] == []
    outside = re.findall(r'Target="([^"]*)"[^>]*TargetMode="External"', related)
    outside += re.findall(r'TargetMode="External"[^>]*Target="([^"]*)"', related)
    assert outside
    assert [target for target in outside if not re.match(r"https?://", target)] == []
    fields = " ".join(re.findall(r"<w:instrText[^>]*>([^<]*)<", document))
    assert re.findall(r"DDE|INCLUDE|IMPORT|MACROBUTTON", fields) == []


def test_nothing_of_the_input_runs_in_the_pdf(ran):
    from pypdf import PdfReader

    found, links = set(), []
    for thing in PdfReader(ran.folder / "digest" / "digest.pdf").pages:
        for annotation in thing.get("/Annots") or ():
            action = annotation.get_object().get("/A", {})
            found.add(action.get("/S"))
            links += [action["/URI"]] if "/URI" in action else []
    raw = (ran.folder / "digest" / "digest.pdf").read_bytes()
    assert links
    assert found <= {"/URI", "/GoTo", None}
    assert [link for link in links if not re.match(r"https?://", link)] == []
    assert re.findall(rb"/(?:JavaScript|JS|Launch|OpenAction|EmbeddedFile)\b", raw) == []


def test_nothing_of_the_input_is_a_formula_in_the_sheet(ran):
    from openpyxl import load_workbook

    book = load_workbook(ran.folder / "digest" / "digest.xlsx")
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert [cell.value for cell in cells if cell.data_type == "f" and "HYPERLINK" in str(cell.value).upper()] == []
    assert any(str(cell.value).lstrip("'").startswith('=HYPERLINK("http://evil') for cell in cells)


# Each heavy item in a run of its own, its memory watched -------------------------------------------------------------


@pytest.fixture(scope="module")
def rest(tmp_path_factory):
    """Peak memory of a run that only reads the good article."""
    folder = tmp_path_factory.mktemp("rest")
    with two_sites() as site:
        return watched(arguments([good(folder)], folder / "digest", site, formats="json"), folder, measure=True).peak


@pytest.mark.long
@pytest.mark.parametrize("case", HEAVY, ids=named)
def test_heavy_item_is_named_counted_and_costs_little_memory(case, rest, tmp_path):
    with two_sites() as site:
        source = case.make(tmp_path / "case", site)
        given = arguments([good(tmp_path), source], tmp_path / "digest", site, formats="json")
        run = watched(given, tmp_path, measure=True)
        allowed = site.host
    digest = digest_of(tmp_path / "digest")
    row = digest["inputs"][1]
    sentences = [problem["message"] for problem in row["problems"]] + [one["detail"] for one in digest["rejections"]]
    assert (run.code, digest["counts"]["rejected"], len(row["problems"])) == (0, dict(case.rejected), case.problems)
    assert case.says in " ".join(sentences)
    assert "Traceback" not in run.said
    assert run.connected <= {allowed}
    assert run.peak - rest < ABOVE_REST
