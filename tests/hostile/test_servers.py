"""Servers that behave badly: each ends in one sentence, in bounded time, with nothing told and nothing lost."""

from __future__ import annotations

import random
import shutil
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from reflect.community.keys import Keys
from reflect.store.reach import Reach
from tests.hostile import names
from tests.hostile.conftest import SECRET, Leader
from tests.hostile.raw import FILE, Item, Raw, record
from tests.servers.web import Manner, Web, start_web

# What cannot be made smaller.
NOISE = random.Random(5).randbytes(5 << 20)
# What is said of a server that answers so.
SAID = {
    Manner.UNAUTHORIZED: "wants you to sign in",
    Manner.FORBIDDEN: "does not let you in to this place",
    Manner.NOT_FOUND: "There is no shared place at",
    Manner.BROKEN: "has trouble of its own at the moment",
    Manner.REDIRECT: "has moved, or a sign-in page stands before it",
    Manner.PAGE: "has moved, or a sign-in page stands before it",
    Manner.SILENT: "stopped answering, so the transfer was ended",
    Manner.PACK_HALF: "broke off half way",
    Manner.PACK_DRIP: "stopped answering, so the transfer was ended",
}


@pytest.fixture
def limits(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Put limits of a `Reach` in the place of the usual ones."""
    usual = Keys.reach

    def put(**wanted: float) -> None:
        def reach(keys: Keys, *words: Any) -> Reach:
            return replace(usual(keys, *words), **wanted)

        monkeypatch.setattr(Keys, "reach", reach)

    return put


@pytest.fixture
def impatient(limits: Callable[..., None]) -> None:
    """Wait a second where the program waits a minute."""
    limits(patience=1.0)


@pytest.fixture
def signed_in(leader: Leader, web: Web) -> None:
    """A token for the web server in git's own password store."""
    leader.tokens.write_text(f"http://ana:{SECRET}@{web.url().removeprefix('http://')}\n")


@pytest.fixture
def told(leader: Leader) -> Iterator[Callable[..., str]]:
    """Sync, and return what is said of `rivertown` while the other community was reached."""

    def sync(*words: str) -> str:
        ran = leader.run("sync", "--verbose", *words)
        assert ran.code == 1
        assert "steady: nothing new." in ran.out
        return next(line for line in ran.out.splitlines() if line.startswith("rivertown: "))

    yield sync
    for path in leader.own.rglob("*"):
        assert not path.is_file() or SECRET.encode() not in path.read_bytes()


@pytest.mark.usefixtures("impatient", "signed_in")
def test_each_bad_answer_is_a_sentence_and_the_next_good_one_goes_on(
    leader: Leader, web: Web, told: Callable[..., str]
) -> None:
    raw = Raw(leader.new_place())
    web.sign_in = f"ana:{SECRET}"
    assert leader.join(web.url(raw.path)).code == 0
    elsewhere = start_web(web.root)
    web.redirects_to = elsewhere.url()
    raw.commit(raw.files({**names.good(raw), "findings/new.md": record(5, "A new one", "Words. " * 20_000)}))
    for manner, words in SAID.items():
        web.manner = manner
        assert words in told(), manner
        assert names.GOOD_TITLE in leader.titles()
    web.manner = Manner.WELL
    assert leader.done("sync", "rivertown").out == "rivertown: 1 received.\n"
    assert "A new one" in leader.titles()
    assert list(leader.own.rglob("reflect-incoming/*")) == []
    elsewhere.stop()
    assert elsewhere.asked == []


@pytest.mark.usefixtures("impatient")
@pytest.mark.parametrize("manner", SAID)
def test_joining_there_leaves_nothing_behind(leader: Leader, web: Web, manner: Manner) -> None:
    web.manner, web.redirects_to = manner, web.url("elsewhere")
    ran = leader.join(web.url(leader.new_place()))
    assert ran.code == 1
    assert SAID[manner] in ran.err
    assert list(leader.own.rglob("*rivertown*")) == []


def test_a_wrong_certificate_is_not_believed(leader: Leader, untrusted_web: Web) -> None:
    ran = leader.join(untrusted_web.url(leader.new_place()))
    assert ran.code == 1
    assert "could not prove that it is 127.0.0.1: its certificate is wrong" in ran.err
    assert "Nothing was sent" in ran.err
    assert untrusted_web.asked == []


@pytest.mark.usefixtures("signed_in")
def test_a_sign_in_is_kept_out_of_addresses_and_never_printed(leader: Leader, web: Web) -> None:
    place = leader.new_place()
    with_secret = web.url(place).replace("http://", f"http://ana:{SECRET}@")
    for command in (
        ["community", "join", with_secret, "--as", "Ana"],
        ["community", "create", "x", "--at", with_secret],
    ):
        for words in (command, [*command, "--verbose"], [*command, "--json"]):
            assert "sign-in name or a password" in leader.refused(*words)
    assert web.asked == []


@pytest.fixture
def small_disk(leader: Leader) -> Iterator[Path]:
    """The folder of the communities on a disk of two megabytes; skipped where none can be made."""
    (steady,) = leader.own.rglob("steady.git")
    folder, kept = steady.parent, steady.parent.with_name("kept")
    folder.rename(kept)
    folder.mkdir()
    words = ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(folder)]
    mounted = subprocess.run(words, capture_output=True, text=True)
    if mounted.returncode == 0:
        shutil.copytree(kept, folder, dirs_exist_ok=True)
        yield folder
        subprocess.run(["umount", str(folder)], check=True)
    folder.rmdir()
    kept.rename(folder)
    if mounted.returncode:
        pytest.skip(f"no disk that fills can be made here: {mounted.stderr.strip()}")


def _grow(raw: Raw) -> None:
    """Put something into a place that takes more room than there is, and a record."""
    noise = Item(FILE, b"noise.bin", raw.blob(NOISE))
    raw.commit(raw.files({**names.good(raw), "findings/new.md": record(5, "A new one")}, [noise]))


def test_a_disk_that_fills_keeps_what_was_there(leader: Leader, small_disk: Path) -> None:
    raw = Raw(leader.new_place())
    assert leader.join(raw.path).code == 0
    before = leader.titles()
    _grow(raw)
    ran = leader.run("sync")
    assert "rivertown: The disk is full, so nothing was received. Free some space, then sync again." in ran.out
    assert "steady: nothing new." in ran.out
    assert leader.titles() == before
    assert "The disk is full" in leader.join(raw.path.rename(raw.path.with_name("other.git")), "other").err
    assert sorted(each.name for each in small_disk.iterdir()) == ["rivertown.git", "steady.git"]
    assert list(small_disk.glob("*/reflect-incoming/*")) == []


def test_what_is_larger_than_is_taken_at_once_is_refused_and_leaves_nothing(
    leader: Leader, limits: Callable[..., None]
) -> None:
    raw = Raw(leader.new_place())
    assert leader.join(raw.path).code == 0
    _grow(raw)
    limits(file_size=1 << 20)
    assert "is larger than is taken at once" in leader.run("sync").out
    assert "A new one" not in leader.titles()
    assert list(leader.own.rglob("reflect-incoming/*")) == []
    limits()
    leader.done("sync")
    assert "A new one" in leader.titles()
