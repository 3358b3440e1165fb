"""Spell checking with Hunspell's dictionaries, where one is installed; words of one's own are known too."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Protocol

from reflect.errors import ReflectError
from reflect.paths import private_folder
from reflect.store.files import write_durably
from reflect.tui.widgets.editor import WORD

# Where systems keep dictionaries; English comes with the library.
FOLDERS = ("/usr/share/hunspell", "/usr/share/myspell/dicts", "/opt/homebrew/share/hunspell", "/Library/Spelling")
USUAL = {"en": "en_US", "es": "es_ES"}
HOW_TO = "To add one, run: pip install 'reflect-tui[spell]'"
# Code, links, addresses, tags and people are no words to check, nor is what digits stand in.
LEFT_OUT = re.compile(
    r"`[^`]*`|\[\[[^\]]*\]\]|\]\([^)]*\)|\w+://\S+|\S+@\S+|(?<!\S)[#@][\w-]+|\w*[\d_]\w*(?:['’-]\w+)*|&\w+;|\w+[.]\w{2,4}\b/?"
)
SENTENCE = re.compile(r"(?:^[\s>#*+-]*(?:\d{1,3}[.)]\s+)?|[.!?…:]['\"”’)]*\s+|[“\"(‘¿¡]\s*)$")
LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[_-][A-Za-z0-9]{2,8})?")
KNOWN_LINES = 4_000
OFFERED = 7


class Dictionary(Protocol):
    """What Hunspell does."""

    def spell(self, word: str) -> bool:
        """Say whether a word is known."""

    def suggest(self, word: str) -> Sequence[str]:
        """Return words that are near."""


class NoDictionary(ReflectError):
    """There is no dictionary for a language on this computer."""


class Speller:
    """Says what is unknown in a line. A line is looked at once, until a word is learned."""

    def __init__(self, dictionary: Dictionary, words: Path, names: Iterable[str] = ()) -> None:
        self._dictionary = dictionary
        self._words = words
        self._own = {_plain(word) for text in [*names, *_read(words)] for word in WORD.findall(text)}
        self._lines: dict[str, list[tuple[int, int]]] = {}
        self._known: dict[str, bool] = {}

    def unknown(self, line: str) -> list[tuple[int, int]]:
        """Return where words stand in a line that no dictionary knows."""
        found = self._lines.get(line)
        if found is None:
            if len(self._lines) >= KNOWN_LINES:
                self._lines.clear()
            found = self._lines[line] = self._look(line)
        return found

    def is_known(self, word: str) -> bool:
        """Say whether a word is known as it is written."""
        known = self._known.get(word)
        if known is None:
            known = self._known[word] = _plain(word) in self._own or self._is_in_dictionary(word)
        return known

    def suggestions(self, word: str) -> list[str]:
        """Return words that may have been meant, the nearest first."""
        try:
            return list(self._dictionary.suggest(word.replace("’", "'")))[:OFFERED]
        except UnicodeEncodeError:
            return []

    def learn(self, word: str) -> None:
        """Put a word into one's own list, for good; raises SaveFailed."""
        words = sorted({*_read(self._words), word}, key=str.casefold)
        private_folder(self._words.parent)
        write_durably(self._words, "".join(f"{each}\n" for each in words).encode())
        self._own.add(_plain(word))
        self._known.clear()
        self._lines.clear()

    def _look(self, line: str) -> list[tuple[int, int]]:
        # What is left out is blanked, so that places stay what they are.
        text = LEFT_OUT.sub(lambda match: " " * len(match[0]), line)
        return [
            match.span()
            for match in WORD.finditer(text)
            if len(match[0]) > 1 and not _is_name(match, text) and not self.is_known(match[0])
        ]

    def _is_in_dictionary(self, word: str) -> bool:
        try:
            return self._dictionary.spell(word.replace("’", "'"))
        except UnicodeEncodeError:
            # A sign that the dictionary's language does not have: a word of another one.
            return True


def load_speller(lang: str, config: Path, names: Iterable[str]) -> Speller:
    """Return the speller of a language, from a folder of one's own or the system's; raises NoDictionary."""
    if find_spec("hunspell") is None:
        raise NoDictionary("Spell checking needs a dictionary.", HOW_TO)
    if not LANGUAGE.fullmatch(lang):
        # It stands in a file, and may be anything; it must not become a path.
        raise NoDictionary(f"“{lang}” names no language.")
    return Speller(_dictionary(lang, str(config / "dictionaries")), config / "words.txt", names)


@cache
def _dictionary(lang: str, own_folder: str) -> Dictionary:
    # 20 MB and 50 ms, and without it all else works.
    from hunspell import Hunspell, HunspellFilePathError

    name = USUAL.get(lang, lang)
    for folder in ("", own_folder, *FOLDERS):
        for each in dict.fromkeys((name, lang, *_others(folder, lang))):
            try:
                dictionary: Dictionary = Hunspell(each, hunspell_data_dir=folder) if folder else Hunspell(each)
            except HunspellFilePathError:
                continue
            return dictionary
    raise NoDictionary(
        f"There is no dictionary for “{lang}”.", f"Install one for Hunspell, or put {name}.aff and .dic in {own_folder}"
    )


def _others(folder: str, lang: str) -> list[str]:
    """Return the dictionaries of other countries for a language: es_MX for es."""
    return sorted(path.stem for path in Path(folder).glob(f"{lang[:2]}_*.dic")) if folder else []


def _is_name(match: re.Match[str], text: str) -> bool:
    """Say whether capitals mark a word as a name or an abbreviation; the first of a sentence is none."""
    word = match[0]
    if any(each.isupper() for each in word[1:]):
        return True
    return word[0].isupper() and SENTENCE.search(text, max(0, match.start() - 12), match.start()) is None


def _plain(word: str) -> str:
    return word.replace("’", "'").casefold()


def _read(path: Path) -> list[str]:
    try:
        return [line.strip() for line in path.read_text("utf-8", "replace").splitlines() if line.strip()]
    except OSError:
        return []
