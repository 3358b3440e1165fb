"""From a line that was typed to the words of a command; what can be said, and what was perhaps meant."""

from __future__ import annotations

import re
from collections.abc import Iterable

from reflect.cli.group import COMMANDS

# In these the words are text of a person, where an apostrophe is no quote.
TEXTS = ("write", "call-in", "finding", "new", "respond")
# Their first word names a record; a number means a line of the last list.
OF_A_RECORD = (
    "show",
    "edit",
    "history",
    "diff",
    "restore",
    "delete",
    "read",
    "respond",
    "carry",
    "share",
    "withdraw",
    "distill",
)
OWN = ("next", "more", "back", "another", "open", "discard", "help", "quit", "q", "exit")
PROGRAM = re.compile(rf"\breflect (?={'|'.join(name for names in COMMANDS.values() for name in names)}\b)")
WORD = re.compile(r'(?:[^\s"]|"[^"]*"?)+')

HELP = """\
Say a word and press enter. A number means that line of the last list.
today: the question of the day, and what waits. another: another question.
write: write a reflection. call-in: prepare a conversation, or look back on one.
finding, new KIND: write a record of another kind. kinds lists them.
list, search WORDS, agenda, drafts, loop: lists.
next: go on in what was cut short. back: what was shown before.
3: open line 3. edit 3, history 3, diff 3, delete 3: do that with it.
restore 3: bring back what was deleted, or a state of a history.
loop rest 3, loop snooze 3: settle something due. discard 3: throw a draft away.
undo: take back the last change.
config, doctor, import, frameworks, prompts: more; help WORD explains a word.
While you write, a line with only a period ends a part; :help says more.
ctrl+c stops what you are doing, and keeps what you wrote. quit leaves."""


def split(line: str) -> list[str]:
    """Return the words of a line; double quotes hold words together, an apostrophe is a letter.

    In a search, quotes around words stay: there they mean a phrase.
    """
    words = WORD.findall(line.strip().replace("“", '"').replace("”", '"'))
    is_search = bool(words) and words[0].casefold() == "search"
    found = []
    for number, word in enumerate(words):
        is_phrase = is_search and word.startswith('"') and not words[number - 1].startswith("--")
        found.append(word if is_phrase else word.replace('"', ""))
    return found


def as_said_here(text: str) -> str:
    """Return a sentence that names commands of a shell, with their names as they are said here."""
    return PROGRAM.sub("", text)


def has_options(words: Iterable[str]) -> bool:
    """Say whether some word is an option of a command, and not a dash in a text."""
    return any(re.fullmatch(r"--[a-z][a-z-]*(=.*)?|-[atek]", word) for word in words)


def all_names() -> list[str]:
    """Return every word that a line may begin with."""
    return [*(name for names in COMMANDS.values() for name in names), *OWN]
