"""Making a vault, opening it, and mending what happened to it."""

import json
import os
import subprocess
import time
from pathlib import Path

import pytest

from reflect.errors import NoVault, ReflectError
from reflect.records.compose import Content
from reflect.vault.synced import synced_folder
from reflect.vault.vault import Vault, make_vault
from reflect.workspace import Workspace


def problems(checks):
    return {check.name for check in checks if not check.ok and check.name != "copies"}


@pytest.fixture
def make(context):
    """Make a vault in a folder."""
    return lambda root, name="Ana": make_vault(root, name, "en", context.now(), bytes(18))


def test_a_healthy_vault_has_nothing_to_mend(workspace):
    workspace.new("reflection", Content(title="All is well"))
    assert problems(workspace.doctor()) == set()


def test_a_repository_that_exists_is_taken_as_it_is(make, tmp_path):
    root = tmp_path / "mine"
    root.mkdir()
    (root / "README.md").write_text("mine")
    subprocess.run(["git", "init", "-q", "-b", "trunk", root], check=True)
    vault = make(root)
    assert vault.tip()
    assert (root / "README.md").read_text() == "mine"
    assert vault.git.run("status", "--porcelain") == b"?? README.md\n"
    assert make(root).marker.id == vault.marker.id


def test_a_vault_is_refused_where_its_text_could_leave_with_another_repository(make, vault, tmp_path):
    with pytest.raises(ReflectError, match="inside another git repository"):
        make(vault.root / "inner")
    (tmp_path / "peers").mkdir()
    (tmp_path / "peers/community.toml").write_text("")
    with pytest.raises(ReflectError, match="belongs to a community"):
        make(tmp_path / "peers")
    (tmp_path / "file").write_text("")
    with pytest.raises(ReflectError, match="is a file"):
        make(tmp_path / "file")


def test_a_name_with_quotes_and_accents_is_kept(make, tmp_path):
    name = 'Ana "Ñ" \\ 日本 \x07\x7f'
    assert Vault.open(make(tmp_path / "v", name).root).marker.name == name


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (None, "There is no journal"),
        ("format = 2\nid = '01JDA6C4T3W5E9K2M8Q7RZXYVB'", "newer reflect"),
        ("format = 1", "damaged"),
        ("format = ", "cannot be read"),
    ],
)
def test_a_folder_that_is_no_vault_is_refused_with_the_next_step(tmp_path, text, says):
    (tmp_path / ".reflect").mkdir()
    if text is not None:
        (tmp_path / ".reflect/vault.toml").write_text(text)
    with pytest.raises(ReflectError, match=says) as refused:
        Vault.open(tmp_path)
    assert refused.value.hint
    assert isinstance(refused.value, NoVault) == (text is None)


def test_records_without_an_id_of_their_own_are_given_one_and_only_the_younger_twin_changes(workspace):
    first = workspace.new("reflection", Content(title="First"), "2026-01-01").record
    root = workspace.vault.root
    (root / "journal/copy.md").write_text(first.text.replace("2026-01-01", "2026-02-01"))
    (root / "journal/plain.md").write_text("no front matter\n")
    assert "ids" in problems(workspace.doctor())
    assert workspace.doctor(fix=True)
    assert problems(workspace.doctor()) == set()
    assert (root / first.path).read_text() == first.text
    assert (root / "journal/plain.md").read_text().endswith("---\nno front matter\n")
    assert len({row.id for row in workspace.rows()}) == 3
    assert workspace.vault.git.run("status", "--porcelain") == b""


def test_locks_of_a_stopped_git_are_removed_only_when_they_are_old(workspace):
    lock = workspace.vault.root / ".git/index.lock"
    lock.touch()
    workspace.doctor(fix=True)
    assert lock.exists()
    os.utime(lock, (time.time() - 60, time.time() - 60))
    assert "locks" in problems(workspace.doctor())
    workspace.doctor(fix=True)
    assert not lock.exists()


def test_what_cannot_be_read_linked_or_kept_is_listed(workspace):
    root = workspace.vault.root
    saved = workspace.new("finding", Content(title="Odd", body="See [[Nowhere]]."))
    path = root / saved.record.path
    path.write_text(path.read_text().replace("title: Odd", "title: Odd\nvalence: splendid\ncreated_on: x"))
    (root / "journal").mkdir()
    (root / "journal/broken.md").write_text("---\na: [\n---\n")
    (root / "journal/large.md").write_bytes(b"x" * 10_000_000)
    (root / "journal/sheet.xlsx").write_bytes(b"x")
    (root / "journal/link.md").symlink_to("/etc/passwd")
    checks = workspace.doctor()
    said = json.dumps([check.detail for check in checks])
    assert problems(checks) == {"records", "links", "fields", "other files"}
    for words in ("broken.md", "large.md", "sheet.xlsx", "link.md", "[[nowhere]]", "valence cannot be"):
        assert words in said
    assert not any(check.is_damage for check in checks if not check.ok)


def test_the_text_of_a_save_that_was_cut_off_becomes_a_draft(workspace):
    left = workspace.vault.root / ".reflect-abc.tmp"
    left.write_text("Half a thought.")
    assert "unfinished saves" in problems(workspace.doctor())
    workspace.doctor(fix=True)
    assert [draft.text for draft in workspace.drafts.all()] == ["Half a thought."]
    assert not left.exists()


def test_a_damaged_history_is_damage(workspace, git):
    workspace.new("reflection", Content(title="Kept in the file"))
    blob = git("rev-parse", "HEAD^{tree}").strip()
    path = workspace.vault.root / ".git/objects" / blob[:2] / blob[2:]
    path.chmod(0o600)
    path.write_bytes(b"")
    checks = workspace.doctor()
    assert [check.name for check in checks if not check.ok and check.is_damage]
    assert workspace.rows()[0].title == "Kept in the file"


@pytest.mark.parametrize(
    ("path", "service"),
    [
        ("/Users/ana/Library/Mobile Documents/com~apple~CloudDocs/journal", "iCloud Drive"),
        ("/home/ana/Dropbox (Personal)/journal", "Dropbox"),
        ("/mnt/c/Users/ana/OneDrive - Rivertown USD/journal", "OneDrive"),
        ("/Users/ana/Library/CloudStorage/GoogleDrive-ana@example.org/My Drive/j", "Google Drive"),
        ("/home/ana/dropbox-notes-are-fine/j", "Dropbox"),
        ("/home/ana/reflect", ""),
    ],
)
def test_the_usual_synced_folders_are_known(tmp_path, path, service):
    assert synced_folder(Path(path)) == service


def test_drafts_survive_and_a_damaged_one_is_left_alone(workspace, context):
    draft = workspace.new_draft("reflection", "---\ntitle: Half\n---\nwords")
    (workspace.places.drafts / "broken.json").write_text("{")
    again = Workspace.open(context, workspace.vault.root)
    assert [(each.id, each.title) for each in again.drafts.all()] == [(draft.id, "Half")]
    again.drafts.discard(draft.id)
    assert again.drafts.all() == []
    assert (workspace.places.drafts / "broken.json").exists()
