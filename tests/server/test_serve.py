"""Starting the apps: what is refused, and told in words."""

import json
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from relexp.messages import FaultsFound
from relexp.server import places
from relexp.server.application import settings
from relexp.server.kernel import main
from relexp.server.serve import _write_links, serve


def test_a_port_that_is_taken_is_told():
    with socket.create_server(("127.0.0.1", 0)) as taken, pytest.raises(FaultsFound) as refused:
        serve(port=taken.getsockname()[1], browser=False)
    assert refused.value.faults[0].message.code == "app.serve_port_taken"


def test_a_line_that_is_idle_is_left_alone(tmp_path):
    # As often as it is asked for a sign of life, so soon it would be taken for dead.
    asked = settings(tmp_path).Voila.tornado_settings
    assert asked["ws_ping_interval"] == 0 or asked["ws_ping_timeout"] > 2 * asked["ws_ping_interval"]


def test_links_are_whole_or_not_there(tmp_path):
    path = tmp_path / "links.json"
    _write_links(path, {"base": "http://127.0.0.1:1"})
    _write_links(path, {"base": "http://127.0.0.1:2"})
    assert json.loads(path.read_text(encoding="utf-8")) == {"base": "http://127.0.0.1:2"}
    assert list(tmp_path.iterdir()) == [path]


def test_a_file_s_address_changes_with_its_content():
    name, version = places.asset("relexp.css").split("?v=")
    assert name == "relexp/relexp.css"
    assert len(version) == 12


def test_no_page_of_ours_names_another_host():
    for file in (*places.TEMPLATES.iterdir(), *filter(Path.is_file, places.STATIC.iterdir())):
        text = file.read_text(encoding="utf-8").replace("http://www.w3.org/2000/svg", "")
        assert "http://" not in text, file
        assert "https://" not in text, file
        assert "url(" not in text, file


def test_a_kernel_leaves_out_what_no_page_needs(monkeypatch):
    import sys

    from ipykernel.kernelapp import IPKernelApp

    started = []
    monkeypatch.setattr(IPKernelApp, "launch_instance", lambda **options: started.append(options))
    for name in ("debugpy", "rfc3987_syntax"):
        monkeypatch.setitem(sys.modules, name, object())
    main()
    assert sys.modules["debugpy"] is None
    assert started


def test_the_server_starts_without_what_plans_an_evening():
    look = (
        "import sys, relexp.server.serve; print(*sorted(set(sys.modules) & {'scipy', 'pandas', 'relexp.pairing.plan'}))"
    )
    done = subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
