"""A digest that is taken along from the desk: five forms, the same as on the screen, each on record."""

import io
import json
from datetime import date

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nhipcau import access
from nhipcau.accounts.queries import access_for
from nhipcau.audit.models import Entry
from nhipcau.press.documents import FILES
from nhipcau.press.domain.contents import DigestHead, edit_digest
from nhipcau.press.domain.entries import write_entry
from nhipcau.press.domain.triage import keep_item
from nhipcau.press.models import Article, DigestEntry
from tests.press.test_coverage import press_queries
from tests.press.test_screens import make_digest
from tests.support.digests import make_built
from tests.support.people import make_office, make_person
from tests.support.printed import docx_part, pdf_pages, read_docx, read_page, read_pdf, read_xlsx

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _system(as_system):
    return as_system


def take(client, digest, form):
    return client.get(f"/diem-bao/{digest.pk}/tai-ve/{form}/")


def file_of(answer):
    return io.BytesIO(b"".join(answer.streaming_content))


@pytest.mark.both_databases
def test_five_forms_tell_the_stored_digest(desk, office):
    digest = make_digest(office, "s1", "s1", "s2", None, rejected={"too_short": 1})
    answers = {form: take(desk, digest, form) for form in FILES}
    assert {form: answer.status_code for form, answer in answers.items()} == dict.fromkeys(FILES, 200)
    files = {form: file_of(answer) for form, answer in answers.items()}

    told = json.load(files["json"])
    stories = [(story["rank"], (story["title"], len(story["article_ids"]))) for story in told["stories"]]
    assert stories == [(1, ("s1 0", 2)), (2, ("s2 2", 1))]
    assert read_page(files["html"]) == read_docx(files["docx"]) == read_pdf(files["pdf"]) == stories
    rows = read_xlsx(files["xlsx"])
    assert rows["stories"] == [(rank, *said) for rank, said in stories]
    assert [row["id"] for row in rows["articles"]] == [article["id"] for article in told["articles"]]
    assert told["counts"]["rejected"] == {"too_short": 1}
    assert (told["edition"]["organisation"], told["edition"]["state"]) == ("Cục Mẫu", "draft")


def test_paper_names_the_office_and_says_that_it_is_a_draft(desk, office):
    digest = make_digest(office, "s1")
    text = docx_part(file_of(take(desk, digest, "docx")), "word/document.xml")
    assert ("CỤC MẪU" in text, "DỰ THẢO" in text) == (True, True)
    first = pdf_pages(file_of(take(desk, digest, "pdf")))[0]
    assert ("CỤC MẪU" in first, "DỰ THẢO" in first) == (True, True)


def test_five_forms_tell_what_the_office_wrote_in_its_order(desk, office, analyst):
    digest, articles = make_built(office, "s1", "s2", "s3", None)
    with access.opened(access_for(analyst)):
        for article in (articles[3], articles[1], articles[0]):
            keep_item(actor=analyst, digest=digest, article=article)
        first, _second, third = DigestEntry.objects.filter(digest=digest)
        words = {"headline": "Cà phê lên giá", "gist": "Tóm tắt của tôi.", "note": "Cần theo dõi."}
        write_entry(actor=analyst, entry=first, values=words, version=1)
        write_entry(actor=analyst, entry=third, values={"headline": "Hội An thắp đèn"}, version=1)
        head = DigestHead(summary="Cả tuần nói về cà phê.", outlook="Sẽ nói về lúa.", symbol="ĐB-BM")
        edit_digest(actor=analyst, digest=digest, head=head, version=digest.version)
    files = {form: file_of(take(desk, digest, form)) for form in FILES}

    told = json.load(files["json"])
    assert [(row["rank"], row["headline"], row["title"]) for row in told["stories"]] == [
        (1, "Cà phê lên giá", articles[3].title),
        (2, None, articles[1].title),
        (3, "Hội An thắp đèn", articles[0].title),
    ]
    assert (told["stories"][0]["written_by"], told["stories"][0]["note"]) == ([analyst.name], "Cần theo dõi.")
    assert [row["title"] for row in told["sections"]] == [
        "Tóm tắt",
        "Kinh tế và thương mại",
        "Số liệu so với kỳ trước",
        "Dự báo",
    ]
    said = read_docx(files["docx"])
    assert read_page(files["html"]) == said == read_pdf(files["pdf"])
    assert [rank for rank, _story in said] == [1, 2, 3]
    text = docx_part(files["docx"], "word/document.xml")
    for words in ("Cà phê lên giá", "Tóm tắt của tôi.", articles[3].title, analyst.name, "Cả tuần nói về cà phê."):
        assert words in text, words


def test_file_has_a_name_and_is_saved_not_shown(desk, office):
    answer = take(desk, make_digest(office, "s1"), "html")
    assert file_of(answer).read().startswith(b"<!doctype html>")
    assert answer["Content-Disposition"] == 'attachment; filename="ban-tin-diem-bao-vn-2026-11-22.html"'
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_taking_a_digest_along_is_on_record(desk, office, analyst):
    digest = make_digest(office, "s1")
    assert file_of(take(desk, digest, "pdf")).read(5) == b"%PDF-"
    entry = Entry.objects.get(verb="press.take_digest")
    assert (entry.actor_label, entry.changes["kind"]) == (str(analyst), "pdf")


def test_no_form_holds_a_byline(desk, office):
    digest = make_digest(office, "s1")
    Article.objects.update(byline="Jeanne Dupont")
    for form in ("json", "html"):
        assert "Jeanne Dupont" not in file_of(take(desk, digest, form)).read().decode()
    book = openpyxl.load_workbook(file_of(take(desk, digest, "xlsx")))
    cells = [str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row]
    assert [cell for cell in cells if "Dupont" in cell] == []


def test_unknown_form_and_strange_office_are_not_found(desk, office):
    other = make_office("Cục Khác")
    digest, strange = make_digest(office, "s1"), make_digest(other, "s2")
    make_person("Người Khác", office=other, roles=["press_analyst"])
    assert take(desk, digest, "exe").status_code == 404
    assert take(desk, strange, "pdf").status_code == 404


@pytest.mark.both_databases
@pytest.mark.parametrize(("form", "number"), [("json", 11), ("docx", 8)])
def test_number_of_queries_does_not_grow_with_the_digest(desk, office, form, number):
    counts = []
    for size in (1, 3):
        digest = make_digest(office, *(f"{form}{size}{n}" for n in range(size)), day=date(2026, 11, size))
        with CaptureQueriesContext(
            connection,
        ) as captured:
            file_of(take(desk, digest, form))
        counts.append(len(press_queries(captured)))
    assert counts == [number, number]
