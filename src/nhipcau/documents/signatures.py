"""The digital signatures of a PDF, checked on this machine alone: no list of revoked certificates is fetched.

Run in a process of its own, as :mod:`nhipcau.documents.inspecting` is: ``python -m nhipcau.documents.signatures FILE
[FOLDER]``, where the folder holds the certificates (PEM or DER) that the operator trusts.
"""

from __future__ import annotations

import json
import logging
import sys
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from nhipcau.documents.inspecting import limit, run_apart

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_SIGNATURES = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """What is found of one signature.

    Attributes:
        signer: name in the certificate.
        issuer: who made the certificate out.
        intact: what the signature covers is unchanged since it was signed.
        valid: the signature was made with the key of the certificate.
        covers: ``file`` where that is the whole file; ``signed_on`` where only signatures were added later;
            ``part`` where something else was added or changed later.
        trusted: the certificate leads to one of those the operator trusts, and holds today.
        why: why it is not trusted: ``expired``, ``not_yet``, ``usage``, ``weak``, ``unknown``; else empty.
        signed_at: moment that the signature states, ISO 8601 with its offset; empty where it states none.
        stamped_at: moment of a timestamp authority inside it, likewise.
    """

    signer: str
    issuer: str
    intact: bool
    valid: bool
    covers: str
    trusted: bool
    why: str = ""
    signed_at: str = ""
    stamped_at: str = ""


def check(path: Path, trusted: Path) -> list[Signature] | None:
    """Check every signature of a PDF; empty where it bears none, None where it could not be read through.

    Args:
        path: the PDF.
        trusted: folder of certificates; need not exist.
    """
    answer = run_apart([sys.executable, "-m", "nhipcau.documents.signatures", str(path), str(trusted)])
    if answer is None:
        return None
    found = json.loads(answer)
    return None if found is None else [Signature(**one) for one in found]


def signatures_of(path: Path, roots: list[Any]) -> Iterator[Signature]:
    """The same in this process.

    Args:
        path: the PDF.
        roots: certificates that are trusted.
    """
    from pyhanko.pdf_utils.crypt import AuthStatus
    from pyhanko.pdf_utils.reader import PdfFileReader
    from pyhanko.sign.validation import validate_pdf_signature
    from pyhanko.sign.validation.settings import KeyUsageConstraints
    from pyhanko_certvalidator import ValidationContext

    usage = KeyUsageConstraints(key_usage={"digital_signature", "non_repudiation"}, match_all_key_usages=False)
    with path.open("rb") as file:
        reader = PdfFileReader(file, strict=False)
        if reader.encrypted and reader.decrypt("").status == AuthStatus.FAILED:
            raise ValueError("locked with a password")
        for embedded in reader.embedded_regular_signatures[:MAX_SIGNATURES]:
            context = ValidationContext(trust_roots=roots, allow_fetching=False, revocation_mode="soft-fail")
            status = validate_pdf_signature(embedded, context, key_usage_settings=usage)
            yield _said(embedded, status)


def _said(embedded: Any, status: Any) -> Signature:
    certificate = status.signing_cert
    stamp, why = status.timestamp_validity, _why(status)
    return Signature(
        signer=_name(certificate.subject),
        issuer=_name(certificate.issuer),
        intact=bool(status.intact),
        valid=bool(status.valid),
        covers=_coverage(status),
        trusted=not why,
        why=why,
        signed_at=embedded.self_reported_timestamp.isoformat() if embedded.self_reported_timestamp else "",
        stamped_at=stamp.timestamp.isoformat() if stamp is not None and stamp.intact and stamp.valid else "",
    )


def _name(name: Any) -> str:
    parts = name.native
    said = parts.get("common_name") or parts.get("organization_name") or ""
    return str(said if not isinstance(said, list) else said[0])[:200]


def _coverage(status: Any) -> str:
    from pyhanko.sign.diff_analysis import ModificationLevel
    from pyhanko.sign.validation.status import SignatureCoverageLevel

    if status.coverage == SignatureCoverageLevel.ENTIRE_FILE:
        return "file"
    harmless = {ModificationLevel.NONE, ModificationLevel.LTA_UPDATES, ModificationLevel.FORM_FILLING}
    signed_on = status.coverage == SignatureCoverageLevel.ENTIRE_REVISION and status.modification_level in harmless
    return "signed_on" if signed_on else "part"


def _why(status: Any) -> str:
    """Why the signer is not trusted; empty where they are.

    The days of a certificate are looked at here: one that is trusted itself is never asked for them by the library.
    """
    certificate, now = status.signing_cert, datetime.now(UTC)
    usage = certificate.key_usage_value
    if certificate.not_valid_after < now:
        return "expired"
    if certificate.not_valid_before > now:
        return "not_yet"
    if usage is not None and not usage.native & {"digital_signature", "non_repudiation"}:
        return "usage"
    if "CRYPTO" in str(status.trust_problem_indic or "").upper():
        return "weak"
    return "" if status.trusted else "unknown"


def certificates(folder: Path) -> Iterator[Any]:
    """The certificates in a folder; a file that is none is passed over, and said in the log."""
    from pyhanko.keys import load_certs_from_pemder

    for file in sorted(folder.glob("*")) if folder.is_dir() else []:
        if file.suffix.lower() not in {".pem", ".crt", ".cer", ".der"}:
            continue
        try:
            yield from load_certs_from_pemder([str(file)])  # type: ignore[no-untyped-call]
        except (ValueError, TypeError, OSError):
            logging.getLogger(__name__).warning("%s holds no certificate that can be read.", file)


def main() -> int:
    """One PDF, one line of JSON."""
    roots = list(certificates(Path(sys.argv[2])))
    limit()
    logging.disable(logging.CRITICAL)
    try:
        found: list[dict[str, Any]] | None = [asdict(one) for one in signatures_of(Path(sys.argv[1]), roots)]
    except Exception:  # noqa: BLE001 - a file made to confuse raises whatever it likes; none of it is an answer
        found = None
    sys.stdout.write(json.dumps(found))
    return 0


if __name__ == "__main__":
    sys.exit(main())
