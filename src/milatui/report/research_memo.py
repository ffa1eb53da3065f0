"""Builds the memo of a visit: its searches with their counts and hits, and what was opened."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Final

from milatui.archive.records import Document, Source
from milatui.catalogue.labels.dates import format_date
from milatui.catalogue.labels.labels import format_count, kind_label, quote_text
from milatui.catalogue.trail.memo_text import FOUND, HIT, OPENED, with_fragment
from milatui.catalogue.trail.steps import SearchStep
from milatui.i18n import _, language, ngettext
from milatui.index.record_relations import sources_of
from milatui.report.blocks import ArchiveAddress, Heading, Items, Paragraph, Report, Text
from milatui.report.footnotes import Footnotes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from milatui.catalogue.catalogue import Catalogue
    from milatui.catalogue.location import Location
    from milatui.catalogue.store import RecordStore
    from milatui.catalogue.trail.steps import OpenStep, Visit
    from milatui.report.blocks import Block, Run, Runs

MOST_FOOTNOTES: Final = 5
"""Maximum number of passages that are cited for an opened record, those of the best documents."""


class ResearchMemo:
    """Builds the memo of some visits.

    Args:
        catalogue: The archive as it is now.
        today: The day.
    """

    def __init__(self, catalogue: Catalogue, today: date) -> None:
        self._catalogue = catalogue
        self._today = today
        self._notes = Footnotes()

    def build(self, visits: Sequence[Visit], colophon: Sequence[str]) -> Report:
        """Builds the memo.

        Args:
            visits: The visits, oldest first.
            colophon: Sentences for its end.
        """
        archive = self._catalogue.info.title
        blocks = [block for visit in visits for block in self._visit(visit)]
        if any(visit.generation != self._catalogue.folder.name for visit in visits):
            changed = _(
                "The index has been rebuilt since. Counts and hits are those of the visit; "
                "footnotes and fingerprint are of the present archive."
            )
            blocks.append(Paragraph((Text(changed, "warning"),)))
        return Report(
            title=_("Research memo: {archive}").format(archive=archive),
            language=language(),
            blocks=blocks,
            notes=self._notes.notes,
            notes_title=_("Where it is written"),
            colophon=[(Text(sentence),) for sentence in colophon],
        )

    def _visit(self, visit: Visit) -> Iterator[Block]:
        if not visit.steps:
            return
        first, last = visit.steps[0].at, visit.steps[-1].at
        searches, opened = len(visit.searches), len(visit.opened)
        words = ngettext("{n} search", "{n} searches", searches)
        more = ngettext("{n} record opened", "{n} records opened", opened)
        sentence = _("{day}, {start} to {end}: {searches}, {opened}.").format(
            day=day_label(first),
            start=clock_label(first),
            end=clock_label(last),
            searches=words.format(n=format_count(searches)),
            opened=more.format(n=format_count(opened)),
        )
        yield Paragraph((Text(sentence),))
        group: list[OpenStep] = []
        known: set[Location] = set()
        for step in visit.steps:
            if isinstance(step, SearchStep):
                yield from self._opened(group)
                group = []
                yield from self._search(step)
            elif step.location not in known:
                if not group and not known and not isinstance(visit.steps[0], SearchStep):
                    yield Heading(
                        _("{time} Opened without a search").format(time=clock_label(step.at))
                    )
                known.add(step.location)
                group.append(step)
        yield from self._opened(group)

    def _search(self, step: SearchStep) -> Iterator[Block]:
        query, scope = step.location.get("q"), step.location.scope.without("query")
        what = quote_text(query) if query else _("everything in a scope")
        yield Heading(_("{time} Searched: {query}").format(time=clock_label(step.at), query=what))
        chips = [chip.label for chip in scope.chips(self._catalogue.partner_name)]
        found = ngettext("{n} record found", "{n} records found", step.total)
        facts = [found.format(n=format_count(step.total)), *_order(step)]
        if chips:
            facts.append(_("restricted to {scope}").format(scope=" · ".join(chips)))
        address = ArchiveAddress(str(with_fragment(step.location, FOUND, str(step.total))), "")
        runs: list[Run] = [Text("; ".join(facts), "strong"), Text(". "), address]
        yield Paragraph(tuple(runs))
        if not step.total:
            yield from self._absence(step)
            return
        if step.total > len(step.hits) > 0:
            text = ngettext("The first {n} hit:", "The first {n} hits:", len(step.hits))
            yield Paragraph((Text(text.format(n=format_count(len(step.hits)))),))
        if step.hits:
            yield Items([self._hit(hit, rank) for rank, hit in enumerate(step.hits, 1)])

    def _absence(self, step: SearchStep) -> Iterator[Block]:
        """Yields what was searched, if the search still finds nothing."""
        scope = step.location.scope.without("query")
        absence = self._catalogue.absence(step.location.get("q"), scope)
        if absence is not None:
            # The first sentence stands above.
            yield Items([(Text(line),) for line in absence.lines(self._today)[1:]])

    def _hit(self, hit: Location, rank: int) -> Runs:
        address = ArchiveAddress(str(with_fragment(hit, HIT, str(rank))), "")
        return (*_record_runs(self._catalogue.store(), hit, ""), Text(" "), address)

    def _opened(self, group: Sequence[OpenStep]) -> Iterator[Block]:
        if group:
            yield Paragraph((Text(_("Opened:"), "strong"),))
            yield Items([self._open(step) for step in group])

    def _open(self, step: OpenStep) -> Runs:
        store = self._catalogue.store()
        runs: list[Run] = [Text(f"{clock_label(step.at)} ", "dim")]
        runs += _record_runs(store, step.location, step.title)
        kind, identifier = step.location.kind, step.location.id
        number = store.find(kind, identifier) if kind is not None else None
        if kind is None or number is None:
            runs += (Text(" "), Text(_("no longer in the archive"), "warning"))
        else:
            if step.digest and self._catalogue.record_digest(kind, identifier) != step.digest:
                runs += (Text(" "), Text(_("has changed since"), "warning"))
            record = store.record(kind, identifier)
            whole = [Source(identifier, "")] if isinstance(record, Document) else []
            sources = [*whole, *sources_of(record)][:MOST_FOOTNOTES]
            runs += self._notes.references(store, sources)
        address = str(with_fragment(step.location, OPENED, step.at.replace("+00:00", "Z")))
        return (*runs, Text(" "), ArchiveAddress(address, step.digest))


def _record_runs(store: RecordStore, location: Location, title: str) -> Iterator[Run]:
    """Yields title, kind and date of a record; the given title if it is gone."""
    kind = location.kind
    number = store.find(kind, location.id) if kind is not None else None
    if kind is None or number is None:
        yield Text(title or str(location))
        return
    row = store.row(number)
    detail = kind_label(row.detail) if row.detail and kind in ("event", "document") else ""
    facts = (kind_label(kind), detail, format_date(row.date))
    yield Text(row.label)
    yield Text(f" ({', '.join(fact for fact in facts if fact)})", "dim")


def _order(step: SearchStep) -> list[str]:
    if not step.hits:
        return []
    orders = {"newest": _("newest first"), "oldest": _("oldest first")}
    return [orders.get(step.location.get("sort"), _("best first"))]


def _local(moment: str) -> datetime:
    """Returns a time of the trail in the user's time zone."""
    try:
        found = datetime.fromisoformat(moment)
    except ValueError:
        found = datetime.fromtimestamp(0, UTC)
    return found.astimezone()


def day_label(moment: str) -> str:
    """Returns the day of a time of the trail, in words."""
    return format_date(_local(moment).date().isoformat(), short=False)


def clock_label(moment: str) -> str:
    """Returns the hour and minute of a time of the trail, in the user's time zone."""
    return f"{_local(moment):%H:%M}"
