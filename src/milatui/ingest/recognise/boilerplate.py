"""Recognises what is not part of an announcement: "About X", contacts, and legal cautions."""

# untranslated: words of texts, in both languages
from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from milatui.ingest.confidence import Confidence
from milatui.ingest.recognise.name_phrases import UPPER

if TYPE_CHECKING:
    from collections.abc import Mapping

    from milatui.ingest.recognise.name_phrases import NamePhrase
    from milatui.ingest.recognise.plain_text import PlainBody

_ABOUT: Final = re.compile(
    r"(?:ABOUT|About|À PROPOS|À propos|A propos|Au sujet|Qui est|Profil)(?: (?:de la|de l'|des|du|de|d'))?"
    r"(?: the| The| THE)? ?(?=\S)"
)
_ABOUT_INLINE: Final = re.compile(
    rf"(?:(?<=[.!?”»\")\w]) ?|(?<=\n))(?P<word>About|ABOUT|À propos (?:de la |de l'|des |du |de |d'))(?: the| The)?"
    rf" ?(?=[{UPPER}a-z]{{0,3}}[{UPPER}])"
)
_CONTACT: Final = re.compile(
    r"(?:for (?:more|further|additional) information|for (?:media|all|press|any)|media|press|company"
    r"|investor|public|corporate|pour (?:plus|de plus|tout|toute)[\w' -]{0,30}|renseignements?"
    r"|relations?|source|demandes?|personnes?|contacts?)?[ -]?(?:relations?|inquiries|enquiries|médias?"
    r"|presse|information[s]?|contacts?|details|media|ressources|médiatiques?|contact)?"
    r"(?: (?:contacts?|médias?|presse|details|information|inquiries|relations|communications?))*"
    r" ?:?$",
    re.IGNORECASE,
)
_CONTACT_INLINE: Final = re.compile(
    r"(?:(?<=[.!?”»\") ])|(?<=\n))(?:(?:Media|Press|Company|Investor(?: Relations)?|Public Relations|Corporate)"
    r" (?:Contacts?|Inquiries|Communications)\b|Contact Details|CONTACT:|Contact:|Contacts? (?:médias?|presse)"
    r"|Renseignements|Pour (?:plus d'information|tout renseignement)[^.\n]{0,60}:|Relations médias)"
)
_LEGAL: Final = re.compile(
    r"(?:(?<=[.!?”»\") ])|(?<=\n))(?:Forward[- ]Looking Statements?|Cautionary (?:Note|Statement)|Safe Harbor"
    r"|Disclaimer:?|NOTE TO INVESTORS|Énoncés prospectifs|Déclarations prospectives|Neither TSX"
    r"|Certain (?:statements|information))",
    re.IGNORECASE,
)
_SUBJECT_END: Final = re.compile(r" ?[:(–]|$|\n")
_SIGNS_OF_CONTACT: Final = re.compile(
    r"@|\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}|\+\d{1,3} ?\d|https?:|www\."
)
_MAX_SUBJECT: Final = 90
_GENERIC_SUBJECTS: Final = frozenset({"us", "nous", "the company", "the author", "notre"})


class FoundBoilerplate(NamedTuple):
    """A passage that is no announcement; ``start`` and ``end`` are of the plain text.

    ``subject`` is the span of the name that the passage is about, if it is about one.
    """

    start: int
    end: int
    kind: Literal["about", "contact", "legal"]
    subject: tuple[int, int] | None
    confidence: Confidence


def find_boilerplate(body: PlainBody, phrases: Mapping[int, NamePhrase]) -> list[FoundBoilerplate]:
    """Returns the passages apart from the announcement, in the order of the text.

    Args:
        body: The plain text of the document.
        phrases: Its name phrases by where they begin.
    """
    starts: list[FoundBoilerplate] = []
    text = body.folded
    for number, paragraph in enumerate(body.paragraphs):
        line = text[paragraph.start : paragraph.end].strip()
        offset = (
            paragraph.start
            + len(text[paragraph.start : paragraph.end])
            - len(text[paragraph.start : paragraph.end].lstrip())
        )
        about = _ABOUT.match(line)
        if about and len(line) <= _MAX_SUBJECT and number + 1 <= len(body.paragraphs):
            subject = (offset + about.end(), offset + len(line.rstrip(" :")))
            if subject[0] < subject[1]:
                starts.append(
                    FoundBoilerplate(offset, offset, "about", subject, Confidence.CERTAIN)
                )
        elif line and len(line) <= 60 and _CONTACT.fullmatch(line):
            starts.append(FoundBoilerplate(offset, offset, "contact", None, Confidence.CERTAIN))
    known = {each.start for each in starts}
    starts.extend(each for each in _inline(text, phrases) if each.start not in known)
    starts.sort()
    return _with_ends(body, starts)


def _inline(text: str, phrases: Mapping[int, NamePhrase]) -> list[FoundBoilerplate]:
    """Finds passages that begin in the middle of a line, as where line breaks were lost."""
    found: list[FoundBoilerplate] = []
    for match in _ABOUT_INLINE.finditer(text):
        at = match.end()
        phrase = phrases.get(at)
        stop = text.find("\n", at)
        rest = text[at : min(at + _MAX_SUBJECT * 2, stop if stop >= 0 else len(text))]
        subject = _repeated_subject(rest)
        if subject:
            span = (at, at + len(subject))
        elif phrase and re.match(
            r" ?(?:\([^()]{1,20}\))? ?(?::|Founded|Established)", text[phrase.end : phrase.end + 40]
        ):
            span = (phrase.start, phrase.end)
        else:
            continue
        found.append(FoundBoilerplate(match.start("word"), at, "about", span, Confidence.LIKELY))
    for match in _CONTACT_INLINE.finditer(text):
        if _SIGNS_OF_CONTACT.search(text, match.end(), match.end() + 300):
            found.append(
                FoundBoilerplate(match.start(), match.end(), "contact", None, Confidence.LIKELY)
            )
    for match in _LEGAL.finditer(text):
        found.append(FoundBoilerplate(match.start(), match.end(), "legal", None, Confidence.LIKELY))
    return found


def _repeated_subject(rest: str) -> str:
    """Returns X of ``X X is ...`` or of ``X: X is ...``, as a heading before its text reads."""
    words = rest.split(" ")
    for count in range(min(9, len(words) // 2 + 1), 0, -1):
        head = " ".join(words[:count])
        name = re.sub(r" ?\([^()]*\)?:?$|:$", "", head).strip()
        after = rest[len(head) :].lstrip(" :")
        first = name.split(" ")[0]
        if name and after.startswith((name + " ", name + ",", name + "'", name + "(")):
            return name
        if count > 1 and name and len(first) > 2 and after.startswith((first + " ", first + ", ")):
            if " " in name and all(word[:1].isupper() or len(word) <= 3 for word in name.split()):
                return name
    return ""


def _with_ends(body: PlainBody, starts: list[FoundBoilerplate]) -> list[FoundBoilerplate]:
    """Ends each passage where the next one begins, or with the text."""
    found: list[FoundBoilerplate] = []
    for number, each in enumerate(starts):
        end = starts[number + 1].start if number + 1 < len(starts) else len(body.folded)
        stop = each.start + len(body.folded[each.start : end].rstrip())
        found.append(each._replace(end=max(stop, each.start + 1)))
    return found
