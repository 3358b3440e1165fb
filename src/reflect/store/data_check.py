"""Checking a data file of one's own: which sort it is, and what is wrong in it, with file, line and what is allowed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from reflect.errors import NotFound
from reflect.records.journeys import Journey, check_against_kinds, parse_journey
from reflect.records.kind_tables import KindMistake
from reflect.records.kinds import Kind
from reflect.records.resources import ResourceSet, parse_resources
from reflect.records.rubrics import Rubric, parse_rubric
from reflect.records.toml_text import read_toml
from reflect.store.kind_files import check_kind_file

SORTS = ("kinds", "frameworks", "journeys", "resources", "rubrics")
# A table that only one sort of file has.
TABLES = {"stage": "journeys", "item": "resources", "lens": "frameworks", "area": "rubrics"}


def journey_of_file(text: str, where: str) -> Journey:
    """Return the journey of a file, which has to be called like it; raises KindMistake."""
    journey = parse_journey(text, where)
    if f"{journey.name}.toml" != where:
        raise KindMistake(f"{where}: `name` is “{journey.name}”, so the file has to be {journey.name}.toml.")
    return journey


def resources_of_file(text: str, where: str) -> ResourceSet:
    """Return the set of resources of a file; raises KindMistake."""
    return parse_resources(text, where)


def rubric_of_file(text: str, where: str) -> Rubric:
    """Return the rubric of a file, which has to be called like it; raises KindMistake."""
    rubric = parse_rubric(text, where)
    if f"{rubric.name}.toml" != where:
        raise KindMistake(f"{where}: `name` is “{rubric.name}”, so the file has to be {rubric.name}.toml.")
    return rubric


def sort_of(path: Path, raw: dict[str, Any]) -> str:
    """Return which sort of data file it is: by its folder, else by the tables in it; `kinds` where nothing tells."""
    if path.parent.name in SORTS:
        return path.parent.name
    return next((sort for table, sort in TABLES.items() if table in raw), "kinds")


def check_data_file(path: Path, find: Callable[[str], Kind | None]) -> tuple[str, Any]:
    """Return the sort of a data file and what it describes; raises KindMistake, NotFound.

    `find` knows the kinds, against which a journey is checked.
    """
    text = _text(path)
    sort = sort_of(path, read_toml(text, path.name))
    if sort == "journeys":
        journey = journey_of_file(text, path.name)
        check_against_kinds(journey, find, path.name, text)
        return sort, journey
    if sort == "resources":
        return sort, resources_of_file(text, path.name)
    if sort == "rubrics":
        return sort, rubric_of_file(text, path.name)
    if sort == "frameworks":
        # Most commands show no prompt.
        from reflect.records.lenses import parse_framework

        return sort, parse_framework(text, path.name)
    return sort, check_kind_file(path)


def _text(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except FileNotFoundError:
        raise NotFound(f"There is no file {path}.") from None
    except IsADirectoryError:
        raise NotFound(f"{path} is a folder.", "Name a file in it.") from None
    except UnicodeDecodeError:
        raise KindMistake(f"{path.name}: not UTF-8 text.", "Save it as UTF-8, then try again.") from None
