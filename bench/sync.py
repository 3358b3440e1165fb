"""Keeping many communities in step over ssh, and many peers with one, against the same git commands."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median
from subprocess import DEVNULL

from tests.community.conftest import record_text
from tests.community.crowd import Arrived, all_at_once
from tests.community.peers import Peer, git
from tests.community.peers import make_place as make_empty_place
from tests.servers.sshd import Sshd, missing, start_sshd

from bench.community import newcomer, run_plain
from bench.corpus import context_of
from bench.shared_corpus import add_records, make_place
from bench.timing import Figure, in_turns, took
from reflect.community.membership import Membership, write_membership
from reflect.community.rounds import AT_ONCE
from reflect.paths import private_folder
from reflect.store.commits import MAIN
from reflect.store.key_files import choose_key
from reflect.workspace import Workspace

COMMUNITIES, RECORDS, CAME = 50, 200, 10
PEERS, EACH = 20, 20
ROUNDS = 3
PLAIN = "n=1; until git push -q origin HEAD:main; do n=$((n+1)); git pull -q --rebase origin main; done; echo $n"


def sync_figures(folder: Path) -> Iterator[Figure]:
    """Yield the rows of syncing fifty communities over ssh, and of twenty peers with one; none without an sshd."""
    if missing():
        return
    # ssh takes no path for its socket or key that is long.
    with tempfile.TemporaryDirectory(prefix="reflect-bench-") as short:
        sshd = start_sshd(Path(short))
        try:
            yield from _many_communities(folder, sshd)
            yield _many_peers(Path(short), sshd)
        finally:
            sshd.stop()


def _many_communities(folder: Path, sshd: Sshd) -> Iterator[Figure]:
    places = folder / "fifty"
    shutil.rmtree(places, ignore_errors=True)
    places.mkdir(parents=True)
    paths = [make_place(places / f"community-{number}.git", RECORDS, number) for number in range(1, COMMUNITIES + 1)]
    workspace = _member_of(folder / "member", sshd, paths)
    clones = {path: places / f"clone-{path.name}" for path in paths}
    for path, clone in clones.items():
        run_plain("clone", "-q", "--bare", path.as_uri(), str(clone))

    def synced() -> None:
        assert [outcome.error for outcome in workspace.sync() if outcome.error] == []

    def listed() -> None:
        _each_over_ssh(sshd, [["ls-remote", sshd.url(path), MAIN] for path in paths])

    def fetched() -> None:
        branch = f"+{MAIN}:{MAIN}"
        _each_over_ssh(
            sshd, [[f"--git-dir={clone}", "fetch", "-q", sshd.url(path), branch] for path, clone in clones.items()]
        )

    at_once = f"{AT_ONCE} at a time"
    ours, plain = in_turns(synced, listed, ROUNDS)
    yield Figure("sync, nothing new, over ssh", COMMUNITIES, ours, plain, 1.5, note=f"git ls-remote, {at_once}")
    times: list[float] = []
    raw: list[float] = []
    for number in range(ROUNDS):
        for path in paths:
            add_records(path, CAME, 1000 + number)
        times.append(took(synced))
        raw.append(took(fetched))
    yield Figure(
        "sync, ten new each, over ssh", COMMUNITIES, median(times), median(raw), 1.5, note=f"git fetch, {at_once}"
    )


def _member_of(home: Path, sshd: Sshd, places: Sequence[Path]) -> Workspace:
    """Return the desk of someone who is in all these communities, and has fetched them."""
    workspace = newcomer(home)
    known_hosts = context_of(home).places.known_hosts
    private_folder(known_hosts.parent)
    shutil.copy(sshd.known_hosts, known_hosts)
    for path in places:
        membership = Membership(path.stem, sshd.url(path), "Ana", "anaanana@reflect.invalid", "2026-11-01")
        write_membership(workspace.vault.root, membership)
        choose_key(workspace.places.keys, path.stem, sshd.member_key)
    assert all(outcome.is_new for outcome in workspace.sync())
    return workspace


def _each_over_ssh(sshd: Sshd, commands: Sequence[Sequence[str]]) -> None:
    with ThreadPoolExecutor(AT_ONCE) as threads:
        for done in [threads.submit(_over_ssh, sshd, each) for each in commands]:
            done.result()


def _over_ssh(sshd: Sshd, words: Sequence[str]) -> None:
    environment = {**os.environ, "GIT_SSH_COMMAND": shlex.join(sshd.reach.ssh_command())}
    subprocess.run(["git", *words], env=environment, check=True, capture_output=True)


def _many_peers(folder: Path, sshd: Sshd) -> Figure:
    """Let twenty peers send twenty records each at the same moment, then plain git as many in clones."""
    place = make_empty_place(folder / "place.git")
    peers = [Peer(folder / "peers", sshd.url(place), f"P{number:02}", sshd.reach) for number in range(PEERS)]
    peers[0].write("Begin", first=record_text(peers[0].new_id(), "First"))
    for peer in peers:
        assert peer.sync().error == ""
        names = [f"{peer.name.lower()}-{number}" for number in range(EACH)]
        peer.write("Write", **{name: record_text(peer.new_id(), f"Of {name}") for name in names})
    arrived: list[Arrived] = []
    ours = took(lambda: arrived.extend(all_at_once(peers)))
    there = len(git(place, "ls-tree", "-r", "--name-only", MAIN).splitlines()) - 1
    plain, plain_tries = _plain_peers(folder / "plain", sshd)
    tries = [each.tries for each in arrived]
    said = f"{there} of {PEERS * EACH} there, {sum(tries)} tries, at most {max(tries)} each; "
    note = f"{said}git pull --rebase: {plain_tries} tries"
    return Figure("twenty send twenty at once", PEERS, ours, plain, 1.5, note=note)


def _plain_peers(folder: Path, sshd: Sshd) -> tuple[float, int]:
    """Return the seconds in which as many clones got their work into one place with plain git, and their tries."""
    place = make_empty_place(folder / "place.git")
    clones = [folder / f"clone-{number}" for number in range(PEERS)]
    begun = folder / "begun"
    _make_clone(place, begun, "first", 1)
    run_plain("-C", str(begun), "push", "-q", "origin", "HEAD:main")
    for number, clone in enumerate(clones):
        _make_clone(place, clone, f"p{number}", EACH)
        run_plain("-C", str(clone), "remote", "set-url", "origin", sshd.url(place))
    environment = {**os.environ, "GIT_SSH_COMMAND": shlex.join(sshd.reach.ssh_command())}
    tries: list[int] = []

    def all_of_them() -> None:
        started = [
            subprocess.Popen(["sh", "-c", PLAIN], cwd=clone, env=environment, stdout=subprocess.PIPE, stderr=DEVNULL)
            for clone in clones
        ]
        tries.extend(int(each.communicate()[0]) for each in started)

    return took(all_of_them), sum(tries)


def _make_clone(place: Path, clone: Path, name: str, number: int) -> None:
    run_plain("clone", "-q", str(place), str(clone))
    for setting in ("user.name=P", "user.email=p@example.invalid"):
        run_plain("-C", str(clone), "config", *setting.split("="))
    for each in range(number):
        (clone / f"{name}-{each}.md").write_bytes(record_text("", f"Of {name}-{each}"))
    run_plain("-C", str(clone), "add", ".")
    run_plain("-C", str(clone), "commit", "-q", "-m", "Write")
