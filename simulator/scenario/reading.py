"""A file name -> its text, or one problem; whatever the file turns out to be."""

import os
import stat
from pathlib import Path
from typing import NoReturn

from simulator.errors import Problem, ScenarioError

BYTES_MAX = 4 * 1024 * 1024


def read_text(path: str | os.PathLike[str]) -> str:
    """Read a text file of bounded size.

    Raises:
        ScenarioError: Missing, not a plain file, too large, empty, or not UTF-8 text.
    """
    name = os.fspath(path)
    try:
        # Asked before it is opened, because opening a named pipe waits for a writer.
        found = Path(name).stat()
        if stat.S_ISDIR(found.st_mode):
            _refuse(name, "is a directory", "accepted: a scenario file")
        if not stat.S_ISREG(found.st_mode):
            _refuse(name, "is not a plain file", "accepted: a scenario file")
        if found.st_size > BYTES_MAX:
            _too_large(name, found.st_size)
        with open(name, "rb") as file:
            content = file.read(BYTES_MAX + 1)
    except OSError as error:
        _refuse(name, f"cannot be read ({error.strerror or error})".lower())
    except ValueError as error:
        _refuse(name, f"is no file name ({error})")
    if len(content) > BYTES_MAX:
        _too_large(name, len(content))
    return _decoded(name, content)


def _decoded(name: str, content: bytes) -> str:
    if b"\0" in content:
        _refuse(name, "is a binary file (it holds a zero byte)", "accepted: UTF-8 text")
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = 1 + content.count(b"\n", 0, error.start)
        byte = f"byte 0x{content[error.start]:02x} on line {line}"
        _refuse(name, f"is not UTF-8 text ({byte})", "accepted: UTF-8 text")
    if not text.strip():
        _refuse(name, "is empty", "accepted: a scenario")
    return text


def _too_large(name: str, size: int) -> NoReturn:
    accepted = f"accepted: up to {BYTES_MAX} bytes"
    _refuse(name, f"is too large (at least {size} bytes)", accepted)


def _refuse(name: str, what: str, accepted: str = "") -> NoReturn:
    raise ScenarioError([Problem(name, 0, 0, "", what, accepted)]) from None
