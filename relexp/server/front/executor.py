"""Runs a notebook's cells, and keeps what the page must know of its widgets."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from nbclient.exceptions import CellExecutionComplete
from nbclient.output_widget import OutputWidget
from nbformat import NotebookNode
from voila.execute import VoilaExecutor

Message = dict[str, Any]


class HeldOutput(OutputWidget):
    """Takes what is shown inside an Output widget, and tells Python of it when the cell is over.

    nbclient tells it at once. Such a message goes out behind the back of the socket that waits for the cell's answer,
    which then now and then does not see the answer come, and the page would wait for ever.
    """

    def sync_state(self) -> None:
        """Note that there is something to tell."""
        self.executor.untold[self.comm_id] = super().sync_state


class Executor(VoilaExecutor):
    """Runs cells as Voila does; its widget states are whole up to the message `seen`."""

    def __init__(self, nb: NotebookNode, **options: Any) -> None:
        super().__init__(nb, **options)
        self.seen = ""
        self.untold: dict[str, Callable[[], None]] = {}
        self.widget_registry = {"@jupyter-widgets/output": {"OutputModel": HeldOutput}}

    async def run(self, cell: NotebookNode, place: int) -> None:
        """Run a cell, the one at `place` in its notebook. Raises CellExecutionError when its code does."""
        cell.outputs = []
        await self.async_execute_cell(cell, place, store_history=False)
        for tell in self.untold.values():
            tell()
        self.untold.clear()

    async def _async_poll_output_msg(self, parent_msg_id: str, cell: NotebookNode, cell_index: int) -> None:
        """Take every message, not only the cell's: a thread's change to a widget answers no cell."""
        while True:
            message = await self.kc.iopub_channel.get_msg(timeout=None)
            self.seen = message["header"]["msg_id"]
            if message["parent_header"].get("msg_id") == parent_msg_id:
                try:
                    self.process_message(message, cell, cell_index)
                except CellExecutionComplete:
                    return
            elif message["msg_type"].startswith("comm_"):
                self.handle_comm_msg(cell.outputs, message, cell_index)

    def handle_comm_msg(self, outs: list[NotebookNode], msg: Message, cell_index: int) -> None:
        """Keep the state as Python has it: without closed widgets, and without bytes that have been replaced."""
        content = msg["content"]
        comm_id, data = content["comm_id"], content["data"]
        if msg["msg_type"] == "comm_close":
            self.widget_state.pop(comm_id, None)
            self.widget_buffers.pop(comm_id, None)
            return
        kept = self.widget_buffers.get(comm_id, {})
        for path in [path for path in kept if path[0] in data.get("state", {})]:
            del kept[path]
        super().handle_comm_msg(outs, msg, cell_index)

    def output(
        self, outs: list[NotebookNode], msg: Message, display_id: str | None, cell_index: int
    ) -> NotebookNode | None:
        """Keep the name under which `update_display` finds an output again."""
        made: NotebookNode | None = super().output(outs, msg, display_id, cell_index)
        if made is not None and display_id:
            made["transient"] = {"display_id": display_id}
        return made

    def states(self) -> dict[str, dict[str, object]]:
        """The state of every widget, by its model's id."""
        return {
            model_id: {
                "model_name": state["_model_name"],
                "model_module": state["_model_module"],
                "model_module_version": state["_model_module_version"],
                "state": state,
                "buffers": list(self.widget_buffers.get(model_id, {}).values()),
            }
            for model_id, state in self.widget_state.items()
            if "_model_name" in state
        }
