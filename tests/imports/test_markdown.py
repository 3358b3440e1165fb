"""Folders of Markdown come in whole, with what is missing added on top."""

import os
import subprocess

import pytest

from reflect.context import Context
from reflect.paths import Places
from reflect.records.compose import Content
from reflect.vault.vault import make_vault
from reflect.workspace import Workspace


def only(workspace):
    (row,) = workspace.rows()
    return workspace.get(row.path)


def said(report):
    return {each.where: each.why for each in [*report.skipped, *report.noted]}


def test_a_note_without_front_matter_keeps_every_byte_below_a_new_one(workspace, put, bring_in):
    text = "\n# Staff meeting\r\n\r\nTabs\tand trailing blanks  \r\n\x0c no end of line"
    put("2024/2024-03-05-staff.md", text)
    assert bring_in("markdown").titles == ["Staff meeting"]
    record = only(workspace)
    assert record.text.encode().endswith(text.encode())
    assert (record.kind, record.created, record.title, record.problem) == (
        "reflection", "2024-03-05", "Staff meeting", ""
    )  # fmt: skip
    assert record.path == f"journal/2024/03/2024-03-05-staff-meeting-{record.id[-4:].lower()}.md"


def test_front_matter_stays_line_by_line_and_gets_what_is_missing(workspace, put, bring_in):
    top = "---\n# mine\nid: note-7\naliases: [ 'A', b ]\ndate: 2023-05-06 07:08\ntags:\n  - One\nkind: wondering\n---\n"
    put("notes/Why so quiet.md", top + "Body\n")
    bring_in("markdown")
    record = only(workspace)
    kept = [line for line in top.splitlines() if line not in ("---", "id: note-7")]
    assert [line for line in record.text.splitlines() if line in kept] == kept
    assert record.fields["imported_id"] == "note-7"
    assert (record.kind, record.title, record.tags) == ("wondering", "Why so quiet", ("One",))
    assert record.created == "2023-05-06T07:08:00-05:00"
    assert record.path.startswith("wonderings/2023/05/")


def test_the_kind_is_that_of_the_folder_where_the_note_names_none(workspace, put, bring_in):
    put("old/questions/2024-01-01 What now.md", "Text\n")
    put("old/questions/2024-01-02 Else.md", "---\nkind: memo\n---\nText\n")
    bring_in("markdown")
    assert {row.kind for row in workspace.rows()} == {"question"}
    assert {row.text_of("imported_kind") for row in workspace.rows()} == {"", "memo"}


def test_dates_come_from_front_matter_then_name_then_git_then_the_file(workspace, source, put, bring_in):
    def git(*words, when="2020-02-02T02:02:02+01:00"):
        who = {"GIT_AUTHOR_DATE": when, "GIT_COMMITTER_DATE": when}
        names = ["-c", "user.name=A", "-c", "user.email=a@example.invalid"]
        subprocess.run(
            ["git", *names, *words], cwd=source.parent, check=True, env=os.environ | who, capture_output=True
        )

    put("a 2.md", "named in git\n" * 9)
    git("init", "-q")
    git("add", "source")
    git("commit", "-qm", "one")
    git("mv", "source/a 2.md", "source/b.md")
    git("commit", "-qm", "two", when="2021-01-01T00:00:00+00:00")
    put("c.md", "---\ncreated_at: 2 March 2019\n---\n")
    put("2018-07-08.md", "---\ntags: [x]\n---\n")
    os.utime(put("d.md", "x"), (1_500_000_000, 1_500_000_000))
    report = bring_in("markdown")
    assert {row.title: row.created for row in workspace.rows()} == {
        "b": "2020-02-02T02:02:02+01:00",
        "c": "2019-03-02",
        "2018-07-08": "2018-07-08",
        "d": "2017-07-13T21:40:00-05:00",
    }
    assert said(report) == {".": "1 note without a date came in under the day of its file's last change"}


def test_a_whole_journal_comes_in_byte_for_byte_at_its_paths(workspace, tmp_path, bring_in):
    home = tmp_path / "other"
    context = Context(Places.from_environment({"REFLECT_HOME": str(home)}), {}, workspace.context.now)
    other = Workspace(context, make_vault(home / "vault", "Bo", "en", context.now(), bytes(18)))
    other.new("agenda", Content(title="What makes families answer?"))
    other.refresh()
    other.new("finding", Content(title="Texts work", agenda="what-makes-families-answer"))
    other.new("reflection", Content(body="One."))
    root = other.vault.root
    for name, data in {
        "a.md": b"no id\n",
        "b.md": b"---\nid: [\n---\n",
        "c.md": b"\xff bytes\r\n",
        "d.md": b"",
    }.items():
        (root / "journal" / name).write_bytes(data)
    (root / "README.md").write_text("no record")
    report = bring_in("markdown", root)

    def files(folder):
        found = [path for path in folder.rglob("*.md") if ".git" not in path.parts and path.name != "README.md"]
        return {path.relative_to(folder).as_posix(): path.read_bytes() for path in found}

    assert files(workspace.vault.root) == files(root)
    assert said(report) == {"README.md": "no record, but a file beside them"}
    assert (report.added, bring_in("markdown", root).unchanged) == (7, 7)


