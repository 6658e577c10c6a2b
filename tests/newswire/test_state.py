import pytest

from nhipcau.newswire.state import StateError, present_rank, read_state, write_state


def _written(file, lines=((1, "một"), {"b": 2, "a": 1})):
    write_state(file, kind="test", version=2, header={"window": 3}, lines=list(lines))
    return file


def test_state_is_read_as_it_was_written(tmp_path):
    with read_state(_written(tmp_path / "state.gz"), kind="test", version=2) as (header, lines):
        assert header == {"kind": "test", "version": 2, "window": 3}
        assert list(lines) == [[1, "một"], {"a": 1, "b": 2}]


def test_same_state_gives_the_same_bytes_under_any_name(tmp_path):
    assert _written(tmp_path / "one.gz").read_bytes() == _written(tmp_path / "another name.gz").read_bytes()


def test_failed_write_leaves_the_old_state(tmp_path):
    file = _written(tmp_path / "state.gz")
    before = file.read_bytes()

    def lines():
        yield [1]
        raise OSError("no space left")

    with pytest.raises(OSError, match="no space"):
        write_state(file, kind="test", version=2, header={}, lines=lines())
    assert file.read_bytes() == before


def test_wrong_kind_and_wrong_version_are_told_apart(tmp_path):
    file = _written(tmp_path / "state.gz")
    with pytest.raises(StateError, match="did not write it"), read_state(file, kind="other", version=2):
        pass
    with pytest.raises(StateError, match="another version"), read_state(file, kind="test", version=3):
        pass


def test_line_of_another_shape_is_damage(tmp_path):
    with (
        pytest.raises(StateError, match="is damaged"),
        read_state(_written(tmp_path / "state.gz"), kind="test", version=2) as (_, lines),
    ):
        [first + second for first, second, third in lines]


def test_error_can_be_told_in_another_language(tmp_path):
    with pytest.raises(StateError) as caught, read_state(_written(tmp_path / "s.gz"), kind="x", version=2):
        pass
    told = caught.value.sentence.told(lambda template: "hỏng: {file}" if "{file} is damaged" in template else "")
    assert told == f"hỏng: {tmp_path / 's.gz'}"


@pytest.mark.parametrize(("count", "rank"), [(1, 0), (2, 0), (60, 58), (100, 98), (101, 99), (1000, 989)])
def test_present_leaves_out_one_in_a_hundred(count, rank):
    assert present_rank(count) == rank
