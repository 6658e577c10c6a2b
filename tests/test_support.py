"""What the tests themselves stand on."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from tests.support import postgres

ROOT = Path(__file__).resolve().parents[1]


@pytest.mark.django_db
@pytest.mark.both_databases
def test_tests_run_on_the_database_asked_for(request):
    vendor = {"sqlite": "sqlite", "postgres": "postgresql"}[request.config.getoption("database")]
    assert connection.vendor == vendor


@pytest.fixture
def cluster(missing, monkeypatch, tmp_path):
    try:
        postgres._programs()
    except postgres.UnavailableError as error:
        missing(str(error), "REQUIRE_POSTGRES")
    monkeypatch.setattr(postgres, "NOTE", tmp_path / "note")
    yield postgres.start()
    postgres.stop()


@pytest.mark.long
def test_cluster_answers_until_it_is_stopped_and_leaves_nothing(cluster):
    import psycopg

    with psycopg.connect(cluster) as session:
        (folder,) = session.execute("SHOW data_directory").fetchone()
        assert session.execute("SHOW server_encoding").fetchone() == ("UTF8",)
        assert session.execute("SHOW listen_addresses").fetchone() == ("127.0.0.1",)
    assert Path(folder).exists()

    postgres.stop()

    assert not Path(folder).parent.exists()
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(cluster)


def test_machine_without_postgres_says_how_to_get_it(monkeypatch):
    monkeypatch.setattr(postgres.Path, "glob", lambda self, pattern: [])
    monkeypatch.setattr(postgres.shutil, "which", lambda name: None)
    with pytest.raises(postgres.UnavailableError, match="apt install postgresql"):
        postgres.start()


@pytest.mark.parametrize(("required", "outcome"), [("", "skipped"), ("1", "failed")])
def test_what_is_missing_skips_or_fails_as_required(monkeypatch, missing, required, outcome):
    monkeypatch.setenv("REQUIRE_BROWSER", required)
    kind = {"skipped": pytest.skip.Exception, "failed": pytest.fail.Exception}[outcome]
    with pytest.raises(kind, match="no browser here"):
        missing("no browser here", "REQUIRE_BROWSER")


@pytest.mark.long
@pytest.mark.parametrize(("required", "code", "said"), [("", 0, "1 skipped"), ("1", 1, "apt install postgresql")])
def test_run_without_postgres_skips_or_fails_as_required(tmp_path, required, code, said):
    test = "tests/test_support.py::test_tests_run_on_the_database_asked_for"
    program = (
        "import sys, pathlib, shutil, pytest;"
        "pathlib.Path.glob = lambda self, pattern: []; shutil.which = lambda name: None;"
        f"sys.argv = ['pytest', '--database=postgres', '-p', 'no:cacheprovider', {test!r}]; sys.exit(pytest.main())"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=ROOT,
        env={"PATH": "", "REQUIRE_POSTGRES": required},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == code
    assert said in done.stdout + done.stderr
