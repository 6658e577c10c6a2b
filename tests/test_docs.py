"""The documentation says what there is: every dependency, setting and command stands in it."""

import json
import re

import pytest

from tests.support.shared import ROOT

DOCS = ROOT / "docs"


def _requirements(name):
    lines = (ROOT / "requirements" / f"{name}.in").read_text().splitlines()
    names = [re.match(r"[\w.-]+", line) for line in lines if line and not line.startswith(("#", "-"))]
    return [match.group() for match in names]


@pytest.mark.parametrize("name", ["base", "build", "dev", "lake", "node"])
def test_every_dependency_has_its_reason(name):
    page = (DOCS / "explanation" / "dependencies.md").read_text()
    words = set(re.findall(r"[\w@/.-]+", page))
    assert [package for package in _requirements(name) if package not in words] == []


def test_every_front_end_package_has_its_reason():
    package = json.loads((ROOT / "package.json").read_text())
    page = (DOCS / "explanation" / "dependencies.md").read_text()
    names = [*package["dependencies"], *package.get("devDependencies", {})]
    assert [name for name in names if f"| {name} |" not in page] == []


def test_every_setting_of_the_operator_is_described():
    source = "\n".join(file.read_text() for file in (ROOT / "src" / "nhipcau").rglob("*.py"))
    settings = set(re.findall(r"\"(NHIPCAU_[A-Z_]+|DATABASE_URL)\"", source))
    page = (DOCS / "reference" / "settings.md").read_text()
    assert sorted(name for name in settings if f"`{name}`" not in page) == []


def test_lock_files_name_no_registry():
    locks = [*(ROOT / "requirements").glob("*.txt"), ROOT / "package-lock.json"]
    text = "\n".join(file.read_text() for file in locks)
    assert re.findall(r"--(?:index-url|extra-index-url|find-links)|\"resolved\"|registry\.npmjs", text) == []


def test_python_requirements_are_hashed():
    for file in (ROOT / "requirements").glob("*.txt"):
        blocks = re.split(r"\n(?=\S)", file.read_text().strip())
        assert [block.splitlines()[0] for block in blocks if "--hash=sha256:" not in block] == []


def test_pages_are_in_the_four_modes():
    modes = {"tutorial", "how-to", "reference", "explanation"}
    assert {path.name for path in DOCS.iterdir() if path.is_dir()} >= modes
    assert [mode for mode in sorted(modes) if not list((DOCS / mode).glob("*.md"))] == []


def test_every_link_between_pages_leads_somewhere():
    broken = [
        f"{page.relative_to(ROOT)}: {target}"
        for page in [*DOCS.rglob("*.md"), *ROOT.glob("*.md")]
        for target in re.findall(r"\]\((?!https?:|#|mailto:)([^)#]+)", page.read_text())
        if not (page.parent / target).exists()
    ]
    assert broken == []
