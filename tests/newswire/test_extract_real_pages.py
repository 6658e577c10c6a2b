"""Floors on samples of real pages, a little under what was measured on all of them."""

import gzip
import html
import json
import re
from collections import Counter
from datetime import UTC, datetime

import pytest

from nhipcau.newswire.extract import extract_article
from tests.support.shared import shared_data


def shingles(text):
    """Runs of four words, counted: the measure of the article extraction benchmark."""
    words = re.findall(r"\w+", text)
    return Counter(tuple(words[start : start + 4]) for start in range(max(0, len(words) - 3)))


def precision_and_recall(expected, found):
    expected, found = shingles(expected), shingles(found)
    common = sum((expected & found).values())
    return common / (sum(found.values()) or 1), common / (sum(expected.values()) or 1)


def mean(numbers):
    numbers = list(numbers)
    return sum(numbers) / len(numbers)


def test_main_text_of_the_extraction_benchmark():
    folder = shared_data("article-extraction")
    truth = json.loads((folder / "ground-truth.json").read_text(encoding="utf-8"))
    scores = []
    for name in sorted(truth)[::4]:
        page = gzip.decompress((folder / "html" / f"{name}.html.gz").read_bytes())
        found = extract_article(page, url=truth[name]["url"])
        scores.append(precision_and_recall(truth[name]["articleBody"], found.text if found else ""))

    precision, recall = mean(p for p, _ in scores), mean(r for _, r in scores)

    assert len(scores) == 32
    assert 2 * precision * recall / (precision + recall) >= 0.95


def newspaper_pages():
    """Each third page of the newspapers with its address and, where its gold file knows this page, the gold."""
    for folder in sorted(path for path in shared_data("news-pages").iterdir() if path.is_dir()):
        addresses = json.loads((folder / "meta.info").read_text(encoding="utf-8"))
        for file in sorted(folder.glob("*.html.gz"))[::3]:
            page = gzip.decompress(file.read_bytes())
            gold = json.loads((folder / f"{file.name.rsplit('_', 3)[0]}.json").read_text(encoding="utf-8"))
            shown = html.unescape(page.decode("utf-8", "replace"))
            known = [one for one in gold.values() if _opening(one) and _opening(one) in shown]
            if known and file.name in addresses:
                yield page, addresses[file.name]["url"], known[0]


def _opening(gold):
    paragraphs = [line for section in gold["body"]["sections"] for line in section["paragraphs"]]
    return paragraphs[0][:40] if paragraphs else ""


def test_metadata_of_newspapers():
    titles, days, languages = [], [], []
    for page, url, gold in newspaper_pages():
        found = extract_article(page, url=url)
        titles.append(found is not None and found.title.casefold() == " ".join(gold["title"].split()).casefold())
        if gold.get("publishing_date"):
            moment = datetime.fromisoformat(gold["publishing_date"])
            possible = {moment.date(), moment.astimezone(UTC).date() if moment.tzinfo else moment.date()}
            days.append(found is not None and found.published_at is not None and found.published_at.date() in possible)
        declared = re.search(rb"<html[^>]*\blang=[\"']?([a-z]{2})", page)
        if declared and found and declared[1] != b"en":
            languages.append(found.language.startswith({"nb": "no"}.get(declared[1].decode(), declared[1].decode())))

    assert len(titles) > 50
    assert mean(titles) >= 0.75
    assert mean(days) >= 0.94
    assert mean(languages) >= 0.97


@pytest.mark.parametrize("end", [".pl", "xinhuanet", "singapur-reiseinfo", "der-erfolg-gibt-recht"])
def test_main_text_of_pages_in_other_encodings(end):
    folder = shared_data("web-pages")
    pages = json.loads((folder / "evaldata.json").read_text(encoding="utf-8"))
    tried = 0
    for url, expected in pages.items():
        page = gzip.decompress((folder / "html" / f"{expected['file']}.gz").read_bytes())
        try:
            page.decode("utf-8")
        except UnicodeDecodeError:
            if end not in url:
                continue
            found = extract_article(page, url=url)
            assert all(segment in found.text for segment in expected["with"])
            assert "\ufffd" not in found.text
            tried += 1
    assert tried > 0
