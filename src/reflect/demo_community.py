"""A sample community with three peers, in a local place, that the sample leader has joined and reads."""

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
from reflect.store.git import Identity
from reflect.store.objects import blob_of
from reflect.store.read_marks import ReadMarks
from reflect.store.shipped import DATA
from reflect.vault.vault import Vault

FOLDER = DATA / "demo" / "community"
NAME = "rivertown"
SEED = 2309
ME = "marisol"
JOINED_DAYS_AGO = 300
# What is newer than this, the leader has not read yet.
READ_UNTIL_DAYS_AGO = 9


@dataclass(frozen=True)
class _Step:
    """One commit of the community: who, when, what, and whether it has been sent."""

    by: Identity
    moment: dt.datetime
    message: str
    changes: Mapping[str, bytes | None]
    is_sent: bool = True


def join_sample_community(context: Context, home: Path, vault: Vault, own: Sample) -> None:
    """Make the place with all that peers wrote, and let the leader of the vault be in it; `own` is the journal."""
    raw = tomllib.loads((FOLDER / "people.toml").read_text("utf-8"))
    people = {each["key"]: Identity(each["name"], each["address"]) for each in raw["person"]}
    records = [*sample_records(FOLDER), *_shared(own, raw["share"])]
    sample = Sample(own.now, random.Random(SEED), own.kinds, records)
    begun = min(map(sample.moment, records)) - dt.timedelta(days=1)
    about = {"community.toml": (FOLDER / "about.toml").read_bytes()}
    steps = [_Step(people["tobias"], begun, "Begin the community", about), *_steps(sample, people)]

    place = Repository(home / "places" / f"{NAME}.git", people["tobias"])
    place.make()
    place.git.run("symbolic-ref", "HEAD", MAIN)
    _commit(place, [step for step in steps if step.is_sent])
    me = people[ME]
    joined = own.now - dt.timedelta(days=JOINED_DAYS_AGO)
    membership = Membership(NAME, str(place.path), me.name, me.address, written(joined)[:10])
    places = context.places.of_vault(vault.marker.id, vault.root)
    here = Repository(places.communities / f"{NAME}.git", membership.identity)
    here.make()
    shutil.copytree(place.path / "objects", here.path / "objects", dirs_exist_ok=True)
    tip = place.tip()
    here.move(tip, "", MAIN)
    here.move(tip, "", REMOTE)
    for step in steps:
        if not step.is_sent:
            here.commit(step.changes, step.message, step.moment)
    _mark_read(ReadMarks(places.read_marks / NAME), sample, steps)
    vault.commit([write_membership(vault.root, membership)], f"Join {NAME}", joined)
    shared = [write_share(vault.root, each) for each in _shares(sample, own, raw["share"])]
    vault.commit(shared, "Share with the community", own.now - dt.timedelta(days=1))


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


def _steps(sample: Sample, people: Mapping[str, Identity]) -> list[_Step]:
    """Return what was written, changed and withdrawn, in the order of time."""
    steps = []
    for record in sorted(sample.records, key=sample.moment):
        by = people[record["by"]]
        one = sample.written(record, by.name, is_dated_by_day=record["kind"] != "response")
        is_sent = not record.get("unsent", False)
        steps.append(_Step(by, one.moment, one.message("Write"), {one.path: one.text.encode()}, is_sent))
        if "edit" in record:
            edit = record["edit"]
            text = _with_edit(sample, one, edit)
            steps.append(_Step(people[edit["by"]], sample.moment(edit), one.message("Edit"), {one.path: text}))
        if "withdrawn_days_ago" in record:
            moment = sample.moment({"days_ago": record["withdrawn_days_ago"]})
            steps.append(_Step(by, moment, one.message("Withdraw"), {one.path: None}))
    return sorted(steps, key=lambda step: step.moment)


def _with_edit(sample: Sample, one: Written, edit: Mapping[str, Any]) -> bytes:
    section = sample.kinds.get(one.kind).section(edit["section"])
    aliases = section.aliases if section else set()
    return with_section(one.text, edit["section"], sample.mentions(edit["text"]), aliases, []).encode()


def _commit(repository: Repository, steps: Sequence[_Step]) -> None:
    """Put all steps into history at once: git is started one time, not once a record."""
    stream = b""
    for step in steps:
        stream += commit_stream(MAIN, Commit(step.message, step.by, step.moment), step.changes).removesuffix(b"done\n")
    repository.git.run("fast-import", "--quiet", "--done", "--date-format=raw", input=stream + b"done\n")


def _mark_read(marks: ReadMarks, sample: Sample, steps: Sequence[_Step]) -> None:
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
