"""What a server loads before the first visitor comes."""

import subprocess
import sys

ASKED = """
import gc
import django
django.setup()
from nhipcau.config.warming import warm
from django.template import engines
from django.urls import get_resolver
warm()
loaded = {str(name) for loader in engines["django"].engine.template_loaders for name in loader.get_template_cache}
print(get_resolver()._populated, any("reporting/fill.html" in name for name in loaded), gc.get_freeze_count() > 10_000)
"""


def test_views_and_templates_are_at_hand_and_left_alone_by_the_collector(tmp_path):
    env = {"NHIPCAU_HOME": str(tmp_path), "NHIPCAU_SECRET_KEY": "x" * 50, "PATH": ""}
    env |= {"DJANGO_SETTINGS_MODULE": "nhipcau.config.settings", "PYTHONPATH": ":".join(sys.path)}
    said = subprocess.run(
        [sys.executable, "-c", ASKED], env=env, capture_output=True, check=False, timeout=120, text=True
    )
    assert said.stdout.split() == ["True", "True", "True"], said.stderr
