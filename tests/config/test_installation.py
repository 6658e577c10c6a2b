"""What is done before serving: files for the browser are those of the program that runs."""

import json
import os
import subprocess
import sys

import pytest
from django.core import management

from nhipcau.config import installation


@pytest.fixture
def installed(settings, tmp_path):
    """An installation whose static files come from one folder; ``(source, collected)``."""
    source, collected = tmp_path / "source", tmp_path / "static"
    source.mkdir()
    (source / "desk.css").write_text("a {}")
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STATICFILES_DIRS = [source]
    settings.STATIC_ROOT = collected
    settings.STORAGES = settings.STORAGES | {
        "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    }
    return source, collected


def named(collected):
    return sorted(json.loads((collected / "staticfiles.json").read_text())["paths"])


def test_files_for_the_browser_are_collected_again_after_an_upgrade(installed):
    source, collected = installed
    installation.collect_static()
    before = named(collected)
    (source / "new.css").write_text("b {}")

    installation.collect_static()

    assert before == ["desk.css"]
    assert named(collected) == ["desk.css", "new.css"]


def test_files_for_the_browser_are_collected_once(installed, monkeypatch):
    installation.collect_static()
    called = []
    monkeypatch.setattr(management, "call_command", lambda *args, **_: called.append(args))

    installation.collect_static()

    assert called == []


@pytest.mark.long
def test_server_and_worker_that_start_at_once_prepare_a_new_database_together(tmp_path):
    program = "from nhipcau.config.installation import ready, start_django; start_django(); ready()"
    home = os.environ | {"NHIPCAU_HOME": str(tmp_path), "DJANGO_SETTINGS_MODULE": "nhipcau.config.settings"}

    started = [
        subprocess.Popen([sys.executable, "-c", program], env=home, stderr=subprocess.PIPE, text=True) for _ in range(3)
    ]

    assert [(child.communicate(timeout=60)[1], child.returncode) for child in started] == [("", 0)] * 3
