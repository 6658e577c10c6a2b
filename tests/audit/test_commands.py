"""``nhipcau audit export`` and ``nhipcau audit verify``."""

import json
import os
import subprocess
import sys

import pytest
from django.db import transaction
from django.test import override_settings

from nhipcau.access import SystemActor, system
from nhipcau.audit.domain.record import record
from nhipcau.audit.domain.seal import seal_entries
from nhipcau.audit.models import Entry
from nhipcau.config import cli
from tests.audit.test_seal import spoil
from tests.support.ledger import edited, heads_of, make_chain, make_row
from tests.support.people import make_office

pytestmark = [pytest.mark.django_db, pytest.mark.both_databases]
ACTOR = SystemActor("test")


@pytest.fixture
def heads(tmp_path):
    file = tmp_path / "heads.log"
    with override_settings(AUDIT_HEADS=file):
        yield file


@pytest.fixture
def office(heads):
    """Two sealed entries and one that waits."""
    with system("test"):
        place = make_office()
        write(place, {"ghi chú": "có\ndòng"})
        seal_entries(actor=ACTOR)
        write(place, None)
    return place


def write(office, payload):
    with transaction.atomic():
        record(actor=ACTOR, verb="network.change_organisation", target=office, organisation=office, payload=payload)


def run(capsys, *args):
    code = cli.main(["audit", *map(str, args), "--lang", "en"])
    shown = capsys.readouterr()
    return code, shown.out, shown.err


def write_export(file, rows, unsealed=()):
    from nhipcau.audit import exported

    file.write_text("".join(exported.lines(rows, unsealed, at="now")), encoding="utf-8")
    return file


def test_database_as_it_was_sealed_is_good(office, capsys):
    code, out, err = run(capsys, "verify")

    last = out.splitlines()
    assert (code, err) == (0, "")
    assert last[0].startswith("2 entries are sealed, the last with ")
    assert last[1].startswith("1 entry waits for its seal, since ")
    assert last[2:] == ["1 noted heads were compared.", "The record is as it was sealed."]


def test_what_is_wrong_is_named_and_ends_with_1(office, capsys):
    spoil("UPDATE audit_entry SET reason = 'made up' WHERE sequence = 2")
    with system("test"):
        entry = Entry.objects.get(sequence=2)

    code, out, _ = run(capsys, "verify")

    assert code == 1
    assert out.splitlines()[0] == f"Place 2: entry {entry.pk} was edited after it was sealed."
    assert out.splitlines()[-1] == "The record is not as it was sealed."


def test_export_is_verified_like_the_database(office, capsys, tmp_path, heads):
    file = tmp_path / "export.jsonl"
    code, out, err = run(capsys, "export", file)
    assert (code, out, err) == (0, "", f"3 entries: {file}\n")
    lines = [json.loads(line) for line in file.read_text().splitlines()]
    assert lines[1]["payload"] is not None
    assert lines[2]["payload"] == '{"ghi chú":"có\\ndòng"}'
    assert lines[-1]["unsealed"] == 1
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".part"] == []

    code, out, _ = run(capsys, "verify", file, "--heads", heads, "--json")

    found = json.loads(out)
    assert (code, found["good"], found["entries"], found["unsealed"], found["heads"]) == (0, True, 2, 1, 1)
    assert found["head"] == lines[2]["chain_hash"]


def test_export_is_verified_without_django(tmp_path):
    rows = make_chain(4)
    rows[2] = edited(rows[2], "verb", "made.up")
    file = write_export(tmp_path / "export.jsonl", rows, [make_row(9)])
    code = (
        "import sys; from nhipcau.config.cli import main; code = main(); "
        "assert 'django' not in sys.modules; sys.exit(code)"
    )

    done = subprocess.run(
        [sys.executable, "-c", code, "audit", "verify", file, "--lang", "en"],
        env={"PYTHONPATH": os.environ.get("PYTHONPATH", "")},
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stderr) == (1, "")
    assert done.stdout.splitlines()[0] == "Place 3: entry 30 was edited after it was sealed."
    assert "Without the file of heads" in done.stdout


def test_export_cut_off_is_found(tmp_path, capsys):
    rows = make_chain(4)
    whole = write_export(tmp_path / "export.jsonl", rows).read_text().splitlines(keepends=True)
    file = tmp_path / "cut.jsonl"

    file.write_text("".join(whole[:-1]))
    assert run(capsys, "verify", file)[1].splitlines()[0] == "The export ends before its last line: it is cut off."
    file.write_text("".join([*whole[:-3], whole[-1]]))
    assert run(capsys, "verify", file)[1].splitlines()[0].startswith("The export ends with another entry")


def test_export_cut_off_before_it_was_made_is_found_by_the_heads(tmp_path, capsys):
    rows = make_chain(4)
    file = write_export(tmp_path / "export.jsonl", rows[:2])
    noted = tmp_path / "heads"
    noted.write_text("".join(f"{h.at} {h.count} {h.hash}\n" for h in heads_of(rows, 1, 4).by_count.values()))

    assert run(capsys, "verify", file)[0] == 0
    code, out, _ = run(capsys, "verify", file, "--heads", noted)
    assert (code, out.splitlines()[0][:50]) == (1, "Places 3 to 4: the end of the chain is cut off; it")


@pytest.mark.parametrize("line", ["not json", "{}", '{"sequence": "x"}', "[1]", "null", '"x"'])
def test_line_that_cannot_be_read_is_named(tmp_path, capsys, line):
    whole = write_export(tmp_path / "export.jsonl", make_chain(2)).read_text().splitlines(keepends=True)
    file = tmp_path / "spoilt.jsonl"
    file.write_text("".join([*whole[:2], f"{line}\n", *whole[2:]]))

    assert run(capsys, "verify", file)[1].splitlines()[0] == "The export: line 3 cannot be read."


@pytest.mark.parametrize("content", [b"", b"{}\n", b"\xff\xfe\x00", b"PK\x03\x04"])
def test_file_that_is_no_export_is_refused(tmp_path, capsys, content):
    file = tmp_path / "x"
    file.write_bytes(content)

    assert run(capsys, "verify", file) == (2, "", f"{file} is no export of the audit record.\n")


def test_file_that_is_not_there_is_named(tmp_path, capsys):
    nowhere = tmp_path / "nowhere"
    assert run(capsys, "verify", nowhere) == (2, "", f"There is no file {nowhere}.\n")
    assert run(capsys, "verify", "--heads", nowhere) == (2, "", f"There is no file {nowhere}.\n")


def test_export_that_cannot_be_written_leaves_the_old_one(office, tmp_path, capsys):
    code, _, err = run(capsys, "export", tmp_path / "no" / "folder")

    assert code == 1
    assert err.startswith("It cannot be done: ")
