"""What is being written, part by part: a text with its kind, and the file and draft that it belongs to."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from reflect.cli import finishing
from reflect.errors import ReflectError
from reflect.records import markdown
from reflect.records.compose import Content
from reflect.records.document import Document
from reflect.records.kinds import Kind, SectionSpec
from reflect.records.moments import written
from reflect.records.record import Record, as_list, encoded, read_record
from reflect.records.textforms import folded
from reflect.records.yaml_block import Value
from reflect.store.drafts import Draft
from reflect.vault.saving import Saved

if TYPE_CHECKING:
    from reflect.workspace import Workspace


@dataclass(frozen=True)
class Part:
    """A stretch of text that one writes at a time: a section, or with `""` what stands before the first."""

    title: str
    shown: str
    hint: str = ""
    moment: str = ""
    aliases: frozenset[str] = frozenset()

    @classmethod
    def of_spec(cls, spec: SectionSpec, lang: str) -> Part:
        """Return the part that is a section of a kind."""
        aliases = frozenset(spec.aliases)
        return cls(spec.title, spec.shown_title(lang), spec.shown_hint(lang), spec.moment, aliases)


BEFORE = Part("", "Text", "What stands under no heading.")


@dataclass(frozen=True)
class Paper:
    """A text on the desk; `path` and `base` are of the file that it changes, `""` while there is none."""

    kind: Kind
    text: str
    draft_id: str
    lang: str = "en"
    path: str = ""
    base: str = ""

    @classmethod
    def of_new(cls, workspace: Workspace, kind: Kind, content: Content, created: str) -> Paper:
        """Return the paper of a new record."""
        document = Document.parse(workspace.compose(kind, content, created))
        if not content.title.strip():
            document = document.with_value("title", "")
        return cls(kind, document.text, workspace.context.new_id(), workspace.lang)

    @classmethod
    def of_record(cls, workspace: Workspace, record: Record) -> Paper:
        """Return the paper on which a record is changed; raises ReflectError for one that cannot be read."""
        if record.problem:
            raise ReflectError(f"This record cannot be edited here: {record.problem}.", "Mend it in an editor first.")
        kind = workspace.kinds.get(record.kind)
        lang = record.lang or workspace.lang
        return cls(kind, record.text, workspace.context.new_id(), lang, record.ref, record.text)

    @classmethod
    def of_draft(cls, workspace: Workspace, draft: Draft) -> Paper:
        """Return the paper of a text that was left open; raises Unreadable."""
        kind = workspace.kinds.get(draft.kind or "reflection")
        document = Document.parse(draft.text)
        body = _bare(document.body, kind)
        paper = cls(kind, document.with_body(body).text, draft.id, workspace.lang, draft.path, draft.base)
        if not draft.path and paper.title == paper.made_title:
            return paper.with_value("title", "")
        return paper if body != document.body else replace(paper, text=draft.text)

    # Looking at it

    @property
    def is_new(self) -> bool:
        """Whether no file holds it yet."""
        return not self.path

    @property
    def document(self) -> Document:
        """The text taken apart."""
        return Document.parse(self.text)

    @property
    def title(self) -> str:
        """The title given, `""` while there is none."""
        value = self.document.values.get("title", "")
        return value if isinstance(value, str) else ""

    @property
    def made_title(self) -> str:
        """The title that it gets when none is given."""
        document = self.document
        return finishing.made_title(self.kind, document.body, str(document.values.get("created", "")))

    def texts_of(self, name: str) -> list[str]:
        """Return a field as texts."""
        value = self.document.values.get(name, "")
        if isinstance(value, dict):
            return [", ".join(f"{day}={each}" for day, numbers in value.items() for each in as_list(numbers))]
        return as_list(value)

    def parts(self) -> list[Part]:
        """Return the parts in their order: those of the kind, and those that someone added."""
        body = self.document.body
        own = [Part.of_spec(spec, self.lang) for spec in self.kind.sections]
        known = {alias for part in own for alias in part.aliases}
        others = [
            Part(title, title, aliases=frozenset({folded(title)}))
            for title in dict.fromkeys(each.title for each in markdown.sections(body))
            if title and folded(title) not in known
        ]
        has_text_before = bool(markdown.preface(body).strip())
        return [*([BEFORE] if has_text_before or not own else []), *own, *others]

    def text_of(self, part: Part) -> str:
        """Return what stands in a part."""
        body = self.document.body
        if not part.title:
            return markdown.preface(body).strip("\n")
        return next((each.text for each in markdown.sections(body) if folded(each.title) in part.aliases), "")

    @property
    def is_blank(self) -> bool:
        """Whether nothing was written in it."""
        return not any(self.text_of(part).strip() for part in self.parts())

    # Changing it

    def with_part(self, part: Part, text: str) -> Paper:
        """Return the paper with another text in one part; empty, its heading goes too."""
        document = self.document
        text = _closed(text)
        if part.title:
            order = [each.aliases for each in self.kind.sections]
            body = markdown.with_section(document.body or "\n", part.shown, text, set(part.aliases), order)
        else:
            found = markdown.sections(document.body)
            rest = "".join(markdown.lines_of(document.body)[found[0].start :]) if found else ""
            before = f"\n{text.strip(chr(10))}\n" if text.strip() else ""
            body = f"{before}\n{rest}" if rest else before
        return replace(self, text=document.with_body(body).text)

    def with_value(self, name: str, value: Value | None) -> Paper:
        """Return the paper with a field set, or emptied for None; raises Unreadable."""
        return replace(self, text=self.document.with_value(name, value).text)

    # Keeping it

    def keep(self, workspace: Workspace) -> Draft:
        """Put it among the drafts; raises SaveFailed."""
        now = written(workspace.context.now())
        draft = Draft(self.draft_id, self.kind.name, self.text, now, self.path, self.base)
        workspace.drafts.keep(draft)
        return draft

    def save(self, workspace: Workspace) -> Saved:
        """Write it into the journal and its history, and let the draft go; raises ReflectError, with the draft kept."""
        if self.is_new:
            from reflect.cli.writing import save_text

            saved = save_text(workspace, self.kind, finishing.finished(workspace, self.kind, self.text))
        else:
            before = read_record(encoded(self.base), self.path, workspace.kinds.folders)
            saved = workspace.save(self.path, finishing.changed(workspace, before, self.text), self.base)
            workspace.record_in_history(saved, f"Edit {saved.record.kind}")
        workspace.drafts.discard(self.draft_id)
        workspace.indexer.refresh_files(saved.paths)
        return saved


def words_in(text: str) -> int:
    """Return how many words a text has."""
    return len(text.split())


def _bare(body: str, kind: Kind) -> str:
    """Return a body without headings that nothing stands under, which the app keeps in its drafts."""
    return finishing.without_empty_sections(body, kind)


def _closed(text: str) -> str:
    """Return a text in which no code block is left open: it would swallow the headings that follow."""
    fences: Sequence[str] = [line for line in text.split("\n") if line.lstrip().startswith("```")]
    return f"{text}\n```" if len(fences) % 2 else text
