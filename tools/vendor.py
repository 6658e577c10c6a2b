"""Copies the few front-end files that are served from ``node_modules`` into the package.

The icons are packed into one sprite. Fails where the whole is larger than its budget: a first screen stays under 250 KB
on the wire.
"""

from __future__ import annotations

import gzip
import json
import re
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
MODULES = ROOT / "node_modules"
SERVED = ROOT / "src" / "nhipcau" / "ui" / "static" / "vendor"
#: Bytes of all served files together as they cross the wire: style sheets and sprite with gzip, fonts as they are.
BUDGET = 215_000

FAMILY = "be-vietnam-pro"
SUBSETS = ("latin-ext", "vietnamese", "latin")
WEIGHTS = (400, 600)
LICENCES = {
    "Tabler": "@tabler/icons/LICENSE",
    "Be Vietnam Pro": "@fontsource/be-vietnam-pro/LICENSE",
    "htmx": "htmx.org/LICENSE",
}
SOURCE_MAP = re.compile(r"/\*# sourceMappingURL=[^*]*\*/\s*$")
DRAWING = re.compile(r"<(?:path|circle|line|rect)\b[^>]*/>")


class VendorError(Exception):
    """A file to be served is missing, or all of them together are too large."""


def read(path: str) -> str:
    """The text of a file of an npm package.

    Raises:
        VendorError: it is not there.
    """
    try:
        return (MODULES / path).read_text("utf-8")
    except FileNotFoundError:
        raise VendorError(f"node_modules/{path} is missing: run npm ci first.") from None


def stylesheet() -> str:
    """Tabler's styles without the pointer to a source map that is not served."""
    return SOURCE_MAP.sub("", read("@tabler/core/dist/css/tabler.min.css"))


def font_faces() -> str:
    """One ``@font-face`` for each subset and weight; the browser fetches only those whose letters a page shows."""
    ranges = json.loads(read(f"@fontsource/{FAMILY}/unicode.json"))
    return "".join(
        '@font-face{font-family:"Be Vietnam Pro";font-style:normal;font-display:swap;'
        f'font-weight:{weight};src:url("{font(subset, weight)}") format("woff2");unicode-range:{ranges[subset]}}}\n'
        for weight in WEIGHTS
        for subset in SUBSETS
    )


def font(subset: str, weight: int) -> str:
    """File name of one subset and weight as it is served."""
    return f"{FAMILY}-{subset}-{weight}.woff2"


def sprite() -> str:
    """The icons of :mod:`nhipcau.ui.icons`, each a ``symbol`` that takes the colour of the text around it."""
    symbols = []
    for name in icon_names():
        shapes = DRAWING.findall(read(f"@tabler/icons/icons/outline/{name}.svg"))
        drawn = "".join(re.sub(r"\s*/>$", "/>", shape) for shape in shapes if 'stroke="none"' not in shape)
        symbols.append(
            f'<symbol id="{name}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" '
            f'stroke-linecap="round" stroke-linejoin="round">{drawn}</symbol>\n'
        )
    return f'<svg xmlns="http://www.w3.org/2000/svg">\n{"".join(symbols)}</svg>\n'


def icon_names() -> tuple[str, ...]:
    """The icons that the desk may show."""
    sys.path.insert(0, str(ROOT / "src"))
    from nhipcau.ui.icons import ICONS

    return ICONS


def licences() -> str:
    """The licences under which these files are passed on, in full."""
    return "\n\n".join(f"{name}\n{'-' * len(name)}\n{read(path).strip()}" for name, path in LICENCES.items()) + "\n"


def wire_size(path: Path) -> int:
    """Bytes on the wire: fonts are compressed already, the rest travels with gzip."""
    content = path.read_bytes()
    return len(content) if path.suffix == ".woff2" else len(gzip.compress(content, 9, mtime=0))


def copy(served: Path, budget: int = BUDGET) -> dict[str, int]:
    """Write every served file anew into ``served``; what lay there before goes.

    Returns:
        name of each file and its bytes on the wire.

    Raises:
        VendorError: a package lacks a file, or all files together exceed ``budget``.
    """
    texts = {
        "tabler.css": stylesheet(),
        "fonts.css": font_faces(),
        "icons.svg": sprite(),
        "htmx.js": read("htmx.org/dist/htmx.min.js"),
        "LICENCES.txt": licences(),
    }
    shutil.rmtree(served, ignore_errors=True)
    served.mkdir(parents=True)
    for name, content in texts.items():
        (served / name).write_text(content, "utf-8")
    for subset in SUBSETS:
        for weight in WEIGHTS:
            source = MODULES / f"@fontsource/{FAMILY}/files" / f"{FAMILY}-{subset}-{weight}-normal.woff2"
            shutil.copyfile(source, served / font(subset, weight))
    sizes = {path.name: wire_size(path) for path in sorted(served.iterdir())}
    if sum(sizes.values()) > budget:
        listed = ", ".join(f"{name} {size:,}" for name, size in sizes.items())
        raise VendorError(f"The served files take {sum(sizes.values()):,} bytes, more than {budget:,}: {listed}")
    return sizes


def main() -> int:
    """Copy, and say how much of the budget is used; 1 where it failed."""
    try:
        sizes = copy(SERVED)
    except VendorError as error:
        print(error, file=sys.stderr)
        return 1
    print(f"Served files: {len(sizes)}, {sum(sizes.values()):,} of {BUDGET:,} bytes.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
