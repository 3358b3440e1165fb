"""The catalog: finds what is there, sees what changed, and mends itself."""

import os
import sqlite3
import threading

import pytest

from reflect.records.compose import Content
from reflect.records.query import Filters
from reflect.store import database
from reflect.workspace import Workspace


def titles(rows):
    return [row.title for row in rows]


@pytest.fixture
def filled(workspace):
    """A vault with an agenda, a finding in it, and two reflections."""
    workspace.new("agenda", Content(title="What makes families answer?"), "2026-09-01")
    workspace.new(
        "reflection", Content(body="I talked too much.", tags=("meetings",), lenses=("agency",)), "2026-10-01"
    )
    workspace.new("reflection", Content(body="I waited, and María spoke."), "2026-10-02T07:00:00-05:00")
    workspace.refresh()
    sections = {"What we saw": "12 of 31 families answered."}
    agenda = "what-makes-families-answer"
    workspace.new("finding", Content(title="Texts work", agenda=agenda, fields={"valence": "mixed"}, sections=sections))
    workspace.refresh()
    return workspace


def test_records_are_listed_newest_first_and_a_day_alone_counts_as_its_last_minute(filled):
    filled.new("reflection", Content(title="Morning"), "2026-10-01T23:00:00-05:00")
    filled.refresh()
    assert titles(filled.rows()) == [
        "Texts work",
        "I waited, and María spoke.",
        "I talked too much.",
        "Morning",
        "What makes families answer?",
    ]


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        (Filters(kinds=("finding",)), ["Texts work"]),
        (Filters(tags=("Meetings",)), ["I talked too much."]),
        (Filters(lenses=("agency",)), ["I talked too much."]),
        (Filters(since="2026-10-02", until="2026-10-02"), ["I waited, and María spoke."]),
        (Filters(until="2026-09-30"), ["What makes families answer?"]),
        (Filters(places=("rivertown",)), []),
    ],
)
def test_filters_narrow_a_list(filled, filters, found):
    assert titles(filled.rows(filters)) == found
    assert filled.catalog.count(filters) == len(found)
    assert titles(filled.catalog.rows_of(filled.catalog.rowids(filters))) == found


def test_an_agenda_filter_finds_its_records_by_name_and_by_folder(filled):
    loose = filled.vault.root / "agendas/what-makes-families-answer/notes.md"
    loose.write_text("A loose note in the folder.")
    filled.refresh()
    rows = filled.rows(filled.filters(agendas=["what-makes-families-answer"]))
    assert {"Texts work", "A loose note in the folder.", "What makes families answer?"} == set(titles(rows))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("families answered", ["Texts work"]),
        ('"talked too"', ["I talked too much."]),
        ("maria", ["I waited, and María spoke."]),
        ("tal*", ["I talked too much."]),
        ("tal", []),
        ("kind:reflection i", ["I waited, and María spoke.", "I talked too much."]),
        ("tag:meetings", ["I talked too much."]),
        ("mixed", ["Texts work"]),
        ('"', ["Texts work", "I waited, and María spoke.", "I talked too much.", "What makes families answer?"]),
        ("AND OR NOT ( * ^", []),
        ("nothing-like-this", []),
    ],
)
def test_search_finds_words_phrases_beginnings_and_filters(filled, query, found):
    assert titles(hit.row for hit in filled.search(query)) == found


def test_a_snippet_shows_where_the_words_stand(filled):
    assert "\x02families\x03 answered" in filled.search("families kind:finding")[0].snippet


def test_a_backlink_is_known_by_id_title_and_file_name(filled):
    finding = filled.rows(Filters(kinds=("finding",)))[0]
    stem = finding.path.rpartition("/")[2].removesuffix(".md")
    for target in (finding.id, "texts WORK", stem):
        filled.new("reflection", Content(title=f"to {target}", body=f"See [[{target}]]."))
    filled.new("decision", Content(title="Go on", fields={"findings": [finding.id]}))
    filled.refresh()
    assert len(filled.catalog.linking_to(finding)) == 4


def test_what_another_program_adds_renames_removes_and_edits_is_seen(filled):
    root = filled.vault.root
    path = filled.rows(Filters(kinds=("finding",)))[0].path
    (root / "journal/2026/12").mkdir(parents=True)
    (root / "journal/2026/12/new.md").write_text("# By another editor\n")
    (root / path).rename(root / path.replace("texts-work", "moved"))
    edited = filled.rows(Filters(tags=("meetings",)))[0]
    (root / edited.path).write_text((root / edited.path).read_text().replace("too much", "far too much"))
    filled.refresh()
    assert "By another editor" in titles(filled.rows())
    assert filled.get(filled.rows(Filters(kinds=("finding",)))[0].id).path.endswith(path[-8:])
    assert "far too much" in filled.get(edited.id).text
    assert titles(hit.row for hit in filled.search("far")) == ["I talked far too much."]
    assert filled.vault.git.run("status", "--porcelain") == b""


def test_two_changes_within_one_tick_of_the_clock_are_both_seen(filled):
    folder = filled.vault.root / "journal/2026/10"
    status = folder.stat()
    (folder / "a.md").write_text("first")
    filled.refresh()
    (folder / "b.md").write_text("second")
    os.utime(folder, ns=(status.st_atime_ns, folder.stat().st_mtime_ns))
    filled.refresh()
    assert {"first", "second"} <= set(titles(filled.rows()))


