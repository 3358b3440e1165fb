"""`reflect distill`: begin a record from what a call-in taught, without a word of it."""

from __future__ import annotations

from typing import Unpack

import click

from reflect.cli.group import Command
from reflect.cli.session import Session, pass_session
from reflect.cli.writing import NewOptions, new_options, write_new
from reflect.errors import ReflectError, UsageError

KINDS = ("finding", "wondering", "policy")
