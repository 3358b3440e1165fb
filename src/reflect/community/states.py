"""The states that a record of a community has had: who wrote them, and what they said."""

from __future__ import annotations

from reflect.community.repository import Repository
from reflect.errors import NotFound
from reflect.store.commits import MAIN
from reflect.vault.history import Version


class States:
    """Looks back in one community, by objects alone."""

    def __init__(self, repository: Repository) -> None:
        self._repository = repository

    def versions(self, path: str, number: int = -1) -> list[Version]:
        """Return the states of a file under its present name, newest first, at most so many."""
        repository = self._repository
        if not repository.tip():
            return []
        output = repository.git.run(
            # A removal is no state to look at.
            "log", f"--max-count={number}", "--no-renames", "--diff-filter=d", "--raw", "-z",
            "--format=%H%x1f%aI%x1f%an%x1f%s", "--end-of-options", MAIN, "--", f":(literal){path}",
        )  # fmt: skip
        lines = output.decode("utf-8", "surrogateescape").split("\0")
        return [Version(*line.strip("\n").split("\x1f", 3)) for line in lines if line.count("\x1f") >= 3]

    def text_at(self, path: str, rev: str) -> bytes:
        """Return the bytes of a file at a state; raises NotFound."""
        asked = ("rev-parse", "-q", "--verify", "--end-of-options", f"{rev}^{{commit}}")
        code, output = self._repository.git.call(*asked, allowed=(0, 1, 128))
        if code:
            raise NotFound(f"There is no state “{rev}” in history.", "See: reflect history ID")
        return self._repository.text_at(path, output.decode().strip())
