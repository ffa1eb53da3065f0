"""Why a record was found: its words, where they stand, how much each counts, in sentences."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from milatui.index.engine import formula
from milatui.messages import _, ngettext

if TYPE_CHECKING:
    from milatui.index.engine.engine import Engine, Found
    from milatui.index.engine.groups import Group


@dataclass(frozen=True, slots=True)
class Reason:
    """What one word of a query does for a record.

    Attributes:
        word: The word as asked.
        forms: The words of the record that answer it, at most four.
        times: How often they stand in the text, in the title twice.
        in_title: How often in the title.
        records: How many records have them.
        share: Part of the score of all words, 0 to 1.
    """

    word: str
    forms: tuple[str, ...]
    times: int
    in_title: int
    records: int
    share: float

    def __str__(self) -> str:
        forms = ", ".join(self.forms)
        places = ngettext("{n} time", "{n} times", self.times).format(n=self.times)
        parts = [
            _("“{word}”: {forms}, {places}").format(word=self.word, forms=forms, places=places)
        ]
        if self.in_title:
            parts.append(_("in the title"))
        count = ngettext("in {n} record", "in {n} records", self.records)
        parts.append(count.format(n=self.records))
        parts.append(_("{percent} % of the score").format(percent=round(100 * self.share)))
        return " · ".join(parts)


def reasons(engine: Engine, found: Found, number: int) -> tuple[Reason, ...]:
    """Why a record was found, a reason for every word of the query that it has.

    Related records have none of the words, and so no reasons.
    """
    made = []
    for group in {group.asked: group for group in found.evaluation.groups}.values():
        reason = _reason(engine, group, number)
        if reason is not None:
            made.append(reason)
    total = sum(weight for weight, _made in made) or 1.0
    return tuple(
        Reason(r.word, r.forms, r.times, r.in_title, r.records, weight / total)
        for weight, r in sorted(made, key=lambda item: -item[0])
    )


def _reason(engine: Engine, group: Group, number: int) -> tuple[float, Reason] | None:
    kernel = engine.kernel
    times = kernel.frequency(group.words, "post", number)
    if not times:
        return None
    in_title = kernel.frequency(group.words, "title", number)
    records = len(kernel.merged(group.words, "post"))
    forms = [
        segment.word(word)
        for segment, words in group.words
        for word in words
        if kernel.frequency([(segment, [word])], "post", number)
    ]
    weight = formula.idf(kernel.records, records) * float(formula.saturation(times, formula.K1))
    shown = tuple(dict.fromkeys(forms))[:4]
    return weight, Reason(group.asked, shown, times, in_title, records, 0.0)
