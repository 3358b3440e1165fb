"""Writing a text into a TOML file."""

from __future__ import annotations

import json


def quoted(text: str) -> str:
    """Return the text as a basic string of TOML (toml.io/en/v1.0.0#string)."""
    # A JSON string is one too, but for DEL, which TOML wants escaped, and halves of characters.
    whole = text.encode("utf-8", "replace").decode("utf-8")
    return json.dumps(whole, ensure_ascii=False).replace("\x7f", "\\u007f")
