"""Recognises organisations that no record has, by what stands around their names.

Each mention of a name adds or takes points: a legal form, a ticker symbol, a phrase such as
``partnership with``, a verb such as ``announced``, a title held there.  What reaches the threshold
is an organisation.  The points were set by hand on annotated releases, see
``benchmarks/recognition.py``.
"""

# untranslated: words of texts, in both languages
from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from milatui.archive.written_dates import MONTHS
from milatui.ingest.confidence import Confidence
from milatui.ingest.recognise.name_phrases import UPPER, NamePhrase, is_geographic
from milatui.ingest.recognise.vocabulary import (
    EVENT_TAILS,
    FIRST_NAMES,
    FRENCH_HEADS,
    GENERIC_TAILS,
    LEGAL_FORMS,
    LISTING_WORDS,
    NOT_NAMES,
    ORGANISATION_HEADS,
    ORGANISATION_NOUNS,
    ORGANISATION_VERBS,
    PARTNER_PREPOSITIONS,
    ROLE_HEADS,
    THING_NOUNS,
    TOPIC_WORDS,
    word_set,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

_TICKER: Final = re.compile(
    r" ?\((?:NASDAQ|Nasdaq|NYSE|OTC\w*|TSX\w*|CSE|AMEX|LSE|ASX|Euronext|ISIN|FRA"
    r"|NEO)\b[^()\n]{0,40}\)"
)
_ACRONYM: Final = re.compile(
    r",? \((?:the |le |la |l')?[“\"«]? ?([^\W\d_][\w&. -]{0,30}?) ?[”\"»]?(?: or"
    r" [“\"][^()]{0,40})?\)"
)
_PARTNER_PHRASES: Final = frozenset(PARTNER_PREPOSITIONS.split("|"))
_LISTING_PHRASES: Final = frozenset(LISTING_WORDS.split("|"))
_WEAK_PHRASES: Final = word_set("joined joining at by from chez par through via")
_PLACE_PHRASES: Final = word_set("in near across throughout à en visit on")
_HELD_LAST: Final = word_set(
    "of de du company firm startup start-up bank agency institute nonprofit partner entreprise"
    " compagnie société firme organisme banque géant studio fonds montréalaise québécoise"
    " française américaine canadienne ontarienne torontoise parisienne"
) | {"d'"}
_PERSON_FROM: Final = re.compile(rf"[{UPPER}][\w'-]+ [{UPPER}][\w'-]+ (?:from|de chez) $")
_HELD: Final = re.compile(
    r"(?:founder|ceo|president|chairman|director|owners?|customers|subsidiary|division|siège"
    r"|bureaux"
    r"|équipes?|dirigeants|filiale|clients) (?:of|de|d'|du)$"
    r"|(?:company|firm|startup|start-up|bank|agency|institute|nonprofit|partner|entreprise"
    r"|compagnie"
    r"|société|firme|organisme|banque|géant|studio|fonds)(?: [a-zé-]+(?:aise|ienne|oise|aine))?$"
)
_AT_PHRASES: Final = frozenset({"at", "chez"})
_GENERIC_SHORT: Final = word_set(
    "company society foundation center centre university bank fund issuer corporation group client"
    " association institute partners parties société entreprise compagnie"
)
"""Short forms that are said of many."""
_NATIONALITIES: Final = word_set(
    "japonaise japonais britannique américaine américain française français allemande allemand"
    " suédoise suédois chinoise chinois coréenne coréen israélienne israélien québécoise"
)
_CLAUSE: Final = 90
_IS_PLACE: Final = re.compile(
    r", (?:A[KLRZ]|BC|C[AOT]|DC|DE|FL|GA|HI|I[ADLN]|K[SY]|LA|M[ADEINOST]|N[BCDEHJLMSVY]|O[HKNR]|PA"
    r"|PEI?|QC|RI|S[CDK]|T[NX]|UT|V[AT]|W[AIVY]|AB|MB|YT)\b"
)
_OWNED: Final = re.compile(
    r"(?:^|\s)(?:its|our|their|his|her|the|a|an|this|new|ses|son|sa|notre)(?: [a-z-]+){0,2} $",
    re.IGNORECASE,
)
_WORD_AFTER: Final = re.compile(
    r"(?:,? (?:today|also|has|have|will|recently|proudly|officially|jointly|successfully|proud to"
    r"|is|are"
    r"|a|ont|vient d'|aujourd'hui|hier))* ([\w'-]+)"
)
_DESCRIBED: Final = re.compile(
    r"(?:[,.]?[”\"»])?(?: \([^()\n]{0,40}\))?(?:,[”\"»]?| [-–]| is| est| was|, qui est) (?:now "
    r"|proud to be )?(?:a|an|the|one of|un|une|la|le|l'une?|chef)\b"
    r"([^.;:\n]{0,90})"
)
_POSSESSIVE: Final = re.compile(r"'s? (?:(?:\w+-?)+ )?(\w+)")
_COORDINATION: Final = re.compile(
    r"(?:,| and| et| &|, and|, et| ou| or)(?: the| la| le| l'| les| de| d')? ?"
)
_SEPARATORS: Final = re.compile(r"[\s(,'“«\"]")
_LISTED_NOUNS: Final = (
    "companies",
    "firms",
    "organizations",
    "organisations",
    "partners",
    "universities",
    "institutions",
    "startups",
    "brands",
    "clients",
    "entreprises",
    "géants",
    "partenaires",
    "sociétés",
    "universités",
    "organismes",
)
_APPOSITIONS: Final = frozenset({", the ", ", l'", ", la ", ", le "})
_SIGNS: Final = re.compile(r"[^\w&.-]+")
THRESHOLD: Final = 3
SURE: Final = 6
_OWN_NOUNS: Final = word_set(
    "ceo president founder team headquarters board customers employees clients community"
    " mission partnership board's commitment shareholders network office offices offerings"
    " staff portfolio management investors website members researchers expertise"
    " operations"
)
_SOCIAL_MEDIA: Final = word_set(
    "twitter facebook instagram linkedin youtube tiktok telegram discord x medium whatsapp"
)
_UNITS: Final = word_set("team department division unit committee board lab group office")
"""Parts of organisations, if they are somebody's: ``Mila's Applied ML Research Team``."""
_NO_ORGANISATIONS: Final = ("The Company", " Men", " Women", "The Board")
_CAPITALS: Final = re.compile(rf"^\w|[{UPPER}]")
_STATE_CODE: Final = re.compile(r"[A-Z]{2}")
_PLURAL_ACRONYM: Final = re.compile(r"[A-Z]{2,5}s")
_INNER_CAPITALS: Final = re.compile(rf"[a-z\d][{UPPER}]|\.(?:ai|io|com|org|net|tech)$")


@dataclass(slots=True)
class OrganisationRecord:
    """An organisation under construction; spans are of the plain text.

    Attributes:
        name: The fullest form of the name, without a description behind a dash.
        score: Points for being an organisation.
        mentions: Where it is named.
        short_names: Other forms of the name in the text.
    """

    name: str
    score: int = 0
    mentions: list[tuple[int, int]] = field(default_factory=list)
    short_names: list[str] = field(default_factory=list)

    @property
    def confidence(self) -> Confidence:
        """How sure it is that this is an organisation."""
        if self.score >= SURE:
            return Confidence.CERTAIN
        return Confidence.LIKELY if self.score > THRESHOLD else Confidence.UNSURE


class OrganisationFinder:
    """Scores the name phrases of a text that are neither people nor known partners."""

    def __init__(self, text: str, phrases: Sequence[NamePhrase], title: str) -> None:
        self._text = text
        self._title = f" {_SIGNS.sub(' ', title)} "
        self._phrases = phrases
        self._records: dict[str, OrganisationRecord] = {}
        self._bonus: dict[int, int] = {}
        self._aliases: dict[str, str] = {}

    def add_evidence(self, start: int, points: int) -> None:
        """Adds points to the name that begins at ``start``."""
        self._bonus[start] = max(self._bonus.get(start, 0), points)

    def find(
        self, taken: Iterable[tuple[int, int]], people: Iterable[str]
    ) -> list[OrganisationRecord]:
        """Returns the organisations, in the order of the text.

        Args:
            taken: Spans of known partners and of people, in any order.
            people: Names of people, which no organisation has.
        """
        occupied = sorted(taken)
        names = {name for each in people for name in (each, each.split()[-1])}
        free = [
            phrase
            for phrase in self._phrases
            if phrase.name not in names
            and not _overlaps(occupied, phrase)
            and (not phrase.headline or phrase.start in self._bonus)
        ]
        for phrase in free:
            if not _is_excluded(phrase):
                self._score(phrase)
        self._score_lists(free)
        self._merge(free)
        found = [
            record
            for record in self._records.values()
            if record.score >= THRESHOLD and record.mentions
        ]
        return sorted(found, key=lambda record: min(record.mentions))

    def _score(self, phrase: NamePhrase) -> None:
        name = _plain(phrase.name)
        if not name:
            return
        record = self._records.get(name)
        if record is None:
            record = self._records[name] = OrganisationRecord(name, _by_form(name))
            if f" {name} " in self._title:
                record.score += 1
        record.mentions.append((phrase.start, phrase.end))
        record.score += self._by_context(phrase) + self._bonus.get(phrase.start, 0)

    def _by_context(self, phrase: NamePhrase) -> int:
        text = self._text
        before = text[max(0, phrase.start - 40) : phrase.start]
        score = 0
        end = phrase.end
        if ticker := _TICKER.match(text, end):
            score += 4
            end = ticker.end()
        acronym = _ACRONYM.match(text, end)
        generic = acronym is not None and acronym[1].strip().lower() in _GENERIC_SHORT
        if acronym and not ticker and not generic and self._is_short_form(phrase.name, acronym[1]):
            self._aliases[acronym[1].strip()] = _plain(phrase.name)
            score += 2 if _by_form(_plain(phrase.name)) >= 2 else 1
            end = acronym.end()
        said = _words_before(before)
        if said & _AT_PHRASES and _has_role(text, phrase.start):
            return 3
        if _IS_PLACE.match(text, end):
            score -= 4
        if said & _PARTNER_PHRASES or _is_held(before, said):
            score += THRESHOLD + 1
        elif said & _WEAK_PHRASES:
            score += 1
        elif said & _PLACE_PHRASES:
            score -= 1
        word = _WORD_AFTER.match(text, end)
        if word and word[1].lower() in ORGANISATION_VERBS:
            score += 2
        if (
            word
            and word[0].startswith(" ")
            and word[1].lower() in THING_NOUNS
            and word[0].count(" ") == 1
        ):
            score -= 2 if _OWNED.search(before) else 1
        described = _DESCRIBED.match(text, end)
        if described:
            nouns = [each.lower() for each in re.findall(r"[\w-]+", described[1])]
            if any(noun in ORGANISATION_NOUNS for noun in nouns[:9]):
                score += 3
            elif any(noun in THING_NOUNS or noun in ROLE_HEADS for noun in nouns[:6]):
                score -= 2
        if before.endswith(("'s ", "' ")) and phrase.tokens[-1].lower() in _UNITS:
            score -= 4
        owns = _POSSESSIVE.match(text, end)
        if owns:
            score += 2 if owns[1].lower() in _OWN_NOUNS or owns[1].lower() in FIRST_NAMES else 1
        if phrase.initial and " " not in phrase.name and score <= 1:
            return 0
        return score

    @staticmethod
    def _is_short_form(name: str, short: str) -> bool:
        """Returns whether words in brackets are an acronym or a beginning of a name."""
        short = short.strip()
        letters = [
            char.lower() for word in re.findall(r"\w+", name) for char in _CAPITALS.findall(word)
        ]
        if short.lower() in name.lower() or (" " not in short and _by_form(name) >= SURE - 2):
            return True
        wanted = [char.lower() for char in short if char.isalpha()]
        at = 0
        for letter in letters:
            if at < len(wanted) and letter == wanted[at]:
                at += 1
        return len(wanted) >= 2 and at * 10 >= len(wanted) * 6

    def _score_lists(self, free: Sequence[NamePhrase]) -> None:
        """Gives names in one list the points of the best of them: ``Google, IBM and Microsoft``."""
        run: list[NamePhrase] = []
        for phrase in [*free, None]:
            if run and phrase is not None:
                between = self._text[run[-1].end : phrase.start]
                if len(between) <= 10 and _COORDINATION.fullmatch(between):
                    run.append(phrase)
                    continue
            if len(run) > 1:
                self._score_run(run)
            run = [phrase] if phrase is not None else []

    def _score_run(self, run: list[NamePhrase]) -> None:
        before = self._text[max(0, run[0].start - 40) : run[0].start]
        if len(run) == 2 and self._text[run[0].end : run[1].start].strip() in {",", ", the"}:
            return
        records = [self._records.get(_plain(phrase.name)) for phrase in run]
        known = [record for record in records if record is not None]
        if not known:
            return
        best = max(record.score for record in known)
        strong = sum(record.score >= THRESHOLD for record in known)
        listed = bool(_words_before(before) & _LISTING_PHRASES) and not any(
            word in before.lower() for word in ("cities", "countries", "languages", "magazines")
        )
        after = self._text[run[-1].end : run[-1].end + 14].strip().split(" ")[0].strip(".,;)")
        if after in {"sectors", "industries", "markets", "countries", "languages", "protocols"}:
            for record in known:
                record.score -= 4
            return
        if best >= THRESHOLD and strong * 5 >= len(known):
            for record in known:
                if record.score > -THRESHOLD:
                    record.score = max(record.score, THRESHOLD + (len(run) > 2))
        elif listed and len(run) >= 3 and len(known) * 2 > len(run):
            named = any(noun in before.lower() for noun in _LISTED_NOUNS)
            for record in known:
                record.score = max(record.score + 3, THRESHOLD + named)

    def _merge(self, free: Sequence[NamePhrase]) -> None:
        """Joins the forms of one name: with and without legal form, its acronym, a description."""
        for short, full in self._aliases.items():
            if short != full and (record := self._records.get(full)):
                self._join(record, short)
        for name in sorted(self._records, key=lambda each: -len(each)):
            record = self._records.get(name)
            words = name.split() if record else []
            for count in range(1, len(words)):
                rest = [word.lower().strip(".,") for word in words[count:]]
                head = " ".join(words[:count]).rstrip(",")
                of_country = rest[0] in {"of", "du", "de"}
                if of_country and count == 1:
                    continue
                if record and head in self._records and _is_tail(rest):
                    self._join(record, head)
        for described, name in self._descriptions(free):
            if described in self._records and (record := self._records.get(name)):
                self._join(record, described)
        by_letters: dict[str, str] = {}
        for name in sorted(self._records, key=str.isupper):
            kept = by_letters.setdefault(name.lower().rstrip("."), name)
            if kept != name:
                self._join(self._records[kept], name)

    def _descriptions(self, free: Sequence[NamePhrase]) -> Iterator[tuple[str, str]]:
        """Yields names with a description, and the names: ``Mila - Quebec AI Institute``, ``Mila``.

        A description may also stand beside the name: ``Mila, the Quebec AI Institute,``.
        """
        for name in list(self._records):
            parts = re.split(r" [–|-] ", name, maxsplit=1)
            if len(parts) > 1:
                yield name, parts[0]
        for first, second in pairwise(free):
            between = self._text[first.end : second.start]
            if between in _APPOSITIONS and self._text[second.end : second.end + 1] == ",":
                name = _plain(second.name)
                if " " not in first.name and name.count(" ") > 1 and _by_form(name) >= SURE - 2:
                    yield name, _plain(first.name)

    def _join(self, record: OrganisationRecord, short: str) -> None:
        other = self._records.pop(short, None)
        if short not in record.short_names:
            record.short_names.append(short)
        if other is not None and other is not record:
            record.score += max(0, other.score)
            record.mentions.extend(other.mentions)
            record.short_names.extend(
                name for name in other.short_names if name not in record.short_names
            )
            record.mentions.sort()


def _has_role(text: str, start: int) -> bool:
    """Returns whether the clause before a name holds a title: ``Vice President ... at Citrix``."""
    clause = re.split(r"[.;:!?\n]", text[max(0, start - _CLAUSE) : start].lower())[-1]
    return any(word in ROLE_HEADS for word in clause.replace(",", " ").split())


def _is_held(before: str, said: set[str]) -> bool:
    """Returns whether the words before a name are said of organisations only: ``founder of``."""
    if said & _NATIONALITIES or (
        before.endswith(("from ", "chez ")) and _PERSON_FROM.search(before)
    ):
        return True
    return bool(said & _HELD_LAST) and _HELD.search(_without_article(before)) is not None


def _is_tail(words: Sequence[str]) -> bool:
    """Returns whether a short form of a name leaves these words out."""
    if words[-1] in LEGAL_FORMS:
        return not any(map(is_geographic, words))
    if words[0] in {"of", "du", "de"} and is_geographic(" ".join(words[1:])):
        return True
    return all(word in GENERIC_TAILS or word in {"–", "-"} for word in words)


def _without_article(before: str) -> str:
    """Returns the words before a name in lower case, without the article right before it."""
    lowered = before.lower().rstrip(' “"«')
    for article in (" the", " la", " le", " les", " l'"):
        if lowered.endswith(article):
            return lowered[: -len(article)].rstrip(' “"«')
    return lowered


def _words_before(before: str) -> set[str]:
    """Returns the last one to four words before a name, as the phrases that they form."""
    words = _without_article(before).replace("(", " ").replace(" l'", " ").split()[-4:]
    return {" ".join(words[at:]) for at in range(len(words))}


def _plain(name: str) -> str:
    """Returns a name without article and signs at its ends."""
    name = re.sub(r"^(?:The|the|La|Le|Les|L') ?", "", name) if not name.isupper() else name
    return name.strip(" ,&/–-")


def _by_form(name: str) -> int:
    """Returns the points of a name by itself: legal form, head, spelling."""
    words = name.lower().replace(",", "").split()
    last, first = words[-1].replace(".", ""), words[0]
    if last in LEGAL_FORMS and len(words) > 1:
        return 6
    if is_geographic(name):
        return -8
    if name.lower() in _SOCIAL_MEDIA:
        return -3
    if name.lower() in _SOCIAL_MEDIA:
        return -3
    score = 0
    if last in EVENT_TAILS and first not in FRENCH_HEADS and not {"of", "for"} & set(words):
        score -= 6
    elif (last in ORGANISATION_HEADS and len(words) > 1) or (
        first in FRENCH_HEADS and len(words) > 1
    ):
        score += 4 if len(words) > 1 else 1
    elif any(word in ORGANISATION_HEADS for word in words) and {"of", "for", "on"} & set(words):
        score += 4
    elif any(word in ORGANISATION_HEADS for word in words[1:]):
        score += 2
    if _INNER_CAPITALS.search(name):
        score += 2
    elif " " not in name and name.isupper() and 2 < len(name) <= 6:
        score += 1
    if all(word in TOPIC_WORDS for word in words):
        score -= 4
    if first in FIRST_NAMES and 2 <= len(words) <= 3 and last not in ORGANISATION_HEADS:
        score -= 3
    if any(
        word in {"act", "award", "awards", "prize", "conference", "agreement"} for word in words
    ):
        score -= 4
    return score


def _is_excluded(phrase: NamePhrase) -> bool:
    name = phrase.name
    words = [word.lower().rstrip(".,") for word in phrase.tokens]
    if len(name) < 2 or is_geographic(name) or len(words) > 12 or len(name) > 110:
        return True
    if words[0] in MONTHS and len(words) <= 2:
        return True
    if all(word in NOT_NAMES or word in ROLE_HEADS for word in words):
        return True
    if phrase.initial and words[0] in FRENCH_HEADS and name[1:].islower():
        return True
    if len(words) == 2 and words[1] in LEGAL_FORMS and words[0] in ORGANISATION_HEADS:
        return True
    if name.endswith(_NO_ORGANISATIONS) or _is_unit(words):
        return True
    if _STATE_CODE.fullmatch(name) and phrase.initial is False:
        return True
    if _PLURAL_ACRONYM.fullmatch(name):
        return True
    return any(char.isdigit() for char in words[0]) and len(words) == 1 and words[0][0].isdigit()


def _is_unit(words: list[str]) -> bool:
    """Returns whether words name a part of any organisation: ``Board of Directors``."""
    if words[-1] not in _UNITS | {"directors", "markets", "services"}:
        return False
    if "of" in words and words[-1] in {"markets", "services"}:
        return False
    known = (
        TOPIC_WORDS | _UNITS | ROLE_HEADS | {"of", "and", "&", "advisory", "executive", "capital"}
    )
    return all(word in known for word in words)


def _overlaps(occupied: Sequence[tuple[int, int]], phrase: NamePhrase) -> bool:
    at = bisect_left(occupied, (phrase.start + 1, 0)) - 1
    for start, end in occupied[max(0, at) : at + 3]:
        if start < phrase.end and phrase.start < end:
            return True
    return False
