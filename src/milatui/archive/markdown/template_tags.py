"""Rules for what site generators add to Markdown: shortcodes, Liquid tags, attributes, MDX.

Of a shortcode its caption or title is said, everything else of it is left out.  What a pair of
them encloses is text of the document, or code, or left out if it is a comment.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from markdown_it import helpers

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_inline import StateInline

_OPENERS: Final = {"{{<": ">}}", "{{%": "%}}", "{{": "}}", "{%": "%}", "{:": "}", "{/*": "*/}"}
"""What begins a tag, the longest first, and what ends it."""
_OPENER: Final = re.compile("|".join(map(re.escape, _OPENERS)))
_HEADING_ATTRIBUTES: Final = re.compile(r"\{#[\w.:-]+[^{}\n]*\}[ \t]*\Z")
_SAID: Final = re.compile(
    r"\b(?:caption|title|alt|text|summary|label)\s*[=:]\s*(?:\"([^\"]*)\"|'([^']*)'|“([^”]*)”)"
)
_PAIR: Final = re.compile(
    r"(?P<open>\{%-?|\{\{[<%])\s*(?P<name>highlight|comment|raw|mermaid)\b[^}\n]*\}+[ \t]*$"
)
_LEFT_OUT: Final = re.compile(
    r"(?:import\s[^\n]*\bfrom\s+|import\s+)(['\"])[^'\"\n]+\1;?[ \t]*$"
    r"|export\s+(?:const|default|function)\s[^\n]*$"
)
_OF_CORE: Final = "caption|wp_caption|gallery|audio|video|playlist|embed|contact-form-7"
_WORDPRESS: Final = re.compile(
    rf"\[(?:/(?:{_OF_CORE})|(?:{_OF_CORE})"
    r"(?:\s{1,9}[\w-]{1,40}=(?:\"[^\"]{0,900}\"|'[^']{0,900}'|[^\s\[\]\"']{1,300})){1,30}"
    r"|/?(?:vc|wpb|et_pb|fusion|av|su|mk)_\w{1,40}(?:\s[^\[\]]{0,2000})?)\s{0,9}/?\]"
)
"""Shortcodes of WordPress: those of its core with values, and those of page builders."""
_ADMONITION: Final = re.compile(r":{3,}[ \t]*(?:\{?\w+\}?)?[ \t]*(?:\[(.*)\]|(.*?))[ \t]*$")


def add_template_rules(md: MarkdownIt) -> None:
    """Makes a parser understand what site generators add."""
    md.inline.ruler.before("escape", "template_tag", _tag)
    md.inline.ruler.before("link", "wordpress_tag", _wordpress_tag)
    md.block.ruler.before(
        "fence", "template_pair", _pair, {"alt": ["paragraph", "reference", "blockquote", "list"]}
    )
    md.block.ruler.before(
        "fence", "admonition", _admonition, {"alt": ["paragraph", "blockquote", "list"]}
    )
    md.block.ruler.before("fence", "module_line", _module_line)


class LinkHelpers:
    """Helpers of the parser for which a tag of a template may be a link's destination."""

    parseLinkLabel = staticmethod(helpers.parseLinkLabel)  # noqa: N815 - the parser's name
    parseLinkTitle = staticmethod(helpers.parseLinkTitle)  # noqa: N815

    @staticmethod
    def parseLinkDestination(  # noqa: N802
        string: str, pos: int, maximum: int
    ) -> helpers.parse_link_destination._Result:
        """Finds the end of a destination."""
        result = helpers.parseLinkDestination(string, pos, maximum)
        if string.startswith(("{{", "{%"), pos):
            opener = next(each for each in _OPENERS if string.startswith(each, pos))
            close = string.find(_OPENERS[opener], pos, pos + _LONGEST_DESTINATION)
            end = close + len(_OPENERS[opener])
            if close >= 0 and end < maximum:
                rest = helpers.parseLinkDestination(string, end, maximum)
                result.ok = True
                result.pos = rest.pos if rest.ok else end
                result.str = ""
        return result


_LONGEST_DESTINATION: Final = 500


def _tag(state: StateInline, silent: bool) -> bool:
    """Takes a tag; writes what it says."""
    start = state.pos
    if state.src[start] != "{":
        return False
    heading = (
        _HEADING_ATTRIBUTES.match(state.src, start)
        if state.src[start + 1 : start + 2] == "#"
        else None
    )
    if heading:
        state.pos = heading.end()
        return True
    opener = next((each for each in _OPENERS if state.src.startswith(each, start)), None)
    if opener is None:
        return False
    closer = _OPENERS[opener]
    # Looked up once: each of many openers would look for its end, to the end of the text.
    if state.html_terminator_last(closer) < start + len(opener):
        return False
    close = state.src.find(closer, start + len(opener), state.posMax)
    if close < 0:
        return False
    end = close + len(closer)
    words = _shown_words(state.src[start:end]) if opener in ("{{<", "{{%", "{%") else ""
    if words and not silent:
        state.push("text", "", 0).content = words
    if not words and state.pending[-1:] in ("", " "):
        while end < state.posMax and state.src[end] == " ":
            end += 1
    state.pos = end
    return True


