import gzip
import random
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nhipcau.newswire.records import Document, InputProblem
from nhipcau.newswire.sources import open_input, revisits
from nhipcau.newswire.sources.archive import read_archive
from tests.support.shared import shared_data

PAGE = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html><p>the page</p></html>"
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"


def record(kind, url, block=PAGE, day="22", **named):
    """A WARC record in bytes; ``named`` are further headers, without ``WARC-``."""
    headers = {
        "WARC-Type": kind,
        "WARC-Target-URI": url,
        "WARC-Date": f"2026-11-{day}T00:00:00Z",
        "Content-Type": "application/http; msgtype=response",
        **{f"WARC-{name.replace('_', '-')}": value for name, value in named.items()},
        "Content-Length": str(len(block)),
    }
    lines = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return f"WARC/1.1\r\n{lines}\r\n".encode() + block + b"\r\n\r\n"


ORIGINAL = record("response", "https://news.example/1", Record_ID="<urn:uuid:1>", Payload_Digest="sha1:AAAA")
WAYS = {
    "identifier": {"Refers_To": "<urn:uuid:1>"},
    "digest": {"Payload_Digest": "sha1:AAAA"},
    "address and time": {
        "Refers_To_Target_URI": "https://news.example/1",
        "Refers_To_Date": "2026-11-22T00:00:00Z",
    },
}
WRONG = {
    "another identifier": {"Refers_To": "<urn:uuid:2>"},
    "another digest": {"Payload_Digest": "sha1:BBBB", "Refers_To": "<urn:uuid:1>"},
    "another time": {"Refers_To_Target_URI": "https://news.example/1", "Refers_To_Date": "2026-11-21T00:00:00Z"},
    "nothing": {},
}


def again(url="https://news.example/1", block=HEAD, **named):
    return record("revisit", url, block, day="24", **named)


def read(tmp_path, *records):
    path = tmp_path / "a.warc.gz"
    path.write_bytes(b"".join(map(gzip.compress, records)))
    return list(read_archive(path, name="a.warc.gz"))


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("later", [False, True])
def test_a_record_that_repeats_a_page_gives_that_page_at_its_own_address(way, later, tmp_path):
    records = [ORIGINAL, again("https://news.example/again", **WAYS[way])]
    items = read(tmp_path, *(reversed(records) if later else records))
    assert [item.url for item in items] == ["https://news.example/1", "https://news.example/again"]
    assert items[1].body == items[0].body == b"<html><p>the page</p></html>"
    assert items[1].origin == f"a.warc.gz:{0 if later else len(gzip.compress(records[0]))}"
    assert items[1].headers["date"] == "Tue, 24 Nov 2026 00:00:00 GMT"


@pytest.mark.parametrize("way", WRONG)
def test_what_is_repeated_and_not_there_is_counted_and_named(way, tmp_path):
    records = [again(f"https://me:secret@news.example/{n}", **WRONG[way]) for n in (7, 8)]
    page, problem = read(tmp_path, ORIGINAL, *records)
    assert page.url == "https://news.example/1"
    assert problem == InputProblem(source="a.warc.gz", message=problem.message)
    assert problem.message == (
        "Pages that the archive says are the same as earlier ones, which were not found: 2. The first: "
        "https://news.example/7"
    )


def test_what_says_of_itself_that_it_is_no_page_is_not_looked_for(tmp_path):
    picture = b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n"
    assert len(read(tmp_path, ORIGINAL, again(block=picture, Refers_To="<urn:uuid:9>"))) == 1


def test_one_page_may_be_repeated_many_times(tmp_path):
    items = read(tmp_path, ORIGINAL, *(again(**WAYS["digest"], Refers_To="<urn:uuid:1>") for _ in range(5)))
    assert [type(item) for item in items] == [Document] * 6


