"""What a page of ours may do in a browser: nothing that leaves this computer, and no script but ours."""

from __future__ import annotations


def policy(script: str) -> str:
    """A Content-Security-Policy whose pages run the scripts that `script` names."""
    return "; ".join(
        (
            "default-src 'self'",
            f"script-src 'self' {script}",
            # Apps set widths, and anywidget and the controls bring their css, in the page itself. Css cannot fetch
            # from elsewhere either: images and fonts have lines of their own below.
            "style-src 'self' 'unsafe-inline'",
            # Pictures that a notebook or a visitor made are data: or blob: in the page.
            "img-src 'self' data: blob:",
            "media-src 'self' data: blob:",
            # 'self' does not cover a websocket in every browser.
            "connect-src 'self' ws://127.0.0.1:* ws://localhost:*",
            "object-src 'none'",
            "base-uri 'none'",
            "form-action 'self'",
            "frame-ancestors 'self'",
        )
    )


# anywidget loads each widget's own JavaScript, which comes from Python, through a blob: address.
PAGE_POLICY = policy("blob:")
# JupyterLab's runtime compiles its schemas (ajv) with eval, and its css has fonts in it.
LAB_POLICY = policy("blob: 'unsafe-eval'") + "; font-src 'self' data:"
