"""Pages without Python behind them: the front door, the first page, and a kind word where there is nothing."""

from __future__ import annotations

from http import HTTPStatus

import tornado.web
from jupyter_server.auth.decorator import allow_unauthenticated
from jupyter_server.base.handlers import JupyterHandler

from relexp.server.places import asset


def show(handler: JupyterHandler, template: str, **values: object) -> None:
    """Write one of the templates in relexp/server/templates."""
    environment = handler.settings["voila_jinja2_env"]
    handler.set_header("Content-Type", "text/html; charset=utf-8")
    handler.set_header("Cache-Control", "no-store")
    handler.finish(environment.get_template(template).render(asset=asset, **values))


class PlainPage(JupyterHandler):
    """A page of our own, without Python behind it."""

    def write_error(self, status_code: int, **kwargs: object) -> None:
        """Say plainly that there is nothing here, or that something broke."""
        show(self, "error.html", missing=status_code == HTTPStatus.NOT_FOUND)


class Missing(PlainPage):
    """Any address that is not ours."""

    @allow_unauthenticated
    async def get(self, *args: str) -> None:
        raise tornado.web.HTTPError(HTTPStatus.NOT_FOUND)

    post = get


class Closed(PlainPage):
    """What someone sees who has no link: how to get one."""

    @allow_unauthenticated
    def get(self) -> None:
        self.set_status(HTTPStatus.FORBIDDEN)
        show(self, "closed.html")


class Home(PlainPage):
    """The first page leads to the app."""

    @tornado.web.authenticated
    def get(self) -> None:
        self.redirect("/gathering")
