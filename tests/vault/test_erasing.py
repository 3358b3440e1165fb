"""Erasing takes a record out of everything this computer keeps, and changes nothing else."""

import os
import random
import shutil
import signal
import subprocess
from pathlib import Path

import pytest

from reflect.community.shares import Share, write_share
from reflect.errors import NotFound, ReflectError
from reflect.records.compose import Content
from reflect.store.git import Git
from reflect.vault.erased import erased_ids
from reflect.vault.remotes import Remote
from reflect.workspace import Workspace

# Each version says something that nothing else does; the name of the file is made from the title.
SECRET = "Quixotina"


def said(number):
    return f"In talk number {number} Quixotina Zebrowska asked me to wait for her answer."


@pytest.fixture
def others(workspace):
    """Three records of other things, one of them edited; returns their ids."""
    ids = [workspace.new("reflection", Content(title=f"Evening {n}", body=f"Calm {n}.")).record.id for n in range(3)]
    workspace.refresh()
    workspace.change(ids[0], {"tags": ["late"]}, {})
    return ids


@pytest.fixture
def record(workspace, others):
    """A call-in with four states, moved once by hand, left in a draft and asked to rest."""
    saved = workspace.new("call-in", Content(title=f"{SECRET} and the long list", body=said(0)))
    workspace.refresh()
    for number in (1, 2):
        found = workspace.get(saved.record.id)
        workspace.save_change(found, found.text.replace(said(number - 1), said(number)))
        workspace.refresh(full=True)
        workspace.new("reflection", Content(title=f"Between {number}", body="Something else."))
    root = workspace.vault.root
    (root / "call-ins/by-hand").mkdir()
    (root / saved.record.path).rename(root / "call-ins/by-hand/moved quixotina.md")
    workspace.refresh(full=True)
    moved = workspace.get(saved.record.id)
    workspace.new_draft("call-in", moved.text + f"\n{said('in a draft')}\n", moved)
    return moved


def everything(workspace):
    """Return all bytes of this machine's folders that could hold text: files, and objects as they read."""
    home = workspace.vault.root.parent
    found = [path.read_bytes() for path in home.rglob("*") if path.is_file()]
    objects = subprocess.run(
        ["git", "cat-file", "--batch-all-objects", "--batch"], cwd=workspace.vault.root, capture_output=True, check=True
    )
    return b"\n".join([*found, objects.stdout])


def assert_gone(workspace, git):
    held = everything(workspace).lower()
    for word in (b"quixotina", b"zebrowska"):
        assert word not in held
    assert git("fsck", "--strict") == ""
    assert git("status", "--porcelain") == ""
    assert not workspace.places.erasing.exists()


def past_of(git, *paths):
    """Return all that history says of the states of other files, but for the names of the commits."""
    return git("log", "--all", "--raw", "--no-abbrev", "--format=%an %ae %aI %cI %B", "--", *paths)


