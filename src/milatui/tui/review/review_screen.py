"""The review screen: a document on one side, its candidates on the other."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar, Final

from rich.segment import Segment
from textual.binding import Binding, BindingType
from textual.message import Message
from textual.reactive import Reactive
from textual.screen import Screen

from milatui.catalogue.labels.labels import format_count
from milatui.i18n import _, ngettext
from milatui.ingest.review.candidate import CANDIDATE_KINDS, choices_of
from milatui.ingest.review.review_session import Decision, ReviewDocument, Subject
from milatui.tui.actions import REVIEW_HINTS, review_actions
from milatui.tui.keymap import first_key
from milatui.tui.review.candidate_rows import confidence_word, kind_heading, lay_out_rows
from milatui.tui.review.candidates_pane import CandidatesPane
from milatui.tui.review.document_pane import DocumentPane
from milatui.tui.review.review_options import ReviewOutcome
from milatui.tui.screen.bars import Bar, BottomBar
from milatui.tui.screen.panes_layout import PanesLayout
from milatui.tui.screen.screen_layout import Box
from milatui.tui.text.cells import cut, width

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from textual.app import ComposeResult
    from textual.geometry import Size
    from textual.layout import Layout
    from textual.widget import Widget
    from textual.widgets import Input

    from milatui.ingest.review.candidate import Candidate, CandidateKind
    from milatui.ingest.review.review_session import ReviewSession, Verdict
    from milatui.tui.keymap import Keymap
    from milatui.tui.review.review_options import ReviewOptions
    from milatui.tui.theme.theme import Theme

_BESIDE: Final = 90
"""Minimum width for the panes beside each other."""
_MOST_DOCUMENT: Final = 86
"""Cells of the document, at most: its lines are no longer."""
_DOCUMENT_SHARE: Final = 50
"""Percent of the width that the document has, else."""
_TEXT_SHARE: Final = 42
"""Percent of the height that it has above the candidates."""


class ReviewBar(Bar):
    """Shows which document is under review, and how much is left of all."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme, "top")
        self._title = ""
        self._wordings: Sequence[str] = ()

    def show(self, title: str, wordings: Sequence[str]) -> None:
        """Shows a title, and the longest of some wordings that fits.

        Args:
            title: The title of the archive.
            wordings: The counts, in words, the longest first.
        """
        self._title, self._wordings = title, wordings
        self.refresh()

    def parts(self, cells: int) -> list[Segment]:
        room = cells - 12
        counts = next((each for each in self._wordings if width(each) <= room), "")
        title = cut(self._title, cells - width(counts) - 4)
        gap = cells - width(title) - width(counts) - 2
        return [
            Segment(f" {title}", self.theme["bar-strong"]),
            Segment(" " * gap, self.theme["bar"]),
            Segment(f"{counts} ", self.theme["bar"]),
        ]


