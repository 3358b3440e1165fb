"""The three circles, the lineage of an example and the channels of learning, from small journals."""

from __future__ import annotations

import pytest

from reflect.insights.channels import channels
from reflect.insights.circles import circles, versions
from reflect.insights.lineage import lineage
from reflect.store.catalog import Row


def row(
    kind: str, record_id: str, day: str = "2026-09-01", tags: tuple[str, ...] = (), agenda: str = "", **fields
) -> Row:
    return Row(
        rowid=hash(record_id), place="", path=f"{kind}/{record_id}.md", id=record_id, kind=kind, title=record_id,
        created=day, sort=f"{day}T08:00:00", author="", agenda=agenda, lenses=(), tags=tags, fields=fields, problem="",
        words=0, size=0, mtime=0,
    )  # fmt: skip


CORE = row("instructional-core", "core")
TEXTS = {("ours", "Our home"): "small and rural", ("ours", "Its heart"): "students lead"}


class TestCircles:
    @pytest.mark.parametrize(
        ("kind", "fields", "circle"),
        [
            ("policy", {}, "policy"),
            ("call-in", {}, "behaviors and mindsets"),
            ("equity-use-case", {}, "instructional core"),
            ("reflection", {"circle": "policy"}, "policy"),
            ("policy", {"circle": "instructional core"}, "instructional core"),
        ],
    )
    def test_a_record_falls_in_the_circle_it_names_or_in_that_of_its_kind(self, kind, fields, circle):
        (placed,) = circles([row(kind, "a", **fields)], lambda each: []).placed
        assert placed.circle == circle

    def test_what_names_no_circle_is_not_placed(self):
        assert circles([row("reflection", "a"), row("finding", "b", circle="moon")], lambda each: []).placed == ()

    def test_what_pulls_against_the_core_stays_open_until_something_follows(self):
        late = row("policy", "late bell", "2026-10-02", ("learners",), fit="against it")
        early = row("policy", "dress code", "2026-10-01", fit="against it")
        fits = row("policy", "advisory", fit="in line with our core")
        links = {early.id: [row("question", "q")], late.id: [row("reflection", "r")]}
        found = circles([CORE, early, late, fits], lambda each: links.get(each.id, []))
        assert found.core == CORE
        assert [each.row.id for each in found.still_open()] == ["late bell"]
        assert [each.row.id for each in found.cell("learners", "policy")] == ["late bell"]
        assert [each.sign for each in found.cell("the whole core", "policy")] == ["✗", "✓"]

    def test_the_newest_core_is_the_one_that_none_replaced(self):
        old = row("instructional-core", "old", "2026-12-01")
        new = row("instructional-core", "new", "2026-10-01", replaces="old")
        assert circles([old, new], lambda each: []).core == new
        assert versions([old, new], new) == [new, old]

    def test_versions_that_replace_each_other_are_cut(self):
        one, two = (
            row("definition-of-leadership", "one", replaces="two"),
            row("definition-of-leadership", "two", replaces="one"),
        )
        assert versions([one, two], one) == [one, two]


class TestLineage:
    example = row("story", "example")
    ours = row("approximation", "ours", "2026-10-01", example="example")
    theirs = row("approximation", "theirs", "2026-10-02", example="ours")

    def of(self, start: Row, *rows: Row):
        by_id = {each.id: each for each in rows}
        copies = [each for each in rows if each.kind == "approximation"]
        return lineage(start, copies, by_id.get, lambda each, title: TEXTS.get((each.id, title), ""))

    def test_any_version_leads_to_the_whole_tree(self):
        for start in (self.example, self.ours, self.theirs):
            tree = self.of(start, self.example, self.ours, self.theirs)
            assert [(depth, each.row.id) for depth, each in tree.walk()] == [(0, "example"), (1, "ours"), (2, "theirs")]

    def test_a_copy_that_says_nothing_of_our_home_is_not_yet_ours(self):
        tree = self.of(self.ours, self.example, self.ours, self.theirs)
        assert [each.is_ours for _, each in tree.walk()] == [True, True, False]
        assert tree.versions[0].heart == "students lead"

    def test_a_circle_is_cut_and_said(self):
        one, two = row("approximation", "one", example="two"), row("approximation", "two", example="one")
        walked = self.of(one, one, two).walk()
        assert [(each.row.id, each.is_cut) for _, each in walked] == [("two", False), ("one", False), ("two", True)]


class TestChannels:
    def test_stuck_ones_come_first_with_their_sign(self):
        found = channels([
            row("channel", "a", **{"from": ["families"], "to": ["board"], "moves": "flows", "way": "both ways"}),
            row("channel", "b", **{"from": ["students"], "to": ["teachers", "board"], "moves": "stuck"}),
            row("channel", "c", **{"from": ["staff"], "to": ["board"]}),
        ])  # fmt: skip
        assert [(path.start, path.end, path.sign) for path in found.paths] == [
            ("students", "board", "✗"), ("students", "teachers", "✗"), ("families", "board", "✓"),
            ("staff", "board", "?"),
        ]  # fmt: skip

    def test_groups_that_share_an_agenda_without_a_channel_have_no_path_yet(self):
        agenda = row("agenda", "ag", voices_needed=["Families", "students"])
        finding = row("finding", "f", agenda="ag", heard=["families", "teachers"])
        channel = row("channel", "c", **{"from": ["teachers"], "to": ["families"]})
        assert channels([agenda, finding, channel]).no_path_yet == (("Families", "students"), ("students", "teachers"))