def test_no_byte_of_it_is_left_and_all_else_is_as_it_was(workspace, record, others, git):
    paths = [workspace.get(each).path for each in others]
    files = {path: (workspace.vault.root / path).read_bytes() for path in paths}
    git("tag", "-a", "-m", "a tag", "kept")
    git("branch", "elsewhere", "HEAD~2")
    git("update-ref", "refs/reflect/backup/1", "HEAD")
    (workspace.vault.root / record.path).write_text(record.text + said("set aside"))
    git("stash", "push", "-m", "first")
    (workspace.vault.root / paths[1]).write_bytes(files[paths[1]] + b"\nIn progress elsewhere.\n")
    git("stash", "push", "-m", "second")
    git("gc", "-q")
    (workspace.vault.git.git_dir / "objects/pack/pack-kept.keep").touch()
    temporary = workspace.vault.root / "call-ins/.reflect-0123.tmp"
    temporary.write_text(record.text)
    before = past_of(git, *paths)
    assert SECRET.encode() in everything(workspace)

    erasure = workspace.eraser.look(record.id)
    assert (erasure.states, len(erasure.drafts)) == (5, 1)
    erased = workspace.eraser.erase(erasure)

    assert_gone(workspace, git)
    assert (erased.holding, erased.messages, erased.left) == (0, 0, [])
    assert erased.checked > 20
    assert erased_ids(workspace.vault.root) == {record.id}
    assert past_of(git, *paths) == before
    assert {path: (workspace.vault.root / path).read_bytes() for path in paths} == files
    assert "a tag" in git("cat-file", "tag", "kept")
    assert git("merge-base", "--is-ancestor", "elsewhere", "main") == ""
    assert git("for-each-ref", "refs/reflect") == ""
    assert [line.split(": ")[-1] for line in git("stash", "list").splitlines()] == ["second", "first"]
    with pytest.raises(ReflectError, match="cannot be brought back"):
        workspace.undo()
    git("stash", "pop")
    assert b"In progress elsewhere." in (workspace.vault.root / paths[1]).read_bytes()
    assert record.id not in [row.id for row in workspace.rows()]
    with pytest.raises(NotFound, match="erased already"):
        workspace.eraser.look(record.id[-6:].lower())


def test_what_came_before_it_keeps_its_name_in_history(workspace, others, record, git):
    first = git("rev-parse", "HEAD~9").strip()
    tree = git("ls-tree", "-r", "HEAD").splitlines()
    workspace.eraser.erase(workspace.eraser.look(record.path))
    assert git("merge-base", "--is-ancestor", first, "HEAD") == ""
    after = git("ls-tree", "-r", "HEAD").splitlines()
    assert [line for line in tree if "quixotina" not in line] == [
        line for line in after if ".reflect/erased" not in line
    ]


def test_merges_and_branches_keep_their_shape(workspace, record, git):
    git("switch", "-qc", "side", "HEAD~3")
    (workspace.vault.root / "plain.txt").write_text("of the side\n")
    git("add", "plain.txt")
    git("commit", "-qm", "side")
    git("switch", "-q", "main")
    git("merge", "-q", "--no-ff", "-m", "together", "side")
    shape = "--format=%s %cI"
    before = git("log", "--graph", "--topo-order", shape)
    workspace.eraser.erase(workspace.eraser.look(record.id))
    after = git("log", "--graph", "--topo-order", shape).splitlines()
    assert "Erase" in after[0]
    assert [line.strip() for line in after[1:]] == [line.strip() for line in before.splitlines()]
    assert git("show", "HEAD:plain.txt") == "of the side\n"
    assert_gone(workspace, git)


def test_a_deleted_record_can_still_be_erased(workspace, record, git):
    workspace.delete(record.path)
    for draft in workspace.drafts.all():
        workspace.drafts.discard(draft.id)
    erased = workspace.eraser.erase(workspace.eraser.look(record.id[-6:].lower()))
    assert erased.states == 4
    assert_gone(workspace, git)


def test_one_that_is_not_in_history_yet_is_removed_with_what_git_was_told_of_it(workspace, others, git):
    tip = workspace.vault.tip()
    path = workspace.vault.root / "journal/quixotina.md"
    path.write_text(f"# {SECRET}\n\n{said(1)}\n")
    git("add", "journal/quixotina.md")
    workspace.indexer.refresh_all()
    erasure = workspace.eraser.look("journal/quixotina.md")
    assert (erasure.states, erasure.plan.marks) == (0, [])
    workspace.eraser.erase(erasure)
    assert_gone(workspace, git)
    assert workspace.vault.tip() == tip


def test_one_without_an_id_is_followed_where_it_was_moved(workspace, others, git):
    root = workspace.vault.root
    (root / "journal/quixotina.md").write_text(f"{said(1)}\n")
    workspace.refresh(full=True)
    (root / "journal/quixotina.md").rename(root / "journal/zebrowska.md")
    workspace.refresh(full=True)
    (root / "journal/zebrowska.md").write_text(f"{said(2)}\n")
    workspace.refresh(full=True)
    workspace.eraser.erase(workspace.eraser.look("journal/zebrowska.md"))
    assert_gone(workspace, git)
    assert len(erased_ids(root)) == 1


