"""The editor: Markdown with its marks made visible, at a width that reads well."""

from __future__ import annotations

import re
from typing import ClassVar

from rich.text import Text
from textual import events
from textual.widgets import TextArea

# One expression for all marks: a line is looked at once, whenever it is drawn.
MARKS = re.compile(
    r"(?P<heading>^#{1,6} .*)|(?P<strong>\*\*[^*\n]+\*\*)|(?P<code>`[^`\n]+`)"
    r"|(?P<link>\[\[[^\]\n]+\]\]|\[[^\]\n]*\]\([^)\n]*\))"
    r"|(?P<quote>^> .*)|(?P<mark>^\s*(?:[-*+]|\d{1,3}[.)]) )|(?P<emphasis>(?<![*\w])[*_][^*_\s][^*_\n]*[*_](?![*\w]))"
)
# To look for marks in a line of many kilobytes at each key would be felt.
LONGEST = 4_000
# The document model ends a line at these too; they are kept safe as signs that no one types.
SAFE = {ord(sign): chr(0x10F000 + ord(sign)) for sign in "\x0b\x0c\x1c\x1d\x1e\x85"} | {
    0x2028: "\U0010ff28",
    0x2029: "\U0010ff29",
}
BACK = {ord(sign): chr(code) for code, sign in SAFE.items()}


class Editor(TextArea):
    """A text area that shows headings, emphasis, quotes, lists and links."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        f"editor--{name}" for name in ("heading", "strong", "code", "link", "quote", "mark", "emphasis")
    }
    DEFAULT_CSS = """
    Editor {
        border: none;
        padding: 0 1;
        color: $foreground;
        background: $background;
        scrollbar-size-vertical: 1;
        &:focus { border: none; }
        & .text-area--cursor-line { background: $background; }
        & .editor--heading { color: $text-accent; text-style: bold; }
        & .editor--strong { text-style: bold; }
        & .editor--emphasis { text-style: italic; }
        & .editor--code { color: $text-success; }
        & .editor--link { color: $link-color; text-style: underline; }
        & .editor--quote { color: $text-muted; text-style: italic; }
        & .editor--mark { color: $text-accent; }
    }
    """

    def __init__(self, id: str | None = None) -> None:
        super().__init__("", id=id, soft_wrap=True, tab_behavior="focus", show_line_numbers=False, compact=True)
        self.cursor_blink = False
        self.highlight_cursor_line = False

    def load(self, text: str) -> None:
        """Take a text to edit, with nothing to undo."""
        self.load_text(text.replace("\r\n", "\n").replace("\r", "\n").translate(SAFE))

    def replace_all(self, text: str) -> None:
        """Put another text in place of all of it, so that undo brings the old one back."""
        self.replace(text.translate(SAFE), (0, 0), self.document.end)

    @property
    def content_text(self) -> str:
        """The text as it is to be kept, every line ended by a newline character alone."""
        return "\n".join(self.document.lines).translate(BACK)

    def get_line(self, line_index: int) -> Text:
        """Return a line with its marks styled."""
        line = super().get_line(line_index)
        if len(line.plain) <= LONGEST:
            for match in MARKS.finditer(line.plain):
                style = self.get_component_rich_style(f"editor--{match.lastgroup}", partial=True)
                line.stylize(style, match.start(), match.end())
        return line

    def heading_above(self) -> str:
        """Return the heading of the section that the cursor stands in, `""` above the first."""
        for number in range(self.cursor_location[0], -1, -1):
            line = self.document.get_line(number)
            if line.startswith("## "):
                return line[3:].strip()
        return ""

    def on_paste(self, event: events.Paste) -> None:
        """Make what is pasted fit to be kept; the text area then takes it."""
        event.text = event.text.replace("\r\n", "\n").replace("\r", "\n").translate(SAFE)
