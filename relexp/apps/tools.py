"""The interactive tools of the module, by the names that units call them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from types import MappingProxyType

import ipywidgets

from relexp.apps.map_tool import MapTool
from relexp.apps.story_tool import StoryTool

# What makes a tool: what was kept last, who keeps, who speaks to a screen reader, and who is told that it is done.
MakeTool = Callable[[str, Callable[[str], None], Callable[[str], None], Callable[[], None]], ipywidgets.DOMWidget]

TOOLS: Mapping[str, MakeTool] = MappingProxyType({"two-axis-map": MapTool, "two-minute-story": StoryTool})
