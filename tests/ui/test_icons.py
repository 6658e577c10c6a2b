import re
from pathlib import Path

import nhipcau
from nhipcau.ui.icons import ICONS
from nhipcau.ui.places import places
from nhipcau.ui.states import STATES, UNDESCRIBED

PACKAGE = Path(nhipcau.__file__).parent
ASKED = re.compile(r'"([a-z-]+)"\|icon|icon="([a-z-]+)"|default:"([a-z-]+)"\|icon')


def asked():
    """Every icon that a template names, a place of the navigation has, or a state wears."""
    pages = " ".join(path.read_text() for path in PACKAGE.glob("*/templates/**/*.html"))
    named = {name for found in ASKED.findall(pages) for name in found if name}
    return named | {place.icon for place in places()} | {look.icon for look in [*STATES.values(), UNDESCRIBED]}


def test_icons_asked_for_are_drawn_and_no_other():
    assert sorted(ICONS) == sorted(asked())


def test_icons_are_listed_in_order():
    assert list(ICONS) == sorted(ICONS)
