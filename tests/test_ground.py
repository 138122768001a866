"""The ground: the floors of the house, the locks, the package, and the two commands."""

from __future__ import annotations

import json
import re
import shutil
import signal
import subprocess
import sys
import time
import tomllib
import urllib.request
import zipfile
from importlib.metadata import packages_distributions
from pathlib import Path

import grimp
import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

HOME = Path(__file__).parent.parent
SETTINGS = tomllib.loads((HOME / "pyproject.toml").read_text("utf-8"))
RUN_LOCK = (HOME / "requirements.lock").read_text("utf-8")
DEV_LOCK = (HOME / "requirements-dev.lock").read_text("utf-8")
NODE_LOCK = (HOME / "requirements-node.lock").read_text("utf-8")
DOMAIN = (
    "messages",
    "roster",
    "pairing",
    "privacy",
    "gathering",
    "reflection",
    "learning",
    "leadership",
    "alliance",
    "weave",
)
HEAVY = ("pandas", "plotly", "ipywidgets", "anywidget", "click", "IPython", "sqlalchemy")

pytest_plugins = ["pytester"]


@pytest.fixture(scope="module")
def graph() -> grimp.ImportGraph:
    return grimp.build_graph("relexp", include_external_packages=True, cache_dir=None)


def pins(lock: str) -> set[str]:
    """The pinned versions of a lock, as in "numpy==2.4.6"."""
    return set(re.findall(r"^[a-z0-9][^ ]*==[^ ]+", lock, re.MULTILINE))


class TestFloors:
    def test_the_verifier_shares_only_data_types_and_the_difference_with_the_planner(
        self, graph: grimp.ImportGraph
    ) -> None:
        verifiers = {name for name in graph.modules if name.startswith("relexp.pairing.verify")}
        assert verifiers, "relexp.pairing.verify is not there"
        shared = {name for name in graph.modules if name.startswith(("relexp.roster", "relexp.messages"))}
        allowed = verifiers | shared | {"relexp.pairing.evening"}
        reached = set().union(*(graph.find_upstream_modules(name) for name in verifiers))
        assert {name for name in reached if name.startswith("relexp")} <= allowed

    def test_what_decides_an_evening_loads_without_screens_or_data_frames(self) -> None:
        modules = sorted(
            ".".join(path.relative_to(HOME).with_suffix("").parts)
            for room in DOMAIN
            for path in (HOME / "relexp" / room).rglob("*.py")
        )
        look = f"import sys, {', '.join(modules)}; print(*sorted(set(sys.modules) & {set(HEAVY)!r}))"
        done = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, cwd=HOME, check=True)
        assert done.stdout.split() == []

    def test_every_library_that_relexp_imports_is_declared(self, graph: grimp.ImportGraph) -> None:
        # A Hub's own library is asked for in words where it is missing: tests/server/test_hub.py.
        told = (*SETTINGS["project"]["dependencies"], *SETTINGS["project"]["optional-dependencies"]["hub"])
        declared = {canonicalize_name(Requirement(text).name) for text in told}
        packages = packages_distributions()
        imported = {name for name in graph.modules if graph.is_module_squashed(name)} - set(sys.stdlib_module_names)
        undeclared = {
            name for name in imported if not {canonicalize_name(dist) for dist in packages.get(name, [])} & declared
        }
        assert undeclared == set()


class TestLocks:
    @pytest.mark.parametrize("lock", [RUN_LOCK, DEV_LOCK, NODE_LOCK], ids=["run", "dev", "node"])
    def test_a_lock_names_no_registry_and_no_place_on_a_machine(self, lock: str) -> None:
        assert not re.search(r"https?:|file:|--index|--find-links|(^|\s)/|@ ", lock, re.MULTILINE)

    @pytest.mark.parametrize("lock", [RUN_LOCK, DEV_LOCK, NODE_LOCK], ids=["run", "dev", "node"])
    def test_every_pin_has_hashes(self, lock: str) -> None:
        hashed = re.findall(r"^([a-z0-9][^ ]*==[^ ]+)[^\n]*\\\n    --hash=sha256:[0-9a-f]{64}", lock, re.MULTILINE)
        assert set(hashed) == pins(lock)

    def test_what_is_tested_is_what_runs(self) -> None:
        assert pins(RUN_LOCK) <= pins(DEV_LOCK)


