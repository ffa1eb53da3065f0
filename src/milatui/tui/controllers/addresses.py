"""Follows links that lead out of the archive: to the browser, or to the clipboard."""

from __future__ import annotations

import asyncio
import os
from typing import TYPE_CHECKING

from milatui.i18n import _
from milatui.tui.terminal.browser import has_browser, is_web_address, open_in_browser

if TYPE_CHECKING:
    from milatui.tui.explorer_view import ExplorerView


def follow_address(view: ExplorerView, address: str) -> None:
    """Opens a web address in the browser of a local session; copies it in any other.

    A read-only session starts no program.
    """
    local = not view.options.read_only and has_browser(os.environ)
    if local and is_web_address(address):
        view.run_in_background(_open(view, address))
    else:
        _copy(view, address)


async def _open(view: ExplorerView, address: str) -> None:
    view.show_status(_("Opening in the browser: {address}").format(address=address))
    if await asyncio.to_thread(open_in_browser, address):
        view.show_status(_("Opened in the browser: {address}").format(address=address))
    else:
        _copy(view, address)


def _copy(view: ExplorerView, address: str) -> None:
    view.copy_to_clipboard(address)
    view.show_status(_("Address copied: {address}").format(address=address))
