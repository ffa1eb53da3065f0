"""Recognises what is not part of an announcement: "About X", contacts, and legal cautions."""

# untranslated: words of texts, in both languages
from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from milatui.ingest.confidence import Confidence
from milatui.ingest.recognise.name_phrases import UPPER

if TYPE_CHECKING:
    from collections.abc import Sequence

    from milatui.ingest.recognise.plain_body import PlainBody

_ABOUT: Final = re.compile(
    r"(?:ABOUT|About|À PROPOS|À propos|A propos|Au sujet|Qui est|Profil)"
    r"(?: (?:de la|de l'|des|du|de|d'|DE LA|DE L'|DES|DU|DE|D'))?(?: the| The| THE)? ?(?=\S)"
)
_ABOUT_INLINE: Final = re.compile(
    rf"(?:(?<=[.!?:”»\")\w]) ?|(?<=\n))(?P<word>About|ABOUT|À propos (?:de la |de l'|des |du |de "
    rf"|d'))(?: the| The)?"
    rf" ?(?=[{UPPER}a-z]{{0,3}}[{UPPER}])"
)
_CONTACT: Final = re.compile(
    r"(?:for (?:more|further|additional) information(?:,? (?:please )?contact)?|for (?:media|all"
    r"|press|any)|media|press"
    r"|company"
    r"|investor|public|corporate|pour (?:plus|de plus|tout|toute|information)[\w' -]{0,30}"
    r"|renseignements?"
    r"|relations?|source|demandes?|personnes?|contacts?)?[ -]?(?:relations?|inquiries|enquiries"
    r"|médias?"
    r"|presse|information[s]?|contacts?|details|media|ressources|médiatiques?|contact)?"
    r"(?: (?:contacts?|médias?|presse|details|information|inquiries|relations|communications?))*"
    r" ?:?$",
    re.IGNORECASE,
)
_CONTACT_INLINE: Final = re.compile(
    r"(?:(?<=[.!?”»\") ])|(?<=\n))(?:(?:Media|Press|Company|Investor(?: Relations)?|Public"
    r" Relations|Corporate)"
    r" (?:Contacts?|Inquiries|Communications)\b|Contact Details|CONTACT:|Contact:|Contacts?"
    r" (?:médias?|presse)"
    r"|Renseignements|Pour (?:plus d'information|tout renseignement)[^.\n]{0,60}:|Relations médias)"
)
_LEGAL: Final = re.compile(
    r"(?:(?<=[.!?”»\") ])|(?<=\n))(?:Forward[- ]Looking Statements?|Cautionary (?:Note|Statement)"
    r"|Safe Harbor"
    r"|Disclaimer:?|NOTE TO INVESTORS|Énoncés prospectifs|Déclarations prospectives|Neither TSX"
    r"|Certain (?:statements|information))",
    re.IGNORECASE,
)
_SIGNS_OF_CONTACT: Final = re.compile(
    r"@|\(?\d{3}\)?[ .-]\d{3}[ .-]\d{4}|\d\d(?:[ .]\d\d){4}|\+\d{1,3} ?\d|https?:|www\."
)
_MAX_SUBJECT: Final = 90
_LABELLED: Final = re.compile(
    rf"([{UPPER}a-z]{{0,3}}[{UPPER}][\w.&' -]{{0,60}}?)(?: \([^()]{{1,20}}\))? ?"
    r"(?::|(?=Founded|Established|Created|Fondée?|Sponsored|Headquartered))"
)
_AGAIN: Final = re.compile(r"(?P<name>\w[^\n.:]{2,80}?)[.:]? ?(?P=name)(?=[ ,'(])")
"""A subject and the beginning of the passage about it, with what a lost line break leaves."""
_MAX_LABEL: Final = 60


class FoundBoilerplate(NamedTuple):
    """A passage outside the announcement; ``start`` and ``end`` are of the plain text.

    ``subject`` is the span of the name that the passage is about, if it is about one.
    """

    start: int
    end: int
    kind: Literal["about", "contact", "legal"]
    subject: tuple[int, int] | None
    confidence: Confidence
    heading_end: int = 0


