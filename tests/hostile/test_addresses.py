"""Addresses that would run something, tell something or lead elsewhere, and places that lie in wait for our git."""

from __future__ import annotations

from tests.hostile import names
from tests.hostile.conftest import SECRET, Leader, Place
from tests.hostile.make_hostile import RAN

# What was pasted from a chat: why it is not used. Nothing of it reaches git, ssh or a shell.
REFUSED = {
    f"--upload-pack=touch {RAN}": "does not begin with a dash",
    f"-oProxyCommand=touch {RAN}": "does not begin with a dash",
    f"ext::sh -c touch% {RAN}": "names a program to run",
    f"EXT::sh -c touch% {RAN}": "names a program to run",
    "fd::5": "names a program to run",
    f"ssh://-oProxyCommand=touch {RAN}/x": "no proper host name",
    f"ssh://a@-oProxyCommand=touch {RAN}/x": "no proper host name",
    f"-oProxyCommand=touch {RAN}:x": "does not begin with a dash",
    f"a@-oProxyCommand=touch{RAN}:x": "no proper host name",
    "ssh://host.example/x\nhost=evil.example": "line break or a hidden character",
    "https://host.example/x%0ahost=evil": "line break or a hidden character",
    "https://host.example/\x1b]52;c;x\x07": "line break or a hidden character",
    "https://host.example/\u202egit.x": "line break or a hidden character",
    "https://ho\u200bst.example/x": "line break or a hidden character",
    "https://hоst.example/x": "letters that can be mistaken for others",
    "http://host.example/x.git": "is not encrypted",
    "git://host.example/x.git": "is not a way that is used here",
    "ftp://host.example/x.git": "is not a way that is used here",
    f"https://ana:{SECRET}@host.example/x.git": "sign-in name or a password",
    f"https://{SECRET}@host.example/x.git": "sign-in name or a password",
    f"ssh://ana:{SECRET}@host.example/x.git": "a password",
    f"ana:{SECRET}@host.example:x.git": "a password",
    f"https://host.example/x.git?token={SECRET}": "no blank, ? or # in it",
    "file://host.example/share/x.git": "names a folder of this computer",
    "\\\\host\\share\\x.git": "a network share",
    "https://host.example/" + "x" * 4_000: "it may have 1,000",
}


def test_such_an_address_is_refused_in_a_sentence(leader: Leader) -> None:
    for address, why in REFUSED.items():
        for words in (["join", "--as", "Ana", "--", address], ["create", "river", "--as", "Ana", f"--at={address}"]):
            assert why in leader.refused("community", *words), address
            assert set(leader.run("--json", "community", *words).error) == {"message", "hint"}
    assert [each["name"] for each in leader.done("community", "list", "--json").json] == ["steady"]


def test_an_address_that_someone_wrote_into_the_journals_files_is_looked_at_again(leader: Leader) -> None:
    """A membership comes from other devices too: what stands there is as little believed as what was pasted."""
    (membership,) = leader.own.rglob("communities/steady.toml")
    sound = membership.read_text()
    for address in (f"ext::sh -c 'touch {RAN}'", f"--upload-pack=touch {RAN}", f"https://ana:{SECRET}@host.example/x"):
        bad = sound.replace('name = "steady"', 'name = "bad"')
        lines = [f'url = "{address}"' if line.startswith("url") else line for line in bad.splitlines()]
        membership.with_name("bad.toml").write_text("\n".join(lines) + "\n")
        ran = leader.run("sync")
        assert "steady: nothing new." in ran.out
        assert ran.code == 1
        leader.run("community", "list")
        leader.run("community", "list", "--json")
        leader.run("community", "invite", "bad")
        leader.run("doctor")
        membership.with_name("bad.toml").unlink()


def test_a_place_that_lies_in_wait_for_a_git_runs_nothing_while_one_reads_and_writes(
    leader: Leader, place: Place
) -> None:
    where = place("in-wait")
    assert leader.join(where).code == 0
    leader.done("finding", "It rained.", "--title", "Rain", "--in", "rivertown", "--yes")
    assert "1 sent" in leader.done("sync", "rivertown").out
    for command in (
        "doctor",
        "community people rivertown",
        "list --in rivertown",
        "history rivertown:findings/good.md",
    ):
        leader.done(*command.split())
    assert "Rain" in leader.titles()
    assert names.GOOD_TITLE in leader.titles()
    leader.done("community", "leave", "rivertown", "--yes")
