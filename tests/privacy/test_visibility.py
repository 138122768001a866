"""Who may read what somebody wrote."""

import pytest

from relexp.privacy.roles import LEADS, Role
from relexp.privacy.visibility import Visibility, may_read


@pytest.mark.parametrize("role", [*Role])
def test_what_is_for_the_writer_alone_is_read_by_nobody_else(role):
    assert not may_read(Visibility.ME, role, own=False)
    assert may_read(Visibility.ME, role, own=True)
    assert may_read(Visibility.FACILITATOR, role, own=False) == (role in LEADS)
    assert may_read(Visibility.EVERYONE, role, own=False)
