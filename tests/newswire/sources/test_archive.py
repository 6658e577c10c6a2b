import contextlib
import gzip
import io
import random
import time
import tracemalloc

import pytest
from fastwarc.stream_io import Lz4Writer, ZstdWriter
from fastwarc.warc import ArchiveIterator
from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator as WarcioIterator

from nhipcau.newswire.records import Document, InputProblem, Rejection
from nhipcau.newswire.sources import archive, blocks
from nhipcau.newswire.sources.archive import read_archive
from tests.support.shared import shared_data


def record(number, *, kind="response", body=None, http="HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n", claimed=None):
    """A WARC record in bytes."""
    body = f"<html><p>page {number}</p></html>".encode() if body is None else body
    block = http.encode() + b"\r\n" + body
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Record-ID: <urn:uuid:{number}>\r\nWARC-Date: 2026-11-22T00:00:00Z\r\n"
        f"WARC-Target-URI: https://news.example/{number}\r\nContent-Type: application/http; msgtype=response\r\n"
        f"Content-Length: {claimed or len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def read(tmp_path, raw):
    path = tmp_path / "a.warc"
    path.write_bytes(raw)
    return list(read_archive(path, name="a.warc"))


def urls(items):
    return [int(item.url.rpartition("/")[2]) for item in items if isinstance(item, Document)]


def problems(items):
    return [item for item in items if isinstance(item, InputProblem)]


PACK = {"plain": b"".join, "gzip": lambda records: b"".join(map(gzip.compress, records))}
PACK["one gzip"] = lambda records: gzip.compress(PACK["plain"](records))


def in_frames(writer, records):
    """Each record in a frame of its own."""
    packed = io.BytesIO()
    with writer(packed) as file:
        for one in records:
            file.write(one)
            file.finish()
    return packed.getvalue()


@pytest.mark.parametrize("writer", [Lz4Writer, ZstdWriter])
def test_archives_packed_otherwise_are_read_and_mended(writer, tmp_path):
    records = [record(i, body=b"<html>" + random.Random(i).randbytes(3000)) for i in range(9)]
    assert urls(read(tmp_path, in_frames(writer, records))) == list(range(9))
    start, end = (len(in_frames(writer, records[:i])) for i in (4, 5))
    broken = bytearray(in_frames(writer, records))
    broken[start:end] = b"#" * (end - start)
    items = read(tmp_path, bytes(broken))
    assert urls(items) == [0, 1, 2, 3, 5, 6, 7, 8]
    assert len(problems(items)) == 1


@pytest.mark.parametrize("packing", PACK)
def test_html_responses_are_documents_in_their_order(packing, tmp_path):
    records = [
        record(0, kind="request", http="GET / HTTP/1.1\r\n", body=b""),
        record(1),
        record(2, http="HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n", body=b"\x89PNG" * 9_000),
        record(3, kind="metadata"),
        record(4, http="HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n"),
        record(5, kind="resource"),
        record(6, http="HTTP/1.1 200 OK\r\n"),
    ]
    items = read(tmp_path, PACK[packing](records))
    assert [(type(item), item.url) for item in items] == [
        (Document, "https://news.example/1"),
        (Rejection, "https://news.example/4"),
        (Document, "https://news.example/6"),
    ]
    assert items[0].body == b"<html><p>page 1</p></html>"
    assert items[0].origin.startswith("a.warc:")
    assert items[1].reason == "http_status"


@pytest.mark.parametrize("packing", ["plain", "gzip"])
def test_damage_in_the_middle_costs_only_its_record(packing, tmp_path):
    records = [record(i, body=b"<html>" + random.Random(i).randbytes(3000)) for i in range(20)]
    packed = [PACK[packing]([one]) for one in records]
    broken = bytearray(packed[7])
    broken[:120] = b"#" * 120
    items = read(tmp_path, b"".join([*packed[:7], bytes(broken), *packed[8:]]))
    assert urls(items) == [*range(7), *range(8, 20)]
    (problem,) = problems(items)
    assert problem.source == "a.warc"
    assert problem.offset == sum(map(len, packed[:6]))
    assert "Damaged places: 1." in problem.message
    assert items[-1] is problem


