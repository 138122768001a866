"""Every way a command can end, as an exit status and a sentence: nobody who uses relexp meets a traceback."""

from __future__ import annotations

import io
import os
import sys
import traceback
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import click

from relexp.cli.console import NotDone, tell_aside
from relexp.messages import FaultsFound, say

DONE, NOT_DONE = 0, 1


def guarded(work: Callable[[], object]) -> int:
    """Run a command and return its exit status: 0 done, 1 not done as asked, 2 wrong usage.

    What stands in the way is said in sentences on standard error. With RELEXP_DEBUG=1 in the environment the
    traceback of a failure inside the program is printed as well, for those who mend it.
    """
    _forgive_letters()
    try:
        work()
        sys.stdout.flush()
    except NotDone as refused:
        tell_aside(*refused.sentences)
    except FaultsFound as found:
        tell_aside(*found.faults)
    except click.ClickException as wrong:
        wrong.show()
        return wrong.exit_code
    except (click.Abort, KeyboardInterrupt):
        tell_aside("", say("cli.stopped"))
    except BrokenPipeError:
        _close_stdout()
    except MemoryError:
        tell_aside(say("cli.too_large"))
    except OSError as error:
        _debug()
        _close_stdout()
        tell_aside(say("cli.system", why=error.strerror or type(error).__name__))
    except Exception as error:
        _debug()
        tell_aside(say("cli.unexpected", what=type(error).__name__, where=_where(error)))
    else:
        return DONE
    return NOT_DONE


def _forgive_letters() -> None:
    # A terminal that cannot show a letter shows a "?" for it; the evening matters more than the letter.
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def _close_stdout() -> None:
    # What is left unprinted would fail once more, with a traceback, when Python ends.
    with suppress(OSError, io.UnsupportedOperation):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _debug() -> None:
    if os.environ.get("RELEXP_DEBUG") == "1":
        traceback.print_exc()


def _where(error: Exception) -> str:
    # The place, and never the error's own text: that may hold what stands on somebody's sheet.
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{Path(last.filename).name}:{last.lineno}"
