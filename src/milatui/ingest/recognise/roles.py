"""Parses what a person is: titles, and the organisations they are held at."""

# untranslated: words of texts, in both languages
from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from milatui.ingest.recognise.name_phrases import UPPER, is_geographic
from milatui.ingest.recognise.vocabulary import (
    LEGAL_FORMS,
    OF_NAMES,
    ROLE_HEADS,
    ROLE_MODIFIERS,
    TOP_MODIFIERS,
    TOP_TITLES,
    TOPIC_WORDS,
    word_set,
)

if TYPE_CHECKING:
    from collections.abc import Mapping

    from milatui.ingest.recognise.name_phrases import NamePhrase

_TOKEN: Final = re.compile(r" *(?:(?P<word>\w[\w&]*(?:[-'.]\w+)*\.?)|(?P<sign>[,&/–()-]))")
_ELIDED: Final = re.compile(r" *(?:l'|d')", re.IGNORECASE)
_DETERMINERS: Final = word_set(
    "alors then now currently also the a an le la les un une our its their his her notre son sa"
)
_JOINS: Final = frozenset({"and", "et", "&", "/", ",", "–", "-", "of", "the"})
_OF: Final = re.compile(r" (?:of|for|de|du|des|d'|en|to|aux|à)(?: the| la| l'| les)?(?: |(?<='))")
_AT: Final = re.compile(
    r",? (?:at|with|chez|au sein (?:de la|de l'|des|du|de|d')|à l'|à la|à|auprès d(?:e|u|es))"
    r"(?: the| la| l'| les)?(?: |(?<='))"
)
_POSSESSIVE: Final = re.compile(r"'s? ")
_COMMA_NAME: Final = re.compile(rf"(?:,| [-–]|,? \() ?(?:the |la |le |l')?(?=[{UPPER}])")
_AND_ROLE: Final = re.compile(r",? (?:and|et|&) (?:an? |the |de |une? |la |le )?")
_TOPIC: Final = re.compile(rf"(?:[{UPPER}][\w&-]*|[a-zà-ÿœ]+(?:-[a-zà-ÿœ]+)*(?!\w))")
_BETWEEN_TOPICS: Final = re.compile(
    r"(?:, (?:and |et )?| (?:and|et|&|of|of the) | )(?:de la |de l'|du |des |de |d'|l'|la |le )?"
)
_LOWER: Final = re.compile(r"(?:l'|d'|la )?[a-zà-ÿœ]+(?:-[a-zà-ÿœ]+)*")
_PARENTHESIS: Final = re.compile(r" \([^()\n]{2,80}\)")
_STOP_WORDS: Final = word_set(
    "who which that has have had will is was are were said says also today and et qui que"
    " a est ont avait sera dit au aux dans pour par sur avec when as in on at to from by"
    " with during added stated an the une un lors"
)
ROLE_ENDINGS: Final = ("ologist", "icist", "ician", "singer", "ologue", "icien", "icienne")
"""Ends of lower-case words that say what a person does."""
_GENERALS: Final = frozenset({"général", "générale", "general"})
_OFFICE: Final = re.compile(
    r"(?:mayor|governor|maire|mairesse|gouverneure?|premier ministre|prime minister|préfète?"
    r"|ambassad\w+|député\w*)$",
    re.IGNORECASE,
)
_CAPITAL_WORD: Final = re.compile(
    rf"[{UPPER}][\w-]+(?: (?:[a-zé]+(?:ale?|ique|elle?|eure?|aire|ables?|ières?|aux)))*"
)
_MINISTER: Final = re.compile(r"(?<!premier )(?<!prime )\b(?:ministre|minister)\b", re.IGNORECASE)
_MINISTRY_JOINT: Final = re.compile(r"(?:,| et|, et) (?:de la |de l'|du |des |la |l')")
_BODY_AFTER: Final = re.compile(
    r"(?<=[Ee]xecutive) (?:boards?|teams?|committees?|councils?|orders?|summar(?:y|ies)|search"
    r"|suites?"
    r"|roles?|positions?|orders?|function|editor|branch|session|mba|education|compensation)\b",
    re.IGNORECASE,
)
"""What ``executive`` describes where it is not a title."""
_WORKS: Final = re.compile(
    r"(?<!\w)(?:authors?|writers?|co-authors?|creators?|illustrator|auteure?|autrice)$",
    re.IGNORECASE,
)
"""Titles that are followed by the name of a work."""
_ACTIVITY: Final = re.compile(
    r"\w{2,}(?:ing|ions?|ments?|ity|ics|graphy|ance|ence|ness|ology|ship|ships|ism|eering|erce"
    r"|alia)$"
)
"""Ends of nouns for what people do: ``Director of Photography``."""
_SHORT_TITLE: Final = re.compile(r" \([A-Z]{2,6}\)(?= (?:of|at|for|de|du|chez|à) )")
"""The acronym of a title behind it: ``Chief Investment Officer (CIO) of``."""
_BELONGS: Final = re.compile(rf"(?:,| at| of| for| chez| de) ?(?:the )?(?=[{UPPER}])")
_FIELD_OF: Final = re.compile(r" (?:of|for) ")
_BODIES: Final = word_set("board committee team council")
_OF_BODIES: Final = word_set("supervisory management executive advisory steering audit")
_NOT_OF_TOP: Final = ROLE_MODIFIERS - TOP_MODIFIERS
_PLAIN_TOPICS: Final = TOPIC_WORDS - ROLE_HEADS
MAX_ROLE: Final = 240
"""Maximum number of characters of a title with its organisation."""


