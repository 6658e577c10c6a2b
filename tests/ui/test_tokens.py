"""The colours of every theme, computed: text that cannot be read is found here and not by a reader."""

import itertools
import re
from pathlib import Path

import pytest

from nhipcau import ui

STATIC = Path(ui.__file__).parent / "static" / "ui"
TOKEN = re.compile(r"--([\w-]+): (#[0-9a-f]{6});")
PLAIN = ("paper", "surface", "shade")
STATES = ("river", "lacquer", "gold", "jade")
PAIRS = [
    *itertools.product(("ink", "quiet", "river-deep", *STATES), PLAIN),
    *itertools.product(("ink", "quiet", "river"), [f"{state}-tint" for state in STATES]),
    *((state, f"{state}-tint") for state in STATES),
    ("on-river", "river"),
    ("on-river", "river-deep"),
    ("on-mast", "mast"),
    ("on-mast-quiet", "mast"),
]
THEMES = {"tokens.css": 4.5, "dark.css": 4.5, "contrast.css": 7.0}


def tokens(name):
    return dict(TOKEN.findall((STATIC / name).read_text()))


def luminance(colour):
    """Relative luminance as WCAG 2.2 defines it."""
    channels = (int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one, other):
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def test_contrast_of_black_on_white_is_21():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)


@pytest.mark.parametrize("sheet", THEMES)
def test_theme_text_stands_out_from_every_ground(sheet):
    theme = tokens(sheet)
    weak = {pair: round(contrast(theme[pair[0]], theme[pair[1]]), 2) for pair in PAIRS}
    assert {pair: value for pair, value in weak.items() if value < THEMES[sheet]} == {}


@pytest.mark.parametrize("sheet", THEMES)
def test_theme_edges_of_fields_stand_out(sheet):
    theme = tokens(sheet)
    assert min(contrast(theme["edge"], theme[ground]) for ground in PLAIN) >= 3


def test_themes_give_every_colour_of_the_light_one_a_value():
    assert set(tokens("dark.css")) == set(tokens("contrast.css")) == set(tokens("tokens.css"))


def test_light_theme_has_the_colours_of_the_house():
    theme = tokens("tokens.css")
    assert {name: theme[name] for name in ("ink", "river", "lacquer", "gold", "jade", "paper")} == {
        "ink": "#1b2a41",
        "river": "#0f6e84",
        "lacquer": "#b3261e",
        "gold": "#8a5a0b",
        "jade": "#2f7d4f",
        "paper": "#fbfaf7",
    }


def test_sheets_name_no_colour_outside_the_tokens():
    sheet = (STATIC / "desk.css").read_text()
    assert re.findall(r"#[0-9a-fA-F]{3,8}\b(?=[^{}]*[;}])", sheet) == []


def test_sheets_load_nothing():
    for sheet in STATIC.glob("*.css"):
        assert re.findall(r"url\(|@import", sheet.read_text()) == []
