"""A file name to its text, whatever the file turns out to be."""

import os
from pathlib import Path

import pytest

from simulator.errors import ScenarioError
from simulator.scenario.reading import BYTES_MAX, read_text


def refusal(path: Path | str) -> str:
    """The one line that says why a file is refused, without its folder."""
    with pytest.raises(ScenarioError) as caught:
        read_text(path)
    assert len(caught.value.problems) == 1
    return Path(str(path)).name + str(caught.value).removeprefix(str(path))


def test_a_file_is_read_as_text(tmp_path):
    """A byte order mark is no part of the text, and neither kind of path is refused."""
    path = tmp_path / "a.yaml"
    path.write_bytes("\ufefftitle: Größe\n".encode())

    assert "title: Größe\n" == read_text(path) == read_text(str(path))


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b"", "is empty; accepted: a scenario"),
        (b" \n\t\n", "is empty; accepted: a scenario"),
        (b"a: \x00", "is a binary file (it holds a zero byte); accepted: UTF-8 text"),
        ("a: 1".encode("utf-16"), "is a binary file (it holds a zero byte)"),
        (b"a: 1\nb: \xff", "is not UTF-8 text (byte 0xff on line 2)"),
        (b"\x89PNG\r\n\x1a\n", "is not UTF-8 text (byte 0x89 on line 1)"),
    ],
)
def test_contents_that_are_no_text_are_one_problem(tmp_path, content, line):
    """Empty files, binary files and other encodings are named as what they are."""
    path = tmp_path / "a.yaml"
    path.write_bytes(content)

    assert refusal(path).startswith(f"a.yaml: {line}")


def test_a_missing_file_is_one_problem(tmp_path):
    """The system's own words are passed on."""
    line = "a.yaml: cannot be read (no such file or directory)"

    assert line == refusal(tmp_path / "a.yaml")


def test_a_folder_is_one_problem(tmp_path):
    """A folder is called one."""
    line = f"{tmp_path.name}: is a directory; accepted: a scenario file"

    assert line == refusal(tmp_path)


def test_a_pipe_is_refused_without_waiting(tmp_path):
    """Nobody writes to the pipe, and still the answer comes at once."""
    os.mkfifo(tmp_path / "pipe")

    assert refusal(tmp_path / "pipe").startswith("pipe: is not a plain file")


@pytest.mark.parametrize("name", ["/dev/zero", "/dev/null"])
def test_a_device_is_refused(name):
    """An endless device is not read."""
    assert "is not a plain file" in refusal(name)


def test_a_huge_file_is_refused_by_its_size(tmp_path):
    """Two hundred megabytes are not read to find out that they are too many."""
    path = tmp_path / "huge.yaml"
    with path.open("wb") as file:
        file.truncate(200 * 1024 * 1024)

    assert refusal(path).startswith("huge.yaml: is too large")


def test_a_file_that_grows_while_it_is_read_is_refused(tmp_path, monkeypatch):
    """The bound holds for what is read, not only for what was announced."""
    path = tmp_path / "grows.yaml"
    path.write_bytes(b"a" * (BYTES_MAX + 1))
    small = tmp_path / "small"
    small.touch()
    monkeypatch.setattr(Path, "stat", lambda _: os.stat(small))

    assert refusal(path).startswith("grows.yaml: is too large")


def test_a_file_that_may_not_be_read_is_one_problem(tmp_path, monkeypatch):
    """Missing permission is one line."""
    path = tmp_path / "secret.yaml"
    path.write_text("a: 1")

    def refuse(*_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("builtins.open", refuse)

    assert refusal(path) == "secret.yaml: cannot be read (permission denied)"


@pytest.mark.parametrize("name", ["a\0b", "x" * 5000])
def test_a_name_no_file_can_have_is_one_problem(name):
    """Impossible names are refused like missing files."""
    with pytest.raises(ScenarioError):
        read_text(name)


def test_a_link_to_itself_is_one_problem(tmp_path):
    """A loop of links is not followed for ever."""
    (tmp_path / "loop").symlink_to(tmp_path / "loop")

    assert "cannot be read" in refusal(tmp_path / "loop")
