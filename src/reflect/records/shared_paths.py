"""Which files of a shared place are shown: names that are legal everywhere, regular files, a sensible size.

What is not shown stays in the place's history, and never stands in the way of the rest.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from reflect.records.document import MAX_RECORD

DEEPEST = 8
LONGEST_PART = 120
REGULAR = ("100644", "100755")
# Nearly every name is of these only, and each of a large place is looked at.
PLAIN = re.compile(r"[A-Za-z0-9 _\-.()',]*")
# Letters to Unicode, but nothing to see: fillers, joiners and variation selectors.
INVISIBLE = re.compile("[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0\U000e0100-\U000e01ef]")
# With or without an ending; Windows takes the raised digits for digits.
DEVICE = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[0-9¹²³])[ ]*(\..*)?", re.IGNORECASE)
NO_FILE = "it is no regular file"
KINDS = {"120000": "it is a link", "160000": "it is another repository", "040000": "it is a folder"}


def is_shown(path: str, mode: str = "100644", size: int = 0) -> bool:
    """Say whether a file of a shared place is shown; `mode` is git's, `size` in bytes."""
    return not why_not_shown(path, mode, size)


def why_not_shown(path: str, mode: str = "100644", size: int = 0) -> str:
    """Return why a file is not shown, as words that go after its name, `""` when it is."""
    if mode not in REGULAR:
        return KINDS.get(mode, NO_FILE)
    parts = path.split("/")
    for part in parts:
        why = _why_bad(part)
        if why:
            return why
    if len(parts) > DEEPEST:
        return f"it lies {len(parts)} levels deep, and {DEEPEST} are looked at"
    if size > MAX_RECORD:
        return f"it has {size / (1 << 20):,.1f} MiB, and {MAX_RECORD >> 20} are taken"
    return ""


def folded_path(path: str) -> str:
    """Return what a system that knows no capitals, or other accents, takes a path for."""
    if path.isascii():
        return path.lower()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFD", path).casefold())


def twins(paths: Iterable[str]) -> dict[str, str]:
    """Return the paths that differ from another one by capitals only, each with the one that is shown instead.

    The one in small letters is shown: those of this program are, so that no stranger's file can hide them.
    """
    by_form: dict[str, list[str]] = {}
    for path in paths:
        by_form.setdefault(folded_path(path), []).append(path)
    hidden: dict[str, str] = {}
    for same in by_form.values():
        if len(same) > 1:
            # Small letters come after capitals.
            shown = max(same)
            hidden |= {path: shown for path in same if path != shown}
    return hidden


def _why_bad(part: str) -> str:
    if part in ("", ".", ".."):
        return "its name leads to another folder"
    try:
        length = len(part.encode())
    except UnicodeEncodeError:
        return "its name is not UTF-8 text"
    if length > LONGEST_PART:
        return f"a part of its name has {length} bytes, and {LONGEST_PART} are taken"
    if part[0] in ".-":
        return f"a part of its name begins with “{part[0]}”"
    if part[-1] in ". ":
        return "a part of its name ends with a dot or a blank"
    if not PLAIN.fullmatch(part):
        if not all(_is_allowed(char) for char in part) or INVISIBLE.search(part):
            return "its name has a character that is not legal everywhere"
        if not unicodedata.is_normalized("NFC", part):
            return "its name writes an accent in a way that some systems change"
    if DEVICE.fullmatch(part):
        return "Windows takes a part of its name for a device"
    return ""


def _is_allowed(char: str) -> bool:
    if char.isascii():
        return bool(PLAIN.fullmatch(char))
    category = unicodedata.category(char)
    return category[0] in "LM" or category == "Nd"
