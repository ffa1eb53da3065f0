"""Recognises quotations and who says them."""

# untranslated: words of texts, in both languages
from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import islice
from typing import TYPE_CHECKING, Final

from milatui.ingest.confidence import Confidence
from milatui.ingest.recognise.name_phrases import UPPER, is_geographic
from milatui.ingest.recognise.people import is_person_name
from milatui.ingest.recognise.vocabulary import (
    ENGLISH_SAYING,
    FIRST_NAMES,
    FRENCH_FEELING,
    FRENCH_SAID,
    FRENCH_SAYING,
    word_set,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from milatui.ingest.recognise.name_phrases import NamePhrase
    from milatui.ingest.recognise.people import PeopleFinder, PersonRecord
    from milatui.ingest.recognise.plain_body import PlainBody


def _any(words: str) -> str:
    return "|".join(sorted(words.split(), key=len, reverse=True))


_SAY: Final = (
    rf"(?:(?:also |has |have |had |went on to |goes on to |further )?(?:say|{_any(ENGLISH_SAYING)})"
    rf"|(?:l'|en )?(?:a|ont|avait)(?:-t-(?:il|elle|on))?"
    rf"(?: (?:ainsi|également|aussi|par ailleurs|notamment|pour sa part|de son côté|d'ailleurs"
    rf"|tenu à|même|alors|encore))* (?:{_any(FRENCH_SAID)})"
    rf"|(?:{_any(FRENCH_SAYING)})(?:-t-(?:il|elle)|-(?:il|elle))?"
    rf"|(?:se |s')(?:{_any(FRENCH_FEELING)}))"
)
_INVERTED: Final = re.compile(
    rf"[ ,.]*(?:–|-)? ?{_SAY}\b(?: (?:d'ailleurs|pour sa part|quant à (?:lui|elle)|de son côté"
    r"|également|aussi|ainsi|enfin|in a statement|that|today|par voie de communiqué))*,? ?",
)
_SAYING: Final = re.compile(rf"(?<![\w'-]){_SAY}(?![\w'-])")
_INCISE: Final = re.compile(rf"[,?!] {_SAY} (?=[{UPPER}l])")
_ACCORDING: Final = re.compile(
    r"[ ,.]*(?:according to|selon|d'après|pour|de l'avis de) (?:M\. |Mme |Dr\.? )?", re.IGNORECASE
)
_PRONOUN: Final = re.compile(r" ?(?:he|she|they|il|elle|who)\b|-t-(?:il|elle)|-(?:il|elle)\b")
_PRONOUN_FIRST: Final = re.compile(
    rf"[ ,.]*(?:[Hh]e|[Ss]he|[Tt]hey|[Ii]l|[Ee]lle) (?:\w+ ){{0,2}}?{_SAY}(?![\w'-])"
    r"|[ ,.]*(?:a-t-|ajoute-t-|poursuit-|conclut-|précise-t-|explique-t-|dit-)(?:il|elle)\b"
)
_DASH: Final = re.compile(r"[ .,]*\n?(?:–|-|~) ?")
_WORD_FROM: Final = re.compile(
    r"\b(?:word|words|quote|quotes|statement|message|comment|comments|mot|message|citation|propos)"
    r" (?:from|by|of|de la|de|du) ",
    re.IGNORECASE,
)
_ATTRIBUTION_ENDS: Final = re.compile(r"[.!?](?: |$|\n)|\n")
_WORDS: Final = re.compile(r"\w+(?:['-]\w+)*")
_TITLE_BEFORE: Final = re.compile(
    r"(?:[Tt]itle|[Bb]ook|called|titled|entitled|named|intitulée?|nommée?|dénommée?|known as"
    r"|heading"
    r"|caption|term|phrase|tradename|text)s?:? ?(?:the |l')?[(,]?$"
)
MAX_QUOTATION: Final = 4_000
"""Maximum number of characters of a quotation; a mark without its other half ends there."""
_SOMEBODY: Final = re.compile(rf"(?:an? |the |une? |le |la |l')?(?:spokes|porte-parole|[{UPPER}])")
"""Begins the name of a speaker who is not named in the text: ``a spokesperson``."""
_TITLES: Final = word_set("dr mr ms mrs mme mlle st prof inc corp co jr sr")
_MOST_TITLES: Final = 100
"""Maximum number of people who are looked for by their titles."""
_NEAR: Final = 220
"""Maximum number of characters between a quotation and the verb or name that goes with it."""
_BESIDE: Final = 30
"""Characters right beside a quotation or a name in which its verb or a colon stands."""
_SHORT_WORD: Final = 3
_FEW_WORDS: Final = 4


@dataclass(frozen=True, slots=True)
class QuotedWords:
    """Words between quotation marks; spans are of the plain text.

    ``open`` and ``close`` include the marks.  ``continues`` says that the next paragraph goes on
    with the same speech.
    """

    open: int
    start: int
    end: int
    close: int
    continues: bool = False


@dataclass(frozen=True, slots=True)
class Attribution:
    """A quotation with its speaker, if one was found."""

    quoted: QuotedWords
    person: PersonRecord | None
    speaker_span: tuple[int, int] | None
    confidence: Confidence


_OPENING: Final = frozenset("“«„")
_CLOSING: Final = frozenset("”»")
_MARK: Final = re.compile(r"[“”«»„\"\n]|(?<!\w)''(?=\w)|(?<=\S)''(?!\w)")


def find_quoted_words(text: str) -> list[QuotedWords]:
    """Returns what stands between quotation marks, in the order of the text.

    Marks within a quotation belong to it.  A paragraph that begins with an opening mark, while a
    quotation is open, continues the speech: each paragraph is then a quotation of its own.
    """
    found: list[QuotedWords] = []
    opened: int | None = None
    mark = ""
    depth = 0
    for match in _MARK.finditer(text):
        sign, at = match[0], match.start()
        if opened is not None and at - opened > MAX_QUOTATION:
            opened = None
        if sign == "\n":
            if opened is not None and not _continues(text, at, mark):
                if not _closes_later(text, at, mark):
                    opened = None
            elif opened is not None:
                _add(found, text, opened, at, at, continues=True)
                opened = None
            continue
        straight = sign == '"' or sign == "''"
        opens = sign in _OPENING or (straight and _opens(text, at, match.end()))
        if opened is None:
            if opens or (sign == "”" and _opens(text, at, match.end())):
                opened, mark, depth = at, sign, 0
            continue
        if straight and mark == sign:
            if opens and not _ends_speech(text, at):
                continue
            _add(found, text, opened, at, match.end())
            opened = at if opens else None
        elif opens and not straight and mark in _OPENING:
            if mark == "„" and sign == "“":
                _add(found, text, opened, at, match.end())
                opened = None
            else:
                depth += 1
        elif sign in _CLOSING or (straight and mark != sign and mark in "“”" and not opens):
            if depth and sign in _CLOSING:
                depth -= 1
                continue
            if (sign == "»") is not (mark == "«") and not straight:
                continue
            _add(found, text, opened, at, match.end())
            opened = None
    return found


def _is_abbreviation(word: str) -> bool:
    """Returns whether a word before a full stop is an initial or a title."""
    return len(word.rpartition(".")[2]) <= 1 or word.lower() in _TITLES


def _continues(text: str, newline: int, mark: str) -> bool:
    following = text[newline + 1 : newline + 3].lstrip()
    return following[:1] == mark or (mark == "«" and following[:1] == "»")


def _closes_later(text: str, newline: int, mark: str) -> bool:
    """Returns whether the mark closes in the next paragraph, which does not open one before."""
    stop = text.find("\n", newline + 1)
    line = text[newline + 1 : stop if stop >= 0 else len(text)]
    close = {"“": "”", "«": "»", "„": "“"}.get(mark, mark)
    at = line.find(close)
    return at >= 0 and mark not in line[:at]


def _opens(text: str, at: int, end: int) -> bool:
    before, after = text[at - 1 : at], text[end : end + 1]
    if not after or after.isspace():
        return before in {"", "\n"}
    return not before or before.isspace() or before in "([–-“«"


def _ends_speech(text: str, at: int) -> bool:
    return text[:at].rstrip()[-1:] in {".", ",", "!", "?"}


def _add(
    found: list[QuotedWords], text: str, opened: int, end: int, close: int, continues: bool = False
) -> None:
    start = opened + (2 if text.startswith("''", opened) else 1)
    while start < end and text[start].isspace():
        start += 1
    stop = end
    while stop > start and text[stop - 1].isspace():
        stop -= 1
    if stop > start:
        found.append(QuotedWords(opened, start, stop, close, continues))


def _has_title_case(words: Sequence[str]) -> bool:
    """Returns whether most long words have capital letters, as in the title of a book."""
    long = [word for word in words if len(word) > _SHORT_WORD]
    return sum(word[0].isupper() for word in long) * 2 >= max(len(long), 2)


class SpeakerFinder:
    """Finds the speakers of quotations by the grammar of attribution."""

    def __init__(
        self, body: PlainBody, phrases: Sequence[NamePhrase], people: PeopleFinder
    ) -> None:
        self._body = body
        self._text = body.folded
        self._people = people
        self._names = phrases
        self._full_names: dict[str, NamePhrase] = {}
        for phrase in phrases:
            if " " in phrase.name and is_person_name(phrase):
                self._full_names.setdefault(phrase.tokens[-1], phrase)

    def attribute(self) -> list[Attribution]:
        """Returns the quotations that are speech, each with its speaker if one is named."""
        quoted = find_quoted_words(self._text)
        results: list[Attribution] = []
        pending: list[QuotedWords] = []
        last: Attribution | None = None
        for number, each in enumerate(quoted):
            following = quoted[number + 1].open if number + 1 < len(quoted) else len(self._text)
            previous = quoted[number - 1].close if number else 0
            found = self._after(each, following, last)
            if found is None and self._ends_sentence(each):
                found = self._before(each, previous, last) or self._direct(each, following)
            elif found is None:
                found = self._direct(each, following) or self._before(each, previous, last)
            found = found or self._signature(each, min(following, each.close + _NEAR))
            found = found or self._inside(each)
            if found is None and last is not None and self._goes_on(last, each):
                found = replace(last, quoted=each)
            if found is None and each.continues:
                pending.append(each)
                continue
            if found is None:
                found = Attribution(each, None, None, Confidence.UNSURE)
            speech = found.speaker_span is not None or self._is_speech(each)
            results.extend(replace(found, quoted=waiting) for waiting in pending)
            pending.clear()
            if speech and self._is_quotation(each, found):
                results.append(found)
                last = found
        results.extend(Attribution(each, None, None, Confidence.UNSURE) for each in pending)
        return results

    def _is_quotation(self, quoted: QuotedWords, found: Attribution) -> bool:
        words = _WORDS.findall(self._text[quoted.start : quoted.end])
        last = self._text[quoted.end - 1]
        before = self._text[max(0, quoted.open - _BESIDE) : quoted.open]
        if len(words) < _FEW_WORDS and _TITLE_BEFORE.search(before):
            return False
        if last not in ".!?," and _has_title_case(words):
            return False
        if found.speaker_span is None:
            return True
        return (
            len(words) >= _FEW_WORDS
            or last in ".!?,"
            or self._text[quoted.close : quoted.close + 1] == ","
        )

    def _is_speech(self, quoted: QuotedWords) -> bool:
        """Returns whether words read as speech although nobody is named for them."""
        inner = self._text[quoted.start : quoted.end]
        words = _WORDS.findall(inner)
        if len(words) < 2 * _FEW_WORDS or _TITLE_BEFORE.search(
            self._text[max(0, quoted.open - _BESIDE) : quoted.open]
        ):
            return False
        return not _has_title_case(words) and (inner[0].isupper() or inner[-1] in ".!?,")

    def _goes_on(self, last: Attribution, quoted: QuotedWords) -> bool:
        """Returns whether a quotation follows the sentence that attributes the one before."""
        if last.speaker_span is None:
            return False
        between = self._text[last.quoted.close : quoted.open]
        if last.quoted.continues:
            return len(between.strip()) < 4
        if len(between) > _NEAR + 100 or "\n" in between.rstrip("\n ").strip():
            return False
        stop = quoted.open - len(between) + len(between.rstrip(" .,;:!?\n"))
        return bool(between.strip()) and self._sentence_end(last.quoted.close, stop) >= stop

    def _after(
        self, quoted: QuotedWords, limit: int, last: Attribution | None
    ) -> Attribution | None:
        """Finds the speaker after the words: ``said X``, ``a dit X``, ``selon X``, ``– X``."""
        at = quoted.close
        end = min(limit, at + _NEAR)
        pronoun = _PRONOUN_FIRST.match(self._text, at, end)
        if pronoun:
            return self._again(quoted, last, at, pronoun.end())
        inverted = _INVERTED.match(self._text, at, end)
        if inverted:
            if inverted[0].rstrip(" ,").endswith(("-il", "-elle")) or _PRONOUN.match(
                self._text, inverted.end(), end
            ):
                return self._again(quoted, last, at, inverted.end())
            named = self._first_name(inverted.end(), end)
            if named:
                return Attribution(quoted, *named, Confidence.CERTAIN)
            role = self._by_role(inverted.end(), end)
            if role:
                return Attribution(quoted, *role, Confidence.LIKELY)
            if _SOMEBODY.match(self._text, inverted.end()):
                return Attribution(quoted, None, None, Confidence.UNSURE)
        according = _ACCORDING.match(self._text, at, end)
        if according and according[0].lstrip(" ,.")[:4].lower() != "pour":
            named = self._name_at(according.end(), end)
            if named:
                return Attribution(quoted, *named, Confidence.CERTAIN)
            return Attribution(quoted, None, None, Confidence.UNSURE)
        dash = _DASH.match(self._text, at)
        if dash and dash[0].strip(" .,"):
            named = self._name_at(dash.end(), end)
            if named:
                return Attribution(quoted, *named, Confidence.CERTAIN)
        return None

    def _ends_sentence(self, quoted: QuotedWords) -> bool:
        return (
            self._text[quoted.end - 1] in ".!?"
            and self._text[quoted.close : quoted.close + 1] != ","
        )

    def _direct(self, quoted: QuotedWords, limit: int) -> Attribution | None:
        """Finds the speaker of ``“...,” X, role of Y, said``."""
        at = self._skip(quoted.close, ", ")
        named = self._name_at(at, min(limit, quoted.close + _NEAR))
        if named and self._text[quoted.close : quoted.close + 1] != ".":
            stop = self._sentence_end(at, limit)
            if _SAYING.search(self._text, named[1][1], stop):
                return Attribution(quoted, *named, Confidence.CERTAIN)
        return None

    def _signature(self, quoted: QuotedWords, end: int) -> Attribution | None:
        """Finds the speaker in the line after words that are a paragraph by themselves."""
        if self._text[quoted.close : quoted.close + 1] != "\n":
            return None
        if self._text[max(0, quoted.open - 1)] != "\n" and quoted.open:
            return None
        named = self._name_at(quoted.close + 1, end)
        if named is None or not named[0].roles:
            return None
        line_end = self._text.find("\n", quoted.close + 1)
        if line_end - quoted.close > _NEAR:
            return None
        return Attribution(quoted, *named, Confidence.LIKELY)

    def _inside(self, quoted: QuotedWords) -> Attribution | None:
        """Finds the speaker within the marks, as French has it: ``« Oui, a dit X. Nous ... »``."""
        if self._text[quoted.open] != "«":
            return None
        for said in _INCISE.finditer(self._text, quoted.start, quoted.end):
            named = self._first_name(said.end(), min(quoted.end, said.end() + _NEAR))
            if named:
                return Attribution(quoted, *named, Confidence.LIKELY)
        return None

    def _before(
        self, quoted: QuotedWords, floor: int, last: Attribution | None
    ) -> Attribution | None:
        """Finds the speaker before the words: ``X said: “``, ``Selon X, «``, ``Word from X:``."""
        begin = max(floor, quoted.open - _NEAR - 80)
        segment_start = self._last_sentence_start(begin, quoted.open)
        segment = self._text[segment_start : quoted.open].rstrip()
        if not segment:
            return None
        colon = segment.endswith(":")
        says = list(_SAYING.finditer(self._text, segment_start, quoted.open))
        near = bool(says) and quoted.open - says[-1].end() <= 60
        according = _ACCORDING.search(self._text, segment_start, quoted.open)
        heading = _WORD_FROM.search(segment)
        if not (colon or near or according or heading) or _TITLE_BEFORE.search(segment[-_BESIDE:]):
            return None
        if not (colon or segment.endswith(",") or near):
            return None
        named = self._last_name(segment_start, quoted.open)
        if named and (near or heading or (according and according.end() <= named[1][0] + _BESIDE)):
            return Attribution(quoted, *named, Confidence.CERTAIN)
        if near and named is None:
            pronoun = re.search(r"\b(?:he|she|il|elle|they)\b", segment, re.IGNORECASE)
            if pronoun:
                return self._again(quoted, last, segment_start, quoted.open)
        if named and colon:
            return Attribution(quoted, *named, Confidence.LIKELY)
        return None

    def _again(
        self, quoted: QuotedWords, last: Attribution | None, start: int, end: int
    ) -> Attribution | None:
        """Returns the last speaker, or the person named last, for a pronoun."""
        if last is not None and last.person is not None:
            return Attribution(quoted, last.person, (start, end), Confidence.LIKELY)
        named = self._last_name(max(0, quoted.open - 600), quoted.open)
        return Attribution(quoted, named[0], (start, end), Confidence.UNSURE) if named else None

    def _first_name(self, start: int, end: int) -> tuple[PersonRecord, tuple[int, int]] | None:
        """Returns the first name of a person in a clause that begins at ``start``."""
        stop = min(end, self._sentence_end(start, end))
        for phrase in self._phrases_in(start, stop):
            person = self._people.person_at(phrase.start)
            if person is None and is_person_name(phrase) and self._is_new_person(phrase, start):
                person = self._people.add(phrase.start, phrase.end, Confidence.LIKELY)
            if person is None and phrase.start - start <= 6 and " " not in phrase.name:
                person = self._people.called(phrase.name) or self._by_full_name(phrase)
                if person is None and phrase.name.lower() in FIRST_NAMES:
                    person = self._people.add(phrase.start, phrase.end, Confidence.UNSURE)
            if person:
                return person, (phrase.start, phrase.end)
        return None

    def _is_new_person(self, phrase: NamePhrase, start: int) -> bool:
        """Returns whether a phrase after a verb of speech is a name: no title ends between."""
        between = self._text[start : phrase.start]
        return not is_geographic(phrase.name) and not re.search(
            r"\b(?:of|at|de|du|chez|to|in)\b", between
        )

    def _name_at(self, start: int, end: int) -> tuple[PersonRecord, tuple[int, int]] | None:
        """Returns the name of a person at ``start``, after at most a title."""
        for phrase in self._phrases_in(start, min(end, start + 60)):
            if phrase.start - start > 24 and self._people.person_at(phrase.start) is None:
                return None
            between = self._text[start : phrase.start]
            if re.search(r"[.\n;“«\"]", between.replace("M.", "").replace("Dr.", "")):
                return None
            person = self._people.person_at(phrase.start)
            if person is None and phrase.start == start and is_person_name(phrase):
                person = self._people.add(phrase.start, phrase.end, Confidence.LIKELY)
            if person is None and phrase.start - start <= 4:
                person = self._people.called(phrase.name) or self._by_full_name(phrase)
            if person:
                return person, (phrase.start, phrase.end)
        return None

    def _last_name(self, start: int, end: int) -> tuple[PersonRecord, tuple[int, int]] | None:
        named: tuple[PersonRecord, tuple[int, int]] | None = None
        for phrase in self._phrases_in(start, end):
            person = self._people.person_at(phrase.start)
            if person is None and is_person_name(phrase):
                said = _SAYING.match(self._text, phrase.end + 1, phrase.end + _BESIDE)
                subject = phrase.start == start and self._text[phrase.end] == ","
                if (
                    said
                    or subject
                    or _ACCORDING.fullmatch(self._text, max(start, phrase.start - 14), phrase.start)
                ):
                    person = self._people.add(phrase.start, phrase.end, Confidence.LIKELY)
            if person is None:
                person = self._people.called(phrase.name)
            if person:
                named = person, (phrase.start, phrase.end)
        return named

    def _by_full_name(self, phrase: NamePhrase) -> PersonRecord | None:
        """Returns the person whose full name, which ends so, stands before in the text."""
        other = self._full_names.get(phrase.name)
        if other is None or other.start > phrase.start:
            return None
        return self._people.add(other.start, other.end, Confidence.LIKELY)

    def _by_role(self, start: int, end: int) -> tuple[PersonRecord, tuple[int, int]] | None:
        """Returns the person whose title is used instead of the name: ``le premier ministre``."""
        clause = self._text[start : min(end, self._sentence_end(start, end))].lower()
        for person in islice(self._people.people.values(), _MOST_TITLES):
            for role in person.roles:
                title = self._text[role.title[0] : role.title[1]].lower()
                at = clause.find(title)
                if 0 <= at <= 6:
                    return person, (start + at, start + at + len(title))
        return None

    def _phrases_in(self, start: int, end: int) -> list[NamePhrase]:
        """Returns the name phrases that begin in ``start`` to ``end``."""
        low, high = 0, len(self._names)
        while low < high:
            middle = (low + high) // 2
            if self._names[middle].start < start:
                low = middle + 1
            else:
                high = middle
        found: list[NamePhrase] = []
        while low < len(self._names) and self._names[low].start < end:
            found.append(self._names[low])
            low += 1
        return found

    def _sentence_end(self, start: int, end: int) -> int:
        """Returns where the sentence ends, abbreviations such as ``Dr.`` and ``M.`` apart."""
        for match in _ATTRIBUTION_ENDS.finditer(self._text, start, end):
            before = self._text[max(start, match.start() - 4) : match.start()].rsplit(None, 1)
            if match[0][0] == "." and _is_abbreviation(before[-1] if before else ""):
                continue
            return match.start()
        return end

    def _last_sentence_start(self, begin: int, end: int) -> int:
        start = begin
        for match in _ATTRIBUTION_ENDS.finditer(self._text, begin, end):
            before = self._text[max(begin, match.start() - 4) : match.start()].rsplit(None, 1)
            if match[0][0] == "." and _is_abbreviation(before[-1] if before else ""):
                continue
            if match.end() < end - 1:
                start = match.end()
        return start

    def _skip(self, at: int, signs: str) -> int:
        while at < len(self._text) and self._text[at] in signs:
            at += 1
        return at
