"""A month of three people in one community, over ssh: they write, change, answer, share, withdraw, and sync at will."""

from __future__ import annotations

import datetime as dt
import os
import random
import shutil
import subprocess
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from reflect.community.joining import Typed
from reflect.context import Context
from reflect.paths import Places, private_folder
from reflect.records.compose import Content
from reflect.records.record import Record
from reflect.store.commits import MAIN
from reflect.store.key_files import choose_key
from reflect.store.objects import files_at, read_blobs
from reflect.vault.vault import make_vault
from reflect.workspace import Workspace
from tests.community.peers import git, make_place
from tests.conftest import NOW
from tests.servers.sshd import Sshd

# School days; more by hand: REFLECT_DAYS=200, and another course of events: REFLECT_SEED=2.
DAYS = int(os.environ.get("REFLECT_DAYS", "20"))
SEED = int(os.environ.get("REFLECT_SEED", "11"))
NAMES = ("Ana", "Ben", "Cleo")
NAME = "rivertown"
LINE = "seen by {} as number {}"


@dataclass
class Told:
    """What is known of all that was written: each line's record, and which lines someone replaced on purpose."""

    lines: dict[str, str] = field(default_factory=dict)
    replaced: set[str] = field(default_factory=set)
    withdrawn: set[str] = field(default_factory=set)
    conflicts: set[str] = field(default_factory=set)
    drafts: int = 0
    merged: int = 0
    tips: list[str] = field(default_factory=list)


class Person:
    """One of the three, with a journal of their own."""

    def __init__(self, home: Path, name: str, told: Told) -> None:
        self.name = name
        self.day = 0
        self.told = told
        chance = random.Random(name)
        places = Places.from_environment({"REFLECT_HOME": str(home / name)})
        context = Context(places, dict(os.environ), lambda: NOW + dt.timedelta(days=self.day), chance.randbytes)
        vault = make_vault(places.default_vault, name, "en", NOW, context.randomness(18))
        self.desk = Workspace.open(context, vault.root)
        self.desk.refresh()
        self.private: list[str] = []

    def come_in(self, sshd: Sshd, place: Path) -> None:
        """Begin the community, or join it once it was begun."""
        known_hosts = self.desk.context.places.known_hosts
        shutil.copy(sshd.known_hosts, private_folder(known_hosts.parent) / known_hosts.name)
        choose_key(self.desk.places.keys, NAME, sshd.member_key)
        joining, address = self.desk.belonging.joining, Typed(sshd.url(place), "/", "/")
        if git(place, "for-each-ref"):
            joining.join(address, NAME, self.name)
        else:
            joining.create(NAME, address, self.name)
        self.desk.refresh()

    def line(self, record_id: str) -> str:
        """Return a line that nobody has written before."""
        line = LINE.format(self.name.lower(), len(self.told.lines))
        self.told.lines[line] = record_id
        return line

    def write(self, paragraphs: int) -> str:
        """Write a finding into the community, and return its id."""
        writing = self.desk.shared_writing
        lines = [self.line("") for _ in range(paragraphs)]
        content = Content(title=f"On {lines[0]}", body="\n\n".join(lines))
        text = writing.compose(NAME, writing.kind(NAME, "finding"), content)
        record = writing.write(NAME, "finding", text).record
        self.told.lines |= dict.fromkeys(lines, record.id)
        return record.id

    def there(self, record_id: str) -> Record | None:
        """Return a record as this person sees it now, None where they do not have it (any more)."""
        rows = [row for row in self.desk.catalog.with_ids([record_id]) if row.place == NAME]
        return self.desk.communities.record(rows[0]) if rows else None

    def change(self, record_id: str, paragraph: int) -> None:
        """Write one paragraph of a record anew."""
        record = self.there(record_id)
        if record is None:
            return
        old = record.body.strip().split("\n\n")[paragraph]
        self.desk.save_change(record, record.text.replace(f"\n{old}\n", f"\n{self.line(record_id)}\n"))
        self.told.replaced.add(old)

    def respond(self, record_id: str) -> None:
        record = self.there(record_id)
        if record is not None:
            line = self.line("")
            answer = self.desk.responding.respond(record, line, {}).record
            self.told.lines[line] = answer.id

    def share(self) -> None:
        """Share a finding of the journal that was written just now, or an earlier one that was changed."""
        if not self.private or len(self.private) % 2:
            line = self.line("")
            record = self.desk.new("finding", Content(title="Of the journal", body=line)).record
            self.private.append(record.id)
        else:
            record = self.desk.get(self.private[-1])
            old = record.body.strip()
            self.desk.save_change(record, record.text.replace(old, self.line("")))
            self.told.replaced.add(old)
            self.private.append(record.id)
        self.desk.refresh(full=True)
        sent = self.desk.sharing.send(self.desk.sharing.review(record.id, NAME)).record
        self.told.lines[sent.body.strip()] = sent.id

    def withdraw(self, record_id: str) -> None:
        record = self.there(record_id)
        if record is not None:
            self.desk.sharing.withdraw(record.ref)
            self.told.withdrawn.add(record_id)

    def sync(self, place: Path) -> None:
        (outcome,) = self.desk.sync()
        assert (outcome.error, outcome.question) == ("", None)
        self.told.conflicts |= {each.id for each in outcome.conflicts}
        self.told.drafts += sum(bool(each.draft) for each in outcome.withdrawn)
        self.told.merged += outcome.merged
        self.told.tips.append(git(place, "rev-parse", MAIN).strip())

    @property
    def tip(self) -> str:
        return self.desk.communities.get(NAME).repository.tip()


