"""Spreadsheet files (xlsx, xls, ods): their visible sheets as rows of the text that was typed."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

from relexp.messages import FaultsFound, tell

_READER = Path(__file__).with_name("workbook_reader.py")
# A sheet of 10,000 people takes a second; what takes so much longer is damaged.
_SECONDS = 20


def workbook_rows(data: bytes, name: str) -> list[list[list[str]]]:
    """Every visible sheet of a workbook as rows of text, blank rows included, so that the first is row 1.

    Numbers read as they were typed (54, not 54.0), dates as ISO. Raises FaultsFound when it cannot be opened.
    """
    try:
        reader = subprocess.run(
            [sys.executable, "-P", str(_READER)],
            input=data,
            capture_output=True,
            timeout=_SECONDS,
            check=True,
            env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        )
    except subprocess.SubprocessError:
        raise FaultsFound([tell("sheet.not_a_sheet", file=name)]) from None
    except OSError:
        raise FaultsFound([tell("sheet.unreadable", file=name)]) from None
    told = json.loads(reader.stdout)
    if "fault" in told:
        raise FaultsFound([tell(told["fault"], file=name)])
    sheets: list[list[list[str]]] = told["sheets"]
    return sheets
