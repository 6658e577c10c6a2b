from __future__ import annotations

import rules

from nhipcau.access.rights import holds
from nhipcau.accounts.models import Role

#: Who decides what the office's paper looks like.
KEEPERS = (Role.OFFICE_ADMINISTRATOR, Role.APPROVER)

# Give the office a template, try it, use it, stop using it: asked with the office.
rules.add_perm("workspace.keep_templates", holds(*KEEPERS))