def test_a_record_whose_path_is_taken_stands_beside_it(workspace, put, bring_in):
    saved = workspace.new("reflection", Content(title="One", body="Mine."))
    other = saved.record.text.replace(saved.record.id, "01JDA6C4T3W5E9K2M8Q7RZXYVB").replace("Mine", "Theirs")
    put(saved.record.path, other)
    assert bring_in("markdown").added == 1
    assert {row.path for row in workspace.rows()} == {saved.record.path, saved.record.path[:-3] + "-2.md"}


def test_what_is_left_behind_is_said_once_a_folder(workspace, source, put, bring_in):
    put("a/one.md", "![chart](img/chart.png) and ![[ map.png ]] and ![far](https://x.invalid/y.png)\n`![no](code.png)`")
    for name in ("a/img/chart.png", "a/img/map.png", "a/x.docx", ".obsidian/z.md", ".hidden.md"):
        put(name, b"x")
    put("a/big.md", b"x" * (4 * 1024 * 1024 + 1))
    (source / "link.md").symlink_to("/etc/hosts")
    (source / "loop").symlink_to(source)
    report = bring_in("markdown")
    assert report.added == 1
    assert [(each.where, each.why) for each in [*report.skipped, *report.noted] if "date" not in each.why] == [
        ("link.md", "a link; what it points to was not read"),
        ("loop", "a link; what it points to was not read"),
        ("a", "1 file larger than 4 MiB"),
        ("a", "1 file that is not Markdown"),
        ("a/img", "2 files that are not Markdown"),
        ("a", "2 pictures that notes show stay behind: img/chart.png, map.png"),
    ]


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"---\ntitle: x\nno end", "has no end"),
        (b"---\ntitle: [\n---\nx", ""),
        (b"---\na: &x 1\nb: *x\n---\nx", "an anchor"),
        (b"---\na: 1\na: 2\n---\nx", "second time"),
        (b"---\n{a: 1}\n---\nx", "name: value"),
        (b"---\n- a\n---\nx", "name: value"),
        (b"---\na: " + b"[" * 5000 + b"\n---\nx", ""),
        (b"---\n  a: 1\n---\nx", ""),
        (b"one\ncaf\xe9 \x81\n", "not UTF-8, read as Windows-1252"),
        (b"\xef\xbb\xbfwith BOM", None),
        (b"nul \x00 and \x1b[31m", None),
        (b"", None),
        (b"---\n---\n", None),
        (b"---\ntitle:\n---\n", None),
        (b"---\ntitle: |\n  two\n  lines\n---\n", None),
        (b"---\nid: 01JDA6C4T3W5E9K2M8Q7RZXYVB\nkind: no-such-kind\n---\nx", None),
        (b"---\ntitle: ''\nid: {a: b}\ncreated: [2]\n---\n", None),
    ],
)
def test_bad_notes_come_in_readable_and_once_with_nothing_lost(workspace, put, bring_in, data, why):
    put("2024-01-01-note.md", data)
    report = bring_in("markdown")
    record = only(workspace)
    assert (record.problem, record.has_id, record.day) == ("", True, "2024-01-01")
    assert [each.where.partition(":")[0] for each in [*report.skipped, *report.noted]] == (
        [] if why is None else ["2024-01-01-note.md"]
    )
    assert why is None or why in [*report.skipped, *report.noted][0].why
    if why is not None and b"\xe9" not in data:
        assert record.body.encode() == data
    assert "café" in record.body or b"\xe9" not in data
    assert bring_in("markdown").unchanged == 1


def test_the_journal_itself_is_not_imported_into_itself(workspace, source, put, bring_in):
    workspace.new("reflection", Content(body="One."))
    with pytest.raises(Exception, match="in your journal already"):
        bring_in("markdown", workspace.vault.root / "journal")
    report = bring_in("markdown", workspace.vault.root.parent)
    assert report.added == 0
    assert said(report)["vault"] == "this is the journal itself"


def test_equal_notes_are_records_of_their_own_and_the_same_from_a_folder_above(workspace, source, put, bring_in):
    for name in ("sub/a.md", "sub/b.md", "sub/c/a.md"):
        put(name, "2024\n")
    assert bring_in("markdown").added == 3
    assert len({row.id for row in workspace.rows()}) == 3
    os.utime(source / "sub/a.md", (0, 0))
    assert bring_in("markdown", source / "sub").unchanged == 3


def test_a_repository_that_someone_made_up_runs_no_program_of_its_own(workspace, source, put, bring_in, tmp_path):
    def git(*words):
        names = ["-c", "user.name=A", "-c", "user.email=a@example.invalid"]
        done = subprocess.run(["git", *names, *words], cwd=source, check=True, capture_output=True, text=True)
        return done.stdout.strip()

    put("a.md", "x")
    git("init", "-q")
    git("add", "a.md")
    git("commit", "-qm", "one")
    tree = git("rev-parse", "HEAD^{tree}")
    (source / ".git/objects" / tree[:2] / tree[2:]).unlink()
    ran = tmp_path / "ran"
    for name, value in {
        "core.repositoryformatversion": "1",
        "extensions.partialClone": "origin",
        "remote.origin.promisor": "true",
        "remote.origin.url": str(source),
        "remote.origin.uploadpack": f"touch '{ran}'; false",
        "protocol.file.allow": "always",
    }.items():
        git("config", name, value)
    assert bring_in("markdown").added == 1
    assert not ran.exists()
