"""Copying to the terminal's clipboard, and saying what that means."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reflect.records.record import Record
from reflect.records.wording import counted

if TYPE_CHECKING:
    from reflect.tui.app import ReflectApp

# Terminals drop what is longer, and do not say so.
MOST = 700_000
LEAVES = "It is private: a copy leaves this program's care."


def text_to_copy(record: Record) -> str:
    """Return what is copied of a record: its title as a heading, unless the text has it, and the text."""
    body = record.body.strip("\n")
    return body if body.startswith(f"# {record.title}") else f"# {record.title}\n\n{body}"


def copy(app: ReflectApp, text: str, what: str, record: Record | None = None) -> None:
    """Put a text on the clipboard and say how much it is; `what` begins the sentence."""
    if len(text) > MOST:
        app.tell("This is too long for a terminal's clipboard. o opens the file in an editor of your own.", "warning")
        return
    # Bytes that are no text cannot be sent.
    app.copy_to_clipboard(text.encode("utf-8", "replace").decode("utf-8"))
    amount = f" ({counted(len(text.split()), 'word')})" if record else ""
    care = f" {LEAVES}" if record and not record.place else ""
    app.tell(f"{what}{amount} is on the clipboard.{care}")
