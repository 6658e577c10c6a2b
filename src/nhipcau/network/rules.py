import rules

from nhipcau.access.rights import is_system


@rules.predicate
def is_system_owner(actor: object) -> bool:
    """Keeps the settings of the installation, the list of organisations among them."""
    return bool(getattr(actor, "is_system_owner", False))


rules.add_perm("network.manage_organisations", is_system | is_system_owner)


def may_manage(actor: object) -> bool:
    """Whether the actor may change the list of organisations: who may is offered the forms."""
    return bool(rules.has_perm("network.manage_organisations", actor))