@dataclass(frozen=True, slots=True)
class ParsedRole:
    """A title and the organisation that goes with it, as spans of the plain text.

    ``organisation`` is None if none is named.
    """

    title: tuple[int, int]
    organisation: tuple[int, int] | None


def is_public_office(title: str) -> bool:
    """Returns whether a title is held in a place (``Mayor``) and not at an organisation."""
    return _OFFICE.search(title) is not None


def parse_roles(
    text: str, start: int, phrases: Mapping[int, NamePhrase], limit: int | None = None
) -> tuple[list[ParsedRole], int]:
    """Parses ``Founder & CEO of Deep Genomics and co-founder of the Vector Institute``.

    Args:
        text: The folded plain text.
        start: Where the first title begins.
        phrases: Name phrases by where they begin.
        limit: Where the name of the person begins, if it comes after.

    Returns:
        The roles, none if the words at ``start`` are not a title; and where they end.
    """
    roles: list[ParsedRole] = []
    at = start
    stop = len(text) if limit is None else limit
    owner: tuple[int, int] | None = None
    possessor = phrases.get(_after_determiner(text, at))
    if possessor and (sign := _POSSESSIVE.match(text, possessor.end)):
        owner = (possessor.start, possessor.end)
        at = sign.end()
    elif (
        possessor
        and text[possessor.end : possessor.end + 1] == " "
        and not _all_topics(possessor.name)
    ):
        title = _TOKEN.match(text, possessor.end)
        if title and title["word"] and title["word"][0].isupper() and _is_role(title["word"]):
            owner = (possessor.start, possessor.end)
            at = possessor.end + 1
    for _round in range(4):
        begin = _after_determiner(text, at)
        end = _role_words(text, begin)
        if end is None or _BODY_AFTER.match(text, end):
            break
        end -= text[end - 1] == "."
        title_end, organisation, at = _complements(text, begin, end, stop, phrases)
        if owner and organisation and _FIELD_OF.fullmatch(text, title_end, organisation[0]):
            title_end, organisation = organisation[1], owner
        roles.append(ParsedRole((begin, title_end), organisation or owner))
        joint = _AND_ROLE.match(text, at)
        if joint is None:
            break
        at = joint.end()
    end = at if not roles else max(_role_end(role) for role in roles)
    for number in range(len(roles) - 2, -1, -1):
        if roles[number].organisation is None:
            roles[number] = ParsedRole(roles[number].title, roles[number + 1].organisation)
    return roles, end


def _role_end(role: ParsedRole) -> int:
    after = role.organisation[1] if role.organisation else 0
    return max(role.title[1], after)


def _after_determiner(text: str, at: int) -> int:
    elided = _ELIDED.match(text, at)
    if elided:
        return elided.end()
    for _round in range(2):
        token = _TOKEN.match(text, at)
        if not token or not token["word"] or token["word"].lower() not in _DETERMINERS:
            break
        at = token.end()
        while at < len(text) and text[at] == " ":
            at += 1
    elided = _ELIDED.match(text, at)
    return elided.end() if elided else at


