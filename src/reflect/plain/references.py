"""Numbers of lines in place of ids: from what was typed to what a command understands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from reflect.errors import ReflectError
from reflect.plain import words as said
from reflect.plain.rows import Item
from reflect.plain.shelf import Shelf, is_alone

WHAT = {"record": "record", "draft": "draft", "prompt": "question", "state": "state of a record", "kind": "kind"}
# Without a word after them, these mean the record that was shown or saved last.
OF_THE_LAST = ("show", "edit", "history", "diff")
# Groups of commands, where the number stands behind the command of the group.
GROUPS = ("loop", "drafts", "community")


def with_references(shelf: Shelf, last: Item | None, name: str, rest: Sequence[str]) -> list[str]:
    """Return the words after a command with numbers as what they stand for; raises NotFound, ReflectError."""
    words = with_numbers_of_options(shelf, rest)
    if name not in (*said.OF_A_RECORD, "agenda", *GROUPS):
        return words
    if name == "agenda" and words and not said.has_options(words):
        # A title has several words.
        words = [" ".join(words)]
    names_none = not words or (words[0].startswith("-") and not any(map(is_alone, words)))
    if name in OF_THE_LAST and names_none:
        return [last.ref, *words] if last else words
    place = 1 if name in GROUPS else 0
    if len(words) <= place or not is_alone(words[place]):
        return words
    item = shelf.item(int(words[place].rstrip(".")))
    return [*words[:place], *_reference(name, item), *words[place + 1 :]]


def with_numbers_of_options(shelf: Shelf, rest: Iterable[str]) -> list[str]:
    """Return words in which a number after `--agenda` is the record of that line."""
    words = list(rest)
    for place, word in enumerate(words[1:], 1):
        if words[place - 1] in ("--agenda", "-a") and is_alone(word):
            words[place] = shelf.item(int(word.rstrip("."))).ref
    return words


def _reference(name: str, item: Item) -> list[str]:
    if item.what == "state":
        return [item.ref, item.more] if name == "diff" else [item.ref, "--at", item.more]
    if name == "loop" and item.more:
        return [item.ref, item.more]
    if (item.what == "draft") != (name == "drafts") or item.what in ("prompt", "kind"):
        raise ReflectError(f"That line is a {WHAT[item.what]}.", "Say its number alone to open it.")
    return [item.ref]
