"""The server of the apps: Voila alone, with our own pages, for this computer only."""

from __future__ import annotations

import sys
from pathlib import Path

from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from jupyter_server.base.handlers import FileFindHandler
from jupyter_server.services.kernels.handlers import KernelHandler
from jupyterlab_server.themes_handler import ThemesHandler
from tornado.httpserver import HTTPServer
from tornado.ioloop import IOLoop
from tornado.web import RedirectHandler, StaticFileHandler
from traitlets import Any as Anything
from traitlets import Dict
from traitlets.config import Config
from voila.app import Voila
from voila.paths import collect_static_paths, collect_template_paths
from voila.shutdown_kernel_handler import VoilaShutdownKernelHandler
from voila.static_file_handler import MultiStaticFileHandler, TemplateStaticFileHandler

from relexp.server.line import Line
from relexp.server.page import Page
from relexp.server.places import STATIC, TEMPLATES, asset
from relexp.server.plain import Closed, Home, Missing

ADDRESS = "127.0.0.1"
APPS = {"gathering": "gathering.ipynb"}
KERNEL_ID = r"(?P<kernel_id>\w+-\w+-\w+-\w+-\w+)"

# The browser itself refuses what would leave this computer.
CONTENT_POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' blob: 'unsafe-eval'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self' ws://127.0.0.1:* ws://localhost:*",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'self'",
    )
)


class OwnPython(KernelSpecManager):
    """The one kernel there is: the Python that runs this server, whatever else the computer has."""

    def find_kernel_specs(self) -> dict[str, str]:
        return {"python3": str(TEMPLATES)}

    def get_kernel_spec(self, kernel_name: str) -> KernelSpec:
        return KernelSpec(
            argv=[sys.executable, "-m", "relexp.server.kernel", "-f", "{connection_file}"],
            display_name="Python 3",
            language="python",
            resource_dir=str(TEMPLATES),
        )

    def get_all_specs(self) -> dict[str, dict[str, object]]:
        spec = self.get_kernel_spec("python3")
        return {"python3": {"resource_dir": spec.resource_dir, "spec": spec.to_dict()}}


def settings(notebooks: Path, token: str) -> Config:
    """How Voila is set: our pages and nobody else's, nothing to override from outside, idle kernels ended."""
    config = Config()
    config.Voila.update(root_dir=str(notebooks), token=token, open_browser=False, config_file_paths=[], log_level=40)
    config.Voila.tornado_settings = {
        "headers": {"Content-Security-Policy": CONTENT_POLICY, "Referrer-Policy": "no-referrer"},
        "allow_remote_access": False,
        "local_hostnames": ["localhost"],
        "default_handler_class": Missing,
        "log_function": lambda handler: None,
        # Within one computer a line ends when either end does. Asking for signs of life only cuts lines that are idle.
        "ws_ping_interval": 0,
    }
    config.VoilaConfiguration.update(
        template="lab",
        allow_template_override="NO",
        allow_theme_override="NO",
        # Voila would write a script into a slow page to keep a proxy awake; there is none, and no such script may run.
        http_keep_alive_timeout=3600,
        resources={"asset": asset},
        kernel_spec_manager_class=OwnPython,
        extension_allowlist=["@jupyter-widgets/jupyterlab-manager", "@voila-dashboards/widgets-manager8", "anywidget"],
    )
    config.MappingKernelManager.update(cull_idle_timeout=1800, cull_interval=60, cull_connected=False)
    config.IdentityProvider.cookie_options = {"samesite": "Lax"}
    return config


class AppServer(Voila):
    """Voila with our pages, answering on `opened`; `when_open` is called once a browser would be answered."""

    opened = Anything(help="the socket that is answered")
    when_open = Anything(help="called without arguments")
    apps = Dict(APPS, help="the apps that are served: the name in the address, and the notebook")

    def setup_template_dirs(self) -> None:
        """Our templates first, then those of Voila's page runtime."""
        self.template_paths = [str(TEMPLATES), *collect_template_paths(["voila", "nbconvert"], "lab", prune=True)]
        self.static_paths = collect_static_paths(["voila", "nbconvert"], "lab")

    def init_handlers(self) -> list[tuple[object, ...]]:
        """Only what the pages need: no file lists, no contents, no terminals."""
        labextensions = {"path": self.labextensions_path, "no_cache_paths": ["/"]}
        themes = {
            "themes_url": "/voila/api/themes",
            "path": self.themes_dir,
            "no_cache_paths": ["/"],
            "labextensions_path": self.labextensions_path,
        }
        return [
            (r"/", Home),
            (r"/login", Closed),
            *((f"/{name}", Page, self._page(notebook)) for name, notebook in self.apps.items()),
            (r"/favicon\.ico", RedirectHandler, {"url": asset("favicon.svg"), "permanent": False}),
            (r"/relexp/(.*)", StaticFileHandler, {"path": str(STATIC)}),
            (rf"/api/kernels/{KERNEL_ID}", KernelHandler),
            (rf"/api/kernels/{KERNEL_ID}/channels", Line),
            (r"/voila/api/shutdown/(.*)", VoilaShutdownKernelHandler),
            (r"/voila/templates/(.*)", TemplateStaticFileHandler),
            (r"/voila/static/(.*)", MultiStaticFileHandler, {"paths": self.static_paths}),
            (r"/voila/api/themes/(.*)", ThemesHandler, themes),
            (r"/voila/labextensions/(.*)", FileFindHandler, labextensions),
        ]

    def _page(self, notebook: str) -> dict[str, object]:
        return {
            "notebook_path": notebook,
            "template_paths": self.template_paths,
            "config": self.config,
            "voila_configuration": self.voila_configuration,
        }

    def listen(self) -> None:
        """Answer on this computer until Ctrl-C, then end every visitor's Python."""
        HTTPServer(self.app).add_socket(self.opened)
        self.ioloop = IOLoop.current()
        self.ioloop.add_callback(self.when_open)
        try:
            self.ioloop.start()
        except KeyboardInterrupt:
            pass
        finally:
            self.stop()
