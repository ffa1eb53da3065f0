"""Queries and texts: what must be found, what is highlighted of it, and what must not be found."""

from __future__ import annotations

import unicodedata

import pytest

from milatui.catalogue.search.highlight import best_snippet, find_matches
from milatui.index.analysis.language import LANGUAGES
from tests.index.search.test_searcher import made
from tests.index.search.text_index import Text

FOUND = [
    # query, text, language of the text, what is highlighted
    # Decomposed and other spellings of letters
    ("Montréal", "le siège est à Montre\u0301al", "fr", ["Montre\u0301al"]),
    ("Montre\u0301al", "à Montréal", "fr", ["Montréal"]),
    ("ecole", "l’E\u0301COLE", "fr", ["E\u0301COLE"]),
    ("oeuvre", "des œuvres", "fr", ["œuvres"]),
    ("strasse", "in der Straße", "de", ["Straße"]),
    ("finance", "la ﬁnance", "fr", ["ﬁnance"]),
    ("partenariat", "parte\u00adnariat", "fr", ["parte\u00adnariat"]),
    ("istanbul", "in İstanbul", "tr", ["İstanbul"]),
    ("Łódź", "w Lodz", "pl", ["Lodz"]),
    ("đà nẵng", "Da Nang", "vi", ["Da", "Nang"]),
    ("ＡＩ", "the AI lab", "en", ["AI"]),
    # Elided words
    ("aujourd'hui", "l’annonce d’aujourd’hui", "fr", ["aujourd’hui"]),
    ("aujourd’hui", "jusqu'aujourd'hui, qu’aujourd’hui", "fr", ["aujourd'hui", "aujourd’hui"]),
    ("onu", "le siège de l’O.N.U.", "fr", ["O.N.U"]),
    ("d’Alembert", "Jean le Rond d'Alembert", "fr", ["Alembert"]),
    ("O'Reilly", "l’O’Reilly Media", "fr", ["Reilly"]),
    ("université", "qu’à l’universite\u0301 d’Ottawa", "fr", ["universite\u0301"]),
    ("usa", "the U.S.A.’s plan", "en", ["U.S.A."]),
    # Signs inside words
    ("R&D", "spending on R & D rose", "en", ["R & D"]),
    ("R & D", "spending on R&D rose", "en", ["R&D"]),
    ("AT & T", "AT&T joins", "en", ["AT&T"]),
    ("Ernst & Young", "Ernst&Young audits", "en", ["Ernst", "Young"]),
    ("U.S.", "offices in the US", "en", ["US"]),
    ("US", "offices in the U.S. opened", "en", ["U.S"]),
    ("AI", "the A.I. team grew", "en", ["A.I"]),
    ("Ph.D.", "PhD students", "en", ["PhD"]),
    # Words with numbers
    ("covid19", "Covid-19 kits were sent", "en", ["Covid", "19"]),
    ("covid-19", "COVID19 kits", "en", ["COVID19"]),
    ("gpt4", "the GPT-4 model", "en", ["GPT", "4"]),
    ("GPT-4", "the GPT4 model", "en", ["GPT4"]),
    # Numbers of several countries
    ("1350000", "rund 1.350.000 Menschen", "de", ["1.350.000"]),
    ("1250", "1’250 Firmen", "de", ["1’250"]),
    ("1'250", "about 1,250 firms", "en", ["1,250"]),
    ("1350000", "1 350 000 personnes", "fr", ["1 350 000"]),
    ("1,350,000", "1\u202f350\u202f000,00 habitants", "fr", ["1\u202f350\u202f000,00"]),
    ("1234567", "12,34,567 rupees", "en", ["12,34,567"]),
    ("3.2", "un budget de 3,2 milliards", "fr", ["3,2"]),
    ("1350.5", "1.350,50 Euro", "de", ["1.350,50"]),
    ("0.123", "0,123 mm", "fr", ["0,123"]),
    ("2024", "２０２４年", "ja", ["２０２４"]),
    ("1250", "١٬٢٥٠", "ar", ["١٬٢٥٠"]),
    ("1234567", "१२,३४,५६७", "hi", ["१२,३४,५६७"]),
    # Money
    ("$5M", "the firm raised US$5M", "en", ["US$5M"]),
    ("US$5M", "$5M from friends", "en", ["$5M"]),
    ("$5M", "5 millions de dollars", "fr", ["5", "millions"]),
    ("5 million", "5 M$ de plus", "fr", ["5 M$"]),
    ("5 M$", "raised US$ 5M", "en", ["US$ 5M"]),
    ("5 M€", "5 Mio. Euro", "de", ["5 Mio"]),
    ("$5M", "MUSD 5", "sv", ["MUSD", "5"]),
    ("5 million", "5 M d’euros", "fr", ["5 M"]),
    ("C$180M", "180 millions de dollars", "fr", ["180", "millions"]),
    ("1.2 billion", "1,2 Md€", "fr", ["1,2 Md€"]),
    ("1.2 milliard", "$1.2bn", "en", ["$1.2bn"]),
    ("20000", "20 k€", "fr", ["20 k€"]),
    ("1500", "1.5k users", "en", ["1.5k"]),
    ("5.5 percent", "5,5 % de plus", "fr", ["5,5", "%"]),
    # Scripts without spaces between words
    ("研究所", "新しい人工知能研究所は東京にあります。", "ja", ["研究所"]),
    ("人工知能", "新しい人工知能研究所は東京にあります。", "ja", ["人工知能"]),
    ("合作", "两家公司宣布开展合作。", "zh", ["合作"]),
    ("所", "新しい研究所は", "ja", ["所"]),
    ("新", "新しい研究所", "ja", ["新"]),
    ("サーバー", "大型ｻｰﾊﾞｰ導入", "ja", ["ｻｰﾊﾞｰ"]),
    ("ガス", "東京ガスと提携", "ja", ["ガス"]),
    ("ガス", unicodedata.normalize("NFD", "東京ガスと提携"), "ja", ["カ\u3099ス"]),
    ("AI研究所", "富士通のAI研究所", "ja", ["AI", "研究所"]),
    ("2024年", "２０２４年３月", "ja", ["２０２４", "年"]),
    ("연구소", "인공지능 연구소는 서울에 있다", "ko", ["연구소"]),
    (
        "서울",
        unicodedata.normalize("NFD", "서울에서"),
        "ko",
        [unicodedata.normalize("NFD", "서울")],
    ),
    ("มหาวิทยาลัย", "ห้องปฏิบัติการของมหาวิทยาลัยใหม่", "th", ["มหาวิทยาลัย"]),
    ("ນະຄອນ", "ຢູ່ນະຄອນຫຼວງ", "lo", ["ນະຄອນ"]),
    ("សាកលវិទ្យាល័យ", "នៅសាកលវិទ្យាល័យភ្នំពេញ", "km", ["សាកលវិទ្យាល័យ"]),
    ("တက္ကသိုလ်", "ရန်ကုန်တက္ကသိုလ်သည်", "my", ["တက္ကသိုလ်"]),
    # Scripts with marks and other alphabets
    ("प्रयोगशाला", "नई प्रयोगशाला में", "hi", ["प्रयोगशाला"]),
    ("विश्वविद्यालय", "विश्वविद्यालय के साथ", "hi", ["विश्वविद्यालय"]),
    ("বিশ্ববিদ্যালয়", "ঢাকা বিশ্ববিদ্যালয়ে নয়, বিশ্ববিদ্যালয়", "bn", ["বিশ্ববিদ্যালয়"]),
    ("பல்கலைக்கழகம்", "சென்னை பல்கலைக்கழகம்", "ta", ["பல்கலைக்கழகம்"]),
    ("الجامعة", "الجَامِعَة", "ar", ["الجَامِعَة"]),
    ("جامعة", "جـامعه", "ar", ["جـامعه"]),
    ("שלום", "שָׁלוֹם עולם", "he", ["שָׁלוֹם"]),
    ("צה״ל", 'צה"ל הודיע', "he", ['צה"ל']),
    ("Αθήνα", "ΑΘΗΝΑ", "el", ["ΑΘΗΝΑ"]),
    ("λόγος", "ΛΟΓΟΣ", "el", ["ΛΟΓΟΣ"]),
    ("Алёна", "Алена пришла", "ru", ["Алена"]),
    ("5 млн", "5 млн рублей", "ru", ["5 млн"]),
    # Stems, prefixes, phrases, synonyms, corrections
    ("laboratory", "two laboratories", "en", ["laboratories"]),
    ("dying", "a star dies", "en", ["dies"]),
    ("robot*", "robotics and robots", "en", ["robotics", "robots"]),
    ('"open lab"', "an open lab, open to all", "en", ["open", "lab", "open"]),
    ("ai", "l’IA pour tous", "fr", ["IA"]),
    ("université", "vis-à-vis de l’université", "fr", ["université"]),
]
NOT_FOUND = [
    ("visa", "vis-à-vis de l’État", "fr"),
    ("vis-à-vis", "un visa", "fr"),
    ("研究所", "研究者の所感", "ja"),
    ("東京", "京東の", "ja"),
    ("バス", "ハス", "ja"),
    ("연구소", "연구 소식", "ko"),
    ("มหา", "หามะ", "th"),
    ("所", "研究者", "ja"),
    ("1350000", "1.350 Menschen", "de"),
    ("1250", "12.50 euros", "fr"),
    ("3", "US$30M", "en"),
    ("500", "5’00", "de"),
    ("rd", "the R D", "en"),
    ("hui", "d’aujourd’hui", "fr"),
    ("covid19", "covid 2019", "en"),
    ("us", "un bus", "fr"),
    ("צל", 'צה"ל', "he"),
    ("вход", "выход", "ru"),
]


