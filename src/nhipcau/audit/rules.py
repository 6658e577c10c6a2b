import rules

from nhipcau.access.rights import is_system

# The record is sealed and purged by the worker alone; nobody does it by hand.
rules.add_perm("audit.seal_entries", is_system)
rules.add_perm("audit.purge_payloads", is_system)
rules.add_perm("audit.verify_chain", is_system)
