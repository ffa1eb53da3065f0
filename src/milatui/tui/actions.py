"""The registry of actions: bindings, keymap, hints, help and palette are derived from it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from milatui.i18n import _

if TYPE_CHECKING:
    from collections.abc import Iterator

PARTNERS, TIMELINE, SEARCH, READER = PANES = ("partners", "timeline", "search", "reader")
"""Names of the panes, in the order of their numbers."""
BAND = "band"
"""Name of the time band, which has no number as panes have."""
ANY, LISTS = "any", "lists"
"""Values of ``Action.where``, besides the names of panes."""


@dataclass(frozen=True, slots=True)
class Action:
    """An action of the user.

    Attributes:
        id: Group and name, separated by a dot.
        keys: Default keys, comma separated; the first one is shown.
        description: Name in the help and the palette.
        tooltip: One sentence for the palette.
        where: The pane it works in.
        hint: Its word in the bottom bar; "" for no hint.
        field: Whether its keys (arrows, Enter ...) work while text is typed.
    """

    id: str
    keys: str
    description: str
    tooltip: str
    where: str = ANY
    hint: str = ""
    field: bool = False

    @property
    def group(self) -> str:
        """The first part of the id: its section in the help."""
        return self.id.partition(".")[0]


def _moving() -> Iterator[Action]:
    yield Action(
        "move.down", "down,j", _("One line down"), _("Next line of the list or text"), field=True
    )
    yield Action(
        "move.up", "up,k", _("One line up"), _("Previous line of the list or text"), field=True
    )
    yield Action(
        "move.page-down", "pagedown,space", _("One page down"), _("Next screenful"), field=True
    )
    yield Action("move.page-up", "pageup,b", _("One page up"), _("Previous screenful"), field=True)
    yield Action("move.half-down", "ctrl+d", _("Half a page down"), _("Next half screenful"))
    yield Action("move.half-up", "ctrl+u", _("Half a page up"), _("Previous half screenful"))
    yield Action("move.first", "home,g", _("To the beginning"), _("First line of the list or text"))
    yield Action("move.last", "end,G", _("To the end"), _("Last line of the list or text"))
    yield Action(
        "move.next-year",
        "}",
        _("Next heading"),
        _("Older year of the timeline, next heading of the text"),
    )
    yield Action(
        "move.previous-year",
        "{",
        _("Previous heading"),
        _("Newer year of the timeline, previous heading of the text"),
    )
    yield Action(
        "move.year",
        "colon",
        _("Go to a date"),
        _("Go to a year or a date of the timeline in words: march 2019, autumn 2020, last year"),
    )
    yield Action(
        "move.undated",
        "u",
        _("Undated records"),
        _("Show the records without a date at the end of the timeline, or hide them"),
        TIMELINE,
    )


def _panes() -> Iterator[Action]:
    yield Action("pane.partners", "1", _("Partners"), _("Go to the list of partners"))
    yield Action("pane.timeline", "2", _("Timeline"), _("Go to the timeline"))
    yield Action("pane.search", "3", _("Search results"), _("Go to the list of what was found"))
    yield Action("pane.reader", "4", _("Reader"), _("Go to the text"))
    yield Action("pane.next", "tab", _("Next pane"), _("Go to the next pane"), field=True)
    yield Action(
        "pane.previous", "shift+tab", _("Previous pane"), _("Go to the previous pane"), field=True
    )
    yield Action(
        "pane.zoom",
        "z",
        _("Zoom"),
        _("Give the whole screen to this pane, draw the timeline as lanes, and back"),
        hint=_("zoom"),
    )
    yield Action(
        "pane.fill",
        "Z",
        _("Zoom without drawing"),
        _("Give the whole screen to this pane as it is, and back"),
    )
    yield Action(
        "pane.wider",
        "ctrl+right,right_parenthesis",
        _("Wider lists"),
        _("Move the edge between lists and text to the right; it stays there"),
    )
    yield Action(
        "pane.narrower",
        "ctrl+left,left_parenthesis",
        _("Narrower lists"),
        _("Move the edge between lists and text to the left; it stays there"),
    )
    yield Action(
        "pane.leave",
        "escape",
        _("Leave"),
        _("Leave the text field or the text, clear the filter or the query, go back"),
        field=True,
    )


def _reading() -> Iterator[Action]:
    yield Action(
        "open.this",
        "enter",
        _("Open"),
        _("Open what is under the cursor"),
        hint=_("open"),
        field=True,
    )
    yield Action(
        "open.next-hit",
        "n",
        _("Next highlight"),
        _("Go to the next highlighted passage"),
        hint=_("next"),
    )
    yield Action(
        "open.previous-hit",
        "N",
        _("Previous highlight"),
        _("Go to the previous highlighted passage"),
    )
    yield Action(
        "open.next-link",
        "right,l",
        _("Next link"),
        _("Next link of the text, later on the time band and in a lane"),
    )
    yield Action(
        "open.previous-link",
        "left,h",
        _("Previous link"),
        _("Previous link of the text, earlier on the time band and in a lane"),
    )
    yield Action(
        "open.back",
        "left_square_bracket",
        _("Back"),
        _("Return to the previous place"),
        hint=_("back"),
    )
    yield Action("open.forward", "right_square_bracket", _("Forward"), _("Undo a step back"))
    yield Action(
        "open.original",
        "O",
        _("Open the original"),
        _("Open the web page in the browser, or copy its address"),
    )
    yield Action(
        "open.outline",
        "o",
        _("Outline"),
        _("Choose a heading of this text"),
        hint=_("outline"),
    )
    yield Action(
        "open.find", "ctrl+f", _("Find in the text"), _("Highlight words in the text of the reader")
    )


def _finding() -> Iterator[Action]:
    yield Action(
        "find.search", "slash", _("Search"), _("Search everything in the scope"), hint=_("search")
    )
    yield Action(
        "find.filter",
        "f",
        _("Filter the list"),
        _("Filter the list by words: partners by name or sector, figures and people by any word"),
        hint=_("filter"),
    )
    yield Action(
        "find.sort", "s", _("Change the order"), _("Sort the list another way"), LISTS, _("sort")
    )
    yield Action(
        "find.documents",
        "d",
        _("Documents too"),
        _("Show documents among the events"),
        hint=_("documents"),
    )
    yield Action(
        "find.why",
        "w",
        _("Why this hit"),
        _("Which words of the query it has, and how much they count"),
        SEARCH,
        _("why"),
    )
    yield Action(
        "find.saved",
        "S",
        _("Saved searches"),
        _("Go to a saved search, save this one or delete one"),
    )


def _narrowing() -> Iterator[Action]:
    yield Action(
        "scope.partner",
        "p",
        _("Only this partner"),
        _("Narrow the scope to the partner, or widen it"),
    )
    yield Action(
        "scope.year",
        "plus",
        _("Only this year"),
        _("Narrow the scope to the year, then quarter and month; finer bars on the time band"),
        hint=_("this year"),
    )
    yield Action(
        "scope.wider",
        "minus",
        _("A wider period"),
        _("Widen the period to the quarter, the year, all years; coarser bars on the time band"),
    )
    yield Action("scope.since", "less_than_sign", _("From this year on"), _("Drop what is older"))
    yield Action("scope.until", "greater_than_sign", _("Until this year"), _("Drop what is newer"))
    yield Action(
        "scope.choose",
        "t",
        _("Narrow by counts"),
        _("Narrow to a kind, sector, language, year, partner ...; how much is found of each"),
    )
    yield Action(
        "scope.remove",
        "x",
        _("Remove a restriction"),
        _("Remove the last restriction of the scope"),
    )
    yield Action(
        "scope.clear",
        "X",
        _("Remove all restrictions"),
        _("Show the whole archive again, without filter, period and query"),
    )


def _time() -> Iterator[Action]:
    yield Action(
        "time.band",
        "0",
        _("Time band"),
        _("Choose years on the band with the arrows, Shift extends, + shows months"),
        hint=_("years"),
    )
    yield Action(
        "time.extend-later",
        "shift+right",
        _("Extend to later"),
        _("Move the end of the period that was moved last to a later one"),
        BAND,
    )
    yield Action(
        "time.extend-earlier",
        "shift+left",
        _("Extend to earlier"),
        _("Move the end of the period that was moved last to an earlier one"),
        BAND,
    )


def _lanes() -> Iterator[Action]:
    yield Action(
        "time.lanes",
        "v",
        _("Lanes by partner, sector, kind"),
        _("Draw the timeline as lanes, then by sector and by kind"),
        TIMELINE,
        _("lanes"),
    )


def _views() -> Iterator[Action]:
    yield Action(
        "view.figures", "F", _("Figures"), _("All measures in the scope, their values over time")
    )
    yield Action("view.people", "P", _("People"), _("Who said what, in which role"))
    yield Action(
        "view.compare", "C", _("Compare partners"), _("Put two partners side by side, in words")
    )
    yield Action(
        "view.changes",
        "D",
        _("What changed"),
        _("Compare the archive with another folder or an earlier revision"),
    )


def _copying() -> Iterator[Action]:
    yield Action(
        "copy.citation",
        "y",
        _("Cite the passage"),
        _("Copy the passage with its footnote: source, date, place, link and hash"),
        hint=_("cite"),
    )
    yield Action(
        "copy.style",
        "a",
        _("Cite as"),
        _("Choose Markdown, plain text, Chicago, MLA or CSL-JSON, and copy the passage so"),
    )
    yield Action(
        "copy.location", "Y", _("Copy the location"), _("Address of this place to the clipboard")
    )
    yield Action(
        "copy.text", "c", _("Copy the words"), _("Passage or selection without a footnote")
    )
    yield Action(
        "copy.export",
        "e",
        _("Export the scope"),
        _("Write what the scope holds into a file for Zotero, LaTeX, a spreadsheet, a calendar"),
    )
    yield Action(
        "copy.report",
        "R",
        _("Report of the scope"),
        _("Write what the scope holds as a page or Markdown: every claim with its footnote"),
    )
    yield Action(
        "copy.memo",
        "M",
        _("Memo of this visit"),
        _("Write what was searched and opened as a page or Markdown that can be run again"),
    )


def _noting() -> Iterator[Action]:
    yield Action(
        "note.star", "asterisk", _("Star"), _("Give the record a star of your own, or remove it")
    )
    yield Action(
        "note.tag", "number_sign", _("Tags"), _("Add a tag of your own to the record, or remove it")
    )
    yield Action(
        "note.write", "i", _("Note"), _("Write a note of your own; it stands under the title")
    )


def _application() -> Iterator[Action]:
    yield Action(
        "app.help", "question_mark,f1", _("Help"), _("All keys and what they do"), hint=_("help")
    )
    yield Action(
        "app.palette", "ctrl+p", _("All commands"), _("Find a command by its name"), field=True
    )
    yield Action(
        "app.theme", "T", _("Change the colours"), _("Dark, light or the terminal's own colours")
    )
    yield Action(
        "app.language", "L", _("Change the language"), _("English, French: what milatui says")
    )
    yield Action(
        "app.refresh", "ctrl+r", _("Read the archive again"), _("Bring the index up to date")
    )
    yield Action("app.quit", "q,ctrl+q", _("Quit"), _("Leave milatui"), field=True)


def review_actions() -> tuple[Action, ...]:
    """Returns the actions of the review screen of ``milatui add``, in the order of its help."""
    return (
        Action(
            "review.accept",
            "a,space",
            _("Accept"),
            _("Make a record of the proposal, go to the next undecided one"),
            hint=_("accept"),
        ),
        Action(
            "review.correct",
            "e,enter",
            _("Correct"),
            _("Change the values of the proposal in their place: Tab goes on, Enter accepts"),
            hint=_("correct"),
        ),
        Action(
            "review.reject",
            "r,x",
            _("Reject"),
            _("Make no record of the proposal, go to the next undecided one"),
            hint=_("reject"),
        ),
        Action("review.undo", "u", _("Undo"), _("Undo the last decision"), hint=_("undo")),
        Action(
            "review.accept-all",
            "A",
            _("Accept all that are as sure"),
            _("Accept what is undecided in this document and at least as sure as this proposal"),
            hint=_("all as sure"),
        ),
        Action(
            "review.accept-everywhere",
            "ctrl+a",
            _("Accept all that are as sure everywhere"),
            _("The same in all documents"),
        ),
        Action("review.down", "down,j", _("One proposal down"), _("Next proposal of the list")),
        Action("review.up", "up,k", _("One proposal up"), _("Previous proposal of the list")),
        Action(
            "review.next",
            "tab",
            _("Next undecided"),
            _("Go to the next undecided proposal, in the next document if need be"),
        ),
        Action(
            "review.next-document",
            "n,right",
            _("Next document"),
            _("Go to the next document"),
            hint=_("next document"),
        ),
        Action(
            "review.previous-document",
            "p,left",
            _("Previous document"),
            _("Go to the previous document"),
        ),
        Action("review.scroll-down", "pagedown", _("Text down"), _("Scroll the document down")),
        Action("review.scroll-up", "pageup", _("Text up"), _("Scroll the document up")),
        Action(
            "review.kind",
            "f",
            _("One kind only"),
            _("Show events only, then partners, people, ..., then all kinds again"),
            hint=_("one kind"),
        ),
        Action(
            "review.leave-out",
            "D",
            _("Leave the document out"),
            _("Leave this document out of the archive, or include it again"),
        ),
        Action(
            "review.save",
            "s",
            _("Save and leave"),
            _("Write the documents and what was accepted into the archive; the rest is kept"),
            hint=_("save"),
        ),
        Action("review.help", "question_mark,f1", _("Help"), _("All keys"), hint=_("help")),
        Action(
            "review.quit",
            "q,ctrl+q,escape",
            _("Leave"),
            _("Write nothing into the archive; your decisions are kept"),
            hint=_("leave"),
        ),
    )


def actions() -> tuple[Action, ...]:
    """Returns all actions in the order of the help, in the interface language."""
    finding = (*_finding(), *_narrowing(), *_time(), *_lanes(), *_views())
    return (*_moving(), *_panes(), *_reading(), *finding, *_copying(), *_noting(), *_application())


def group_title(group: str) -> str:
    """Returns the heading of a group of actions in the help."""
    return {
        "move": _("Moving"),
        "pane": _("Panes"),
        "open": _("Reading"),
        "find": _("Finding"),
        "scope": _("Scope"),
        "time": _("Time"),
        "view": _("Views"),
        "copy": _("Copying"),
        "note": _("Own notes"),
        "app": _("Program"),
        "review": _("Review"),
    }[group]


def applies(action: Action, pane: str) -> bool:
    """Returns whether ``action`` works in ``pane`` (the name of one, or ``BAND``)."""
    if action.where == LISTS:
        return pane in PANES and pane != READER
    return action.where in (ANY, pane)


def palette_words(action: str) -> str:
    """Returns other words that find an action in the palette, such as those of other programs."""
    return {
        "app.theme": _("theme color scheme dark mode light mode appearance"),
        "app.quit": _("exit close leave stop"),
        "app.help": _("keys shortcuts manual legend signs symbols"),
        "app.refresh": _("reload update rebuild index"),
        "app.language": _("translate French English"),
        "copy.citation": _("cite export reference bibliography quote"),
        "copy.style": _("format Markdown Chicago MLA CSL-JSON Zotero"),
        "copy.text": _("export yank quote passage"),
        "copy.location": _("link share export address permalink"),
        "copy.report": _("print dossier summary HTML Markdown footnotes charts"),
        "copy.memo": _("trail history log searches research protocol"),
        "copy.export": _("save download CSV BibTeX RIS iCalendar JSON bibliography"),
        "find.search": _("find query look up"),
        "find.filter": _("find name companies organisations"),
        "find.saved": _("bookmarks favourites save history"),
        "find.sort": _("order by date name relevance"),
        "find.why": _("explain score ranking"),
        "open.back": _("previous undo return history"),
        "open.find": _("search in page"),
        "open.outline": _("table of contents headings"),
        "pane.zoom": _("full screen maximise"),
        "scope.choose": _("facets filter kind sector language publisher"),
        "scope.clear": _("reset clear all everything"),
        "scope.remove": _("clear undo restriction"),
        "move.year": _("date jump month"),
        "time.band": _("histogram calendar years period"),
        "view.figures": _("numbers statistics money amounts chart"),
        "view.people": _("persons speakers statements quotes"),
        "note.star": _("favourite bookmark mark"),
        "note.tag": _("label keyword mark"),
        "note.write": _("annotate comment remark memo"),
        "view.compare": _("versus side by side difference"),
        "view.changes": _("diff difference git history revision commit new gone"),
    }.get(action, "")


LOCAL_ACTIONS = frozenset(
    {
        "find.saved",
        "view.changes",
        "copy.export",
        "copy.report",
        "copy.memo",
        "note.star",
        "note.tag",
        "note.write",
    }
)
"""Actions that a read-only session does not have: they keep files or start programs."""
REVIEW_HINTS = (
    "review.accept",
    "review.correct",
    "review.reject",
    "review.undo",
    "review.save",
    "review.help",
    "review.accept-all",
    "review.next-document",
    "review.kind",
    "review.quit",
)
"""Actions with a hint in the bottom bar of the review, the most useful first."""
HINTS = (
    "open.this",
    "find.search",
    "find.filter",
    "find.why",
    "open.next-hit",
    "app.help",
    "scope.year",
    "time.lanes",
    "find.documents",
    "find.sort",
    "open.outline",
    "open.back",
    "copy.citation",
    "time.band",
    "pane.zoom",
)
"""Actions with a hint in the bottom bar, the most useful first; those without room are cut."""
