"""What all tests share: nothing runs past unseen, and browser tests never run side by side."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

HERE = Path(__file__).parent
ONE_AT_A_TIME = (HERE / "browser", HERE / "notebooks", HERE.parent / "notebooks")
MUST_RUN = os.environ.get("CI", "").casefold() == "true"

# How long an example takes says something about the machine, not about the room.
settings.register_profile(
    "relexp",
    parent=settings.get_profile(settings.get_current_profile_name()),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("relexp")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Give tests with a browser or a kernel, and those marked `alone`, one worker between them."""
    for item in items:
        shares_nothing = any(item.path.is_relative_to(folder) for folder in ONE_AT_A_TIME)
        if shares_nothing or item.get_closest_marker("alone"):
            item.add_marker(pytest.mark.xdist_group("alone"))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Iterator[None]:
    """With CI=true, a test that could not run has failed."""
    report = yield
    return failed_if_not_run(report)


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Iterator[None]:
    """With CI=true, a file whose tests could not run has failed."""
    report = yield
    return failed_if_not_run(report)


def failed_if_not_run(report: pytest.TestReport | pytest.CollectReport) -> pytest.TestReport | pytest.CollectReport:
    """The report, turned into a failure where a test was skipped and everything must run."""
    if MUST_RUN and report.skipped and not hasattr(report, "wasxfail"):
        reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else report.longrepr
        report.outcome = "failed"
        report.longrepr = f"could not run, and with CI=true everything must: {reason}"
    return report
