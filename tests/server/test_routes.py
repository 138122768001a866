"""Nobody gets in where they do not belong: every address of a running server is tried as everybody."""

import http.cookiejar
import re
import urllib.error
import urllib.parse
import urllib.request
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from voila.configuration import VoilaConfiguration

from relexp.exchange.shipped import shipped
from relexp.privacy.roles import Role
from relexp.server.application import AppServer, settings
from relexp.server.hub import Hub
from relexp.server.routes import Guard, Route
from relexp.store import open_store
from tests.browser.visiting import PATIENCE, start

NOBODY = None
KERNEL = "00000000-0000-0000-0000-000000000000"
EVERYBODY = {NOBODY, *Role}
LINKED = set(Role)
TRAINS = {Role.FACILITATOR, Role.TRAINER}
LEADS = {Role.FACILITATOR, Role.CO_FACILITATOR}
LEARNS = {*LEADS, Role.TRAINER, Role.LEARNER}
# Who may come in where. A new address has to be added here too, by somebody who has thought about it.
RULES = {
    "/": EVERYBODY,
    "/in/guessed": EVERYBODY,
    "/join": EVERYBODY,
    "/out": EVERYBODY,
    "/healthz": EVERYBODY,
    "/favicon.ico": EVERYBODY,
    "/relexp/relexp.css": EVERYBODY,
    "/gathering": LEADS,
    "/run": LEADS,
    "/weave": LEADS,
    "/leadership": TRAINS,
    "/reflections": LEADS,
    "/learn": LEARNS,
    "/cohort": TRAINS,
    "/units/start": LEARNS,
    "/units/start.cy": LEARNS,
    "/units/start.ur": LEARNS,
    "/units/start.easy": LEARNS,
    "/units/sameness-and-difference.easy": LEARNS,
    "/units/why-difference": LEARNS,
    "/units/sameness-and-difference": LEARNS,
    "/units/story-and-self-interest": LEARNS,
    "/learn/link": {Role.LEARNER},
    "/learn/link/shut": {Role.LEARNER},
    "/card": {Role.PARTICIPANT},
    "/card/changes": {Role.PARTICIPANT},
    "/card/name": {Role.PARTICIPANT},
    "/card/here": {Role.PARTICIPANT},
    "/card/wrong": {Role.PARTICIPANT},
    "/card/yes": {Role.PARTICIPANT},
    "/card/line": {Role.PARTICIPANT},
    "/card/questions": {Role.PARTICIPANT},
    "/card/after": {Role.PARTICIPANT},
    "/card/reflect": {Role.PARTICIPANT},
    "/card/again": {Role.PARTICIPANT},
    "/card/answers": {Role.PARTICIPANT},
    "/mine": {Role.PARTICIPANT},
    "/mine/show": {Role.PARTICIPANT},
    "/mine/later": {Role.PARTICIPANT},
    "/mine/back": {Role.PARTICIPANT},
    "/row": {Role.LEADER},
    "/row/agree": {Role.LEADER},
    "/row/words/talents": {Role.LEADER},
    "/row/step": {Role.LEADER},
    "/row/done": {Role.LEADER},
    "/row/line": {Role.LEADER},
    "/row/line/guessed": {Role.LEADER},
    "/row/challenge/guessed": {Role.LEADER},
    "/row/habits": {Role.LEADER},
    "/row/about": {Role.LEADER},
    "/row/invite/guessed": TRAINS,
    "/row/invite/guessed/shut": TRAINS,
    "/woven": {*LEADS, Role.PARTICIPANT, Role.PROJECTOR},
    "/projector": {*LEADS, Role.PROJECTOR},
    "/projector/changes": {*LEADS, Role.PROJECTOR},
    "/links": {Role.FACILITATOR},
    "/links/shut": {Role.FACILITATOR},
    "/phones": LEADS,
    "/phones/changes": LEADS,
    "/phones/sign": LEADS,
    f"/api/kernels/{KERNEL}": LINKED,
    f"/api/kernels/{KERNEL}/channels": LINKED,
    f"/close/{KERNEL}": LINKED,
    f"/voila/api/shutdown/{KERNEL}": LINKED,
    "/voila/templates/lab/static/voila.js": LINKED,
    "/voila/static/voila.js": LINKED,
    "/voila/api/themes/index.css": LINKED,
    "/voila/labextensions/a.js": LINKED,
}
# Where relexp is the service of a Hub; these are tried with a real one, in tests/browser/test_hub.py.
HUB_RULES = {"/hub": EVERYBODY, "/oauth_callback": EVERYBODY}
DOOR = "This page opens with a link"
# What is shown to somebody without a link, and to somebody who is in but not meant.
REFUSED = (DOOR, "This page is for others")


