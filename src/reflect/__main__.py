"""What `reflect` and `python -m reflect` run."""

from __future__ import annotations

import os
import sys
import threading

from reflect.cli.main import main as run_command


def main() -> int:
    """Run one command; where nothing else is at work, end at once."""
    code = run_command()
    if threading.active_count() == 1:
        # Python would take every module apart first, for ten milliseconds in which a person waits.
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(code)
    return code


if __name__ == "__main__":
    sys.exit(main())
