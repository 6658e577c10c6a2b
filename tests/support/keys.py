"""A passkey in plain Python: what a browser and its authenticator answer when a page asks them to make or use one."""

import hashlib
import json
import secrets

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from fido2.cose import ES256
from fido2.utils import websafe_decode, websafe_encode
from fido2.webauthn import Aaguid, AttestationObject, AttestedCredentialData, AuthenticatorData

PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


class SoftKey:
    """One key for one site. ``origin`` is the page that asks; its host is what the key belongs to."""

    def __init__(self, origin="http://localhost"):
        self.origin = origin
        self.identifier = secrets.token_bytes(16)
        self.private = ec.generate_private_key(ec.SECP256R1())
        self.owner = None

    def made(self, options=None):
        """What the page is told after it asked for a new key."""
        asked = (options or {}).get("publicKey", {"challenge": "AA", "user": {"id": "MQ"}})
        self.owner = asked["user"]["id"]
        public = ES256.from_cryptography_key(self.private.public_key())
        attested = AttestedCredentialData.create(Aaguid(bytes(16)), self.identifier, public)
        data = AuthenticatorData.create(self._site(), PRESENT | VERIFIED | ATTESTED, 0, attested)
        said = {
            "clientDataJSON": websafe_encode(self._client("webauthn.create", asked["challenge"])),
            "attestationObject": websafe_encode(bytes(AttestationObject.create("none", data, {}))),
        }
        return self._answer(said) | {"clientExtensionResults": {"credProps": {"rk": True}}}

    def used(self, options, *, verified=True):
        """What the page is told after it asked for a proof by this key."""
        client = self._client("webauthn.get", options["publicKey"]["challenge"])
        flags = PRESENT | (VERIFIED if verified else 0)
        data = bytes(AuthenticatorData.create(self._site(), flags, 0))
        signature = self.private.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        said = {
            "clientDataJSON": websafe_encode(client),
            "authenticatorData": websafe_encode(data),
            "signature": websafe_encode(signature),
            "userHandle": self.owner,
        }
        return self._answer(said)

    def _answer(self, said):
        name = websafe_encode(self.identifier)
        plain = {"id": name, "rawId": name, "type": "public-key", "clientExtensionResults": {}}
        return plain | {"response": said}

    def _site(self):
        return hashlib.sha256(self.origin.partition("://")[2].partition(":")[0].encode()).digest()

    def _client(self, kind, challenge):
        websafe_decode(challenge)
        return json.dumps({"type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": False}).encode()
