"""A person reviews a release by keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from milatui.i18n import set_language
from milatui.ingest.review.review_session import Decision, ReviewSession
from milatui.tui.actions import REVIEW_HINTS, group_title, review_actions
from milatui.tui.keymap import Keymap, check_keymap, is_key
from milatui.tui.review.candidate_rows import lay_out_rows
from milatui.tui.review.review_app import ReviewApp
from milatui.tui.review.review_help import review_help_page
from milatui.tui.review.review_options import ReviewOptions, ReviewOutcome
from tests.ingest.review.findings import release

if TYPE_CHECKING:
    from milatui.ingest.review.review_session import ReviewDocument


def _app(*documents: ReviewDocument) -> ReviewApp:
    return ReviewApp(ReviewSession(documents), ReviewOptions("Ours", "dark"), Keymap())


def _shown(app: ReviewApp) -> str:
    return "\n".join(strip.text for strip in app.screen._compositor.render_strips())


async def test_a_release_is_reviewed_by_keys_and_saved() -> None:
    app = _app(release("a"), release("b"))
    session = app.review.session
    document = session.documents[0]
    async with app.run_test(size=(120, 40)) as pilot:
        await pilot.pause()
        shown = _shown(app)
        assert "A laboratory in the north" in shown
        assert "document 1 of 2 · 18 to decide" in shown
        await pilot.press("a", "x")
        date, title = document.candidates[:2]
        assert session.decision("a", date.key).verdict == "accepted"  # type: ignore[union-attr]
        assert session.decision("a", title.key).verdict == "rejected"  # type: ignore[union-attr]
        assert app.review.current is not None
        assert app.review.current.kind == "event"
        await pilot.press("u", "e", "end", *" in the north", "enter")
        assert session.document_as_decided(document).title.endswith("north in the north")
        await pilot.press("e", "escape", "q" if app.review.candidates.edited else "f")
        assert not app.review.candidates.edited
        await pilot.press("n")
        assert app.review.document.id == "b"
        await pilot.press("D", "question_mark")
        assert session.is_left_out("b")
        await pilot.press("escape", "s")
    assert app.outcome == ReviewOutcome(save=True)


async def test_what_cannot_become_a_record_is_not_accepted_until_it_is_corrected() -> None:
    document = release()
    app = _app(document)
    event = next(each for each in document.candidates if each.kind == "event")
    async with app.run_test(size=(60, 20)) as pilot:
        await pilot.press("a", "a", "e", "tab", "ctrl+u", "enter")
        assert "kind is missing" in app.review.bottom.message
        assert app.review.session.decision(document.id, event.key) is None
        await pilot.press("e", "tab", "ctrl+u", *"award", "enter")
        assert app.review.session.values(document.id, event)["kind"] == "award"
        await pilot.press("ctrl+c")
    assert app.outcome == ReviewOutcome(save=False)


def test_every_action_of_the_review_is_explained_and_has_keys_of_its_own() -> None:
    known = review_actions()
    keys = [key for action in known for key in action.keys.split(",")]
    assert len(keys) == len(set(keys))
    assert all(map(is_key, keys))
    assert all(action.description and action.tooltip for action in known)
    assert all(group_title(action.group) for action in known)
    assert {action.id for action in known if action.hint} == set(REVIEW_HINTS)
    text = review_help_page(known, Keymap()).text
    assert all(action.tooltip in text for action in known)
    changed = check_keymap({"review.save": "x"}, known)
    assert "x is the key of both" in changed.errors[0]


@pytest.mark.parametrize("kind", [None, "figure"])
def test_rows_show_the_values_of_the_current_candidate_only(kind: str | None) -> None:
    document = release()
    session = ReviewSession([document])
    current = document.candidates[-1]
    rows = lay_out_rows(session, document, current.key, "figure" if kind else None)
    assert {row.candidate.key for row in rows if row.shape == "value"} == {current.key}
    assert len([row for row in rows if row.shape == "candidate"]) == (2 if kind else 9)
    assert rows[0].text == "2 left"


def test_a_figure_without_a_measure_begins_with_its_value() -> None:
    document = release()
    figure = next(each for each in document.candidates if each.kind == "figure")
    session = ReviewSession([document])
    session.decide(document.id, figure.key, Decision("corrected", {**figure.values, "measure": ""}))
    rows = lay_out_rows(session, document, "", "figure")
    assert rows[1].label == f"{figure.values['value']} {figure.values['unit']}".strip()


def test_labels_are_written_as_the_language_does() -> None:
    document = release()
    session = ReviewSession([document])
    set_language("fr")
    labels = [row.label for row in lay_out_rows(session, document, "", "field")]
    assert len(labels) > 1
    assert all("\N{NO-BREAK SPACE}: " in label for label in labels[1:])
