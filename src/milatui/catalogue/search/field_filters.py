"""Resolves the field filters of a query: partner, person, kind, publisher, dates and more."""

from __future__ import annotations

from functools import partial
from itertools import compress
from typing import TYPE_CHECKING, Final

from milatui.archive.edtf import DateError
from milatui.archive.kinds import KINDS
from milatui.catalogue.labels.labels import kind_label
from milatui.catalogue.labels.vocabulary import measure_label
from milatui.catalogue.lists.sector_names import sector_names, sectors_meant
from milatui.catalogue.notes import clean_tag
from milatui.catalogue.scope import Scope
from milatui.i18n import _
from milatui.index.analysis.folding import fold
from milatui.index.analysis.stemmer import stems_of
from milatui.index.analysis.tokenizer import query_words
from milatui.index.search.doc_set import DocSet
from milatui.suggest import closest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from datetime import date

    from milatui.catalogue.filters import FilterMasks
    from milatui.catalogue.notes import Note
    from milatui.index.protocol import CatalogueIndex

KIND_ALIASES: Final = {
    "people": "person",
    "partenaire": "partner",
    "personne": "person",
    "evenement": "event",
    "chiffre": "figure",
    "declaration": "statement",
    "communique": "press-release",
    "nouvelle": "news",
    "rapport": "report",
    "profil": "profile",
    "blogue": "blog",
    "entreprise": "company",
    "universite": "university",
    "reseau": "network",
    "start-up": "startup",
    "jeune-pousse": "startup",
    "organisme-public": "public-body",
    "institute": "research-institute",
    "institut": "research-institute",
    "investisseur": "investor",
    "bailleur": "funder",
    "partenariat": "partnership",
    "renouvellement": "renewal",
    "laboratory": "lab-opening",
    "laboratoire": "lab-opening",
    "financement": "funding",
    "subvention": "grant",
    "entreprise-derivee": "spin-off",
    "locaux": "premises",
    "nomination": "appointment",
    "program": "programme",
}
"""English and French words for kinds, folded and hyphenated -> kinds as in archives."""
LANGUAGE_ALIASES: Final = {
    "english": "en",
    "anglais": "en",
    "french": "fr",
    "francais": "fr",
    "spanish": "es",
    "espagnol": "es",
    "german": "de",
    "allemand": "de",
    "portuguese": "pt",
    "portugais": "pt",
    "italian": "it",
    "italien": "it",
    "korean": "ko",
    "coreen": "ko",
    "japanese": "ja",
    "japonais": "ja",
    "chinese": "zh",
    "chinois": "zh",
}
"""English and French names of languages, folded -> BCP 47 tags."""
_REMEMBERED: Final = 32
"""Maximum number of fields whose records are remembered: each has a byte for every record."""


_OWN: Final = ("star", "tag", "note")
"""Fields of the user's own notes, which change while an archive is read."""
_YES: Final = ("yes", "y", "oui", "true", "1", "*")
_NO: Final = ("no", "n", "non", "false", "0")


