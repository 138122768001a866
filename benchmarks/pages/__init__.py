"""The same page written for each engine, and how each engine is started."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

HERE = Path(__file__).resolve().parent


@dataclass(frozen=True)
class Engine:
    """An engine: its name in the table, what it is in a few words, its start, and the packages it needs.

    `command` is given a free port and a folder for its own files. `pause` is how long someone at the slider waits
    before they press the key again.
    """

    name: str
    words: str
    command: Callable[[int, Path], list[str]]
    packages: tuple[str, ...]
    path: str = "/"
    pause: float = 0.05

    def missing(self) -> tuple[str, ...]:
        """The packages that are not installed."""
        return tuple(name for name in self.packages if find_spec(name) is None)


def _ours(port: int, folder: Path) -> list[str]:
    return [sys.executable, "-m", "benchmarks.pages.ours", str(port), str(folder / "links.json")]


def _voila(port: int, folder: Path) -> list[str]:
    notebook = str(HERE / "notebooks" / "stock.ipynb")
    return [sys.executable, "-m", "voila", notebook, f"--port={port}", "--Voila.port_retries=0", "--no-browser"]


def _streamlit(port: int, folder: Path) -> list[str]:
    flags = [f"--server.port={port}", "--server.address=127.0.0.1", "--server.headless=true"]
    flags += ["--browser.gatherUsageStats=false", "--server.fileWatcherType=none"]
    return [sys.executable, "-m", "streamlit", "run", str(HERE / "streamlit_page.py"), *flags]


def _panel(port: int, folder: Path) -> list[str]:
    flags = [f"--port={port}", "--address=127.0.0.1", f"--allow-websocket-origin=127.0.0.1:{port}"]
    return [sys.executable, "-m", "panel", "serve", str(HERE / "panel_page.py"), *flags]


def _solara(port: int, folder: Path) -> list[str]:
    flags = [f"--port={port}", "--host=127.0.0.1", "--no-open", "--production"]
    return [sys.executable, "-m", "solara", "run", str(HERE / "solara_page.py"), *flags]


def _marimo(port: int, folder: Path) -> list[str]:
    flags = [f"--port={port}", "--host=127.0.0.1", "--headless", "--no-token"]
    return [sys.executable, "-m", "marimo", "run", str(HERE / "marimo_page.py"), *flags]


ENGINES: dict[str, Engine] = {
    engine.name: engine
    for engine in (
        Engine("ours", "relexp's server, a notebook of widgets", _ours, ("relexp", "plotly"), path="/people"),
        Engine("voila", "stock Voila, the same notebook", _voila, ("voila", "plotly")),
        # It waits until 0.2 s after the last press: whoever pressed faster would never be answered.
        Engine("streamlit", "streamlit run", _streamlit, ("streamlit", "plotly"), pause=0.25),
        Engine("panel", "panel serve", _panel, ("panel", "plotly"), path="/panel_page"),
        Engine("solara", "solara run, in production mode", _solara, ("solara", "plotly")),
        Engine("marimo", "marimo run", _marimo, ("marimo", "plotly")),
    )
}
