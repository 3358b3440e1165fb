"""The one validator: what a field may hold, said the same way to forms, flags and imports."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from reflect.errors import ReflectError
from reflect.records import moments
from reflect.records.kinds import Field, Kind
from reflect.records.record import Record, as_list
from reflect.records.textforms import cut_at_word, folded
from reflect.records.yaml_block import Value

# Characters of a value that are said again where it cannot be taken.
MOST_ECHOED = 60
NUMBER = re.compile(r"-?\d{1,15}(?:\.\d{1,9})?")
Json = str | int | float | bool | None | list["Json"] | dict[str, "Json"]


class BadValue(ReflectError):
    """A field was given something it cannot hold."""

    def __init__(self, field: str, given: str, allowed: str) -> None:
        super().__init__(f"{field} cannot be “{cut_at_word(given, MOST_ECHOED)}”.", f"It takes {allowed}.")


def parse_value(field: Field, texts: Iterable[str]) -> Value | None:
    """Return what a person typed as it is stored, None when that empties the field.

    A list field takes several texts, and commas within one. Raises BadValue.
    """
    given = [text.strip() for text in texts if text.strip()]
    if not given:
        return None
    if field.is_list:
        return [_checked(field, each) for text in given for each in _split_list(field, text)]
    if field.type == "series":
        return _parse_series(field, ", ".join(given))
    return _checked(field, given[-1])


def allowed(field: Field) -> str:
    """Return in words what a field takes."""
    if field.choices and not field.open:
        return "one of: " + ", ".join(field.choices)
    words = {
        "choice": "a short text",
        "choices": "a list of short texts, with commas between",
        "date": "a date such as 2026-11-23",
        "number": "a number such as 12 or 3.5",
        "scale": "a whole number",
        "record": "the id of a record",
        "records": "ids of records, with commas between",
        "person": "a name from your people, or a role",
        "people": "names from your people, or roles, with commas between",
        "series": "dates and numbers: 2026-09-04=12, 2026-09-11=15",
    }
    return words.get(field.type, "a text")


def mistakes(created: str, fields: Mapping[str, Value], kind: Kind) -> list[str]:
    """Return what in a record's fields is not as its kind says, a sentence each."""
    found = []
    if created and not moments.is_moment(created):
        found.append(f"created cannot be “{created}”. It takes a date such as 2026-11-23.")
    for field in kind.fields:
        value = fields.get(field.name, "")
        if isinstance(value, dict) != (field.type == "series") and value:
            found.append(f"{field.name} is not written as {allowed(field)}.")
            continue
        for text in as_list(value):
            try:
                _checked(field, text)
            except BadValue as error:
                found.append(str(error))
    return found


def missing(record: Record, kind: Kind) -> list[str]:
    """Return the labels of the needed fields that are still empty."""
    return [each.shown_label() for each in kind.fields if each.needed and not record.fields.get(each.name)]


def as_json(field: Field | None, value: Value) -> Json:
    """Return a stored value for JSON: numbers as numbers, a series as pairs, the rest as text."""
    if field is not None and isinstance(value, str) and field.type in ("number", "scale"):
        return _number(value)
    if field is not None and field.is_list:
        return [*as_list(value)]
    if field is not None and field.type == "series" and isinstance(value, dict):
        return [[day, _number(each)] for day, values in value.items() for each in as_list(values)]
    if isinstance(value, dict):
        return {key: as_json(None, each) for key, each in value.items()}
    if isinstance(value, list):
        return [as_json(None, each) for each in value]
    return value


def _number(text: str) -> Json:
    if not NUMBER.fullmatch(text):
        return text
    return float(text) if "." in text else int(text)


def _split_list(field: Field, text: str) -> list[str]:
    # A choice may itself hold a comma; then it stands alone.
    if _matching_choice(field, text):
        return [text]
    return [part.strip() for part in text.split(",") if part.strip()]


def _matching_choice(field: Field, text: str) -> str | None:
    wanted = folded(text)
    for choices in (field.choices, field.choices_es):
        for number, choice in enumerate(choices):
            if folded(choice) == wanted:
                return field.choices[number]
    return None


def _checked(field: Field, text: str) -> str:
    """Return one text as it is stored, raises BadValue."""
    if field.type in ("choice", "choices"):
        choice = _matching_choice(field, text)
        if choice is None and not field.open:
            raise BadValue(field.name, text, allowed(field))
        return choice or text
    good = True
    if field.type == "date":
        good = moments.is_moment(text)
    elif field.type == "number":
        good = NUMBER.fullmatch(text) is not None
    elif field.type == "scale":
        good = text.isascii() and text.isdigit() and len(text) < 4
    if not good:
        raise BadValue(field.name, text, allowed(field))
    return text


def _parse_series(field: Field, text: str) -> Value:
    series: dict[str, Value] = {}
    for part in re.split(r"[,\n]", text):
        if not part.strip():
            continue
        day, equals, number = (each.strip() for each in part.partition("="))
        if not equals or not moments.is_day(day) or not NUMBER.fullmatch(number):
            raise BadValue(field.name, part.strip(), allowed(field))
        series[day] = number if day not in series else [*as_list(series[day]), number]
    return series
