"""The settings of the desk, with the two lists of the bench among its routes."""

from pathlib import Path

from nhipcau.config.settings import *  # noqa: F403 - all of them
from nhipcau.config.settings import TEMPLATES

ROOT_URLCONF = "lists_ours"
ALLOWED_HOSTS = ["*"]
TEMPLATES[0]["DIRS"] = [Path(__file__).parent / "templates"]
