"""An archive whose every text attacks the reader's terminal, and the search for a success."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

PAYLOADS = (
    "\x1b]52;c;UFdOMQ==\x07PWN1",  # writes to the clipboard
    "\x1b]0;PWN2\x07\x1b]2;PWN2\x1b\\",  # sets the title
    "\x1b[2J\x1b[31;1337mPWN3\x1b[13;37H",  # clears, colours, moves
    "\x1b]8;;file:///etc/passwd\x1b\\PWN4\x1b]8;;\x1b\\",  # a link to a file
    "\x9b2JPWN5\x9d0;PWN5\x9c\x90q\x84",  # the same in C1
    "\x07\x08\x08\x0c\x0b\x00\x7f\x0e\x0fPWN6\x05",  # bell, backspace, shift out, enquiry
    "\u202ePWN7\u202d\u2066\u2069\u200b\u200f\ufeff\u061c",  # reads differently from what it is
    "[@click=app.quit]PWN8[/] [link=http://x.example]x[/link] [/nope] [bold",  # markup
    '\x1bP$q"p\x1b\\\x1b_PWN9\x1b\\\x1b^x\x1b\\\x1bXx\x1b\\\x1bc',  # DCS, APC, PM, SOS, reset
    "P" + "\u0336\u0301" * 300 + "WN10 \U000e0041\u2028\u2029\ufff9",  # a tower, tags, separators
)
_FORBIDDEN = re.compile(
    "[\x00-\x06\x0b\x0c\x0e-\x1a\x1c-\x1f\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\ufeff\ufff9-\ufffb\U000e0000-\U000e00ff]"
)
_OURS = re.compile(
    r"\x1b\[[?>=<]?[0-9;]*[A-Za-ln-zA-Z]"  # cursor, modes, erasing, keyboard
    r"|\x1b\[[0-9;]*m"  # colours
    r"|\x1b\[\?[0-9]+\$p"  # questions about modes
    r"|\x1b\]22;[a-z]*\x07"  # shape of the pointer
    r"|\x1b\]52;c;[A-Za-z0-9+/=]*\x07"  # what the user has copied
)
_CLEARING = ("\x1b[2J", "\x1b[31;1337m", "\x1b[13;37H", "\x1b]52;c;UFdO")


def _quoted(text: str) -> str:
    """``text`` as a YAML scalar of ASCII characters: the escapes YAML has are the way in."""
    plain = {'"': '\\"', "\\": "\\\\"}
    return f'"{"".join(plain.get(letter) or _escaped(letter) for letter in text)}"'


def _escaped(letter: str) -> str:
    return letter if " " <= letter <= "~" else f"\\U{ord(letter):08x}"


def write_archive(root: Path, documents: int) -> Path:
    """An archive with ``documents`` documents and as many records of each kind."""
    names = ("partners", "people", "events", "figures", "statements", "documents")
    for name in names:
        (root / name).mkdir(parents=True)
    title = _quoted(f"Archive {PAYLOADS[1]}")
    (root / "archive.yaml").write_text(
        f"title: {title}\nhome: p0\ndescription: {title}\n", encoding="utf-8"
    )
    records: dict[str, list[str]] = {name: [] for name in names}
    for number in range(documents):
        _add_records(records, number, PAYLOADS[number % len(PAYLOADS)])
        text = _document(number, PAYLOADS)
        path = root / "documents" / f"d{number}.md"
        path.write_text(text, encoding="utf-8", newline="")
    for name in names[:-1]:
        text = "\n".join(records[name]) + "\n"
        (root / name / "all.yaml").write_text(text, encoding="utf-8")
    return root


def _add_records(records: dict[str, list[str]], number: int, payload: str) -> None:
    text = _quoted(f"word {payload} {number}")
    source = f"{{document: d{number}, exact: plain passage, locator: {text}}}"
    records["partners"].append(
        f"- {{id: p{number}, name: {text}, kind: company, sector: {text}, city: {text},"
        f" note: {text}, relation: {text}, website: {text},"
        f" names: [{{value: {text}, kind: alias}}],"
        f" facts: [{{text: {text}, source: {source}}}]}}"
    )
    records["people"].append(
        f"- {{id: h{number}, name: {text}, credentials: {text}, note: {text},"
        f" roles: [{{title: {text}, organisation: {text}, as_of: '2020', source: {source}}}]}}"
    )
    records["events"].append(
        f"- {{id: e{number}, date: '20{number % 24:02}', kind: funding, title: {text},"
        f" summary: {text}, partners: [p{number}], people: [h{number}], places: [{text}],"
        f" note: {text}, sources: [{source}],"
        f" figures: [{{measure: {text}, value: {text}, unit: {text}, source: {source}}}]}}"
    )
    records["figures"].append(
        f"- {{id: f{number}, measure: {text}, value: {text}, unit: {text}, partner: p{number},"
        f" as_of: '2021', note: {text}, source: {source}}}"
    )
    records["statements"].append(
        f"- {{id: s{number}, speaker: h{number}, organisation: {text}, date: '2021', text: {text},"
        f" about: [p{number}], source: {source}}}"
    )


def _document(number: int, payloads: tuple[str, ...]) -> str:
    payload = payloads[number % len(payloads)]
    text = _quoted(f"word {payload} {number}")
    body = payload.replace("\x00", "")
    every = "\n\n".join(one.replace("\x00", "") for one in payloads)
    return (
        f"---\ntitle: {text}\ndate: '2021-0{1 + number % 9}'\npublisher: {text}\nlanguage: en\n"
        f"rights: {text}\nsource: {text}\ndescription: {text}\nsubject: [p{number}]\n---\n\n"
        f"# word {body}\n\nA plain passage, then word {body}.\n\n> {body}\n\n```\n{body}\n```\n\n"
        f"- [{body}](javascript:alert)\n- **{body}** `{body}` [x](file:///etc/passwd)\n\n"
        f"| a | {body} |\n|---|---|\n| {body} | b |\n\n{every}\n"
    )


def successes(raw: bytes | bytearray) -> list[str]:
    """What of the attacks is in ``raw``, the bytes a terminal got; empty if they have failed."""
    text = raw.decode("utf-8", "replace")
    found = [mark for mark in _CLEARING if mark in text]
    rest = _OURS.sub("", text)
    if "\x1b" in rest or "\x07" in rest or "\x08" in rest:
        place = re.search("[\x1b\x07\x08]", rest)
        assert place
        found.append(repr(rest[max(0, place.start() - 20) : place.start() + 40]))
    found += [repr(match[0]) for match in _FORBIDDEN.finditer(rest)][:5]
    if _has_tower(rest):
        found.append("a tower of marks")
    return found


def _has_tower(text: str) -> bool:
    carried = 0
    for character in text:
        carried = carried + 1 if unicodedata.category(character) in ("Mn", "Me") else 0
        if carried > 8:
            return True
    return False