def find_boilerplate(body: PlainBody) -> list[FoundBoilerplate]:
    """Returns the passages apart from the announcement, in the order of the text."""
    starts: list[FoundBoilerplate] = []
    text = body.folded
    for paragraph in body.paragraphs:
        if paragraph.end - paragraph.start > _MAX_SUBJECT + 20:
            continue
        line = text[paragraph.start : paragraph.end]
        offset = paragraph.start + len(line) - len(line.lstrip())
        line = line.strip()
        about = _ABOUT.match(line)
        if about and len(line) <= _MAX_SUBJECT:
            subject = (offset + about.end(), offset + len(line.rstrip(" :")))
            if subject[0] < subject[1]:
                starts.append(
                    FoundBoilerplate(offset, offset, "about", subject, Confidence.CERTAIN)
                )
        elif line and len(line) <= _MAX_LABEL and _CONTACT.fullmatch(line):
            starts.append(FoundBoilerplate(offset, offset, "contact", None, Confidence.CERTAIN))
    known = {each.start for each in starts}
    starts.extend(each for each in _inline(text) if each.start not in known)
    starts.sort(key=lambda each: each.start)
    return _with_ends(body, starts)


def _inline(text: str) -> list[FoundBoilerplate]:
    """Finds passages that begin in the middle of a line, as where line breaks were lost."""
    found: list[FoundBoilerplate] = []
    for match in _ABOUT_INLINE.finditer(text):
        at = match.end()
        stop = text.find("\n", at, at + _MAX_SUBJECT * 2)
        rest = text[at : stop if stop >= 0 else at + _MAX_SUBJECT * 2]
        subject = _repeated_subject(rest)
        if not subject:
            labelled = _LABELLED.match(rest)
            subject = labelled[1] if labelled else ""
        if subject:
            span = (at, at + len(subject))
            found.append(
                FoundBoilerplate(match.start("word"), at, "about", span, Confidence.LIKELY)
            )
    found.extend(
        FoundBoilerplate(*match.span(), "contact", None, Confidence.LIKELY, match.end())
        for match in _CONTACT_INLINE.finditer(text)
        if _SIGNS_OF_CONTACT.search(text, match.end(), match.end() + 300)
    )
    found.extend(
        FoundBoilerplate(*match.span(), "legal", None, Confidence.LIKELY)
        for match in _LEGAL.finditer(text)
    )
    return found


def heading_cuts(passages: Sequence[FoundBoilerplate]) -> list[int]:
    """Returns where headings within a line begin and end: no name goes across."""
    cuts: list[int] = []
    for passage in passages:
        cuts.append(passage.start)
        if passage.subject:
            cuts.extend(passage.subject)
        elif passage.heading_end:
            cuts.append(passage.heading_end)
    return cuts


def _repeated_subject(rest: str) -> str:
    """Returns X of ``X X is ...`` or of ``X: X is ...``, as a heading before its text reads."""
    repeated = _AGAIN.match(rest)
    if repeated:
        return repeated["name"]
    words = rest.split(" ")
    for count in range(min(9, len(words) // 2 + 1), 0, -1):
        head = " ".join(words[:count])
        name = re.sub(r" ?\([^()]*\)?:?$|:$", "", head).strip()
        after = rest[len(head) :].lstrip(" :")
        first = name.split(" ")[0]
        if name and after.startswith((name + " ", name + ",", name + "'", name + "(")):
            return name
        again = len(first) > 2 and after.startswith((first + " ", first + ", "))
        words_of_name = name.split()
        named = all(word[:1].isupper() or len(word) <= 3 for word in words_of_name)
        if again and named and len(words_of_name) > 1:
            return name
    return ""


def _with_ends(body: PlainBody, starts: list[FoundBoilerplate]) -> list[FoundBoilerplate]:
    """Ends each passage where the next one begins, or with the text."""
    found: list[FoundBoilerplate] = []
    for number, each in enumerate(starts):
        end = starts[number + 1].start if number + 1 < len(starts) else len(body.folded)
        stop = max(each.start + len(body.folded[each.start : end].rstrip()), each.start + 1)
        if found and found[-1].kind == each.kind == "legal":
            found[-1] = found[-1]._replace(end=stop)
        else:
            found.append(each._replace(end=stop))
    return found