class TestNothingRunsPastUnseen:
    SKIPS = "import pytest\ndef test_here(): pass\ndef test_there(): pytest.skip('no browser')\n"

    def run(self, pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, ci: str, test: str) -> pytest.RunResult:
        monkeypatch.setenv("CI", ci)
        pytester.makeconftest((HOME / "tests" / "conftest.py").read_text("utf-8"))
        pytester.makepyfile(test)
        return pytester.runpytest_subprocess("-p", "no:cacheprovider")

    def test_with_ci_a_test_that_could_not_run_has_failed(
        self, pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        result = self.run(pytester, monkeypatch, "true", self.SKIPS)
        result.assert_outcomes(passed=1, failed=1)
        result.stdout.fnmatch_lines("*could not run, and with CI=true everything must: *no browser*")

    def test_with_ci_a_file_that_could_not_run_has_failed(
        self, pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        result = self.run(pytester, monkeypatch, "true", "import pytest\npytest.importorskip('not_to_be_had')\n")
        assert result.ret != 0
        result.stdout.fnmatch_lines("*could not run, and with CI=true everything must: *not_to_be_had*")

    def test_at_home_a_test_that_could_not_run_is_named_with_its_reason(
        self, pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        result = self.run(pytester, monkeypatch, "", self.SKIPS)
        result.assert_outcomes(passed=1, skipped=1)


def run_script(folder: Path, script: str, *words: str, **tools: str) -> subprocess.CompletedProcess[str]:
    """Run one of scripts/ in an empty checkout where nothing is installed but `tools` (name=what it does)."""
    shelf = folder / "tools"
    shelf.mkdir()
    (folder / "scripts").mkdir()
    shutil.copy(HOME / "scripts" / script, folder / "scripts")
    for name in ("pyproject.toml", "requirements.lock", "requirements-dev.lock"):
        (folder / name).touch()
    for name in ("sh", "dirname", "cksum", "cat", "rm", "env"):
        (shelf / name).symlink_to(shutil.which(name) or name)
    for name, body in tools.items():
        tool = shelf / name.replace("__", "-").replace("_", ".")
        tool.write_text(f"#!/bin/sh\n{body}\n", "utf-8")
        tool.chmod(0o755)
    command = [str(folder / "scripts" / script), *words]
    return subprocess.run(command, env={"PATH": str(shelf)}, capture_output=True, text=True, check=False)


class TestBootstrap:
    def test_without_a_fitting_python_it_says_what_to_install(self, tmp_path: Path) -> None:
        done = run_script(tmp_path, "bootstrap", "run", python3="exit 1")
        assert done.returncode == 1
        assert "needs Python 3.11, 3.12 or 3.13" in done.stderr
        assert not (tmp_path / ".venv").exists()

    def test_a_python_that_cannot_make_environments_is_told_apart(self, tmp_path: Path) -> None:
        done = run_script(tmp_path, "bootstrap", "run", python3='case "$2" in *ensurepip*) exit 1;; esac')
        assert done.returncode == 1
        assert "sudo apt install python3-venv" in done.stderr

    def test_a_fitting_python_is_taken_where_python3_is_too_old(self, tmp_path: Path) -> None:
        newer = '[ "$1" = -c ] || echo "$@" >&2; [ "$1" = -c ]'
        done = run_script(tmp_path, "bootstrap", "run", python3="exit 1", python3_12=newer)
        assert "-m venv --clear .venv" in done.stderr


class TestChromium:
    def test_it_is_installed_where_that_needs_nobodys_leave(self, tmp_path: Path) -> None:
        done = run_script(tmp_path, "chromium", id="echo 0", apt__get='echo "apt-get $*" >&2')
        assert done.returncode == 0
        assert "apt-get update" in done.stderr
        assert "apt-get install -qq -y --no-install-recommends chromium" in done.stderr

    def test_where_it_may_not_be_installed_that_is_said_and_the_other_tests_go_on(self, tmp_path: Path) -> None:
        done = run_script(tmp_path, "chromium", id="echo 1000", sudo="exit 1", apt__get="exit 9")
        assert done.returncode == 0
        assert "the browser tests will be reported as not run" in done.stderr

    def test_one_that_is_here_is_left_alone(self, tmp_path: Path) -> None:
        done = run_script(tmp_path, "chromium", chromium="exit 0", id="echo 0", apt__get="exit 9")
        assert (done.returncode, done.stderr) == (0, "")


class TestPostgresql:
    def test_it_is_installed_where_that_needs_nobodys_leave(self, tmp_path: Path) -> None:
        done = run_script(tmp_path, "postgresql", ls="exit 1", id="echo 0", apt__get='echo "apt-get $*" >&2')
        assert done.returncode == 0
        assert "apt-get install -qq -y --no-install-recommends postgresql" in done.stderr

    def test_where_it_may_not_be_installed_that_is_said_and_the_other_tests_go_on(self, tmp_path: Path) -> None:
        done = run_script(tmp_path, "postgresql", ls="exit 1", id="echo 1000", sudo="exit 1", apt__get="exit 9")
        assert done.returncode == 0
        assert "its tests will be reported as not run" in done.stderr

    def test_one_that_is_here_is_left_alone(self, tmp_path: Path) -> None:
        done = run_script(tmp_path, "postgresql", ls="exit 0", id="echo 0", apt__get="exit 9")
        assert (done.returncode, done.stderr) == (0, "")


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the source package as anybody would build it."""
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "build", "--no-isolation", "--outdir", str(folder), str(HOME)]
    subprocess.run(command, check=True, capture_output=True)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="session")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of commands of a fresh environment, away from the checkout: the lock for running, and the wheel."""
    folder = tmp_path_factory.mktemp("hall") / "venv"
    subprocess.run([sys.executable, "-m", "venv", str(folder)], check=True)
    pip = [str(folder / "bin" / "python"), "-m", "pip", "--quiet", "--disable-pip-version-check"]
    subprocess.run([*pip, "install", "--require-hashes", "-r", str(HOME / "requirements.lock")], check=True)
    subprocess.run([*pip, "install", "--no-deps", str(wheel)], check=True)
    subprocess.run([*pip, "check"], check=True)
    return folder / "bin"


class TestPackage:
    def test_the_wheel_carries_pages_content_and_exercises(self, wheel: Path) -> None:
        carried = set(zipfile.ZipFile(wheel).namelist())
        here = {
            f"relexp/_data/{path.relative_to(HOME)}"
            for folder in ("notebooks", "modules", "exercises")
            for path in tracked(folder)
        }
        assert here
        assert here <= carried
        assert "relexp/py.typed" in carried
        migrations = {path.relative_to(HOME).as_posix() for path in tracked("relexp/store/migrations")}
        assert {"relexp/store/migrations/env.py"} < migrations <= carried
        assert {f"relexp/server/static/front/page.{end}" for end in ("js", "js.br", "css", "css.gz")} <= carried
        assert not [name for name in carried if name.startswith(("tests", "benchmarks"))]

    def test_an_installed_relexp_pairs_a_room_away_from_the_checkout(self, installed: Path, tmp_path: Path) -> None:
        relexp = str(installed / "relexp")
        sheet, evening = tmp_path / "room.csv", tmp_path / "evening.json"
        people = "".join(f"Person {number},Organisation {number % 4}\n" for number in range(20))
        sheet.write_text(f"name,organisation\n{people}", "utf-8")
        subprocess.run([relexp, "pair", str(sheet), "--out", str(evening)], check=True, cwd=tmp_path)
        assert len(json.loads(evening.read_text("utf-8"))["rounds"]) == 5
        subprocess.run([relexp, "verify", str(sheet), str(evening)], check=True, cwd=tmp_path)

    def test_an_installed_relexp_serves_its_first_page_away_from_the_checkout(
        self, installed: Path, tmp_path: Path
    ) -> None:
        links = tmp_path / "links.json"
        command = [str(installed / "relexp"), "serve", "--port", "0", "--no-browser", "--links", str(links)]
        with subprocess.Popen(command, cwd=tmp_path) as server:
            try:
                address = json.loads(wait_for(links))["facilitator"]
                with urllib.request.build_opener(urllib.request.HTTPCookieProcessor()).open(
                    address, timeout=60
                ) as page:
                    shown = page.read().decode()
                assert "<main" in shown
                assert "widget-view+json" in shown, "the page came without its app"
            finally:
                server.send_signal(signal.SIGINT)
                server.wait(timeout=30)


def tracked(folder: str) -> list[Path]:
    """The files of a folder that are part of the project."""
    listed = subprocess.run(["git", "ls-files", folder], cwd=HOME, capture_output=True, text=True, check=True)
    return [HOME / name for name in listed.stdout.splitlines()]


def wait_for(path: Path, seconds: float = 60) -> str:
    """What is in a file, once something is."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if path.exists() and (text := path.read_text("utf-8")):
            return text
        time.sleep(0.1)
    raise TimeoutError(f"{path.name} did not come in {seconds:.0f} seconds")