def test_damaged_gzip_member_gives_what_unpacks(tmp_path):
    body = b"<html><p>start</p>" + random.Random(1).randbytes(20_000)
    packed = [gzip.compress(record(i, body=body)) for i in range(3)]
    broken = bytearray(packed[1])
    broken[-2_000:-1_990] = bytes(10)
    items = read(tmp_path, packed[0] + bytes(broken) + packed[2])
    assert urls(items) == [0, 1, 2]
    assert items[1].body.startswith(b"<html><p>start</p>")
    assert problems(items)[0].offset == len(packed[0])


@pytest.mark.parametrize("packing", PACK)
def test_file_that_ends_early_gives_everything_before(packing, tmp_path):
    records = [record(i, body=b"<html>" + random.Random(i).randbytes(3000)) for i in range(6)]
    raw = PACK[packing](records)
    items = read(tmp_path, raw[: len(raw) - 1500])
    assert urls(items)[:5] == [0, 1, 2, 3, 4]
    assert len(problems(items)) == 1


@pytest.mark.parametrize("claimed", [-5, 5_000_000_000, 99999999999999999999, 700])
@pytest.mark.parametrize("packing", PACK)
def test_record_with_a_wrong_length_does_not_swallow_the_others(packing, claimed, tmp_path):
    records = [record(0), record(1, claimed=claimed), *(record(i) for i in range(2, 8))]
    items = read(tmp_path, PACK[packing](records))
    assert set(urls(items)) >= {0, *range(2, 8)}
    assert len(problems(items)) == 1


def test_junk_before_the_first_record_is_passed_over(tmp_path):
    items = read(tmp_path, b"some junk\n" * 50 + record(1) + record(2))
    assert urls(items) == [1, 2]
    assert problems(items)[0].offset == 0


def test_arc_file_packed_as_a_whole_is_read_like_one_packed_by_records(tmp_path):
    body = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html><p>one of three</p></html>"
    version = b"1 0 X\nURL IP-address Archive-date Content-type Archive-length\n"
    rows = [("filedesc://x.arc", "text/plain", version)]
    rows += [(f"https://a.example/{n}", "text/html", body) for n in range(3)]
    records = [
        f"{url} 192.0.2.1 20261122000000 {kind} {len(data)}\n".encode() + data + b"\n" for url, kind, data in rows
    ]
    path = tmp_path / "x.arc.gz"
    for packed in (b"".join(map(gzip.compress, records)), gzip.compress(b"".join(records))):
        path.write_bytes(packed)
        assert [item.url for item in read_archive(path, name="x")] == [f"https://a.example/{n}" for n in range(3)]
    path.write_bytes(gzip.compress(b"".join(records))[:-20])
    *pages, problem = read_archive(path, name="x")
    assert pages[0].url == "https://a.example/0"
    assert problem.message.startswith("The archive is damaged")


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        bytes(50_000),
        b"\x1f\x8b\x08" * 200_000,
        b"\x04\x22\x4d\x18" * 100_000,
        b"\x28\xb5\x2f\xfd" * 100_000,
        b"\nWARC/1.0\r\n" * 100_000,
        b"WARC/1.0\r\n" + b"X: y\r\n" * 200_000,
        b"http://a/ 1.1.1.1 20140216050221 text/html 5\n" * 5_000,
        gzip.compress(bytes(20_000_000)),
    ],
)
def test_file_that_is_no_archive_ends_in_one_problem_and_soon(raw, tmp_path):
    began = time.monotonic()
    items = read(tmp_path, raw)
    assert time.monotonic() - began < 10
    assert len(problems(items)) <= 1
    assert items


