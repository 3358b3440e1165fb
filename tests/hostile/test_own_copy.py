"""A copy of the journal that someone else got hold of: files follow it, and nothing beyond the journal is touched."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tests.hostile import large, names
from tests.hostile.conftest import OWN_LINE, Leader
from tests.hostile.raw import FILE, FOLDER, LINK, Item, Raw, record


@pytest.fixture
def copy(leader: Leader) -> Raw:
    """A copy of the journal in a folder, in step with it."""
    place = leader.folder / "places" / "journal.git"
    leader.done("config", "remote", "add", str(place), "--name", "copy", "--yes")
    return Raw(place)


def put(raw: Raw, *items: Item) -> None:
    """Let a stranger commit what the copy has, with other lines at the top in place of those of their names."""
    listed = subprocess.run(["git", f"--git-dir={raw.path}", "ls-tree", "-z", "main"], check=True, capture_output=True)
    found = [line.partition(b"\t") for line in listed.stdout.split(b"\0") if line]
    has = {name: Item(mode.lstrip("0"), name, oid) for at, _, name in found for mode, _, oid in [at.decode().split()]}
    raw.commit(raw.sorted_tree((has | {each.name: each for each in items}).values()))


def journal_of(leader: Leader) -> Path:
    return leader.own / "vault"


def files_of(leader: Leader) -> dict[Path, bytes]:
    """Return all that stands in the journal beside its history."""
    found = (path for path in journal_of(leader).rglob("*") if path.is_file() and ".git" not in path.parts)
    return {path: path.read_bytes() for path in found}


def test_links_that_it_sends_are_not_made_and_links_that_are_there_not_followed(leader: Leader, copy: Raw) -> None:
    paper, journal = leader.folder / "desk" / "paper.md", journal_of(leader)
    put(copy, Item(LINK, b"findings", copy.blob(bytes(paper.parent))))
    leader.run("sync")
    assert not (journal / "findings").is_symlink()
    (journal / "stories").symlink_to(paper.parent)
    inside = copy.sorted_tree([Item(FILE, b"paper.md", copy.blob(record(1, "Over yours")))])
    put(copy, Item(FOLDER, b"findings", inside), Item(FOLDER, b"stories", inside))
    assert "stories is no folder, and stories/paper.md belongs into it. Move that away" in leader.run("sync").out
    assert paper.read_text() == "mine\n"
    (journal / "stories").unlink()
    leader.done("sync")
    assert sorted(leader.titles("vault")) == sorted([OWN_LINE, "Over yours", "Over yours"])


@pytest.mark.parametrize("name", [*names.REFUSED, "deep", "unfolding"])
def test_what_git_or_we_refuse_of_it_reaches_no_file(leader: Leader, copy: Raw, name: str) -> None:
    """The same trees as in a place of strangers, with the journal's own files taken away."""
    build = names.REFUSED.get(name) or large.REFUSED[name][0]
    before = files_of(leader)
    copy.commit(build(copy))
    assert leader.run("sync").code == 1
    assert files_of(leader) == before
    assert not list((journal_of(leader) / ".git").rglob("hooks/*"))


def test_odd_names_and_attributes_with_filters_run_nothing(leader: Leader, copy: Raw) -> None:
    odd = [(mode, name) for mode, name in names.NOT_SHOWN if mode == FILE and b"G" not in name and len(name) < 200]
    inside = copy.sorted_tree([Item(FILE, name, copy.blob(record(100, "Odd"))) for _, name in odd])
    put(
        copy,
        Item(FOLDER, b"findings", inside),
        Item(FILE, b".gitattributes", copy.blob(b"* filter=evil diff=evil merge=evil\n")),
    )
    leader.run("sync")
    leader.done("write", "Another line.")
    leader.done("sync")
    said = leader.done("doctor").out
    assert "names that are not UTF-8 text" in said
    assert {OWN_LINE, "Another line."} <= set(leader.titles("vault"))
