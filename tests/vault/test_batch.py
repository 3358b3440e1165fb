"""Many records at once: tags, deletion, copies; what cannot be done is named, and all can be taken back."""

import pytest

from reflect.errors import ReflectError
from reflect.records.compose import Content, parse_tag_changes
from reflect.vault import batch


@pytest.fixture
def three(workspace):
    saved = [
        workspace.new("reflection", Content(title=f"Number {number}", tags=("old",), body="Words."), "2026-11-01")
        for number in range(3)
    ]
    workspace.refresh()
    return [each.record.path for each in saved]


def on(done, total):
    return True


def bytes_of(workspace, paths):
    return [(workspace.vault.root / path).read_bytes() for path in paths]


def test_tags_change_one_line_of_each_record_and_make_one_entry_of_history(workspace, three, git):
    before = bytes_of(workspace, three)
    entries = git("rev-list", "--count", "HEAD")
    outcome = workspace.batch.tag(three, ["new", "OLD"], [], on)
    assert outcome.paths == three
    assert bytes_of(workspace, three) == [each.replace(b"tags: [old]", b"tags: [old, new]") for each in before]
    assert int(git("rev-list", "--count", "HEAD")) == int(entries) + 1
    assert git("log", "-1", "--format=%s").strip() == "Tag 3 records"
    assert git("status", "--porcelain") == ""
    assert {row.tags for row in workspace.rows()} == {("old", "new")}


def test_what_many_records_were_comes_back_but_for_what_has_changed_since(workspace, three):
    before = bytes_of(workspace, three)
    outcome = workspace.batch.tag(three, [], ["old"], on)
    assert b"tags:" not in bytes_of(workspace, three)[0]
    workspace.change(three[2], {}, {"What happened": "Something new."})
    changed = bytes_of(workspace, three)[2]
    back = workspace.batch.take_back(outcome, on)
    assert bytes_of(workspace, three) == [*before[:2], changed]
    assert back.refused == [(three[2], "it has changed since")]


def test_deleted_records_come_back_with_what_another_editor_wrote_last(workspace, three, git):
    (workspace.vault.root / three[0]).write_text("---\ntitle: By hand\n---\nLast words.\n")
    before = bytes_of(workspace, three)
    outcome = workspace.batch.delete(three, on)
    assert not any((workspace.vault.root / path).exists() for path in three)
    assert workspace.rows() == []
    workspace.batch.take_back(outcome, on)
    assert bytes_of(workspace, three) == before
    assert len(workspace.rows()) == 3


def test_a_record_that_history_does_not_have_is_not_deleted(workspace, three):
    (workspace.vault.root / three[0]).write_text("---\ntitle: By hand\n---\nLast words.\n")
    (workspace.vault.root / ".git" / "MERGE_HEAD").write_text("0" * 40)
    outcome = workspace.batch.delete(three[:1], on)
    assert outcome.refused == [(three[0], batch.NOT_SAFE)]
    assert (workspace.vault.root / three[0]).read_text().endswith("Last words.\n")


def test_what_cannot_be_tagged_is_named_and_the_rest_goes_on(workspace, three):
    (workspace.vault.root / three[0]).write_text("---\ntitle: [never\nclosed\n")
    (workspace.vault.root / three[1]).unlink()
    outcome = workspace.batch.tag(three, ["new"], [], on)
    assert [path for path, _ in outcome.refused] == three[:2]
    assert outcome.paths == three[2:]


def test_a_batch_that_is_stopped_keeps_what_is_done(workspace, three, git):
    outcome = workspace.batch.tag(three, ["new"], [], lambda done, total: done < 1)
    assert (outcome.paths, outcome.left) == (three[:1], 2)
    assert git("status", "--porcelain") == ""
    assert sorted(row.tags for row in workspace.rows()) == [("old",), ("old",), ("old", "new")]


@pytest.mark.parametrize(
    ("text", "changes"),
    [
        ("equity", (["equity"], [])),
        ("+equity -old", (["equity"], ["old"])),
        ('#a, -#b +"front office"', (["a", "front office"], ["b"])),
    ],
)
def test_tags_are_added_and_taken_away_by_their_signs(text, changes):
    assert parse_tag_changes(text) == changes


def test_copies_have_the_same_bytes_and_names(workspace, three, tmp_path):
    odd = workspace.vault.root / "journal" / "odd.md"
    odd.write_bytes(b"\xff no text\r\n")
    folder = tmp_path / "to" / "my copies"
    exported = workspace.export_files([*three, "journal/odd.md", "journal/gone.md"], folder, on)
    assert exported.count == 4
    assert [path for path, _ in exported.refused] == ["journal/gone.md"]
    copies = {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*.md")}
    names = [*three, "journal/odd.md"]
    assert copies == dict(zip(names, bytes_of(workspace, names), strict=True))
    assert folder.stat().st_mode & 0o777 == 0o700


@pytest.mark.parametrize("folder", ["taken", "file", "home/reflect/journal", "file/below"])
def test_copies_go_nowhere_where_something_is(workspace, three, tmp_path, folder):
    (tmp_path / "taken").mkdir()
    (tmp_path / "taken" / "mine.txt").write_text("mine")
    (tmp_path / "file").write_text("mine")
    target = workspace.vault.root / "journal" if "home" in folder else tmp_path / folder
    with pytest.raises(ReflectError):
        workspace.export_files(three, target, on)
    assert (tmp_path / "taken" / "mine.txt").read_text() == "mine"
    assert len(list(tmp_path.rglob("*.md"))) == 3
