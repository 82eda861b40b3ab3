"""The text of a personal token: recognisable, checkable without the database, and known to us by its digest alone.

`br_pat_`, 43 letters and digits for 256 random bits, 6 for a checksum over them: `br_pat_[0-9A-Za-z]{49}` finds one in
any file, and the checksum tells a scanner, or us, that it is no accident.
"""

import re
from hashlib import sha256
from string import ascii_letters, digits
from zlib import crc32

PREFIX = "br_pat_"
SECRET_BYTES = 32
_ALPHABET = digits + ascii_letters
_LETTERS, _CHECK = 43, 6  # 62^43 > 2^256, 62^6 > 2^32
_FORM = re.compile(rf"{PREFIX}([0-9A-Za-z]{{{_LETTERS}}})([0-9A-Za-z]{{{_CHECK}}})")


def text_of(secret: bytes) -> str:
    """The token's text around a secret of 32 bytes."""
    letters = _base62(int.from_bytes(secret, "big"), _LETTERS)
    return PREFIX + letters + _checksum(letters)


def is_well_formed(text: str) -> bool:
    """Whether the text has the form of a personal token and its checksum fits."""
    parts = _FORM.fullmatch(text)
    return parts is not None and _checksum(parts[1]) == parts[2]


def digest_of(text: str) -> bytes:
    """What a token is known by, of whatever kind: SHA-256 of its text."""
    return sha256(text.encode()).digest()


def _checksum(letters: str) -> str:
    return _base62(crc32(letters.encode()), _CHECK)


def _base62(number: int, length: int) -> str:
    found = []
    for _ in range(length):
        number, place = divmod(number, len(_ALPHABET))
        found.append(_ALPHABET[place])
    return "".join(reversed(found))
