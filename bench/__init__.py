"""Benchmarks: the program and its yardsticks, timed in the same run. Start with `python -m bench`."""
