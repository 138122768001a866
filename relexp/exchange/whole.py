"""Files that are read whole, and written whole or not at all: an old one stays until the new one is safe."""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path

from relexp.messages import Fault, FaultsFound, tell

_WHY = {
    errno.ENOENT: "file.no_folder",
    errno.EACCES: "file.not_allowed",
    errno.EPERM: "file.not_allowed",
    errno.EROFS: "file.not_allowed",
    errno.ENOSPC: "file.disk_full",
    errno.EDQUOT: "file.disk_full",
    errno.EISDIR: "file.is_folder",
    errno.ENOTDIR: "file.no_folder",
    errno.EEXIST: "file.not_folder",
}


def read_whole(path: Path) -> bytes:
    """All that is in a file. Raises FaultsFound when it is not there or cannot be read."""
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise FaultsFound([tell("file.not_found", path=path)]) from None
    except OSError as error:
        raise FaultsFound([tell("file.not_read", path=path, why=error.strerror)]) from None


def write_whole(path: Path, data: bytes) -> None:
    """Write one file so that it is there whole, or as it was before.

    Raises FaultsFound, with a sentence on what stands in the way, when it cannot be written.
    """
    write_together({path: data})


def write_together(files: Mapping[Path, bytes], folders: tuple[Path, ...] = ()) -> None:
    """Write several files that belong together: all of them, or none.

    `folders` are made first where they are missing, and taken away again when the files cannot be written. Every file
    is written beside its place and moved there only once all of them are safe on the disk. What is no ordinary file
    (a terminal, a pipe) is written straight. Raises FaultsFound.
    """
    made: list[Path] = []
    beside: dict[Path, Path] = {}
    streams: list[Path] = []
    path = Path()
    try:
        for path in folders:
            made += _make_folder(path)
        for path, data in files.items():
            if path.exists() and not path.is_file() and not path.is_dir():
                streams.append(path)
            else:
                beside[path] = _write_beside(path, data)
        for path in streams:
            path.write_bytes(files[path])
        for path, waiting in beside.items():
            waiting.replace(path.resolve())
    except OSError as error:
        _clear(beside.values(), made)
        raise FaultsFound([not_written(path, error)]) from error
    except BaseException:
        _clear(beside.values(), made)
        raise
    for folder in {path.resolve().parent for path in beside}:
        _settle_folder(folder)


def not_written(path: Path, error: OSError) -> Fault:
    """What to tell someone whose file could not be written."""
    code = _WHY.get(error.errno or 0, "file.not_written")
    return tell(code, path=path, why=error.strerror or type(error).__name__)


def _make_folder(folder: Path) -> list[Path]:
    missing = []
    place = folder
    while not place.exists():
        missing.append(place)
        place = place.parent
    folder.mkdir(parents=True, exist_ok=True)
    return missing


def _write_beside(path: Path, data: bytes) -> Path:
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    # A link keeps pointing where it points: the file behind it is the one that is replaced.
    place = path.resolve()
    waiting = place.with_name(f".{place.name[:100]}.{os.urandom(4).hex()}.part")
    mode = stat.S_IMODE(place.stat().st_mode) if place.exists() else None
    if mode is not None and not os.access(place, os.W_OK):
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))
    try:
        with waiting.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        if mode is not None:
            waiting.chmod(mode)
    except BaseException:
        waiting.unlink(missing_ok=True)
        raise
    return waiting


def _settle_folder(folder: Path) -> None:
    # Some systems cannot open a folder; there the move itself is all that can be asked for.
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _clear(waiting: Iterable[Path], made: Iterable[Path]) -> None:
    for path in waiting:
        with suppress(OSError):
            path.unlink(missing_ok=True)
    for folder in made:
        with suppress(OSError):
            folder.rmdir()
