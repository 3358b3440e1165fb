"""Sample communities in local places, which the sample leader has joined and reads: one of four districts, with three
peers, and a wider one, to which a finding was raised."""

from __future__ import annotations

import datetime as dt
import random
import shutil
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from typing import Any

from reflect.community.membership import Membership, write_membership
from reflect.community.repository import REMOTE, Repository
from reflect.community.shares import Share, write_share
from reflect.context import Context
from reflect.demo_sample import Sample, Written, sample_records
from reflect.records.kinds import Kind
from reflect.records.markdown import with_section
from reflect.records.moments import written
from reflect.records.review.shareable import shareable
from reflect.store.commits import MAIN, Commit, commit_stream
from reflect.store.git import Git, Identity
from reflect.store.objects import blob_of
from reflect.store.read_marks import ReadMarks
from reflect.store.shipped import DATA
from reflect.vault.vault import Vault

FOLDER = DATA / "demo" / "community"
WIDER_FOLDER = DATA / "demo" / "state"
NAME = "rivertown"
WIDER_NAME = "state-table"
SEED = 2309
WIDER_SEED = 1871
ME = "marisol"
JOINED_DAYS_AGO = 300
JOINED_WIDER_DAYS_AGO = 190
# What is newer than this, the leader has not read yet.
READ_UNTIL_DAYS_AGO = 9


@dataclass(frozen=True)
class Step:
    """One commit: who, when, what, and whether it has been sent."""

    by: Identity
    moment: dt.datetime
    message: str
    changes: Mapping[str, bytes | None]
    is_sent: bool = True


def join_sample_communities(context: Context, home: Path, vault: Vault, own: Sample) -> list[Step]:
    """Make the places with all that peers wrote, and let the leader of the vault be in them; `own` is the journal.

    Returns what this adds to the history of the vault; the files of it are written.
    """
    raw = tomllib.loads((FOLDER / "people.toml").read_text("utf-8"))
    people = {each["key"]: Identity(each["name"], each["address"]) for each in raw["person"]}
    records = [*sample_records(FOLDER), *_shared(own, raw["share"])]
    sample = Sample(own.now, random.Random(SEED), own.kinds, records)
    wider = Sample(own.now, random.Random(WIDER_SEED), own.kinds, sample_records(WIDER_FOLDER), sample.ids)
    steps = [
        _join(context, home, vault, people, (NAME, FOLDER, JOINED_DAYS_AGO), sample),
        _join(context, home, vault, people, (WIDER_NAME, WIDER_FOLDER, JOINED_WIDER_DAYS_AGO), wider),
    ]
    shares = [write_share(vault.root, each) for each in _shares(sample, own, raw["share"])]
    return [*steps, _own_step(vault, "Share with the community", own.now - dt.timedelta(days=1), shares)]


def _join(
    context: Context,
    home: Path,
    vault: Vault,
    people: Mapping[str, Identity],
    where: tuple[str, Path, int],
    sample: Sample,
) -> Step:
    """Make one place and let the leader be in it; returns what that adds to the history of the vault."""
    name, folder, joined_days_ago = where
    begun = min(map(sample.moment, sample.records)) - dt.timedelta(days=1)
    about = {"community.toml": sample.with_days((folder / "about.toml").read_text("utf-8")).encode()}
    steps = [Step(people["tobias"], begun, "Begin the community", about), *_steps(sample, people)]

    place = Repository(home / "places" / f"{name}.git", people["tobias"])
    place.make()
    place.git.run("symbolic-ref", "HEAD", MAIN)
    put_into_history(place.git, [step for step in steps if step.is_sent])
    me = people[ME]
    joined = sample.now - dt.timedelta(days=joined_days_ago)
    membership = Membership(name, str(place.path), me.name, me.address, written(joined)[:10])
    places = context.places.of_vault(vault.marker.id, vault.root)
    here = Repository(places.communities / f"{name}.git", membership.identity)
    here.make()
    shutil.copytree(place.path / "objects", here.path / "objects", dirs_exist_ok=True)
    tip = place.tip()
    here.move(tip, "", MAIN)
    here.move(tip, "", REMOTE)
    for step in steps:
        if not step.is_sent:
            here.commit(step.changes, step.message, step.moment)
    _mark_read(ReadMarks(places.read_marks / name), sample, steps)
    return _own_step(vault, f"Join {name}", joined, [write_membership(vault.root, membership)])


