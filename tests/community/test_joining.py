"""Beginning, joining and leaving a community, between people with a journal each and a place on disk."""

from __future__ import annotations

import dataclasses
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from reflect.community.joining import Typed
from reflect.community.membership import memberships
from reflect.errors import ReflectError, UsageError
from reflect.paths import Places
from reflect.records.community_file import Steward
from reflect.records.compose import Content
from reflect.store.commits import MAIN
from reflect.store.git import Git, Identity
from reflect.store.quarantine import make_bare
from reflect.vault.remotes import Remote
from reflect.vault.saving import Saved
from reflect.vault.vault import make_vault
from reflect.workspace import Workspace
from tests.community.conftest import record_text
from tests.conftest import NOW

ONE = "01JDA6C4T3W5E9K2M8Q7RZXYV1"
TWO = "01JDA6C4T3W5E9K2M8Q7RZXYV2"


@pytest.fixture
def person(context, tmp_path) -> Callable[[str], Workspace]:
    """Make a journal with a home of its own."""

    def make(name: str) -> Workspace:
        own = dataclasses.replace(context, places=Places.from_environment({"REFLECT_HOME": str(tmp_path / name)}))
        vault = make_vault(own.places.default_vault, name, "en", NOW, context.randomness(18))
        return Workspace.open(own, vault.root)

    return make


def at(path: Path | str) -> Typed:
    return Typed(str(path), "/", "/root")


@pytest.fixture
def place(tmp_path) -> Path:
    """Where a place is going to be."""
    return tmp_path / "places" / "rivertown.git"


@pytest.fixture
def ana(person, place) -> Workspace:
    """Someone who began the community."""
    ana = person("Ana")
    ana.belonging.joining.create("rivertown", at(place), "Ana", Steward("coordinator", "ana@example.org"))
    return ana


def write(workspace: Workspace, title: str, body: str = "x") -> Saved:
    """Write a finding into the community, not sent yet."""
    writing = workspace.shared_writing
    text = writing.compose("rivertown", writing.kind("rivertown", "finding"), Content(title=title, body=body))
    return writing.write("rivertown", "finding", text)


def write_there(place: Path, changes: dict[str, bytes | None], branch: str = MAIN) -> None:
    """Let a stranger put files into a place, past all checks."""
    from reflect.store.commits import Commit, commit_stream

    git = Git(place, None, Identity("Cleo", "cleocleo@reflect.invalid"))
    has = git.call("rev-parse", "-q", "--verify", branch, allowed=(0, 1))[0] == 0
    commit = Commit("Write", git.identity, NOW, [f"{branch}^0"] if has else [])
    git.run("fast-import", "--quiet", "--done", "--date-format=raw", input=commit_stream(branch, commit, changes))


def test_a_path_where_nothing_is_becomes_a_place_with_what_the_community_says_of_itself(ana, place):
    git = Git(place, None)
    text = git.run("show", "refs/heads/main:community.toml").decode()
    assert 'name = "rivertown"' in text
    assert 'role = "coordinator"' in text
    assert git.run("symbolic-ref", "HEAD").decode().strip() == "refs/heads/main"
    for rule in ("receive.fsckObjects", "receive.denyNonFastForwards", "receive.denyDeletes"):
        assert git.run("config", rule) == b"true\n"
    community = ana.communities.get("rivertown")
    assert (community.repository.ahead(), community.repository.behind()) == (0, 0)
    assert community.about.stewards[0].role == "coordinator"
    assert ana.vault.git.run("status", "--porcelain") == b""


def test_who_joins_reads_what_is_there_under_the_name_they_chose(ana, person, place):
    ana.communities.get("rivertown")
    write_there(place, {"findings/a.md": record_text(ONE, "Families answer")})
    ben = person("Ben")
    joined = ben.belonging.joining.join(at(place), author="Benjamín")
    ben.refresh()
    assert [row.title for row in ben.rows()] == ["Families answer"]
    membership = joined.community.membership
    assert (membership.name, membership.author) == ("rivertown", "Benjamín")
    assert membership.address.endswith("@reflect.invalid")
    assert membership.address != ben.vault.marker.address
    assert memberships(ben.vault.root) == [membership]
    assert ben.vault.git.run("log", "-1", "--format=%s").strip() == b"Join the community rivertown"


