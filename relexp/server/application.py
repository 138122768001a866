"""The server of the apps: Voila alone, with our own pages, and a guard before each of them."""

from __future__ import annotations

import shutil
import signal
import sys
from pathlib import Path
from typing import Any

from jupyter_client.kernelspec import KernelSpec, KernelSpecManager
from jupyter_server.base.handlers import FileFindHandler
from jupyterlab_server.themes_handler import ThemesHandler
from tornado.httpserver import HTTPServer
from tornado.ioloop import IOLoop
from tornado.web import GZipContentEncoding, RedirectHandler
from traitlets import Any as Anything
from traitlets import Dict, Instance
from traitlets.config import Config
from voila.app import Voila
from voila.paths import collect_static_paths, collect_template_paths
from voila.static_file_handler import MultiStaticFileHandler, TemplateStaticFileHandler

from relexp.exchange.shipped import shipped
from relexp.privacy.roles import LEADS, LEARNS, TRAINS, Role
from relexp.server.after import After, AfterTheTalks, MeetAgain, Reflect
from relexp.server.card import CardChanges
from relexp.server.card_consent import Card, SayYes
from relexp.server.check_in import CheckIn, FindName, WrongName
from relexp.server.clearing import clear_up
from relexp.server.crowd import Crowd
from relexp.server.doors import Doors, now
from relexp.server.forkserver.provisioner import warm_kernel, warm_up
from relexp.server.forkserver.template import Warmth, end_templates
from relexp.server.front.assets import Assets
from relexp.server.hall import Hall, Reached
from relexp.server.hall_page import Phones, PhonesChanges, Sign
from relexp.server.harvest import ShareLine, TakeBack
from relexp.server.hub import Answered, AskHub, Hub
from relexp.server.kernel import NEEDLESS
from relexp.server.kernels import Kernels
from relexp.server.learner_link import OwnLink, ShutOwnLink
from relexp.server.line import Close, Line, State, Wire
from relexp.server.links_page import Links, ShutLink
from relexp.server.mine import Mine, ShowTo
from relexp.server.page import Page
from relexp.server.places import TEMPLATES, asset
from relexp.server.plain import STILL_POLICY, Health, Home, Missing
from relexp.server.projector import Projector, ProjectorChanges
from relexp.server.questions import BeforeTheTalks, MonthLater
from relexp.server.routes import ANYBODY, LEAD, LINKED, Route, guard, guarded
from relexp.server.row import Agree, OwnRow
from relexp.server.row_forms import About, AddLine, AnswerChallenge, AnswerLine, NextStep, OwnHabits, OwnWords, StepDone
from relexp.server.row_invite import InviteLeader, ShutLeader
from relexp.server.watch import Watch
from relexp.server.ways_in import GoOut, OpenLink, TypeCode
from relexp.server.woven import WovenPage
from relexp.store import Store

# Each app: its notebook, and who may open it.
_WHO = {"gathering": LEADS, "run": LEADS, "weave": LEADS, "reflections": LEADS, "leadership": TRAINS}
_WHO |= {"learn": LEARNS, "cohort": TRAINS}
# The units of the module, each by its id.
_UNITS = {
    f"units/{file.stem[3:]}": (f"units/{file.name}", LEARNS) for file in shipped("notebooks").glob("units/*.ipynb")
}
APPS = {name: (f"{name}.ipynb", who) for name, who in _WHO.items()} | _UNITS
# Who sees the projector's page: those who lead, and a screen that has a link of its own.
ALL_TO_SEE = LEADS | {Role.PROJECTOR}
GUESTS = frozenset({Role.PARTICIPANT})
# Whoever keeps a way back of their own to the module.
LEARN = frozenset({Role.LEARNER})
# Whoever opens their own row.
OWN = frozenset({Role.LEADER})
# What the apps import, ready before the first visitor comes.
WARM = (
    "relexp.apps.gathering",
    "relexp.apps.run",
    "relexp.apps.weave",
    "relexp.apps.reflections",
    "relexp.apps.leadership",
    "relexp.apps.unit",
    "relexp.apps.learn",
    "markdown_it",
    "relexp.apps.chart",
    "relexp.pairing.plan",
    "relexp.exchange.evenings",
    "relexp.store",
    "pandas",
)
WARMTH = Warmth(WARM, NEEDLESS)
# The largest form of ours is a reflection: five texts of 2,000 letters, some of which travel as nine bytes, and room
# to say that one is too long. A body is read before anybody has looked at who sends it.
LONGEST_FORM = 256 * 1024
# Of something that is kept.
ID = r"([^/]{1,200})"
KERNEL_ID = r"(?P<kernel_id>\w+-\w+-\w+-\w+-\w+)"


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
            metadata=warm_kernel(WARMTH),
        )

    def get_all_specs(self) -> dict[str, dict[str, object]]:
        spec = self.get_kernel_spec("python3")
        return {"python3": {"resource_dir": spec.resource_dir, "spec": spec.to_dict()}}


