"""What comes in is whole, in history, and in once."""

import errno
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from reflect.errors import ReflectError, SaveFailed, UsageError
from reflect.imports import importing
from reflect.workspace import Workspace

JOURNAL = (
    "[2026-11-23 21:05] Tonight I talked too much. *\nNext time less @meetings\n\n"
    "[2026-11-23 21:05] Tonight I talked too much. *\nNext time less @meetings\n\n"
    "[2025-01-02] A day alone\n"
)


def files(workspace):
    return {path: path.read_bytes() for path in (workspace.vault.root / "journal").rglob("*") if path.is_file()}


def many(number):
    return "".join(f"[2024-01-01 10:00] Entry {each}.\nText {each}\n\n" for each in range(number))


def test_a_journal_comes_in_as_records_with_one_step_of_history(workspace, put, bring_in, git):
    report = bring_in("jrnl", put("j.txt", JOURNAL))
    assert (report.added, report.unchanged, report.skipped) == (3, 0, [])
    rows = workspace.rows()
    assert [row.created for row in rows] == ["2026-11-23T21:05:00-06:00"] * 2 + ["2025-01-02"]
    assert rows[0].tags == ("meetings", "starred")
    assert workspace.get(rows[0].path).body == "\nNext time less @meetings\n"
    assert len({row.id for row in rows}) == 3
    assert git("log", "-1", "--format=%s") == "Import 3 records\n"
    assert git("status", "--porcelain") == ""
    assert all(path.stat().st_mode & 0o077 == 0 for path in files(workspace))


def test_the_same_input_twice_adds_nothing_also_after_edits_moves_and_in_another_time_zone(
    workspace, put, bring_in, git, monkeypatch
):
    path = put("j.txt", JOURNAL)
    bring_in("jrnl", path)
    edited = workspace.rows()[0]
    workspace.change(edited.path, {"title": "Another title", "created": "2020-01-01"}, {})
    moved = workspace.rows()[1]
    (workspace.vault.root / moved.path).rename(workspace.vault.root / "journal" / "moved.md")
    tip = git("rev-parse", "HEAD")
    before = files(workspace)
    monkeypatch.setenv("TZ", "Asia/Kolkata")
    time.tzset()
    again = bring_in("jrnl", path)
    assert (again.added, again.unchanged) == (0, 3)
    assert files(workspace) == before
    assert "Import" not in git("log", "--format=%s", f"{tip.strip()}..HEAD")


def test_a_journal_that_has_grown_adds_what_is_new(workspace, put, bring_in):
    bring_in("jrnl", put("j.txt", JOURNAL))
    report = bring_in("jrnl", put("j.txt", JOURNAL + "\n[2026-12-01 10:00] New\n"))
    assert (report.added, report.unchanged, report.titles) == (1, 3, ["New"])


def test_a_dry_run_says_the_same_and_writes_nothing(workspace, put, bring_in, git):
    path = put("j.txt", JOURNAL)
    tip = git("rev-parse", "HEAD")
    planned = bring_in("jrnl", path, dry_run=True)
    assert not (workspace.vault.root / "journal").exists()
    assert git("rev-parse", "HEAD") == tip
    assert bring_in("jrnl", path) == planned


def test_a_long_first_line_is_cut_in_the_title_and_whole_in_the_text(workspace, put, bring_in):
    long = "One sentence that ends. " + "And a second that does not end " * 20
    unbroken = "word " * 200
    bring_in("jrnl", put("j.txt", f"[2026-11-23 21:05] {long}\n\n[2026-11-24 21:05] {unbroken}\nBody\x1b[0m\n"))
    second, first = (workspace.get(row.path) for row in workspace.rows())
    assert first.title == "One sentence that ends."
    assert first.body.strip() == long.removeprefix("One sentence that ends. ").strip()
    assert len(second.title) <= 121
    assert second.body.strip() == f"{unbroken.strip()}\n\nBody\x1b[0m"


def test_a_folder_of_days_and_an_export_of_the_same_journal_come_in_once(workspace, source, put, bring_in):
    put("2026/11/23.txt", "[2026-11-23 21:05] One.\nTwo\n")
    put("2026/11/24.txt", "No stamp at all\n")
    put("2026/02/30.txt", "no such day")
    put("notes/x.txt", "other")
    export = '{"entries": [{"title": "One.", "body": "Two", "date": "2026-11-23", "time": "21:05", "starred": false}]}'
    put("export.json", export)
    put("secret.txt", b"JRNLv3\x00\x01")
    report = bring_in("jrnl")
    assert (report.added, report.unchanged) == (2, 1)
    assert {row.created for row in workspace.rows()} == {"2026-11-23T21:05:00-06:00", "2026-11-24"}
    assert [each.where for each in report.skipped] == ["secret.txt:1", "2026/02", "notes"]
    assert [each.where for each in report.noted] == ["2026/11/24.txt:1"]
    assert bring_in("jrnl").added == 0


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"JRNLv3\x00\x2ceyJz", "j.txt is an encrypted journal."),
        (b"gAAAAABf0123", "j.txt is an encrypted journal."),
        (bytes(range(128, 256)) * 20, "j.txt is not a text in UTF-8."),
    ],
)
def test_an_encrypted_journal_is_refused_in_a_sentence(put, bring_in, data, sentence):
    with pytest.raises(ReflectError) as error:
        bring_in("jrnl", put("j.txt", data))
    assert error.value.message == sentence
    assert "jrnl --decrypt" in error.value.hint


