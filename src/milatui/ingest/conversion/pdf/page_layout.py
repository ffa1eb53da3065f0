"""Makes a document of the lines of a PDF file: title, headings, paragraphs and lists.

Headers, footers and page numbers are left out: what stands at the edge of most pages, in the same
place, with no other change than its numbers.  Words that were divided at the end of a line are
joined again.
"""

# untranslated: words of texts, in both languages
from __future__ import annotations

import re
from collections import Counter, defaultdict
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from milatui.i18n import _
from milatui.ingest.conversion.converted import ConvertedDocument, FoundValue, NoTextError
from milatui.ingest.conversion.markdown_text import escape, escape_block_start, link, table
from milatui.ingest.conversion.pdf.tables import FoundTable, find_tables

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from milatui.ingest.conversion.pdf.lines import Line, PdfText, PositionedWord

_MIN_LETTERS: Final = 20
"""Letters of a file below which it is one of pictures."""
_EDGE: Final = 0.1
"""Share of a page's height at its top and at its bottom where headers and footers stand."""
_REPEATED: Final = 0.5
"""Share of the pages on which a line at the edge is a header or a footer."""
_PAGE_NUMBER: Final = re.compile(
    r"(?:[-–—|(\s]*(?:page|p\.|pg\.?)?\s*(?P<number>\d{1,4})(?:\s*(?:/|of|sur|de)\s*\d{1,4})?[-–—|)\s]*)",
    re.IGNORECASE,
)
_SMALL: Final = 0.9
"""How many times as large as the text a header or footer is at most that stands on one page."""
_NOTE: Final = re.compile(r"[\d¹²³*†‡§(\[]")
"""How footnotes begin."""
_PRINTED: Final = re.compile(
    r"(?:https?|file)://\S+(?:\s+\d{1,4}\s*/\s*\d{1,4})?"
    r"|\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4},?\s+\d{1,2}[:h]\d{2}(?:\s*[AP]M)?(?:\s.*)?",
    re.IGNORECASE,
)
"""What browsers print at the edges of pages: the address, the moment and the title."""
_LARGE: Final = 1.12
"""How many times larger than the text a heading is at least."""
_WIDEST_LEADING: Final = 2.0
"""Distance of lines, as a share of their height, beyond which they are paragraphs."""
_GAP: Final = 0.45
"""Share of a line's height by which the distance of two lines exceeds the usual one between
paragraphs."""
_SHORT: Final = 0.82
"""Share of the width of the text below which a line ends a paragraph, if a sentence ends there."""
_MAX_TITLE: Final = 400
_MAX_HEADING: Final = 160
_HEAD: Final = 12
"""Lines of the first page among which the date is looked for."""
_MAX_DATE_LINE: Final = 100
_BULLET: Final = re.compile(r"(?:[•◦▪●■‣·∙]|[-–—](?=\s)|o(?=\s+[A-Z]))\s*")
_NUMBERED: Final = re.compile(r"(?P<number>\d{1,2})[.)]\s+(?=\S)")
_SENTENCE_END: Final = re.compile(r"[.!?:;…][\"'”’»)\]]*$")
_FIRST_PARTS_LIST: Final = (
    "self non co pre post anti multi cross real end high low long short well ill full half "
    "open data cloud state up on in out off by over under top best first second third one two "
    "three four five six seven eight nine ten year month week day world time cost risk user "
    "client customer decision data evidence science ai health energy carbon zero net industry "
    "market award leading fast large small mid early late next new ever all peer face public "
    "private semi quasi ex vice e micro macro bio eco euro sous demi mi avant après contre "
    "entre est sud nord grand franco anglo peut celui celle ceux rendez vis quant porte chef "
    "mot savoir bien mal trois deux quatre cinq"
)
_FIRST_PARTS: Final = frozenset(_FIRST_PARTS_LIST.split())
"""First parts of compounds whose hyphen stays at the end of a line."""
_AFTER_LINK: Final = '.,;:!?)»”"'
"""Signs after a link that are no part of it."""
_NAMES_OF_PROGRAMS: Final = re.compile(
    r"(?:microsoft word - |untitled|sans titre|\(anonymous\)|document\d*$|"
    r".*\.(?:docx?|html?|indd|pdf|qxd|tex|pptx?|xlsx?)$|https?://|about:blank)",
    re.IGNORECASE,
)
"""Titles in the metadata that a program has written."""


