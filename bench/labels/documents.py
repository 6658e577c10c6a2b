"""The documents that labels speak of, by an id that says where each lies: ``<part>:<where>``.

Parts of the data folder are ``parallel-news:<story>:<language>``, ``ecbplus:<id>``, ``unc:<file>``,
``news-pages:<country>/<page>``, ``web-pages:<file>``, ``feeds:<file>:<address of the entry>`` and ``wikiref:<file>``;
``newsroom:<outlet>/<slug>`` is an item of the project's own sample newsroom. Pages and entries are read by our
extraction; texts of the other parts stand as they are.
"""

from __future__ import annotations

import gzip
import json
import tarfile
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

from nhipcau.newswire import language
from nhipcau.newswire.extract import extract_document
from nhipcau.newswire.records import Article, Document, Outlet
from nhipcau.newswire.sources import open_input

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

NEWSROOM = Path(__file__).resolve().parents[2] / "src" / "nhipcau" / "config" / "newsroom" / "outlets"
#: Part of an id to the file or folder it needs inside the data folder.
PARTS = {
    "parallel-news": "stories/parallel-news.jsonl",
    "ecbplus": "stories/ecbplus.jsonl",
    "unc": "vietnamese/unc-news.tar.gz",
    "news-pages": "news-pages",
    "web-pages": "web-pages",
    "feeds": "feeds/live",
    "wikiref": "stories/wikiref",
}
_NOWHERE = Outlet(host="example.org", name="example.org")


def articles(data: Path, wanted: set[str] | None = None) -> Iterator[Article]:
    """The documents of every part that ``data`` has, or of ``wanted`` those that are there. An article's id is ours."""
    named = None if wanted is None else {one.partition(":")[0] for one in wanted}
    for part, reader in _READERS.items():
        if (named is None or part in named) and (part not in PARTS or (data / PARTS[part]).exists()):
            yield from reader(data, wanted)


def _text(key: str, code: str, title: str, text: str) -> Article:
    return Article(id=key, url="", canonical_url="", outlet=_NOWHERE, title=title, text=text, language=code)


def _parallel(data: Path, wanted: set[str] | None) -> Iterator[Article]:
    for line in (data / PARTS["parallel-news"]).open(encoding="utf-8"):
        row = json.loads(line)
        key = f"parallel-news:{row['story']}:{row['lang']}"
        if wanted is None or key in wanted:
            yield _text(key, row["lang"], row["title"], _without_first_line(row["text"], row["title"]))


def _without_first_line(text: str, title: str) -> str:
    """The text without the title on top of it, which would be told twice."""
    first, _, rest = text.partition("\n")
    return rest if rest and first.strip() == title.strip() else text


def _ecbplus(data: Path, wanted: set[str] | None) -> Iterator[Article]:
    for line in (data / PARTS["ecbplus"]).open(encoding="utf-8"):
        row = json.loads(line)
        key = f"ecbplus:{row['id']}"
        if wanted is None or key in wanted:
            yield _text(key, row["lang"], "", row["text"])


def _unc(data: Path, wanted: set[str] | None) -> Iterator[Article]:
    with tarfile.open(data / PARTS["unc"]) as archive:
        for member in archive:
            key = f"unc:{Path(member.name).stem}"
            content = archive.extractfile(member) if member.name.endswith(".txt") else None
            if content is not None and (wanted is None or key in wanted):
                lines = content.read().decode("utf-8", "replace").splitlines()
                yield _text(key, "vi", "", "\n".join(line for line in lines if not line.startswith("# ")))


def _news_pages(data: Path, wanted: set[str] | None) -> Iterator[Article]:
    for path in sorted((data / PARTS["news-pages"]).glob("*/*.html.gz")):
        key = f"news-pages:{path.parent.name}/{path.name.removesuffix('.html.gz')}"
        if wanted is None or key in wanted:
            listed = json.loads((path.parent / "meta.info").read_text(encoding="utf-8"))
            url = listed.get(path.name, {}).get("url", f"file:{path.name}")
            yield from _extracted(key, url, gzip.decompress(path.read_bytes()))


def _web_pages(data: Path, wanted: set[str] | None) -> Iterator[Article]:
    folder = data / PARTS["web-pages"]
    for url, row in json.loads((folder / "evaldata.json").read_text(encoding="utf-8")).items():
        key = f"web-pages:{row['file']}"
        found = sorted(folder.glob(f"**/{glob_safe(row['file'])}*")) if wanted is None or key in wanted else []
        for path in found[:1]:
            raw = path.read_bytes()
            yield from _extracted(key, url, gzip.decompress(raw) if path.suffix == ".gz" else raw)


def glob_safe(name: str) -> str:
    """A file's name as a pattern that finds it."""
    return name.replace("[", "[[]")


def _feeds(data: Path, wanted: set[str] | None) -> Iterator[Article]:
    files = {one.split(":", 2)[1] for one in wanted or () if one.startswith("feeds:")}
    for path in sorted((data / PARTS["feeds"]).iterdir()):
        for item in open_input(path) if wanted is None or path.name in files else ():
            if isinstance(item, Document):
                key = f"feeds:{path.name}:{item.url}"
                if wanted is None or key in wanted:
                    yield from _extracted(key, item.url, item)


def _extracted(key: str, url: str, source: bytes | Document) -> Iterator[Article]:
    found = extract_document(source if isinstance(source, Document) else Document(url=url, body=source))
    if isinstance(found, Article):
        yield found.replace(id=key)


def _wikiref(data: Path, wanted: set[str] | None) -> Iterator[Article]:
    for path in sorted((data / PARTS["wikiref"] / "WikiRef220").glob("*.txt")):
        key = f"wikiref:{path.name}"
        if wanted is None or key in wanted:
            yield _text(key, "en", "", path.read_text(encoding="cp1252", errors="replace"))


def _newsroom(_: Path, wanted: set[str] | None) -> Iterator[Article]:
    for path in sorted(NEWSROOM.glob("*.toml")):
        outlet = tomllib.loads(path.read_text(encoding="utf-8"))
        for item in outlet["items"]:
            key = f"newsroom:{path.stem}/{item['slug']}"
            if "text" in item and (wanted is None or key in wanted):
                text = item["text"].strip()
                yield _text(key, language.identify(text, declared=outlet["language"]).code, item["title"], text)


_READERS: dict[str, Callable[[Path, set[str] | None], Iterator[Article]]] = {
    "parallel-news": _parallel,
    "ecbplus": _ecbplus,
    "unc": _unc,
    "news-pages": _news_pages,
    "web-pages": _web_pages,
    "feeds": _feeds,
    "wikiref": _wikiref,
    "newsroom": _newsroom,
}