@pytest.mark.parametrize(
    ("data", "titles", "why"),
    [
        (b"", [], None),
        (b"\n\n", [], None),
        (b"no stamp\n", [], "no line here begins with a date"),
        (b"[2026-11-23 21:05] ", [], "an entry without words"),
        (b"\xef\xbb\xbf[2026-11-23 21:05] BOM\r\nbody\r\n\r\n[2026-11-24 21:05] CRLF\r\n", ["BOM", "CRLF"], None),
        ("[2026-11-23 21:05] Dos\n".encode("utf-16"), ["Dos"], None),
        (b"[2026-11-23 21:05] Caf\xe9 and more words here\n", ["Café and more words here"], "j.txt:1"),
        (b"[2026-11-23 21:05] nul \x00 esc \x1b[31m\n", ["nul � esc �[31m"], None),
        (b"[2026-11-23 21:05] --- \n---\nid: x\n", ["---"], None),
        pytest.param(b"[2026-11-23 21:05] " + b"x" * 5_000_000, [], "an entry larger than 4 MiB", id="large"),
        (b"{", [], "no list of"),
    ],
)
def test_bad_journals_come_in_as_far_as_they_can(workspace, put, bring_in, data, titles, why):
    path = put("j.txt", data)
    report = bring_in("jrnl", path)
    assert report.titles == titles
    assert sorted(row.title for row in workspace.rows()) == sorted(titles)
    assert [row.problem for row in workspace.rows() if row.problem] == []
    said = " ".join(f"{each.where} {each.why}" for each in [*report.skipped, *report.noted])
    assert (why in said) if why else not said
    assert bring_in("jrnl", path).added == 0


def test_a_format_that_is_none_is_said_with_those_that_are(bring_in):
    with pytest.raises(UsageError, match="jrnl, markdown"):
        bring_in("wordstar")


def test_a_full_disk_keeps_what_came_in_and_the_rest_comes_in_later(workspace, put, bring_in, monkeypatch):
    write = importing._write_whole

    def fail_late(path, data):
        if len(files(workspace)) == 2:
            raise OSError(errno.ENOSPC, "No space left on device")
        write(path, data)

    path = put("j.txt", many(5))
    with monkeypatch.context() as disk:
        disk.setattr(importing, "_write_whole", fail_late)
        with pytest.raises(SaveFailed, match=r"disk is full. 2 of 5 records came in"):
            bring_in("jrnl", path)
    assert (bring_in("jrnl", path).added, len(workspace.rows())) == (3, 5)


def test_a_kill_leaves_whole_files_that_are_taken_up_and_not_brought_in_again(workspace, put, bring_in, git):
    path = put("j.txt", many(250))
    code = (
        "import os, signal\nfrom pathlib import Path\n"
        "from reflect.context import Context\nfrom reflect.workspace import Workspace\n"
        f"workspace = Workspace.open(Context.from_environment(os.environ), Path({str(workspace.vault.root)!r}))\n"
        f"stop = lambda done, total: os.kill(os.getpid(), signal.SIGKILL)\n"
        f"workspace.import_records('jrnl', Path({str(path)!r}), False, stop)\n"
    )
    assert subprocess.run([sys.executable, "-c", code], env=os.environ, check=False).returncode == -9
    found = files(workspace)
    assert len(found) == 100
    assert all(each.endswith(b"\n") for each in found.values())
    fresh = Workspace.open(workspace.context, workspace.vault.root)
    fresh.refresh()
    assert git("status", "--porcelain") == ""
    assert fresh.import_records("jrnl", path).added == 150
    assert git("status", "--porcelain") == ""


def test_cancelling_leaves_no_unfinished_file(workspace, put, bring_in, git):
    def cancel(done, total):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        workspace.import_records("jrnl", put("j.txt", many(150)), False, cancel)
    assert all(Path(path).suffix == ".md" for path in files(workspace))
    assert bring_in("jrnl").added == 50
    assert git("status", "--porcelain") == ""