def _role_words(text: str, start: int) -> int | None:
    """Returns where the words of a title that begin at ``start`` end; None if there are none."""
    at = start
    end: int | None = None
    for number in range(14):
        token = _TOKEN.match(text, at)
        if token is None or (number and text[at : at + 1] == "\n"):
            break
        if token["sign"]:
            following = _TOKEN.match(text, token.end())
            if number == 0 or following is None or not following["word"]:
                break
            if token["sign"] in "()" or not _is_role(following["word"]):
                break
            if token["sign"] in ",–-" and following["word"].lower() in _PLAIN_TOPICS:
                break
            at = token.end()
            continue
        word = token["word"].replace(".", "").lower()
        if word in {"and", "et"} and end is not None:
            following = _TOKEN.match(text, token.end())
            word_after = following["word"] if following else None
            if word_after and word_after.lower() in {"a", "an", "une", "un"} and following:
                following = _TOKEN.match(text, following.end())
                word_after = following["word"] if following else None
            if not word_after or not _is_role(word_after) or following is None:
                break
            at = following.start()
            continue
        if word in ROLE_HEADS or (word.endswith(ROLE_ENDINGS) and token["word"][0].islower()):
            end = token.end()
        elif word not in ROLE_MODIFIERS and word not in TOPIC_WORDS:
            if _is_chief(text, start, at):
                at = token.end()
                end = end if _OFFICER.search(text, at, at + 40) else at
                continue
            if end is not None or number > 1 or not text[token.start("word")].isalpha():
                break
            # One word more may stand before: "museum founder".
            following = _TOKEN.match(text, token.end())
            if following is None or not following["word"]:
                break
            if following["word"].lower() not in ROLE_HEADS or word in _STOP_WORDS:
                break
        elif end is not None and (word in _GENERALS or _is_french_adjective(word)):
            end = token.end()
        at = token.end()
    return end


_OFFICER: Final = re.compile(r" Officer\b")


def _is_chief(text: str, start: int, at: int) -> bool:
    """Returns whether ``Chief`` stands right before: any word may come between it and Officer."""
    return text[start:at].rstrip().endswith("Chief") and text[at:].lstrip()[:1].isupper()


def _is_role(word: str) -> bool:
    lowered = word.lower().rstrip(".")
    return lowered in ROLE_HEADS or lowered in ROLE_MODIFIERS


def _is_french_adjective(word: str) -> bool:
    return word in ROLE_MODIFIERS and word.endswith(
        ("e", "if", "ive", "ique", "al", "el", "é", "ier", "ois", "oise", "ais")
    )


class _Complement(NamedTuple):
    """What follows the words of a title: more of the title, or the organisation.

    Attributes:
        end: Where the title ends with it.
        organisation: The organisation, which ends the search; None if more may follow.
    """

    end: int
    organisation: NamePhrase | None = None


def _complements(
    text: str, start: int, end: int, stop: int, phrases: Mapping[int, NamePhrase]
) -> tuple[int, tuple[int, int] | None, int]:
    """Reads what follows the words of a title.

    Returns:
        Where the title ends, the organisation, and where both end.
    """
    politics = _POLITICAL.search(text, start, end) is not None
    for _round in range(5):
        if end - start > MAX_ROLE:
            break
        found = _next_complement(text, start, end, stop, phrases, politics=politics)
        if found is None:
            break
        if found.organisation is not None:
            named = found.organisation
            return end, (named.start, named.end), named.end
        end = found.end
    beside = phrases.get(end + 1) if text[end : end + 1] == " " else None
    if beside and beside.end < stop and text[beside.end : beside.end + 1] in {"\n", ""}:
        return end, (beside.start, beside.end), beside.end
    return end, None, end


def _next_complement(
    text: str,
    start: int,
    end: int,
    stop: int,
    phrases: Mapping[int, NamePhrase],
    *,
    politics: bool,
) -> _Complement | None:
    """Returns what follows a title from ``start`` to ``end``; None if nothing belongs to it."""
    short = _SHORT_TITLE.match(text, end)
    look = short.end() if short else end
    at = _AT.match(text, look)
    if at:
        named = phrases.get(at.end())
        if named:
            return _Complement(end, named)
    of = _OF.match(text, look)
    if of:
        return _complement_with_of(text, start, end, of, phrases, politics=politics)
    if at:
        return None
    if text[end : end + 2] == ", " and _starts_topic(text, end + 2):
        return _Complement(_topics(text, end + 2, phrases) or end)
    comma = _COMMA_NAME.match(text, end)
    if comma and comma.end() < stop:
        return _complement_after_comma(text, end, comma, phrases)
    return None


