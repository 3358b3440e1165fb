"""How findings travel, and how what we stand on changes, from small journals."""

from __future__ import annotations

import dataclasses

import pytest

from reflect.insights.travels import movement, spiral
from reflect.insights.versions import new_version, versions_of
from reflect.store.kind_files import Kinds
from tests.insights.test_system import row

SEASON = "2026-11-02"


def found_in(*rows):
    by_id = {each.id: each for each in rows}
    return by_id.get


def finding(record_id, day="2026-09-01", place="rivertown", agenda="", **fields):
    return dataclasses.replace(row("finding", record_id, day, agenda=agenda, **fields), place=place)


AGENDAS = [row("agenda", level, level=level) for level in ("classroom", "school", "state")]
ORIGIN = finding("origin", agenda="school")


def walk(asked, *copies, came=None, withdrawn=()):
    find = found_in(ORIGIN, *AGENDAS, *copies)
    answers = came or {}
    return spiral(asked, copies, find, lambda each: answers.get(each.id, []), lambda each: each.id in withdrawn)


class TestSpiral:
    @pytest.mark.parametrize(
        ("level", "is_raised"), [("state", True), ("school", False), ("classroom", False), ("", False)]
    )
    def test_a_copy_is_raised_when_its_agenda_is_of_a_higher_level(self, level, is_raised):
        copy = finding("copy", place="state", agenda=level, carried_id="origin", carried_from="Rivertown · a peer")
        assert [each.row.id for each in walk(copy, copy).raised] == (["copy"] if is_raised else [])

    def test_places_stand_from_the_lowest_level_up_whichever_is_asked_for(self):
        wide = finding("wide", "2026-09-02", "state", "state", carried_id="origin")
        near = finding("near", "2026-09-03", "lakeside", "classroom", carried_id="wide")
        for asked in (ORIGIN, wide, near):
            assert [each.row.id for each in walk(asked, wide, near).places] == ["near", "origin", "wide"]

    @pytest.mark.parametrize(
        ("day", "came", "is_asked"),
        [
            ("2026-09-02", [], True),
            ("2026-11-02", [], False),
            ("2026-09-02", [row("response", "Carried to Lakeside.", kind_of="an offer")], True),
            ("2026-09-02", [row("response", "We changed it.")], False),
            ("2026-09-02", [row("decision", "d")], False),
            ("2026-09-02", [row("policy", "p")], False),
            ("2026-09-02", [row("reflection", "r")], True),
        ],
    )
    def test_who_should_have_answered_is_asked_when_nothing_came_back_in_a_season(self, day, came, is_asked):
        copy = finding("copy", day, "state", "state", carried_id="origin")
        assert bool(walk(ORIGIN, copy, came={"copy": came}).unanswered(SEASON)) is is_asked

    def test_copies_that_name_each_other_are_cut(self):
        one = finding("one", carried_id="two")
        two = finding("two", place="state", carried_id="one")
        found = spiral(one, [one, two], found_in(one, two), lambda each: [], lambda each: False)
        assert (found.is_cut, sorted(each.row.id for each in found.places)) == (True, ["one", "two"])

    def test_a_copy_whose_original_is_gone_says_so(self):
        copy = finding("copy", place="state", carried_id="gone", carried_from="Rivertown · a peer · 2026-09-01")
        [place] = walk(copy, copy, withdrawn=("copy",)).places
        assert place.is_withdrawn


class TestMovement:
    @pytest.mark.parametrize(
        ("fields", "start"),
        [
            ({"carried_id": "origin", "carried_from": "Other name · a peer"}, "rivertown"),
            ({"carried_id": "gone", "carried_from": "Lakeside District · a peer · 2026-09-01"}, "lakeside"),
            ({"carried_id": "gone", "carried_from": "Far away · a peer · 2026-09-01 ← Farther · a peer"}, "Far away"),
        ],
    )
    def test_where_a_finding_came_from_is_known_from_the_original_or_from_what_the_copy_tells(self, fields, start):
        copy = finding("copy", place="state", **fields)
        [move] = movement([copy], found_in(ORIGIN), {"Lakeside District": "lakeside"})
        assert (move.start, move.end, [each.id for each in move.rows]) == (start, "state", ["copy"])

    def test_what_tells_of_no_origin_went_nowhere(self):
        assert movement([finding("copy", place="state", carried_id="gone")], found_in(), {}) == ()


class TestVersions:
    kind = Kinds().get("definition-of-leadership")

    def of(self, asked, *rows):
        return versions_of(asked, rows, self.kind, lambda each, title: "")

    def test_any_version_leads_to_all_the_newest_first(self):
        one, two = row(self.kind.name, "one"), row(self.kind.name, "two", replaces="one")
        for asked in (one, two):
            assert [each.row.id for each in self.of(asked, one, two).stands] == ["two", "one"]

    def test_two_that_replace_the_same_are_both_told(self):
        one = row(self.kind.name, "one")
        early, late = (
            row(self.kind.name, name, day, replaces="one") for name, day in (("a", "2026-09-02"), ("b", "2026-09-03"))
        )
        found = self.of(one, one, early, late)
        assert ([each.row.id for each in found.stands], [each.id for each in found.beside]) == (["b", "one"], ["a"])

    def test_the_next_version_begins_with_all_but_what_was_said_of_the_last_change(self):
        body = "Before.\n\n## Leadership here means\n\nDeciding.\n\n## What changed\n\nA word.\n\n## Ours\n\nKept.\n"
        begun = new_version(row(self.kind.name, "one", tags=("core",)), self.kind, body)
        assert begun.body == "Before.\n\n## Leadership here means\n\nDeciding.\n\n## Ours\n\nKept."
        assert (begun.fields, begun.title, begun.tags) == ({"replaces": "one"}, "one", ("core",))
