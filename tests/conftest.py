"""What all tests share: nothing runs past unseen, and browser tests never run side by side."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator

import pytest
from hypothesis import HealthCheck, settings
from xdist.scheduler import LoadScopeScheduling

# These start servers and kernels, and run one after the other; so do those in a browser, beside them.
ALONE = (
    "notebooks/",
    "tests/benchmarks/test_serving_bench.py",
    "tests/benchmarks/test_starts_bench.py",
    "tests/faults/",
    "tests/frontend/",
    "tests/notebooks/",
    "tests/server/",
    "tests/pairing/test_verify.py::test_three_thousand_people",
    "tests/test_ground.py::TestPackage",
)
MUST_RUN = os.environ.get("CI", "").casefold() == "true"

# How long an example takes says something about the machine, not about the room.
settings.register_profile(
    "relexp",
    parent=settings.get_profile(settings.get_current_profile_name()),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("relexp")


# These drive the whole house, or plan thousands of random rooms: what decides an evening is held to account by tests of
# its own, and to count its branches here as well would take many times as long.
UNCOUNTED = (
    "notebooks/",
    "tests/apps/",
    "tests/benchmarks/",
    "tests/browser/",
    "tests/faults/",
    "tests/frontend/",
    "tests/property/",
    "tests/server/",
    "tests/store/",
)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Leave out of the count of branches what is not there for them."""
    for item in items:
        if item.nodeid.startswith(UNCOUNTED):
            item.add_marker(pytest.mark.no_cover)


class Together(LoadScopeScheduling):
    """Which tests share a worker, read from their names: pytest 9 no longer lets xdist's own groups into them."""

    def _split_scope(self, nodeid: str) -> str:
        if nodeid.startswith("tests/browser/"):
            return "browser"
        if nodeid.startswith(ALONE):
            return "alone"
        batch = re.search(r"test_evenings\.py::.*\[(\d+)\]", nodeid)
        return f"evenings {batch[1]}" if batch else nodeid


def pytest_xdist_make_scheduler(config: pytest.Config, log: object) -> Together:
    """One worker for all that needs a browser, one for what starts servers, and one for each batch of random rooms."""
    return Together(config, log)


@pytest.fixture(scope="session", autouse=True)
def key_of_this_run(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """What the tests put under lock has nothing to do with whoever runs them."""
    with pytest.MonkeyPatch.context() as around:
        around.setenv("RELEXP_KEY_FILE", str(tmp_path_factory.mktemp("key") / "key"))
        yield


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
