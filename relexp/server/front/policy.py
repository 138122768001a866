"""What a page of ours may do in a browser: nothing that leaves this computer, and no script but ours."""

from __future__ import annotations


def policy(extra: str, host: str) -> str:
    """The Content-Security-Policy of a page that was asked for at `host`; `extra` is what its kind may do besides."""
    return "; ".join(
        (
            "default-src 'self'",
            extra,
            # Apps set widths, and anywidget and the controls bring their css, in the page itself. Css cannot fetch
            # from elsewhere either: images and fonts have lines of their own below.
            "style-src 'self' 'unsafe-inline'",
            # Pictures that a notebook or a visitor made are data: or blob: in the page.
            "img-src 'self' data: blob:",
            "media-src 'self' data: blob:",
            # 'self' does not cover a websocket in every browser.
            f"connect-src 'self' ws://{host} wss://{host}",
            "object-src 'none'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'self'",
        )
    )


# anywidget loads each widget's own JavaScript, which comes from Python, through a blob: address.
PAGE_POLICY = "script-src 'self' blob:"
# JupyterLab's runtime compiles its schemas (ajv) with eval, and its css has fonts in it.
LAB_POLICY = "script-src 'self' blob: 'unsafe-eval'; font-src 'self' data:"
