from __future__ import annotations

import hashlib


def hash_of_url(url: str) -> str:
    """What an address is looked up by: SHA-256, its first 32 digits. Addresses may be longer than an index entry."""
    return hashlib.sha256(url.encode("utf-8", "replace")).hexdigest()[:32]
