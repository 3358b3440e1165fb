"""`python -m bench [SIZE…]`: measure, print a table of ratios, and write it as JSON."""

from __future__ import annotations

import argparse
import dataclasses
import json
import platform
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from bench.commands import command_figures
from bench.corpus import make_corpus
from bench.desk import desk_figures
from bench.timing import Figure

SIZES = [1_000, 10_000, 100_000]
# Most limits are promised at one size; at the others the ratio is for information.
PROMISED_AT = {
    "rebuild the catalog": 100_000,
    "start-up check, nothing changed": 100_000,
    "search as you type, p95": 100_000,
    "all patterns": 100_000,
    "open an agenda": 100_000,
    "open the app to its first frame": 100_000,
    "memory of the app": 100_000,
    "reflect write TEXT": 10_000,
    "reflect list": 10_000,
    "reflect search": 10_000,
    "join a community": 10_000,
    "join, until it is listed": 10_000,
    "list after a pull of ten": 100_000,
}


def main() -> int:
    """Run the benchmarks; exit 0 also when a figure is not held, because the table says so."""
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("sizes", type=int, nargs="*", default=SIZES, help="numbers of records (default: all three)")
    parser.add_argument(
        "--folder", type=Path, default=Path.home() / ".cache" / "reflect-bench", help="where the corpora are kept"
    )
    parser.add_argument("--skip-app", action="store_true", help="leave out the rows that open the app")
    parser.add_argument("--skip-sync", action="store_true", help="leave out the rows of many communities and peers")
    options = parser.parse_args()
    figures: list[Figure] = []
    for size in options.sizes:
        home = options.folder / str(size)
        print(f"{size:,} records: preparing…", file=sys.stderr)
        make_corpus(home, size)
        for figure in _figures(home, size, options.skip_app):
            figures.append(figure)
            print(_line(figure), flush=True)
    figures += list(_growth(figures))
    if not options.skip_sync:
        from bench.sync import sync_figures

        for figure in sync_figures(options.folder):
            figures.append(figure)
            print(_line(figure), flush=True)
    result = options.folder / f"result-{time.strftime('%Y%m%d-%H%M%S')}.json"
    machine = {"python": platform.python_version(), "system": platform.platform()}
    promised = [figure for figure in figures if _is_promised(figure)]
    rows = [dataclasses.asdict(figure) | {"ratio": figure.ratio, "holds": _verdict(figure)} for figure in figures]
    result.write_text(json.dumps({"machine": machine, "figures": rows}, indent=1))
    print(f"\n{sum(figure.holds for figure in promised)} of {len(promised)} promises hold. Written to {result}")
    return 0


def _figures(home: Path, size: int, skip_app: bool) -> Iterator[Figure]:
    yield from desk_figures(home, size)
    if size >= 10_000:
        from bench.community import community_figures

        yield from community_figures(home, size)
    try:
        yield from command_figures(home, size)
    except FileNotFoundError as error:
        print(f"left out: {error} is not installed; pip install 'reflect-tui[bench]'", file=sys.stderr)
    if not skip_app:
        from bench.app import app_figures

        yield from app_figures(home, size)
        if size >= 10_000:
            from bench.screens import screen_figures

            yield from screen_figures(home, size)


def _growth(figures: list[Figure]) -> Iterator[Figure]:
    """Yield how much slower a save gets from the smallest to the largest corpus."""
    saves = [figure for figure in figures if figure.work == "save, to saved"]
    if len(saves) > 1:
        figure = Figure("save, largest over smallest corpus", saves[-1].size, saves[-1].ours, saves[0].ours, 1.3)
        print(_line(figure))
        yield figure


def _is_promised(figure: Figure) -> bool:
    return PROMISED_AT.get(figure.work, figure.size) == figure.size


def _verdict(figure: Figure) -> bool | None:
    return figure.holds if _is_promised(figure) else None


def _line(figure: Figure) -> str:
    scale, unit = (1000, "ms") if figure.unit == "ms" else (1, figure.unit)
    bound = f"≥ {figure.limit:g}× faster" if figure.faster else f"≤ {figure.limit:g}×"
    if figure.most < float("inf"):
        bound = f"≤ {figure.most * scale:g} {unit}"
    sign = {True: "holds   ", False: "NOT HELD", None: "        "}[_verdict(figure)]
    ours, yardstick = figure.ours * scale, figure.yardstick * scale
    return (
        f"{figure.work:<36}{figure.size:>8,}  {ours:>9.1f} {unit:<3} {yardstick:>9.1f} {unit:<3}"
        f"{figure.ratio:>7.2f}× {bound:<14}{sign}  {figure.note}"
    )


if __name__ == "__main__":
    sys.exit(main())
