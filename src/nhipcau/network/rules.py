import rules

from nhipcau.access.rights import is_system, is_system_owner

rules.add_perm("network.manage_organisations", is_system | is_system_owner)