def test_the_name_comes_from_the_address_and_never_from_what_the_repository_says(ana, person, place):
    write_there(place, {"community.toml": b'name = "vault"'})
    place.rename(place.with_name("Our River!.git"))
    ben = person("Ben")
    joined = ben.belonging.joining.join(at(place.with_name("Our River!.git")))
    assert joined.community.name == "our-river"
    for name in ("vault", "Rivertown", "a/b", "../x", ""):
        if name:
            with pytest.raises(UsageError):
                person(f"p{len(name)}").belonging.joining.join(at(place.with_name("Our River!.git")), name)


@pytest.mark.parametrize("author", [" ", "<x>", 'a"b', "x" * 81, "\x1b[31m"])
def test_a_name_that_cannot_stand_in_history_is_refused(ana, place, person, author):
    with pytest.raises(UsageError):
        person("Ben").belonging.joining.join(at(place), author=author)


def test_a_place_that_is_not_empty_is_no_place_to_begin(ana, person, place, tmp_path):
    ben = person("Ben")
    with pytest.raises(ReflectError, match="holds something already") as refused:
        ben.belonging.joining.create("another", at(place), "Ben")
    assert "reflect community join" in refused.value.hint
    other = tmp_path / "other.git"
    make_bare(other)
    write_there(other, {"x.txt": b"x"}, "refs/heads/master")
    with pytest.raises(ReflectError, match="holds something already"):
        ben.belonging.joining.create("another", at(other), "Ben")
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "notes.txt").write_text("mine")
    with pytest.raises(ReflectError, match="holds something else"):
        ben.belonging.joining.create("another", at(folder), "Ben")
    assert (folder / "notes.txt").read_text() == "mine"
    empty = tmp_path / "empty.git"
    make_bare(empty)
    assert ben.belonging.joining.create("another", at(empty), "Ben").community.is_here
    assert [each.name for each in ben.communities.all()] == ["another"]


def test_where_nothing_is_the_way_to_begin_is_named(person, tmp_path):
    ben, empty = person("Ben"), tmp_path / "empty.git"
    make_bare(empty)
    with pytest.raises(ReflectError, match="nothing at") as refused:
        ben.belonging.joining.join(at(empty))
    assert "reflect community create empty --at" in refused.value.hint
    write_there(empty, {"x.md": b"x"}, "refs/heads/master")
    with pytest.raises(ReflectError, match="no branch called main"):
        ben.belonging.joining.join(at(empty))
    with pytest.raises(ReflectError, match="no shared place"):
        ben.belonging.joining.join(at(tmp_path / "nowhere.git"))
    assert ben.communities.all() == []
    assert list(ben.places.communities.iterdir()) == []


def test_a_private_journal_is_never_joined(ana, person):
    ben = person("Ben")
    with pytest.raises(ReflectError, match="private journal"):
        ben.belonging.joining.join(at(ana.vault.root), "theirs")
    with pytest.raises(ReflectError, match="private journal"):
        ben.belonging.joining.join(at(ben.vault.root), "mine")
    with pytest.raises(ReflectError, match="private journal"):
        ben.belonging.joining.create("mine", at(ben.vault.root / "inner.git"), "Ben")
    assert ben.communities.all() == []


def test_a_place_that_the_journal_is_sent_to_is_never_joined(ana, person, place):
    ben = person("Ben")
    ben.vault.git.run("config", "remote.backup.url", str(place))
    with pytest.raises(ReflectError, match="private journal is kept at this address"):
        ben.belonging.joining.join(at(place))
    cleo = person("Cleo")
    cleo.remotes.add(Remote("backup", f"file://{place}"))
    for act in (
        lambda: cleo.belonging.joining.join(at(place)),
        lambda: cleo.belonging.joining.create("x", at(place), "C"),
    ):
        with pytest.raises(ReflectError, match="private journal is kept at this address"):
            act()


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("call-ins/2026/11/x.md", b"No front matter at all.\n"),
        ("odd/x.md", record_text(ONE, "A talk", "call-in")),
        ("findings/x.md", record_text(ONE, "Somebody", "person")),
        ("journal/2026/x.md", record_text(ONE, "An evening", "reflection")),
        (".reflect/vault.toml", b"format = 1\n"),
    ],
)
def test_a_history_that_holds_private_records_is_refused_even_after_they_were_removed(ana, person, place, path, text):
    write_there(place, {path: text, "findings/a.md": record_text(TWO, "Fine")})
    write_there(place, {path: None})
    ben = person("Ben")
    with pytest.raises(ReflectError, match="private"):
        ben.belonging.joining.join(at(place))
    assert ben.communities.all() == []
    assert list(ben.places.communities.iterdir()) == []