def test_page_over_the_size_is_rejected_and_the_next_one_read(tmp_path, monkeypatch):
    monkeypatch.setattr(blocks, "MAX_BLOCK", 50_000)
    items = read(tmp_path, record(1, body=b"<html>" + b"x" * 90_000) + record(2))
    assert [(type(item), getattr(item, "reason", "")) for item in items] == [(Rejection, "unreadable"), (Document, "")]


def test_resource_that_is_html_is_a_document(tmp_path):
    block = b"<html><p>saved</p></html>"
    head = (
        f"WARC/1.1\r\nWARC-Type: resource\r\nWARC-Record-ID: <urn:uuid:1>\r\nWARC-Date: 2026-11-22T07:00:00Z\r\n"
        f"WARC-Target-URI: https://news.example/1\r\nContent-Type: text/html; charset=utf-8\r\n"
        f"Content-Length: {len(block)}\r\n\r\n"
    )
    (page,) = read(tmp_path, head.encode() + block + b"\r\n\r\n")
    assert (page.url, page.body) == ("https://news.example/1", block)
    assert page.headers == {"content-type": "text/html; charset=utf-8", "date": "Sun, 22 Nov 2026 07:00:00 GMT"}


def test_panic_of_the_library_is_damage_like_any_other(tmp_path, monkeypatch):
    panic = type("PanicException", (BaseException,), {"__module__": "pyo3_runtime"})

    class Panicking:
        """As fastwarc is with some wrong checksums of lz4: what it raises is no exception that is commonly caught."""

        def __init__(self, stream, **_):
            self.records = iter(ArchiveIterator(stream, parse_http=False))

        def __iter__(self):
            return self

        def __next__(self):
            found = next(self.records)
            if found.headers["WARC-Target-URI"].endswith("/1"):
                raise panic
            return found

    monkeypatch.setattr(blocks, "ArchiveIterator", Panicking)
    items = read(tmp_path, PACK["gzip"](record(i) for i in range(3)))
    assert urls(items) == [0, 2]
    assert len(problems(items)) == 1


