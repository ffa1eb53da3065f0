"""What can be done with a search: narrow it by counts, ask why, keep it under a name."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from milatui.catalogue.labels.dates import format_date
from milatui.catalogue.labels.labels import format_count, kind_label, language_name
from milatui.catalogue.location import Location
from milatui.catalogue.pages.builder import PageBuilder
from milatui.catalogue.pages.common import write_section
from milatui.i18n import _
from milatui.tui.following import reading_only

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from milatui.catalogue.scope import Scope
    from milatui.tui.commands.moving import Command
    from milatui.tui.screen import MainScreen
    from milatui.tui.state.session import Session

MOST_COUNTED = 30
"""Saved searches whose hits are counted when they are listed."""


async def _narrow(screen: MainScreen) -> None:
    """Choose a kind, language, year, partner or publisher to narrow to, each with its count."""
    from milatui.tui.widgets.picker import pick

    session = screen.session
    if session is None:
        return
    # What has been found is counted as it stands there; without a query, all of the scope.
    answer = screen.results.result or session.catalogue.search("", session.scope, limit=1)
    options = list(_options(session, answer.facets))

    def narrow(index: int) -> None:
        session.scope = options[index][2]
        screen.show_scope()

    pick(
        screen.app,
        screen.theme,
        _("Narrow to"),
        [(label, count) for label, count, _scope in options],
        narrow,
    )


def _options(
    session: Session, facets: Mapping[str, Mapping[str, int]]
) -> Iterator[tuple[str, str, Scope]]:
    """What the search can be narrowed to: words, count, and the scope that it makes."""
    scope = session.scope
    named: dict[str, tuple[str, Callable[[str], str], Callable[[str], Scope]]] = {
        "kind": (_("kind"), kind_label, lambda k: replace(scope, kinds=frozenset({k}))),
        "language": (_("language"), language_name, lambda t: replace(scope, language=t)),
        "year": (_("year"), format_date, lambda y: replace(scope, since=y, until=y)),
        "partner": (
            kind_label("partner"),
            session.partner_name,
            lambda p: replace(scope, partner=p),
        ),
        "publisher": (_("publisher"), str, lambda p: replace(scope, publisher=p)),
    }
    for facet, (word, name_of, narrowed) in named.items():
        for value, count in facets.get(facet, {}).items():
            yield f"{name_of(value)}  {word}", format_count(count), narrowed(value)


def _why(screen: MainScreen) -> None:
    """Say in the reader why the hit under the cursor was found."""
    session, hit = screen.session, screen.results.current_hit
    if session is None or hit is None:
        screen.say(_("Only what a search has found has reasons."))
        return
    catalogue = session.catalogue
    why = catalogue.explain(session.query, hit.number, typing=session.typing)
    writer = PageBuilder()
    title = _("Why “{title}” was found").format(title=hit.row.title)
    writer.line(title, "title")
    for line in why.lines or [_("It is in the scope; nothing else was asked for.")]:
        writer.blank()
        writer.line(line)
    editions = [catalogue.row(number) for number in hit.same]
    write_section(writer, _("Other editions of this text"), editions)
    screen.reader.show(writer.page(Location(hit.row.kind, hit.row.id), title, ""))
    screen.show_hints()


async def _saved(screen: MainScreen) -> None:
    """Choose a saved search, or save or forget one."""
    from milatui.tui.widgets.picker import pick

    session, store = screen.session, screen.query_history.store
    if session is None or store is None:
        screen.say(reading_only())
        return
    here, known = session.search_location(), store.saved()
    deeds: list[tuple[str, str, Callable[[], None]]] = []
    if here.params and here not in known.values():
        name = " · ".join(label for _field, label in session.chips(here.scope))
        words = _("Save this search: {name}").format(name=name)
        deeds.append((words, "", partial(store.save, name, here)))
    for number, (name, place) in enumerate(known.items()):
        counted = number < MOST_COUNTED
        answer = session.catalogue.search(place.get("q"), place.scope, limit=1) if counted else None
        count = format_count(answer.total) if answer else ""
        deeds.append((name, count, partial(screen.reading.visit, place)))
    for name in known:
        words = _("Forget {name}").format(name=name)
        deeds.append((words, "", partial(store.forget, name)))
    if not deeds:
        screen.say(_("No search is saved; search for something and save it here."))
        return

    def do(index: int) -> None:
        try:
            deeds[index][2]()
        except OSError as error:
            screen.say(_("It cannot be written: {reason}").format(reason=error.strerror))

    pick(
        screen.app,
        screen.theme,
        _("Saved searches"),
        [(words, count) for words, count, _d in deeds],
        do,
    )


COMMANDS: dict[str, Command] = {
    "scope.choose": _narrow,
    "find.why": _why,
    "find.saved": _saved,
}