def test_three_people_come_together_after_a_month_and_nothing_is_lost(tmp_path: Path, sshd: Sshd):
    place, told, chance = make_place(tmp_path / "place.git"), Told(), random.Random(SEED)
    people = [Person(tmp_path, name, told) for name in NAMES]
    for person in people:
        person.come_in(sshd, place)
    # In some records each has a paragraph of their own, in others all write the same one.
    apart = [people[0].write(len(NAMES)) for _ in range(3)]
    together = [people[0].write(1) for _ in range(3)]
    for person in people:
        person.sync(place)
    live_a_month(people, apart, together, chance, place)
    for _ in range(2):
        for person in people:
            person.sync(place)
    assert {person.tip for person in people} == {git(place, "rev-parse", MAIN).strip()}
    nothing_is_lost(people, told, place)
    assert told.conflicts <= set(together)
    # The month was one in which all of this happened.
    assert told.conflicts
    assert told.merged
    assert told.drafts or SEED != 11
    assert told.withdrawn


def live_a_month(people: list[Person], apart: list[str], together: list[str], chance: random.Random, place: Path):
    """Let everyone do something on most days; who does not sync for days meets more of the others' work."""
    own: list[tuple[int, str]] = []
    for day in range(1, DAYS + 1):
        for number, person in chance.sample(list(enumerate(people)), len(people)):
            person.day = day
            person.change(chance.choice(apart), number)
            what = chance.choice(["write", "together", "together", "respond", "share", "withdraw", "nothing"])
            if what == "write":
                own.append((number, person.write(2)))
            elif what == "together":
                person.change(chance.choice(together), 0)
            elif what == "respond":
                person.respond(chance.choice([*apart, *together]))
            elif what == "share":
                person.share()
            elif what == "withdraw" and own:
                take_back(people, *own.pop())
            if chance.random() < 0.3:
                person.sync(place)


def take_back(people: list[Person], number: int, record_id: str) -> None:
    """Let someone withdraw a record of theirs while another changes it."""
    people[number - 1].change(record_id, 1)
    people[number].withdraw(record_id)


def nothing_is_lost(people: list[Person], told: Told, place: Path) -> None:
    repository = people[0].desk.communities.get(NAME).repository
    entries = files_at(repository.git, MAIN)
    texts = [text.decode() for text in read_blobs(repository.git, [each.blob for each in entries.values()]).values()]
    shown = "\n".join(texts)
    kept = "\n".join(draft.text for person in people for draft in person.desk.drafts.all())
    past = history(place)
    for line, record_id in told.lines.items():
        may_be_past = line in told.replaced or record_id in told.withdrawn
        assert f"\n{line}\n" in shown or f"\n{line}\n" in kept or (may_be_past and line in past), line
    ids = Counter(text.split("id: ")[1][:26] for text in texts if text.startswith("---\nid: "))
    assert set(ids.values()) == {1}
    # What the place had at any time led to what it has now: nothing was ever forced upon it.
    for tip in told.tips:
        git(place, "merge-base", "--is-ancestor", tip, MAIN)
    assert git(place, "fsck", "--no-dangling") == ""


def history(place: Path) -> str:
    """Return all that ever stood in a place."""
    names = git(place, "rev-list", "--objects", MAIN)
    command = ["git", f"--git-dir={place}", "cat-file", "--batch"]
    blobs = "".join(f"{line.split()[0]}\n" for line in names.splitlines() if line.endswith(".md"))
    return subprocess.run(command, input=blobs.encode(), capture_output=True, check=True).stdout.decode()
