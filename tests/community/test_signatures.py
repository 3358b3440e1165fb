"""Signed commits: told by the keys that a community lists, and made with one's own."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reflect.community.repository import REMOTE, Repository
from reflect.community.signatures import signature_of, taken_apart, with_signature
from reflect.records.community_file import ListedKey, with_key
from reflect.records.compose import Content
from reflect.store import ssh
from reflect.store.commits import MAIN
from reflect.store.git import Identity
from tests.community.conftest import record_text
from tests.conftest import NOW

ONE = "01JDA6C4T3W5E9K2M8Q7RZXYV1"
BEN = Identity("Ben", "benbenbe@reflect.invalid")
PATH = "findings/a.md"


@pytest.fixture
def key(tmp_path) -> Path:
    ssh.make_key(tmp_path / "keys" / "ben", "ben")
    return tmp_path / "keys" / "ben"


@pytest.fixture
def other_key(tmp_path) -> Path:
    ssh.make_key(tmp_path / "keys" / "other", "other")
    return tmp_path / "keys" / "other"


def listed(*pairs: tuple[str, Path]) -> dict[str, bytes | None]:
    text = 'name = "Rivertown"\n'
    for author, key in pairs:
        text = with_key(text, ListedKey(author, ssh.public_half(key)))
    return {"community.toml": text.encode()}


def write(community, changes, key: Path | None = None, identity: Identity = BEN) -> None:
    sign = (lambda text: with_signature(text, ssh.sign(key, text))) if key else None
    Repository(community.repository.path, identity, sign).commit(changes, "Write", NOW)


def words(community) -> str | None:
    found = signature_of(community.repository, PATH)
    return found.words if found else None


def test_a_record_is_told_by_the_key_that_is_listed_for_its_author(community, key, other_key):
    write(community, {PATH: record_text(ONE, "One")}, key)
    assert words(community) is None
    write(community, listed(("Ben", key), ("Cleo", other_key)))
    assert words(community) == "signed by Ben"
    write(community, {PATH: record_text(ONE, "Two")})
    assert words(community) == "not signed"
    write(community, {PATH: record_text(ONE, "Three")}, other_key)
    assert words(community) == "signature does not fit"
    write(community, {PATH: record_text(ONE, "Four")}, other_key, Identity("Cleo", "c@reflect.invalid"))
    assert words(community) == "signed by Cleo"
    write(community, listed(("benbenbe@reflect.invalid", key)))
    assert words(community) == "signature does not fit"
    write(community, {PATH: record_text(ONE, "Five")}, key)
    assert words(community) == "signed by benbenbe@reflect.invalid"


@pytest.mark.parametrize("author", ["*", "Ben,*", "key-1", '" namespaces="x', "!Ben"])
def test_no_name_in_the_list_lets_a_key_speak_for_others(community, key, other_key, author):
    write(community, listed((author, other_key), ("Ben", key)))
    write(community, {PATH: record_text(ONE, "One")}, other_key)
    assert words(community) == "signature does not fit"


def test_a_text_that_was_changed_after_signing_is_told(community, key):
    write(community, listed(("Ben", key)))
    write(community, {PATH: record_text(ONE, "One")}, key)
    repository = community.repository
    text = repository.git.run("cat-file", "commit", MAIN)
    forged = text.replace(b"\n\nWrite", b"\n\nForged")
    new = repository.git.run("hash-object", "-t", "commit", "-w", "--stdin", input=forged).decode().strip()
    repository.move(new, repository.tip())
    assert words(community) == "signature does not fit"


@pytest.mark.parametrize("junk", [b"junk", b"-----BEGIN SSH SIGNATURE-----\nAAAA\n-----END SSH SIGNATURE-----"])
def test_what_is_no_signature_is_told(community, key, junk):
    write(community, listed(("Ben", key)))
    repository = Repository(community.repository.path, BEN, lambda text: with_signature(text, junk))
    repository.commit({PATH: record_text(ONE, "One")}, "Write", NOW)
    assert words(community) == "signature does not fit"


def test_what_one_writes_is_signed_once_the_community_lists_ones_key(workspace, community, key, run_cli):
    place = workspace.belonging.keys.make("rivertown", workspace.belonging.address("rivertown"))
    writing = workspace.shared_writing

    def share(title: str) -> str:
        text = writing.compose("rivertown", writing.kind("rivertown", "finding"), Content(title=title, body="x"))
        return writing.write("rivertown", "finding", text).record.path

    first = share("Before")
    write(community, listed(("Ana", place.path), ("Ben", key)))
    second = share("After")
    assert [signature_of(community.repository, path).words for path in (first, second)] == [
        "not signed", "signed by Ana",
    ]  # fmt: skip
    community.repository.move(community.repository.tip(), "", REMOTE)
    workspace.refresh()
    row = next(row for row in workspace.rows() if row.title == "After")
    assert run_cli("show", row.ref, "--json").json["signature"] == "signed by Ana"
    assert "signed by Ana" in run_cli("show", row.ref).out
    assert community.repository.git.run("fsck", "--strict") == b""


def test_plain_git_takes_our_signatures_for_good_ones(community, key, tmp_path):
    write(community, listed(("Ben", key)))
    write(community, {PATH: record_text(ONE, "One")}, key)
    allowed = tmp_path / "allowed"
    allowed.write_text(f"ben {ssh.public_half(key)}\n")
    command = ["git", f"--git-dir={community.repository.path}", "-c", "gpg.format=ssh"]
    command += ["-c", f"gpg.ssh.allowedSignersFile={allowed}", "verify-commit", MAIN]
    assert b'Good "git" signature' in subprocess.run(command, capture_output=True, check=True).stderr


@given(
    head=st.lists(st.binary().map(lambda line: b"x " + line.replace(b"\n", b"")), min_size=1),
    message=st.binary(),
    signature=st.lists(st.binary(min_size=1).map(lambda line: b"s" + line.replace(b"\n", b"").strip()), min_size=1),
)
def test_a_signature_comes_out_as_it_went_in(head, message, signature):
    text, given_signature = b"\n".join(head) + b"\n\n" + message, b"\n".join(signature)
    assert taken_apart(with_signature(text, given_signature)) == (text, given_signature.strip() + b"\n")
