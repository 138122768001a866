"""So often and no more."""

from relexp.server import limits
from relexp.server.limits import Limit


def test_somebody_may_try_so_often_in_a_minute_and_then_again_a_minute_later():
    limit = Limit(many=3, seconds=60)
    for second in range(3):
        assert not limit.reached("them", second)
        limit.count("them", second)
    assert limit.reached("them", 3)
    assert limit.reached("them", 59.9)
    assert not limit.reached("them", 60)


def test_one_who_tries_too_often_keeps_nobody_else_out():
    limit = Limit(many=1, seconds=60)
    limit.count("them", 0)
    assert limit.reached("them", 1)
    assert not limit.reached("us", 1)


def test_it_remembers_no_more_names_than_it_can_hold(monkeypatch):
    monkeypatch.setattr(limits, "MOST_NAMES", 2)
    limit = Limit(many=1, seconds=60)
    for name in ("first", "second", "first", "third"):
        limit.count(name, 0)
    assert not limit.reached("second", 1)
    assert limit.reached("first", 1)
    assert limit.reached("third", 1)
