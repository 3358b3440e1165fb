"""What `reflect` and `python -m reflect` run."""

from __future__ import annotations

import os
import sys
import threading


def main() -> int:
    """Run one command, or the app; where nothing else is at work, end at once."""
    code = _run()
    if threading.active_count() == 1:
        # Python would take every module apart first, for ten milliseconds in which a person waits.
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
    return code


def _run() -> int:
    # What reads a command line takes 40 ms to load, and the app opens without a word.
    if len(sys.argv) < 2:
        from reflect.cli.app import open_alone

        return open_alone(os.environ)
    from reflect.cli.main import main as run_command

    return run_command()


if __name__ == "__main__":
    sys.exit(main())
