"""Printed digests: one put together by hand, and what each format says when it is read back."""

import re
import zipfile

import openpyxl
import pypdf
from docx import Document
from lxml import html

from tests.support.scripts import SCRIPTS


def foreign(text, lang="en", direction="ltr"):
    return {"text": text, "lang": lang, "dir": direction}


def make_source(**changes):
    plain = {
        "outlet": "Le Papier",
        "country": "Pháp",
        "title": foreign("Un titre", "fr"),
        "when": "21/11/2026 14:05",
        "url": "https://paper.example/1",
        "reprint": False,
        "revised": False,
    }
    return plain | changes


def make_story(number=1, **changes):
    plain = {
        "id": f"s{number}",
        "number": number,
        "headline": "",
        "title": foreign(f"Story {number}"),
        "summary": "",
        "gist": foreign("What was said."),
        "gist_by": "",
        "written_by": [],
        "note": "",
        "breadth": "1 tin, bài",
        "when": "21/11/2026 14:05",
        "continued": False,
        "articles": 1,
        "outlets": 1,
        "countries": 1,
        "languages": 1,
        "topics": ["Kinh tế"],
        "score": 0.5,
        "sources": [make_source()],
    }
    return plain | changes


def make_edition(**changes):
    plain = {
        "mark": "",
        "organisation": "Vụ Mẫu",
        "superior": "Bộ Mẫu",
        "number_and_symbol": "12/ĐB-VM",
        "place": "Hà Nội",
        "issued_on": "2026-02-03",
        "signer_name": "Nguyễn Văn Mẫu",
        "signer_post": "TL. Bộ trưởng",
        "recipients": ["Lãnh đạo Bộ"],
        "archive_line": "Lưu: VT",
        "notices": [],
    }
    return plain | changes


def make_plain(*stories, **changes):
    """Plain values as the engine tells them."""
    stories = list(stories) or [make_story()]
    plain = {
        "lang": "vi",
        "sample": False,
        "kind": "Điểm báo",
        "title": "Việt Nam trên báo chí nước ngoài",
        "period": "Kỳ: 21/11/2026",
        "day": "2026-11-21",
        "made_by": "Nhịp Cầu 0",
        "edition": None,
        "totals": [{"value": len(stories), "words": f"{len(stories)} tin, bài"}],
        "highlights": [story["id"] for story in stories[:5]],
        "sections": [{"title": "Kinh tế", "paragraphs": [], "stories": stories}],
        "nothing": "",
        "numbers": [
            {
                "key": "country",
                "title": "Nước",
                "rows": [{"code": "FR", "name": "Pháp", "count": len(stories)}],
                "unknown": 0,
            }
        ],
        "method": ["How it was made."],
        "counts": [{"name": "Documents", "count": 3, "of": ""}, {"name": "Articles", "count": 2, "of": "documents"}],
        "inputs": [{"name": "feed.xml", "documents": 3, "articles": 2}],
        "problems": [],
        "columns": [
            {"key": "title", "label": "Tiêu đề", "numeric": False},
            {"key": "url", "label": "Địa chỉ", "numeric": False},
            {"key": "relevant", "label": "Về nước ta", "numeric": False},
            {"key": "country", "label": "Mã nước", "numeric": False},
        ],
        "articles": [],
        "rejections": [],
    }
    return plain | changes


def make_article(title="A title", url="https://paper.example/1", **changes):
    cells = {"title": title, "url": url, "relevant": True, "country": "FR"}
    return {"cells": cells | changes, "link": url}


# What is read back ----------------------------------------------------------------------------------------------------

_FACTS = re.compile(r"([\d.]+) (?:tin, bài|item)")


def read_page(path):
    """``(number, (title, items))`` of each story in the order of the page."""
    found = []
    for story in html.parse(path).iterfind(".//article[@class='story']"):
        rank = int(story.findtext(".//p[@class='rank']"))
        title = story.find(".//h3").text_content().strip()
        found.append((rank, (title, _items(story.find(".//p[@class='facts']").text_content()))))
    return found


def _items(facts):
    return int(_FACTS.search(facts)[1].replace(".", ""))


def _headed(text):
    number, _, title = text.partition(". ")
    return int(number), title


def read_docx(path):
    """The same, from the headings and the line of facts under each."""
    found, heading = [], None
    for paragraph in Document(path if hasattr(path, "read") else str(path)).paragraphs:
        if paragraph.style.style_id == "Heading2":
            heading = _headed(paragraph.text)
        elif heading and paragraph.style.style_id == "PaperSmall":
            found.append((heading[0], (heading[1], _items(paragraph.text))))
            heading = None
    return found


def read_pdf(path):
    """The same, from the outline that readers jump by, and the lines of facts in the order of the pages."""
    reader = pypdf.PdfReader(path)
    titles = [_headed(_bare(entry.title)) for part in reader.outline if isinstance(part, list) for entry in part]
    text = "\n".join(page.extract_text() for page in reader.pages)
    facts = [int(found) for found in re.findall(r"^(\d+) (?:tin, bài|items?) · ", text, re.MULTILINE)]
    return [(number, (title, items)) for (number, title), items in zip(titles, facts, strict=True)]


def _bare(text):
    return re.sub("[\u2066-\u2069]", "", text)


def read_xlsx(path):
    """``stories`` as ``(number, title, items)``, ``articles`` as ``id`` and ``relevant``, in the order of the rows."""
    book = openpyxl.load_workbook(path, read_only=True)
    articles, stories = book.worksheets[:2]
    heads, *rows = articles.iter_rows(values_only=True)
    at = {name: heads.index(label) for name, label in (("id", "Mã định danh"), ("relevant", "Về nước quan tâm"))}
    _heads, *told = stories.iter_rows(values_only=True)
    return {
        "articles": [{"id": row[at["id"]], "relevant": row[at["relevant"]] == "Có"} for row in rows],
        "stories": [(row[0], row[3], row[8]) for row in told],
    }


def sheet_names(path):
    return openpyxl.load_workbook(path, read_only=True).sheetnames


def docx_part(path, name):
    with zipfile.ZipFile(path) as package:
        return package.read(name).decode()


def pdf_pages(path):
    return [page.extract_text() for page in pypdf.PdfReader(path).pages]


def pdf_links(path):
    """Every address that the paper leads to."""
    found = set()
    for page in pypdf.PdfReader(path).pages:
        for annotation in page.get("/Annots", ()):
            action = annotation.get_object().get("/A", {})
            if action.get("/S") == "/URI":
                found.add(action["/URI"])
    return found


def make_world():
    """A story in each script, its title in its footnote too."""
    stories = []
    for number, (lang, direction, text) in enumerate(SCRIPTS.values(), start=1):
        title = foreign(text, lang, direction)
        stories.append(make_story(number, title=title, gist=title, sources=[make_source(title=title)]))
    return make_plain(*stories)
