"""How the server talks to one visitor's Python: over sockets that only this account can open, with no needless wait."""

from __future__ import annotations

import sys
import time
from queue import Empty
from typing import Any, cast

import zmq
import zmq.asyncio
from jupyter_client.asynchronous.client import AsyncKernelClient
from jupyter_client.ioloop.restarter import AsyncIOLoopKernelRestarter
from jupyter_server.services.kernels.kernelmanager import ServerKernelManager
from traitlets import default

# The longest path that a socket in a folder may have, on Linux and on macOS, less the number at its end.
LONGEST_PATH = (103 if sys.platform == "darwin" else 107) - len("-ipc-99")
MILLISECONDS_TO_RECONNECT = 5
MOST_SOCKETS = 16384
STEP = 0.02


def quick_context() -> zmq.asyncio.Context:
    """What all the server's lines to its kernels are made with."""
    context = zmq.asyncio.Context()
    # A visitor takes about seven; a full hall takes more than the thousand that are usual.
    context.set(zmq.MAX_SOCKETS, MOST_SOCKETS)
    # A kernel that has just been forked listens a moment later.
    context.setsockopt(zmq.RECONNECT_IVL, MILLISECONDS_TO_RECONNECT)
    # Past a thousand messages unread the rest would be dropped, and a widget would stay wrong for good.
    context.setsockopt(zmq.RCVHWM, 0)
    return context


class QuickClient(AsyncKernelClient):
    """A client that is ready as soon as its kernel is."""

    def start_channels(
        self, shell: bool = True, iopub: bool = True, stdin: bool = True, hb: bool = True, control: bool = True
    ) -> None:
        """Start all but the heartbeat: whether the kernel lives is seen on its process, without a thread each."""
        super().start_channels(shell=shell, iopub=iopub, stdin=stdin, hb=False, control=control)

    async def wait_for_ready(self, timeout: float | None = None) -> None:
        """Wait until the kernel answers and what it publishes arrives. Raises RuntimeError when it does neither."""
        end = time.monotonic() + (timeout or float("inf"))
        while True:
            asked = self.kernel_info()
            try:
                reply = await self.get_shell_msg(timeout=1)
                await self._published(asked)
            except Empty:
                if not await self.is_alive():
                    raise RuntimeError("Kernel died before replying to kernel_info") from None
                if time.monotonic() > end:
                    raise RuntimeError(f"Kernel didn't respond in {timeout} seconds") from None
            else:
                self._handle_kernel_info_reply(reply)
                return

    async def _published(self, asked: str) -> None:
        """Read what is published up to the end of this question. Raises Empty when nothing comes."""
        while True:
            said = await self.get_iopub_msg(timeout=STEP)
            mine = said["parent_header"].get("msg_id") == asked
            if mine and said["content"].get("execution_state") == "idle":
                return


class Watch(AsyncIOLoopKernelRestarter):
    """Sees that a kernel has died, and starts no other: it would know nothing of the page."""

    @default("restart_limit")
    def _default_restart_limit(self) -> int:
        return 0

    @default("time_to_dead")
    def _default_time_to_dead(self) -> float:
        return 1.0


class VisitorManager(ServerKernelManager):
    """One visitor's kernel, as the server holds it."""

    @default("restarter_class")
    def _default_restarter_class(self) -> type[Watch]:
        return Watch

    @default("client_factory")
    def _default_client_factory(self) -> type[QuickClient]:
        return QuickClient

    @default("transport")
    def _default_transport(self) -> str:
        # Sockets in a folder that only this account may open, rather than ports that anybody on the computer can.
        fits = sys.platform != "win32" and len(self.connection_file.encode()) <= LONGEST_PATH
        return "ipc" if fits else "tcp"

    def client(self, **kwargs: Any) -> QuickClient:
        """A client on the server's own context, which has the threads that it needs."""
        return cast(QuickClient, super().client(**{"context": self.context, **kwargs}))