def test_a_stranger_to_it_at_its_former_place_is_left_alone(workspace, record, git):
    former = git("log", "--all", "--diff-filter=A", "--name-only", "--format=", "--", "call-ins/2*").split("\n")[0]
    (workspace.vault.root / former).write_text("A note of its own, which happens to stand here now.\n")
    workspace.refresh(full=True)
    workspace.eraser.erase(workspace.eraser.look(record.id))
    assert "happens to stand" in (workspace.vault.root / former).read_text()
    assert "happens to stand" in git("show", f"HEAD:{former}")


def test_its_second_version_goes_with_it_and_one_that_became_a_record_stays(workspace, record, git):
    second = "01JDA6C4T3W5E9K2M8Q7RZXYVB"
    path = workspace.vault.root / "call-ins/second.md"
    path.write_text(record.text.replace(record.id, second).replace("kind:", f"conflict_of: {record.id}\nkind:"))
    workspace.refresh(full=True)
    erasure = workspace.eraser.look(record.id)
    assert [row.id for row in erasure.second] == [second]
    settled = path.read_text().replace(f"conflict_of: {record.id}\n", "")
    path.write_text(settled)
    workspace.refresh(full=True)
    erasure = workspace.eraser.look(record.id)
    assert erasure.second == []
    erased = workspace.eraser.erase(erasure)
    assert path.read_text() == settled
    assert [each.title for each in erased.also] == [record.title]
    path.unlink()
    workspace.refresh()


def test_a_sentence_that_another_record_has_too_is_named_and_stays(workspace, record, git):
    other = workspace.new(
        "reflection", Content(title="After it", body=f"She said it so: {said(2)}\n\n> {said(2)}")
    ).record
    workspace.refresh()
    erasure = workspace.eraser.look(record.id)
    assert [(each.title, each.sentences) for each in erasure.also] == [("After it", 1)]
    erased = workspace.eraser.erase(erasure)
    assert erased.holding == 0
    assert workspace.get(other.id).text == other.text


def test_words_of_another_program_about_a_change_are_said_to_stay(workspace, record, git):
    git("commit", "-q", "--allow-empty", "-m", f"note\n\n{said(2)}")
    erased = workspace.eraser.erase(workspace.eraser.look(record.id))
    assert (erased.holding, erased.messages) == (0, 1)


def test_what_stays_elsewhere_is_said_before(workspace, record, git, run_cli):
    (workspace.vault.root / record.path).with_suffix(".md~").write_text("an editor's copy")
    git("remote", "add", "school", "/nowhere/school.git")
    git("update-ref", "refs/remotes/school/main", "HEAD")
    link = workspace.new("reflection", Content(title="Points to it", body=f"See [[{record.id}]].")).record
    workspace.refresh()
    erasure = workspace.eraser.look(record.id)
    assert [row.id for row in erasure.linked] == [link.id]
    assert erasure.holders == ["the place that git calls school"]
    erased = workspace.eraser.erase(erasure)
    assert [Path(each).name for each in erased.left] == ["moved quixotina.md~"]


def test_a_copy_elsewhere_that_has_it_is_marked_to_be_replaced(workspace, record, others, git):
    first = git("rev-list", "--max-parents=0", "HEAD").strip()
    tip = workspace.vault.tip()
    for name, known in (("backup", tip), ("older", first)):
        workspace.remotes.add(Remote(name, f"/nowhere/{name}.git"))
        git("update-ref", f"refs/reflect/remotes/{name}", known)
    workspace.remotes.add(Remote("never-met", "/nowhere/n.git"))
    erased = workspace.eraser.erase(workspace.eraser.look(record.id))
    assert workspace.remotes.to_replace() == {"backup": tip}
    assert erased.to_replace == ["backup"]
    assert (
        git("for-each-ref", "--format=%(refname) %(objectname)", "refs/reflect")
        == f"refs/reflect/remotes/older {first}\n"
    )
    workspace.remotes.remove("backup")
    assert workspace.remotes.to_replace() == {}