def test_a_record_that_only_stands_in_a_private_folder_is_no_private_record(ana, person, place):
    write_there(place, {"journal/x.md": record_text(ONE, "Shared", "finding")})
    assert person("Ben").belonging.joining.join(at(place)).community.is_here


def test_the_same_place_is_joined_once_in_whatever_spelling(ana, place):
    for spelling in (place, f"{place}/", f"file://{place}", str(place).removesuffix(".git")):
        with pytest.raises(ReflectError, match="in this community already: it is called rivertown"):
            ana.belonging.joining.join(at(spelling), "second")


def test_another_community_of_the_same_name_wants_a_name_of_its_own(ana, person, tmp_path):
    person("Ben").belonging.joining.create("rivertown", at(tmp_path / "b" / "rivertown.git"), "Ben")
    with pytest.raises(ReflectError, match="another community called rivertown") as refused:
        ana.belonging.joining.join(at(tmp_path / "b" / "rivertown.git"))
    assert "--name" in refused.value.hint
    assert ana.belonging.joining.join(at(tmp_path / "b" / "rivertown.git"), "second").community.name == "second"


def test_what_was_joined_on_another_device_is_fetched_as_the_same_person(ana, place, context, tmp_path):
    write_there(place, {"findings/a.md": record_text(ONE, "Families answer")})
    subprocess.run(["git", "clone", "-q", ana.vault.root, tmp_path / "laptop"], check=True)
    laptop = Workspace.open(
        dataclasses.replace(context, places=Places.from_environment({"REFLECT_HOME": str(tmp_path / "l")})),
        tmp_path / "laptop",
    )
    (community,) = laptop.communities.all()
    assert not community.is_here
    assert [each.records for each in laptop.belonging.standings()] == [0]
    laptop.vault.git.run("remote", "remove", "origin")
    laptop.belonging.joining.join(at(place))
    laptop.refresh()
    assert [row.title for row in laptop.rows()] == ["Families answer"]
    assert laptop.communities.get("rivertown").membership == ana.communities.get("rivertown").membership
    assert laptop.vault.git.run("status", "--porcelain") == b""


def test_leaving_sends_first_and_a_later_join_is_by_the_same_person(ana, person, place):
    ben = person("Ben")
    before = ben.belonging.joining.join(at(place)).community.membership
    write(ben, "Families answer", "They did.")
    leaving = ben.belonging.leaving
    assert [each.words for each in leaving.unsent("rivertown")] == ["Families answer"]
    assert leaving.send("rivertown") == ""
    assert leaving.unsent("rivertown") == []
    assert leaving.leave("rivertown") == []
    assert b"They did." in Git(place, None).run("grep", "They did", "refs/heads/main")
    ben.refresh()
    assert (ben.rows(), ben.communities.all(), list(ben.places.communities.iterdir())) == ([], [], [])
    assert ben.vault.git.run("status", "--porcelain") == b""
    again = ben.belonging.joining.join(at(place), "river").community.membership
    assert (again.name, again.address, again.author) == ("river", before.address, before.author)
    ben.refresh()
    assert [(row.place, row.unread) for row in ben.rows()] == [("river", 0)]


def test_what_cannot_be_sent_becomes_a_private_draft_without_its_ties(ana, place, person):
    ben = person("Ben")
    ben.belonging.joining.join(at(place))
    saved = write(ben, "Families answer", "They did.")
    ben.drafts.keep(dataclasses.replace(ben.new_draft("finding", "Half a thought."), place="rivertown"))
    place.rename(place.with_name("gone.git"))
    leaving = ben.belonging.leaving
    assert "no shared place" in leaving.send("rivertown")
    assert [each.words for each in leaving.unsent("rivertown")] == ["Families answer"]
    (draft,) = leaving.leave("rivertown")
    assert "They did." in draft.text
    for tie in (saved.record.id, "author:"):
        assert tie not in draft.text
    assert {(each.place, each.kind) for each in ben.drafts.all()} == {("", "finding")}
    assert len(ben.drafts.all()) == 2


