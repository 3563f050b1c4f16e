"""Plain text in 80 columns."""

from simulator.report.layout import Column, clipped, entry, fill, heading, table


def test_a_number_keeps_its_unit():
    """A line never breaks between a number and its unit."""
    text = fill("x" * 70 + " takes 12 min in all", width=79)

    assert text == "x" * 70 + " takes\n12 min in all"


def test_ids_are_not_broken_at_hyphens():
    """A word with hyphens stays whole."""
    assert fill("one four-eyes", width=10) == "one\nfour-eyes"


def test_a_term_too_long_gets_its_own_line():
    """Text starts below a term that is wider than its column."""
    assert entry("ab", "text", term_width=2) == "ab  text"
    assert entry("abc", "text", term_width=2) == "abc\n    text"


def test_cells_wrap_inside_their_column():
    """A cell that is too wide makes its row taller, not the table wider."""
    columns = (Column(4), Column(3, right=True))

    assert table([("ab cd", "1")], columns) == "ab     1\ncd"


def test_a_heading_is_underlined_to_its_length():
    """The rule is as long as the longest line of the heading."""
    assert heading("Why") == "Why\n---"
    assert max(map(len, heading("word " * 40).splitlines())) <= 80


def test_a_clipped_text_shows_that_it_was():
    """What is cut away leaves a mark."""
    assert clipped("four-eyes", 7) == "four-e…"
    assert clipped("four-eyes", 9) == "four-eyes"
