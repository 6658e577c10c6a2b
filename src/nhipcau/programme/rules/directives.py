"""Who may do what with directives: the coordinators of the office that keeps the register."""

from __future__ import annotations

import rules

from nhipcau.access.rights import holds, is_system
from nhipcau.accounts.models import Role
from nhipcau.workspace.rules.letters import in_office

rules.add_perm("programme.keep_directives", is_system | holds(Role.COORDINATOR))
rules.add_perm("programme.edit_directive", is_system | in_office(Role.COORDINATOR))
# What comes with the program is loaded at set-up.
rules.add_perm("programme.load_programme", is_system)
