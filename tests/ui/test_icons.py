import re
from pathlib import Path

import nhipcau
from nhipcau.access import classification
from nhipcau.search.registry import kinds as found
from nhipcau.ui.actions import actions
from nhipcau.ui.icons import ICONS
from nhipcau.ui.places import places
from nhipcau.ui.states import STATES, UNDESCRIBED
from nhipcau.workspace.notice_kinds import kinds

PACKAGE = Path(nhipcau.__file__).parent
ASKED = re.compile(r'"([a-z0-9-]+)"\|icon|icon="([a-z0-9-]+)"|default:"([a-z0-9-]+)"\|icon')


def asked():
    """Every icon that a template names, a place of the navigation has, a state or a kind of notice wears."""
    pages = " ".join(path.read_text() for path in PACKAGE.glob("*/templates/**/*.html"))
    named = {name for found in ASKED.findall(pages) for name in found if name}
    looks = {look.icon for look in [*STATES.values(), UNDESCRIBED]}
    looks |= {offered.icon for offered in [*actions(), *found()]}
    looks |= set(classification.ICONS.values())
    return named | looks | {place.icon for place in places()} | {kind.icon for kind in kinds()}


def test_icons_asked_for_are_drawn_and_no_other():
    assert sorted(ICONS) == sorted(asked())


def test_icons_are_listed_in_order():
    assert list(ICONS) == sorted(ICONS)
