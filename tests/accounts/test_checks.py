from nhipcau.accounts.checks import check_factor_roles
from nhipcau.config import settings as installed


def test_roles_as_installed_are_roles():
    assert len(installed.FACTOR_ROLES) == 8
    assert check_factor_roles() == []


def test_misspelt_role_is_found_before_anybody_relies_on_it(settings):
    settings.FACTOR_ROLES = frozenset({"approver", "aprover", "system_owner"})
    assert [error.msg for error in check_factor_roles()] == [
        "NHIPCAU_FACTOR_ROLES names roles that there are not: aprover."
    ]