def convert_lines(pdf: PdfText) -> ConvertedDocument:
    """Makes a document of the lines of a file.

    Raises:
        NoTextError: there is none in it.
    """
    if sum(map(_letters, pdf.lines)) < _MIN_LETTERS:
        raise NoTextError(_("there is no text in the PDF file, only pictures"))
    lines = _without_edges(pdf)
    if not lines:
        lines = list(pdf.lines)
    usual = _usual_size(lines)
    title, rest = _title(lines, usual, pdf.title)
    dates = tuple(
        line.text
        for line in lines[:_HEAD]
        if len(line.text) <= _MAX_DATE_LINE and any(map(str.isdigit, line.text))
    )
    values = {"title": title} if title else {}
    return ConvertedDocument(values, "\n\n".join(_blocks(rest, usual)), dates)


def _letters(line: Line) -> int:
    return sum(map(str.isalpha, line.text))


def _without_edges(pdf: PdfText) -> list[Line]:
    """Leaves out headers, footers and page numbers."""
    pages: defaultdict[tuple[str, int], set[int]] = defaultdict(set)
    edges = {}
    for line in pdf.lines:
        if _at_edge(line, pdf.heights[line.page]):
            key = (re.sub(r"\d+", "#", line.text), round(line.top / 6))
            edges[id(line)] = key
            pages[key].add(line.page)
    least = max(2, len(pdf.heights) * _REPEATED)
    small = _usual_size(pdf.lines) * _SMALL
    return [
        line
        for line in pdf.lines
        if id(line) not in edges
        or not (
            len(pages[edges[id(line)]]) >= least
            or _PAGE_NUMBER.fullmatch(line.text)
            or _PRINTED.fullmatch(line.text)
            or (line.size <= small and _stands_alone(line, pdf.lines))
        )
    ]


def _stands_alone(line: Line, lines: Iterable[Line]) -> bool:
    """Returns whether a line of small type is not a footnote, and only such lines are near it."""
    if _NOTE.match(line.text):
        return False
    room = line.size * 2
    return not any(
        other is not line
        and other.page == line.page
        and line.bottom - room < other.top
        and other.bottom < line.top + room
        and (other.size > line.size or _NOTE.match(other.text))
        for other in lines
    )


def _at_edge(line: Line, height: float) -> bool:
    return line.top < height * _EDGE or line.bottom > height * (1 - _EDGE)


