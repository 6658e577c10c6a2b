"""Second factors: whose role asks for one, and how the sign-in library keeps them here."""

from __future__ import annotations

import base64
import hashlib
from typing import TYPE_CHECKING, Any

from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet
from django.conf import settings
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from nhipcau.access import current

if TYPE_CHECKING:
    from nhipcau.access import Access
    from nhipcau.accounts.models import Person

#: What proves a person beside the password. Recovery codes stand in for one that is lost and count as none.
FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)
#: Key of a session whose person is known to have a factor, so that not every page asks the database.
HAS_FACTOR = "accounts_has_factor"


def factor_required(access: Access) -> bool:
    """Whether a role held now asks for a second factor. Sample people of a demonstration are signed in without."""
    person: Any = access.actor
    if settings.DEMO and person.sample:
        return False
    roles = {role for role, _organisation in access.memberships}
    if person.is_system_owner:
        roles.add("system_owner")
    return not roles.isdisjoint(settings.FACTOR_ROLES)


def has_factor(person: Person) -> bool:
    """Whether this person has a factor beside the password."""
    return bool(Authenticator.objects.filter(user_id=person.pk, type__in=FACTORS).exists())


def factor_missing(request: Any) -> bool:
    """Whether whoever is signed in must set up a factor before anything else."""
    if HAS_FACTOR in request.session or not factor_required(current()):
        return False
    if not has_factor(request.user):
        return True
    request.session[HAS_FACTOR] = True
    return False


def _box() -> Fernet:
    """Locks what factors are made from; the key follows from the installation's signing key."""
    key = hashlib.sha256(b"nhipcau.accounts.mfa" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))


class MFAAdapter(DefaultMFAAdapter):
    """How the library's second factors behave here."""

    error_messages = DefaultMFAAdapter.error_messages | {
        "cannot_delete_authenticator": _("Your role asks for a second factor. Set up another before you remove this."),
    }

    def encrypt(self, text: str) -> str:
        """A copy of the database alone opens no account: its secrets are locked with a key that lies elsewhere."""
        return _box().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """What was locked by :meth:`encrypt`."""
        return _box().decrypt(encrypted_text.encode()).decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        """The last factor stays while a role asks for one."""
        others = Authenticator.objects.filter(user_id=authenticator.user_id, type__in=FACTORS)
        return others.exclude(pk=authenticator.pk).exists() or not factor_required(current())

    def generate_authenticator_name(self, user: Any, type: Any) -> str:  # noqa: A002 - the library's own signature
        """Keys are numbered until their owner names them."""
        number = Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1
        return gettext("Key %(number)s") % {"number": number}

    def _get_site_name(self) -> str:
        return "Nhịp Cầu"
