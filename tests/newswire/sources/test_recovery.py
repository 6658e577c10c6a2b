"""Going through what a packed file unpacks to: a search that steps back must not unpack all of it again each time."""

import gzip
import io

from nhipcau.newswire.sources.recovery import Unpacked, next_record

MB = 1 << 20


def test_reading_again_from_where_it_was_gives_the_same_bytes():
    text = b"".join(b"%08d" % number for number in range(MB // 2))
    unpacked = Unpacked(io.BytesIO(gzip.compress(text)), 0)
    for offset, size in ((0, 100), (3 * MB, 50), (3 * MB - 8_192, MB), (10, 20), (len(text) - 5, 100)):
        assert unpacked.seek(offset) == offset
        assert unpacked.read(size) == text[offset : offset + size]
        assert unpacked.tell() == min(offset + size, len(text))


def test_search_through_a_bomb_unpacks_it_once(monkeypatch):
    opened = []
    original = Unpacked._open
    monkeypatch.setattr(Unpacked, "_open", lambda self: (opened.append(1), original(self)))
    unpacked = Unpacked(io.BytesIO(gzip.compress(bytes(40 * MB) + b"\nWARC/1.0\r\n")), 0)

    assert next_record(unpacked, 1) == 40 * MB + 1

    assert len(opened) == 1
