"""geotext's places of texts: a line in is a text as JSON, a line out a list of ISO codes and ``/names of cities``."""

import json
import sys

from geotext import GeoText

for line in sys.stdin:
    found = GeoText(json.loads(line))
    index = GeoText.index
    codes = [index.countries.get(name.lower()) for name in found.countries]
    codes += [index.nationalities.get(name.lower()) for name in found.nationalities]
    print(json.dumps(sorted({code for code in codes if code} | {f"/{name}" for name in found.cities})))
