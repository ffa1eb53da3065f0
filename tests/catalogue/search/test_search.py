"""What a search finds, in which order, and what it says when it finds nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from milatui.catalogue.scope import Scope

if TYPE_CHECKING:
    from milatui.catalogue.catalogue import Catalogue


def found(catalogue: Catalogue, query: str, scope: Scope | None = None) -> list[str]:
    return [hit.row.id for hit in catalogue.search(query, scope or Scope(), limit=99).hits]


def test_a_name_comes_first(catalogue: Catalogue) -> None:
    assert found(catalogue, "amgen")[0] == "amgen"
    assert found(catalogue, "Applied Molecular Genetics")[0] == "amgen"
    assert found(catalogue, "universite de montreal")[0] == "universite-de-montreal"
    assert found(catalogue, "bengio yoshua")


def test_any_word_will_do_but_more_are_better(catalogue: Catalogue) -> None:
    hits = found(catalogue, "corporate robots laboratory")
    assert hits.index("amgen-lab-opens") < hits.index("deep-genomics-en")


def test_forms_of_a_word_and_both_languages(catalogue: Catalogue) -> None:
    assert "samsung-fr" in found(catalogue, "laboratoires")
    assert "denso-fr" in found(catalogue, "coeur")
    assert "sweden-fr" in found(catalogue, "equipe chercheuse")
    assert "odd id/with ünsafe&chars#?" in found(catalogue, "intelligenz kunstliche")


def test_mila_does_not_find_mile_ex(catalogue: Catalogue) -> None:
    assert found(catalogue, "mile", Scope(kinds=frozenset({"document"}))) == ["mile-ex"]
    assert "mile-ex" not in found(catalogue, "mila", Scope(kinds=frozenset({"document"})))


@pytest.mark.parametrize("query", ["1,000 researchers", "1000 researchers", "1 000 researchers"])
def test_numbers_in_any_notation(catalogue: Catalogue, query: str) -> None:
    assert found(catalogue, query, Scope(kinds=frozenset({"document"})))[0] == "amgen-lab"


def test_phrases_exclusions_and_beginnings(catalogue: Catalogue) -> None:
    documents = Scope(kinds=frozenset({"document"}))
    assert found(catalogue, '"corporate laboratory"', documents) == ["amgen-lab"]
    assert found(catalogue, '"laboratory corporate"', documents) == []
    assert "samsung-fr" not in found(catalogue, "laboratoire -samsung", documents)
    assert "deep-genomics-en" in found(catalogue, "rob*", documents)


def test_typing_completes_the_last_word(catalogue: Catalogue) -> None:
    answer = catalogue.search("deep gen", Scope(), typing=True)
    assert answer.hits[0].row.id == "deep-genomics"
    assert "genomics" not in catalogue.search("gen", Scope()).terms
    assert catalogue.search("labora", Scope(), typing=True).total > 3


def test_function_words_count_only_alone(catalogue: Catalogue) -> None:
    assert found(catalogue, "the robots") == found(catalogue, "robots")
    assert catalogue.search("the", Scope()).total > 0


def test_an_unknown_word_is_repaired(catalogue: Catalogue) -> None:
    answer = catalogue.search("sweeden partner", Scope())
    assert answer.corrected_query == "sweden partner"
    assert "ai-sweden" in [hit.row.id for hit in answer.hits]


def test_an_empty_answer_says_what_would_match(catalogue: Catalogue) -> None:
    answer = catalogue.search("robots", Scope(since="1995", until="1996"))
    assert answer.total == 0
    assert answer.notes == ("Without “1995–1996” 2 records match.",)
    answer = catalogue.search("zzzzqqqq", Scope())
    assert answer.total == 0
    assert "zzzzqqqq" in answer.notes[0]


@pytest.mark.parametrize("query", ["", "   ", "?!", '""'])
def test_no_words_list_the_scope_newest_first(catalogue: Catalogue, query: str) -> None:
    answer = catalogue.search(query, Scope(partners=frozenset({"amgen"})))
    assert answer.total == sum(
        inside for inside, _all in catalogue.totals(Scope(partners=frozenset({"amgen"}))).values()
    )
    numbers = [hit.number for hit in answer.hits]
    assert numbers == sorted(numbers)


def test_hits_are_sorted_by_date_on_demand(catalogue: Catalogue) -> None:
    newest = [hit.number for hit in catalogue.search("mila", Scope(), sort="newest").hits]
    assert newest == sorted(newest)
    oldest = catalogue.search("mila", Scope(), sort="oldest", limit=3).hits
    assert oldest[0].row.id == "founded"


def test_the_scope_restricts_and_the_facets_count(catalogue: Catalogue) -> None:
    whole = catalogue.search("laboratory", Scope())
    assert sum(whole.facets["kind"].values()) == whole.total
    for kind, count in whole.facets["kind"].items():
        part = catalogue.search("laboratory", Scope(kinds=frozenset({kind})))
        assert part.total == count
    assert whole.facets["partner"]["amgen"] >= 2
    assert "2023" in whole.facets["year"]


def test_the_limit_and_the_total(catalogue: Catalogue) -> None:
    answer = catalogue.search("mila", Scope(), limit=3)
    assert len(answer.hits) == 3
    assert answer.total > 3
    assert [hit.number for hit in answer.hits] == [
        hit.number for hit in catalogue.search("mila", Scope(), limit=50).hits[:3]
    ]


def test_snippets_light_the_words_as_written(catalogue: Catalogue) -> None:
    answer = catalogue.search("1000 researcher", Scope(kinds=frozenset({"document"})))
    snippet = answer.hits[0].snippet
    lit = [snippet.text[start:end] for start, end in snippet.highlights]
    assert lit == ["1,000", "researchers"]


def test_snippets_are_clean(catalogue: Catalogue) -> None:
    answer = catalogue.search("control characters", Scope())
    hit = next(hit for hit in answer.hits if hit.row.id == "hostile")
    assert "\x1b" not in hit.snippet.text
    assert "\x9b" not in hit.snippet.text


def test_a_cancelled_search_gives_nothing(catalogue: Catalogue) -> None:
    answer = catalogue.search("mila", Scope(), cancelled=lambda: True)
    assert len(answer.notes) == 0
    assert answer.total <= 2


@pytest.mark.parametrize("query", ["*", "-", '"', "((", "\x00\x1b"])
def test_a_query_of_signs_alone_shows_everything_and_says_so(
    catalogue: Catalogue, query: str
) -> None:
    typed = catalogue.search(query, Scope(), typing=True)
    entered = catalogue.search(query, Scope())
    assert typed.total == entered.total == catalogue.size
    assert (bool(typed.warnings), bool(entered.warnings)) == (False, True)


def test_a_word_is_excluded_from_everything(catalogue: Catalogue) -> None:
    with_word = catalogue.search("+mila", Scope(), limit=catalogue.size)
    without = catalogue.search("-mila", Scope(), limit=catalogue.size)
    assert without.total + with_word.total == catalogue.size
    assert with_word.total > 0


@pytest.mark.parametrize("query", ["a" * 5000, "é" * 300, "word " * 3000], ids=["a", "e", "many"])
def test_long_queries_are_answered(catalogue: Catalogue, query: str) -> None:
    for typing in (False, True):
        assert catalogue.search(query, Scope(), typing=typing).query == query
