"""Opens the index at start, builds it if necessary, and updates it when it is stale."""

from __future__ import annotations

import asyncio
import contextlib
import time
from typing import TYPE_CHECKING

from milatui.catalogue.catalogue import Catalogue
from milatui.catalogue.labels.labels import format_count
from milatui.catalogue.location import Location, LocationError, parse_location
from milatui.catalogue.moved_archive import open_notes
from milatui.catalogue.scope import Scope
from milatui.i18n import _, ngettext
from milatui.index.errors import IndexUnusable
from milatui.index.store.layout import default_index_dir
from milatui.tui.builtin_pages import message_page, progress_page
from milatui.tui.controllers.index_watch import generation_id, watch_generation
from milatui.tui.state.memory import trim_memory
from milatui.tui.state.session import Session

if TYPE_CHECKING:
    from collections.abc import Coroutine

    from milatui.tui.controllers.build_process import BuildOutcome, IndexProgress
    from milatui.tui.controllers.navigation import NavigationController
    from milatui.tui.explorer_view import ExplorerView

_SETTLE = 0.5
"""Seconds after the first paint before work begins that the user has not asked for."""
_PROGRESS_EVERY = 0.2
"""Seconds between two updates of the progress page."""


class IndexController:
    """Gives the view its session, and the session a newer catalogue after a rebuild."""

    def __init__(self, view: ExplorerView, navigation: NavigationController) -> None:
        self._view = view
        self._navigation = navigation
        options = view.options
        self._archive = options.archive
        self._index = options.index or default_index_dir(options.archive)
        self._task: asyncio.Task[None] | None = None
        self._build: asyncio.Task[None] | None = None
        self._shown_at = 0.0
        self._rebuilding = False
        self._prewarmed: Catalogue | None = None

    # What the screen and the commands ask for --------------------------------------------

    def start(self) -> None:
        """Opens the index, or begins to build it."""
        try:
            self._start_session(self._open())
        except IndexUnusable as error:
            if self._view.options.read_only:
                # A visitor must not learn the path or the reason.
                self._show_message(
                    _("The archive cannot be shown"),
                    _("Its index is not ready. Please come back later."),
                )
            elif error.reason == "not trusted":
                self._show_message(_("The index cannot be trusted"), str(error))
            else:
                self._run(self._first_build())
            return
        self._run(self._watch_index())

    def stop(self) -> None:
        """Cancels a running build, or the check for changes."""
        if self._task:
            self._task.cancel()

    def refresh(self) -> None:
        """Brings the index up to date: the user asked for it."""
        if self._view.options.read_only:
            self._view.show_status(_("This session is read-only."))
            return
        if self._build and not self._build.done():
            self._view.show_status(_("The index is being built already."))
            return
        self.stop()  # The check for changes may have looked before the last one was made.
        self._view.show_status(_("Reading the archive again…"))
        self._run(self._update(asked=True))

    def rebuild_damaged(self) -> None:
        """Rebuilds a damaged index, unless that is being done already."""
        if self._rebuilding or self._view.options.read_only:
            return
        self._rebuilding = True
        self.stop()
        self._view.show_status(_("The index is damaged and is being rebuilt…"))
        self._run(self._update(asked=True, rebuild=True))

    def prewarm_search(self) -> None:
        """Loads what the first search needs: the user is about to type a query."""
        session = self._view.session
        if session and session.catalogue is not self._prewarmed:
            self._prewarmed = session.catalogue
            self._view.run_in_background(_prewarm(session.catalogue))

    # Opening and watching ----------------------------------------------------------------

    def _run(self, work: Coroutine[None, None, None]) -> None:
        self._task = asyncio.ensure_future(work)

    def _open(self) -> Catalogue:
        options = self._view.options
        opened = options.opened
        if opened and opened.folder.name.encode() in generation_id(self._index):
            return opened
        catalogue = Catalogue.open(self._index, owners=options.index_owners)
        if not options.read_only:
            catalogue.notes = open_notes(options.archive, catalogue)
        return catalogue

    def _start_session(self, catalogue: Catalogue) -> None:
        view = self._view
        session = view.session = Session(catalogue)
        view.show_scope()
        if not session.primary_list:
            view.focus_pane("timeline")
        self._navigation.begin(Location("partners"))
        if view.options.location:
            try:
                self._navigation.visit(parse_location(view.options.location))
            except LocationError as error:
                view.show_status(str(error))

    async def _watch_index(self) -> None:
        """Loads what searches need once the screen is idle, then checks for changes."""
        await asyncio.sleep(_SETTLE)
        from milatui.catalogue.freshness import freshness

        try:
            await asyncio.to_thread(self._preload)
        except IndexUnusable:
            if not self._view.options.read_only:
                self._rebuilding = True
                await self._update(asked=True, rebuild=True)
                return
        if self._view.options.read_only:
            trim_memory()
            await watch_generation(self._index, self._view.idle_seconds, self._reload)
        owners = self._view.options.index_owners
        state = await asyncio.to_thread(freshness, self._archive, self._index, owners)
        if state.state == "stale":
            await self._update(asked=False)

    def _preload(self) -> None:
        """Loads what the first page and the first search need."""
        session, options = self._view.session, self._view.options
        if session and session.catalogue.size and session.catalogue is not options.opened:
            session.page(session.location_of(0))
            # Most visitors of a public login never search; theirs is loaded when they type.
            if not options.read_only:
                session.catalogue.search("a", session.scope, limit=1)

    # Building ----------------------------------------------------------------------------

    async def _first_build(self) -> None:
        from milatui.tui.controllers.build_process import run_build

        self._show_message(_("Reading the archive"), _("Looking at the files…"))
        title = _("Reading the archive for the first time")
        began = time.monotonic()

        def show(progress: IndexProgress) -> None:
            now = time.monotonic()
            if now - self._shown_at > _PROGRESS_EVERY:
                self._shown_at = now
                page = progress_page(
                    title, progress.stage, progress.done, progress.total, now - began
                )
                self._view.reader.show(page, "")

        self._build = asyncio.current_task()
        outcome = await run_build(self._archive, self._index, self._view.options.index_owners, show)
        try:
            self._start_session(self._open())
        except IndexUnusable as error:
            self._show_message(_("The archive cannot be shown"), outcome.failure or str(error))
        else:
            self._show_faults(outcome)

    async def _update(self, asked: bool, rebuild: bool = False) -> None:
        """Builds the index in a process and continues on it; ``rebuild`` reads every file again."""
        from milatui.tui.controllers.build_process import run_build

        owners = self._view.options.index_owners
        self._build = asyncio.current_task()
        outcome = await run_build(
            self._archive, self._index, owners, lambda _progress: None, rebuild
        )
        session = self._view.session
        if outcome.failure or session is None:
            self._view.show_status(outcome.failure)
            return
        try:
            catalogue = self._open()
        except IndexUnusable as error:
            self._view.show_status(str(error))
            return
        self._rebuilding = False
        same = catalogue.info == session.catalogue.info
        self._swap_catalogue(session, catalogue)
        if asked or not same:
            self._view.show_status(_("The archive has been read again."))
        self._show_faults(outcome)

    def _reload(self) -> None:
        """Continues on the generation that another account has built."""
        session = self._view.session
        if session:
            self._swap_catalogue(session, self._open())

    def _swap_catalogue(self, session: Session, catalogue: Catalogue) -> None:
        self._view.trail.leave_search()
        session.swap_catalogue(catalogue)
        self._view.show_scope()
        self._navigation.show_again()

    # Messages ----------------------------------------------------------------------------

    def _show_faults(self, outcome: BuildOutcome) -> None:
        """Shows how many files had errors."""
        if outcome.faults:
            message = ngettext(
                "{n} fault: see 'milatui check'", "{n} faults: see 'milatui check'", outcome.faults
            )
            self._view.show_status(message.format(n=format_count(outcome.faults)))

    def _show_message(self, title: str, line: str) -> None:
        self._view.reader.show(message_page(title, [line]), "")


async def _prewarm(catalogue: Catalogue) -> None:
    # The search itself will report a damaged index.
    with contextlib.suppress(IndexUnusable):
        await asyncio.to_thread(catalogue.search, "a", Scope(), limit=1)