def test_what_was_not_sent_yet_is_the_same_wherever_it_is_said(ana, person, place):
    ben = person("Ben")
    ben.belonging.joining.join(at(place))
    edited, withdrawn, moved = (write(ben, title).record for title in ("Edited", "Withdrawn", "Moved"))
    ben.sync()
    ben.shared_writing.edit(edited, edited.text.replace("\nx\n", "\ny\n"))
    changes = {withdrawn.path: None, moved.path: None, "findings/elsewhere.md": moved.text.encode()}
    ben.communities.get("rivertown").repository.commit(changes, "Move", NOW)
    ben.refresh()
    words = ["Edited", "Moved", "Withdrawn (its withdrawal)"]
    assert [each.words for each in ben.belonging.leaving.unsent("rivertown")] == words
    assert sorted(row.title for row in ben.reading.feed().unsent) == ["Edited", "Moved"]
    assert [each.unsent for each in ben.sync(sends=False)] == [3]
    assert [(each.sent, each.unsent) for each in ben.sync()] == [(3, 0)]


def test_what_peers_wrote_meanwhile_stays_beside_what_one_leaves(ana, place, person):
    ben = person("Ben")
    ben.belonging.joining.join(at(place))
    write(ben, "Mine")
    write_there(place, {"findings/a.md": record_text(ONE, "Theirs")})
    assert ben.belonging.leaving.send("rivertown") == ""
    assert ben.belonging.leaving.leave("rivertown") == []
    for title in ("Mine", "Theirs"):
        assert title.encode() in Git(place, None).run("grep", title, "refs/heads/main")


def test_a_killed_join_leaves_no_half_community_and_the_next_one_works(ana, person, place):
    write_there(place, {f"findings/{n}.md": record_text(f"{ONE[:-4]}{n:04}", f"Number {n}") for n in range(2000)})
    ben = person("Ben")
    script = (
        "import sys; from reflect.workspace import Workspace; from reflect.context import Context;"
        "from reflect.community.joining import Typed; from pathlib import Path;"
        "w = Workspace.open(Context.from_environment({'REFLECT_HOME': sys.argv[1]}), Path(sys.argv[2]));"
        "print('ready', flush=True); w.belonging.joining.join(Typed(sys.argv[3], '/', '/'))"
    )
    home = str(ben.context.places.config.parent)
    for delay in (0.02, 0.1, 0.2, 0.3, 0.4):
        child = subprocess.Popen(
            [sys.executable, "-c", script, home, str(ben.vault.root), str(place)], stdout=subprocess.PIPE
        )
        assert child.stdout is not None
        child.stdout.readline()
        time.sleep(delay)
        if child.poll() is None:
            os.kill(child.pid, signal.SIGKILL)
        child.wait(10)
        child.stdout.close()
        here = [each for each in ben.communities.all() if each.is_here]
        assert len(ben.communities.all()) == len(here)
        if here:
            break
    if not ben.communities.all():
        ben.belonging.joining.join(at(place))
    ben.refresh()
    assert len(ben.rows()) == 2000
    left = [path.name for path in ben.places.communities.iterdir() if not path.name.startswith(".reflect-")]
    assert left == ["rivertown.git"]


def test_work_that_was_never_sent_is_kept_beside_when_its_membership_is_gone(ana, person, place):
    ben = person("Ben")
    joined = ben.belonging.joining.join(at(place))
    write(ben, "Mine", "x")
    (ben.vault.root / joined.community.membership.path).unlink()
    ben.belonging.joining.join(at(place))
    names = {path.name for path in ben.places.communities.iterdir()}
    assert len(names) == 2
    (left,) = names - {"rivertown.git"}
    assert Git(ben.places.communities / left, None).run("log", "--format=%s", MAIN).startswith(b"Write finding")