class ReviewScreen(Screen[None], inherit_bindings=False):
    """Passes keys to the decisions of a session, and shows what follows from them."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *(
            Binding(each.keys, f"command('{each.id}')", id=each.id, show=False, priority=True)
            for each in review_actions()
        ),
        Binding("tab", "edit_next", show=False, priority=True),
        Binding("escape", "edit_leave", show=False, priority=True),
        Binding("ctrl+c", "command('review.quit')", show=False, priority=True),
    ]
    AUTO_FOCUS = ""
    focused: Reactive[Widget | None] = Reactive(None, repaint=False)

    class Ended(Message):
        """The review is over."""

        def __init__(self, outcome: ReviewOutcome) -> None:
            super().__init__()
            self.outcome = outcome

    def __init__(
        self, session: ReviewSession, theme: Theme, keymap: Keymap, options: ReviewOptions
    ) -> None:
        super().__init__()
        self.session = session
        self._theme, self._keymap, self._options = theme, keymap, options
        self._actions = review_actions()
        self.top, self.bottom = ReviewBar(theme), BottomBar(theme)
        self.document_pane, self.candidates = DocumentPane(theme), CandidatesPane(theme)
        self._layout = PanesLayout(self._arrange)
        self._number = 0
        self._keys: dict[str, str] = {}
        self._kind: CandidateKind | None = None
        self._edited: dict[str, str] = {}
        first = session.next_undecided("", "")
        if first is not None:
            self._point_at(first)

    def compose(self) -> ComposeResult:
        yield self.top
        yield self.document_pane
        yield self.candidates
        yield self.bottom

    def on_mount(self) -> None:
        """Shows the first undecided candidate."""
        self.candidates.set_active(True)
        self.show_current()
        self.call_after_refresh(self.show_current)
        self.bottom.show_message(self._options.greeting)

    # Layout ------------------------------------------------------------------------------

    @property
    def layout(self) -> Layout:
        return self._layout

    def _arrange(self, size: Size) -> Mapping[str, Box]:
        """Places the document beside the candidates, or above them where there is no room."""
        high = size.height - 2
        if size.width >= _BESIDE:
            text = min(_MOST_DOCUMENT, size.width * _DOCUMENT_SHARE // 100)
            self._set_positions(frozenset({0}), below=False)
            return {
                "document": Box(0, 1, text, high),
                "candidates": Box(text, 1, size.width - text, high),
            }
        text = max(5, high * _TEXT_SHARE // 100)
        self._set_positions(None, below=True)
        return {
            "document": Box(0, 1, size.width, text),
            "candidates": Box(0, 1 + text, size.width, high - text),
        }

    def _set_positions(self, rules: frozenset[int] | None, *, below: bool) -> None:
        for pane, pane_rules, pane_below in (
            (self.document_pane, rules, False),
            (self.candidates, None, below),
        ):
            if pane.set_position(((pane.pane_name, pane.heading()),), pane_rules, pane_below):
                pane.refresh()

    def on_resize(self) -> None:
        """Keeps the current passage in view."""
        self.call_after_refresh(self.show_current)

    # What is shown -----------------------------------------------------------------------

    @property
    def document(self) -> ReviewDocument:
        """The document that is shown."""
        return self.session.documents[self._number]

    @property
    def current(self) -> Candidate | None:
        """The candidate under the cursor."""
        key = self._keys.get(self.document.id, "")
        shown = [each for each in self.document.candidates if self._kind in (None, each.kind)]
        return next((each for each in shown if each.key == key), shown[0] if shown else None)

    def show_current(self) -> None:
        """Shows the current candidate and its document."""
        document, current = self.document, self.current
        key = current.key if current else ""
        rows = lay_out_rows(self.session, document, key, self._kind)
        left = len(self.session.undecided(document))
        filtered = kind_heading(self._kind) if self._kind else ""
        self.candidates.show(rows, key, left, filtered)
        self._arrange(self.size)
        self.document_pane.show(self.session, document, current)
        self.top.show(self._title(), self._wordings())
        known = {each.id: each for each in self._actions}
        hinted = [known[name] for name in REVIEW_HINTS]
        self.bottom.show_hints(
            [(each.id, first_key(each, self._keymap), each.hint) for each in hinted]
        )

    def _title(self) -> str:
        form = _("Review of {title}") if self._options.title else _("Review")
        return form.format(title=self._options.title)

    def _wordings(self) -> list[str]:
        session = self.session
        verdicts, left = session.verdicts(), session.remaining()
        taken = verdicts["accepted"] + verdicts["corrected"]
        number = _("document {n} of {all}").format(
            n=self._number + 1, all=format_count(len(session.documents))
        )
        undecided = ngettext("{n} to decide", "{n} to decide", left).format(n=format_count(left))
        accepted = _("{n} accepted").format(n=format_count(taken))
        rejected = _("{n} rejected").format(n=format_count(verdicts["rejected"]))
        dot = f" {self._theme.glyphs.dot} "
        return [
            dot.join((number, undecided, accepted, rejected)),
            dot.join((number, undecided)),
            undecided,
        ]

    def _point_at(self, subject: Subject) -> None:
        number = self.session.number_of(subject.document)
        if number is not None:
            self._number = number
            self._keys[subject.document] = subject.key

    # Keys --------------------------------------------------------------------------------

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool:
        """Lets keys through to the text field while it is open.

        Args:
            action: The name of the action.
            parameters: Its arguments.
        """
        editing = bool(self.candidates.edited)
        return editing if action.startswith("edit_") else not editing or action != "command"

    async def action_command(self, name: str) -> None:
        """Runs an action of the registry."""
        self.bottom.show_message("")
        commands = {
            "review.accept": self._accept,
            "review.reject": self._reject,
            "review.undo": self._undo,
            "review.accept-all": lambda: self._accept_all([self.document]),
            "review.accept-everywhere": lambda: self._accept_all(self.session.documents),
            "review.down": lambda: self._move(1),
            "review.up": lambda: self._move(-1),
            "review.next": self._next,
            "review.next-document": lambda: self._turn(1),
            "review.previous-document": lambda: self._turn(-1),
            "review.scroll-down": lambda: self._scroll(1),
            "review.scroll-up": lambda: self._scroll(-1),
            "review.kind": self._change_kind,
            "review.leave-out": self._leave_out,
            "review.save": lambda: self.post_message(self.Ended(ReviewOutcome(save=True))),
            "review.quit": lambda: self.post_message(self.Ended(ReviewOutcome(save=False))),
            "review.help": self._help,
        }
        if name == "review.correct":
            await self._correct()
        else:
            commands[name]()

    async def on_bottom_bar_hint_clicked(self, event: BottomBar.HintClicked) -> None:
        """Runs the action of a hint."""
        event.stop()
        await self.action_command(event.action)

    def on_candidates_pane_chosen(self, event: CandidatesPane.Chosen) -> None:
        """Puts the cursor on a candidate that was clicked."""
        event.stop()
        if not self.candidates.edited:
            self._keys[self.document.id] = event.key
            self.show_current()

    # Deciding ----------------------------------------------------------------------------

    def _accept(self) -> None:
        current = self.current
        if current is None:
            return
        problem = self.session.problem(self.document, current)
        if problem:
            self.bottom.show_message(problem)
            return
        decision = self.session.decision(self.document.id, current.key)
        values = decision.values if decision else {}
        verdict: Verdict = "corrected" if values else "accepted"
        self._decide(current, Decision(verdict, values))

    def _reject(self) -> None:
        if self.current is not None:
            self._decide(self.current, Decision("rejected"))

    def _decide(self, candidate: Candidate, decision: Decision) -> None:
        self.session.decide(self.document.id, candidate.key, decision)
        self._next()

    def _next(self) -> None:
        """Goes to the next undecided candidate."""
        key = self.current.key if self.current else ""
        found = self.session.next_undecided(self.document.id, key, self._kind)
        if found is not None:
            self._point_at(found)
        elif self.session.remaining():
            kind = kind_heading(self._kind) if self._kind else ""
            message = _("Everything of “{kind}” is decided: f shows other kinds.")
            self.bottom.show_message(message.format(kind=kind))
        else:
            self.bottom.show_message(_("Everything is decided: s saves."))
        self.show_current()

    def _accept_all(self, documents: Sequence[ReviewDocument]) -> None:
        current = self.current
        if current is None:
            return
        count = self.session.accept_all(current.confidence, documents, self._kind)
        word = confidence_word(current.confidence)
        message = ngettext(
            "{n} proposal accepted that is {word} or surer; u takes it back",
            "{n} proposals accepted that are {word} or surer; u takes them back",
            count,
        )
        self._next()
        self.bottom.show_message(message.format(n=format_count(count), word=word))

    def _undo(self) -> None:
        subject = self.session.undo()
        if subject is None:
            self.bottom.show_message(_("There is nothing to undo."))
            return
        self._kind = None
        if subject.key:
            self._point_at(subject)
        self.show_current()

    def _leave_out(self) -> None:
        self.session.leave_out(self.document.id)
        self.show_current()

    # Moving ------------------------------------------------------------------------------

    def _move(self, by: int) -> None:
        keys = self.candidates.keys
        current = self.current
        if current is not None:
            at = keys.index(current.key) + by
            self._keys[self.document.id] = keys[max(0, min(at, len(keys) - 1))]
            self.show_current()

    def _turn(self, by: int) -> None:
        number = self._number + by
        if 0 <= number < len(self.session.documents):
            self._number = number
            undecided = self.session.undecided(self.document)
            shown = [each for each in undecided if self._kind in (None, each.kind)]
            if shown:
                self._keys.setdefault(self.document.id, shown[0].key)
            self.show_current()
        else:
            self.bottom.show_message(_("There is no further document."))

    def _scroll(self, pages: int) -> None:
        self.document_pane.scroll_by(pages * max(1, self.document_pane.page_height - 2))

    def _change_kind(self) -> None:
        """Shows the next kind that the document has candidates of; all again after the last."""
        present = {each.kind for each in self.document.candidates}
        kinds: list[CandidateKind | None] = [None]
        kinds += [kind for kind in CANDIDATE_KINDS if kind in present]
        at = kinds.index(self._kind) if self._kind in kinds else 0
        self._kind = kinds[(at + 1) % len(kinds)]
        self.show_current()

    def _help(self) -> None:
        from milatui.tui.review.review_help import review_help_page
        from milatui.tui.sheets.page_sheet import PageSheet

        page = review_help_page(self._actions, self._keymap)
        sheet = PageSheet(
            self._theme, _("Review"), lambda _words: page, closing_keys="question_mark,f1"
        )
        self.app.push_screen(sheet)

    # Correcting --------------------------------------------------------------------------

    async def _correct(self) -> None:
        current = self.current
        if current is None:
            return
        self._edited = dict(self.session.values(self.document.id, current))
        name = next(iter(current.values))
        problem = self.session.problem(self.document, current)
        if problem:
            name = next((each for each, value in self._edited.items() if not value), name)
        await self._edit(name)

    async def _edit(self, name: str) -> None:
        await self.candidates.edit(name, self._edited[name])
        choices = choices_of(self.current, name) if self.current else ()
        keys = _("Tab: next value  Enter: accept so  Esc: change nothing")
        self.bottom.show_message(" ".join(choices) or keys)

    async def action_edit_next(self) -> None:
        """Goes to the next value of the candidate."""
        self._take_edited()
        names = list(self._edited)
        at = names.index(self.candidates.edited) + 1
        await self._edit(names[at % len(names)])

    def action_edit_leave(self) -> None:
        """Closes the text field and changes nothing."""
        self.bottom.show_message("")
        self.candidates.close_field()
        self.show_current()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Accepts the candidate with the values as they are now."""
        event.stop()
        current = self.current
        if current is None or not self.candidates.edited:
            return
        self._take_edited()
        changed = {
            name: value for name, value in self._edited.items() if value != current.values[name]
        }
        self.bottom.show_message("")
        self.candidates.close_field()
        verdict: Verdict = "corrected" if changed else "accepted"
        self.session.decide(self.document.id, current.key, Decision(verdict, changed))
        problem = self.session.problem(self.document, current)
        if problem:
            self.session.undo()
            self.show_current()
            self.bottom.show_message(problem)
        else:
            self._next()

    def _take_edited(self) -> None:
        field = self.candidates.field
        if field is not None:
            self._edited[self.candidates.edited] = " ".join(field.value.split())
