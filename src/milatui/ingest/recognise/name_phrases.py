"""Finds name phrases: runs of words with capital letters, and what belongs to them."""

# untranslated: words of texts, in both languages
from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Final

from milatui.index.analysis.stopwords import ENGLISH, FRENCH
from milatui.ingest.recognise.vocabulary import (
    EVENT_TAILS,
    FIRST_NAMES,
    FRENCH_HEADS,
    FUNCTION_WORDS,
    HONORIFICS,
    LEGAL_FORMS,
    NOT_NAMES,
    OF_NAMES,
    ORGANISATION_HEADS,
    PLACES,
    ROLE_HEADS,
    ROLE_MODIFIERS,
    TOP_MODIFIERS,
    TOP_TITLES,
    TOPIC_WORDS,
    word_set,
)

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence

    from milatui.ingest.recognise.plain_body import PlainBody

UPPER: Final = "A-ZÀ-ÖØ-ÞĀĂĄĆĈĊČĎĐĒĔĖĘĚĜĞĠĢĤĦĨĪĬĮİĴĶĹĻĽĿŁŃŅŇŌŎŐŒŔŖŘŚŜŞŠŢŤŦŨŪŬŮŰŲŴŶŸŹŻŽ"
_WORD: Final = (
    rf"(?:(?:[{UPPER}]\.){{2,5}}|[{UPPER}]\.(?= [{UPPER}])|St\.(?= [{UPPER}])"
    rf"|[a-z]{{0,3}}[{UPPER}](?:[\w+]|[-&](?=\w)|'(?!s\b)(?=\w)|\.(?=[a-z]{{2,12}}\b))*"
    rf"(?:\[\w\])?)"
)
_CHUNK: Final = re.compile(
    rf"(?<![\w@#$])(?<![{UPPER}]\.)(?<!www\.){_WORD}(?:(?: {{1,2}}|/| & | (?:de|da|di|del|dos"
    rf"|von|van|der|den|el|bin)"
    rf"(?: (?:der|den|las|los))? )(?:{_WORD}|\d{{1,3}}(?= [{UPPER}])|\dD\b)){{0,24}}"
)
_LONG_WORD: Final = re.compile(r"[^\W\d_]{4,}")
_MAX_HEADLINE: Final = 160
_FRENCH_ARTICLE: Final = re.compile(r"(?:La|Le|Les|Une|Un|Des) ")
_POSSESSIVE_HEAD: Final = re.compile(
    r"(?:'s|(?<=s)') (?:Association|Society|Foundation|Hospital|Union|Alliance|Federation|Club"
    r"|College|Museum|Pension Plan(?: Board)?)(?![\w-])"
    rf"|(?<=Children|Veterans)'s?(?: [{UPPER}][\w-]+){{1,3}}"
    rf"|(?<=Women)'s(?: [{UPPER}][\w-]+){{1,3}}"
)
_NATIONALITY: Final = re.compile(
    r"(?:Japonaise?|Britannique|Américaine?|Française?|Allemande?|Suédoise?|Suisse|Chinoise?"
    r"|Coréenne?|Israélienne?|Québécoise?|Ontarienne?|Montréalaise?|Torontoise?) "
)
_PRAISING: Final = re.compile(
    r"(?:Prestigious|Renowned|Acclaimed|Esteemed|Celebrated|Legendary|Iconic|Best-?[Ss]elling"
    r"|Award-[Ww]inning) "
)
_LOWER_HEAD: Final = re.compile(
    r"(?<![\w'])(?:(?:gouvernement|ministère|université|communauté|agence|institut|commission"
    r"|chambre"
    r"|fédération|association|conseil|centre)(?: [a-zé]+(?:ain|aine|al|ale|ique|ien|ienne))?"
    r"(?: d'[a-zé]+)? (?:de la |de l'|du |des |de |d')?|government of )$|(?<=')université de $"
)
_LINKS_BEFORE: Final = ("du ", "de ", "la ", "es ", "l'", "d'", "of ")
_MAX_LOWER_HEAD: Final = 60
_NUMBER_AFTER: Final = re.compile(r" \d{1,3}(?![\d,.%]\d|%|\d)")
_ELISION: Final = re.compile(r"(?:[LDNSJMTC]|Qu)'(?=\w)")
_OF: Final = re.compile(rf" (?:of|for|on|in|at)(?: the)? (?=[{UPPER}])")
_ON_NAMES: Final = word_set(
    "commission committee council panel board center centre partnership forum secretariat agency"
)
"""Words that make a name with ``on``: ``Council on Aging``."""
_OF_PLACE: Final = re.compile(rf" of (?:the )?(?=[{UPPER}])")
_ADJECTIVE_FORM: Final = re.compile(
    r"[\w.]+-(?:based|born|inspired|led|focused|backed|owned|designated|listed|traded|certified"
    r"|accredited|winning|driven|powered|themed|wide|leading|level|style|trained|recognized)\b",
    re.IGNORECASE,
)
"""Adjectives with a capital letter that are no part of the name after them."""
_AND_TOPIC: Final = re.compile(rf"(?:,? (?:and|&) |, )(?=[{UPPER}])")
_LEGAL_TAIL: Final = re.compile(
    r",? (?:Inc|Ltd|LLC|L\.L\.C|LLP|L\.P|PLC|Corp|Co|S\.A|SA|AG|GmbH|SAS|Ltée|N\.V|B\.V|Limited"
    r"|inc|ltée)"
    r"(?![\w-])\.?"
)
_DASH_DESCRIPTOR: Final = re.compile(rf" [-–|] (?=[{UPPER}])")
_FRENCH_TAIL: Final = re.compile(
    r"(?: (?:(?:et |, )?(?:de la |de l'|du |des |de |d'|en |à la |à l'|aux |à |pour la |pour l'"
    r"|pour"
    rf" |sur |au )(?:l'|la |les |le )?|et |& )?(?=[{UPPER}])"
    r"|(?: et|,)?(?: (?:de la |de l'|du |des |de |d'|en |à la |à l'|aux |pour la |pour l'|pour"
    r" les |pour le |sur les |sur le |sur l'))"
    r"(?=[a-zà-ÿ])"
    rf"| et (?=[a-zà-ÿ]+ (?:du|de la|de l'|des|de|d') ?[{UPPER}]))"
)
_LOWER_WORD: Final = re.compile(r"[a-zà-ÿœ]+(?:-[a-zà-ÿœ]+)*")
_ADJECTIVE: Final = re.compile(
    r" (?P<word>[a-zà-ÿœ]+(?:ain|aine|ains|aines|ique|iques|al|ale|ales|aux|el|elle|elles|ier|ière"
    r"|éen|éenne|éens|ien|ienne|iens|ois|oise|if|ive|ifs|ives|ais|aise|aire|aires|eur|eure)"
    r"|appliquée?s?|publics?)"
    r"\b"
)
_STOP_NOUNS: Final = word_set(
    "un une son sa ses leur leurs notre nos votre ce cet cette ces plus près nouveau"
    " nouvelle faire lancer créer même partir"
)
OPENERS: Final = (
    ENGLISH
    | FRENCH
    | word_set(
        "today founded based established located read view learn visit click join meet"
        " building despite following according since while whether given together under"
        " whereas designed powered backed headquartered currently recently additionally"
        " furthermore moreover further finally meanwhile however previously originally"
        " formerly upon throughout within without across until unlike like as such another new"
        " key our we you they he she it its their his her other many most some several three"
        " four five six seven eight nine ten two one all help using through select ranking"
        " settled supported certain united among first second third last next every each both"
        " either neither no yes let get see use find aujourd'hui fondé fondée basé basée créé"
        " créée depuis selon grâce avec sans dans pour par cette ce ces cet leur leurs notre"
        " nos votre vos plusieurs chaque afin ainsi aussi lors lorsque après avant enfin puis"
        " parmi situé située forte fort dotée doté très le la les un une des du de en et ou où"
        " qui que si à au aux mission près plus il elle ils elles on nous vous je pendant"
        " durant malgré contrairement dès outre déjà tout toute tous please contact about note"
        " source media press more info information date time what who when where why how title"
        " poster word image photo caption web email phone tel website mardi lundi mercredi"
        " jeudi vendredi samedi dimanche monday tuesday wednesday thursday friday saturday"
        " sunday january february march april may june july august september october november"
        " december"
    )
)
"""Words that begin sentences with a capital letter and do not belong to a name, in lower case."""
_NOUN_OPENERS: Final = word_set(
    "new mission source word image media press title photo key building"
)
"""Openers that begin names too, if the text says them more than once."""
_ABBREVIATIONS: Final = word_set(
    "inc corp ltd co dr mr mrs ms st jr sr no vs m mme mlle prof u.s u.k gov sen rep gen"
    " hon phd ph.d jan feb mar apr jun jul aug sep sept oct nov dec ave dept fig vol"
    " approx"
)
_BEFORE_SENTENCE: Final = " \"“«'‘(–-*"


