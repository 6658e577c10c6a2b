from __future__ import annotations

import rules

from nhipcau.access.rights import is_system, is_system_owner

rules.add_perm("workspace.send_mail", is_system)
# Have a refused address tried again: the operator's, who keeps mail running and reads none of it.
rules.add_perm("workspace.retry_address", is_system | is_system_owner)
