"""Field names of the query language in English and French, and the periods its dates take."""

# untranslated: words of texts and queries, in both languages
from __future__ import annotations

from typing import Final

FIELD_NAMES: Final = (
    "partner",
    "person",
    "kind",
    "lang",
    "publisher",
    "sector",
    "title",
    "said-by",
    "measure",
    "star",
    "tag",
    "note",
    "date",
    "since",
    "until",
)
"""The names that messages offer."""

_ALIASES: Final = (
    "language=lang type=kind by=said-by partenaire=partner personne=person langue=lang titre=title "
    "genre=kind dit-par=said-by saidby=said-by mesure=measure éditeur=publisher editeur=publisher "
    "secteur=sector étoile=star etoile=star étiquette=tag etiquette=tag "
    "from=since depuis=since to=until before=before after=after avant=before après=after "
    "apres=after"
)
FIELDS: Final[dict[str, str]] = {
    **dict(zip(FIELD_NAMES, FIELD_NAMES, strict=True)),
    **dict(pair.split("=") for pair in _ALIASES.split()),
}
"""Names of fields as written, in lower case, and their canonical names."""

DATE_FIELDS: Final = "|".join(
    sorted(
        name
        for name, meant in FIELDS.items()
        if meant in ("date", "since", "until", "before", "after")
    )
)
"""The names of fields whose values are dates, as a regular expression."""

_DAY: Final = r"\d\d?(?:er|st|nd|rd|th)?"
_MONTH: Final = r"[^\W\d_]+\.?"
_DATE: Final = (
    rf"(?:(?:{_DAY} )?{_MONTH} (?:{_DAY},? )?\d{{4}}|[QqTt][1-4] \d{{4}}|\d{{4}}(?:-\d\d){{0,2}})"
)
_START: Final = rf"(?:{_DATE}|(?:{_DAY} )?{_MONTH}|{_DAY})"
_BETWEEN: Final = r"(?: ?(?:\.\.|[-–—/]) ?| (?:to|until|till|through|à|au|jusqu['’]\w+) )"
_RANGE: Final = (
    rf"(?:(?:from|de|du) )?{_START}{_BETWEEN}{_DATE}"
    rf"|(?:between|entre) {_START} (?:and|et) {_DATE}"
    rf"|{_DATE}\.\.|\.\.{_DATE}"
)
_RELATIVE: Final = (
    r"(?:last|past|previous|this|next|current) (?:\d+ )?\w+"
    rf"|(?:since|from|after|until|before|depuis|apr[eè]s|avant) (?:{_DATE}|(?:[^\W\d]+ )?\d[\d-]*)"
    r"|l['’]ann?(?:ée)? derni\w+|cette année|ce mois|le mois dernier"
)
PERIOD: Final = rf"(?:{_RANGE}|{_RELATIVE}|{_DATE})(?=(?:[,;:!?]|\.(?!\.))*(?:[\s)]|$))"
"""What is one period though it is several words; whether it is one the catalogue decides.

A range that nobody understands must reach the catalogue whole, to be pointed at: half of it
would be another period.
"""
