"""Files of any encoding, cut into rows without losing a line."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from simulator.errors import LastdayError
from simulator.exchange.lines import ROW_LINES_MAX, read_lines, refuse_no_text, split


def cut(text, separator=";", width=None):
    """Cut a text into rows."""
    return list(split(iter(text.split("\n")), separator, width))


@pytest.mark.parametrize(
    ("raw", "line"),
    [
        ("Zürich;Łódź".encode(), "Zürich;Łódź"),
        (b"\xef\xbb\xbf" + "Zürich".encode(), "Zürich"),
        ("Zürich".encode("latin-1"), "Zürich"),
        ("Zürich – 5 €".encode("cp1252"), "Zürich – 5 €"),  # noqa: RUF001
        ("Zürich".encode("utf-16"), "Zürich"),
        (b"\xff\xfe" + "Zürich".encode("utf-16-le"), "Zürich"),
        (b"Z\x81rich", "Z\x81rich"),
    ],
)
def test_an_encoding_is_found_out(tmp_path, raw, line):
    """Marks, UTF-8, Windows-1252 and what is not even that are read."""
    path = tmp_path / "list.csv"
    path.write_bytes(raw)

    assert [line] == list(read_lines(path))


def test_one_stray_line_spoils_no_other(tmp_path):
    """A line pasted from an old system does not change how the rest is read."""
    path = tmp_path / "list.csv"
    path.write_bytes("Łódź\n".encode() + b"Z\xfcrich\n" + "Łódź".encode())

    assert list(read_lines(path)) == ["Łódź", "Zürich", "Łódź"]


def test_an_encoding_that_is_asked_for_is_kept(tmp_path):
    """What the user says of the encoding is not overruled."""
    path = tmp_path / "list.csv"
    path.write_bytes("Zürich".encode("cp850"))

    assert list(read_lines(path, "cp850")) == ["Zürich"]
    with pytest.raises(LastdayError, match=r"list\.csv: not utf-8 text after line 0"):
        list(read_lines(path, "utf-8"))


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_end_in_every_way(tmp_path, end):
    """Line ends of every system count as one."""
    path = tmp_path / "list.csv"
    path.write_bytes(f"a{end}b{end}".encode())

    assert list(read_lines(path)) == ["a", "b"]


@pytest.mark.parametrize(
    ("raw", "what"),
    [
        (b"PK\x03\x04...", "an Excel workbook"),
        (b"\xd0\xcf\x11\xe0", "an old Excel workbook"),
        (b"%PDF-1.7", "a PDF"),
        (b"a\x00b", "zero bytes"),
    ],
)
def test_what_is_no_text_is_refused(tmp_path, raw, what):
    """A workbook is told from a table, and what helps is said."""
    path = tmp_path / "list.csv"
    path.write_bytes(raw)

    with pytest.raises(LastdayError, match=what):
        refuse_no_text(path)


@pytest.mark.parametrize(
    ("text", "rows"),
    [
        ("a;b\nc;d", [(1, ["a", "b"]), (2, ["c", "d"])]),
        (' a ;"b;c"', [(1, ["a", "b;c"])]),
        ('"say ""hi""";b', [(1, ['say "hi"', "b"])]),
        ('5" disk;b', [(1, ['5" disk', "b"])]),
        ('"a" x;b', [(1, ["a x", "b"])]),
        ('"a\nb";c\nd;e', [(1, ["a\nb", "c"]), (3, ["d", "e"])]),
        ('"a\n\nb";c', [(1, ["a\n\nb", "c"])]),
        ("\n;;", [(1, [""]), (2, ["", "", ""])]),
    ],
)
def test_rows_are_cut_as_spreadsheets_write_them(text, rows):
    """Quotes hold separators, quotes and line breaks."""
    assert cut(text) == rows


@pytest.mark.parametrize(
    "text",
    [
        '1;"open;x\n2;b;y\n3;c;z',
        '1;"open;x\n2;"b";y\n3;c;z',
        '1;"open;x\n2;"b, c";y\n3;"c";z',
    ],
)
def test_a_quote_that_is_never_closed_swallows_one_line_only(text):
    """The line is told as unclosed, and every line after it is a row."""
    first, *others = cut(text, width=3)

    assert first == (1, None)
    assert [(line, cells[0]) for line, cells in others] == [(2, "2"), (3, "3")]


def test_a_row_takes_so_many_lines_and_no_more():
    """A quote that is closed far below was not meant so."""
    far = '"' + "\n" * ROW_LINES_MAX + '"'
    near = '"' + "\n" * (ROW_LINES_MAX - 1) + '"'

    assert len(cut(near)) == 1
    assert len(cut(far)) == ROW_LINES_MAX + 1


@given(st.text(alphabet='ab;," \n', max_size=80), st.integers(1, 4))
def test_no_line_is_lost(text, width):
    """Rows begin at line one, in order; what is between belongs to a quoted cell."""
    lines = text.split("\n")
    rows = cut(text, width=width)
    starts = [line for line, _ in rows]
    ends = [*starts[1:], len(lines) + 1]

    assert starts == sorted({*starts})
    assert starts[0] == 1
    for (line, cells), end in zip(rows, ends, strict=True):
        breaks = sum(cell.count("\n") for cell in cells or ())
        # Blanks around a cell are cut away, and line breaks at its ends with them.
        assert end - line == 1 or cells is not None
        assert end - line >= 1 + breaks