def test_nobody_is_kept_from_stopping(tmp_path, monkeypatch):
    def stop(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr(blocks, "_warc_block", stop)
    monkeypatch.setattr(blocks, "ArchiveIterator", stop)
    with pytest.raises(KeyboardInterrupt):
        read(tmp_path, record(1))


def test_damage_that_ends_a_packed_file_is_named(tmp_path):
    packed = in_frames(Lz4Writer, [record(1), record(2)])
    second = packed.index(b"\x04\x22\x4d\x18", 1)
    items = read(tmp_path, packed[:second] + b"\x04\x22\x4d\x18" + bytes(40))
    assert urls(items) == [1]
    assert len(problems(items)) == 1


def test_arc_file_with_a_damaged_first_line_is_read(tmp_path):
    body = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html><p>one</p></html>"
    version = b"1 0 X\nURL IP-address Archive-date Content-type Archive-length\n"
    raw = f"filedesc://x\x01 y 192.0.2.1 2026 text/plain {len(version)}\n".encode() + version + b"\n"
    raw += f"https://a.example/1 192.0.2.1 x1122000000 text/html {len(body)}\n".encode() + body + b"\n"
    assert any(isinstance(item, Document) and item.url == "https://a.example/1" for item in read(tmp_path, raw))


def test_memory_does_not_grow_with_the_archive(tmp_path):
    path = tmp_path / "a.warc.gz"
    with path.open("wb") as file:
        for i in range(400):
            file.write(gzip.compress(record(i, body=b"<html>" + random.Random(i).randbytes(50_000)), 1))
    tracemalloc.start()
    assert sum(1 for _ in read_archive(path, name="a")) == 400
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert path.stat().st_size > 20_000_000
    assert peak < 5_000_000


def test_nothing_is_written_to_the_error_stream(tmp_path, capfd):
    folder = shared_data("warc/warcio")
    for path in sorted(folder.iterdir()):
        list(read_archive(path, name=path.name))
    assert capfd.readouterr() == ("", "")


@settings(max_examples=60)
@given(
    st.sampled_from(sorted(PACK)),
    st.lists(st.tuples(st.integers(0, 3000), st.integers(0, 200), st.binary(max_size=30)), max_size=4),
)
def test_mutated_archives_never_raise(tmp_path_factory, packing, edits):
    raw = bytearray(PACK[packing]([record(i) for i in range(8)]))
    for start, length, new in edits:
        raw[start : start + length] = new
    path = tmp_path_factory.getbasetemp() / "mutated"
    path.write_bytes(bytes(raw))
    items = list(read_archive(path, name="mutated"))
    assert len(problems(items)) <= 1


# For each file: records fastwarc reads, records warcio reads, documents, rejections, whether it is damaged.
EXPECTED = {
    "block-sized-records.warc": (3, 3, 0, 0, False),
    "block-sized-records.warc.gz": (3, 3, 0, 0, False),
    "block-sized-records.warc.lz4": (3, 0, 0, 0, False),
    "clipped.warc.gz": (1, 1, 1, 0, True),
    "clueweb-quirk.warc.gz": (30, 30, 29, 0, False),
    "warcfile.warc": (50, 50, 16, 0, False),
    "warcfile.warc.gz": (50, 50, 16, 0, False),
    "warcfile.warc.lz4": (50, 0, 16, 0, False),
    "bad.arc": (0, 4, 2, 0, False),
    "example-bad-non-chunked.warc.gz": (6, 1, 2, 0, False),
    "example-bad.warc.gz.bad": (6, 1, 2, 1, False),
    "example-digest.warc": (4, 4, 0, 0, False),
    "example-iana.org-chunked.warc": (3, 3, 1, 0, False),
    "example-resource.warc.gz": (3, 3, 1, 0, False),
    "example-space-in-target-uri.warc.gz": (2, 2, 0, 0, False),
    "example-space-in-url.arc": (0, 2, 1, 0, True),
    "example-trunc.warc": (3, 4, 1, 0, True),
    "example-wget-bad-target-uri.warc.gz": (6, 6, 1, 0, False),
    "example-wrong-chunks.warc.gz": (2, 1, 1, 0, False),
    "example.arc": (0, 2, 1, 0, False),
    "example.arc.gz": (0, 2, 1, 0, False),
    "example.warc": (6, 6, 2, 0, False),
    "example.warc.gz": (6, 6, 2, 0, False),
    "post-test.warc.gz": (6, 6, 0, 0, False),
}


def counted(records):
    """How many records come before the reader fails."""
    count = 0
    with contextlib.suppress(Exception), contextlib.redirect_stderr(io.StringIO()):
        for _ in records:
            count += 1
    return count


def test_shared_archives_give_every_record_that_either_library_reads():
    found, ours = {}, {}
    for path in sorted(p for p in shared_data("warc").rglob("*") if p.is_file()):
        with path.open("rb") as one, path.open("rb") as two, path.open("rb") as three:
            quick = counted(ArchiveIterator(one, parse_http=False))
            second = counted(WarcioIterator(two, no_record_parse=True))
            ours[path.name] = counted(archive._blocks(three, archive._Damages()))
        items = list(read_archive(path, name=path.name))
        kinds = [sum(isinstance(item, kind) for item in items) for kind in (Document, Rejection, InputProblem)]
        found[path.name] = (quick, second, kinds[0], kinds[1], bool(kinds[2]))
    assert found == EXPECTED
    assert ours == {name: max(quick, second) for name, (quick, second, *_) in EXPECTED.items()}


def test_chunked_and_packed_page_of_a_real_archive_is_whole():
    path = shared_data("warc/warcio/example-iana.org-chunked.warc")
    (page,) = read_archive(path, name="a")
    assert page.url == "http://www.iana.org/"
    assert page.body.startswith(b"<!doctype html>")
    assert page.body.rstrip().endswith(b"</html>")
    assert b"\r\n1ff8\r\n" not in page.body
