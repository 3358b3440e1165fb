"""What a community brings along of its own: `community.toml`, and its data files, read from its tip."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from reflect.community.repository import Repository
from reflect.records import community_file
from reflect.records.community_file import DATA_FOLDERS, About, parse_about
from reflect.store.git import Git
from reflect.store.objects import read_blobs, sized_files

MAX_BYTES = 64 * 1024
MAX_FILES = 50


@dataclass(frozen=True)
class OwnData:
    """What a community says of itself, and the texts of its own files by name; `problems` says what was left out."""

    about: About = field(default_factory=About)
    kinds: Mapping[str, str] = field(default_factory=dict)
    frameworks: Mapping[str, str] = field(default_factory=dict)
    journeys: Mapping[str, str] = field(default_factory=dict)
    resources: Mapping[str, str] = field(default_factory=dict)
    rubrics: Mapping[str, str] = field(default_factory=dict)
    problems: tuple[str, ...] = ()


def own_data(repository: Repository) -> OwnData:
    """Return what the community brings along as it is shown now; nothing for one that is empty or not here."""
    tip = repository.tip() if repository.exists else ""
    return _at(repository.path, tip) if tip else OwnData()


@lru_cache(maxsize=64)
def _at(path: Path, tip: str) -> OwnData:
    """Return what stands at a commit, which can never change."""
    git = Git(path, None)
    sizes, problems = {}, []
    for name, (entry, size) in sized_files(git, tip, [community_file.PATH, *DATA_FOLDERS.values()]).items():
        if not entry.is_file or (name != community_file.PATH and not name.endswith(".toml")):
            continue
        if size > MAX_BYTES:
            problems.append(f"{name}: larger than {MAX_BYTES // 1024} KiB, so it is not read.")
        else:
            sizes[name] = entry.blob
    files = {sort: _first_files(sizes, folder, problems) for sort, folder in DATA_FOLDERS.items()}
    wanted = [community_file.PATH, *(path for paths in files.values() for path in paths.values())]
    blobs = read_blobs(git, [sizes[name] for name in wanted if name in sizes])
    data = {name: blobs[sizes[name]] for name in wanted if name in sizes and sizes[name] in blobs}
    about = parse_about(data.get(community_file.PATH))
    texts = {sort: _texts(paths, data) for sort, paths in files.items()}
    return OwnData(about=about, problems=(*about.problems, *problems), **texts)


def _first_files(names: Mapping[str, str], folder: str, problems: list[str]) -> dict[str, str]:
    """Return the paths of the data files in a folder, by their names without ending."""
    found = sorted(name for name in names if name.startswith(folder) and "/" not in name.removeprefix(folder))
    if len(found) > MAX_FILES:
        problems.append(f"{folder}: {len(found)} files; only the first {MAX_FILES} are read.")
    return {name.removeprefix(folder).removesuffix(".toml"): name for name in found[:MAX_FILES]}


def _texts(paths: Mapping[str, str], data: Mapping[str, bytes]) -> dict[str, str]:
    # What is not UTF-8 becomes a text that is no TOML, or one with a mark where the byte was.
    return {name: data[path].decode("utf-8", "replace") for name, path in paths.items() if path in data}
