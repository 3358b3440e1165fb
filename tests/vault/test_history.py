"""Looking back and taking back."""

import pytest

from reflect.errors import NotFound, ReflectError
from reflect.records.compose import Content


@pytest.fixture
def edited(workspace):
    """A finding that was written, then judged otherwise; returns its id."""
    content = Content(title="Texts work", fields={"valence": "positive"}, sections={"What we saw": "Twelve."})
    record = workspace.new("finding", content).record
    workspace.refresh()
    workspace.change(record.id, {"valence": "negative"}, {})
    workspace.refresh()
    return record.id


def test_each_state_of_a_record_can_be_seen_compared_and_brought_back(workspace, edited):
    versions = workspace.history(edited)
    assert [each.message.split()[0] for each in versions] == ["Edit", "Write"]
    assert "valence: positive" in workspace.text_at(edited, versions[1].rev)
    assert [line for line in workspace.diff(edited) if line[0] in "+-"] == ["-valence: positive", "+valence: negative"]
    workspace.restore(edited, versions[1].rev)
    assert workspace.get(edited).fields["valence"] == "positive"
    assert len(workspace.history(edited)) == 3


def test_a_difference_by_words_marks_what_went_and_what_came(workspace, edited, run_cli):
    assert "valence: [-positive-]{+negative+}" in workspace.diff(edited, by_words=True)
    assert "valence: [-positive-]{+negative+}" in run_cli("diff", edited, "--words").out


def test_a_record_that_was_moved_keeps_its_history(workspace, edited, git):
    record = workspace.get(edited)
    (workspace.vault.root / record.path).rename(workspace.vault.root / "findings/elsewhere.md")
    workspace.refresh(full=True)
    versions = workspace.history(edited)
    assert len(versions) >= 3
    assert "valence: positive" in workspace.text_at(edited, versions[-1].rev)


def test_a_deleted_record_is_listed_and_can_be_restored(workspace, edited):
    before = workspace.get(edited).text
    workspace.delete(edited)
    assert workspace.rows() == []
    assert [each.id for each in workspace.deleted()] == [edited]
    assert workspace.restore(edited[-6:].lower()).record.text == before
    assert [row.id for row in workspace.rows()] == [edited]


def test_undo_takes_back_the_last_change_and_undo_again_redoes_it(workspace, edited):
    workspace.delete(edited)
    workspace.undo()
    assert workspace.get(edited).fields["valence"] == "negative"
    workspace.undo()
    assert workspace.rows() == []
    workspace.undo()
    assert len(workspace.rows()) == 1


def test_undo_never_overwrites_what_was_written_since(workspace, edited):
    path = workspace.vault.root / workspace.get(edited).path
    path.write_text(path.read_text() + "By hand.\n")
    with pytest.raises(ReflectError, match="has changed since"):
        workspace.undo()
    assert "By hand." in path.read_text()


def test_undo_in_a_journal_that_has_just_begun_says_so(workspace):
    with pytest.raises(NotFound, match="nothing to undo"):
        workspace.undo()


@pytest.mark.parametrize("rev", ["nonsense", "HEAD~99", "--output=/tmp/x", "", "HEAD:journal"])
def test_a_state_that_does_not_exist_is_refused(workspace, edited, rev):
    with pytest.raises(NotFound):
        workspace.text_at(edited, rev)


def test_what_was_written_last_by_hand_is_in_history_before_it_is_deleted(workspace, edited):
    path = workspace.vault.root / workspace.get(edited).path
    path.write_text(path.read_text() + "Last words.\n")
    workspace.delete(edited)
    assert "Last words." in workspace.restore(edited).record.text


def test_a_reference_that_names_several_records_lists_them(workspace):
    for _ in range(2):
        workspace.new("reflection", Content(title="Twin"))
    workspace.refresh()
    first = workspace.rows()[0]
    path = workspace.vault.root / first.path
    (path.parent / "copy.md").write_text(path.read_text())
    workspace.refresh(full=True)
    with pytest.raises(NotFound, match="names 2 records"):
        workspace.get(first.id)
    assert workspace.get(first.path).id == first.id


def test_a_record_that_history_does_not_have_is_not_deleted(workspace, vault):
    saved = workspace.new("reflection", Content(body="Precious.\n"))
    file = vault.root / saved.record.path
    (vault.root / ".git" / "MERGE_HEAD").write_text(vault.tip() + "\n")
    file.write_text(file.read_text() + "\nTyped while someone merges.\n")
    with pytest.raises(ReflectError, match="not in history yet"):
        workspace.delete(saved.record.id)
    assert "Typed while someone merges." in file.read_text()
