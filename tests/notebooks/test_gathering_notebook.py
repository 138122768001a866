"""The apps' notebooks: five lines, no outputs, and it runs."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient


NOTEBOOKS = Path(__file__).parents[2] / "notebooks"
TITLES = {"gathering": "Plan an evening of short conversations", "run": "Run the evening"}


@pytest.fixture(params=TITLES)
def name(request):
    return request.param


@pytest.fixture
def notebook(name):
    return nbformat.read(NOTEBOOKS / f"{name}.ipynb", as_version=4)


def test_the_notebook_holds_no_logic_and_no_outputs(notebook):
    code = [cell for cell in notebook.cells if cell.cell_type == "code"]
    assert sum(len(cell.source.splitlines()) for cell in code) <= 5
    assert all(cell.outputs == [] and cell.execution_count is None for cell in code)


def test_the_notebook_names_its_page_and_its_language(notebook, name):
    assert notebook.metadata.title == TITLES[name]
    assert notebook.metadata.lang == "en"


def test_the_notebook_runs_and_shows_the_app(notebook):
    done = NotebookClient(notebook, timeout=60, kernel_name="python3").execute()
    (output,) = done.cells[-1].outputs
    assert "application/vnd.jupyter.widget-view+json" in output.data
