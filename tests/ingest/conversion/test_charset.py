"""Encodings: declared ones, marks, UTF-8, and texts that declare none."""

from __future__ import annotations

import pytest

from milatui.ingest.conversion.charset import declared_encoding, decode

FRENCH = (
    "L’été dernier, l’Institut a dévoilé à Montréal un projet très attendu : « Où créer ? »,"
    " dit-elle. Grâce à ses chercheuses, le modèle a été déployé en août."
)
ENGLISH = "The company’s “new lab” – opened in Montréal – won’t close; it’s here to stay…"
DIALOGUE = "“I’m glad,” she said — “we’ve built it.”"


@pytest.mark.parametrize("text", [FRENCH, ENGLISH, DIALOGUE], ids=["French", "English", "quotes"])
@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "cp1252", "mac-roman", "utf-16", "utf-16-le", "utf-16-be"]
)
def test_texts_that_declare_nothing(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)).text == text


@pytest.mark.parametrize(
    ("head", "encoding"),
    [
        (b'<meta charset="windows-1252">', "cp1252"),
        (b"<meta http-equiv='Content-Type' content='text/html; charset=ISO-8859-1'>", "cp1252"),
        (b'<?xml version="1.0" encoding="iso-8859-15"?>', "iso8859-15"),
        (b'<meta charset="utf-16">', ""),
        (b'<meta charset="unicode_escape">', ""),
        (b'<meta charset="zlib">', ""),
        (b'<meta charset="no such">', ""),
    ],
)
def test_a_declared_encoding_is_taken_if_python_knows_it(head: bytes, encoding: str) -> None:
    assert declared_encoding(head) == encoding


def test_what_is_utf_8_counts_as_that_whatever_is_declared() -> None:
    data = '<meta charset="iso-8859-1">é'.encode()
    assert decode(data, declares=True).text.endswith("é")


def test_a_declared_encoding_counts_before_a_guess() -> None:
    data = '<meta charset="windows-1251">Лаборатория'.encode("cp1251")
    assert decode(data, declares=True).text.endswith("Лаборатория")


def test_a_few_broken_bytes_leave_a_page_utf_8() -> None:
    data = '<meta charset="utf-8">L’été'.encode() + b"\xff"
    assert decode(data, declares=True).text == '<meta charset="utf-8">L’été\ufffd'