@pytest.mark.parametrize(
    ("prepare", "why"),
    [
        (lambda w, r, git: git("switch", "-q", "--detach"), "an older state"),
        (lambda w, r, git: git("update-ref", "MERGE_HEAD", "HEAD"), "in the middle of a merge"),
        (lambda w, r, git: git("worktree", "add", "-q", "../linked"), "share its history"),
        (
            lambda w, r, git: write_share(w.vault.root, Share("01JDA6C4T3W5E9K2M8Q7RZXYVB", r.id, "town", "2026", "x")),
            "was shared",
        ),
    ],
)
def test_it_is_refused_where_it_could_not_be_whole(workspace, record, git, prepare, why):
    prepare(workspace, record, git)
    before = git("for-each-ref")
    with pytest.raises(ReflectError, match=why):
        workspace.eraser.look(record.id)
    assert git("for-each-ref") == before
    assert (workspace.vault.root / record.path).read_text() == record.text


def test_two_files_with_one_id_are_told_apart_first(workspace, record):
    (workspace.vault.root / "call-ins/twin.md").write_text(record.text)
    workspace.refresh(full=True)
    with pytest.raises(ReflectError, match="Two files have the id"):
        workspace.eraser.look("call-ins/twin.md")


def test_the_command_asks_for_the_title_and_answers_with_the_proof(workspace, record, run_cli, git):
    refused = run_cli("erase", record.id)
    assert refused.code == 1
    assert "has to be typed" in refused.err
    assert run_cli("erase", record.id, "--json").error["hint"] == "To erase it without being asked, add --yes."
    assert (workspace.vault.root / record.path).exists()
    answer = run_cli("erase", record.id, "--yes", "--json").json
    assert (answer["id"], answer["holding"], answer["states"], answer["drafts"]) == (record.id, 0, 4, 1)
    assert answer["checked"] > 20
    assert_gone(workspace, git)


def kill_at(workspace, record_id, call):
    """Erase in a process of its own that is killed before this call of git or removal; says whether it was."""
    child = os.fork()
    if child:
        return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == -signal.SIGKILL
    try:
        fresh = Workspace.open(workspace.context, workspace.vault.root)
        erasure = fresh.eraser.look(record_id)
        calls = iter(range(10_000))
        real, unlink = Git.call, Path.unlink

        def counted(function):
            def wrapper(*arguments, **options):
                if next(calls) == call:
                    os.kill(os.getpid(), signal.SIGKILL)
                return function(*arguments, **options)

            return wrapper

        Git.call, Path.unlink = counted(real), counted(unlink)
        fresh.eraser.erase(erasure)
    finally:
        os._exit(0)


def test_a_kill_at_any_moment_leaves_it_whole_or_is_finished_at_the_next_start(
    workspace, record, others, git, tmp_path
):
    root, home = workspace.vault.root, workspace.vault.root.parent
    paths = [workspace.get(each).path for each in others]
    before = past_of(git, *paths)
    kept = tmp_path / "kept"
    shutil.copytree(home, kept, symlinks=True)
    moments = [*range(4), *random.Random(5).sample(range(4, 55), 12)]
    killed = 0
    for moment in moments:
        shutil.rmtree(home)
        shutil.copytree(kept, home, symlinks=True)
        killed += kill_at(workspace, record.id, moment)
        again = Workspace.open(workspace.context, root)
        was_begun = again.places.erasing.exists()
        again.refresh()
        if was_begun:
            assert any("finished" in notice for notice in again.notices)
        elif again.rows() and record.id in [row.id for row in again.rows()]:
            assert again.get(record.id).text == record.text
            continue
        assert_gone(again, git)
        assert past_of(git, *paths) == before
    assert killed >= 12