def test_who_writes_there_is_told_by_address_and_a_name_claimed_twice_is_marked(ana, person, place):
    write_there(place, {
        "findings/a.md": record_text(ONE, "One"),
        "community.toml": b"[[key]]\nauthor = 'Cleo'\nssh = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIFqw3HL8iba9rAYc067Ma"
        b"+xxmr0W1YOjMQ/7E59ZP5W4'\n",
    })  # fmt: skip
    ben = person("Ben")
    ben.belonging.joining.join(at(place), author="cleo")
    write(ben, "Two", "x")
    ben.refresh()
    found = {each.names[0]: each for each in ben.belonging.members("rivertown")}
    assert [found[name].is_doubtful for name in ("Ana", "Cleo", "cleo")] == [False, True, True]
    assert [found[name].records for name in ("Ana", "Cleo", "cleo")] == [0, 1, 1]
    assert (found["cleo"].is_self, found["Cleo"].is_self) == (True, False)
    assert found["Cleo"].first == found["Cleo"].last == "2026-11-23"
    assert found["Cleo"].keys[0].startswith("SHA256:")


def test_a_person_goes_through_a_community_with_commands_alone(run_cli, machine, place):
    run_cli("init", "--name", "Ana")
    made = run_cli("community", "create", "rivertown", "--at", str(place), "--json")
    assert (made.code, made.json["name"], made.json["author"], made.json["records"]) == (0, "rivertown", "Ana", 0)
    invited = run_cli("community", "invite", "rivertown")
    assert invited.out == f"reflect community join {place} --name rivertown\n"
    assert "folder of this computer" in invited.err
    other = {"REFLECT_HOME": str(machine / "ben")}
    run_cli("init", "--name", "Ben", env=other)
    line = invited.out.split()[1:]
    assert "You are in “rivertown” as Benji" in run_cli(*line, "--as", "Benji", env=other).out
    assert run_cli("new", "finding", "--in", "rivertown", "They answered.", env=other).code == 0
    (listed,) = run_cli("community", "list", "--json", env=other).json
    assert (listed["records"], listed["ahead"], listed["unread"]) == (1, 1, 0)
    asked = run_cli("community", "leave", "rivertown", env=other)
    assert (asked.code, asked.error if asked.err.startswith("{") else asked.err.count("add --yes")) == (1, 1)
    left = run_cli("community", "leave", "rivertown", "--yes", "--json", env=other)
    assert (left.code, left.json) == (0, {"name": "rivertown", "drafts": []})
    assert run_cli("community", "list", "--json", env=other).json == []
    people = run_cli("community", "people", "rivertown", "--json").json
    assert [each["names"] for each in people["people"]] == [["Ana"]]
    assert run_cli("community", "people", "nowhere").code == 1


def test_a_journal_without_a_name_says_who_joins(run_cli, ana, place):
    run_cli("init")
    refused = run_cli("community", "join", str(place))
    assert refused.code == 1
    assert "--as NAME" in refused.err
    assert run_cli("community", "join", str(place), "--as", "Dot").code == 0


def test_a_place_in_gits_newer_form_is_refused_in_plain_words_and_nothing_is_left(person, tmp_path):
    place = tmp_path / "newer.git"
    subprocess.run(["git", "init", "-q", "--bare", "--object-format=sha256", "-b", "main", place], check=True)
    ben = person("Ben")
    with pytest.raises(ReflectError, match="newer form of git") as refused:
        ben.belonging.joining.create("newer", at(place), "Ben")
    assert "--object-format=sha1" in refused.value.hint
    write_there(place, {"findings/a.md": record_text(ONE, "Families answer")})
    with pytest.raises(ReflectError, match="newer form of git"):
        ben.belonging.joining.join(at(place))
    assert (memberships(ben.vault.root), list(ben.places.communities.iterdir())) == ([], [])


def test_a_place_that_was_made_anew_in_gits_newer_form_loses_nothing_here(ana, place):
    write(ana, "Families answer")
    place.rename(place.with_name("before.git"))
    subprocess.run(["git", "init", "-q", "--bare", "--object-format=sha256", "-b", "main", place], check=True)
    write_there(place, {"findings/a.md": record_text(ONE, "Another")})
    tip = ana.communities.get("rivertown").repository.tip()
    (outcome,) = ana.sync()
    assert "newer form of git" in outcome.error
    assert (ana.communities.get("rivertown").repository.tip(), outcome.unsent) == (tip, 1)