def _wordpress_tag(state: StateInline, silent: bool) -> bool:
    """Takes a shortcode of WordPress; what a pair of them encloses is text."""
    if state.src[state.pos] != "[":
        return False
    match = _WORDPRESS.match(state.src, state.pos, state.posMax)
    if match is None:
        return False
    state.pos = match.end()
    return True


def without_template_tags(text: str) -> str:
    """Returns text of HTML without tags of templates; what they say stays."""
    if "[" in text:
        text = _WORDPRESS.sub("", text)
    if "{" not in text:
        return text
    parts: list[str] = []
    at = 0
    unclosed: set[str] = set()
    for match in _OPENER.finditer(text):
        start, opener = match.start(), match[0]
        if start < at or opener in unclosed:
            continue
        close = text.find(_OPENERS[opener], match.end())
        if close < 0:
            unclosed.add(opener)
            continue
        end = close + len(_OPENERS[opener])
        parts += (text[at:start], _shown_words(text[start:end]) if opener != "{{" else "")
        at = end
    return "".join((*parts, text[at:]))


def _shown_words(tag: str) -> str:
    """Returns the words of a tag that a page would show."""
    found = (first or second or third for first, second, third in _SAID.findall(tag))
    return " ".join(dict.fromkeys(words.strip() for words in found if words.strip()))


def _line(state: StateBlock, line: int) -> str:
    return state.src[state.bMarks[line] + state.tShift[line] : state.eMarks[line]]


def _begins_with(state: StateBlock, line: int, signs: tuple[str, ...]) -> bool:
    """Returns whether a line begins with a sign; asked for each line before anything else."""
    return state.src.startswith(signs, state.bMarks[line] + state.tShift[line])


def _pair(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """Takes a block between two tags: code, or a comment."""
    if not _begins_with(state, start_line, ("{%", "{{")) or state.is_code_block(start_line):
        return False
    match = _PAIR.match(_line(state, start_line))
    if match is None:
        return False
    name, opener = match["name"], match["open"]
    unclosed: set[str] = state.env.setdefault("unclosed", set())
    if name in unclosed:
        return False
    ending = f"end{name}" if opener.startswith("{%") else f"/{name}"
    pattern = re.compile(rf"(?:\{{%-?|\{{\{{[<%])\s*{re.escape(ending)}\b")
    close = start_line + 1
    while close < end_line and not pattern.search(_line(state, close)):
        close += 1
    if close >= end_line:
        unclosed.add(name)
        return False
    if silent:
        return True
    state.line = close + 1
    if name != "comment":
        token = state.push("fence", "code", 0)
        token.map = [start_line, state.line]
        token.content = state.getLines(start_line + 1, close, state.sCount[start_line], True)
    return True


def _admonition(state: StateBlock, start_line: int, _end_line: int, silent: bool) -> bool:
    """Takes the first or last line of a box (``:::note Title``); writes its title."""
    if not _begins_with(state, start_line, (":::",)) or state.is_code_block(start_line):
        return False
    match = _ADMONITION.match(_line(state, start_line))
    if match is None:
        return False
    if silent:
        return True
    state.line = start_line + 1
    title = match[1] or match[2] or ""
    if title and not title.startswith("{"):
        _write_strong(state, title, start_line)
    return True


def _write_strong(state: StateBlock, words: str, line: int) -> None:
    token = state.push("paragraph_open", "p", 1)
    token.map = [line, line + 1]
    inline = state.push("inline", "", 0)
    inline.content, inline.map, inline.children = f"**{words}**", [line, line + 1], []
    state.push("paragraph_close", "p", -1)


def _module_line(state: StateBlock, start_line: int, end_line: int, silent: bool) -> bool:
    """Takes a line of a program that MDX has at the beginning of a text."""
    if silent or not _begins_with(state, start_line, ("import", "export")):
        return False
    if state.is_code_block(start_line) or not _LEFT_OUT.match(_line(state, start_line)):
        return False
    # A line of a paragraph is one of its words.
    line = start_line + 1
    while line < end_line and _LEFT_OUT.match(_line(state, line)):
        line += 1
    if line < end_line and not state.isEmpty(line):
        return False
    state.line = line
    return True
