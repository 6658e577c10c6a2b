"""The form that comes with the program: the outline of a report on external information, proposed by us.

The annex of Circular 02/2019/TT-BTTTT could not be read; the outline follows the duties of Decree 72/2015/NĐ-CP and the
figures that real reports give. A coordinating ministry makes its own version of it.
"""

from __future__ import annotations

import json
from functools import cache
from importlib import resources

from nhipcau.documents.forms import Form


@cache
def outline() -> Form:
    """Eight parts, figures broken down by category, language, channel, audience and country, two tables."""
    text = resources.files("nhipcau.reporting").joinpath("fixtures/outline.json").read_text(encoding="utf-8")
    return Form.from_plain(json.loads(text))
