import pytest

from nhipcau.newswire.language import unpacked

TEXT = "Wasiirka arrimaha dibadda ayaa Talaadadii la kulmay wafdi"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setattr(unpacked, "FOLDER", tmp_path / "unpacked")
    return tmp_path / "unpacked"


def test_the_model_says_the_same_unpacked_as_packed(folder):
    packed = unpacked.model()
    unpacked.unpack()
    mapped = unpacked.model()

    assert mapped.rank(TEXT) == packed.rank(TEXT)
    assert mapped.nb_ptc.flags.writeable is False


def test_a_model_unpacked_of_another_package_is_not_read(folder, monkeypatch):
    unpacked.unpack()
    assert unpacked._mapped() is not None

    monkeypatch.setattr(unpacked, "_source", lambda: "another")

    assert unpacked._mapped() is None
    unpacked.unpack()
    assert [one.name for one in folder.iterdir()] == ["another"]


def test_a_model_cut_off_is_not_read(folder):
    unpacked.unpack()
    file = next(folder.rglob("steps.npy"))
    file.write_bytes(file.read_bytes()[:-10])

    assert unpacked._mapped() is None
    assert unpacked.model().rank(TEXT)[0][0] == "so"
