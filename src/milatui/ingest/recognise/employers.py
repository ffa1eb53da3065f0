"""Concludes where a title is held that a text gives without the organisation."""

# untranslated: words of texts, in both languages
from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from milatui.ingest.recognise.roles import ParsedRole, is_public_office
from milatui.ingest.recognise.vocabulary import COMPANY_TITLES, word_set

if TYPE_CHECKING:
    from collections.abc import Sequence

    from milatui.ingest.recognise.boilerplate import FoundBoilerplate

_LEAD: Final = 700
"""Characters in which a release names who publishes it."""
_SENTENCE: Final = 400
_SENTENCE_END: Final = re.compile(
    r"(?<![A-Z])(?<!Inc)(?<!Ltd)(?<!orp)(?<!Dr)(?<!Mr)(?<!Ms)[.!?][”»\"]? |[\n•]"
)
_OF_COMPANY: Final = (" of the company", " of the firm", " de la société", " de l'entreprise")
_FORMER: Final = ("former ", "ex-", "ancien ", "ancienne ")
_HELD_ELSEWHERE: Final = re.compile(r" (?:of|at|for|chez|de|du) (?!the\b|la\b|le\b)")
"""What follows a title that is held at something else than a name that was found."""
_STAND_INS: Final = word_set(
    "company firm corporation group society foundation university center centre bank fund institute"
    " association organization organisation college hospital agency school club county city"
    " société entreprise compagnie fondation université organisme institut banque association"
)
"""Nouns that stand for an organisation named elsewhere: ``CEO of the Company``."""
_COMPANIES: Final = word_set(
    "company firm corporation group société entreprise compagnie organisme"
)


class EmployerFinder:
    """Finds the organisation of titles such as ``CEO Ann Lee`` and ``CEO of the Company``.

    It is the one that the sentence names before the title, or the one that publishes the text.

    Args:
        text: The folded plain text.
        organisations: The mentions of each organisation, in the order of the text.
        passages: The passages apart, of which ``About X`` says who publishes.
    """

    def __init__(
        self,
        text: str,
        organisations: Sequence[Sequence[tuple[int, int]]],
        passages: Sequence[FoundBoilerplate],
    ) -> None:
        self._text = text
        self._organisations = [sorted(mentions) for mentions in organisations if mentions]
        self._subjects = [each.subject for each in passages if each.subject]
        self._publisher = self._find_publisher()

    def complete(self, role: ParsedRole) -> ParsedRole:
        """Returns a role with its organisation, as far as the text lets conclude it."""
        if role.organisation is not None:
            stand_in = self._text[slice(*role.organisation)].lower().removeprefix("the ")
            if stand_in not in _STAND_INS:
                return role
            meant = self._meant(stand_in)
            return ParsedRole(role.title, meant) if meant else role
        title = self._text[slice(*role.title)]
        words = set(re.findall(r"[\w-]+", title.lower()))
        if not words & COMPANY_TITLES or is_public_office(title):
            return role
        if _HELD_ELSEWHERE.match(self._text, role.title[1]):
            return role
        if title.lower().endswith(_OF_COMPANY):
            return ParsedRole(role.title, self._publisher)
        return ParsedRole(role.title, self._in_sentence(role.title[0]) or self._publisher)

    def _meant(self, stand_in: str) -> tuple[int, int] | None:
        """Returns the organisation that a noun stands for: the publisher, or the only such one."""
        if stand_in in _COMPANIES:
            return self._publisher
        named = [
            mentions[0]
            for mentions in self._organisations
            if any(stand_in in self._text[slice(*span)].lower().split() for span in mentions)
        ]
        return named[0] if len(named) == 1 else None

    def _in_sentence(self, at: int) -> tuple[int, int] | None:
        """Returns the only organisation that the sentence names before ``at``, quotations apart."""
        floor = max(0, at - _SENTENCE)
        for match in _SENTENCE_END.finditer(self._text, floor, at):
            floor = match.end()
        floor = max(floor, *(self._text.rfind(mark, floor, at) for mark in '”»"'))
        named = [
            before[-1]
            for mentions in self._organisations
            if (before := [span for span in mentions if floor <= span[0] and span[1] <= at])
        ]
        if len(named) != 1 or self._text.endswith(_FORMER, 0, named[0][0]):
            return None
        return named[0]

    def _find_publisher(self) -> tuple[int, int] | None:
        """Returns who publishes: of those that the lead names, who has an ``About``, or the first.

        Without an ``About`` it is named at least three times.
        """
        leading = sorted(mentions for mentions in self._organisations if mentions[0][0] < _LEAD)
        for mentions in leading:
            if any(self._is_about(mentions, subject) for subject in self._subjects):
                return mentions[0]
        often = [mentions for mentions in leading if len(mentions) > 2]
        return often[0][0] if often else None

    def _is_about(self, mentions: Sequence[tuple[int, int]], subject: tuple[int, int]) -> bool:
        return any(start < subject[1] and subject[0] < end for start, end in mentions)
