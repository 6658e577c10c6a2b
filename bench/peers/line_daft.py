"""The rows that ``nhipcau.newswire.lake`` makes of archives. Asked by ``bench/line.py``."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from nhipcau.newswire import lake

if __name__ == "__main__":
    start = time.monotonic()
    found = lake.articles([Path(name) for name in sys.argv[1:]], jobs=2).to_pylist()
    seconds = time.monotonic() - start
    lines = [json.dumps(row, sort_keys=True, ensure_ascii=False) for row in found]
    print(json.dumps({"seconds": seconds, "rows": lines}))
