import rules

from nhipcau.access.rights import is_system, is_system_owner

rules.add_perm("law.manage_law", is_system | is_system_owner)
rules.add_perm("law.override_working_day", is_system | is_system_owner)