@pytest.mark.parametrize("damage", ["garbage", "deleted", "another version", "missing table"])
def test_a_catalog_that_is_not_right_is_made_anew(filled, context, damage):
    path = filled.places.catalog
    filled._database.close()
    if damage == "garbage":
        path.write_bytes(b"garbage" * 1000)
    elif damage == "deleted":
        path.unlink()
    else:
        with sqlite3.connect(path) as other:
            other.execute("PRAGMA user_version = 99" if damage == "another version" else "DROP TABLE labels")
        other.close()
    again = Workspace.open(context, filled.vault.root)
    again.refresh()
    assert len(again.rows(Filters(tags=("meetings",)))) == 1
    assert len(again.rows()) == 4


def test_a_catalog_broken_while_it_is_open_mends_itself(filled):
    filled.places.catalog.write_bytes(b"garbage" * 4096)
    for extra in ("-wal", "-shm"):
        filled.places.catalog.with_name(filled.places.catalog.name + extra).unlink(missing_ok=True)
    filled.refresh()
    assert len(filled.rows()) == 4


def test_a_cache_folder_that_cannot_be_written_costs_speed_and_nothing_else(workspace, monkeypatch):
    # Root may write everywhere, so a file stands where the folder should be.
    workspace.places.cache.parent.mkdir(parents=True)
    workspace.places.cache.write_text("not a folder")
    workspace.new("reflection", Content(title="Still found"))
    workspace.refresh()
    assert titles(workspace.rows()) == ["Still found"]


def test_another_process_that_writes_the_catalog_does_not_stop_reading(filled, context, monkeypatch):
    monkeypatch.setattr(database, "PATIENCE", 0.1)
    other = sqlite3.connect(filled.places.catalog, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    try:
        again = Workspace.open(context, filled.vault.root)
        (filled.vault.root / "journal/unseen.md").write_text("Not yet in the catalog.")
        again.refresh()
        assert len(again.rows()) == 4
        assert "Another reflect" in again.notices[0]
    finally:
        other.execute("ROLLBACK")
        other.close()


def test_many_threads_read_while_one_writes(filled):
    problems = []

    def read():
        try:
            for _ in range(20):
                filled.rows()
                filled.search("families")
        except Exception as error:  # noqa: BLE001 - whatever it is, the test has to tell
            problems.append(error)

    threads = [threading.Thread(target=read) for _ in range(4)]
    for thread in threads:
        thread.start()
    for number in range(10):
        filled.new("reflection", Content(title=f"note {number}"))
        filled.refresh()
    for thread in threads:
        thread.join()
    assert problems == []
    assert filled.catalog.count() == 14


def test_unreadable_records_are_listed_and_searchable(filled):
    path = filled.vault.root / "journal/2026/10/broken.md"
    path.write_bytes(b"---\ntags: [open\n---\nwords inside \xff\n")
    filled.refresh()
    row = filled.catalog.unreadable()[0]
    assert row.path == "journal/2026/10/broken.md"
    assert row.problem.startswith("line ")
    assert titles(hit.row for hit in filled.search("words inside")) == ["broken"]


def test_symlinks_and_folders_of_no_kind_hold_no_records(filled, tmp_path):
    root = filled.vault.root
    secret = tmp_path / "secret.md"
    secret.write_text("elsewhere")
    (root / "journal/link.md").symlink_to(secret)
    (root / "journal/linked").symlink_to(tmp_path)
    (root / "README.md").write_text("about this folder")
    (root / "notes").mkdir()
    (root / "notes/plain.md").write_text("no record")
    (root / "notes/finding.md").write_text("---\nkind: finding\ntitle: Says what it is\n---\n")
    filled.refresh()
    found = titles(filled.rows())
    assert "Says what it is" in found
    assert not {"elsewhere", "no record", "about this folder"} & set(found)


def test_a_record_that_nothing_dates_stands_on_the_day_its_file_was_changed(filled):
    path = filled.vault.root / "journal/loose.md"
    path.write_text("no date anywhere")
    os.utime(path, (1_790_000_000, 1_790_000_000))
    filled.refresh()
    assert filled.rows(Filters(since="2026-09-21", until="2026-09-21"))[0].title == "no date anywhere"


@pytest.mark.parametrize(
    ("order", "first"),
    [
        ("newest", "Texts work"),
        ("oldest", "What makes families answer?"),
        ("title", "I talked too much."),
        ("changed", "I talked too much."),
        ("longest", "Texts work"),
    ],
)
def test_a_list_has_five_orders(filled, order, first):
    row = next(row for row in filled.rows() if row.title == "I talked too much.")
    os.utime(filled.vault.root / row.path, ns=(row.mtime + 10**9, row.mtime + 10**9))
    filled.refresh(full=True)
    assert titles(filled.rows(order=order))[0] == first
    numbers = filled.catalog.rowids(order=order)
    assert titles(filled.catalog.rows_of(numbers)) == titles(filled.rows(order=order))


def test_months_add_up_to_the_rows_that_match(filled):
    assert filled.catalog.months() == [("2026-11", 1), ("2026-10", 2), ("2026-09", 1)]
    assert filled.catalog.months(Filters(kinds=("reflection",))) == [("2026-10", 2)]
    assert filled.catalog.months(terms=[("waited", False)]) == [("2026-10", 1)]


@pytest.mark.parametrize("text", ["kind:finding famil", "tag:meetings talked", "since:2026-10-02 lens:agency talked"])
def test_words_and_filters_find_the_same_in_a_search_and_in_a_list(filled, text):
    query = filled.query(text, typing=True)
    found = {hit.row.path for hit in filled.search(text, typing=True)}
    listed = filled.catalog.rows_of(filled.catalog.rowids(query.filters, terms=query.terms))
    assert found == {row.path for row in listed}
    assert bool(found) == ("since" not in text)


def test_what_was_found_in_a_title_is_marked(filled):
    [hit] = filled.search("kind:finding texts")
    assert hit.title == "\x02Texts\x03 work"
