"""What reflect needs to know of a Markdown text: its sections, its headings, its links."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from reflect.records.textforms import folded, one_line

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

LONGEST_LINK = 400


@dataclass(frozen=True)
class Section:
    """An H2 heading and what stands under it; `start` and `end` are lines of the body, from 0."""

    title: str
    text: str
    start: int
    end: int


@cache
def parser() -> MarkdownIt:
    """Return the one Markdown parser: CommonMark, tables, strikethrough and `[[links]]`."""
    # 40 ms to import, and most commands never parse a body.
    from markdown_it import MarkdownIt

    markdown = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    markdown.inline.ruler.before("link", "record_link", _record_link)
    return markdown


def sections(body: str) -> list[Section]:
    """Return the sections of a body in order; text before the first heading is in none of them."""
    if "##" not in body and "\n--" not in body:
        return []
    lines = lines_of(body)
    headings: list[tuple[str, int, int]] = []
    tokens = parser().parse(_for_parser(body))
    for index, token in enumerate(tokens):
        if token.type == "heading_open" and token.tag == "h2" and token.level == 0 and token.map:
            headings.append((tokens[index + 1].content, token.map[0], token.map[1]))
    ends = [*(start for _, start, _ in headings[1:]), len(lines)][: len(headings)]
    return [
        Section(one_line(title), "".join(lines[after:end]).strip("\r\n"), start, end)
        for (title, start, after), end in zip(headings, ends, strict=True)
    ]


def preface(body: str) -> str:
    """Return the text that stands before the first section."""
    found = sections(body)
    return "".join(lines_of(body)[: found[0].start]) if found else body


def with_section(body: str, title: str, text: str, aliases: set[str], order: list[set[str]]) -> str:
    """Return the body with the section set to the text; a new one takes its place in the order.

    `aliases` are the folded titles that name this section, `order` those of all sections of the
    kind. An empty text removes the section with its heading. All other lines stay as they are.
    """
    lines = lines_of(body)
    found = sections(body)
    content = [text.strip("\n") + "\n"] if text.strip() else []
    for section in found:
        if folded(section.title) in aliases:
            heading = [*lines[section.start : section.start + 1], "\n"] if content else []
            return _joined(lines[: section.start], heading + content, lines[section.end :])
    if not content:
        return body
    place = order.index(aliases) if aliases in order else len(order)
    later = set[str]().union(*order[place + 1 :])
    before = next((each.start for each in found if folded(each.title) in later), len(lines))
    return _joined(lines[:before], [f"## {title}\n", "\n", *content], lines[before:])


def first_heading(body: str) -> str:
    """Return the text of the first heading or, without one, of the first line that says something."""
    if "#" in body or "\n==" in body or "\n--" in body:
        tokens = parser().parse(_for_parser(body))
        for index, token in enumerate(tokens):
            if token.type == "heading_open":
                return one_line(tokens[index + 1].content)
    lines = (one_line(line) for line in body.removeprefix("\ufeff").splitlines())
    return next((line for line in lines if line), "")


def link_targets(text: str) -> list[str]:
    """Return what stands in the `[[links]]` of a text, in order, each once; code is left out."""
    if "[[" not in text:
        return []
    found: dict[str, None] = {}
    for token in parser().parse(_for_parser(text)):
        for child in token.children or ():
            if child.type == "record_link":
                found[child.content] = None
    return list(found)


def tokens(text: str) -> list[Token]:
    """Return the parser's tokens, for those who draw a text."""
    return parser().parse(_for_parser(text))


def block_tokens(text: str) -> list[Token]:
    """Return the parser's tokens of the blocks only, with what stands in them left as text: a third of the time."""
    found: list[Token] = []
    parser().block.parse(_for_parser(text), parser(), {}, found)
    return found


def _for_parser(text: str) -> str:
    # markdown-it counts only these line ends; others must not move the line numbers.
    return text.replace("\r\n", "\n").replace("\r", "\n")


def lines_of(body: str) -> list[str]:
    """Return the lines of a body, each with a plain line end; they are the lines sections count in."""
    # Not splitlines(): it also breaks at characters that are no line end to Markdown.
    parts = _for_parser(body).split("\n")
    return [part + "\n" for part in parts[:-1]] + parts[-1:] if parts[-1] else [p + "\n" for p in parts[:-1]]


def _joined(before: list[str], written: list[str], after: list[str]) -> str:
    if written and before and not before[-1].endswith("\n"):
        before = [*before[:-1], before[-1] + "\n"]
    if written and before and before[-1].strip():
        before = [*before, "\n"]
    gap = ["\n"] if written and after else []
    return "".join(before + written + gap + after)


def _record_link(state: StateInline, silent: bool) -> bool:
    if not state.src.startswith("[[", state.pos):
        return False
    # The end is looked for nearby, so that many openings without an end stay cheap.
    end = state.src.find("]]", state.pos + 2, min(state.posMax, state.pos + LONGEST_LINK))
    inside = state.src[state.pos + 2 : end] if end > 0 else ""
    # `[[title|shown words]]` is how Obsidian writes a link that reads differently.
    target = inside.partition("|")[0].strip()
    if not target or "\n" in inside or "[" in inside:
        return False
    if not silent:
        token = state.push("record_link", "", 0)
        token.content = target
        token.meta = {"shown": inside.partition("|")[2].strip()}
    state.pos = end + 2
    return True
