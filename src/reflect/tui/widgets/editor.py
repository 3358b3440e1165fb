"""The editor: Markdown with its marks made visible, at a width that reads well."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import ClassVar

from rich.text import Text
from textual import events
from textual.document._document import Document, Location
from textual.document._document_navigator import DocumentNavigator
from textual.strip import Strip
from textual.widgets import TextArea

from reflect.tui.widgets.wrapping import QuickWrap

# One expression for all marks: a line is looked at once, whenever it is drawn.
MARKS = re.compile(
    r"(?P<heading>^#{1,6} .*)|(?P<strong>\*\*[^*\n]+\*\*)|(?P<code>`[^`\n]+`)"
    r"|(?P<link>\[\[[^\]\n]+\]\]|\[[^\]\n]*\]\([^)\n]*\))"
    r"|(?P<quote>^> .*)|(?P<mark>^\s*(?:[-*+]|\d{1,3}[.)]) )|(?P<emphasis>(?<![*\w])[*_][^*_\s][^*_\n]*[*_](?![*\w]))"
)
ITEM = re.compile(
    r"(?P<indent>\s*)(?:(?P<sign>[-*+])|(?P<number>\d{1,3})(?P<end>[.)]))(?P<gap>\s+)(?P<box>\[[ xX]\] )?"
)
WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
# To look for marks in a line of many kilobytes at each key would be felt.
LONGEST = 4_000
# So many lines as they were drawn are kept; those that did not change are not drawn again at each key.
DRAWN = 1_000
STEPS_BACK = 500
# The document model ends a line at these too; they are kept safe as signs that no one types.
SAFE = {ord(sign): chr(0x10F000 + ord(sign)) for sign in "\x0b\x0c\x1c\x1d\x1e\x85"} | {
    0x2028: "\U0010ff28",
    0x2029: "\U0010ff29",
}
BACK = {ord(sign): chr(code) for code, sign in SAFE.items()}
Places = Sequence[tuple[int, int]]


class Editor(TextArea):
    """A text area that shows headings, emphasis, quotes, lists and links, what was found, and unknown words."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"editor--{name}"
        for name in ("heading", "strong", "code", "link", "quote", "mark", "emphasis", "found", "here", "unknown")
    }
    DEFAULT_CSS = """
    Editor {
        border: none;
        padding: 0 1;
        color: $foreground;
        background: $background;
        scrollbar-size-vertical: 1;
        scrollbar-gutter: stable;
        &:focus { border: none; }
        & .text-area--cursor-line { background: $background; }
        & .editor--heading { color: $text-accent; text-style: bold; }
        & .editor--strong { text-style: bold; }
        & .editor--emphasis { text-style: italic; }
        & .editor--code { color: $text-success; }
        & .editor--link { color: $link-color; text-style: underline; }
        & .editor--quote { color: $text-muted; text-style: italic; }
        & .editor--mark { color: $text-accent; }
        & .editor--found { text-style: underline; background: $block-cursor-blurred-background; color: $text-warning; }
        & .editor--here { text-style: reverse bold; }
        & .editor--unknown { text-style: underline; }
    }
    """

    def __init__(self, id: str | None = None) -> None:
        self._drawn: dict[object, Strip] = {}
        self._counts: dict[str, int] = {}
        self._found: Mapping[int, Places] = {}
        self._here: tuple[int, int, int] | None = None
        self._unknown: Callable[[str], Places] | None = None
        super().__init__(
            "",
            id=id,
            soft_wrap=True,
            tab_behavior="focus",
            show_line_numbers=False,
            compact=True,
            max_checkpoints=STEPS_BACK,
        )
        self.cursor_blink = False
        self.highlight_cursor_line = False

    # The text

    def load(self, text: str) -> None:
        """Take a text to edit, with nothing to undo."""
        self.load_text(_fit(text))

    def replace_all(self, text: str) -> None:
        """Put another text in place of all of it; undo brings the old one back in one step."""
        before, after = "\n".join(self.document.lines), _fit(text)
        if before == after:
            return
        # Only what differs is replaced, so that the cursor stays at its words.
        start = _shared(before, after)
        end = _shared(before[start:][::-1], after[start:][::-1])
        self.history.checkpoint()
        self.replace(after[start : len(after) - end], _place(before, start), _place(before, len(before) - end))
        self.history.checkpoint()

    @property
    def content_text(self) -> str:
        """The text as it is to be kept, every line ended by a newline character alone."""
        return "\n".join(self.document.lines).translate(BACK)

    @property
    def word_count(self) -> int:
        """How many words there are, headings of sections left out; a line is counted once."""
        known, counts, total = self._counts, {}, 0
        for line in self.document.lines:
            count = known.get(line)
            if count is None:
                count = 0 if line.startswith("## ") else len(line.split())
            counts[line] = count
            total += count
        self._counts = counts
        return total

    def heading_above(self) -> str:
        """Return the heading of the section that the cursor stands in, `""` above the first."""
        for line in reversed(self.document.lines[: self.cursor_location[0] + 1]):
            if line.startswith("## "):
                return line[3:].strip()
        return ""

    def before_cursor(self) -> str:
        """Return what stands before the cursor in its line."""
        row, column = self.cursor_location
        return self.document.get_line(row)[:column]

    def word_here(self) -> tuple[str, Location, Location] | None:
        """Return the word at the cursor with its place, None where there is none."""
        row, column = self.cursor_location
        for match in WORD.finditer(self.document.get_line(row)):
            if match.start() <= column <= match.end():
                return match[0], (row, match.start()), (row, match.end())
        return None

    # Typing

    def on_key(self, event: events.Key) -> None:
        """Go on with a list at the end of an item."""
        if event.key == "enter" and not self.read_only and self._go_on_with_list():
            event.stop()
            event.prevent_default()

    def on_paste(self, event: events.Paste) -> None:
        """Make what is pasted fit to be kept; the text area then takes it."""
        event.text = _fit(event.text)

    def find_matching_bracket(self, bracket: str, search_from: Location) -> Location | None:
        """Match no brackets: in prose it says nothing, and looking for one may take the whole text."""
        return None

    def _go_on_with_list(self) -> bool:
        row, column = self.cursor_location
        line = self.document.get_line(row)
        item = ITEM.match(line)
        if item is None or column < item.end() or not self.selection.is_empty:
            return False
        if not line[item.end() :].strip():
            # Without a line between, what comes next would still belong to the last item.
            self.replace("\n", (row, 0), (row, len(line)), maintain_selection_offset=False)
            return True
        sign = item["sign"] or f"{int(item['number']) + 1}{item['end']}"
        box = "[ ] " if item["box"] else ""
        self.insert(f"\n{item['indent']}{sign}{item['gap']}{box}", maintain_selection_offset=False)
        return True

    # What is marked in it

    def show_found(self, found: Mapping[int, Places], here: tuple[int, int, int] | None = None) -> None:
        """Mark places by line, and the one that one is at as (line, start, end)."""
        self._found, self._here = found, here
        self._draw_again()

    def show_unknown(self, unknown: Callable[[str], Places] | None) -> None:
        """Underline the places that a function names in a line, None for nowhere."""
        self._unknown = unknown
        self._draw_again()

    def get_line(self, line_index: int) -> Text:
        """Return a line with its marks styled."""
        line = super().get_line(line_index)
        if len(line.plain) <= LONGEST:
            for match in MARKS.finditer(line.plain):
                line.stylize(self._style(match.lastgroup or ""), match.start(), match.end())
            self._mark_unknown(line, line_index)
        self._mark_found(line, line_index)
        return line

    def _mark_unknown(self, line: Text, row: int) -> None:
        if self._unknown is None or self._is_code(row):
            return
        here = self.selection.end if self.has_focus else None
        for start, end in self._unknown(line.plain):
            # A word that is being typed is not wrong yet.
            if here != (row, end):
                line.stylize(self._style("unknown"), start, end)

    def _mark_found(self, line: Text, row: int, cut: int = 0) -> None:
        for start, end in self._found.get(row, ()):
            if end > cut and start < cut + len(line.plain):
                name = "here" if self._here == (row, start, end) else "found"
                line.stylize(self._style(name), max(0, start - cut), end - cut)

    def _is_code(self, row: int) -> bool:
        lines = self.document.lines
        return sum(line.startswith("```") for line in lines[: row + 1]) % 2 == 1

    def _style(self, name: str) -> str:
        return self.get_component_rich_style(f"editor--{name}", partial=True)  # type: ignore[return-value]

    # Drawing. The text area draws every line anew at each key, and a wrapped line in full for each of its rows.

    def render_line(self, y: int) -> Strip:
        """Return a row, as it was drawn before where nothing in it changed."""
        number = y + self.scroll_offset.y
        rows = self.wrapped_document._offset_to_line_info
        if number >= len(rows):
            return super().render_line(y)
        row, section = rows[number]
        line = self.document.get_line(row)
        is_long = len(line) > LONGEST
        if self.selection.contains_line(row):
            return self._section(row, section, line) if is_long else super().render_line(y)
        here = self._here if self._here is not None and self._here[0] == row else None
        key = (line, section, self.scrollable_content_region.width, tuple(self._found.get(row, ())), here)
        strip = self._drawn.get(key)
        if strip is None:
            if len(self._drawn) >= DRAWN:
                self._drawn.clear()
            strip = self._drawn[key] = self._section(row, section, line) if is_long else super().render_line(y)
        return strip

    def notify_style_update(self) -> None:
        """Draw all anew in other colors."""
        self._drawn.clear()
        super().notify_style_update()

    def _draw_again(self) -> None:
        self._drawn.clear()
        self._line_cache.clear()
        self.refresh()

    def _section(self, row: int, section: int, line: str) -> Strip:
        """Return one row of a very long line, of which only that row is looked at."""
        ends = [0, *self.wrapped_document.get_offsets(row), len(line)]
        start, end = ends[section], ends[section + 1]
        # Room for a cursor behind the last sign.
        text = Text(
            line[start:end] + (" " if end == len(line) else ""), end="", no_wrap=True, tab_size=self.indent_width
        )
        theme, (first, last) = self._theme, sorted(self.selection)
        self._mark_found(text, row, start)
        if first != last and first[0] <= row <= last[0] and theme.selection_style:
            begins = first[1] - start if first[0] == row else 0
            ends_at = last[1] - start if last[0] == row else len(text)
            text.stylize(theme.selection_style, max(0, begins), max(0, ends_at))
        at = self.selection.end[1] - start
        if self.selection.end[0] == row and 0 <= at < len(text) and self._draw_cursor and theme.cursor_style:
            text.stylize(theme.cursor_style, at, at + 1)
        text.expand_tabs()
        base = theme.base_style or self.rich_style
        strip = Strip(text.render(self.app.console), text.cell_len)
        return strip.extend_cell_length(self.scrollable_content_region.width, base).apply_style(base)

    def _set_document(self, text: str, language: str | None) -> None:
        self._highlight_query = None
        self.document = Document(text)
        self.wrapped_document = QuickWrap(self.document, tab_width=self.indent_width)
        self.navigator = DocumentNavigator(self.wrapped_document)
        self._build_highlight_map()
        self.move_cursor((0, 0))
        self._rewrap_and_refresh_virtual_size()


def _fit(text: str) -> str:
    """Return a text as the document model can hold it: one kind of line end, and no other that it would split at."""
    return text.replace("\r\n", "\n").replace("\r", "\n").translate(SAFE)


def _place(text: str, index: int) -> Location:
    return text.count("\n", 0, index), index - (text.rfind("\n", 0, index) + 1)


def _shared(one: str, other: str) -> int:
    """Return how many signs two texts have in common at their beginning."""
    pairs = enumerate(zip(one, other, strict=False))
    return next((number for number, (here, there) in pairs if here != there), min(len(one), len(other)))
