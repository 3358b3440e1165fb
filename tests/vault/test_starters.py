"""The starter agendas: six that ship, each whole, none with findings, and each opens as one's own."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from reflect.records.document import Document
from reflect.records.record import Record, read_record
from reflect.records.values import missing, mistakes
from reflect.store.kind_files import Kinds
from reflect.store.shipped import shipped_folder
from reflect.vault.starters import starter_slugs

KINDS = Kinds()
SIX = [
    "careers-from-sixth-grade",
    "fair-discipline",
    "graduating-multilingual-learners",
    "listening-to-parents",
    "state-and-regions",
    "teams-that-lead-learning",
]
FIRST_LINE = "A starting point after a problem and pilot of Digital Promise’s cohort; make it yours."
SOURCE = "After “Equitable Systems Transformation”, Digital Promise."


def records_of(slug: str) -> list[Record]:
    folder = shipped_folder("agendas")
    paths = sorted((folder / slug).rglob("*.md"))
    return [
        read_record(path.read_bytes(), f"agendas/{path.relative_to(folder).as_posix()}", KINDS.folders)
        for path in paths
    ]


def test_there_are_six():
    assert starter_slugs() == SIX


@pytest.mark.parametrize("slug", SIX)
def test_a_starter_is_whole_and_says_where_it_comes_from(slug):
    records = records_of(slug)
    kinds = Counter(each.kind for each in records)
    assert kinds["activity"] in (2, 3)
    assert {kind: number for kind, number in kinds.items() if kind != "activity"} == {
        "agenda": 1,
        "question": 4,
        "measure": 3,
        "wondering": 1,
        "provocation": 1,
    }
    assert Counter(each.text_of("family") for each in records if each.kind == "measure") == Counter(
        ["outcome", "process", "balancing"]
    )
    agenda = next(each for each in records if each.kind == "agenda")
    assert agenda.list_of("voices_needed")
    assert SOURCE in agenda.body
    for each in records:
        assert each.body.strip().startswith(FIRST_LINE), each.path
        assert each.lenses == ("open-learning-agendas",), each.path


@pytest.mark.parametrize("slug", SIX)
def test_a_starter_is_as_its_kinds_say(slug):
    records = records_of(slug)
    ids = {each.id for each in records}
    assert len(ids) == len(records)
    agenda = next(each for each in records if each.kind == "agenda")
    for each in records:
        kind = KINDS.get(each.kind)
        assert not each.problem
        assert mistakes(each.created, each.fields, kind) == [], each.path
        assert missing(each, kind) == [], each.path
        assert all(kind.section(section.title) for section in each.sections), each.path
        assert {name for name in each.fields if not kind.field(name)} == set(), each.path
        assert set(each.references()) <= ids, each.path
        assert each is agenda or each.agenda == agenda.id
        assert Path(each.path).stem.endswith(each.id[-4:].lower()) or each is agenda
        sections = [each.section_text(section.aliases).strip() for section in kind.sections if each.kind != "measure"]
        may_be_empty = {"activity": 1}.get(each.kind, 0)
        assert sum(not text for text in sections) <= may_be_empty, each.path


@pytest.mark.parametrize("slug", SIX)
def test_a_starter_opens_as_ones_own_with_nothing_found_yet(slug, workspace):
    path = workspace.begin_from(slug)
    agenda = workspace.agenda(path)
    assert agenda.of_kind("finding") == []
    assert len(agenda.of_kind("question")) == 4
    assert len(agenda.rows) == len(records_of(slug)) - 1
    known = {row.id for row in agenda.rows} | {agenda.row.id}
    assert known.isdisjoint({each.id for each in records_of(slug)})
    assert all(set(row.list_of("question")) <= known for row in agenda.rows)
    text = (workspace.vault.root / path).read_text("utf-8")
    assert Document.parse(text).values["started_from"] == slug
    found = workspace.practice.journey_of(agenda)
    assert found is not None
    assert found.now is not None
    assert found.now.number == 1


def test_the_command_line_lists_them(run_cli, vault):
    listed = run_cli("agenda", "--start", "?", "--json").json
    assert [each["name"] for each in listed] == SIX
    assert all(each["title"].endswith("?") for each in listed)
