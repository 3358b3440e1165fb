"""Reading a TOML text that anyone may have written, and writing a text into one."""

from __future__ import annotations

import json
import tomllib
from typing import Any

from reflect.errors import ReflectError
from reflect.records.textforms import cleaned

# A key of 30,000 parts takes tomllib 20 seconds; no line of a text that someone wrote has so many dots.
MAX_DOTS = 100


def read_toml(text: str, where: str) -> dict[str, Any]:
    """Return what a TOML text says, cleaned; raises ReflectError naming the file, whatever the text is."""
    try:
        if text.count(".") > MAX_DOTS and any(line.count(".") > MAX_DOTS for line in text.split("\n")):
            raise RecursionError
        found = tomllib.loads(text)
        # Only an escape, or the characters themselves, can bring in what would steer a terminal.
        is_plain = "\\" not in text and cleaned(text) == text
        return found if is_plain else {cleaned(key): _clean(value) for key, value in found.items()}
    except RecursionError:
        why = "nested too deeply"
    except tomllib.TOMLDecodeError as error:
        why = str(error)[:200]
    except ValueError:
        why = "a number in it is too long"
    raise ReflectError(f"{where}: not TOML: {why}.", "Mend the file, then try again.") from None


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return cleaned(value)
    if isinstance(value, list):
        return [_clean(each) for each in value]
    return {cleaned(key): _clean(each) for key, each in value.items()} if isinstance(value, dict) else value


def quoted(text: str) -> str:
    """Return the text as a basic string of TOML (toml.io/en/v1.0.0#string)."""
    # A JSON string is one too, but for DEL, which TOML wants escaped, and halves of characters.
    whole = text.encode("utf-8", "replace").decode("utf-8")
    return json.dumps(whole, ensure_ascii=False).replace("\x7f", "\\u007f")