def highlighted(query: str, text: str, language: str) -> list[str] | None:
    """What is highlighted of a text that a query finds as it was asked, None if it finds none."""
    matches = made([Text("", text, language if language in LANGUAGES else "xx")]).search(query)
    if not matches.matching or any(term.corrections for term in matches.terms):
        return None
    found = find_matches(text, matches.highlights)
    snippet, spans = best_snippet([text], matches.highlights, 200)
    assert [snippet[start:end] for start, end in spans] == [
        " ".join(text[match.start : match.end].replace("\u00ad", "").split()) for match in found
    ]
    return [text[match.start : match.end] for match in found]


@pytest.mark.parametrize(("query", "text", "language", "lit"), FOUND)
def test_what_is_found_is_highlighted(query: str, text: str, language: str, lit: list[str]) -> None:
    assert highlighted(query, text, language) == lit


@pytest.mark.parametrize(("query", "text", "language"), NOT_FOUND)
def test_must_not_match(query: str, text: str, language: str) -> None:
    assert highlighted(query, text, language) is None


@pytest.mark.parametrize(("query", "text"), [(query, text) for query, text, *_rest in FOUND])
def test_a_text_is_found_by_itself(query: str, text: str) -> None:
    assert highlighted(text.replace('"', ""), text.replace('"', ""), "xx")


def test_what_a_word_was_taken_for_is_highlighted() -> None:
    matches = made([Text("", "Two laboratories", "en")]).search("laboratroies")
    assert [m.term for m in find_matches("Two laboratories", matches.highlights)] == [
        "laboratories"
    ]


def test_all_that_a_corrected_beginning_may_become_is_highlighted() -> None:
    text = "intelligence, intelligent machines"
    matches = made([Text("", text, "en")]).search("inteligen", typing=True)
    found = [text[m.start : m.end] for m in find_matches(text, matches.highlights)]
    assert found == ["intelligence", "intelligent"]
