"""The units of a module as they lie in its folder: four texts each, read with every fault of all of them at once."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from relexp.exchange.shipped import shipped
from relexp.learning.plain import look_at
from relexp.learning.reading import read_unit
from relexp.learning.texts import FILES
from relexp.learning.unit import Unit
from relexp.messages import Fault, FaultsFound, say

# The module that travels with relexp.
MODULE = "across-difference"


def own_units() -> tuple[Unit, ...]:
    """The units of the module that travels with relexp."""
    return load_units(shipped("modules") / MODULE)


def load_units(module: Path) -> tuple[Unit, ...]:
    """The units of a module, in their order: each a folder like `02-sameness-and-difference`.

    Raises FaultsFound with all that is wrong in any of them, each with its unit, file and place.
    """
    faults: list[Fault] = []
    units: dict[Path, Unit] = {}
    for folder in sorted(each for each in module.iterdir() if each.is_dir()):
        try:
            units[folder] = read_unit(_texts(folder))
        except FaultsFound as found:
            faults += [_within(folder, fault) for fault in found.faults]
    faults += [_within(folder, fault) for folder, unit in units.items() for fault in _elsewhere(folder, unit, units)]
    if faults:
        raise FaultsFound(faults)
    return tuple(sorted(units.values(), key=lambda unit: unit.number))


def load_unit(module: Path, id: str) -> Unit:
    """One unit of a module. Raises FaultsFound with all that is wrong in it, KeyError where there is no such unit."""
    for folder in sorted(module.glob(f"[0-9][0-9]-{id}")):
        return read_unit(_texts(folder))
    raise KeyError(id)


def unit_folder(module: Path, unit: Unit) -> Path:
    """Where the texts and pictures of a unit lie."""
    return module / f"{unit.number:02}-{unit.id}"


def _texts(folder: Path) -> dict[str, str]:
    return {name: (folder / name).read_text(encoding="utf-8") for name in FILES if (folder / name).is_file()}


def _elsewhere(folder: Path, unit: Unit, units: Mapping[Path, Unit]) -> Iterator[Fault]:
    """What a unit alone does not tell: its folder's name, its pictures, and the units that it builds on."""
    if folder.name != f"{unit.number:02}-{unit.id}":
        yield Fault(say("learn.folder", name=f"{unit.number:02}-{unit.id}"))
    for block in unit.blocks:
        for address, _ in look_at(block.text).images:
            if not (folder / address).is_file():
                yield Fault(say("learn.no_image", image=address), key=f"unit.md: ::: {block.id}")
    earlier = {other.id for other in units.values() if other.number < unit.number}
    for need in unit.needs:
        if need not in earlier:
            yield Fault(say("learn.no_need", need=need), key="unit.toml: needs")


def _within(folder: Path, fault: Fault) -> Fault:
    return Fault(fault.message, key=f"{folder.name}/{fault.key}" if fault.key else folder.name)
