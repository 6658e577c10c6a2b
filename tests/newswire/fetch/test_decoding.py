import contextlib
import functools
import gzip
import random
import tracemalloc
import zlib

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from nhipcau.newswire.fetch.decoding import PIECE, CutShortError, DecodingError, OverLimitError, decoded

TEXT = "Nhịp cầu nối những bờ vui. ".encode() * 400


def raw_deflate(data):
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush()


PACK = {
    "gzip": gzip.compress,
    "x-gzip": gzip.compress,
    "deflate": zlib.compress,
    "br": functools.partial(brotli.compress, quality=4),
}


def in_chunks(data, size):
    return [data[i : i + size] for i in range(0, len(data), size)]


def unpacked(data, encoding, *, size=1000, limit=10_000_000):
    return b"".join(decoded(in_chunks(data, size), encoding, limit=limit))


@pytest.mark.parametrize("size", [1, 2, 7, 100_000])
@pytest.mark.parametrize("encoding", PACK)
def test_encoding_is_undone_in_chunks_of_any_size(encoding, size):
    assert unpacked(PACK[encoding](TEXT), encoding, size=size) == TEXT


@pytest.mark.parametrize("size", [1, 100_000])
def test_bare_deflate_is_undone(size):
    assert unpacked(raw_deflate(TEXT), "deflate", size=size) == TEXT


def test_layers_are_undone_from_the_last_to_the_first():
    assert unpacked(brotli.compress(gzip.compress(TEXT)), "gzip, br") == TEXT


def test_gzip_in_several_members_is_one_text():
    assert unpacked(gzip.compress(b"one ") + gzip.compress(b"two"), "gzip") == b"one two"


def test_what_follows_the_packed_data_is_left_out():
    assert unpacked(gzip.compress(TEXT) + b"trailing", "gzip") == TEXT


@pytest.mark.parametrize("encoding", ["", "identity", "none", "utf-8", "gzip"])
def test_plain_data_pass_unchanged(encoding):
    assert unpacked(b"<p>plain</p>", encoding) == b"<p>plain</p>"


@given(st.binary(max_size=300), st.sampled_from(sorted(PACK)), st.integers(1, 50))
def test_any_bytes_unpack_or_raise_a_named_error(data, encoding, size):
    with contextlib.suppress(DecodingError):
        unpacked(data, encoding, size=size)


@given(st.binary(max_size=2000), st.sampled_from(sorted(PACK)), st.integers(1, 99))
def test_packed_bytes_come_back(data, encoding, size):
    assert unpacked(PACK[encoding](data), encoding, size=size) == data


@pytest.mark.parametrize("encoding", PACK)
def test_data_cut_short_give_what_is_there_and_say_so(encoding):
    whole = random.Random(0).randbytes(300_000)
    pieces = []
    with pytest.raises(CutShortError):
        pieces.extend(decoded(in_chunks(PACK[encoding](whole)[:-100], 100), encoding, limit=10_000_000))
    there = b"".join(pieces)
    assert len(there) > 200_000
    assert whole.startswith(there)


@pytest.mark.parametrize("encoding", ["zstd", "compress", "gzip, gzip, gzip, gzip"])
def test_encoding_that_is_not_undone_is_refused(encoding):
    with pytest.raises(DecodingError):
        unpacked(b"data", encoding)


@pytest.mark.parametrize("encoding", PACK)
def test_bomb_is_stopped_on_the_way(encoding):
    bomb = PACK[encoding](bytes(50_000_000))
    assert len(bomb) < 60_000
    pieces = decoded([bomb], encoding, limit=1_000_000)
    tracemalloc.start()
    with pytest.raises(OverLimitError):
        assert all(len(piece) <= 2 * PIECE for piece in pieces)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 1_000_000


def test_bomb_in_a_bomb_is_stopped_on_the_way():
    bomb = gzip.compress(gzip.compress(bytes(50_000_000)))
    with pytest.raises(OverLimitError):
        unpacked(bomb, "gzip, gzip", limit=1_000_000)


def test_packed_data_without_an_end_are_stopped():
    def empty_blocks():
        yield gzip.compress(b"")[:10]
        while True:
            yield b"\x00\x00\x00\xff\xff" * 1000

    with pytest.raises(OverLimitError):
        list(decoded(empty_blocks(), "gzip", limit=1_000_000))
