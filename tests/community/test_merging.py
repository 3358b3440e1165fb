"""Two people change one place: every record ends where it belongs, and every text is somewhere."""

from __future__ import annotations

import itertools

import pytest

from reflect.community.merging import MergedPlace, merge_places
from reflect.community.pairing import Sides
from reflect.store.objects import Entry, blob_of

A, B, C = (f"01JDA6C4T3W5E9K2M8Q7RZ{end}" for end in ("AAAA", "BBBB", "CCCC"))


def record(record_id: str, title: str = "Texts", body: str = "Twelve.\n\nMany.", **fields: str) -> str:
    extra = "".join(f"{key}: {value}\n" for key, value in fields.items())
    return f"---\nid: {record_id}\ntitle: {title}\n{extra}---\n\n{body}\n"


class Place:
    """Three states of a place, as files; what a merge leaves is a fourth."""

    def __init__(self, base: dict[str, str], mine: dict[str, str], theirs: dict[str, str]) -> None:
        self.blobs: dict[str, bytes] = {}
        self.base, self.mine, self.theirs = ({p: self._entry(t) for p, t in s.items()} for s in (base, mine, theirs))

    def _entry(self, text: str | Entry) -> Entry:
        if isinstance(text, Entry):
            return text
        data = text.encode("utf-8", "surrogateescape")
        self.blobs[blob_of(data)] = data
        return Entry("100644", blob_of(data))

    def merge(self, withdrawal_wins: bool = True) -> MergedPlace:
        numbers = itertools.count(1)
        mine, theirs = (
            {p: side.get(p) for p in self.base.keys() | side.keys() if side.get(p) != self.base.get(p)}
            for side in (self.mine, self.theirs)
        )
        return merge_places(
            Sides(self.base.get, mine, theirs),
            lambda blobs: {blob: self.blobs[blob] for blob in blobs},
            lambda: f"01JDB0000000000000000{next(numbers):05}",
            withdrawal_wins=withdrawal_wins,
        )

    def after(self, merged: MergedPlace) -> dict[str, str]:
        entries = {**self.mine, **merged.changes}
        read = {
            p: self.blobs.get(e.blob, b"?") if isinstance(e, Entry) else e for p, e in entries.items() if e is not None
        }
        return {p: data.decode("utf-8", "surrogateescape") for p, data in read.items()}


@pytest.fixture
def merged():
    def merge(base, mine, theirs, withdrawal_wins=True):
        place = Place(base, mine, theirs)
        found = place.merge(withdrawal_wins)
        return place.after(found), found.report

    return merge


def test_what_only_one_side_changed_is_taken(merged):
    files, report = merged({"a.md": record(A)}, {"a.md": record(A), "b.md": record(B)}, {"a.md": record(A, "New")})
    assert files == {"a.md": record(A, "New"), "b.md": record(B)}
    assert report == type(report)()


def test_a_record_that_both_changed_is_joined(merged):
    files, report = merged({"a.md": record(A)}, {"a.md": record(A, tags="[x]")}, {"a.md": record(A, "New")})
    assert files == {"a.md": record(A, "New", tags="[x]")}
    assert [each.id for each in report.merged] == [A]


def test_where_both_changed_one_place_mine_stands_beside_theirs(merged):
    files, report = merged({"a.md": record(A)}, {"a.md": record(A, "Mine")}, {"a.md": record(A, "Theirs")})
    (conflict,) = report.conflicts
    assert (conflict.id, conflict.path, conflict.title) == (A, "a.md", "Theirs")
    assert files.pop("a.md") == record(A, "Theirs")
    assert files == {conflict.sibling_path: record(conflict.sibling, "Mine", conflict_of=A)}
    assert conflict.sibling_path == f"a-conflict-{conflict.sibling[-4:].lower()}.md"


def test_a_record_moved_on_one_side_and_edited_on_the_other_ends_edited_at_the_new_path(merged):
    base, moved, edited = {"a.md": record(A)}, {"b/a.md": record(A)}, {"a.md": record(A, "New")}
    for mine, theirs in ((moved, edited), (edited, moved)):
        files, _ = merged(base, mine, theirs)
        assert files == {"b/a.md": record(A, "New")}


def test_two_records_added_at_one_path_are_two_records_and_mine_makes_room(merged):
    files, report = merged({}, {"a.md": record(A)}, {"a.md": record(B)})
    assert files == {"a.md": record(B), "a-aaaa.md": record(A)}
    assert [(each.id, each.old_path, each.path) for each in report.renamed] == [(A, "a.md", "a-aaaa.md")]


def test_two_agendas_of_one_name_are_two_folders_and_my_records_follow_mine(merged):
    folder = "agendas/texts"
    mine = {f"{folder}/agenda.md": record(A), f"{folder}/findings/f.md": record(C, agenda=A)}
    theirs = {f"{folder}/agenda.md": record(B), f"{folder}/findings/g.md": record(C[:-1] + "D", agenda=B)}
    files, _ = merged({}, mine, theirs)
    new = {f"{folder}-aaaa/agenda.md": record(A), f"{folder}-aaaa/findings/f.md": record(C, agenda=A)}
    assert files == {**theirs, **new}


def test_a_record_withdrawn_by_a_peer_is_gone_and_my_edit_of_it_is_handed_back(merged):
    files, report = merged({"a.md": record(A)}, {"a.md": record(A, "Mine")}, {})
    assert files == {}
    assert [(each.path, each.title, each.text) for each in report.withdrawn_edits] == [
        ("a.md", "Mine", record(A, "Mine"))
    ]


def test_a_record_that_i_withdrew_is_gone_and_the_peers_edit_is_named(merged):
    files, report = merged({"a.md": record(A)}, {}, {"a.md": record(A, "Theirs")})
    assert files == {}
    assert [each.text for each in report.overruled_edits] == [record(A, "Theirs")]


def test_among_ones_own_devices_an_edit_is_stronger_than_a_deletion(merged):
    for mine, theirs in (({}, {"a.md": record(A, "New")}), ({"a.md": record(A, "New")}, {})):
        files, report = merged({"a.md": record(A)}, mine, theirs, withdrawal_wins=False)
        assert files == {"a.md": record(A, "New")}
        assert [each.path for each in report.kept_edits] == ["a.md"]