def _usual_size(lines: Sequence[Line]) -> float:
    """Returns the size of most of the text."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[line.size] += len(line.text)
    return sizes.most_common(1)[0][0]


def _title(lines: list[Line], usual: float, stated: str) -> tuple[FoundValue | None, list[Line]]:
    """Returns the title, and the lines without it.

    It is the largest text of the first page, or what the metadata say, if it stands there.
    """
    first = [line for line in lines if line.page == lines[0].page]
    if stated and not _NAMES_OF_PROGRAMS.match(stated):
        for begin in range(min(len(first), _HEAD)):
            for end in range(begin + 1, min(len(first), begin + 8) + 1):
                if _same(_joined([line.text for line in first[begin:end]]), stated):
                    title = _joined([line.text for line in first[begin:end]])
                    return FoundValue(title, "title"), _without(lines, first[begin:end])
    largest = max((line.size for line in first), default=0.0)
    if largest >= usual * _LARGE:
        begin = next(n for n, line in enumerate(first) if line.size == largest)
        end = begin + 1
        while end < len(first) and abs(first[end].size - largest) < largest * 0.05:
            end += 1
        title = _joined([line.text for line in first[begin:end]])
        if len(title) <= _MAX_TITLE and any(map(str.isalpha, title)):
            return FoundValue(title, "heading"), _without(lines, first[begin:end])
    bold = [line for line in first[:_HEAD] if line.bold]
    if bold and len(bold) < len(first[:_HEAD]) and not _SENTENCE_END.search(bold[0].text):
        group = [bold[0]]
        for line in bold[1:]:
            if first.index(line) == first.index(group[-1]) + 1:
                group.append(line)
        title = _joined([line.text for line in group])
        if len(title) <= _MAX_TITLE:
            return FoundValue(title, "heading"), _without(lines, group)
    return None, lines


def _without(lines: Iterable[Line], left_out: Iterable[Line]) -> list[Line]:
    out = {id(line) for line in left_out}
    return [line for line in lines if id(line) not in out]


def _same(one: str, other: str) -> bool:
    return re.findall(r"\w+", one.casefold()) == re.findall(r"\w+", other.casefold())


def _blocks(lines: Sequence[Line], usual: float) -> list[str]:
    """Returns the blocks of Markdown that lines make."""
    words = Counter(re.findall(r"[\w-]+", " ".join(line.text for line in lines).casefold()))
    right = _right_edge(lines)
    leading = _leading(lines)
    blocks: list[str] = []
    items: list[str] = []
    at = 0
    for found in (*find_tables(lines), FoundTable(len(lines), len(lines), ())):
        for group in _paragraphs(lines[at : found.start], usual, right, leading):
            text = _joined([line.text for line in group], words)
            links = _links([line.words for line in group], words)
            item = _item(text, links)
            if item:
                items.append(item)
                continue
            if items:
                blocks.append("\n".join(items))
                items = []
            if _is_heading(group, usual, text):
                blocks.append(f"## {_with_links(text, links)}")
            else:
                blocks.append(escape_block_start(_with_links(text, links)))
        if items:
            blocks.append("\n".join(items))
            items = []
        if found.rows:
            blocks.append(table([[_cell(cell) for cell in row] for row in found.rows]))
        at = found.end
    return blocks


def _cell(words: Sequence[PositionedWord]) -> str:
    return _with_links(" ".join(word.text for word in words), _links([words], Counter()))


def _item(text: str, links: Sequence[tuple[str, str]]) -> str:
    """Returns a paragraph as an item of a list; empty if it does not begin like one."""
    if match := _BULLET.match(text):
        rest = text[match.end() :]
        return f"- {_with_links(rest, links)}" if rest else ""
    if match := _NUMBERED.match(text):
        return f"{match['number']}. {_with_links(text[match.end() :], links)}"
    return ""


def _links(lines: Iterable[Sequence[PositionedWord]], words: Counter[str]) -> list[tuple[str, str]]:
    """Returns the words of each link and its address; those that go over lines as one.

    Args:
        lines: The words of the lines of a paragraph.
        words: How often words occur, for those that are divided.
    """
    found: list[tuple[list[str], str]] = []
    before = ""
    for line in lines:
        is_new_line = True
        for word in line:
            if word.address and word.address == before:
                parts = found[-1][0]
                if is_new_line:
                    parts.append(word.text)
                else:
                    parts[-1] += f" {word.text}"
            elif word.address:
                found.append(([word.text], word.address))
            before, is_new_line = word.address, False
    return [(_joined(parts, words).rstrip(_AFTER_LINK), address) for parts, address in found]


def _with_links(text: str, links: Sequence[tuple[str, str]]) -> str:
    """Returns a paragraph as Markdown with its links.

    Args:
        text: The paragraph.
        links: The words of each link and its address, in order.
    """
    made = ""
    at = 0
    for words, address in links:
        start = text.find(words, at)
        if words and start >= 0:
            made += escape(text[at:start]) + link(escape(words), address)
            at = start + len(words)
    return made + escape(text[at:])


def _is_heading(group: Sequence[Line], usual: float, text: str) -> bool:
    if len(text) > _MAX_HEADING or not any(map(str.isalpha, text)):
        return False
    if all(line.size >= usual * _LARGE for line in group):
        return True
    return (
        all(line.bold for line in group)
        and len(group) <= 2
        and not re.search(r"[.!?…,;][\"'”’»)\]]*$", text)
    )


def _right_edge(lines: Sequence[Line]) -> float:
    """Returns where full lines end: the right edge that a tenth of the lines reach."""
    edges = sorted(line.right for line in lines)
    return edges[int(len(edges) * 0.9)] if edges else 0.0


def _leading(lines: Sequence[Line]) -> float:
    """Returns the usual distance of lines, as a share of their height."""
    steps: Counter[float] = Counter()
    for above, below in pairwise(lines):
        if above.page == below.page and above.top > below.top and above.size == below.size:
            step = round((above.top - below.top) / above.size, 1)
            if step <= _WIDEST_LEADING:
                steps[step] += 1
    return steps.most_common(1)[0][0] if steps else 1.2


def _paragraphs(
    lines: Sequence[Line], usual: float, right: float, leading: float
) -> list[list[Line]]:
    groups: list[list[Line]] = []
    for line in lines:
        if groups and _continues(groups[-1], line, right, leading):
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _continues(group: Sequence[Line], line: Line, right: float, leading: float) -> bool:
    """Returns whether a line goes on with the paragraph of the lines before it."""
    last = group[-1]
    if abs(line.size - last.size) > last.size * 0.08:
        return False
    ends = _SENTENCE_END.search(last.text) is not None
    short = last.right < last.left + (right - last.left) * _SHORT
    if line.bold != last.bold and len(group) == 1 and (short or last.bold):
        return line.bold == last.bold
    if _BULLET.match(line.text) or (_NUMBERED.match(line.text) and (short or ends)):
        return False
    if line.page != last.page:
        # A paragraph that a page divides goes on in the middle of a sentence.
        return not ends and not short and not line.bold
    if line.top > last.top:
        # The next column, or text that was placed out of order.
        return not ends and not short
    step = (last.top - line.top) / last.size
    if step > leading + _GAP:
        return False
    if ends and short:
        return False
    indented = line.left > group[0].left + last.size and line.left > last.left + last.size * 0.8
    return not (indented and ends) or _BULLET.match(group[0].text) is not None


def _joined(texts: Sequence[str], words: Counter[str] | None = None) -> str:
    """Joins lines to a text; words divided at the end of a line become whole."""
    joined = ""
    for text in texts:
        if not joined:
            joined = text
        elif (
            joined.endswith("-") and len(joined) > 1 and joined[-2].isalpha() and text[0].isalpha()
        ):
            joined = _rejoined(joined, text, words or Counter())
        elif joined.endswith(("/", "@")) or re.search(r"https?://\S*[-/.?=&]$", joined):
            joined += text
        else:
            joined = f"{joined} {text}"
    return joined


def _rejoined(joined: str, text: str, words: Counter[str]) -> str:
    """Joins a line that ends in a hyphen to the next one, with or without the hyphen."""
    first = re.split(r"[^\w-]+", joined[:-1])[-1].casefold()
    second = re.match(r"[\w]*", text)
    following = second[0].casefold() if second else ""
    after = text[len(following) : len(following) + 1]
    if words[f"{first}{following}"]:
        return joined[:-1] + text
    compound = (
        "-" in first
        or after == "-"
        or not text[0].islower()
        or first in _FIRST_PARTS
        or words[f"{first}-{following}"] > 0
        or (words[first] > 0 and words[following] > 0)
    )
    return joined + text if compound else joined[:-1] + text