class FieldFilterResolver:
    """Resolves the fields of a query; ``today`` is the day that *last year* counts from."""

    def __init__(self, reader: CatalogueIndex, filters: FilterMasks, today: date) -> None:
        self._reader = reader
        self._filters = filters
        self._today = today
        self._known: dict[tuple[str, str], DocSet | str] = {}
        self._makers: dict[str, Callable[[str], DocSet | str]] = {
            "partner": self._partner,
            "person": self._person,
            "said-by": self._said_by,
            "kind": self._kind,
            "lang": self._language,
            "measure": self._measure,
            "publisher": self._publisher,
            "sector": self._sector,
            "star": self._star,
            "tag": self._tag,
            "note": self._note,
            "date": partial(self._date, ""),
            **{side: partial(self._date, side) for side in ("since", "until", "before", "after")},
        }

    def __call__(self, name: str, value: str) -> DocSet | str:
        """Returns the records where a field has a value, or what is wrong with the value."""
        if name in _OWN:
            return self._makers[name](value)
        key = (name, value)
        found = self._known.get(key)
        if found is None:
            found = self._known[key] = self._makers[name](value)
            if len(self._known) > _REMEMBERED:
                del self._known[next(iter(self._known))]
        return found

    def _star(self, value: str) -> DocSet | str:
        wanted = fold(value)
        if wanted in _YES or wanted in _NO:
            starred = self._noted(lambda note: note.starred)
            if isinstance(starred, str) or wanted in _YES:
                return starred
            return DocSet.everything(self._reader.size) - starred
        return _("star: takes yes or no")

    def _tag(self, value: str) -> DocSet | str:
        tag = clean_tag(value)
        return self._noted(lambda note: tag in note.tags)

    def _note(self, value: str) -> DocSet | str:
        wanted = query_words(value)
        return self._noted(lambda note: set(wanted) <= set(query_words(note.text)))

    def _noted(self, wanted: Callable[[Note], bool]) -> DocSet | str:
        """Finds the records whose notes are wanted, or says that there are no notes."""
        if self._filters.notes is None:
            return _("this session has no notes of your own")
        try:
            noted = self._filters.noted()
        except OSError as error:
            reason = error.strerror or str(error)
            return _("the notes cannot be read: {reason}").format(reason=reason)
        keys = [key for key, note in noted.items() if wanted(note)]
        return self._set(n for n in self._reader.find_all(keys) if n is not None)

    def _named(self, kind: str, value: str) -> list[int]:
        """Finds records of a kind by id or name; if there is none, by words that begin so."""
        number = self._reader.find("partner" if kind == "partner" else "person", value)
        if number is not None:
            return [number]
        wanted = " ".join(query_words(value))
        exact: dict[int, None] = {}
        begun: dict[int, None] = {}
        for found, folded in self._names(kind):
            if wanted and folded == wanted:
                exact[found] = None
            elif wanted and f" {wanted}" in f" {folded}":
                begun[found] = None
        return list(exact or begun)

    def _names(self, kind: str) -> Iterable[tuple[int, str]]:
        kinds, wanted = self._reader.columns.kind, KINDS.index(kind)
        return ((n, folded) for n, folded, _name in self._reader.names if kinds[n] == wanted)

    def _partner(self, value: str) -> DocSet | str:
        numbers = self._named("partner", value)
        if not numbers:
            near = (folded for _n, folded in self._names("partner"))
            return _near(_("no partner is called “{name}”").format(name=value), value, near)
        columns = self._reader.columns
        first = columns.partner_number[0]
        return self._set(r for number in numbers for r in columns.partner_records[number - first])

    def _person(self, value: str) -> DocSet | str:
        numbers = self._named("person", value)
        if not numbers:
            names = [folded for _n, folded in self._names("person")]
            near = (*names, *(word for name in names for word in name.split()))
            return _near(_("no person is called “{name}”").format(name=value), value, near)
        named_by = self._reader.columns.named_by
        return self._set(r for number in numbers for r in (number, *named_by[number]))

    def _said_by(self, value: str) -> DocSet | str:
        """Finds statements of a person, or of the people who speak for a partner."""
        found = self._person(value)
        if isinstance(found, str):
            partner = self._partner(value)
            if isinstance(partner, str):
                return found
            found = partner
        return found & DocSet.from_bytes(self._filters.of_kinds("statement"))

    def _kind(self, value: str) -> DocSet | str:
        known = {*KINDS, *(detail for detail in self._reader.manifest.details if detail)}
        kinds = [kind_meant(part, known) for part in value.split(",") if part.strip()]
        unknown = next((kind for kind in kinds if kind not in known), None)
        if unknown is not None:
            message = _("there is no kind “{name}”").format(name=unknown)
            near = _near(message, unknown, known)
            if near != message:
                return near
            words = _("there is no kind “{name}”; there are {kinds}")
            return words.format(name=unknown, kinds=", ".join(sorted(KINDS)))
        return self._in_scope(Scope(kinds=frozenset(kinds)))

    def _language(self, value: str) -> DocSet | str:
        tag = LANGUAGE_ALIASES.get("".join(query_words(value)), value).lower()
        known = sorted(name.lower() for name in self._reader.manifest.languages if name)
        if not any(name == tag or name.startswith(f"{tag}-") for name in known):
            message = _("no document is in the language “{name}”; there are {languages}")
            return message.format(name=value, languages=", ".join(known))
        return self._in_scope(Scope(languages=frozenset({tag})))

    def _publisher(self, value: str) -> DocSet | str:
        if not self._filters.publishers(value):
            known = (" ".join(query_words(name)) for name in self._reader.manifest.publishers)
            return _near(_("no publisher is called “{name}”").format(name=value), value, known)
        return self._in_scope(Scope(publishers=frozenset({value})))

    def _sector(self, value: str) -> DocSet | str:
        own = [name for name in self._reader.manifest.sectors if name]
        parts = [part for part in value.split(",") if part.strip()]
        meant = [sectors_meant(part, own) for part in parts]
        unknown = next((part for part, found in zip(parts, meant, strict=True) if not found), None)
        if unknown is not None:
            message = _("there is no sector “{name}”").format(name=unknown.strip())
            return _near(message, unknown, sector_names(own))
        return self._in_scope(Scope(sectors=frozenset().union(*meant)))

    def _date(self, side: str, value: str) -> DocSet | str:
        # Deferred: compiles the patterns of dates, which few queries have.
        from milatui.catalogue.search.date_ranges import parse_date_range

        try:
            since, until = parse_date_range(f"{side} {value}", self._today)
            return self._in_scope(Scope(since=since, until=until))
        except DateError:
            return _("“{text}” is not a date; write 2021, 2021-09, 2021..2023 or last year").format(
                text=value
            )

    def _measure(self, value: str) -> DocSet | str:
        """Finds figures whose measure has all the words, in any order and form."""
        wanted = [frozenset(stems_of(word)) for word in query_words(value)]
        figures = self._filters.of_kinds("figure") if wanted else b""
        found = []
        for number in compress(range(self._reader.size), figures):
            measure = self._reader.list_row(number).title
            # A measure has its recorded name and its label in the interface's language.
            names = f"{measure} {measure_label(measure.replace(' ', '_'))}"
            has = {stem for word in query_words(names) for stem in stems_of(word)}
            if not any(has.isdisjoint(stems) for stems in wanted):
                found.append(number)
        if not found:
            return _("no figure is given for “{name}”").format(name=value)
        return self._set(found)

    def _set(self, numbers: Iterable[int]) -> DocSet:
        return DocSet.from_numbers(numbers, self._reader.size)

    def _in_scope(self, scope: Scope) -> DocSet:
        return DocSet.from_bytes(self._filters.mask(scope))


def kind_meant(value: str, known: set[str]) -> str:
    """Returns the known kind that a word or a label stands for, or the word itself."""
    word = value.strip().lower()
    plain = "-".join(query_words(word))
    for name in (word, plain, plain.removesuffix("s")):
        if name in known or name in KIND_ALIASES:
            return KIND_ALIASES.get(name, name) if name not in known else name
    return next(
        (kind for kind in sorted(known) if query_words(kind_label(kind)) == query_words(word)), word
    )


def _near(message: str, value: str, known: Iterable[str]) -> str:
    """Adds similar names, if there are any, to a message about an unknown one."""
    near = closest(" ".join(query_words(value)), sorted(set(known)), limit=2, cutoff=0.75)
    if not near:
        return message
    return _("{fault}; similar: {names}").format(fault=message, names=", ".join(near))
