"""A question that waits for a person, remembered in the repository it is about.

What was refused is not kept, and not fetched again as long as the place shows the same; and an answer is about
what the person was asked, not about what came since.
"""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

from reflect.community.outcome import MINE, THEIRS, Question
from reflect.paths import private_folder
from reflect.store.files import remove_durably, write_durably
from reflect.store.git import Git

FOLDER = "reflect-questions"


class Questions:
    """The question about one place."""

    def __init__(self, git: Git, name: str) -> None:
        self._path: Path = git.git_dir / FOLDER / f"{name}.json"

    def waiting(self) -> Question | None:
        """Return the question that waits, None where none does."""
        try:
            raw = json.loads(self._path.read_text("utf-8"))
            return Question(**{**raw, "answers": tuple(raw.get("answers", (THEIRS, MINE)))})
        except (OSError, ValueError, KeyError, TypeError):
            return None

    def keep(self, question: Question) -> None:
        """Remember a question, in place of an earlier one."""
        private_folder(self._path.parent)
        write_durably(self._path, json.dumps(asdict(question)).encode())

    def settle(self) -> None:
        """Forget it: it was answered, or there is nothing to ask any more."""
        if self._path.exists():
            remove_durably(self._path)
