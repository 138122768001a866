"""An app's notebook becomes a page, piece by piece: the frame at once, each cell when it has run, the widgets last."""

from __future__ import annotations

from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Any

import nbformat
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from jupyter_client.manager import AsyncKernelManager
from markupsafe import Markup
from nbconvert.filters.markdown_mistune import MarkdownWithMath
from nbformat import NotebookNode
from voila.exporter import VoilaMarkdownRenderer
from voila.notebook_renderer import NotebookRenderer

from relexp.server.front.executor import Executor
from relexp.server.languages import language_called
from relexp.server.places import TEMPLATES, asset, needed_first

Start = Callable[[], Awaitable[AsyncKernelManager]]
Flush = Callable[[], Awaitable[None]]

# One environment for all visitors: a template is compiled once.
_templates = Environment(
    loader=FileSystemLoader(TEMPLATES), autoescape=True, enable_async=True, undefined=StrictUndefined, trim_blocks=True
)


class Renderer:
    """One visitor's page, from a notebook at `path` that is run in the Python which `start` gives.

    `kernel_id` is that Python's id. `flush` sends the visitor what has been written; it is called before every wait.
    """

    def __init__(self, path: Path, *, base: str, contents: Any) -> None:
        self.notebook = nbformat.read(path, as_version=4)
        self.base = base
        self.contents = contents
        self.language = language_called(self.notebook.metadata.get("lang", ""))

    async def pieces(self, kernel_id: str, start: Start, flush: Flush) -> AsyncIterator[str]:
        """The page's text in order. Raises what the template, the notebook's code or the start raises."""
        run = Run(self.notebook, start, flush)
        template = _templates.get_template("index.html.j2")
        try:
            async for piece in template.generate_async(
                about=self.notebook.metadata,
                kernel_id=kernel_id,
                base=self.base,
                run=run,
                asset=asset,
                needed_first=needed_first,
                written=self.written,
                _=self.language,
            ):
                yield piece
        finally:
            run.close()

    def written(self, cell: NotebookNode) -> Markup:
        """The HTML of a Markdown cell; its pictures are in the page itself."""
        pieces = WithAnchors(
            self.contents, escape=False, attachments=cell.get("attachments", {}), exclude_anchor_links=True
        )
        # A column without a heading has none, over which a screen reader would stumble.
        return Markup(MarkdownWithMath(renderer=pieces).render(cell.source).replace("<th></th>", "<td></td>"))


class WithAnchors(VoilaMarkdownRenderer):
    """Headings that links of the same page lead to, by the name that JupyterLab gives them, and no sign beside them."""

    def heading(self, text: str, level: int, **attrs: dict[str, Any]) -> str:
        """A heading; its anchor is its words, joined by hyphens."""
        named: dict[str, Any] = {"id": Markup(text).striptags().replace(" ", "-")}
        return str(super().heading(text, level, **named))


class Run:
    """The run of one notebook for one visitor, as the template asks for it."""

    def __init__(self, notebook: NotebookNode, start: Start, flush: Flush) -> None:
        self.notebook = notebook
        self.start = start
        self.flush = flush
        self.executor: Executor | None = None
        self.shown = False

    async def begin(self) -> str:
        """Start the visitor's Python, once they can see that something is on its way."""
        await self.flush()
        self.executor = Executor(self.notebook, km=await self.start())
        await self.flush()
        await self.executor.async_start_new_kernel_client()
        return ""

    async def cells(self) -> AsyncIterator[NotebookNode]:
        """Each cell when it has run. Raises CellExecutionError when its code does."""
        assert self.executor is not None
        for place, cell in enumerate(self.notebook.cells):
            if cell.cell_type == "code":
                await self.flush()
                await self.executor.run(cell, place)
            self.shown = self.shown or cell.cell_type == "markdown"
            yield cell

    def outputs(self, cell: NotebookNode) -> list[NotebookNode]:
        """What a cell shows a visitor: what it prints is for its makers."""
        shown = [output for output in cell.outputs if output.output_type != "stream"]
        self.shown = self.shown or bool(shown)
        return shown

    def widgets(self) -> dict[str, object]:
        """The state of every widget, and the last message that it holds."""
        assert self.executor is not None
        return {"seen": self.executor.seen, "states": self.executor.states()}

    def close(self) -> None:
        """Give back the line over which the notebook was run."""
        if self.executor is not None and self.executor.kc is not None:
            self.executor.kc.stop_channels()


def asks_for_lab(notebook: NotebookNode) -> bool:
    """Whether a notebook needs JupyterLab's page runtime: its metadata say {"voila": {"template": "lab"}}."""
    return bool(notebook.metadata.get("voila", {}).get("template") == "lab")


class LabRenderer(NotebookRenderer):
    """The page of a notebook which needs JupyterLab's page runtime: Voila's own way, in our frame."""

    async def initialize(self, **kwargs: object) -> None:
        await super().initialize(**kwargs)
        self.exporter.template_file = "lab.html.j2"

    async def pieces(self, kernel_id: str, start: Start, flush: Flush) -> AsyncIterator[str]:
        """The page's text in order. Raises what the template or the start raises."""
        await self.initialize()
        async for piece, _ in self.generate_content_generator(kernel_id, start()):
            yield piece
            await flush()
