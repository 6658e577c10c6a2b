"""Who may look after the installation from the desk."""

from __future__ import annotations

import rules

from nhipcau.access.rights import is_system, is_system_owner

rules.add_perm("desk.see_health", is_system | is_system_owner)
