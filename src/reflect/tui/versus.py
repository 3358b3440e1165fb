"""Two versions of a record beside each other, or one above the other: what only one of them says is marked in both."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import TYPE_CHECKING

from textual.content import Content

from reflect.records.resolving import CONFLICT_OF
from reflect.records.word_diff import ADDED, REMOVED, SAME, Piece, paragraphs
from reflect.tui.differing import FOLD, NOTHING, marked, told
from reflect.tui.spoken import READER
from reflect.tui.widgets.markdown_lines import BLANK, Block, wrapped
from reflect.tui.widgets.page import Page
from reflect.tui.words import plain_line

if TYPE_CHECKING:
    from reflect.community.resolving import Pair
    from reflect.workspace import Workspace

# So wide they stand beside each other.
BESIDE = 96
RULE = " │ "
# What says which of the two a text is, and no more.
OF_THE_FILE = ("id", CONFLICT_OF)


@dataclass(frozen=True)
class Passage:
    """A stretch that stands in a line with what answers to it; where `is_same`, both have it."""

    mine: Content
    theirs: Content
    is_same: bool = False
    is_heading: bool = False


@dataclass(frozen=True)
class Versus:
    """Two versions passage by passage, each under the name of whose it is."""

    mine: str
    theirs: str
    passages: Sequence[Passage]


@dataclass(frozen=True)
class VersusPage(Page):
    """A page of two versions; `is_whole` shows what both have too."""

    versus: Versus = Versus("", "", ())
    is_whole: bool = False

    def lines(self, width: int) -> Iterator[tuple[Content, int]]:
        """Return the lines at a width."""
        passages = self.versus.passages if self.is_whole else folded_passages(self.versus.passages)
        lines = _beside if width >= BESIDE and not READER.is_on else _below
        for line in lines(self.versus, passages, width):
            yield line, 0


def versus_of(workspace: Workspace, pair: Pair) -> Versus:
    """Return both versions of a record, with the labels of its fields and their words compared."""
    difference = told(workspace, pair.record.kind, pair.theirs, pair.mine)
    passages = []
    for field in difference.fields:
        if field.label not in OF_THE_FILE:
            sides = (_field(field.label, field.after), _field(field.label, field.before))
            passages.append(Passage(*sides))
    for line in paragraphs(difference.pieces):
        passages.append(_passage(line))
    mine, theirs = names_of(pair)
    return Versus(mine, theirs, passages)


def names_of(pair: Pair) -> tuple[str, str]:
    """Return how the version that `mine` keeps is called, and the other one."""
    if not pair.record.place:
        return "Yours, typed last", "What another device or program wrote"
    if pair.mine_is_second:
        return "Yours", f"Theirs: {pair.record_by}" if pair.record_by else "Theirs"
    second = f"Second version, by {pair.second_by}" if pair.second_by else "Second version"
    return "As it stands now", second


def folded_passages(passages: Sequence[Passage]) -> list[Passage]:
    """Return the passages that differ; what both have is folded, but for the heading above a change."""
    found: list[Passage] = []
    above: Passage | None = None
    is_folded = False
    for each in passages:
        if each.is_same:
            above = each if each.is_heading else above
            is_folded = is_folded or bool(each.mine.plain.strip())
            continue
        if is_folded:
            fold = Content(FOLD).stylize("$text-muted")
            found.append(Passage(fold, fold, is_same=True))
        found += [above] if above is not None else []
        found.append(each)
        above, is_folded = None, False
    return found


def _passage(line: Sequence[Piece]) -> Passage:
    mine = [Piece(ADDED, each.text) if each.sign != SAME else each for each in line if each.sign != REMOVED]
    theirs = [Piece(ADDED, each.text) if each.sign != SAME else each for each in line if each.sign != ADDED]
    text = "".join(each.text for each in line)
    if all(each.sign == SAME for each in line):
        is_heading = text.startswith("#")
        same = plain_line(text.lstrip("# "), "bold $text-muted") if is_heading else plain_line(text, "$text-muted")
        return Passage(same, same, True, is_heading)
    return Passage(_side(mine), _side(theirs))


def _side(pieces: Sequence[Piece]) -> Content:
    if not "".join(each.text for each in pieces).strip():
        return Content(f"({NOTHING})").stylize("$text-muted")
    return Content("").join(marked(each) for each in pieces)


def _field(label: str, value: str) -> Content:
    words = marked(Piece(ADDED, value)) if value else Content(f"({NOTHING})").stylize("$text-muted")
    return Content.assemble(plain_line(label, "bold"), ": ", words)


def _beside(versus: Versus, passages: Sequence[Passage], width: int) -> Iterator[Content]:
    room = (width - len(RULE)) // 2
    rule = Content(RULE).stylize("$text-muted")

    def row(left: Content, right: Content) -> Content:
        return Content.assemble(left.truncate(room, ellipsis=True, pad=True), rule, right.truncate(room, ellipsis=True))

    yield row(_name(versus.mine), _name(versus.theirs))
    yield row(Content(""), Content(""))
    for each in passages:
        sides = (wrapped([Block(each.mine), BLANK], room), wrapped([Block(each.theirs), BLANK], room))
        for left, right in zip_longest(*sides, fillvalue=Content("")):
            yield row(left, right)


def _below(versus: Versus, passages: Sequence[Passage], width: int) -> Iterator[Content]:
    for each in passages:
        if each.is_same:
            yield from wrapped([Block(each.mine), BLANK], width)
            continue
        blocks = [Block(_name(versus.mine)), Block(each.mine, "  ", "  ")]
        blocks += [Block(_name(versus.theirs)), Block(each.theirs, "  ", "  "), BLANK]
        yield from wrapped(blocks, width)


def _name(words: str) -> Content:
    return plain_line(words, "bold $text-accent")
