"""From the first paint to filled panes: opens the index, has it made, renews it when stale."""

from __future__ import annotations

import asyncio
import contextlib
import time
from functools import partial
from typing import TYPE_CHECKING

from milatui.catalogue.catalogue import Catalogue
from milatui.catalogue.labels.labels import format_count
from milatui.catalogue.location import Location, LocationError, parse_location
from milatui.catalogue.scope import Scope
from milatui.i18n import _, ngettext
from milatui.index.errors import IndexUnusable
from milatui.index.store.layout import default_index_dir
from milatui.tui.following import follow, idle_clock, mark_of, reading_only
from milatui.tui.pages import message_page, progress_page
from milatui.tui.state.history import HistoryEntry
from milatui.tui.state.memory import trim_memory
from milatui.tui.state.session import Session

if TYPE_CHECKING:
    from milatui.tui.builder import Built, Progress
    from milatui.tui.screen import MainScreen

_SETTLE = 0.5
"""Seconds after the first paint before anything is done that the user has not asked for."""
_TICK = 0.2


class Starting:
    """Gives the main screen its session, and later a newer catalogue."""

    def __init__(self, screen: MainScreen) -> None:
        self.screen = screen
        options = screen.options
        self.archive = options.archive
        self.index = options.index or default_index_dir(options.archive)
        self._task: asyncio.Task[None] | None = None
        self._shown = 0.0
        self._mending = False
        self._expecting: Catalogue | None = None

    def start(self) -> None:
        """Open the index, or begin to make it."""
        try:
            self._begin(self._open())
        except IndexUnusable as error:
            if self.screen.options.read_only:
                # Neither the path nor the reason is a visitor's business.
                self._say_page(
                    _("The archive cannot be shown"),
                    _("Its index is not ready. Please come back later."),
                )
            elif error.reason == "not trusted":
                self._say_page(_("The index cannot be trusted"), str(error))
            else:
                self._run(self._first_build())
            return
        self._run(self._look_after())

    def stop(self) -> None:
        """End a build that is still going on."""
        if self._task:
            self._task.cancel()

    def refresh(self) -> None:
        """Bring the index up to date because the user asked for it."""
        if self.screen.options.read_only:
            self.screen.say(reading_only())
            return
        if self._task and not self._task.done():
            self.screen.say(_("The index is being made already."))
            return
        self.screen.say(_("Reading the archive again…"))
        self._run(self._renew(asked=True))

    def mend(self) -> None:
        """Make a damaged index anew, unless that is being done already."""
        if self._mending or self.screen.options.read_only:
            return
        self._mending = True
        self.stop()
        self.screen.say(_("The index is damaged and is being made anew…"))
        self._run(self._renew(asked=True, rebuild=True))

    def _run(self, work: object) -> None:
        self._task = asyncio.ensure_future(work)  # type: ignore[call-overload]

    def _open(self) -> Catalogue:
        opened = self.screen.options.opened
        if opened and opened.folder.name.encode() in mark_of(self.index):
            return opened
        return Catalogue.open(self.index, owners=self.screen.options.index_owners)

    def _begin(self, catalogue: Catalogue) -> None:
        screen = self.screen
        screen.session = Session(catalogue)
        screen.show_scope()
        first = Location("partners")
        screen.reading.show(first)
        screen.session.history.push(HistoryEntry(first))
        if not screen.session.primary_list:
            screen.focus_pane("timeline")
        if screen.options.location:
            try:
                screen.reading.visit(parse_location(screen.options.location))
            except LocationError as error:
                screen.say(str(error))

    async def _look_after(self) -> None:
        """When the screen has come to rest: load what searches need, then look for changes."""
        from milatui.catalogue.freshness import freshness

        await asyncio.sleep(_SETTLE)
        try:
            await asyncio.to_thread(self._warm)
        except IndexUnusable:
            if not self.screen.options.read_only:
                self._mending = True
                await self._renew(asked=True, rebuild=True)
                return
        if self.screen.options.read_only:
            trim_memory()
            await follow(self.index, idle_clock(self.screen.app), self._reopen)
        owners = self.screen.options.index_owners
        state = await asyncio.to_thread(freshness, self.archive, self.index, owners)
        if state.state == "stale":
            await self._renew(asked=False)

    def _warm(self) -> None:
        """Load what the first search and the first page need, while nobody waits for it."""
        session, options = self.screen.session, self.screen.options
        if session and session.catalogue.size and session.catalogue is not options.opened:
            session.page(session.location_of(0))
            # Of many visitors of a login most never search: theirs is loaded when they begin to.
            if not options.read_only:
                session.catalogue.search("a", session.scope, limit=1)

    def expect_search(self) -> None:
        """The user is about to type a query: make the engine ready meanwhile."""
        session = self.screen.session
        if session and session.catalogue is not self._expecting:
            self._expecting = session.catalogue
            self.screen.run_worker(partial(_make_ready, session.catalogue), thread=True)

    async def _first_build(self) -> None:
        from milatui.tui.builder import build

        self._say_page(_("Reading the archive"), _("Looking at the files…"))
        title = _("Reading the archive for the first time")
        began = time.monotonic()

        def show(progress: Progress) -> None:
            now = time.monotonic()
            if now - self._shown > _TICK:
                self._shown = now
                page = progress_page(
                    title, progress.stage, progress.done, progress.total, now - began
                )
                self.screen.reader.show(page, "")

        built = await build(self.archive, self.index, self.screen.options.index_owners, show)
        try:
            self._begin(self._open())
        except IndexUnusable as error:
            self._say_page(_("The archive cannot be shown"), built.failure or str(error))
        else:
            self._say_faults(built)

    async def _renew(self, asked: bool, rebuild: bool = False) -> None:
        from milatui.tui.builder import build

        owners = self.screen.options.index_owners
        built = await build(self.archive, self.index, owners, lambda _progress: None, rebuild)
        session = self.screen.session
        if built.failure or session is None:
            self.screen.say(built.failure)
            return
        try:
            catalogue = self._open()
        except IndexUnusable as error:
            self.screen.say(str(error))
            return
        self._mending = False
        same = catalogue.info == session.catalogue.info
        session.swap_catalogue(catalogue)
        self.screen.show_scope()
        self.screen.reading.show_again()
        if asked or not same:
            self.screen.say(_("The archive has been read again."))
        self._say_faults(built)

    def _reopen(self) -> None:
        """Go on with the index that another account has renewed."""
        session = self.screen.session
        if session:
            session.swap_catalogue(self._open())
            self.screen.show_scope()
            self.screen.reading.show_again()

    def _say_faults(self, built: Built) -> None:
        """What is missing from the screen because a file could not be understood is told."""
        if built.faults:
            told = ngettext(
                "{n} fault: see 'milatui check'", "{n} faults: see 'milatui check'", built.faults
            )
            self.screen.say(told.format(n=format_count(built.faults)))

    def _say_page(self, title: str, line: str) -> None:
        self.screen.reader.show(message_page(title, [line]), "")


def _make_ready(catalogue: Catalogue) -> None:
    # What is damaged the search itself will say.
    with contextlib.suppress(IndexUnusable):
        catalogue.search("a", Scope(), limit=1)
