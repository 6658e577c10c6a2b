"""Whether an office file is whole: what Word and Excel complain of when they open one."""

import posixpath
import re
import shutil
import subprocess
import zipfile

import pytest
from lxml import etree

_RELATIONS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"
_TYPES = "{http://schemas.openxmlformats.org/package/2006/content-types}"


def faults_of(file):
    """Every broken reference, missing type, part that is no XML, and double name; none in a whole file."""
    with zipfile.ZipFile(file) as package:
        names = package.namelist()
        found = [f"twice: {name}" for name in set(names) if names.count(name) > 1]
        found += [f"damaged: {package.testzip()}"] if package.testzip() else []
        parts = {name: package.read(name) for name in names}
    for name, content in parts.items():
        if name.endswith((".xml", ".rels")):
            try:
                etree.fromstring(content)
            except etree.XMLSyntaxError as error:
                found.append(f"no XML: {name}: {error}")
    return found + _untyped(parts) + _dangling(parts)


def _untyped(parts):
    types = etree.fromstring(parts["[Content_Types].xml"])
    defaults = {each.get("Extension").lower() for each in types.iter(f"{_TYPES}Default")}
    overrides = {each.get("PartName").lstrip("/") for each in types.iter(f"{_TYPES}Override")}
    untyped = [
        name
        for name in parts
        if name != "[Content_Types].xml" and name not in overrides and name.rpartition(".")[2].lower() not in defaults
    ]
    return [f"no type: {name}" for name in untyped] + [f"no part: {name}" for name in sorted(overrides - set(parts))]


def _dangling(parts):
    found, reached = [], {"[Content_Types].xml"}
    for name, content in parts.items():
        if not name.endswith(".rels"):
            continue
        reached.add(name)
        folder, _, file = name.partition("_rels/")
        owner = folder + file.removesuffix(".rels")
        relations = list(etree.fromstring(content).iter(_RELATIONS))
        known = {each.get("Id") for each in relations}
        if len(known) < len(relations):
            found.append(f"one identifier twice: {name}")
        for each in relations:
            if each.get("TargetMode") == "External":
                continue
            target = each.get("Target")
            target = target.lstrip("/") if target.startswith("/") else posixpath.normpath(folder + target)
            reached.add(target)
            if target not in parts:
                found.append(f"{name} leads to {target}, which is not there")
        if owner in parts:
            used = set(re.findall(rb'\br:(?:id|embed|link)="([^"]*)"', parts[owner]))
            found += [f"{owner} uses {key.decode()}, which leads nowhere" for key in used if key.decode() not in known]
    return found + [f"nothing leads to {name}" for name in sorted(set(parts) - reached)]


#: LibreOffice shows the values that a file brings along unless it is told to compute the formulas itself.
_ALWAYS_COMPUTE = """<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry"><item oor:path="/org.openoffice.Office.Calc/Formula/Load">
<prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item></oor:items>
"""


def as_pdf(files, folder):
    """The files as LibreOffice prints them; skips where there is none on this machine."""
    program = shutil.which("soffice")
    if program is None:
        pytest.skip("LibreOffice is not installed here")
    profile = folder / "profile"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_ALWAYS_COMPUTE)
    command = [
        program,
        f"-env:UserInstallation={profile.as_uri()}",
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        folder,
    ]
    subprocess.run([*command, *files], check=True, capture_output=True, timeout=120)
    made = [folder / f"{file.stem}.pdf" for file in files]
    assert [file for file in made if not file.is_file()] == [], "LibreOffice could not open them"
    return made
