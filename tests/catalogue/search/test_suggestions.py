"""What an empty answer says about other languages and other spellings."""

from __future__ import annotations

from typing import TYPE_CHECKING

from milatui.catalogue.scope import Scope

if TYPE_CHECKING:
    from milatui.catalogue.catalogue import Catalogue


def test_another_language_is_counted(catalogue: Catalogue) -> None:
    answer = catalogue.search(
        "chercheuses", Scope(languages=frozenset({"en"}), kinds=frozenset({"document"}))
    )
    assert answer.total == 0
    [way] = [way for way in answer.suggestions if "another language" in way.text]
    assert way.text == "In another language, French, 1 record matches."
    followed = catalogue.search(way.query, Scope(kinds=frozenset({"document"})))
    assert [hit.row.id for hit in followed.hits] == ["sweden-fr"]


def test_a_known_word_may_be_another_one_misspelt(catalogue: Catalogue) -> None:
    scope = Scope(kinds=frozenset({"document"}))
    answer = catalogue.search("Genetics", scope)
    assert answer.total == 0
    [way] = [way for way in answer.suggestions if "instead" in way.text]
    assert way.text == "With “genomics” instead of “Genetics” 1 record matches."
    assert [hit.row.id for hit in catalogue.search(way.query, scope).hits] == ["deep-genomics-en"]


def test_two_wrong_letters_of_a_short_word_are_advice_only(catalogue: Catalogue) -> None:
    answer = catalogue.search("sansumg qqzzq", Scope())
    assert (answer.total, answer.corrected_query) == (0, "")
    ways = {way.query for way in answer.suggestions}
    assert "samsung qqzzq" in ways
    assert all(catalogue.search(query, Scope()).total for query in ways if query)


def test_a_word_that_no_text_has_is_said_also_of_what_is_found(catalogue: Catalogue) -> None:
    said = ("No text has the word “Qwertz” or one like it.",)
    assert catalogue.search("Qwertz laboratory", Scope()).notes == said
    assert catalogue.search("Qwertz labo", Scope(), typing=True).notes == said
    assert catalogue.search("laboratory Qwertz", Scope(), typing=True).notes == ()
    assert catalogue.search("laboratory", Scope()).notes == ()


def test_an_answer_needs_no_advice(catalogue: Catalogue) -> None:
    assert catalogue.search("laboratory", Scope()).suggestions == ()


def test_a_word_like_one_that_no_text_has_is_offered(catalogue: Catalogue) -> None:
    # Beside robots nothing speaks for it: it is not taken for it unasked.
    answer = catalogue.search("robots samsng", Scope())
    assert (answer.total > 0, answer.corrected_query) == (True, "")
    [way] = answer.suggestions
    assert way.text == "No text has the word “samsng”; “samsung” is spelt almost like it."
    assert catalogue.search(way.query, Scope()).total > answer.total
    empty = catalogue.search("+samsng +robots", Scope())
    assert empty.total == 0
    assert len({way.query for way in empty.suggestions if way.query}) == len(
        [way for way in empty.suggestions if way.query]
    )


def test_a_value_that_is_no_kind_is_not_respelt_as_a_word(catalogue: Catalogue) -> None:
    for query in ("kind:labx amgen", "kind:mla robots", "sector:fod amgen", "kind:xyz qqqq"):
        answer = catalogue.search(query, Scope())
        assert answer.warnings, query
        for way in answer.suggestions:
            field, _colon, value = way.query.partition(":")
            assert field not in ("kind", "sector") or value.split()[0] in query, way
