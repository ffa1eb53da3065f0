"""The pieces that the query language is made of: signs, words, phrases, fields and their names."""

from __future__ import annotations

import re
from typing import Final

from milatui.index.analysis.tokenizer import SPACED_TOKEN

_ALSO: Final = (
    "language=lang type=kind by=said-by partenaire=partner personne=person langue=lang titre=title "
    "genre=kind dit-par=said-by saidby=said-by mesure=measure éditeur=publisher editeur=publisher "
    "from=since depuis=since to=until before=before after=after avant=before après=after "
    "apres=after"
)
FIELD_NAMES: Final = (
    *("partner", "person", "kind", "lang", "publisher"),
    *("title", "said-by", "measure", "date", "since", "until"),
)
FIELDS: Final = {
    **dict(zip(FIELD_NAMES, FIELD_NAMES, strict=True)),
    **dict(pair.split("=") for pair in _ALSO.split()),
}
"""Names of fields as written, and what they mean."""

_PERIOD: Final = (
    r"(?:last|past|previous|this|next|current)\ (?:\d+\ )?\w+"
    r"|(?:since|from|after|until|before|depuis|apr[eè]s|avant)\ (?:[^\W\d]+\ )?\d[\d-]*"
    r"|l['’]ann?(?:ée)?\ derni\w+|cette\ année|ce\ mois|le\ mois\ dernier"
    r"|(?:\d\d?\ )?[^\W\d]+\.?\ \d{4}|[QqTt][1-4]\ \d{4}"
)
"""What is one date though it is several words."""

_WORD_SIGN: Final = r'[^\s()"“«»”]|(?<=[\u05d0-\u05ea])"(?=[\u05d0-\u05ea])'
"""What words are written with; a quotation mark stands within Hebrew acronyms."""

LEXEME: Final = re.compile(
    r"""(?P<space>\s+)
    |(?P<open>\()|(?P<close>\))
    |(?P<field>[^\W\d_][\w-]*):(?:"(?P<fq>[^"]*)"
        |(?P<fp>(?<=[Dd]ate:)(?:"""
    + _PERIOD
    + r"""))|(?P<fv>[^\s()"]+)|(?P<fn>(?=\s|$)))
    |(?P<sign>[-+−])(?=["«“(/\w])
    |(?P<quoted>"(?P<q1>[^"]*)"|“(?P<q2>[^”]*)”|«(?P<q3>[^»]*)»)
    |/(?P<regex>(?:[^/\\\s]|\\.)+)/(?=[\s)]|$)
    |(?P<near>[Nn][Ee][Aa][Rr]/(?P<far>[0-9]{1,9}))(?=\s|$)
    |(?P<or>OR|\|\|?)(?=[\s(]|$)|(?P<and>AND|&&)(?=[\s(]|$)|(?P<not>NOT)(?=[\s(])
    |(?P<words>(?:"""
    + SPACED_TOKEN.pattern
    + rf""")(?:{_WORD_SIGN})*|(?:{_WORD_SIGN})+)
    |(?P<stray>.)""",
    re.VERBOSE | re.DOTALL,
)


def kind_of(match: re.Match[str]) -> str:
    """Which kind of lexeme a match of ``LEXEME`` is."""
    for kind in ("open", "close", "field", "sign", "quoted", "regex", "near", "or", "and", "not"):
        if match[kind] is not None:
            return kind
    return "words" if match["words"] is not None else "stray"
