"""A review without a journal: a private text, the people that are known, and what of it would leave."""

from __future__ import annotations

from reflect.records.record import read_record
from reflect.records.review.finder import Finder
from reflect.records.review.people import People, Person
from reflect.records.review.redaction import Copy, Redaction
from reflect.records.review.substitution import NOTHING_SETTLED, Settled
from reflect.store.kind_files import Kinds
from reflect.store.name_files import name_words

ID, THERE = "01JDA6C4T3W5E9K2M8Q7RZXYV1", "01JDA6C4T3W5E9K2M8Q7RZXYV9"
KINDS = Kinds()
PEOPLE = [
    Person(("Ruth Okafor", "Ms. Okafor"), "teacher"),
    Person(("José Núñez",), "assistant principal"),
    Person(("Lee Tran",)),
]


def redaction(people=PEOPLE, own_words=(), there=lambda name: ""):
    words = name_words()
    known = People(people, words)
    return Redaction(known, Finder(words, frozenset(own_words), known, lambda name: bool(there(name))), there)


def redact(body, settled=NOTHING_SETTLED, title="A title", kind="finding", head="", **options):
    text = f"---\nid: {ID}\nkind: {kind}\ntitle: {title}\ncreated: 2026-11-20\n{head}---\n\n{body}\n"
    record = read_record(text.encode(), "x.md", KINDS.folders)
    own = KINDS.get(kind)
    return redaction(**options).redact(record, own, Copy(own, THERE, "2026-11-23", author="Ana"), settled)


def flagged(body, **options):
    return [(each.what, each.text) for each in redact(body, **options).flags]


def unseen(body, **options):
    """Return what would leave of a text without a question: all but what is flagged and open."""
    found = redact(body, **options)
    text = found.text.split("---\n", 2)[2] if options.get("title") is None else found.text
    for flag in sorted((each.text for each in found.flags if not each.resolved), key=len, reverse=True):
        text = text.replace(flag, "▢")
    return text


def settle_everything(body, role="", **options):
    """Return the text that is left when each flag is replaced by a role, or removed."""
    settled = Settled()
    for _ in range(60):
        found = redact(body, settled, **options)
        texts = [each.text for each in found.flags if not each.resolved]
        if not texts:
            return found.text
        if role:
            settled = Settled({**settled.replace, **dict.fromkeys(texts, role)})
        else:
            settled = Settled(remove=[*settled.remove, *texts])
    raise AssertionError(f"cannot be settled: {texts}")
