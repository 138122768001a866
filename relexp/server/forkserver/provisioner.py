"""How Jupyter gets its kernels from the template; where that cannot be, they start the ordinary way."""

from __future__ import annotations

import asyncio
import os
from typing import TYPE_CHECKING, Any, cast

from jupyter_client.connect import KernelConnectionInfo
from jupyter_client.provisioning.local_provisioner import LocalProvisioner
from traitlets import List, Unicode

from relexp.server.forkserver.template import Copy, TemplateGone, Warmth, possible, template

if TYPE_CHECKING:
    from subprocess import Popen

NAME = "relexp-fork"


def warm_kernel(warmth: Warmth) -> dict[str, object]:
    """The metadata of a kernel spec that takes its kernels from a template; empty where this system cannot."""
    if not possible():
        return {}
    config = {"preload": list(warmth.preload), "block": list(warmth.block)}
    return {"kernel_provisioner": {"provisioner_name": NAME, "config": config}}


def warm_up(warmth: Warmth) -> None:
    """Start the template now, so that it is ready when the first visitor comes."""
    if possible():
        template(warmth)


class ForkProvisioner(LocalProvisioner):
    """A provisioner whose kernels are forked from a warm template (entry point `relexp-fork`)."""

    preload = List(Unicode(), help="the modules that the template imports")
    block = List(Unicode(), help="the modules that nobody is to import")

    async def launch_kernel(self, cmd: list[str], **kwargs: Any) -> KernelConnectionInfo:
        """Fork a kernel for the command `python -m MODULE -f FILE`, or start it as a process if need be."""
        try:
            copy = await asyncio.to_thread(self._forked, cmd, kwargs)
        except TemplateGone:
            return await super().launch_kernel(cmd, **kwargs)
        # It can be asked and ended as a process that was started here can.
        self.process = cast("Popen[bytes]", copy)
        self.pid = self.pgid = copy.pid
        return self.connection_info

    def _forked(self, cmd: list[str], kwargs: dict[str, Any]) -> Copy:
        file = cmd[cmd.index("-f") + 1]
        warmth = Warmth(tuple(self.preload), tuple(self.block))
        return template(warmth).fork(file, kwargs.get("env") or os.environ, kwargs.get("cwd"))
