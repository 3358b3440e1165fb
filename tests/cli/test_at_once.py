"""Several processes at once, and processes that are killed: what was shown as saved is there."""

import random
import signal
import subprocess
import sys
import time

WRITE = [sys.executable, "-m", "reflect", "write", "--json"]


def test_two_processes_write_at_once_and_both_are_kept(run_cli, vault, git):
    running = [
        subprocess.Popen([*WRITE, f"Text {number}."], stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        for number in range(6)
    ]
    for process in running:
        _, said = process.communicate(timeout=60)
        assert process.returncode == 0, said
    assert len(run_cli("list", "--json").json) == 6
    assert git("status", "--porcelain") == ""
    assert git("rev-list", "--count", "HEAD").strip() == "7"
    git("fsck")


def test_a_kill_between_the_steps_loses_nothing_that_was_saved(run_cli, vault, git):
    chance = random.Random(3)
    saved = 0
    for number in range(15):
        process = subprocess.Popen([*WRITE, f"Text {number}."], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        time.sleep(chance.uniform(0.05, 0.3))
        process.send_signal(signal.SIGKILL)
        answer, _ = process.communicate()
        saved += answer.endswith(b"}\n")
    listed = run_cli("list", "--json").json
    assert len(listed) >= saved
    assert all(each["unreadable"] is None for each in listed)
    assert git("status", "--porcelain") == ""
    git("fsck")