def _own_step(vault: Vault, message: str, moment: dt.datetime, paths: Sequence[str]) -> Step:
    changes = {path: (vault.root / path).read_bytes() for path in paths}
    return Step(Identity(vault.marker.name, vault.marker.address), moment, message, changes)


def _shared(own: Sample, found: Sequence[Mapping[str, Any]]) -> Iterable[dict[str, Any]]:
    """Yield the records of the journal that were shared, as they are in the community: nothing private in them."""
    keys = {each["of"]: each["key"] for each in found}

    def value(kind: Kind, name: str, given: Any) -> Any:
        field = kind.field(name)
        if field is None or field.type not in ("record", "records"):
            return given
        texts = given if isinstance(given, list) else [given]
        named = [f"@{keys[key]}" for text in texts if (key := str(text).removeprefix("@")) in keys]
        return named if field.is_list else (named or [""])[0]

    for each in found:
        record = own.by_key[each["of"]]
        kind = shareable(own.kinds.get(record["kind"]))
        fields = {
            name: value(kind, name, given) for name, given in record.get("fields", {}).items() if kind.field(name)
        }
        yield {
            **record,
            "key": each["key"],
            "by": ME,
            "days_ago": each["days_ago"],
            "agenda": keys.get(record.get("agenda", ""), ""),
            "fields": {name: given for name, given in fields.items() if given},
        }


def _steps(sample: Sample, people: Mapping[str, Identity]) -> list[Step]:
    """Return what was written, changed and withdrawn, in the order of time."""
    steps = []
    for record in sorted(sample.records, key=sample.moment):
        by = people[record["by"]]
        one = sample.written(record, by.name, is_dated_by_day=record["kind"] != "response")
        is_sent = not record.get("unsent", False)
        steps.append(Step(by, one.moment, one.message("Write"), {one.path: one.text.encode()}, is_sent))
        if "edit" in record:
            edit = record["edit"]
            text = _with_edit(sample, one, edit)
            steps.append(Step(people[edit["by"]], sample.moment(edit), one.message("Edit"), {one.path: text}))
        if "withdrawn_days_ago" in record:
            moment = sample.moment({"days_ago": record["withdrawn_days_ago"]})
            steps.append(Step(by, moment, one.message("Withdraw"), {one.path: None}))
    return sorted(steps, key=lambda step: step.moment)


def _with_edit(sample: Sample, one: Written, edit: Mapping[str, Any]) -> bytes:
    section = sample.kinds.get(one.kind).section(edit["section"])
    aliases = section.aliases if section else set()
    return with_section(one.text, edit["section"], sample.mentions(edit["text"]), aliases, []).encode()


def put_into_history(git: Git, steps: Sequence[Step], after: str = "") -> None:
    """Put all steps into history at once, `after` a commit: git is started one time, not once a record."""
    stream = b""
    for step in steps:
        commit = Commit(step.message, step.by, step.moment, [after] if after else [])
        stream += commit_stream(MAIN, commit, step.changes).removesuffix(b"done\n")
        after = ""
    git.run("fast-import", "--quiet", "--done", "--date-format=raw", input=stream + b"done\n")


def _mark_read(marks: ReadMarks, sample: Sample, steps: Sequence[Step]) -> None:
    until = sample.now - dt.timedelta(days=READ_UNTIL_DAYS_AGO)
    ids = {sample.written(record).path: sample.ids[record["key"]] for record in sample.records}
    read: dict[str, str] = {}
    for step in steps:
        for path, data in step.changes.items():
            if path in ids and data is not None and step.moment < until:
                read[ids[path]] = blob_of(data)
    marks.add(read)


def _shares(sample: Sample, own: Sample, found: Sequence[Mapping[str, Any]]) -> Iterable[Share]:
    """Yield what the vault says of each record that was shared."""
    for each in found:
        record = sample.by_key[each["key"]]
        one = sample.written(record, "Marisol Vega", is_dated_by_day=True)
        digest = sha256(one.text.encode()).hexdigest()
        yield Share(one.id, own.ids[each["of"]], NAME, written(one.moment)[:10], digest)
