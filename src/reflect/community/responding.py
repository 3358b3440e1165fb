"""Answering a peer's record, trying it oneself, and carrying it on into another community."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from reflect.community.writing import SharedWriting
from reflect.errors import NotFound, ReflectError, UsageError
from reflect.records.compose import Content
from reflect.records.document import Document
from reflect.records.record import Record
from reflect.records.review.shareable import CARRIED_FROM, CARRIED_ID, NO_CONSENT, is_private
from reflect.records.review.substitution import NOTHING_SETTLED, Settled
from reflect.records.yaml_block import Value
from reflect.vault.saving import Saved

RESPONSE = "response"
A_PEER = "a peer"
BY_NAME = "by name"
WHY = "Why it matters here"
WHY_ES = "Por qué importa aquí"
# What a copy is told by in its new place; everything else of the front matter is made anew or stays behind.
OF_THE_ORIGIN = ("title", "lenses", "tags", "lang")


@dataclass(frozen=True)
class Carried:
    """A copy in another community, and the response that tells of it where it came from."""

    copy: Saved
    offer: Saved


class Responding:
    """Answers to records of communities; `known_as` says what a community is called elsewhere."""

    def __init__(
        self,
        writing: SharedWriting,
        known_as: Callable[[str], str],
    ) -> None:
        self._writing = writing
        self.known_as = known_as

    def answer(self, record: Record, text: str, fields: Mapping[str, Value], title: str = "", lang: str = "") -> str:
        """Return the text of a response to a record of a community, not yet written; raises ReflectError."""
        begun = self.begun(record)
        kind = self._writing.kind(record.place, RESPONSE)
        section = next(iter(kind.sections)).title if kind.sections else ""
        content = replace(
            begun,
            title=title,
            body="" if section else text,
            fields={**begun.fields, **fields},
            sections={section: text} if section else {},
        )
        return self._writing.compose(record.place, kind, content, lang=lang)

    def begun(self, record: Record) -> Content:
        """Return what an answer to a record of a community begins with; raises ReflectError."""
        self._shared(record)
        return Content(agenda=self._agenda(record), fields={"to": record.id})

    def begun_trial(self, record: Record) -> Content:
        """Return what a finding of one's own begins with that says *I tried this too*; raises NotFound."""
        return replace(tried_too(record), agenda=self._agenda(record))

    def respond(
        self,
        record: Record,
        text: str,
        fields: Mapping[str, Value],
        settled: Settled = NOTHING_SETTLED,
        title: str = "",
        lang: str = "",
    ) -> Saved:
        """Answer a record of a community, in that community; raises FlagsOpen, ReflectError."""
        return self._writing.write(record.place, RESPONSE, self.answer(record, text, fields, title, lang), settled)

    def copied(self, record: Record, to: str, why: str, agenda: str = "", lang: str = "") -> str:
        """Return the text of a record's copy for another community, not yet written; raises ReflectError.

        The text of the original is unchanged, with `why` above it. Who wrote it is told only as the record allows.
        """
        place = self._shared(record)
        if place == to:
            raise UsageError(f"“{record.title}” stands in {to} already.", "Name another community.")
        if record.problem:
            raise ReflectError(f"“{record.title}” cannot be read ({record.problem}), so it cannot be carried.")
        if not why.strip():
            raise UsageError("Say why it matters there.", 'Add: --why "…"')
        kind = self._writing.kind(to, record.kind)
        if record.text_of("consent") == NO_CONSENT:
            raise ReflectError(f"“{record.title}” waits for those it tells of, so it stays where it is.")
        head = Document.parse(self._writing.compose(to, kind, Content(title=record.title, agenda=agenda), lang=lang))
        values = Document.parse(record.text).values
        for name in OF_THE_ORIGIN:
            head = head.with_value(name, values.get(name) or None)
        for field in kind.fields:
            # What names a record would lead nowhere; how to be named was said by the author, not by who carries.
            if field.name != "credit" and not is_private(field) and field.type not in ("record", "records"):
                head = head.with_value(field.name, values.get(field.name) or None)
        head = head.with_value(CARRIED_FROM, None).with_value(CARRIED_ID, record.id)
        heading = WHY_ES if lang == "es" else WHY
        body = record.body.replace("\r\n", "\n").lstrip("\n")
        return head.with_body(f"\n## {heading}\n\n{why.strip()}\n\n{body}").text

    def carry(self, record: Record, to: str, text: str, settled: Settled = NOTHING_SETTLED, lang: str = "") -> Carried:
        """Put a copy, made by `copied`, into another community, and say so where it came from; raises FlagsOpen."""
        return Carried(self.put_copy(record, to, text, settled), self.offer(record, to, lang))

    def put_copy(self, record: Record, to: str, text: str, settled: Settled = NOTHING_SETTLED) -> Saved:
        """Put a copy, made by `copied`, into another community; raises FlagsOpen, with nothing written."""
        kind = self._writing.kind(to, record.kind)
        text = self._writing.looked_through(to, kind, text, settled)
        # Added when all else was looked through: a name that stands here stands by its owner's word.
        text = self.with_origin(text, record)
        return self._writing.put(to, kind, text, self._writing.path(to, kind, text), "Carry")

    def with_origin(self, text: str, record: Record) -> str:
        """Return the text of a copy that tells where it comes from."""
        return Document.parse(text).with_value(CARRIED_FROM, self.origin(record)).text

    def offer(self, record: Record, to: str, lang: str = "") -> Saved:
        """Say, as an answer to a record, that it was carried into another community."""
        says = "Llevado a" if lang == "es" else "Carried to"
        text = self.answer(record, f"{says} {self.known_as(to)}.", {"kind_of": "an offer"}, lang=lang)
        kind = self._writing.kind(record.place, RESPONSE)
        # Not looked through: it says nothing but what that community calls itself.
        return self._writing.put(record.place, kind, text, self._writing.path(record.place, kind, text))

    def origin(self, record: Record) -> str:
        """Return where a copy comes from: community, author as far as they may be named, day; and from where before."""
        author = record.author if record.text_of("credit") == BY_NAME and record.author else A_PEER
        before = record.text_of(CARRIED_FROM)
        return f"{self.known_as(record.place)} · {author} · {record.day}{f' ← {before}' if before else ''}"

    def _shared(self, record: Record) -> str:
        if not record.place:
            raise ReflectError(
                f"“{record.title}” is in your journal only, so nobody could read that.",
                f"To share it first: reflect share {record.reference} --to COMMUNITY",
            )
        if not record.has_id:
            raise ReflectError(f"“{record.title}” has no id by which it could be named.")
        return record.place

    def _agenda(self, record: Record) -> str:
        """Return the agenda that an answer belongs to: that of the record, where it is still there."""
        agenda = record.id if record.kind == "agenda" else record.agenda
        return agenda if agenda and self._writing.within.rows(record.place, agenda) else ""


def tried_too(record: Record) -> Content:
    """Return what a finding of one's own begins with that says *I tried this too*: it links to the record.

    It is to be written into the community of the record.
    """
    if not record.place or not record.has_id:
        raise NotFound(f"“{record.title}” is not in a community.", "See: reflect list --unread")
    return Content(agenda=record.agenda if record.kind != "agenda" else record.id, links=(record.id,))
