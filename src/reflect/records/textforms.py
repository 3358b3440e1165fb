"""How texts are compared, shortened and cleaned before they are shown."""

from __future__ import annotations

import re
import unicodedata

TITLE_LENGTH = 72
SLUG_LENGTH = 48

# Escape sequences, C0 and C1 controls and bidirectional overrides can forge what a terminal shows.
UNSAFE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
# Characters with nothing to see: joiners, marks of direction, fillers, variation selectors, tags.
NO_ROOM = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\u3164\ufe00-\ufe0f\ufeff\uffa0\U000e0000-\U000e0fff]"
)
# After the short form of a title a name goes on, not a sentence.
_TITLE = "".join(rf"(?<!\b{each}\.)" for each in ("Mr", "Mrs", "Ms", "Mx", "Dr", "Sr", "Sra", "Srta", "Prof", "St"))
SENTENCE_END = re.compile(rf"(?<=[.!?…]){_TITLE}[\"'”’)]*\s")


def folded(text: str) -> str:
    """Return the text as it is compared: NFC, trimmed, case ignored."""
    return unicodedata.normalize("NFC", text).strip().casefold()


def as_seen(text: str) -> str:
    """Return a text as an eye tells it from others: folded, and without what takes no room."""
    return folded(text if text.isascii() else NO_ROOM.sub("", text))


def is_seen(text: str) -> bool:
    """Say whether there is anything to see in a text."""
    return bool(text if text.isascii() else as_seen(text))


def cleaned(text: str) -> str:
    """Return the text with everything that could steer a terminal made visible as `�`."""
    return UNSAFE.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))


def one_line(text: str) -> str:
    """Return the text cleaned and with every run of white space as one blank."""
    return " ".join(cleaned(text).split())


def cut_at_word(text: str, length: int) -> str:
    """Return at most `length` characters, cut at a blank where there is one, with an ellipsis if cut."""
    if len(text) <= length:
        return text
    head = text[:length]
    at_blank = head.rsplit(" ", 1)[0]
    return (at_blank if len(at_blank) > length // 3 else head[:-1]).rstrip(" ,;:-") + "…"


def first_sentence(text: str) -> str:
    """Return the first sentence of a text, on one line, short enough for a title."""
    paragraph = text.strip().split("\n\n", 1)[0]
    line = one_line(paragraph.lstrip("#>*-+ \t"))
    return cut_at_word(SENTENCE_END.split(line, maxsplit=1)[0], TITLE_LENGTH)


def slug(title: str, empty: str) -> str:
    """Return the title as ASCII letters, digits and `-`, cut at a word to 48; `empty` if nothing is left."""
    ascii_text = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode()
    words = re.findall(r"[a-z0-9]+", ascii_text.lower())
    kept: list[str] = []
    for word in words:
        if kept and len("-".join([*kept, word])) > SLUG_LENGTH:
            break
        kept.append(word[:SLUG_LENGTH])
    return "-".join(kept) or empty
