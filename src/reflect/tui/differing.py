"""How two states of a record differ, as it is read: fields by their labels, the text with marks at what changed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.content import Content

from reflect.records.comparing import Comparison, compared
from reflect.records.record import as_list
from reflect.records.ulid import is_ulid
from reflect.records.word_diff import ADDED, REMOVED, SAME, Piece, paragraphs
from reflect.records.yaml_block import Value
from reflect.tui.widgets.markdown_lines import BLANK, Block
from reflect.tui.words import plain, plain_line

if TYPE_CHECKING:
    from reflect.records.kinds import Kind
    from reflect.workspace import Workspace

FOLD = "⋯"
NOTHING = "nothing"
# A sign at each end, so that a change is read without colors and without lines through or under words.
MARKS = {REMOVED: ("[-", "-]", "strike $text-error"), ADDED: ("{+", "+}", "underline $text-success")}
COMMON = {"title": "Title", "created": "Date", "lenses": "Lenses", "tags": "Tags", "links": "Links", "lang": "Language"}


@dataclass(frozen=True)
class FieldTold:
    """A field in words, before and after; of a list only what went and what came."""

    label: str
    before: str
    after: str
    is_list: bool = False

    def content(self) -> Content:
        """Return the line of the field."""
        sides = [marked(Piece(sign, text)) for sign, text in ((REMOVED, self.before), (ADDED, self.after)) if text]
        if self.is_list and sides:
            return Content.assemble((f"{self.label}: ", "bold"), Content(" ").join(sides))
        nothing = Content(NOTHING).stylize("$text-muted")
        before = marked(Piece(REMOVED, self.before)) if self.before else nothing
        after = marked(Piece(ADDED, self.after)) if self.after else nothing
        return Content.assemble((f"{self.label}: ", "bold"), before, " → ", after)


@dataclass(frozen=True)
class Told:
    """A difference in words: its fields, and the pieces of the text."""

    fields: Sequence[FieldTold]
    pieces: Sequence[Piece]
    words: tuple[int, int]

    @property
    def is_empty(self) -> bool:
        """Whether nothing differs."""
        return not self.fields and all(piece.sign == SAME for piece in self.pieces)


def told(workspace: Workspace, kind_name: str, before: str, after: str) -> Told:
    """Return how two texts of a record differ, with the labels of its kind and the titles of what it names."""
    kind, comparison = workspace.kinds.find(kind_name), compared(before, after)
    named: dict[str, str] = {}
    for change in comparison.fields:
        for each in [*as_list(change.before or ""), *as_list(change.after or "")]:
            rows = workspace.catalog.named(each) if is_ulid(each) else []
            named |= {each: rows[0].title} if len(rows) == 1 else {}
    return _told(comparison, kind, named, workspace.lang)


def difference_blocks(told: Told) -> list[Block]:
    """Return a difference as blocks; what did not change is folded, but for the heading above a change."""
    blocks = [Block(field.content(), "", "  ") for field in told.fields]
    blocks += [BLANK] if blocks else []
    heading, has_folded = "", False
    for line in paragraphs(told.pieces):
        text = "".join(piece.text for piece in line)
        if all(piece.sign == SAME for piece in line):
            heading = text if text.startswith("#") else heading
            has_folded = has_folded or bool(text.strip())
            continue
        if has_folded:
            blocks += [Block(Content(FOLD).stylize("$text-muted")), BLANK]
        if heading:
            blocks += [Block(plain_line(heading.lstrip("# "), "bold $text-muted"))]
        heading, has_folded = "", False
        blocks += [Block(Content("").join(marked(piece) for piece in line)), BLANK]
    if has_folded and any(piece.sign != SAME for piece in told.pieces):
        blocks.append(Block(Content(FOLD).stylize("$text-muted")))
    return blocks


def size_in_words(words: tuple[int, int]) -> str:
    """Return the size of a change: `+12 −3 words`, `""` for none."""
    added, removed = words
    parts = [f"+{added:,}"] * bool(added) + [f"−{removed:,}"] * bool(removed)
    return f"{' '.join(parts)} {'word' if added + removed == 1 else 'words'}" if parts else ""


def _told(comparison: Comparison, kind: Kind | None, named: Mapping[str, str], lang: str) -> Told:
    fields = []
    for change in comparison.fields:
        field = kind.field(change.name) if kind else None
        label = field.shown_label(lang) if field else COMMON.get(change.name, change.name)

        def words(text: str, say: Callable[[str, str], str] | None = field.shown_choice if field else None) -> str:
            return named.get(text) or (say(text, lang) if say else text)

        before, after = change.before, change.after
        is_list = isinstance(before, list) and isinstance(after, list) and set(as_list(before)) != set(as_list(after))
        if is_list:
            before, after = _without(before, after), _without(after, before)
        fields.append(FieldTold(label, _in_words(before, words), _in_words(after, words), is_list))
    return Told(fields, comparison.pieces, comparison.words)


def _in_words(value: Value | None, words: Callable[[str], str]) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{day}: {', '.join(as_list(each))}" for day, each in value.items())
    return ", ".join(words(each) for each in as_list(value or ""))


def _without(value: Value | None, other: Value | None) -> Value:
    return [each for each in as_list(value or "") if each not in as_list(other or "")]


def marked(piece: Piece) -> Content:
    """Return a piece with a sign at each end of what only one of two texts has."""
    if piece.sign == SAME:
        return plain(piece.text)
    before, after, style = MARKS[piece.sign]
    core = piece.text.strip()
    if not core:
        return plain(piece.text)
    first, last = piece.text[: piece.text.index(core)], piece.text[piece.text.index(core) + len(core) :]
    inside = Content.assemble(before, plain(core), after).stylize(style)
    return Content.assemble(plain(first), inside, plain(last))
