import stat
from concurrent.futures import ThreadPoolExecutor

from nhipcau.config.secret import secret_key


def test_secret_key_is_made_once_and_for_its_owner_alone(tmp_path, monkeypatch):
    monkeypatch.delenv("NHIPCAU_SECRET_KEY", raising=False)
    home = tmp_path / "home"

    made = secret_key(home)

    assert len(made) > 60
    assert secret_key(home) == made
    assert stat.S_IMODE((home / "secret-key").stat().st_mode) == 0o600
    assert stat.S_IMODE(home.stat().st_mode) == 0o700
    assert [file.name for file in home.iterdir()] == ["secret-key"]


def test_secret_key_of_many_starts_at_once_is_one(tmp_path, monkeypatch):
    monkeypatch.delenv("NHIPCAU_SECRET_KEY", raising=False)

    with ThreadPoolExecutor(16) as pool:
        keys = list(pool.map(lambda _: secret_key(tmp_path), range(64)))

    assert len(set(keys)) == 1
    assert keys[0] != ""


def test_secret_key_given_by_the_operator_is_not_written(tmp_path, monkeypatch):
    monkeypatch.setenv("NHIPCAU_SECRET_KEY", "given")

    assert secret_key(tmp_path) == "given"
    assert list(tmp_path.iterdir()) == []