def settings(notebooks: Path, base: str = "/") -> Config:
    """How Voila is set: our pages below `base` and nobody else's, nothing to override, idle kernels ended."""
    config = Config()
    config.Voila.update(root_dir=str(notebooks), base_url=base, open_browser=False, config_file_paths=[], log_level=40)
    config.Voila.identity_provider_class = Doors
    config.Voila.kernel_websocket_connection_class = Wire
    config.Voila.tornado_settings = {
        "headers": {"Content-Security-Policy": STILL_POLICY, "Referrer-Policy": "same-origin"},
        # The guard of each route looks at who comes and by which name; a route without one cannot be written.
        "allow_remote_access": True,
        "allow_unauthenticated_access": True,
        "default_handler_class": guard(Route("", Missing, ANYBODY, "/nothing")),
        "xsrf_cookie_kwargs": {"path": base, "samesite": "Lax"},
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
        multi_kernel_manager_class=Kernels,
        extension_allowlist=["@jupyter-widgets/jupyterlab-manager", "@voila-dashboards/widgets-manager8", "anywidget"],
    )
    return config


class AppServer(Voila):
    """Voila with our pages, answering on `opened`; `when_open` is called once a browser would be answered."""

    store = Instance(Store, help="where links and drafts are kept")
    hall = Instance(Hall, allow_none=True, help="how phones come in, where they may")
    hub = Instance(Hub, allow_none=True, help="the Hub that relexp is a service of")
    apps = Dict(APPS, help="the apps: the name in the address, the notebook, and who may open it")
    opened = Anything(help="the socket that is answered")
    when_open = Anything(help="called without arguments")

    def setup_template_dirs(self) -> None:
        """Our templates first, then those of Voila's page runtime."""
        self.template_paths = [str(TEMPLATES), *collect_template_paths(["voila", "nbconvert"], "lab", prune=True)]
        self.static_paths = collect_static_paths(["voila", "nbconvert"], "lab")

    def init_settings(self) -> dict[str, object]:
        """Voila's own, and what our pages ask for."""
        made: dict[str, object] = super().init_settings()
        self.identity_provider.store = self.store
        self.identity_provider.port = self.opened.getsockname()[1]
        self.identity_provider.base = self.base_url
        self.identity_provider.behind_proxy = self.hub is not None
        first = f"{self.base_url}{next(iter(self.apps))}"
        ours = {"hall": self.hall, "reached": Reached(), "hub": self.hub}
        asked: dict[str, object] = {"watch": Watch(self.store.gatherings), "crowd": Crowd(self.store)}
        return made | ours | asked | {"first_page": first}

    def init_handlers(self) -> list[tuple[str, type, dict[str, Any]]]:
        """Only what the pages need: no file lists, no contents, no terminals."""
        # A page's own text, widgets' state included, is packed on its way; Voila's setting for it comes too late.
        self.app.add_transform(GZipContentEncoding)
        return guarded(self.routes(), self.base_url)

    def routes(self) -> tuple[Route, ...]:
        """Every address, and who may come in there."""
        labextensions = {"path": self.labextensions_path, "no_cache_paths": ["/"]}
        themes = {
            "themes_url": f"{self.base_url}voila/api/themes",
            "path": self.themes_dir,
            "no_cache_paths": ["/"],
            "labextensions_path": self.labextensions_path,
        }
        kernel = "00000000-0000-0000-0000-000000000000"
        icon = {"url": f"{self.base_url}{asset('favicon.svg')}", "permanent": False}
        static = {"paths": self.static_paths}
        apps = (
            Route(f"/{name}", Page, who, f"/{name}", self._page(notebook))
            for name, (notebook, who) in self.apps.items()
        )
        return (
            Route(r"/", Home, ANYBODY, "/"),
            Route(r"/in/([\w-]{1,200})", OpenLink, ANYBODY, "/in/guessed"),
            Route(r"/join", TypeCode, ANYBODY, "/join"),
            Route(r"/out", GoOut, ANYBODY, "/out"),
            *self._ways_in_from_the_hub(),
            Route(r"/healthz", Health, ANYBODY, "/healthz"),
            Route(r"/favicon\.ico", RedirectHandler, ANYBODY, "/favicon.ico", icon),
            Route(r"/relexp/(.*)", Assets, ANYBODY, f"/{asset('relexp.css')}"),
            *apps,
            *self._evening(),
            *self._own_row(),
            Route(r"/links", Links, LEAD, "/links"),
            Route(r"/links/shut", ShutLink, LEAD, "/links/shut"),
            Route(r"/phones", Phones, LEADS, "/phones"),
            Route(r"/phones/changes", PhonesChanges, LEADS, "/phones/changes"),
            Route(r"/phones/sign", Sign, LEADS, "/phones/sign"),
            Route(rf"/api/kernels/{KERNEL_ID}", State, LINKED, f"/api/kernels/{kernel}"),
            Route(rf"/api/kernels/{KERNEL_ID}/channels", Line, LINKED, f"/api/kernels/{kernel}/channels"),
            Route(rf"/close/{KERNEL_ID}", Close, LINKED, f"/close/{kernel}"),
            Route(rf"/voila/api/shutdown/{KERNEL_ID}", Close, LINKED, f"/voila/api/shutdown/{kernel}"),
            Route(r"/voila/templates/(.*)", TemplateStaticFileHandler, LINKED, "/voila/templates/lab/static/voila.js"),
            Route(r"/voila/static/(.*)", MultiStaticFileHandler, LINKED, "/voila/static/voila.js", static),
            Route(r"/voila/api/themes/(.*)", ThemesHandler, LINKED, "/voila/api/themes/index.css", themes),
            Route(r"/voila/labextensions/(.*)", FileFindHandler, LINKED, "/voila/labextensions/a.js", labextensions),
        )

    def _evening(self) -> tuple[Route, ...]:
        return (
            Route(r"/card", Card, GUESTS, "/card"),
            Route(r"/card/changes", CardChanges, GUESTS, "/card/changes?kind=nothing"),
            Route(r"/card/name", FindName, GUESTS, "/card/name"),
            Route(r"/card/here", CheckIn, GUESTS, "/card/here"),
            Route(r"/card/yes", SayYes, GUESTS, "/card/yes"),
            Route(r"/card/questions", BeforeTheTalks, GUESTS, "/card/questions"),
            Route(r"/card/after", After, GUESTS, "/card/after"),
            Route(r"/card/reflect", Reflect, GUESTS, "/card/reflect"),
            Route(r"/card/again", MeetAgain, GUESTS, "/card/again"),
            Route(r"/card/answers", AfterTheTalks, GUESTS, "/card/answers"),
            Route(r"/card/line", ShareLine, GUESTS, "/card/line"),
            Route(r"/mine", Mine, GUESTS, "/mine"),
            Route(r"/mine/show", ShowTo, GUESTS, "/mine/show"),
            Route(r"/mine/later", MonthLater, GUESTS, "/mine/later"),
            Route(r"/mine/back", TakeBack, GUESTS, "/mine/back"),
            Route(r"/card/wrong", WrongName, GUESTS, "/card/wrong"),
            Route(r"/woven", WovenPage, GUESTS | ALL_TO_SEE, "/woven"),
            Route(r"/projector", Projector, ALL_TO_SEE, "/projector"),
            Route(r"/projector/changes", ProjectorChanges, ALL_TO_SEE, "/projector/changes"),
        )

    def _own_row(self) -> tuple[Route, ...]:
        return (
            Route(r"/row", OwnRow, OWN, "/row"),
            Route(r"/row/agree", Agree, OWN, "/row/agree"),
            Route(r"/row/words/([a-z_]{1,40})", OwnWords, OWN, "/row/words/talents"),
            Route(r"/row/step", NextStep, OWN, "/row/step"),
            Route(r"/row/done", StepDone, OWN, "/row/done"),
            Route(r"/row/line", AddLine, OWN, "/row/line"),
            Route(rf"/row/line/{ID}", AnswerLine, OWN, "/row/line/guessed"),
            Route(rf"/row/challenge/{ID}", AnswerChallenge, OWN, "/row/challenge/guessed"),
            Route(r"/row/habits", OwnHabits, OWN, "/row/habits"),
            Route(r"/row/about", About, OWN, "/row/about"),
            Route(r"/learn/link", OwnLink, LEARN, "/learn/link"),
            Route(r"/learn/link/shut", ShutOwnLink, LEARN, "/learn/link/shut"),
            Route(rf"/row/invite/{ID}", InviteLeader, TRAINS, "/row/invite/guessed"),
            Route(rf"/row/invite/{ID}/shut", ShutLeader, TRAINS, "/row/invite/guessed/shut"),
        )

    def _ways_in_from_the_hub(self) -> tuple[Route, ...]:
        if self.hub is None:
            return ()
        return (
            Route(r"/hub", AskHub, ANYBODY, "/hub"),
            Route(r"/oauth_callback", Answered, ANYBODY, "/oauth_callback"),
        )

    def _page(self, notebook: str) -> dict[str, object]:
        return {
            "notebook_path": notebook,
            "template_paths": self.template_paths,
            "config": self.config,
            "voila_configuration": self.voila_configuration,
        }

    def listen(self) -> None:
        """Answer until Ctrl-C or SIGTERM, then end every visitor's Python."""
        warm_up(WARMTH)
        # Ctrl-C as well: where it came in the middle of a request, it would be taken for that request's fault.
        for ends in (signal.SIGTERM, signal.SIGINT):
            signal.signal(ends, self._handle_signal_stop)
        # Behind a Hub the visitor's own address is in what its proxy adds.
        server = HTTPServer(self.app, max_body_size=LONGEST_FORM)
        server.add_socket(self.opened)
        self.ioloop = IOLoop.current()
        self.ioloop.add_callback(self.when_open)
        self.ioloop.add_callback(clear_up, self.store, now)
        try:
            self.ioloop.start()
        finally:
            self.stop()
            end_templates()

    def stop(self) -> None:
        """End every visitor's Python, in the loop that knows them."""
        self.ioloop.run_sync(self.kernel_manager.shutdown_all)
        shutil.rmtree(self.connection_dir, ignore_errors=True)
