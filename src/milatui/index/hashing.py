"""Hashes texts, to compare and look them up without the texts."""

from __future__ import annotations

from hashlib import blake2b


def hash64(text: str) -> int:
    """Returns a 64-bit hash: two texts of one archive never share it in practice."""
    digest = blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "little")
