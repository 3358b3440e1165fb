"""People with a computer each, in one community at a real place."""

from __future__ import annotations

import random
import subprocess
from collections.abc import Callable, Iterable
from pathlib import Path

from reflect.community.communities import Community
from reflect.community.membership import Membership
from reflect.community.outcome import Outcome
from reflect.community.place import SharedPlace, may_hold_record
from reflect.community.repository import Repository
from reflect.community.syncing import Means, sync_place
from reflect.records.ulid import make_ulid
from reflect.store.drafts import Draft, Drafts
from reflect.store.kind_files import Kinds
from reflect.store.reach import Reach
from reflect.store.read_marks import ReadMarks
from tests.community.conftest import record_text
from tests.conftest import NOW

KINDS = Kinds()
FOLDERS = KINDS.folders
ONE, TWO, THREE = (f"01JDA6C4T3W5E9K2M8Q7RZXY{n}" for n in ("V1", "V2", "V3"))


class Peer:
    """One person's computer in a community; without pauses, where there is nobody to wait for."""

    def __init__(self, home: Path, url: object, name: str, reach: Reach | None = None) -> None:
        address = f"{name.lower():a<8}"[:8] + "@reflect.invalid"
        membership = Membership("rivertown", str(url), name, address, "2026-11-01")
        repository = Repository(home / name / "rivertown.git", membership.identity)
        repository.make()
        self.name = name
        self.community = Community(membership, repository, ReadMarks(home / name / "read"))
        self.repository = repository
        self.reach = reach or Reach()
        self._drafts = Drafts(home / name / "drafts")
        self._chance = random.Random(name)
        self.pauses: list[float] = []

    @property
    def drafts(self) -> list[str]:
        """The texts that were kept as drafts."""
        return [draft.text for draft in self._drafts.all()]

    def keep(self, path: str, text: str) -> str:
        return self._drafts.keep_once(Draft(self.new_id(), "finding", text, NOW.isoformat())).id

    def new_id(self) -> str:
        return make_ulid(int(NOW.timestamp() * 1000), self._chance.randbytes(10))

    def write(self, message: str = "Write", **files: bytes | None) -> None:
        self.repository.commit({f"findings/{name}.md": text for name, text in files.items()}, message, NOW)

    def sync(self, pause: Callable[[float], None] | None = None, **how: object) -> Outcome:
        def paused(seconds: float) -> None:
            self.pauses.append(seconds)
            if pause is not None:
                pause(seconds)

        place = SharedPlace(self.community, self.reach, KINDS, lambda path: may_hold_record(path, FOLDERS))
        return sync_place(place, Means(self.keep, lambda: NOW, self.new_id, paused), **how)  # type: ignore[arg-type]

    def text(self, name: str) -> str:
        return self.repository.text_at(f"findings/{name}.md").decode()

    @property
    def tip(self) -> str:
        return self.repository.tip()

    @property
    def names(self) -> list[str]:
        """The names of all findings that are shown."""
        return sorted(path.removeprefix("findings/").removesuffix(".md") for path in self.files)

    @property
    def files(self) -> dict[str, str]:
        """All that is shown, by path."""
        from reflect.store.commits import MAIN
        from reflect.store.objects import files_at, read_blobs

        if not self.tip:
            return {}
        entries = files_at(self.repository.git, MAIN)
        texts = read_blobs(self.repository.git, [entry.blob for entry in entries.values()])
        return {path: texts[entry.blob].decode() for path, entry in entries.items()}


def git(place: Path, *words: str) -> str:
    """Run plain git in a place, as its keeper would."""
    done = subprocess.run(["git", f"--git-dir={place}", *words], check=True, capture_output=True, text=True)
    return done.stdout


def make_place(path: Path) -> Path:
    """Make an empty place."""
    subprocess.run(["git", "init", "-q", "--bare", "-b", "main", str(path)], check=True)
    return path


def paragraphs(*texts: str, record_id: str = ONE, title: str = "First") -> bytes:
    """Return a record with these paragraphs."""
    return record_text(record_id, title, body="\n\n".join(texts))


def sync_until_quiet(peers: Iterable[Peer]) -> None:
    """Let everyone sync until all show the same."""
    everyone = list(peers)
    for _ in range(3):
        for peer in everyone:
            outcome = peer.sync()
            assert (outcome.error, outcome.question) == ("", None)
        if len({peer.tip for peer in everyone}) == 1:
            return
    raise AssertionError("they do not come together")
