"""Folders to import from, and the import itself."""

from collections.abc import Callable
from pathlib import Path

import pytest

from reflect.imports.report import ImportReport


@pytest.fixture
def source(tmp_path) -> Path:
    """An empty folder outside the journal."""
    folder = tmp_path / "source"
    folder.mkdir()
    return folder


@pytest.fixture
def put(source) -> Callable[[str, str | bytes], Path]:
    """Write a file below the source, with its folders."""

    def write(name: str, content: str | bytes = "") -> Path:
        path = source / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8", "surrogateescape"))
        return path

    return write


@pytest.fixture
def bring_in(workspace, source) -> Callable[..., ImportReport]:
    """Import the source, or a path, into the journal."""

    def run(format: str, path: Path | None = None, dry_run: bool = False) -> ImportReport:
        return workspace.import_records(format, path or source, dry_run)

    return run
