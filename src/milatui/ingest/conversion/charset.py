"""Decodes texts: by byte order mark, declaration, UTF-8, UTF-16, or the likeliest 8-bit encoding.

8-bit encodings are distinguished by the characters that texts in English, French and their
neighbours hold: letters with accents within words, quotation marks and dashes at their ends.
"""

from __future__ import annotations

import codecs
import re
from typing import Final, NamedTuple

_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_EIGHT_BIT: Final = ("cp1252", "mac-roman", "cp850", "iso8859-15")
"""Encodings that are compared for a text that declares none, the commonest first."""
_SUPERSETS: Final = {"iso8859-1": "cp1252", "ascii": "cp1252"}
"""Encodings that are declared, and what is meant (WHATWG Encoding Standard)."""
_MANY_ZEROS: Final = 0.6
_FEW_ZEROS: Final = 0.1
"""Shares of zeros in the high and in the low bytes of a text in UTF-16, mostly of Latin letters."""
_SAMPLE: Final = 200_000
"""Bytes by which an 8-bit encoding is judged."""
_DECLARED: Final = re.compile(
    rb"<\?xml[^>]{0,100}encoding\s*=\s*[\"']([\w.:-]{2,40})"
    rb"|<meta[^>]{0,300}charset\s*=\s*[\"']?\s*([\w.:-]{2,40})",
    re.IGNORECASE,
)
_HEAD: Final = 4_096
"""Bytes in which a page or feed declares its encoding."""
_FOREIGN: Final = re.compile(r"(?P<before>\w|\W|^)(?P<char>[^\x00-\x7f])(?=(?P<after>\w|\W|$))")
_COMMON: Final = frozenset("éèàêçôîûâëïùœÉÀÊÈÇ")
_LETTERS: Final = frozenset("áäãåæìíñòóôöõøúüýÿßÂÄÁÎÏÑÓÔÖŒÙÚÛÜ")
_SIGNS: Final = frozenset("’‘“”«»–—…•°€£©®™\u00a0\u2011")
_FINAL: Final = frozenset("éàùèôëêüöäåøßóíáãñœ")
"""Letters with accents that words end in."""


class Decoded(NamedTuple):
    """A text and the encoding that it was read in."""

    text: str
    encoding: str


def decode(data: bytes, *, declares: bool = False) -> Decoded:
    """Decodes the bytes of a whole text.

    Args:
        data: The bytes.
        declares: The text may declare its encoding, as HTML and XML do.

    Bytes that the encoding does not know become U+FFFD.
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return Decoded(data[len(bom) :].decode(encoding, "replace"), encoding)
    if wide := _utf16(data):
        return Decoded(data.decode(wide, "replace"), wide)
    declared = declared_encoding(data) if declares else ""
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        if declared and declared != "utf-8":
            return Decoded(data.decode(declared, "replace"), declared)
    if declared == "utf-8" and _broken(data) <= max(3, len(data) // 10_000):
        return Decoded(data.decode("utf-8", "replace"), "utf-8")
    encoding = eight_bit_encoding(data[:_SAMPLE])
    return Decoded(data.decode(encoding, "replace"), encoding)


def declared_encoding(data: bytes) -> str:
    """Returns the encoding that a page or feed declares, as Python knows it; empty if none."""
    match = _DECLARED.search(data[:_HEAD])
    if match is None:
        return ""
    try:
        name = codecs.lookup((match[1] or match[2]).decode("ascii")).name
    except LookupError:
        return ""
    # UTF-16 cannot declare itself in ASCII; the name of another encoding counts as none.
    if name.startswith(("utf-16", "utf-32", "utf-7", "idna", "punycode", "unicode", "raw")):
        return ""
    if not codecs.lookup(name)._is_text_encoding:
        return ""
    return _SUPERSETS.get(name, name)


def eight_bit_encoding(sample: bytes) -> str:
    """Returns the 8-bit encoding in which a sample reads best."""
    return max(_EIGHT_BIT, key=lambda encoding: _plausibility(sample, encoding))


def _plausibility(sample: bytes, encoding: str) -> float:
    text = sample.decode(encoding, "replace")
    score = 0.0
    for match in _FOREIGN.finditer(text):
        before, char, after = match["before"].isalpha(), match["char"], match["after"].isalpha()
        if char == "’":
            score += 2 if before else 0.5
        elif char in _SIGNS:
            # A sign within a word is a letter of another encoding.
            score += -2 if before and after and char not in "–—\u00a0\u2011" else 1
        elif char in _COMMON or char in _LETTERS:
            score += 1 if char in _COMMON else 0.25
            if not before and not after:
                score -= 0 if char in "àÀÉ" else 2
            elif not after and char not in _FINAL:
                score -= 2
        else:
            score -= 3
    return score


def _utf16(data: bytes) -> str:
    """Returns the form of UTF-16 of a text without a byte order mark; empty if it is not that."""
    sample = data[: _HEAD & ~1]
    if len(data) % 2 or not sample:
        return ""
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    half = len(sample) // 2
    if odd > half * _MANY_ZEROS and even < half * _FEW_ZEROS:
        return "utf-16-le"
    return "utf-16-be" if even > half * _MANY_ZEROS and odd < half * _FEW_ZEROS else ""


def _broken(data: bytes) -> int:
    """Counts the places at which a text is not UTF-8."""
    return data.decode("utf-8", "replace").count("\ufffd")
