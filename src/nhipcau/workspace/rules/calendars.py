from __future__ import annotations

import rules

from nhipcau.workspace.rules.notices import is_the_person

rules.add_perm("workspace.make_feed", is_the_person)
rules.add_perm("workspace.revoke_feed", is_the_person)