_DOTTED: Final = frozenset({"inc", "corp", "ltd", "co"})
_DESCRIBING_NOUNS: Final = word_set(
    "company firm startup start-up provider maker manufacturer specialist giant retailer"
)
SURNAME_ROLES: Final = word_set("head dean judge mayor bishop coach page chef fellow provost major")
"""Titles that are surnames too."""


@dataclass(frozen=True, slots=True)
class NamePhrase:
    """A run of capital words with its complements.

    Attributes:
        start: Where it begins in the plain text.
        end: Where it ends.
        name: Its words, with single spaces.
        initial: Whether its first word has to have a capital letter, as the first of a sentence.
        headline: Whether all words of its line have capital letters.
    """

    start: int
    end: int
    name: str
    initial: bool
    headline: bool = False

    @property
    def tokens(self) -> list[str]:
        """The words of the name."""
        return self.name.split()


def find_name_phrases(
    body: PlainBody, cuts: Sequence[int] = (), titles: Sequence[tuple[int, int]] = ()
) -> list[NamePhrase]:
    """Returns the name phrases of a text, in its order; they do not overlap.

    Args:
        body: The text.
        cuts: Where a heading begins or ends within a line; no name goes across.
        titles: Spans of titles within a line, whose words have capital letters as in headlines.
    """
    text = body.folded
    cuts = sorted({*cuts, *(edge for span in titles for edge in span)})
    lower = body.lower_words
    phrases: list[NamePhrase] = []
    capitals = [span for span in titles if _has_capitals(text, *span)]
    headlines = sorted([*_headlines(body), *capitals])
    done = 0
    for match in _CHUNK.finditer(text):
        start, end = match.span()
        if start < done:
            start = _skip(text, done, end, " /&-")
        elision = _ELISION.match(text, start)
        if elision and elision.end() < end:
            start = elision.end()
        for piece_start, piece_end in _pieces(text, start, end, cuts):
            if piece_start >= done:
                limit = _next_cut(cuts, piece_start, len(text))
                done = _add_phrase(text, piece_start, piece_end, limit, lower, phrases)
    if headlines:
        phrases = [_with_headline(phrase, headlines) for phrase in phrases]
    phrases = _split_known_parts(text, phrases, lower)
    return _with_lower_names(text, phrases)


