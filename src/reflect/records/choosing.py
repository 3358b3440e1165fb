"""Two texts of one record that stand side by side, and the one text that a person makes of them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from reflect.records import markdown
from reflect.records.document import Document
from reflect.records.record import as_list
from reflect.records.resolving import CONFLICT_OF
from reflect.records.textforms import folded

# What says which of the two a text is; it never goes over into the other.
OWN_KEYS = ("id", CONFLICT_OF)
PARAGRAPHS = re.compile(r"\n[ \t]*\n+")


def in_place_of(record: str, other: str) -> str:
    """Return the other text as the text of the record: under its id, and no second version of anything."""
    document = Document.parse(other)
    document = document.with_value("id", Document.parse(record).values.get("id"))
    return document.with_value(CONFLICT_OF, None).text


def both(record: str, other: str) -> str:
    """Return the record with all that only the other text says: list values, empty fields, and paragraphs.

    A paragraph that only the other has stands at the end of the same section, after those of the record.
    """
    first, second = Document.parse(record), Document.parse(other)
    for key, value in second.values.items():
        present = first.values.get(key)
        if key in OWN_KEYS or value == present:
            continue
        if not present:
            first = first.with_value(key, value)
        elif isinstance(present, list):
            first = first.with_value(key, [*present, *(each for each in as_list(value) if each not in present)])
    return first.with_body(_bodies(first.body, second.body)).text


def differing(record: str, other: str) -> list[tuple[str, str, str]]:
    """Return (field or section, what the record says, what the other says) where the two differ."""
    first, second = Document.parse(record), Document.parse(other)
    keys = dict.fromkeys([*first.values, *second.values])
    found = [
        (key, ", ".join(as_list(first.values.get(key, ""))), ", ".join(as_list(second.values.get(key, ""))))
        for key in keys
        if key not in OWN_KEYS and first.values.get(key) != second.values.get(key)
    ]
    one, two = _parts(first.body), _parts(second.body)
    titles = dict.fromkeys([*one, *two])
    return found + [
        (title, one.get(title, ("", ""))[1].strip(), two.get(title, ("", ""))[1].strip())
        for title in titles
        if one.get(title, ("", ""))[1].strip() != two.get(title, ("", ""))[1].strip()
    ]


def _bodies(first: str, second: str) -> str:
    one, two = _parts(first), _parts(second)
    texts = []
    for key, (heading, text) in {**two, **one}.items():
        more = [each for each in _paragraphs(two.get(key, ("", ""))[1]) if each not in _paragraphs(text)]
        kept = text.rstrip("\n") + "".join(f"\n\n{each}" for each in more) if key in one and more else text
        texts.append((key, heading + kept.rstrip("\n")))
    order = [*one, *(key for key in two if key not in one)]
    by_key = dict(texts)
    return "\n\n".join(by_key[key].strip("\n") for key in order if by_key[key].strip()).join(("\n", "\n"))


def _parts(body: str) -> dict[str, tuple[str, str]]:
    """Return a body by its folded headings: each heading line, and what stands under it; `""` is above the first."""
    lines = markdown.lines_of(body)
    found = markdown.sections(body)
    starts = [each.start for each in found] + [len(lines)]
    parts = {"": ("", "".join(lines[: starts[0]]))}
    for number, each in enumerate(found):
        text = "".join(lines[each.start + 1 : starts[number + 1]])
        key = folded(each.title)
        heading, before = parts.get(key, (lines[each.start], ""))
        parts[key] = (heading, before + text)
    return parts


def _paragraphs(text: str) -> Sequence[str]:
    return [each.strip("\n") for each in PARAGRAPHS.split(text.strip("\n")) if each.strip()]
