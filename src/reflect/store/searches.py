"""The searches of one person on this computer: the last ones, and those kept under a name.

They may hold names of people, so they stay in the local state and never reach the journal's files.
"""

from __future__ import annotations

import json

from reflect.store.state import LocalState

RECENT = "recent searches"
SAVED = "saved searches"
MOST = 20


class Searches:
    """Remembers what was searched for."""

    def __init__(self, state: LocalState) -> None:
        self._state = state

    def recent(self) -> list[str]:
        """Return the last searches, the newest first."""
        try:
            found = json.loads(self._state.get(RECENT, "texts", "[]"))
        except ValueError:
            return []
        return [each for each in found if isinstance(each, str)] if isinstance(found, list) else []

    def add_recent(self, text: str) -> None:
        """Remember a search that was of use."""
        text = text.strip()
        if text:
            others = [each for each in self.recent() if each != text]
            self._keep([text, *others][:MOST])

    def forget(self, text: str) -> None:
        """Forget one of the last searches."""
        self._keep([each for each in self.recent() if each != text])

    def forget_all(self) -> None:
        """Forget the last searches; those with a name stay."""
        self._keep([])

    def saved(self) -> dict[str, str]:
        """Return the searches that have a name, in the order of the names."""
        found = self._state.group(SAVED)
        return {name: found[name] for name in sorted(found, key=str.casefold)}

    def save(self, name: str, text: str) -> None:
        """Keep a search under a name, in place of one that had it."""
        self._state.put(SAVED, name, text.strip())

    def remove(self, name: str) -> None:
        """Let go of a search that had a name."""
        self._state.put(SAVED, name, "")

    def _keep(self, texts: list[str]) -> None:
        self._state.put(RECENT, "texts", json.dumps(texts, ensure_ascii=False) if texts else "")
