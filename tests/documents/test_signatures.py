"""Signatures of PDF files, made here and checked by the program that the desk starts for it."""

import pytest

from nhipcau.documents.signatures import check
from tests.support.pdfs import certificate, locked_pdf, pdf, pem, signed_pdf


@pytest.fixture(scope="module")
def signer():
    return certificate()


@pytest.fixture
def checked(tmp_path):
    """``checked(content, trusted certificates)``."""

    def look(content, *trusted):
        folder = tmp_path / "trust"
        folder.mkdir(exist_ok=True)
        for number, made in enumerate(trusted):
            (folder / f"{number}.pem").write_bytes(pem(made))
        (folder / "note.txt").write_text("not a certificate")
        (tmp_path / "file.pdf").write_bytes(content)
        return check(tmp_path / "file.pdf", folder)

    return look


def test_signature_of_a_trusted_signer_is_intact_and_covers_the_file(signer, checked):
    (found,) = checked(signed_pdf(*signer), signer[0])

    assert (found.signer, found.intact, found.valid, found.covers, found.trusted, found.why) == (
        "Nguyễn Văn Ký",
        True,
        True,
        "file",
        True,
        "",
    )
    assert found.signed_at


def test_signature_of_somebody_else_is_intact_and_not_trusted(signer, checked):
    (found,) = checked(signed_pdf(*signer), certificate("Người khác")[0])

    assert (found.intact, found.valid, found.trusted, found.why) == (True, True, False, "unknown")


def test_expired_certificate_is_not_trusted(checked):
    made, key = certificate(days=-1, begun=10)
    (found,) = checked(signed_pdf(made, key), made)

    assert (found.intact, found.trusted, found.why) == (True, False, "expired")


def test_changed_file_breaks_its_signature(signer, checked):
    content = signed_pdf(*signer).replace(b"Cong van so 1", b"Cong van so 9")
    (found,) = checked(content, signer[0])

    assert found.intact is False


def test_what_is_added_after_signing_is_not_covered(signer, checked):
    import io

    from pyhanko.pdf_utils import generic
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter

    writer = IncrementalPdfFileWriter(io.BytesIO(signed_pdf(*signer)))
    page = writer.root["/Pages"]["/Kids"][0]
    page["/Contents"] = writer.add_object(generic.StreamObject(stream_data=b"BT ET"))
    writer.update_container(page)
    out = io.BytesIO()
    writer.write(out)
    (found,) = checked(out.getvalue(), signer[0])

    assert (found.intact, found.covers) == (True, "part")


def test_second_signature_leaves_the_first_in_force(signer, checked):
    second = certificate("Trần Thị Duyệt")
    found = checked(signed_pdf(*second, content=signed_pdf(*signer)), signer[0])

    assert [(one.signer, one.intact, one.covers, one.trusted) for one in found] == [
        ("Nguyễn Văn Ký", True, "signed_on", True),
        ("Trần Thị Duyệt", True, "file", False),
    ]


def test_unsigned_pdf_bears_none(checked):
    assert checked(pdf()) == []


@pytest.mark.parametrize("content", [locked_pdf(), b"%PDF-1.7 nonsense", b"%PDF-1.7\n" + b"[" * 200_000])
def test_file_that_cannot_be_read_through_is_no_answer(checked, content):
    assert checked(content) is None
