"""Text that may hold HTML keeps nothing that acts, whatever is tried, in the browser's own parser."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from playwright.sync_api import Page

from hatch_build import node

FRONTEND = Path(__file__).parents[2] / "frontend"
INLINE = {"A", "ABBR", "B", "CODE", "EM", "I", "IMG", "LI", "OL", "SPAN", "STRONG", "UL"}
BLOCK = {word.upper() for word in "blockquote br del h1 h2 h3 h4 h5 h6 hr p pre table tbody td th thead tr".split()}
ATTRIBUTES = {"alt", "class", "href", "src", "title"}

ATTACKS = [
    "<script>bad()</script>",
    "<img src=x onerror=bad()>",
    "<img src=x:x onerror=bad()//",
    "<a href=javascript:bad()>x</a>",
    "<a href=' java\nscript:bad()'>x</a>",
    "<a href='&#106;avascript:bad()'>x</a>",
    "<a href='JaVaScRiPt&colon;bad()'>x</a>",
    "<a href='data:text/html,<script>bad()</script>'>x</a>",
    "<a href='vbscript:bad()'>x</a>",
    "<a href='//elsewhere.example/'>x</a>",
    "<a href='/\\elsewhere.example/'>x</a>",
    "<img src='data:image/svg+xml,<svg onload=bad()>'>",
    "<svg onload=bad()><circle/></svg>",
    "<svg><script>bad()</script></svg>",
    "<svg><a xlink:href='javascript:bad()'><text>x</text></a></svg>",
    "<svg><animate onbegin=bad() attributeName=x dur=1s>",
    "<svg></p><style><a id='</style><img src=1 onerror=bad()>'>",
    "<math><mtext><table><mglyph><style><!--</style><img title='--&gt;&lt;img src=1 onerror=bad()&gt;'>",
    "<math><mi//xlink:href='data:x,<script>bad()</script>'>",
    "<form><math><mtext></form><form><mglyph><style></math><img src onerror=bad()>",
    "<noscript><p title='</noscript><img src=x onerror=bad()>'>",
    "<template><img src=x onerror=bad()></template>",
    "<iframe srcdoc='<script>parent.bad()</script>'></iframe>",
    "<object data=javascript:bad()></object>",
    "<embed src=javascript:bad()>",
    "<form action=javascript:bad()><button>x</button></form>",
    "<input autofocus onfocus=bad()>",
    "<details open ontoggle=bad()>",
    "<body onload=bad()>",
    "<meta http-equiv=refresh content='0;url=javascript:bad()'>",
    "<base href='javascript:bad()//'>",
    "<link rel=stylesheet href='//elsewhere.example/x.css'>",
    "<style>@import '//elsewhere.example/x.css'; body { background: url(//elsewhere.example) }</style>",
    "<b style='background:url(javascript:bad())'>x</b>",
    "<span id=live name=location>x</span>",
    "<xmp><img src=x onerror=bad()></xmp>",
    "<textarea></textarea><img src=x onerror=bad()>",
    "<select><template><img src=x onerror=bad()></template></select>",
    "<p><!--><img src=x onerror=bad()>-->",
    "<![CDATA[<img src=x onerror=bad()>]]>",
    "\x00<scr\x00ipt>bad()</scr\x00ipt>",
]

# What is left, after it has been through the parser a second time, as it would be when it is put into a page.
LEFT = """([html, name]) => {
  const page = document.createElement("div");
  page.innerHTML = globalThis[name](html);
  return [...page.querySelectorAll("*")].map((one) => [one.tagName, [...one.attributes].map((each) => [each.name, each.value])]);
}"""


@pytest.fixture(scope="module")
def page(chromium, tmp_path_factory) -> Iterator[Page]:
    program, _ = node()
    bundle = tmp_path_factory.mktemp("sanitize") / "sanitize.js"
    build = "import { buildSync } from 'esbuild'; const [entry, out] = process.argv.slice(-2);"
    build += "buildSync({ entryPoints: [entry], outfile: out, bundle: true, format: 'iife' });"
    command = [
        program,
        "--input-type=module",
        "-e",
        build,
        str(Path(__file__).with_name("sanitize_page.js")),
        str(bundle),
    ]
    subprocess.run(command, cwd=FRONTEND, check=True)
    page = chromium.new_page()
    page.set_content("<!DOCTYPE html><title>x</title>")
    page.add_script_tag(path=bundle)
    page.evaluate("() => { globalThis.bad = () => { globalThis.happened = true; }; }")
    yield page
    assert page.evaluate("globalThis.happened") is None
    page.close()


def check(page: Page, html: str, name: str) -> None:
    allowed = INLINE | (BLOCK if name == "text" else set())
    left = page.evaluate(LEFT, [html, name])
    assert page.evaluate("globalThis.happened") is None, html
    for tag, attributes in left:
        assert tag in allowed
        for attribute, value in attributes:
            assert attribute in ATTRIBUTES or attribute.startswith("aria-")
            if attribute in ("href", "src"):
                assert ":" not in value or value.lower().startswith(("http://", "https://", "mailto:", "data:image/"))
                assert not value.startswith(("//", "/\\", "\\\\"))


@pytest.mark.parametrize("name", ["inline", "text"])
@pytest.mark.parametrize("attack", ATTACKS)
def test_nothing_that_acts_is_left(page, attack, name):
    check(page, attack, name)
    check(page, f"<b>{attack}</b><table><tr><td>{attack}", name)


WORDS = st.sampled_from(
    "<a <b> </b> <svg> </svg> <math> <mtext> <mglyph> <style> </style> <title> <table> <tr> <td> <form> <p> </p> <!-- --> "
    "<img src=x onerror=bad()> href=javascript:bad() > ' \" ` = / & &lt; &#x3c; <template> <noscript> <select> text".split(
        " "
    )
)


@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(html=st.lists(WORDS | st.text(max_size=3), max_size=14).map("".join))
def test_whatever_is_thrown_at_it_only_harmless_tags_come_out(page, html):
    check(page, html, "inline")
    check(page, html, "text")


def test_what_is_harmless_stays(page):
    html = '<b class="x">bold</b> <a href="https://relexp.example/a?b=1#c" title="there">link</a> <img src="data:image/png;base64,AA" alt="dot">'
    assert page.evaluate("(html) => inline(html)", html) == html
    assert page.evaluate("(html) => text(html)", "<h2>A</h2><p>b</p>") == "<h2>A</h2><p>b</p>"
    assert page.evaluate("(html) => inline(html)", "<h2>A</h2>") == "A"