class Stay(urllib.request.HTTPRedirectHandler):
    """Goes nowhere by itself."""

    def redirect_request(self, *args):
        return None


class Browser:
    """One visitor's cookies, and what the server says to them."""

    def __init__(self, base):
        self.base = base
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()), Stay)

    def ask(self, path, form=None, **headers):
        """Status and text of a page; with `form`, sent as a page of ours would send it."""
        data = None if form is None else urllib.parse.urlencode(form).encode()
        request = urllib.request.Request(self.base + path, data, headers)
        try:
            with self.opener.open(request, timeout=PATIENCE) as reply:
                # A line of events has no end: the first of them is enough.
                live = reply.headers.get_content_type() == "text/event-stream"
                return reply.status, (reply.readline() if live else reply.read()).decode("utf-8", "replace")
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode("utf-8", "replace")

    def send(self, path, page="/", **form):
        """Send a form that stands on `page`."""
        token = re.search(r'name="_xsrf" value="([^"]+)"', self.ask(page)[1])
        assert token, "the page has no form"
        return self.ask(path, {"_xsrf": token[1], **form})


@pytest.fixture(scope="module")
def running(tmp_path_factory):
    server = start(tmp_path_factory.mktemp("routes"))
    yield server
    server.end()


@pytest.fixture(scope="module")
def store(running):
    opened = open_store(running.store)
    yield opened
    opened.close()


@pytest.fixture
def somebody(running):
    return Browser(running.links["base"])


@pytest.fixture
def visitor(running, store):
    def arrive(role):
        browser = Browser(running.links["base"])
        if role is not NOBODY:
            identity = store.identities.add(role, "", datetime.now(UTC))
            secret, _ = store.links.make(identity, datetime.now(UTC), timedelta(days=1))
            assert browser.ask(f"/in/{secret}")[0] == 302
        return browser

    return arrive


@pytest.fixture(scope="module")
def routes():
    hub = Hub("127.0.0.1", 8866, "/services/relexp/")
    server = AppServer(config=settings(shipped("notebooks")), hub=hub)
    server.voila_configuration = VoilaConfiguration(parent=server)
    server.setup_template_dirs()
    return server.routes()


def plain(address):
    return address.partition("?")[0]


def test_each_address_has_a_rule_that_somebody_thought_about(routes):
    assert {plain(route.example): route.who and set(route.who) for route in routes} == {
        address: None if who == EVERYBODY else who for address, who in {**RULES, **HUB_RULES}.items()
    }


def test_each_example_is_an_address_of_its_route(routes):
    for route in routes:
        assert re.fullmatch(route.address, plain(route.example)), route


def test_a_route_without_a_rule_cannot_be_written():
    with pytest.raises(TypeError):
        Route("/new", Guard, example="/new")


@pytest.mark.parametrize("role", [NOBODY, *Role])
@pytest.mark.parametrize("address", RULES)
def test_everybody_gets_what_the_rule_says_and_else_the_front_door(visitor, address, role):
    status, page = visitor(role).ask(address)
    inside = role in RULES[address]
    at_the_door = DOOR in page
    if not inside:
        assert (status, REFUSED[role is not NOBODY] in page) == (403, True)
    elif address not in ("/", "/in/guessed"):
        assert not at_the_door


@pytest.mark.parametrize("role", [NOBODY, *Role])
@pytest.mark.parametrize("address", [address for address, who in RULES.items() if who != EVERYBODY])
def test_nor_does_a_form_get_anybody_further(visitor, address, role):
    if role not in RULES[address]:
        status, page = visitor(role).ask(address, {"anything": "at all"})
        assert (status, REFUSED[role is not NOBODY] in page) == (403, True)


@pytest.mark.parametrize("address", ["/join", "/out"])
def test_an_address_that_a_phone_kept_without_its_form_leads_to_the_first_page(visitor, address):
    for browser in (visitor(NOBODY), visitor(Role.PARTICIPANT)):
        before = browser.ask("/")
        assert browser.ask(address)[0] == 302
        assert (DOOR in browser.ask("/")[1]) == (DOOR in before[1])


def test_nobody_can_fill_the_memory_with_a_form(somebody):
    # Refused by its length, before it has been read: the browser is told so, or hung up on while it still sends.
    with suppress(urllib.error.URLError, ConnectionError):
        assert somebody.ask("/join", {"code": "A" * 10_000_000}) == (400, "")
    assert somebody.ask("/healthz") == (200, "ok\n")


def test_a_page_that_leaves_without_its_token_is_refused_without_a_word(visitor):
    assert visitor(Role.FACILITATOR).ask(f"/close/{KERNEL}", {"anything": "at all"}) == (403, "")