def _complement_with_of(
    text: str,
    start: int,
    end: int,
    of: re.Match[str],
    phrases: Mapping[int, NamePhrase],
    *,
    politics: bool,
) -> _Complement | None:
    """Returns what ``of``, ``for`` or ``de`` adds to a title: a field of work, or its holder."""
    named = phrases.get(of.end())
    lower = of[0].startswith(" for") and text[of.end() : of.end() + 1].islower()
    topic_end = None if lower else _topics(text, of.end(), phrases)
    ministry = None
    if _MINISTER.search(text, start, end) and not (named and is_geographic(named.name)):
        ministry = _ministry_end(text, of)
        topic_end = max(topic_end or 0, ministry or 0) or None
    if named:
        if _is_region(named.name) and not politics:
            return _Complement(named.end)
        if _WORKS.search(text, start, end):
            return None
        if text[named.start].islower():
            return _Complement(end, named)
        if _is_body(named.name):
            return _Complement(named.end)
        whole = " " in named.name and _is_top(text, start, end)
        if whole and not _BELONGS.match(text, named.end):
            return _Complement(end, named)
        if not ministry and not _all_topics(named.name) and (topic_end or 0) < named.end:
            is_activity = _is_activity(text, start, of, named, phrases)
            return _Complement(named.end) if is_activity else _Complement(end, named)
    return _Complement(topic_end) if topic_end else None


def _complement_after_comma(
    text: str, end: int, comma: re.Match[str], phrases: Mapping[int, NamePhrase]
) -> _Complement | None:
    """Returns what stands behind a comma: a field of work, or the organisation."""
    named = phrases.get(comma.end())
    topic_end = _topics(text, comma.end(), phrases)
    if topic_end and (named is None or _all_topics(named.name) or topic_end > named.end):
        return _Complement(topic_end)
    if named is None:
        return None
    expansion = _PARENTHESIS.match(text, named.end)
    if expansion and named.name.isupper() and "," in comma[0]:
        return _Complement(expansion.end())
    if "(" in comma[0]:
        return None
    if _names_more(text, named, phrases):
        return _Complement(named.end)
    return None if is_geographic(named.name) else _Complement(end, named)


_POLITICAL: Final = re.compile(
    r"(?:governor|mayor|premier|minister|president|senator|ambassador|congress\w+|ministre|maire"
    r"|mairesse|gouverneure?|présidente?|préfet|ambassad\w+)\b",
    re.IGNORECASE,
)
_REGIONS: Final = word_set("emea apac latam americas dach anz benelux international")


def _is_body(name: str) -> bool:
    """Returns whether a name is that of a part of any organisation: ``Supervisory Board``."""
    *rest, last = name.lower().split()
    return last in _BODIES and all(
        word in TOPIC_WORDS or word in ROLE_MODIFIERS or word in _OF_BODIES for word in rest
    )


def _is_top(text: str, start: int, end: int) -> bool:
    """Returns whether the last word of a title is held at a whole organisation."""
    return text[start:end].lower().rsplit(" ", 1)[-1] in TOP_TITLES


def _is_activity(
    text: str,
    start: int,
    of: re.Match[str],
    named: NamePhrase,
    phrases: Mapping[int, NamePhrase],
) -> bool:
    """Returns whether a name is what a person does, as ``VP of Networks at Gravie`` says."""
    words = named.name.lower().split()
    if of[0].rstrip().endswith(("the", "la", "l'", "les")) or words[-1] in LEGAL_FORMS:
        return False
    if any(word in OF_NAMES for word in words):
        return False
    if TOP_TITLES & set(re.findall(r"[\w-]+", text[start : of.start()].lower())):
        return False
    if len(words) == 1 and _ACTIVITY.match(words[0]) and of[0].strip() in {"of", "for"}:
        return True
    held = _AT.match(text, named.end)
    return held is not None and len(words) < 4 and held.end() in phrases


def _is_region(name: str) -> bool:
    return is_geographic(name) or name.lower() in _REGIONS


def _names_more(text: str, named: NamePhrase, phrases: Mapping[int, NamePhrase]) -> bool:
    """Returns whether another name follows: ``Managing Director, Licensing, TOMY``."""
    following = phrases.get(named.end + 2)
    if " " in named.name or following is None or text[named.end : named.end + 2] != ", ":
        return False
    after = text[following.end : following.end + 2]
    return not is_geographic(following.name) and after[:1] in {".", ",", "”", '"', " ", ""}


def _ministry_end(text: str, of: re.Match[str]) -> int | None:
    """Returns where a field of government ends: ``l'Agriculture et de l'Agroalimentaire``."""
    end: int | None = None
    at = of.end()
    for _round in range(6):
        word = _CAPITAL_WORD.match(text, at)
        if word is None or of[0].strip() == "de":
            break
        end = word.end()
        joint = _MINISTRY_JOINT.match(text, end)
        if joint is None:
            break
        at = joint.end()
    return end


def _modifies_topic(text: str, end: int, word: str) -> bool:
    """Returns whether a word belongs to the field of work after it: ``Corporate Affairs``."""
    following = _TOPIC.match(text, end + 1)
    if following is None or word not in ROLE_MODIFIERS:
        return False
    return following[0].lower() in TOPIC_WORDS


