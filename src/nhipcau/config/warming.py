"""What a server has at hand before the first visitor comes, so that nobody waits for it and every process shares it."""

from __future__ import annotations

import gc
from pathlib import Path

#: Objects made and not yet gone, before the collector of memory looks among them: a page makes some ten thousand, and
#: nearly all of them go by themselves.
COLLECT_AFTER = 20_000


def warm() -> None:
    """Load the views, the words and the templates of the desk, and have the collector of memory leave them alone.

    The first page of a process took more than a second without, and each full collection, one in some twenty pages,
    a sixth of one: it went through everything that was ever loaded.
    """
    from django.conf import settings
    from django.template.loader import get_template
    from django.template.utils import get_app_template_dirs
    from django.urls import reverse
    from django.utils import translation

    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            reverse("home")
            translation.gettext("Save")
    for folder in get_app_template_dirs("templates"):
        if settings.PACKAGE in Path(folder).parents:
            for found in sorted(Path(folder).rglob("*.html")):
                get_template(str(found.relative_to(folder)))
    gc.collect()
    gc.freeze()
    gc.set_threshold(COLLECT_AFTER, 10, 20)
