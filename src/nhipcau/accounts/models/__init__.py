from nhipcau.accounts.models.membership import Membership, Role
from nhipcau.accounts.models.person import Person, TextSize, Theme

__all__ = ["Membership", "Person", "Role", "TextSize", "Theme"]