def _starts_topic(text: str, at: int) -> bool:
    word = _LOWER.match(text, at)
    return word is not None and word[0] in TOPIC_WORDS


def _all_topics(name: str) -> bool:
    words = name.lower().replace(",", "").split()
    return all(word in TOPIC_WORDS or word in _JOINS or word in ROLE_MODIFIERS for word in words)


def _topics(text: str, start: int, phrases: Mapping[int, NamePhrase]) -> int | None:
    """Returns where a field of work ends that begins at ``start``; None if there is none."""
    end: int | None = None
    at = start
    for _round in range(10):
        match = _TOPIC.match(text, at)
        if match is None:
            break
        word = match[0]
        lowered = word.lower()
        known = (
            lowered in TOPIC_WORDS
            or _modifies_topic(text, match.end(), lowered)
            or lowered in {"board", "directors", "conseil", "bpo"}
        )
        plain = word[0].islower() and lowered not in _STOP_WORDS and len(word) > 2
        if plain and end is not None and text[at - 1] == " " and text[at - 2 : at - 1].isalpha():
            before = text[max(0, at - 5) : at]
            plain = before.endswith((" de ", " la ", " et ", "and ", " of ", " du ", "des "))
            plain = plain or word.endswith(("ique", "el", "elle", "al", "ale", "eur", "aux"))
        if word[0].isupper() and at in phrases:
            known = _all_topics(phrases[at].name) or phrases[at].name.lower() == "board"
        if not known and not plain:
            break
        end = match.end()
        between = _BETWEEN_TOPICS.match(text, end)
        if between is None:
            break
        following = _TOPIC.match(text, between.end())
        if following is None:
            break
        after = following[0].lower()
        if after in _STOP_WORDS or after in ROLE_HEADS:
            break
        if between[0] != " " and not (after in TOPIC_WORDS or following[0][0].islower()):
            break
        if between[0].startswith(",") and after not in TOPIC_WORDS:
            break
        at = between.end()
    return end


def find_role_before(text: str, start: int, floor: int) -> tuple[int, int] | None:
    """Finds the title that stands right before a name at ``start``.

    Args:
        text: The folded plain text.
        start: Where the name begins.
        floor: Where the sentence or line begins.

    Returns:
        The span from the first word of the title to the last word before the name.
    """
    floor = max(floor, start - MAX_ROLE)
    words = [(match.start() + floor, match[0]) for match in _BACK_TOKEN.finditer(text[floor:start])]
    begin: int | None = None
    joined = False
    near = True
    top = False
    for offset, word in reversed(words):
        lowered = word.lower().rstrip(".")
        if near and lowered in {"and", "et", "&"}:
            return None
        if word.endswith(".") and len(word) > _LONGEST_TITLE and "." not in word[:-1]:
            break
        near = near and lowered in {"l'honorable", "l'", "honorable", ",", "m", "mme"}
        if lowered in ROLE_HEADS or (word[0].islower() and lowered.endswith(ROLE_ENDINGS)):
            begin = offset
            joined = False
            top = lowered in TOP_TITLES and word[0].isupper()
        elif begin is None:
            if not _may_stand_between(word, lowered):
                break
        elif lowered == "under" and text.startswith("ecretary", begin + 1):
            begin = offset
        elif top and word[0].isupper() and lowered in _NOT_OF_TOP:
            break
        elif lowered in ROLE_MODIFIERS:
            begin = begin if joined else offset
        elif lowered in {"and", "et", "&", "-"}:
            joined = True
        elif not joined or lowered not in _BETWEEN:
            break
    if begin is not None and text.endswith(" to ", 0, begin) and text[begin].isupper():
        return None
    return (begin, start) if begin is not None else None


_LONGEST_TITLE: Final = 4
_BACK_TOKEN: Final = re.compile(r"[\w&]+(?:[-.]\w+)*'?\.?|[^\w\s]")
_LINKS: Final = word_set(
    "of the for de du des d' l' la le les et and & , par intérim aux à en at m m. mme mme."
    " monsieur madame dr l'honorable honorable of."
)
_BETWEEN: Final = _LINKS | TOPIC_WORDS


def _may_stand_between(word: str, lowered: str) -> bool:
    """Returns whether a word may stand between a title and the name: ``of``, ``Montréal``."""
    if lowered in _LINKS or lowered in TOPIC_WORDS or lowered in ROLE_MODIFIERS:
        return True
    return word[0].isupper() and word[0].isalpha()
