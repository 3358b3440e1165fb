"""Getting in: by a key that is there, by one that is made and shown, by a token; and what doctor says when not."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from reflect.community import tokens
from reflect.community.hosts import host_of, hosts
from reflect.community.joining import Typed
from reflect.community.keys import KeyNeeded
from reflect.community.places import make_place
from reflect.errors import TransferFailed
from reflect.records.addresses import parse_address
from reflect.records.compose import Content
from reflect.store import ssh
from reflect.workspace import Workspace
from tests.community.test_joining import write_there
from tests.servers.sshd import start_sshd


@pytest.fixture
def place(tmp_path) -> Path:
    """A shared place with something in it."""
    path = tmp_path / "rivertown.git"
    make_place(path)
    write_there(path, {"community.toml": b'name = "Rivertown"\n'})
    return path


def join(workspace: Workspace, url: str) -> Workspace:
    workspace.belonging.joining.join(Typed(url, "/", "/"), author="Ana")
    return workspace


def checks_of(workspace: Workspace, fix: bool = False) -> list[tuple[bool, bool, str, str]]:
    return [(each.ok, each.is_damage, each.detail, each.fix) for each in workspace.belonging.checks(fix)]


def test_a_key_is_made_shown_and_used_from_then_on(workspace, sshd, place):
    url = sshd.url(place)
    with pytest.raises(KeyNeeded) as needed:
        join(workspace, url)
    key = needed.value.key
    assert key.path.is_relative_to(workspace.places.config)
    assert key.path.stat().st_mode & 0o777 == 0o600
    assert key.public in needed.value.steps()
    assert key.public.endswith(" reflect-rivertown")
    assert "PRIVATE" not in " ".join([*needed.value.steps(), str(needed.value)])
    assert workspace.communities.all() == []
    sshd.admit(key.public)
    join(workspace, url)
    assert workspace.belonging.keys.reach("rivertown").identity_file == key.path
    assert "First meeting with 127.0.0.1: its key is ED25519 SHA256:" in workspace.notices[0]
    assert workspace.context.places.known_hosts.is_file()
    writing = workspace.shared_writing
    text = writing.compose("rivertown", writing.kind("rivertown", "finding"), Content(title="One", body="x"))
    writing.write("rivertown", "finding", text)
    (outcome,) = workspace.sync()
    assert (outcome.error, outcome.sent) == ("", 1)
    assert [check[0] for check in checks_of(workspace)] == [True]


def test_a_key_that_the_place_knows_is_found_and_none_is_made(workspace, sshd, place, machine):
    own = machine / ".ssh" / "work"
    ssh.make_key(own, "work")
    sshd.admit(ssh.public_half(own))
    join(workspace, sshd.url(place))
    assert workspace.belonging.keys.reach("rivertown").identity_file == own
    assert workspace.belonging.keys.made("rivertown") is None


def test_a_place_that_is_not_there_is_told_from_a_key_that_is_not_known(workspace, sshd, place, machine):
    own = machine / ".ssh" / "work"
    ssh.make_key(own, "work")
    sshd.admit(ssh.public_half(own))
    with pytest.raises(TransferFailed) as failed:
        join(workspace, sshd.url(place.with_name("nowhere.git")))
    assert failed.value.kind == "not-found"
    assert list(workspace.places.keys.glob("*")) == []


def test_a_host_whose_key_changed_is_refused_with_the_way_to_forget_the_old_one(workspace, sshd, place, tmp_path):
    with pytest.raises(KeyNeeded) as needed:
        join(workspace, sshd.url(place))
    sshd.admit(needed.value.key.public)
    join(workspace, sshd.url(place))
    sshd.stop()
    other = start_sshd(tmp_path / "other", sshd.port)
    try:
        other.admit(needed.value.key.public)
        (outcome,) = workspace.sync()
        assert "shows another key" in outcome.error
        command = outcome.hint.rpartition(": ")[2]
        assert command == f"ssh-keygen -R '[127.0.0.1]:{sshd.port}' -f '{workspace.context.places.known_hosts}'"
        ((_, is_damage, detail, _),) = checks_of(workspace)
        assert is_damage
        assert "someone stands in between" in detail
        subprocess.run(command, shell=True, check=True, capture_output=True)
        assert workspace.sync()[0].error == ""
    finally:
        other.stop()


def test_doctor_says_what_keeps_one_out_and_what_to_do(workspace, sshd, place):
    with pytest.raises(KeyNeeded) as needed:
        join(workspace, sshd.url(place))
    key = needed.value.key
    sshd.admit(key.public)
    join(workspace, sshd.url(place))
    sshd.admit("")
    ((ok, is_damage, detail, fix),) = checks_of(workspace)
    assert (ok, is_damage) == (False, True)
    assert "does not know your ssh key" in detail
    assert f"{key.path}.pub" in fix
    only_reads = sshd.folder / "only-reads"
    only_reads.write_text(
        '#!/bin/sh\ncase "$SSH_ORIGINAL_COMMAND" in git-upload-pack*) exec sh -c "$SSH_ORIGINAL_COMMAND";; esac\n'
        "echo DENIED by rule >&2\nexit 1\n"
    )
    only_reads.chmod(0o755)
    sshd.admit(f'command="{only_reads}" {key.public}')
    ((ok, is_damage, detail, fix),) = checks_of(workspace)
    assert (ok, is_damage) == (False, False)
    assert "not send to it" in detail
    sshd.admit(key.public)
    place.rename(place.with_name("gone.git"))
    ((ok, is_damage, detail, fix),) = checks_of(workspace)
    assert (ok, is_damage) == (False, True)
    assert "no shared place" in detail
    sshd.stop()
    ((ok, is_damage, detail, fix),) = checks_of(workspace)
    assert (ok, is_damage) == (False, False)
    assert "not reached" in detail


def test_a_host_that_takes_only_one_kind_of_key_is_given_one(workspace):
    address = parse_address("git@ssh.dev.azure.com:v3/team/project/river")
    key = workspace.belonging.keys.make("river", address)
    assert key.public.startswith("ssh-rsa ")


@pytest.mark.parametrize(
    ("domain", "name"),
    [
        ("github.com", "GitHub"), ("gitlab.com", "GitLab"), ("gitlab.district.example", "GitLab"),
        ("codeberg.org", "Codeberg"), ("forgejo.example.org", "Forgejo"), ("bitbucket.org", "Bitbucket"),
        ("dev.azure.com", "Azure DevOps"), ("team.visualstudio.com", "Azure DevOps"), ("git.example.org", None),
        ("notgithub.com", None), ("github.com.example.org", None),
    ],
)  # fmt: skip
def test_the_usual_hosts_are_known_by_their_names(domain, name):
    found = host_of(domain)
    assert (found.name if found else None) == name


def test_every_host_says_where_a_key_a_token_and_a_member_go():
    for host in hosts():
        assert host.key_page
        assert host.token_page
        assert host.token_needs
        assert host.members_page
        assert "http" not in " ".join([host.key_page, host.token_page, host.members_page])


def test_a_token_goes_into_gits_own_password_store_and_lets_one_in(workspace, web, place, machine):
    web.sign_in = "ana:token-1"
    url = web.url(place)
    with pytest.raises(TransferFailed) as failed:
        join(workspace, url)
    assert failed.value.kind == "sign-in"
    address = parse_address(url, is_typed=True)
    assert tokens.helper(address) == ""
    assert any("credential.helper" in line or ".helper" in line for line in tokens.how_to_store(address))
    tokens.set_up_helper(address)
    tokens.store(address, "ana", "token-1")
    join(workspace, url)
    assert workspace.communities.get("rivertown").about.name == "Rivertown"
    assert [check[0] for check in checks_of(workspace)] == [True]
    for path in workspace.vault.root.rglob("*"):
        assert not path.is_file() or b"token-1" not in path.read_bytes()
    with pytest.raises(ValueError, match="one line"):
        tokens.store(address, "ana", "x\nhost=evil.example")


def test_without_a_terminal_the_steps_to_a_token_are_said(run_cli, workspace, web, place):
    web.sign_in = "ana:token-1"
    ran = run_cli("community", "join", web.url(place), "--as", "Ana")
    assert ran.code == 1
    assert "wants you to sign in" in ran.err
    assert "git credential approve" in ran.err
    refused = run_cli("community", "join", web.url(place), "--as", "Ana", "--json")
    assert set(refused.error) == {"message", "hint"}


def test_what_was_cut_off_and_what_was_left_elsewhere_is_said_and_cleared(workspace, place, context):
    join(workspace, str(place))
    folder = workspace.places.communities
    (folder / ".joining-other.git").mkdir()
    lock = folder / "rivertown.git" / "packed-refs.lock"
    lock.touch()
    quarantine = folder / "rivertown.git" / "reflect-incoming" / "abc"
    quarantine.mkdir(parents=True)
    said = " ".join(f"{detail} {fix}" for _, _, detail, fix in checks_of(workspace))
    assert "left a lock" in said
    assert "cut off" in said
    checks_of(workspace, fix=True)
    assert not any(each.exists() for each in (lock, quarantine, folder / ".joining-other.git"))
    assert [check[0] for check in checks_of(workspace)] == [True]
    writing = workspace.shared_writing
    text = writing.compose("rivertown", writing.kind("rivertown", "finding"), Content(title="Mine", body="x"))
    writing.write("rivertown", "finding", text)
    assert "1 change of yours wait" in checks_of(workspace)[0][2]
    # As if another device had left it, and its word had come here.
    path = workspace.vault.root / workspace.communities.get("rivertown").membership.path
    path.write_text(path.read_text() + 'left = "2026-11-24"\n')
    ((_, is_damage, detail, _),) = checks_of(workspace)
    assert not is_damage
    assert "1 record here were never sent" in detail
    checks_of(workspace, fix=True)
    assert [draft.title for draft in workspace.drafts.all()] == ["Mine"]
    assert list(folder.iterdir()) == []
    assert checks_of(workspace) == []


def test_a_membership_that_cannot_be_read_is_damage(workspace, place):
    join(workspace, str(place))
    (workspace.vault.root / ".reflect/communities/broken.toml").write_text("url = ")
    found = {each.name: each for each in workspace.doctor()}
    assert found["community broken"].is_damage
    assert found["community rivertown"].ok
