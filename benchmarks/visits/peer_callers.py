"""Visitors without a browser of the peers, each in the words of its own page."""

from __future__ import annotations

import json
import re
import secrets
from typing import Any

from benchmarks.visits.callers import ANSWER, MOVED, PATIENCE, Caller
from benchmarks.visits.server import Server


class StreamlitCaller(Caller):
    """A visitor of Streamlit: the script is run when the line asks for it, and again with the slider moved."""

    async def ask(self, page: str) -> None:
        from streamlit.proto.BackMsg_pb2 import BackMsg
        from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

        await self.connect("/_stcore/stream", ["streamlit"])
        self.wish = BackMsg()
        self.wish.rerun_script.query_string = ""
        self.say(self.wish.SerializeToString())
        while True:
            message = await self.hear()
            assert isinstance(message, bytes)
            found = ForwardMsg.FromString(message)
            if found.delta.new_element.slider.id:
                self.slider = found.delta.new_element.slider.id
            if found.WhichOneof("type") == "script_finished":
                return

    async def move(self) -> None:
        state = self.wish.rerun_script.widget_states.widgets.add()
        state.id = self.slider
        state.double_array_value.data.append(MOVED)
        self.say(self.wish.SerializeToString())
        await self.hear_of(ANSWER)


class PanelCaller(Caller):
    """A visitor of Panel: Bokeh's document, which the line is asked for."""

    async def ask(self, page: str) -> None:
        token = re.search(r'"token":\s*"([^"]+)"', page)
        if token is None:
            raise ConnectionError("a page without Python")
        await self.connect("/panel_page/ws", ["bokeh", token[1]])
        await self.hear_of('"ACK"')
        self._send("PULL-DOC-REQ", {})
        await self.hear_of('"PULL-DOC-REPLY"')
        # After the header come the metadata and the document.
        self.document = [await self.hear(), await self.hear()][1]

    async def move(self) -> None:
        slider = _titled(json.loads(self.document), "Score")
        change = {"kind": "ModelChanged", "model": {"id": slider}, "attr": "value", "new": MOVED}
        self._send("PATCH-DOC", {"events": [change]})
        await self.hear_of(ANSWER)

    def _send(self, kind: str, content: dict[str, Any]) -> None:
        for part in ({"msgid": secrets.token_hex(8), "msgtype": kind}, {}, content):
            self.say(json.dumps(part))


def _titled(part: Any, title: str) -> str | None:
    """The id of the model with this title, somewhere in a document."""
    if isinstance(part, dict):
        if part.get("attributes", {}).get("title") == title:
            found: str = part["id"]
            return found
        part = list(part.values())
    if isinstance(part, list):
        return next(filter(None, (_titled(inner, title) for inner in part)), None)
    return None


class MarimoCaller(Caller):
    """A visitor of marimo: a session that begins with the line, and is told of changes by requests beside it."""

    def __init__(self, server: Server, patience: float = PATIENCE) -> None:
        super().__init__(server, patience)
        self.session = f"s_{secrets.token_hex(3)}"

    async def ask(self, page: str) -> None:
        token = re.search(r'"serverToken":\s*"([^"]*)"', page)
        self.token = token[1] if token else ""
        await self.connect(f"/ws?session_id={self.session}")
        self.slider = ""
        while True:
            message = await self.hear()
            assert isinstance(message, str)
            found = re.search(r"object-id=\W+([\w-]+)[^>]*>\s*<marimo-slider", message)
            if found:
                self.slider = found[1]
            if "completed-run" in message:
                return

    async def move(self) -> None:
        headers = {"Marimo_Session_Id": self.session, "Marimo_Server_Token": self.token}
        change = {"objectIds": [self.slider], "values": [MOVED]}
        await self.get(
            f"{self.base}/api/kernel/set_ui_element_value", change, Content_Type="application/json", **headers
        )
        await self.hear_of(ANSWER)
