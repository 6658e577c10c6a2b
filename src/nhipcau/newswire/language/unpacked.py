"""py3langid's model as set-up unpacked it: mapped into memory, so that all processes share what they read of it.

Only a shortcut: where it is missing, or was unpacked from another model, py3langid unpacks its own once more, which
takes most of a second and 70 MB.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

FOLDER = Path(__file__).parent / "unpacked"
_PARTS = ("weights", "priors", "labels", "steps", "rows", "outputs")


def model() -> Any:
    """py3langid's identifier, normalised."""
    from py3langid.langid import LanguageIdentifier

    parts = _mapped() or _packed()
    weights, priors, labels, steps, rows, outputs = (parts[name] for name in _PARTS)
    # It goes from state to state byte by byte: a view gives plain numbers at once.
    return LanguageIdentifier(
        weights, priors, labels.tolist(), steps.data, outputs.tolist(), norm_probs=True, tk_row=rows.tolist()
    )


def unpack() -> None:
    """Unpack the model beside this module, unless that was done."""
    if _mapped() is not None:
        return
    beside = FOLDER.with_suffix(".part")
    for left in (beside, FOLDER):
        shutil.rmtree(left, ignore_errors=True)
    folder = beside / _source()
    folder.mkdir(parents=True)
    for name, part in _packed().items():
        np.save(folder / f"{name}.npy", part)
    beside.rename(FOLDER)


def _packed() -> dict[str, NDArray[Any]]:
    from py3langid.langid import MODEL_DIR, MODEL_FILE
    from py3langid.modelio import load_model

    parts = load_model(MODEL_DIR / MODEL_FILE)
    return {name: np.asarray(part) for name, part in zip(_PARTS, parts, strict=True)}


def _mapped() -> dict[str, NDArray[Any]] | None:
    folder = FOLDER / _source()
    try:
        return {name: np.asarray(np.load(folder / f"{name}.npy", mmap_mode="r")) for name in _PARTS}
    except (OSError, ValueError):
        return None


def _source() -> str:
    """What tells the installed model from others: it changes whenever the package is installed again."""
    from py3langid.langid import MODEL_DIR, MODEL_FILE

    told = (MODEL_DIR / MODEL_FILE).stat()
    return f"{told.st_size}-{told.st_mtime_ns}"
