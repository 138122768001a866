"""A kernel for a page: Jupyter's own, without what only a person at a desk would use.

Import it after `relexp.server.kernel.leave_out`. A template makes one before it forks (`prepared`), so that its copies
have little left to do, and share the memory of what was done.
"""

from __future__ import annotations

import logging
from importlib import import_module
from typing import Any
from uuid import uuid4

import zmq
from ipykernel.kernelapp import IPKernelApp
from IPython.core.profiledir import ProfileDir
from jupyter_client.localinterfaces import localhost
from traitlets import default
from traitlets.config import Config

from relexp.server.once import TakesOnce


class LeanKernel(TakesOnce):
    """A kernel that can be made first and get its lines later."""

    @classmethod
    def instance(cls, *args: Any, **lines: Any) -> LeanKernel:
        """The one kernel of this process; made before, it takes its lines now."""
        known = cls.initialized()
        kernel: LeanKernel = super().instance(*args, **lines)
        if known:
            kernel.take(lines)
        return kernel

    def take(self, lines: dict[str, Any]) -> None:
        """Take the lines it would else have been made with, in an environment that is now the visitor's."""
        self.ident = str(uuid4())
        for name, line in lines.items():
            if line is not None:
                setattr(self, name, line)
        shell: Any = self.shell
        shell.displayhook.topic = self._topic("execute_result")
        for voice in (shell.displayhook, shell.display_pub):
            voice.session, voice.pub_socket = self.session, self.iopub_socket
        shell.init_environment()
        shell.history_manager.reset(new_session=False)


class Lean(IPKernelApp):
    """Starts a kernel that reads no settings of this computer's user, writes nothing there, and keeps no history."""

    @default("kernel_class")
    def _default_kernel_class(self) -> type[LeanKernel]:
        return LeanKernel

    @default("config")
    def _default_config(self) -> Config:
        config = Config()
        config.HistoryManager.enabled = False
        # What libraries write past Python belongs on the server's terminal, and costs two threads to catch.
        config.IPKernelApp.capture_fd_output = False
        return config

    @default("log_level")
    def _default_log_level(self) -> int:
        # Its one warning is for servers that others can reach.
        return logging.ERROR

    def parse_command_line(self, argv: list[str] | None = None) -> None:
        """A copy is told its connection file without a command line, which takes long to read."""
        if argv != []:
            super().parse_command_line(argv)

    def init_profile_dir(self) -> None:
        """A profile without a folder."""
        self.profile_dir = ProfileDir(parent=self)

    def init_config_files(self) -> None:
        """None."""

    def load_config_file(self, suppress_errors: bool | None = None) -> None:
        """None: how somebody has set up IPython for themselves is not for visitors."""

    def init_extensions(self) -> None:
        """None."""

    def init_code(self) -> None:
        """None to run at the start."""

    def init_heartbeat(self) -> None:
        """None: the server watches the process itself."""

    def init_iopub(self, context: zmq.Context[Any]) -> None:
        """Greet everybody who listens, not only the first: a page then knows at once that it hears."""
        context.setsockopt(zmq.XPUB_VERBOSE, 1)
        # A page of many controls says more than a thousand things at once: past that the rest would be dropped.
        context.setsockopt(zmq.SNDHWM, 0)
        super().init_iopub(context)

    def log_connection_info(self) -> None:
        """Nobody connects by hand."""


def prepared() -> Lean:
    """A kernel that only lacks its lines."""
    lean = Lean.instance()
    lean.log.addFilter(_worth_telling)
    lean.init_profile_dir()
    LeanKernel.instance(parent=lean, profile_dir=lean.profile_dir, log=lean.log)
    # What every copy would import or look up on its way: what this computer is called takes longest of all.
    lean.init_pdb()
    for name in ("faulthandler", "IPython.core.logger", "tornado.platform.asyncio"):
        import_module(name)
    localhost()
    return lean


def _worth_telling(record: logging.LogRecord) -> bool:
    """That a page which still works is left, and its Python interrupted, is nobody's fault."""
    return not str(record.msg).startswith("KeyboardInterrupt caught in kernel")


def run(lean: Lean, connection_file: str) -> None:
    """Be the kernel that this connection file describes, until it is told to end."""
    lean.connection_file = connection_file
    # The system ends a copy with its template: nothing to watch.
    lean.parent_handle = 0
    lean.initialize([])
    lean.start()
