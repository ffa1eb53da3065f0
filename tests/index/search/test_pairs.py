"""Pairs that must find each other, and pairs that must not: the ideal of the analysis."""

from __future__ import annotations

import pytest

from milatui.index.analysis.language import LANGUAGES
from tests.index.search.test_searcher import made
from tests.index.search.text_index import Text

MATCHING = [
    # query, text, language of the text
    ("laboratory", "Two laboratories opened.", "en"),
    ("laboratories", "A laboratory opened.", "en"),
    ("partnerships", "A partnership was announced.", "en"),
    ("laboratoire", "Deux laboratoires ouvrent.", "fr"),
    ("chercheuses", "Une chercheuse arrive.", "fr"),
    ("genere", "L’outil a généré un texte.", "fr"),
    ("généré", "L’outil a genere un texte.", "fr"),
    ("universite", "Université de Montréal", "fr"),
    ("universite", "It works with Université de Montréal.", "en"),
    ("université", "It works with Universite de Montreal.", "en"),
    ("Montreal", "à Montréal", "fr"),
    ("coeur", "au cœur de Montréal", "fr"),
    ("cœur", "au coeur de Montreal", "fr"),
    ("aesir", "Æsir", "en"),
    ("strasse", "Friedrichstraße, Straße", "de"),
    ("institut", "à l’institut québécois", "fr"),
    ("institut", "à l'institut québécois", "fr"),
    ("l'institut", "un institut québécois", "fr"),
    ("l’institut", "L'INSTITUT", "fr"),
    ("ile", "presqu’île", "fr"),
    ("aujourd'hui", "Aujourd’hui, Mila ouvre.", "fr"),
    ("Canada", "Canada’s strategy", "en"),
    ("Canada's", "the strategy of Canada", "en"),
    ("don't", "They don’t know.", "en"),
    ("mile-ex", "in the Mile-Ex district", "en"),
    ("mile ex", "in the Mile‑Ex district", "en"),
    ("Mile-Ex", "in the Mile Ex district", "en"),
    ("COVID-19", "covid 19", "en"),
    ("1,000", "about 1000 researchers", "en"),
    ("1000", "about 1,000 researchers", "en"),
    ("1 000", "près de 1\u202f000 personnes", "fr"),
    ("1000", "près de 1\u00a0000 personnes", "fr"),
    ("1,000", "près de 1 000 personnes", "fr"),
    ("1,000,000", "1 000 000", "fr"),
    ("4.5", "4,5 millions", "fr"),
    ("4,5", "US$4.5 million", "en"),
    ("180 million", "worth $180M", "en"),
    ("$180M", "worth 180 million dollars", "en"),
    ("180 M$", "worth $180M", "en"),
    ("$180M", "180 millions de dollars", "fr"),
    ("$2B", "2 milliards de dollars", "fr"),
    ("1-3 %", "between 1–3% of revenue", "en"),
    ("20%", "20 percent of them", "en"),
    ("20 percent", "20 % des projets", "fr"),
    ("U.S.", "the US government", "en"),
    ("US", "the U.S. government", "en"),
    ("A.I.", "AI for all", "en"),
    ("AI", "l’IA pour tous", "fr"),
    ("IA", "AI for all", "en"),
    ("R&D", "R & D, or R&D", "en"),
    ("AT&T", "AT&T joins", "en"),
    ("PhD", "a Ph.D. student", "en"),
    ("WHO", "the WHO report", "en"),
    ("IT", "an IT firm", "en"),
    ("5G", "a 5G network", "en"),
    ("e\u0301te\u0301", "cet été", "fr"),
    ("partenariat", "parte\u00adnariat", "fr"),
    ("서울", "in 서울", "ko"),
    ("robotics", "robotics", "it"),
    ("délai", "les délais", "fr"),
    ("mila", "M.I.L.A.", "en"),
]
DIFFERENT = [
    ("mila", "in the Mile-Ex district", "en"),
    ("mila", "dans le Mile-Ex", "fr"),
    ("mile", "Mila ouvre", "fr"),
    ("mile", "Mila opens", "en"),
    ("milan", "Mila opens", "en"),
    ("meta", "metal works", "en"),
    ("intel", "intelligence", "en"),
    ("1000", "10000 people", "en"),
    ("1000", "1.000 grams", "en"),
    ("100", "1 000 personnes", "fr"),
    ("18", "$180M", "en"),
    ("3", "3M makes tape", "en"),
    ("gas", "a game", "en"),
    ("us", "a bus", "en"),
    ("art", "artificial", "en"),
    ("openai", "le musée ouvrit, open data", "fr"),
    ("hyundai", "hyunda", "fr"),
    ("universe", "l’université", "fr"),
]


def finds(query: str, text: str, language: str) -> bool:
    index = made([Text("", text, language if language in LANGUAGES else "xx")])
    matches = index.search(query)
    return bool(matches.matching) and not any(term.corrections for term in matches.terms)


@pytest.mark.parametrize(("query", "text", "language"), MATCHING)
def test_words_that_mean_the_same_match(query: str, text: str, language: str) -> None:
    assert finds(query, text, language)


@pytest.mark.parametrize(("query", "text", "language"), DIFFERENT)
def test_words_that_differ_do_not_match(query: str, text: str, language: str) -> None:
    assert not finds(query, text, language)
