"""A leader in a sound community, who meets the hostile ones; and what is looked at after each of them."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.conftest import Ran
from tests.hostile import names
from tests.hostile.make_hostile import RAN, make
from tests.hostile.raw import Raw, record

# Escapes, controls but the end of a line, overrides of direction.
STEERS = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
# Stands in git's password store and in addresses, and is never printed.
SECRET = "token-4711"
OWN_LINE = "A line of my own."
STEADY_TITLE = "A steady record"
Place = Callable[[str], Path]


@pytest.fixture(scope="session")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    """Give the hostile place of a name, made once."""
    folder = tmp_path_factory.mktemp("hostile")
    made: dict[str, Path] = {}

    def give(name: str) -> Path:
        if name not in made:
            made[name] = make(folder, name)
        return made[name]

    return give


@dataclass
class Leader:
    """Someone with a journal, in the community `steady`; `own` are the program's folders, `desk` where she works."""

    run_cli: Callable[..., Ran]
    folder: Path
    own: Path

    @property
    def tokens(self) -> Path:
        """The file of git's own password store."""
        return self.folder / "places" / "tokens"

    def run(self, *words: str, **how: object) -> Ran:
        """Run a command as a person does, and look at every byte that it prints."""
        ran = self.run_cli(*words, **how)
        for text in (ran.out, ran.err):
            assert SECRET not in text, words
            found = STEERS.search(text)
            assert found is None, (words, text[max(found.start() - 80, 0) : found.end() + 80])
        assert "mistake of its own" not in ran.err, (words, ran.err)
        assert "Traceback" not in ran.err
        return ran

    def done(self, *words: str, **how: object) -> Ran:
        """Run a command that has to work."""
        ran = self.run(*words, **how)
        assert ran.code == 0, (words, ran.err)
        return ran

    def refused(self, *words: str, **how: object) -> str:
        """Run a command that has to be refused in one sentence, and return it."""
        ran = self.run(*words, **how)
        assert ran.code == 1, (words, ran.out)
        return ran.err

    def join(self, where: Path | str, name: str = "rivertown") -> Ran:
        return self.run("community", "join", str(where), "--name", name, "--as", "Ana")

    def titles(self, place: str = "rivertown") -> list[str]:
        return [each["title"] for each in self.done("list", "--in", place, "--json").json]

    def new_place(self) -> Path:
        """Make a sound place that is still to turn bad."""
        raw = Raw(self.folder / "places" / "rivertown.git")
        raw.commit(raw.files(names.good(raw)))
        return raw.path

    def outside(self) -> dict[str, str]:
        """Return all that lies around the program's own folders and the places."""
        found = {}
        for at, folders, files in os.walk(self.folder):
            here = Path(at)
            aside = (self.own, self.folder / "places", self.folder / "certificate")
            folders[:] = [each for each in folders if here / each not in aside]
            for name in [*folders, *files]:
                path = here / name
                state = path.lstat()
                text = path.read_bytes() if path.is_file() and not path.is_symlink() else b""
                what = str(path.readlink()) if path.is_symlink() else hashlib.sha1(text).hexdigest()
                found[str(path)] = f"{state.st_mode:o} {what}"
        return found


@pytest.fixture
def leader(
    run_cli: Callable[..., Ran], machine: Path, tmp_path: Path, place: Place, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Leader]:
    """The leader; afterwards nothing has run, nothing lies elsewhere, and the sound community is as it was."""
    own, desk = tmp_path / "own", tmp_path / "desk"
    monkeypatch.setenv("REFLECT_HOME", str(own))
    for folder in (own, desk, tmp_path / "places", machine / ".ssh"):
        folder.mkdir()
    (machine / ".ssh" / "config").write_text("# mine\n")
    (desk / "paper.md").write_text("mine\n")
    monkeypatch.chdir(desk)
    found = Leader(run_cli, tmp_path, own)
    (machine / ".gitconfig").write_text(f"[credential]\n\thelper = store --file={found.tokens}\n")
    found.done("init", "--name", "Ana")
    found.done("write", OWN_LINE)
    steady = Raw(tmp_path / "places" / "steady.git")
    steady.commit(steady.files({"findings/steady.md": record(9, STEADY_TITLE)}))
    assert found.join(steady.path, "steady").code == 0
    before = found.outside()
    yield found
    assert not list(tmp_path.rglob(RAN))
    assert not (place("in-wait").parent / RAN).exists()
    assert found.outside() == before
    assert found.titles("steady") == [STEADY_TITLE]
    assert OWN_LINE in found.titles("vault")
