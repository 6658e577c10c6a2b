"""Copies the few front-end files that are served, and the fonts of papers, from ``node_modules`` into the package.

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
#: Files that no first screen loads, each with its own budget: charts, and dragging, on screens that have some.
APART = {"echarts.js": 245_000, "sortable.js": 20_000}

FAMILY = "be-vietnam-pro"
SUBSETS = ("latin-ext", "vietnamese", "latin")
WEIGHTS = (400, 600)
LICENCES = {
    "Tabler": "@tabler/icons/LICENSE",
    "Be Vietnam Pro": "@fontsource/be-vietnam-pro/LICENSE",
    "htmx": "htmx.org/LICENSE",
    "Apache ECharts": "echarts/LICENSE",
    "Apache ECharts, notice": "echarts/NOTICE",
    "SortableJS": "sortablejs/LICENSE",
}
#: What papers are set in: Tinos has the measures of Times New Roman; the others stand in for the scripts it lacks.
PAPER = ROOT / "src" / "nhipcau" / "documents" / "fonts"
PAPER_FONTS = (
    *(f"@expo-google-fonts/tinos/{cut}/Tinos_{cut}.ttf" for cut in ("400Regular", "700Bold")),
    *(f"@expo-google-fonts/tinos/{cut}/Tinos_{cut}.ttf" for cut in ("400Regular_Italic", "700Bold_Italic")),
    "@expo-google-fonts/noto-naskh-arabic/400Regular/NotoNaskhArabic_400Regular.ttf",
    "@expo-google-fonts/noto-serif-devanagari/400Regular/NotoSerifDevanagari_400Regular.ttf",
    "@expo-google-fonts/noto-serif-bengali/400Regular/NotoSerifBengali_400Regular.ttf",
    "@expo-google-fonts/noto-serif-khmer/NotoSerifKhmer_400Regular.ttf",
    *(
        f"@expo-google-fonts/noto-sans-{script.lower()}/400Regular/NotoSans{script}_400Regular.ttf"
        for script in (
            *("Thai", "Lao", "Myanmar", "Georgian", "Armenian", "Tamil", "Telugu", "Sinhala", "Ethiopic", "Gujarati"),
            *("Gurmukhi", "Kannada", "Malayalam"),
        )
    ),
    "@expo-google-fonts/noto-sans-symbols-2/400Regular/NotoSansSymbols2_400Regular.ttf",
    "@expo-google-fonts/noto-emoji/400Regular/NotoEmoji_400Regular.ttf",
    "@embedpdf/fonts-sc/fonts/NotoSansHans-Regular.otf",
    "@embedpdf/fonts-kr/fonts/NotoSansKR-Regular.otf",
)
PAPER_LICENCES = (
    "@expo-google-fonts/tinos/LICENSE_FONT",
    "@expo-google-fonts/noto-sans-thai/LICENSE_FONT",
    "@embedpdf/fonts-sc/LICENSE",
)
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
        VendorError: a package lacks a file, all files of a first screen together exceed ``budget``, or one that is
            loaded apart exceeds its own.
    """
    texts = {
        "tabler.css": stylesheet(),
        "fonts.css": font_faces(),
        "icons.svg": sprite(),
        "htmx.js": read("htmx.org/dist/htmx.min.js"),
        # The smallest of its files that draws lines and bars as SVG.
        "echarts.js": read("echarts/dist/echarts.common.min.js"),
        "sortable.js": read("sortablejs/Sortable.min.js"),
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
    if first_screen(sizes) > budget:
        listed = ", ".join(f"{name} {size:,}" for name, size in sizes.items())
        raise VendorError(f"The served files take {first_screen(sizes):,} bytes, more than {budget:,}: {listed}")
    for name, most in APART.items():
        if sizes[name] > most:
            raise VendorError(f"{name} takes {sizes[name]:,} bytes, more than {most:,}.")
    return sizes


def first_screen(sizes: dict[str, int]) -> int:
    """Bytes on the wire of all that a first screen may load."""
    return sum(size for name, size in sizes.items() if name not in APART)


def copy_paper(folder: Path) -> int:
    """Write the fonts of papers anew into ``folder``, with the characters that they have together.

    Returns:
        how many fonts there are.

    Raises:
        VendorError: a package lacks a font.
    """
    from fontTools.ttLib import TTFont

    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    characters: set[int] = set()
    for name in PAPER_FONTS:
        if not (MODULES / name).is_file():
            raise VendorError(f"node_modules/{name} is missing: run npm ci first.")
        shutil.copyfile(MODULES / name, folder / Path(name).name)
        with TTFont(MODULES / name, lazy=True) as font:
            characters.update(font.getBestCmap())
    (folder / "characters.txt").write_text("".join(f"{a:X} {b:X}\n" for a, b in runs(characters)), "ascii")
    licences = "\n\n".join(read(path).strip() for path in dict.fromkeys(PAPER_LICENCES))
    (folder / "LICENCES.txt").write_text(f"{licences}\n", "utf-8")
    return len(PAPER_FONTS)


def runs(characters: set[int]) -> list[tuple[int, int]]:
    """First and last of every unbroken run."""
    found: list[tuple[int, int]] = []
    for code in sorted(characters):
        if found and found[-1][1] == code - 1:
            found[-1] = (found[-1][0], code)
        else:
            found.append((code, code))
    return found


def main() -> int:
    """Copy, and say how much of the budget is used; 1 where it failed."""
    try:
        sizes = copy(SERVED)
        fonts = copy_paper(PAPER)
    except VendorError as error:
        print(error, file=sys.stderr)
        return 1
    apart = "".join(f" {name}, loaded apart: {sizes[name]:,} of {most:,} bytes." for name, most in APART.items())
    print(f"Served files: {len(sizes)}, {first_screen(sizes):,} of {BUDGET:,} bytes.{apart} Fonts of papers: {fonts}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
