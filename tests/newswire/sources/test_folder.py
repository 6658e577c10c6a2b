import errno
import gzip
import json
import os

from nhipcau.newswire.records import Article, Document, InputProblem, Rejection
from nhipcau.newswire.sources import open_input
from tests.support.samples import RSS, TEXT, warc_record

PAGE = b"<!DOCTYPE html><html><p>hello</p>"


def fill(folder, **files):
    for name, content in files.items():
        path = folder / name.replace("__", "/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def test_folder_is_read_in_the_order_of_its_paths(tmp_path):
    folder = tmp_path / "morning"
    files = {
        "b/two.html": PAGE,
        "b-c/three.htm": PAGE,
        "a.xhtml.gz": gzip.compress(PAGE),
        "feed.xml": RSS,
        "pages.warc": warc_record(1) + warc_record(2),
        "table.jsonl": json.dumps({"id": "1", "text": TEXT}).encode(),
        "z.HTML": b"%PDF-1.4",
    }
    fill(folder, **files)
    items = list(open_input(folder))
    assert [item.origin for item in items] == [
        "morning/a.xhtml.gz",
        "morning/b/two.html",
        "morning/b-c/three.htm",
        "morning/feed.xml:1",
        "morning/feed.xml:2",
        "morning/pages.warc:0",
        items[6].origin,
        "morning/table.jsonl:1",
        "morning/z.HTML",
    ]
    assert [type(item) for item in items] == [Document] * 7 + [Article, Rejection]
    assert items[1].url == "file:b/two.html"
    assert items[0].body == PAGE
    assert items == list(open_input(str(folder)))


def test_what_is_not_read_is_named(tmp_path):
    folder = tmp_path / "morning"
    fill(
        folder,
        **{
            "list.opml": b"<opml/>",
            "map.xml": b"<urlset/>",
            "empty.warc": b"",
            "note.txt": b"words",
            "gold.json": b'{\n"a": 1}',
            "other.json": b'{"a": 1}',
            "style.css": b"p {}",
            ".hidden.html": PAGE,
            ".git__config.html": PAGE,
            "page.html": PAGE,
        },
    )
    items = list(open_input(folder))
    assert [item.url for item in items if isinstance(item, Document)] == ["file:page.html"]
    listed = "A list of addresses inside a folder is not followed; give it as an input of its own."
    assert [(item.source, item.message) for item in items if isinstance(item, InputProblem)] == [
        ("morning/empty.warc", "The file is empty."),
        ("morning/list.opml", listed),
        ("morning/map.xml", listed),
        ("morning", "Files of other kinds were left out: 4 (.css, .json, .txt)."),
    ]


def test_links_are_not_followed(tmp_path):
    folder, secret = tmp_path / "morning", tmp_path / "secret"
    fill(secret, **{"page.html": PAGE})
    fill(folder, **{"page.html": PAGE})
    (folder / "link.html").symlink_to(secret / "page.html")
    (folder / "loop").symlink_to(folder)
    (folder / "folder").symlink_to(secret)
    items = list(open_input(folder))
    assert [item.url for item in items if isinstance(item, Document)] == ["file:page.html"]
    assert [(item.source, item.message) for item in items if isinstance(item, InputProblem)] == [
        ("morning/folder", "A link is not followed."),
        ("morning/link.html", "A link is not followed."),
        ("morning/loop", "A link is not followed."),
    ]


def test_what_would_have_to_be_waited_for_is_named_and_not_opened(tmp_path):
    fill(tmp_path / "morning", **{"page.html": PAGE})
    os.mkfifo(tmp_path / "morning" / "pipe.html")
    page, problem = open_input(tmp_path / "morning")
    assert page.url == "file:page.html"
    assert (problem.source, problem.message) == ("morning/pipe.html", "It is neither a file nor a folder.")
    (alone,) = open_input(tmp_path / "morning" / "pipe.html")
    assert alone.message == "It is neither a file nor a folder."


def test_folder_that_may_not_be_opened_is_named(tmp_path, monkeypatch):
    fill(tmp_path / "morning", **{"a.html": PAGE, "closed__b.html": PAGE})
    scandir = os.scandir

    def guarded(path):
        if os.fspath(path).endswith("closed"):
            raise PermissionError(errno.EACCES, "Permission denied", os.fspath(path))
        return scandir(path)

    monkeypatch.setattr(os, "scandir", guarded)
    page, problem = open_input(tmp_path / "morning")
    assert page.url == "file:a.html"
    assert (problem.source, problem.message) == ("morning/closed", "It cannot be read: permission is missing")
    (alone,) = open_input(tmp_path / "morning" / "closed")
    assert (alone.source, alone.message) == ("closed", "It cannot be read: permission is missing")


def test_empty_folder_is_named(tmp_path):
    (problem,) = open_input(tmp_path)
    assert problem.message == "The folder holds nothing that can be read."


def test_empty_page_is_still_a_document(tmp_path):
    fill(tmp_path, **{"page.html": b""})
    (page,) = open_input(tmp_path)
    assert (page.url, page.body) == ("file:page.html", b"")


def test_one_bad_file_does_not_stop_the_others(tmp_path):
    fill(
        tmp_path,
        **{
            "a.html": PAGE,
            "b.warc.gz": b"\x1f\x8b\x08garbage",
            "c.rss": b"<rss><item>",
            "d.parquet": b"PAR1",
            "e.html": PAGE,
        },
    )
    items = list(open_input(tmp_path))
    assert [item.url for item in items if isinstance(item, Document)][0::2] == ["file:a.html", "file:e.html"]
    assert len([item for item in items if isinstance(item, InputProblem)]) == 3
