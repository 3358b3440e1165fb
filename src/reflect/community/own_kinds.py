"""A community's own kinds of record, which hold there only and can open nothing that is private."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from functools import cached_property

from reflect.errors import ReflectError
from reflect.records.kinds import Kind, KindMistake
from reflect.records.record import AGENDA_FOLDER
from reflect.store.kind_files import Kinds, Source, names_of

# Folders in which records stand, or data files, that are no kind's.
RESERVED = (AGENDA_FOLDER, "reflect")


class CommunityKinds(Kinds):
    """The kinds that hold in a community: its own `texts`, then those of the person's vault.

    A kind of the community that would change a private one, take its name or its folder, or let a
    private field go along, is refused or held back; that is said in `problems`.
    """

    def __init__(self, texts: Mapping[str, str], vault: Kinds) -> None:
        super().__init__(texts, *vault.sources[:-1])
        self._texts = texts
        self._vault = vault

    def parsed(self, source: Source, name: str) -> Kind:
        """Return the kind of this name as a source describes it; raises ReflectError."""
        kind = super().parsed(source, name)
        return self._guarded(kind) if source is self._texts else kind

    @cached_property
    def folders(self) -> Mapping[str, str]:
        """The folder of each kind, and the kind's name; what the vault knows keeps its folder."""
        found = dict(self._vault.folders)
        for name in sorted(self._texts):
            try:
                kind = self.parsed(self._texts, name)
            except ReflectError:
                continue
            found.setdefault(kind.folder, kind.name)
        return found

    def _guarded(self, kind: Kind) -> Kind:
        where = f"{kind.name}.toml"
        for other in self._vault.all():
            taken = sorted(names_of(other) & names_of(kind))
            if taken and not other.may_be_in_a_community:
                raise KindMistake(f"{where}: “{taken[0]}” is private in every journal, so a community cannot set it.")
            if other.name != kind.name and kind.folder == other.folder:
                raise KindMistake(f"{where}: the folder {kind.folder} belongs to the kind {other.name}.")
        if kind.folder in RESERVED and self._vault.folders.get(kind.folder) != kind.name:
            raise KindMistake(f"{where}: no kind can have the folder {kind.folder}.")
        known = self._vault.find(kind.name)
        return kind if known is None or known.name != kind.name else self._held_back(kind, known)

    def _held_back(self, kind: Kind, known: Kind) -> Kind:
        """Return the community's form of a kind that the vault knows too: what is private there stays so."""
        private = {each.name for each in known.fields if each.private}
        titles = {alias for each in known.sections if each.private for alias in each.aliases}
        opened = [each.name for each in kind.fields if each.name in private and not each.private]
        opened += [each.title for each in kind.sections if each.aliases & titles and not each.private]
        if opened:
            self.say(kind.name, f"{kind.name}.toml: {', '.join(opened)} is private in every journal, and stays so.")
        return dataclasses.replace(
            kind,
            fields=tuple(dataclasses.replace(f, private=f.private or f.name in private) for f in kind.fields),
            sections=tuple(
                dataclasses.replace(s, private=s.private or bool(s.aliases & titles)) for s in kind.sections
            ),
        )
