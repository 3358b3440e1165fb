"""Real servers for shared places, on loopback only: an sshd, and git behind a web server.

They end with the process that started them, also when it is killed. `fixtures.py` has them as fixtures, `sshd` and
`web`, for every test; the rest imports no pytest, so that benchmarks can use it.
"""
