"""What trafilatura takes for the text of pages, balanced and precise. Asked by ``train_body.py``.

    second_hand.py FOLDER

Reads every ``*.html`` of the folder and writes its two texts as JSON beside it. Needs trafilatura alone.
"""

from __future__ import annotations

import json
import logging
import sys
from pathlib import Path

from trafilatura import extract

logging.disable(logging.CRITICAL)
for file in sorted(Path(sys.argv[1]).glob("*.html")):
    source = file.read_text(encoding="utf-8")
    texts = [extract(source, include_comments=False, favor_precision=precise) or "" for precise in (False, True)]
    file.with_suffix(".json").write_text(json.dumps(texts), encoding="utf-8")
