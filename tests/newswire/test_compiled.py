import pytest

from nhipcau.newswire.gazetteer import compiled, own_table
from nhipcau.newswire.gazetteer.cities import city_table
from nhipcau.newswire.gazetteer.cldr import cldr_tables
from nhipcau.newswire.gazetteer.countries import country_table
from nhipcau.newswire.gazetteer.topics import cue_table


@pytest.fixture
def file(tmp_path, monkeypatch):
    path = tmp_path / "compiled.bin"
    monkeypatch.setattr(compiled, "FILE", path)
    compiled._opened.cache_clear()
    yield path
    compiled._opened.cache_clear()


def not_asked():
    raise AssertionError("the list was made again")


@pytest.mark.parametrize(
    "made",
    [own_table(), city_table("hangul"), cldr_tables("de"), country_table("cs"), cue_table("vi")],
    ids=["own", "cities", "cldr", "countries", "cues"],
)
def test_a_list_is_read_as_it_was_made(file, made):
    compiled.write({"another": [1], "list": made, "last": [2]})

    assert compiled.kept("list", not_asked) == made
    assert compiled.kept("last", not_asked) == [2]


def test_a_list_that_was_not_kept_is_made(file):
    compiled.write({"another": [1]})

    assert compiled.kept("list", lambda: [2]) == [2]


def test_without_the_file_every_list_is_made(file):
    assert not compiled.is_fresh()
    assert compiled.kept("list", lambda: [2]) == [2]


def test_a_file_made_of_other_data_is_not_read(file, monkeypatch):
    compiled.write({"list": [1]})
    assert compiled.is_fresh()
    compiled._opened.cache_clear()

    monkeypatch.setattr(compiled, "stamp", lambda: b"x" * 32)

    assert not compiled.is_fresh()
    assert compiled.kept("list", lambda: [2]) == [2]


@pytest.mark.parametrize("cut", [1, 32, 37, 10_000])
def test_a_file_cut_off_is_not_read(file, cut):
    compiled.write({"list": [1]})
    file.write_bytes(file.read_bytes()[:-cut])

    assert compiled.kept("list", lambda: [2]) == [2]


def test_the_stamp_changes_with_the_data(tmp_path, monkeypatch):
    table = tmp_path / "a.tsv"
    table.write_text("a\tb\n", encoding="utf-8")
    monkeypatch.setattr(compiled, "_made_of", lambda: [table])
    before = compiled.stamp.__wrapped__()

    table.write_text("a\tc\n", encoding="utf-8")

    assert compiled.stamp.__wrapped__() != before
