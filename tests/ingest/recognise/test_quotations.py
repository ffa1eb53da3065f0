"""Tests the grammar of attribution: who says the words between quotation marks."""

from __future__ import annotations

import pytest

from milatui.ingest.recognise.name_index import NameIndex
from milatui.ingest.recognise.quotations import find_quoted_words
from milatui.ingest.recognise.recognise import recognise
from tests.ingest.recognise.texts import ENGLISH, FRENCH, document

WORDS = "we look forward to working together on this"


def speakers(text: str) -> list[tuple[str, str]]:
    """Returns the first word of each quotation, and its speaker."""
    found = recognise(document(text), NameIndex()).quotations
    return [(each.words.split()[0], each.speaker) for each in found]


@pytest.mark.parametrize(
    "text",
    [
        f"“{WORDS},” said Ana Diaz, CEO of Tindra.",
        f'"{WORDS}," said Ana Diaz, CEO of Tindra.',
        f'"{WORDS}." said Tindra CEO Ana Diaz.',
        f"“{WORDS},” Ana Diaz, CEO of Tindra, said.",
        f"“{WORDS},” A.I. Mansbridge said. “{WORDS},” said Ana Diaz.",
        f"“{WORDS},” says Ana Diaz, Co-Director at Tindra Sweden.",
        f"“{WORDS}” – Ana Diaz, Founding Partner at Tindra.",
        f"Ana Diaz, CEO of Tindra, said: “{WORDS}.”",
        f"Reflecting on this alliance, Ana Diaz, CEO of Tindra, remarked, “{WORDS}.”",
        f"According to Ana Diaz, CEO of Tindra, “{WORDS}.”",
        f"Word from Ana Diaz, Co-Director at Tindra:\n\n“{WORDS}.”",
        f"“{WORDS}.”\nAna Diaz, CEO of Tindra",
        f"« {WORDS} », a déclaré Ana Diaz, présidente de Tindra.",
        f"« {WORDS} », a également affirmé Ana Diaz.",
        f"«{WORDS}», a ainsi déclaré la mairesse de Montréal, Ana Diaz.",
        f"« {WORDS} », explique Ana Diaz, PDG de Tindra.",
        f"« {WORDS} », se réjouit d'ailleurs Ana Diaz, conseillère déléguée.",
        f"Selon Ana Diaz, directrice scientifique chez Tindra, « {WORDS} ».",
        f"Ana Diaz, présidente de Tindra, a déclaré : « {WORDS}. »",
    ],
)
def test_the_speaker_of_a_quotation_is_recognised(text: str) -> None:
    assert speakers(text)[-1] == ("we", "Ana Diaz")


def test_pronoun_is_the_last_speaker() -> None:
    text = f"“{WORDS},” said Ana Diaz. “It works”, she added. « Oui », a-t-elle ajouté."
    assert [speaker for _word, speaker in speakers(text)] == ["Ana Diaz"] * 3


def test_second_part_has_the_same_speaker() -> None:
    text = (
        f"“{WORDS},” said Ana Diaz, CEO. “This is the second part.” “{WORDS},” said Bo Ekman, COO."
    )
    assert [name for _word, name in speakers(text)] == ["Ana Diaz", "Ana Diaz", "Bo Ekman"]


def test_paragraphs_of_one_speech_have_one_speaker() -> None:
    text = "“First part of what we think.\n\n“Second part of it,” said Ana Diaz, CEO of Tindra."
    assert speakers(text) == [("First", "Ana Diaz"), ("Second", "Ana Diaz")]


@pytest.mark.parametrize(
    "text",
    [
        "Departures Capital Inc. (“Departures Capital”) was founded by Ana Diaz.",
        "Ana Diaz, a singer, wrote “The Art of Bel Canto: Where Science and Spirit Meet”.",
        'She is often called the "Gem Whisperer" by Ana Diaz.',
        "Poster Title: “Vaccines induce immunity against variants in animal models.” Ana Diaz",
    ],
)
def test_title_or_name_is_no_quotation(text: str) -> None:
    assert [speaker for _word, speaker in speakers(text) if speaker] == []


def test_speaker_is_named_within_the_marks() -> None:
    text = "« Le pays a du talent, a déclaré Ana Diaz, cheffe de Tindra. Nous le garderons. »"
    assert speakers(text) == [("Le", "Ana Diaz")]


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (f"“{WORDS},” says Ernie Smithson Inc. “{WORDS},” said Ana Diaz.", "Ana Diaz"),
        (f"“{WORDS},” said Ana Diaz. “{WORDS},” said a spokesperson for Tindra.", ""),
        (f"Reena I. Desai, one of those who came, stated, “{WORDS}.”", "Reena I. Desai"),
        (f"“{WORDS},” says Dr. Depue, the founder of Tindra Lab. “{WORDS}.”", "Depue"),
        (f"Mayor Hong noted, “{WORDS}.”", "Hong"),
        (f"“{WORDS},” says Dr. Depue, the founder of Tindra.", "Depue"),
        (f"Dennis, Founder of Tindra, Inc. stated, “{WORDS}.”", "Dennis"),
        (f"Sara Alradadi came. “{WORDS},” Alradadi said.", "Sara Alradadi"),
        (f"“{WORDS},” said Kevin Provost, CEO of Tindra.", "Kevin Provost"),
    ],
)
def test_speaker_of_one_name_or_none(text: str, speaker: str) -> None:
    found = recognise(document(text.replace("“we", "“We")), NameIndex()).quotations
    assert found[-1].speaker == speaker


def test_words_of_nobody_have_no_speaker() -> None:
    text = f"« Et {WORDS} », peut-on lire dans le communiqué."
    assert speakers(text) == [("Et", "")]


def test_speakers_of_a_release_in_english() -> None:
    assert speakers(ENGLISH) == [
        ("We", "Ingrid Moe"),
        ("More", "Ingrid Moe"),
        ("It", "Ingrid Moe"),
        ("Norway", "Tom Baker"),
        ("A", "Kari Lund"),
    ]


def test_speakers_of_a_release_in_french() -> None:
    found = recognise(document(FRENCH), NameIndex()).quotations
    assert [each.speaker for each in found] == [
        "Valérie Pisano",
        "Valérie Pisano",
        "Jean-Marc Dubois",
        "Pierre Fitzgibbon",
    ]
    assert {each.language for each in found} == {"fr"}


def test_marks_within_a_quotation_belong_to_it() -> None:
    text = "« Les « hubs mondiaux » comptent », dit-elle."
    assert [text[each.start : each.end] for each in find_quoted_words(text)] == [
        "Les « hubs mondiaux » comptent"
    ]
