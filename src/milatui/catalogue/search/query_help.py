"""Describes the query language by examples, for the help of explorer and commands."""

# untranslated: words of texts and queries, in both languages
from __future__ import annotations

from milatui.i18n import _


def query_examples() -> list[tuple[str, str]]:
    """Returns an example of every form of the query language, with its meaning."""
    return [
        ("corporate lab", _("any of the words, in any form and language, best first")),
        ('"corporate lab"', _("these words side by side")),
        ("lab -samsung +amgen", _("without one word, only with another")),
        ("(samsung OR denso) lab", _("one or the other")),
        ("drug near/5 discovery", _("at most five words apart")),
        ("labo*  /lab(s|o.*)/", _("words that begin so; words of a pattern")),
        ("partner:amgen person:bengio", _("about a partner, naming a person")),
        ("kind:press-release lang:fr", _("of a kind, in a language")),
        ("publisher:betakit title:fund", _("of a publisher, with a word in the title")),
        ("sector:pharma lab", _("about partners of a sector")),
        ("said-by:bengio", _("statements of a person or partner")),
        ("measure:researchers", _("figures of a measure")),
        ("date:2021..2023 date:last year", _("within a time; also date:May 2021")),
        ("since:2020 until:2022-06", _("not before, not after")),
    ]
