"""Recognises people with their titles and organisations."""

# untranslated: words of texts, in both languages
from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from milatui.ingest.confidence import Confidence
from milatui.ingest.recognise.name_phrases import ADDRESS, SURNAME_ROLES, NamePhrase, is_geographic
from milatui.ingest.recognise.roles import ROLE_ENDINGS, ParsedRole, find_role_before, parse_roles
from milatui.ingest.recognise.vocabulary import (
    CREDENTIALS,
    EVENT_TAILS,
    FIRST_NAMES,
    FRENCH_HEADS,
    HONORIFICS,
    LEGAL_FORMS,
    NOT_NAMES,
    ORGANISATION_HEADS,
    ROLE_HEADS,
    ROLE_MODIFIERS,
    TOPIC_WORDS,
    word_set,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from milatui.ingest.recognise.plain_body import PlainBody

_CREDENTIAL: Final = re.compile(
    r"(?:,)? \(?([A-Za-zÀ-ÿ][\w.]{1,7}(?:\([A-Z]{2,5}\))?)\)?(?=[,.;: )\n–-]|$)"
)
_APPOSITION: Final = re.compile(r"(?:, (?:who is |and |qui est )?|,? [-–] | \(|\n)(?=\S)")
_COPULA: Final = re.compile(
    r"(?:,? who)? (?:is|was|serves as|served as|has been (?:named|appointed)(?: as)?|to the"
    r" position of"
    r"|becomes|became|joined as|joins as|to|as|est|était|devient|comme|à titre de|au poste de"
    r"|a été nommée?|,? currently)(?: the| our| its| le| la| l')? (?=\w)"
)
_OF_ORGANISATION: Final = re.compile(
    r" (?:of|at|from|de|du|à|chez)(?: the| la| l'| les)?(?: |(?<='))"
)
_HONORIFIC_BEFORE: Final = re.compile(r"(?:^|[\s(,«“\"'])(\w+)\.? $")
_NAME_WORD: Final = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*\.?|(?:[^\W\d_]\.)+(?:-?[^\W\d_]\.)*")
_SINGLE_HONORIFIC: Final = re.compile(
    r"(?<!\w)(?:Dr|Dre|Mr|Mrs|Ms|Miss|M|Mme|Mlle|Mayor|Governor|Senator|Minister)\.? $"
)
_INNER_CAPITAL: Final = re.compile(r"(?!Mc|Mac|De|Di|La|Le|Van|Von|Fitz|St|Du|O)\w*[a-z][A-Z]")
_APPOINTS: Final = re.compile(
    r"(?<!\w)(?:(?:[Aa]ppoint|[Pp]romot|[Nn]am|[Hh]ir|[Ee]lect)(?:s|es|ed)|nomm(?:e|é|ent)|promu"
    r"|recrut(?:e|é))"
    r"(?: of)? (?:Mr\.? |Ms\.? |Dr\.? |M\. |Mme )?$"
)
_TITLE_PARTS: Final = ROLE_MODIFIERS | TOPIC_WORDS | {"&", "and"}
_TITLE_WORDS: Final = 60
_SUFFIX: Final = re.compile(r",? (?:Jr\.?|Sr\.?|II|III|IV)(?![\w'])")
_MONTH_NAMES: Final = word_set("jan april may june august")
"""Names of months that are first names too."""
_NO_FIRST_NAMES: Final = NOT_NAMES - _MONTH_NAMES
_BETWEEN: Final = re.compile(
    r"[\s,:'–-]*(?:(?:the|le|la|l'|monsieur|madame|honou?rable|par intérim|(?:M|Mr|Mrs|Ms|Mme|Dr"
    r"|Dre|Prof"
    r"|Hon|Pr|Sir|Rev|Professor|emeritus|emeritus,)\.?)[\s,]*)*",
    re.IGNORECASE,
)
"""What may stand between a title and the name after it."""
_NO_SURNAMES: Final = word_set(
    "training works treatments publishing lacrosse infrastructure air investment cloud realty"
    " executives predictions business digital health foundation university"
)
_SENTENCE: Final = 300
_NAMES_BEFORE: Final = 20
_PARENTHETICAL: Final = re.compile(r"\([^()\n]{1,60}\) $")
_WEAK_TITLES: Final = word_set(
    "professor professeur professeure member membre doctor author artist partner expert"
    " owner fellow lead chef actor associate leader"
)
"""Titles that say little without an organisation."""
_AMBIGUOUS: Final = word_set(
    "partner leader lead publisher developer producer operator specialist expert broker"
    " owner member chef host associate collector inventor fellow principal designer"
    " partenaire"
)
"""Words that are also said of organisations."""
_NO_NAME_WORDS: Final = word_set("chief vice deputy assistant senior certified executive field")
_PLACE_WORDS: Final = word_set(
    "santa san los las fort port new north south west east lake mount saint sainte"
)
_NEXT_OF_LIST: Final = re.compile(r"(?:, (?:et |and )?| et | and )(?:de |d')$|,? (?:et|and) $")


@dataclass(slots=True)
class PersonRecord:
    """A person under construction; spans are of the plain text."""

    name: str
    start: int
    end: int
    confidence: Confidence
    mentions: list[tuple[int, int]] = field(default_factory=list)
    roles: list[ParsedRole] = field(default_factory=list)
    credentials: str = ""
    identifier: str = ""


class PeopleFinder:
    """Collects the people of a text by their titles, honorifics and records.

    Attributes:
        people: The people by their names, in the order they were found.
        phrases: The name phrases by where they begin.
    """

    def __init__(self, body: PlainBody, phrases: Sequence[NamePhrase]) -> None:
        self._body = body
        self._text = body.folded
        self._phrases = phrases
        self.phrases: Mapping[int, NamePhrase] = {phrase.start: phrase for phrase in phrases}
        self._starts = [phrase.start for phrase in phrases]
        self._by_end = {phrase.end: phrase for phrase in phrases}
        self.people: dict[str, PersonRecord] = {}
        self._by_start: dict[int, PersonRecord] = {}
        self._parts: dict[str, dict[str, None]] = {}
        for phrase in phrases:
            self._consider(phrase)

    def person_at(self, start: int) -> PersonRecord | None:
        """Returns the person whose name begins at ``start``."""
        return self._by_start.get(start)

    def add(self, start: int, end: int, confidence: Confidence) -> PersonRecord:
        """Adds a mention of a person by the full name."""
        name = self._body.words(start, end)
        person = self.people.get(name)
        if person is None:
            person = self.people[name] = PersonRecord(name, start, end, confidence)
            words = without_suffix(name).split()
            for part in {words[0], words[-1], " ".join(words[1:])} - {"", name}:
                self._parts.setdefault(part, {})[name] = None
        person.confidence = max(person.confidence, confidence)
        if (start, end) not in person.mentions:
            person.mentions.append((start, end))
        self._by_start[start] = person
        return person

    def find_other_mentions(self) -> None:
        """Finds where people are named again, by the full name or by one of its ends."""
        by_word: dict[str, PersonRecord | None] = {}
        for name, person in self.people.items():
            plain = without_suffix(name)
            words = plain.split()
            parts = {plain, words[0], words[-1], " ".join(words[1:])} if len(words) > 1 else set()
            for word in parts - {name}:
                taken = by_word.get(word, person)
                by_word[word] = person if taken is person else None
        for phrase in self._phrases:
            if phrase.start in self._by_start:
                continue
            found = self.people.get(phrase.name) or by_word.get(phrase.name)
            if found:
                found.mentions.append((phrase.start, phrase.end))
                self._by_start[phrase.start] = found
        for person in self.people.values():
            person.mentions.sort()

    def merge_short_names(self) -> None:
        """Makes people whose name is part of another one's the same person."""
        for person in sorted(self.people.values(), key=lambda person: -len(person.name)):
            words = without_suffix(person.name).split()
            for at in range(1, len(words)):
                other = self.people.get(" ".join(words[at:]))
                if other is None or self.people.get(person.name) is not person:
                    continue
                person.mentions.extend(other.mentions)
                for role in other.roles:
                    self._add_role(person, role)
                person.confidence = max(person.confidence, other.confidence)
                del self.people[other.name]
                for start, _end in other.mentions:
                    self._by_start[start] = person

    def called(self, part: str) -> PersonRecord | None:
        """Returns the only person with this first or last name."""
        found = [self.people[name] for name in self._parts.get(part, ()) if name in self.people]
        return found[0] if len(found) == 1 else None

    def _consider(self, phrase: NamePhrase) -> None:
        if " " not in phrase.name:
            self._consider_single(phrase)
        if not is_person_name(phrase):
            return
        suffix = _SUFFIX.match(self._text, phrase.end)
        name_end = suffix.end() if suffix else phrase.end
        degree = phrase.tokens[-1]
        if degree.isupper() and degree.lower() in CREDENTIALS and len(phrase.tokens) > 2:
            name_end = phrase.start + len(
                self._text[phrase.start : phrase.end - len(degree)].rstrip()
            )
        at, credentials = self._credentials(name_end)
        roles = self._roles_after(phrase.start, at)
        after = bool(roles)
        if not after and not self._may_be_person(phrase):
            return
        for before in reversed(self._roles_before(phrase)):
            weak = self._body.words(*before.title).lower() in _WEAK_TITLES
            if weak and before.organisation is None:
                before = self._with_organisation_after(phrase, before)
            if not (roles and weak and before.organisation is None):
                roles.insert(0, before)
        if not roles and not credentials and not self._has_honorific(phrase):
            return
        person = self.add(phrase.start, name_end, Confidence.LIKELY)
        if roles and (after or phrase.tokens[0].lower() in FIRST_NAMES):
            person.confidence = Confidence.CERTAIN
        person.credentials = person.credentials or credentials
        for role in roles:
            self._add_role(person, role)

    def _may_be_person(self, phrase: NamePhrase) -> bool:
        """Returns whether a name behind a title may be a person's: its words are no usual words."""
        words = [word.lower() for word in phrase.tokens]
        if words[0] in FIRST_NAMES:
            return True
        return not any(word in self._body.lower_words or word in _NO_SURNAMES for word in words)

    def _consider_single(self, phrase: NamePhrase) -> None:
        """Takes ``Dr. Depue``, and ``Dennis, Founder of DBox`` with a common first name."""
        name = phrase.name
        if not name.istitle() or name.lower() in NOT_NAMES or is_geographic(name):
            return
        before = self._text[max(0, phrase.start - 10) : phrase.start]
        if _SINGLE_HONORIFIC.search(before) and len(name) > 1:
            self.add(phrase.start, phrase.end, Confidence.LIKELY)
        elif name.lower() in FIRST_NAMES and self._text[phrase.end : phrase.end + 2] == ", ":
            roles, _end = parse_roles(self._text, phrase.end + 2, self.phrases)
            for role in roles:
                if role.organisation:
                    person = self.add(phrase.start, phrase.end, Confidence.LIKELY)
                    self._add_role(person, role)

    def _add_role(self, person: PersonRecord, role: ParsedRole) -> None:
        """Adds a role, unless it is there already; one with the organisation is better."""
        title = self._body.words(*role.title).lower()
        for at, known in enumerate(person.roles):
            if self._body.words(*known.title).lower() == title:
                if known.organisation is None:
                    person.roles[at] = role
                if known.organisation is None or role.organisation is None:
                    return
                if self._same_words(known.organisation, role.organisation):
                    return
        person.roles.append(role)

    def _same_words(self, one: tuple[int, int], other: tuple[int, int]) -> bool:
        return self._body.words(*one) == self._body.words(*other)

    def _credentials(self, at: int) -> tuple[int, str]:
        """Returns where the degrees after a name end, and the degrees."""
        start = at
        while match := _CREDENTIAL.match(self._text, at):
            word = match[1].lower()
            if word not in CREDENTIALS and word.rstrip(".") not in CREDENTIALS:
                break
            at = match.end()
            if match[1].endswith(".") is False and self._text[at : at + 1] == ".":
                break
        return at, self._body.words(start, at).strip(" ,()") if at > start else ""

    def _roles_after(self, start: int, at: int) -> list[ParsedRole]:
        apposition = _APPOSITION.match(self._text, at)
        if apposition:
            roles, end = parse_roles(self._text, apposition.end(), self.phrases)
            own_line = apposition[0] == "\n"
            if own_line and roles and self._text[end : end + 1] not in {"\n", ",", ""}:
                return []
            if own_line and roles and not self._is_line_start(at):
                return []
            kept = [role for role in roles if role.organisation or not self._is_ambiguous(role)]
            if kept and not own_line and self._is_title_of_next(kept[-1]):
                kept = kept[:-1]
            return self._with_next_line(kept, end)
        beside = self._roles_beside(start, at)
        if beside:
            return beside
        copula = _COPULA.match(self._text, at)
        appointed = _APPOINTS.search(self._text, max(0, start - 24), start)
        if copula is None and (appointed is None or self._text[at : at + 1] != " "):
            return []
        begin = copula.end() if copula else at + 1
        roles, _end = parse_roles(self._text, begin, self.phrases)
        roles = [role for role in roles if not self._is_ambiguous(role)]
        if appointed and roles and roles[-1].organisation is None:
            roles[-1] = ParsedRole(roles[-1].title, self._appointing(appointed.start()))
        return roles

    def _is_title_of_next(self, role: ParsedRole) -> bool:
        """Returns whether a title is that of the next person: ``former Governor Jon Corzine``."""
        end = role.title[1]
        following = self.phrases.get(end + 1) if self._text[end : end + 1] == " " else None
        return following is not None and is_called_as_person(following)

    def _roles_beside(self, start: int, at: int) -> list[ParsedRole]:
        """Returns titles right behind a name, as in contacts: ``Ann Lee Marketing Specialist``."""
        named = self.phrases.get(start)
        if self._text[at : at + 1] != " " or not self._text[at + 1 : at + 2].isupper():
            return []
        if named is None or not is_called_as_person(named):
            return []
        roles, end = parse_roles(self._text, at + 1, self.phrases)
        if not roles or self._is_title_of_next(roles[-1]):
            return []
        return self._with_name_beside(roles, end)

    def _with_name_beside(self, roles: list[ParsedRole], end: int) -> list[ParsedRole]:
        """Takes the organisation right behind a title, where line breaks were lost."""
        following = self.phrases.get(end + 1)
        if roles[-1].organisation or following is None or is_called_as_person(following):
            return roles
        last = ParsedRole(roles[-1].title, (following.start, following.end))
        return [*roles[:-1], last]

    def _appointing(self, at: int) -> tuple[int, int] | None:
        """Returns who appoints: the first name of the sentence before the verb at ``at``."""
        begin = max(self._text.rfind(". ", 0, at), self._text.rfind("\n", 0, at), at - _SENTENCE)
        first = bisect_left(self._starts, begin)
        for phrase in self._phrases[first : first + _NAMES_BEFORE]:
            if phrase.end > at:
                break
            unit = phrase.tokens[-1].lower() in {"board", "committee", "team", "council"}
            if not is_geographic(phrase.name) and not unit:
                return phrase.start, phrase.end
        return None

    def _is_ambiguous(self, role: ParsedRole) -> bool:
        """Returns whether the last word of a title is also said of organisations."""
        title = re.split(r" (?:of|for|de|du|des) ", self._text[slice(*role.title)].lower())[0]
        return title.rsplit(" ", 1)[-1].removeprefix("co-") in _AMBIGUOUS

    def _is_line_start(self, end: int) -> bool:
        """Returns whether the name that ends at ``end`` is a line by itself."""
        phrase = self._by_end.get(end)
        return (phrase is not None and self._text[max(0, phrase.start - 1)] in {"\n"}) or (
            phrase is not None and phrase.start == 0
        )

    def _with_next_line(self, roles: list[ParsedRole], end: int) -> list[ParsedRole]:
        """Takes the organisation from the next line, as in a block of contacts.

        Where line breaks were lost an address follows it: ``President Acme, Inc. k@acme.com``.
        """
        beside = self.phrases.get(end + 1) if self._text[end : end + 1] == " " else None
        if roles and roles[-1].organisation is None and beside and not is_person_name(beside):
            if ADDRESS.match(self._text, beside.end):
                last = ParsedRole(roles[-1].title, (beside.start, beside.end))
                return [*roles[:-1], last]
            return roles
        if roles and roles[-1].organisation is None and self._text[end : end + 1] == "\n":
            following = self.phrases.get(end + 1)
            if following and self._text[following.end : following.end + 1] in {"\n", ""}:
                last = ParsedRole(roles[-1].title, (following.start, following.end))
                return [*roles[:-1], last]
        return roles

    def _with_organisation_after(self, phrase: NamePhrase, role: ParsedRole) -> ParsedRole:
        match = _OF_ORGANISATION.match(self._text, phrase.end)
        named = self.phrases.get(match.end()) if match else None
        if named and not is_geographic(named.name):
            return ParsedRole(role.title, (named.start, named.end))
        return role

    def _roles_before(self, phrase: NamePhrase) -> list[ParsedRole]:
        floor = self._text.rfind("\n", 0, phrase.start) + 1
        if _NEXT_OF_LIST.search(self._text, max(floor, phrase.start - 10), phrase.start):
            return []
        span = find_role_before(self._text, phrase.start, floor)
        if span is None or self._is_apposition(span[0]):
            return []
        roles, end = parse_roles(self._text, span[0], self.phrases, phrase.start)
        if not roles or end > phrase.start:
            return []
        if not _BETWEEN.fullmatch(self._text, end, phrase.start):
            return []
        if self._names_person(end, phrase.start):
            return []
        first, last = roles[0], roles[-1]
        vague = self._is_ambiguous(first) or self._text.endswith(ROLE_ENDINGS, 0, first.title[1])
        if self._text[first.title[0]].islower() and vague:
            return []
        if len(roles) > 1 and first.organisation == last.organisation:
            roles = [ParsedRole((first.title[0], last.title[1]), last.organisation)]
        if roles[0].organisation is None:
            roles[0] = ParsedRole(roles[0].title, self._organisation_before(span[0]))
        return roles

    def _names_person(self, start: int, end: int) -> bool:
        """Returns whether somebody else is named between a title and a name."""
        first = bisect_left(self._starts, start)
        last = bisect_left(self._starts, end)
        return any(is_person_name(phrase) for phrase in self._phrases[first:last])

    def _is_apposition(self, at: int) -> bool:
        """Returns whether a title belongs to the name before it: ``Dale Burgess, Director``."""
        named = self._by_end.get(at - 2)
        if self._text[at - 2 : at] == ", ":
            return named is not None and is_person_name(named)
        beside = self._by_end.get(at - 1)
        if beside is not None and self._text[at - 1] == " ":
            return is_called_as_person(beside)
        comma = self._text.rfind(", ", max(0, at - _TITLE_WORDS), at)
        words = self._text[comma + 2 : at].split()
        named = self._by_end.get(comma) if comma >= 0 else None
        titled = all(word.lower() in _TITLE_PARTS for word in words)
        return named is not None and titled and is_person_name(named)

    def _organisation_before(self, at: int) -> tuple[int, int] | None:
        """Returns the organisation right before a title: ``Nutriband (NASDAQ: NTRB) CEO``."""
        before = self._text[max(0, at - 70) : at]
        bracket = _PARENTHETICAL.search(before)
        end = at - len(bracket[0]) if bracket else at
        end -= len(self._text[max(0, end - 3) : end]) - len(
            self._text[max(0, end - 3) : end].rstrip("' ")
        )
        if self._text[end : end + 1] != "'" and self._text[end - 2 : end] == "'s":
            end -= 2
        named = self._by_end.get(end)
        if named is None or named.start >= at:
            return None
        plain = all(word in NOT_NAMES for word in re.split(r"[ -]", named.name.lower()))
        return None if plain else (named.start, named.end)

    def _has_honorific(self, phrase: NamePhrase) -> bool:
        before = self._text[max(0, phrase.start - 14) : phrase.start]
        match = _HONORIFIC_BEFORE.search(before)
        return bool(match) and match is not None and match[1].lower() in HONORIFICS


def without_suffix(name: str) -> str:
    """Returns a name without ``Jr.`` at its end."""
    match = _SUFFIX.search(name)
    return name[: match.start()] if match and match.end() == len(name) else name


def is_called_as_person(phrase: NamePhrase) -> bool:
    """Returns whether a phrase begins with a usual first name and has the form of a name."""
    return phrase.tokens[0].lower() in FIRST_NAMES and is_person_name(phrase)


def is_person_name(phrase: NamePhrase) -> bool:
    """Returns whether a phrase has the form of a person's name: two to four plain words."""
    return _has_person_form(phrase.name)


@lru_cache(maxsize=4_096)
def _has_person_form(name: str) -> bool:
    words = name.split()
    if not 2 <= len(words) <= 5:
        return False
    lowered = [word.lower().rstrip(".") for word in words]
    if lowered[-1] in ORGANISATION_HEADS or lowered[-1] in LEGAL_FORMS:
        return False
    if (
        lowered[0] in FRENCH_HEADS
        or lowered[0] in _NO_FIRST_NAMES
        or lowered[0] in {"the", "le", "la"}
    ):
        return False
    if (
        lowered[0] in ROLE_MODIFIERS
        or lowered[-1] in EVENT_TAILS
        or is_geographic(name)
        or lowered[-1] in NOT_NAMES
    ):
        return False
    if _NO_NAME_WORDS & set(lowered) or lowered[0] in _PLACE_WORDS:
        return False
    inner = lowered[:-1] if lowered[-1] in SURNAME_ROLES else lowered
    if any(word in ROLE_HEADS for word in inner) or all(
        word in TOPIC_WORDS or word in ROLE_MODIFIERS for word in lowered
    ):
        return False
    if any(word in {"of", "for", "and", "&", "et", "des", "du"} for word in lowered):
        return False
    if not all(_NAME_WORD.fullmatch(word) for word in words) or _INNER_CAPITAL.match(words[0]):
        return False
    long = [word for word in words if len(word.rstrip(".")) > 2]
    return bool(long) and not all(word.isupper() for word in long)
