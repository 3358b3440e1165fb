"""What was shared is in others' hands, and is not erased."""

import pytest

from reflect.errors import ReflectError
from tests.community.conftest import record_text

THEIRS = "01JDA6C4T3W5E9K2M8Q7RZXYVB"


def test_a_record_of_a_community_is_refused(workspace, peer_writes):
    peer_writes({"findings/a.md": record_text(THEIRS, "Theirs")})
    workspace.refresh()
    with pytest.raises(ReflectError, match="belongs to the community rivertown"):
        workspace.eraser.look(THEIRS)