def test_the_original_may_stand_in_another_archive_of_the_folder(tmp_path):
    (tmp_path / "1.warc").write_bytes(again("https://news.example/again", **WAYS["digest"]))
    (tmp_path / "2.warc").write_bytes(ORIGINAL + again("https://news.example/lost", Refers_To="<urn:uuid:3>"))
    first, second, problem = open_input(tmp_path)
    assert [(first.url, first.origin), (second.url, second.origin)] == [
        ("https://news.example/1", f"{tmp_path.name}/2.warc:0"),
        ("https://news.example/again", f"{tmp_path.name}/1.warc:0"),
    ]
    assert problem.source == f"{tmp_path.name}/2.warc"
    assert "not found: 1" in problem.message


def test_no_more_wait_than_there_is_room_for(monkeypatch, tmp_path):
    monkeypatch.setattr(revisits, "MAX_WAITING", 2)
    items = read(tmp_path, ORIGINAL, *(again(f"https://news.example/{n}", **WAYS["digest"]) for n in range(2, 6)))
    assert [item.url for item in items if isinstance(item, Document)] == [
        f"https://news.example/{n}" for n in (1, 2, 3)
    ]
    assert "not found: 2. The first: https://news.example/4" in items[-1].message


def test_the_page_of_a_real_archive_that_was_fetched_twice_is_read_twice():
    items = list(read_archive(shared_data("warc/warcio/example.warc.gz"), name="a"))
    assert [item.url for item in items] == ["http://example.com/", "http://example.com/"]
    assert items[0].body == items[1].body


NAMES = st.sampled_from(["<urn:uuid:1>", "<urn:uuid:2>", ""])
DIGESTS = st.sampled_from(["sha1:AAAA", "sha1:BBBB", ""])
DAYS = st.sampled_from(["21", "22"])


@settings(max_examples=80)
@given(st.lists(st.tuples(st.booleans(), NAMES, DIGESTS, DAYS), max_size=9))
def test_every_record_that_repeats_a_page_gives_one_or_is_counted(tmp_path_factory, rows):
    records = []
    for number, (is_original, name, digest, day) in enumerate(rows):
        named = {"Payload_Digest": digest} if digest else {}
        if is_original:
            named |= {"Record_ID": name or f"<urn:uuid:own-{number}>"}
            records.append(record("response", f"https://news.example/{number}", day=day, **named))
        else:
            named |= {"Refers_To": name} if name else {}
            named |= {"Refers_To_Target_URI": "https://news.example/0", "Refers_To_Date": f"2026-11-{day}T00:00:00Z"}
            records.append(again(f"https://news.example/{number}", **named))
    path = tmp_path_factory.getbasetemp() / "revisits.warc"
    path.write_bytes(b"".join(records))
    items = list(read_archive(path, name="a"))
    pages = [item.url for item in items if isinstance(item, Document)]
    said = [str(item.message) for item in items if isinstance(item, InputProblem) and "no record" not in item.message]
    lost = [int(re.search(r"not found: (\d+)", message)[1]) for message in said]
    assert len(pages) == len(set(pages))
    assert len(pages) + sum(lost) == len(rows)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(6))
def test_real_archives_bent_anywhere_never_raise(seed, tmp_path):
    """Every sample with bytes changed, cut out and doubled; what is said of it is damage, and what was not found."""
    chosen = random.Random(seed)
    for path in sorted(one for one in shared_data("warc").rglob("*") if one.is_file()):
        raw = bytearray(path.read_bytes())
        for _ in range(chosen.randint(1, 6)):
            at, size = chosen.randrange(len(raw)), chosen.choice((1, 4, 64, 4096))
            raw[at : at + size] = chosen.choice(
                (b"", chosen.randbytes(size), bytes(raw[at : at + size]) * 2, b"\0" * size)
            )
        bent = tmp_path / path.name
        bent.write_bytes(bytes(raw))
        items = list(read_archive(bent, name="bent"))
        assert sum(isinstance(item, InputProblem) for item in items) <= 2
