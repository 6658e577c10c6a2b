import importlib.util
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TEMPLATES = [
    path
    for room in ("ui", "desk", "press", "accounts")
    for path in (ROOT / "src/nhipcau" / room).glob("templates/**/*.html")
]


@pytest.fixture(scope="module")
def vendor():
    if not (ROOT / "node_modules").is_dir():
        pytest.skip("node_modules is not installed here")
    spec = importlib.util.spec_from_file_location("vendor", ROOT / "tools" / "vendor.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_copy_serves_exactly_what_pages_ask_for(vendor, tmp_path):
    vendor.copy(tmp_path / "vendor")

    asked = {name for path in TEMPLATES for name in re.findall(r'static "vendor/([^"]+)"', path.read_text())}
    fonts = set(re.findall(r'url\("([^"]+)"\)', (tmp_path / "vendor" / "fonts.css").read_text()))
    served = {path.name for path in (tmp_path / "vendor").iterdir()}
    assert asked <= served
    assert served == asked | fonts | {"icons.svg", "LICENCES.txt"}


def test_copy_stays_within_its_budget(vendor, tmp_path):
    sizes = vendor.copy(tmp_path / "vendor")

    assert vendor.first_screen(sizes) <= vendor.BUDGET
    assert {name: sizes[name] <= most for name, most in vendor.APART.items()} == dict.fromkeys(vendor.APART, True)


def test_copy_refuses_to_exceed_the_budget(vendor, tmp_path):
    with pytest.raises(vendor.VendorError, match="more than 1,000"):
        vendor.copy(tmp_path / "vendor", budget=1000)


def test_copy_refuses_a_file_apart_that_exceeds_its_own_budget(vendor, tmp_path, monkeypatch):
    monkeypatch.setitem(vendor.APART, "echarts.js", 1000)
    with pytest.raises(vendor.VendorError, match=r"echarts\.js takes .* more than 1,000"):
        vendor.copy(tmp_path / "vendor")


def test_copy_names_a_missing_package(vendor, tmp_path, monkeypatch):
    monkeypatch.setattr(vendor, "MODULES", tmp_path)
    with pytest.raises(vendor.VendorError, match="run npm ci first"):
        vendor.copy(tmp_path / "vendor")


def test_copy_removes_what_is_no_longer_served(vendor, tmp_path):
    (tmp_path / "vendor").mkdir()
    (tmp_path / "vendor" / "old.js").write_text("old")
    vendor.copy(tmp_path / "vendor")
    assert not (tmp_path / "vendor" / "old.js").exists()


def test_stylesheet_reaches_for_nothing_outside(vendor):
    addresses = set(re.findall(r"url\(([^)]{1,40})", vendor.stylesheet()))
    assert [address for address in addresses if not address.startswith('"data:')] == []
    assert "sourceMappingURL" not in vendor.stylesheet()


def test_sprite_holds_every_icon_drawn(vendor):
    sprite = vendor.sprite()
    symbols = re.findall(r'<symbol id="([^"]+)"[^>]*>(.+)</symbol>', sprite)
    assert [name for name, _ in symbols] == list(vendor.icon_names())
    assert all(drawing.startswith(("<path", "<circle", "<line", "<rect")) for _, drawing in symbols)


def test_paper_gets_every_font_and_the_characters_of_all(vendor, tmp_path):
    assert vendor.copy_paper(tmp_path / "fonts") == len(vendor.PAPER_FONTS)
    made = {path.name for path in (tmp_path / "fonts").iterdir()}
    assert {"Tinos_400Regular.ttf", "NotoSansHans-Regular.otf", "characters.txt", "LICENCES.txt"} <= made
    runs = [line.split() for line in (tmp_path / "fonts" / "characters.txt").read_text().splitlines()]
    has = {letter for letter in "aễдλשعहবខไລမ越あ한" for a, b in runs if int(a, 16) <= ord(letter) <= int(b, 16)}
    assert has == set("aễдλשعहবខไລမ越あ한")