def _pieces(text: str, start: int, end: int, cuts: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Splits a run of words where a heading, a sentence or a title parts its names."""
    for part_start, part_end in _split_at_cuts(text, start, end, cuts):
        for clause_start, clause_end in _split_at_function_words(text, part_start, part_end):
            yield from _split_at_roles(text, clause_start, clause_end)


def _skip(text: str, start: int, end: int, signs: str) -> int:
    """Returns where the first character from ``start`` stands that is none of the signs."""
    while start < end and text[start] in signs:
        start += 1
    return start


def _with_lower_names(text: str, phrases: list[NamePhrase]) -> list[NamePhrase]:
    """Adds names in lower case, such as ``citybiz`` of ``CEO of citybiz``, to the phrases."""
    names = {
        match["name"].rstrip(".")
        for link in (" of ", " at ", " de ", " chez ")
        for at in _occurrences(text, link)
        if (match := _LOWER_NAME.match(text, at + len(link)))
        and _TITLE_OF.search(text[max(0, at - _TITLE_LENGTH) : at])
    }
    found = [name for name in names if _is_lower_name(text, name)]
    if not found:
        return phrases
    starts = {phrase.start for phrase in phrases}
    pattern = re.compile(rf"(?<![\w@/.-])(?:{'|'.join(map(re.escape, found))})(?![\w@/-]|\.\w)")
    added = [
        NamePhrase(match.start(), match.end(), match[0], initial=False)
        for match in pattern.finditer(text)
        if match.start() not in starts
    ]
    return sorted([*phrases, *added], key=lambda phrase: phrase.start)


def _occurrences(text: str, words: str) -> Iterator[int]:
    at = text.find(words)
    while at >= 0:
        yield at
        at = text.find(words, at + 1)


def _is_lower_name(text: str, name: str) -> bool:
    """Returns whether a word in lower case is a name: a domain, or it begins sentences."""
    if name in OPENERS or name in FUNCTION_WORDS or name in TOPIC_WORDS:
        return False
    if re.fullmatch(r"[\w-]+\.(?:com?|io|ai|org|net|ca|fr|app|tech)", name):
        return True
    return re.search(rf"(?:^|[.!?\n] ?){re.escape(name)}(?![\w-])", text) is not None


def _split_at_function_words(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Splits a run of words before ``When``, ``Founded``, ``Our``: there a sentence begins."""
    if " " not in text[start:end]:
        yield start, end
        return
    begin = start
    for match in _INNER_WORD.finditer(text, start, end):
        if match.start() > begin and match[0].lower() in FUNCTION_WORDS:
            yield begin, begin + len(text[begin : match.start()].rstrip(" /&"))
            begin = match.start()
    yield begin, end


def _split_known_parts(
    text: str, phrases: list[NamePhrase], lower: Container[str]
) -> list[NamePhrase]:
    """Splits names that stand side by side, as where line breaks were lost.

    ``Larger Than Life Shows Edvin Ortega Productions`` is two names of the text, and so is
    ``Disclaimer Acme Inc.``, whose first word is a heading.
    """
    counts = Counter(phrase.name for phrase in phrases)
    result: list[NamePhrase] = []
    for phrase in phrases:
        words = phrase.name.split(" ")
        if len(words) < 3 or counts[phrase.name] > 1 or _is_of_name(words):
            result.append(phrase)
            continue
        contact = len(words) > 3 and ADDRESS.match(text, phrase.end) is not None
        result.extend(_known_parts(text, phrase, words, counts, lower, contact=contact))
    return result


def _is_of_name(words: Sequence[str]) -> bool:
    return any(word.islower() or word == "&" for word in words)


def _known_parts(
    text: str,
    phrase: NamePhrase,
    words: list[str],
    counts: Counter[str],
    lower: Container[str],
    *,
    contact: bool,
) -> Iterator[NamePhrase]:
    for at in range(1, len(words)):
        first, second = " ".join(words[:at]), " ".join(words[at:])
        if (
            is_geographic(first)
            or is_geographic(second)
            or words[at].lower().strip(".,") in LEGAL_FORMS
        ):
            continue
        if (
            _are_two_names(words, at, counts)
            or _is_heading_before_name(phrase, words, at, counts, lower)
            or _is_person_beside(words, at, counts, lower, contact=contact)
        ):
            middle = _end_of_words(text, phrase.start, at)
            yield replace(phrase, end=middle, name=first)
            start = (
                middle + len(text[middle : phrase.end]) - len(text[middle : phrase.end].lstrip())
            )
            yield NamePhrase(start, phrase.end, second, initial=True, headline=phrase.headline)
            return
    yield phrase


def _are_two_names(words: Sequence[str], at: int, counts: Counter[str]) -> bool:
    """Returns whether the words before and from ``at`` are names that the text has elsewhere."""
    first, second = " ".join(words[:at]), " ".join(words[at:])
    is_first_known = first.lower() in _SITES or counts[first] > 0
    if is_first_known and len(words) > 2 and _is_name_elsewhere(second, counts):
        return True
    rest = {word.lower() for word in words[at:]}
    is_first_complete = words[at - 1].lower().rstrip(".") in _NAME_ENDS
    return is_first_complete and counts[first] > (len(rest) > 1) and not rest & ORGANISATION_HEADS


def _is_name_elsewhere(name: str, counts: Counter[str]) -> bool:
    return counts[name] + counts[name.removeprefix("The ")] > 0


def _is_heading_before_name(
    phrase: NamePhrase,
    words: Sequence[str],
    at: int,
    counts: Counter[str],
    lower: Container[str],
) -> bool:
    """Returns whether a heading of usual words stands before a name: ``Disclaimer Acme Inc.``."""
    count = counts[" ".join(words[at:])]
    return (
        count > 1
        and (phrase.initial or at > 1 or count > 2)
        and all(word.lower() in lower or word.lower() in _HEADING_WORDS for word in words[:at])
    )


def _is_person_beside(
    words: Sequence[str],
    at: int,
    counts: Counter[str],
    lower: Container[str],
    *,
    contact: bool,
) -> bool:
    """Returns whether a person is named before or behind ``at``, and something else beside.

    Args:
        words: The words of the phrase.
        at: Where it may be split.
        counts: How often the text has each phrase.
        lower: Words that the text has in lower case, too.
        contact: Whether an address follows, as in a block of contacts.
    """
    is_first_known = counts[" ".join(words[:at])] > 0
    rest = len(words) - at
    if contact and ((at == 2 and _begins_person(words[:at])) or (rest == 2 and is_first_known)):
        return True
    if rest not in {2, 3} or not _begins_person(words[at:]):
        return False
    before = {word.lower() for word in words[:at]}
    return is_first_known or (
        not before & FIRST_NAMES
        and (at > 1 or before <= _FIELD_WORDS or all(word in lower for word in before))
    )


def _end_of_words(text: str, start: int, count: int) -> int:
    """Returns where the first ``count`` words end; more than one space may stand between them."""
    end = start
    for _number in range(count):
        end += len(text[end:]) - len(text[end:].lstrip())
        end += len(text[end:].split(None, 1)[0])
    return end


def _begins_person(words: Sequence[str]) -> bool:
    return words[0].lower() in FIRST_NAMES and words[-1].lower() not in ORGANISATION_HEADS


ADDRESS: Final = re.compile(r"[,:]? ?(?:(?:Email|E-mail|Phone|Tel|T|P|E)\b|\+?\(?\d|[\w.-]{1,40}@)")
"""What follows a name in a block of contacts."""
_NAME_ENDS: Final = ORGANISATION_HEADS | LEGAL_FORMS
_FIELD_WORDS: Final = TOPIC_WORDS | ROLE_MODIFIERS
_SITES: Final = word_set("linkedin facebook twitter instagram youtube x")
_HEADING_WORDS: Final = word_set(
    "disclaimer disclosure contact contacts details source info company name website media press"
    " links author resources background quote quotes summary overview highlights introduction"
)
_LOWER_NAME: Final = re.compile(r"(?P<name>[a-zà-ÿ][\w.-]{2,20})")
_TITLE_OF: Final = re.compile(
    r"(?<!\w)(?:CEO|COO|CFO|CTO|PDG|[Pp]resident|(?:[Cc]o-?)?[Ff]ounder"
    r"|(?:[Cc]o-?)?[Ff]ondat\w{3,4}"
    r"|[Dd]irecteur général|[Dd]irectrice générale)$"
)
_TITLE_LENGTH: Final = 22
_INNER_WORD: Final = re.compile(rf"(?<![\w'-])[{UPPER}][a-zà-ÿ]+(?![\w'-])")


def _headlines(body: PlainBody) -> list[tuple[int, int]]:
    """Returns the lines whose words nearly all have capital letters."""
    found: list[tuple[int, int]] = []
    for start, end, _kind in body.paragraphs:
        line = body.folded[start : min(end, start + _MAX_HEADLINE + 1)].strip()
        if len(line) > _MAX_HEADLINE or not line[:1].isupper() or line[-1] in ".,;":
            continue
        if any(mark in line for mark in '“”"«»'):
            continue
        if _has_capitals(body.folded, start, end):
            found.append((start, end))
    return found


def _has_capitals(text: str, start: int, end: int) -> bool:
    """Returns whether nearly all words of a line begin with a capital letter."""
    words = _LONG_WORD.findall(text, start, end)
    return len(words) > 2 and sum(word[0].isupper() for word in words) * 4 >= 3 * len(words)


def _with_headline(phrase: NamePhrase, headlines: Sequence[tuple[int, int]]) -> NamePhrase:
    at = bisect_right(headlines, (phrase.start, len(phrase.name) + phrase.start + 1)) - 1
    inside = at >= 0 and headlines[at][0] <= phrase.start < headlines[at][1]
    return replace(phrase, headline=True) if inside else phrase


def _next_cut(cuts: Sequence[int], start: int, otherwise: int) -> int:
    at = bisect_right(cuts, start)
    return cuts[at] if at < len(cuts) else otherwise


def _split_at_cuts(
    text: str, start: int, end: int, cuts: Sequence[int]
) -> Iterator[tuple[int, int]]:
    """Splits a run of words where a heading begins or ends, and where its words begin again."""
    at = bisect_right(cuts, start)
    while at < len(cuts) and cuts[at] < end:
        yield from _split_repeated(text, start, start + len(text[start : cuts[at]].rstrip()))
        start = cuts[at] + len(text[cuts[at] : end]) - len(text[cuts[at] : end].lstrip())
        at += 1
    if start < end:
        yield from _split_repeated(text, start, end)


def _split_repeated(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Splits ``Boris Martinovich Boris Martinovich``, a heading and the beginning of its text."""
    words = text[start:end].split(" ")
    for count in range(1, len(words)):
        for first in range(len(words) - count):
            shared = min(count, len(words) - first - count)
            again = words[first + count : first + count + shared]
            if words[first : first + shared] == again and (shared == count or first == 0):
                middle = start + len(" ".join(words[: first + count]))
                yield start, middle
                yield from _split_repeated(text, middle + 1, end)
                return
    yield start, end


def _add_phrase(
    text: str,
    start: int,
    end: int,
    limit: int,
    lower: frozenset[str],
    phrases: list[NamePhrase],
) -> int:
    """Adds the phrase of a piece of a chunk; returns where the phrase ends."""
    start, initial = _after_opener(text, start, end, lower)
    article = _FRENCH_ARTICLE.match(text, start, end)
    if article and _first_word(text, article.end(), end).lower() in FRENCH_HEADS:
        start = article.end()
    if start >= end:
        return end
    start = _after_topic(text, start, end)
    for pattern in (_NATIONALITY, _PRAISING):
        skipped = pattern.match(text, start, end)
        start = skipped.end() if skipped else start
    start = _with_lower_head(text, start)
    for adjective in _ADJECTIVE_FORM.finditer(text, start, end):
        start = end - len(text[adjective.end() : end].lstrip())
    if start >= end:
        return end
    end = min(limit, _with_complements(text, start, end))
    end = _with_number(text, start, end)
    end = _trimmed_end(text, start, end)
    if end <= start:
        return end
    name = " ".join(text[start:end].split())
    if name.lower() in OPENERS or (initial and " " not in name and name.lower() in lower):
        return end
    phrases.append(NamePhrase(start, end, name, initial))
    return end


def _after_opener(text: str, start: int, end: int, lower: frozenset[str]) -> tuple[int, bool]:
    """Skips a word that only opens the sentence.

    Returns:
        Where the name begins, and whether its first word has to have a capital letter.
    """
    first = _first_word(text, start, end)
    initial = begins_sentence(text, start) or first.lower() in FUNCTION_WORDS
    if initial and first and _is_opener(text, start, end, first, lower):
        return _skip(text, start + len(first) + 1, end, " &/"), False
    return start, initial


def _is_opener(text: str, start: int, end: int, first: str, lower: frozenset[str]) -> bool:
    word, rest = first.lower(), start + len(first)
    if word in FUNCTION_WORDS or word.endswith("ly"):
        return True
    if word in OPENERS and word not in _NOUN_OPENERS:
        return True
    is_usual = rest < end and word in lower and word not in FRENCH_HEADS
    if is_usual and word in _DESCRIBING_NOUNS:
        return True
    return (is_usual or word in OPENERS) and not _is_repeated(text, start, rest, end)


def _is_repeated(text: str, start: int, rest: int, end: int) -> bool:
    """Returns whether a word and the one after it go together: ``Mission Injury`` is said twice."""
    second = _first_word(text, rest + 1, end)
    return second[:1].isupper() and _occurs_twice(text, text[start : rest + 1 + len(second)])


def _occurs_twice(text: str, words: str) -> bool:
    return text.find(words, text.find(words) + 1) >= 0


def _after_topic(text: str, start: int, end: int) -> int:
    """Skips the field of a title before a name: ``ministre de la Recherche Sylvie Retailleau``."""
    before = text[max(0, start - 7) : start]
    if not before.endswith((" of ", " la ", " l'", " du ", " des ", " de ", " for ", " aux ")):
        return start
    words = text[start:end].split(" ")
    count = 0
    while count < len(words) and words[count].lower() in _FIELD_WORDS:
        count += 1
    if count and words[count - 1].lower() not in TOPIC_WORDS:
        return start
    if count == 0 or len(words) - count < 2 or words[-1].lower() in ORGANISATION_HEADS:
        return start
    return start + len(" ".join(words[:count])) + 1


def _with_lower_head(text: str, start: int) -> int:
    """Returns where ``gouvernement du Québec`` begins, given where ``Québec`` does."""
    if not text.endswith(_LINKS_BEFORE, max(0, start - 4), start):
        return start
    head = _LOWER_HEAD.search(text, max(0, start - _MAX_LOWER_HEAD), start)
    return head.start() if head else start


def _with_number(text: str, start: int, end: int) -> int:
    """Extends a name by the number that goes with it wherever it stands: ``EnergyHUB 360``."""
    match = _NUMBER_AFTER.match(text, end)
    if match and " " not in text[start:end] and text.count(text[start : match.end()]) > 1:
        return match.end()
    return end


def begins_sentence(text: str, start: int) -> bool:
    """Returns whether a sentence, line or quotation begins at ``start``."""
    at = start - 1
    while at >= 0 and text[at] in _BEFORE_SENTENCE:
        if text[at] in '"“«‘' or (text[at] in "-–*" and at and text[at - 1] == "\n"):
            return True
        at -= 1
    if at < 0 or text[at] in "\n!?:;•”…":
        return True
    if text[at] != ".":
        return False
    begin = max(text.rfind(" ", max(0, at - 12), at), text.rfind("\n", max(0, at - 12), at)) + 1
    before = text[begin:at].lower()
    return len(before) > 1 and before not in _ABBREVIATIONS


def _first_word(text: str, start: int, end: int) -> str:
    stop = start
    while stop < end and text[stop] not in " /":
        stop += 1
    return text[start:stop]


def _split_at_roles(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Splits ``Texas Governor Greg Abbott`` into ``Texas`` and ``Greg Abbott``."""
    words = [(each.start() + start, each[0]) for each in re.finditer(r"[^ /]+", text[start:end])]
    lowered = [word.lower().rstrip(".") for _at, word in words]
    described = [at for at, word in enumerate(lowered[:-1]) if word in _DESCRIBING_NOUNS and at]
    if len(lowered) > 2 and lowered[-2] in {"agency", "bank"} and lowered[-1] not in EVENT_TAILS:
        described.append(len(lowered) - 2)
    if described and lowered[-1] not in ORGANISATION_HEADS:
        start = words[described[-1] + 1][0]
        words, lowered = words[described[-1] + 1 :], lowered[described[-1] + 1 :]
    if not any(word in ROLE_HEADS or word in HONORIFICS for word in lowered):
        return [(start, end)]
    if lowered[-1] in SURNAME_ROLES and len(words) == 2 and text[end : end + 2] == ", ":
        return [(start, end)]
    if any(word in LEGAL_FORMS or word in ORGANISATION_HEADS for word in lowered[-1:]):
        return [(start, end)]
    dropped = [
        (word in ROLE_HEADS and not (words[at][1].isupper() and word in SURNAME_ROLES))
        or (word in HONORIFICS and (len(word) > 1 or at == 0))
        for at, word in enumerate(lowered)
    ]
    for at in range(len(words) - 2, -1, -1):
        if not dropped[at + 1] or lowered[at] not in ROLE_MODIFIERS:
            continue
        if lowered[at + 1] not in TOP_TITLES or lowered[at] in TOP_MODIFIERS:
            dropped[at] = True
    for at, word in enumerate(lowered):
        if word == "officer" and "chief" in lowered[max(0, at - 3) : at]:
            for inner in range(lowered.index("chief", max(0, at - 3)), at):
                dropped[inner] = True
    for at in range(1, len(words)):
        if dropped[at - 1] and lowered[at] in {"officer", "general", "&", "générale", "général"}:
            dropped[at] = True
    pieces: list[tuple[int, int]] = []
    for at, (offset, word) in enumerate(words):
        if dropped[at] or word == "&":
            continue
        if word.islower() and (at == 0 or dropped[at - 1]):
            dropped[at] = True
            continue
        if pieces and at and not dropped[at - 1]:
            pieces[-1] = (pieces[-1][0], offset + len(word))
        else:
            pieces.append((offset, offset + len(word)))
    return pieces


def _with_complements(text: str, start: int, end: int) -> int:
    """Extends a phrase by ``of ...``, by a legal form, and by what a French head governs."""
    first = _first_word(text, start, end).lower()
    if first in FRENCH_HEADS:
        end = _french_end(text, start, end)
    possessive = _POSSESSIVE_HEAD.match(text, end)
    if possessive:
        end = possessive.end()
    for _round in range(4):
        before = text[start:end].rsplit(None, 1)[-1].lower().rstrip(".")
        tail = _LEGAL_TAIL.match(text, end)
        if tail:
            end = tail.end()
            continue
        of = _OF.match(text, end)
        if of is None:
            break
        preposition = of[0].split()[0]
        if preposition == "in" and (before != "university" or not _is_locality_at(text, of.end())):
            break
        if preposition == "at" and not text.startswith("University of ", start):
            break
        if preposition == "on" and before not in _ON_NAMES:
            break
        known = (
            before in OF_NAMES or preposition == "at" or _has_of_name(text, start, end, preposition)
        )
        following = _CHUNK.match(text, of.end())
        if not known or following is None:
            break
        if before == "board" and not _is_board_of(following[0]):
            break
        if before not in OF_NAMES and preposition != "at" and _is_headed(following[0]):
            break
        end = following.end()
        end = _with_topics(text, end)
    end = _with_second_topic(text, start, end)
    end = _with_locality(text, start, end)
    dash = _DASH_DESCRIPTOR.match(text, end)
    if dash and not is_geographic(text[start:end]):
        following = _CHUNK.match(text, dash.end())
        if following and _is_descriptor(text, start, end, following[0]):
            end = following.end()
    return end


def _with_locality(text: str, start: int, end: int) -> int:
    """Extends ``Girl Scouts`` by ``of Southeast Florida``, where a place follows."""
    match = _OF_PLACE.match(text, end)
    following = _CHUNK.match(text, match.end()) if match else None
    if following is None:
        return end
    words = text[start:end].split()
    last = words[-1].lower()
    if last in ROLE_HEADS or last in _DIRECTIONS or is_geographic(text[start:end]):
        return end
    if all(word.lower() in TOPIC_WORDS or word.lower() in NOT_NAMES for word in words):
        return end
    place = following[0].split()
    directed = place[1:] if place[0].lower() in _DIRECTIONS else place
    known = is_geographic(" ".join(directed))
    shortest = following.start() + len(following[0].split(" ", 1)[0])
    if known or _occurs_twice(text, text[start:shortest]):
        return following.end()
    return end


_DIRECTIONS: Final = word_set(
    "north south east west northern southern eastern western northeast northwest southeast"
    " southwest central greater metro metropolitan upper lower"
)


def _is_locality_at(text: str, at: int) -> bool:
    match = _CHUNK.match(text, at)
    return match is not None and is_geographic(match[0])


def _with_second_topic(text: str, start: int, end: int) -> int:
    """Extends ``Securities`` by ``and Exchange Commission``."""
    if text[start:end].rsplit(None, 1)[-1].lower() not in TOPIC_WORDS:
        return end
    joint = _AND_TOPIC.match(text, end)
    following = _CHUNK.match(text, joint.end()) if joint and "," not in joint[0] else None
    if following is None:
        return end
    words = following[0].lower().split()
    topical = len(words) > 1 and all(word in TOPIC_WORDS for word in words[:-1])
    return following.end() if topical and words[-1] in OF_NAMES else end


def _is_board_of(name: str) -> bool:
    """Returns whether a board has its name from these words: ``Board of Trade``."""
    words = name.lower().split()
    return all(word in TOPIC_WORDS or word in ROLE_HEADS or word in _BOARD_OF for word in words)


_BOARD_OF: Final = word_set(
    "supervisors elections appeals review regents governors trustees directors examiners canada"
    " pharmacy nursing commissioners aldermen"
)


def _has_of_name(text: str, start: int, end: int, preposition: str) -> bool:
    if preposition not in {"of", "for"}:
        return False
    return any(word in OF_NAMES for word in text[start:end].lower().split())


def _is_headed(name: str) -> bool:
    return any(word in ORGANISATION_HEADS for word in name.lower().split())


def _is_descriptor(text: str, start: int, end: int, descriptor: str) -> bool:
    """Returns whether ``Mila`` - ``Quebec AI Institute`` are one name."""
    last = descriptor.split()[-1].lower()
    first = descriptor.split()[0].lower()
    known = last in ORGANISATION_HEADS or first in FRENCH_HEADS
    return known and " " in descriptor and len(text[start:end].split()) <= 2


def _with_topics(text: str, end: int) -> int:
    """Extends ``Department of Health`` by ``and Human Services``."""
    for _round in range(4):
        joint = _AND_TOPIC.match(text, end)
        if joint is None:
            break
        following = _CHUNK.match(text, joint.end())
        if following is None:
            break
        words = following[0].lower().split()
        if not all(word in TOPIC_WORDS for word in words):
            break
        end = following.end()
    return end


def _french_end(text: str, start: int, end: int) -> int:
    """Extends ``Chambre`` by ``de commerce du Montréal métropolitain``."""
    for _round in range(8):
        while (adjective := _ADJECTIVE.match(text, end)) and adjective["word"] not in ENGLISH:
            end = adjective.end()
        tail = _FRENCH_TAIL.match(text, end)
        if tail is None:
            break
        following = _CHUNK.match(text, tail.end())
        if following:
            if tail[0].strip() in {"sur", "pour", "au", "aux"} and " " in text[start:end]:
                break
            joined = tail[0].lstrip().startswith(("et", "&", ","))
            if joined and following[0].lower() not in TOPIC_WORDS:
                break
            end = following.end()
            continue
        noun = _LOWER_WORD.match(text, tail.end())
        if noun is None or noun[0] in _STOP_NOUNS or noun[0] in FRENCH:
            break
        end = noun.end()
    return end


def _trimmed_end(text: str, start: int, end: int) -> int:
    """Drops function words and signs at the end of a phrase."""
    while end > start:
        last = text[start:end].rsplit(None, 1)[-1]
        if last.lower() in {"the", "a", "an", "in", "for", "to", "and", "&", "de", "la", "le"}:
            end -= len(last)
            end = start + len(text[start:end].rstrip())
            continue
        break
    end = start + len(text[start:end].rstrip(" /&"))
    last = text[start:end].rsplit(None, 1)[-1].lower() if end > start else ""
    if text[end : end + 1] == "." and last in _DOTTED and " " in text[start:end]:
        end += 1
    return end


def is_geographic(name: str) -> bool:
    """Returns whether a name is that of a country, state, province or large city."""
    lowered = name.lower()
    return lowered in PLACES or lowered.rstrip(".") in PLACES
