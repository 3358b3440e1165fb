"""What is being written: a record's text taken apart for the writing screen, and put together again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from reflect.records import markdown
from reflect.records.compose import Content, title_for
from reflect.records.document import Document
from reflect.records.kinds import Kind
from reflect.records.record import Record, as_list
from reflect.records.textforms import folded, one_line
from reflect.records.yaml_block import Value
from reflect.store.drafts import Draft


@dataclass(frozen=True)
class Sheet:
    """A text on the desk. `path` and `base` are of the file that it changes, `""` while there is none.

    `place` is the community that it is written into, `""` for the journal; `path` then names it too.
    `document` is what it is written into: keys that no form shows stay in it as they are.
    """

    kind: Kind
    document: Document
    draft_id: str
    path: str = ""
    base: str = ""
    lang: str = "en"
    own_title: str = ""
    is_from_draft: bool = False
    place: str = ""

    @classmethod
    def of_new(cls, kind: Kind, text: str, draft_id: str, lang: str, place: str = "", title: str = "") -> Sheet:
        """Return the sheet of a new record, from its composed text; `title` is one that was given, not made."""
        return cls(kind, Document.parse(text), draft_id, lang=lang, own_title=title, place=place)

    @classmethod
    def of_record(cls, kind: Kind, record: Record, draft_id: str, lang: str) -> Sheet:
        """Return the sheet on which a record is edited; raises Unreadable."""
        document = Document.parse(record.text)
        title = _text(document.values.get("title"))
        path, base = record.ref, record.text
        return cls(kind, document, draft_id, path, base, record.lang or lang, title, place=record.place)

    @classmethod
    def of_draft(cls, kind: Kind, draft: Draft, lang: str) -> Sheet:
        """Return the sheet of a text that was left open; raises Unreadable."""
        document = Document.parse(draft.text)
        path, base, place = draft.ref, draft.base, draft.place
        sheet = cls(kind, document, draft.id, path, base, lang, is_from_draft=True, place=place)
        title = _text(document.values.get("title"))
        made = title_for(kind, sheet._content(document.body), _text(document.values.get("created")))
        return replace(sheet, own_title="" if title == made and not draft.path else title)

    @property
    def is_new(self) -> bool:
        """Whether no file holds it yet."""
        return not self.path

    @property
    def values(self) -> Mapping[str, Value]:
        """The fields as they are in the document."""
        return self.document.values

    @property
    def opened_body(self) -> str:
        """The body as the editor shows it: every heading of the kind is there to write under."""
        return with_headings(_plain_ends(self.document.body), self.kind, self.lang).lstrip("\n")

    def texts_of(self, name: str) -> list[str]:
        """Return a field as a form shows it."""
        return texts_in_form(self.values.get(name, ""))

    def text(self, title: str, changes: Mapping[str, Value | None], body: str) -> str:
        """Return the record's whole text with what was typed; what was not touched stays byte for byte.

        Raises Unreadable where the front matter cannot be edited safely.
        """
        document = self.document
        if body != self.opened_body:
            kept = {folded(each.title) for each in markdown.sections(document.body)} if self.path else set[str]()
            document = document.with_body(self._gap + without_empty(body, self.kind, kept))
        for name, value in changes.items():
            document = document.with_value(name, value)
        title = one_line(title)
        if title != self.own_title or self.is_new:
            made = title_for(self.kind, self._content(body), _text(document.values.get("created")))
            document = document.with_value("title", title or made)
        return document.text

    @property
    def _gap(self) -> str:
        """What sets the body off from the head: the blank lines that stand there, one in a new record."""
        body = _plain_ends(self.document.body)
        if not body.strip():
            return "\n" if self.document.opening else ""
        return "\n" * (len(body) - len(body.lstrip("\n")))

    def after_saving(self, path: str, text: str, title: str) -> Sheet:
        """Return the sheet as it goes on once its text is in a file."""
        return replace(self, document=Document.parse(text), path=path, base=text, own_title=title or self.own_title)

    def _content(self, body: str) -> Content:
        texts = {each.title: each.text for each in markdown.sections(body)}
        by_kind = {spec.title: texts.get(title, "") for title in texts if (spec := self.kind.section(title))}
        before = markdown.preface(body)
        others = "\n\n".join(text for title, text in texts.items() if not self.kind.section(title))
        return Content(body=before if before.strip() else others, sections=by_kind)


def texts_in_form(value: Value) -> list[str]:
    """Return a value as a form shows it."""
    if isinstance(value, dict):
        return [", ".join(f"{day}={each}" for day, numbers in value.items() for each in as_list(numbers))]
    return as_list(value)


def with_headings(body: str, kind: Kind, lang: str) -> str:
    """Return a body with the headings of the kind that it lacks, each where it belongs in the order."""
    if not kind.sections:
        return body
    for place in reversed(range(len(kind.sections))):
        spec = kind.sections[place]
        found = markdown.sections(body)
        if any(folded(each.title) in spec.aliases for each in found):
            continue
        later = set[str]().union(*(each.aliases for each in kind.sections[place + 1 :]))
        lines = markdown.lines_of(body)
        at = next((each.start for each in found if folded(each.title) in later), len(lines))
        before, after = "".join(lines[:at]).rstrip("\n"), "".join(lines[at:])
        # Heading, blank, the line to write in, blank: what is typed there needs no tidying.
        room = f"## {spec.shown_title(lang)}\n\n" + (f"\n\n{after}" if after else "")
        body = f"{before}\n\n{room}" if before else room
    return body


def without_empty(body: str, kind: Kind, kept: set[str]) -> str:
    """Return a body without the kind's headings under which nothing was written; those `kept` stay."""
    lines = markdown.lines_of(body)
    dropped: set[int] = set()
    for section in markdown.sections(body):
        name = folded(section.title)
        if kind.section(section.title) and not section.text.strip() and name not in kept:
            dropped.update(range(section.start, section.end))
    text = "".join(line for number, line in enumerate(lines) if number not in dropped).strip("\n")
    return text + "\n" if text.strip() else ""


def is_blank(body: str, kind: Kind) -> bool:
    """Say whether nothing was written under any heading."""
    return not without_empty(body, kind, set()).strip()


def _text(value: Value | None) -> str:
    return value if isinstance(value, str) else ""


def _plain_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")
