"""What a person decides where a place elsewhere was replaced, rolled back, emptied, or had much removed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reflect.community.outcome import MINE, THEIRS
from reflect.records.wording import counted
from reflect.tui.dialogs.ask import AskDialog

if TYPE_CHECKING:
    from reflect.community.outcome import Question
    from reflect.tui.app import ReflectApp

KEYS = {"t": THEIRS, "m": MINE}


def ask(app: ReflectApp, name: str, question: Question, unsent: int) -> None:
    """Ask what is to become of a place whose question waits, and sync it with the answer."""

    def answered(key: str | None) -> None:
        if key in KEYS:
            app.syncer.begin(is_asked=True, names=[name], take=KEYS[key])

    dialog = AskDialog(
        f"What is to become of {name} here?",
        what_happened(question, unsent),
        answers(question),
        for_meetings=True,
    )
    app.push_screen(dialog, answered)


def what_happened(question: Question, unsent: int) -> str:
    """Return what the place elsewhere did and what of one's own it concerns, in plain words."""
    parts = [question.words]
    if question.why == "emptied" and question.gone:
        parts.append(f"To follow means that {counted(question.gone, 'record')} here would go.")
    parts.append("Nothing has changed here so far.")
    if not question.is_own:
        parts.append("It may be meant, or a mistake: whoever keeps the place knows.")
    if unsent:
        was = "was" if unsent == 1 else "were"
        parts.append(
            f"{counted(unsent, 'record')} of yours {was} not sent yet: to follow keeps what you wrote in them."
        )
    else:
        parts.append("All that you wrote was sent there before.")
    return " ".join(parts)


def answers(question: Question) -> list[tuple[str, str]]:
    """Return the keys of the answers with what each means; the safe one stands first."""
    goes = f": {counted(question.gone, 'record')} {'goes' if question.gone == 1 else 'go'} here too"
    says = {"t": f"Follow it{goes if question.gone else ''}", "m": "Keep what is here, and put it back there"}
    offered = [(key, says[key]) for key, answer in KEYS.items() if answer in question.answers]
    return [("escape", "Decide later: nothing changes, here or there"), *offered]
