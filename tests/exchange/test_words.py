"""Words of lists: employment and time zones."""

import pytest

from simulator.exchange.words import UNKNOWN_ZONES_MAX, Employments, Zones, shown


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("employee", "employee"),
        ("EMPLOYEES", "employee"),
        ("Full-Time", "employee"),
        ("full time", "employee"),
        ("Permanent", "employee"),
        ("Fixed-term contract", "employee"),
        ("Festangestellt", "employee"),
        ("Contractor", "contractor"),
        ("contract", "contractor"),
        ("Full-time contractor", "contractor"),
        ("Temporary", "contractor"),
        ("FREELANCER", "contractor"),
        ("External consultant", "contractor"),
        ("Vendor", "vendor"),
        ("3rd party", "vendor"),
        ("Outsourced (BPO)", "vendor"),
    ],
)
def test_employment_is_known_by_many_words(text, kind):
    """Case, hyphens and plurals do not count."""
    assert kind == Employments().read(text)


@pytest.mark.parametrize("text", ["Alien", "Permanent contractor", "Contracter", "7"])
def test_an_employment_that_is_not_clear_is_refused(text):
    """An unknown word, or two that disagree, are for the user to settle."""
    with pytest.raises(ValueError, match="unknown employment") as refused:
        Employments().read(text)

    assert "accepted: employee, contractor, vendor" in str(refused.value)


def test_a_near_miss_is_suggested():
    """A misspelt kind is answered with the one that was meant."""
    with pytest.raises(ValueError, match="did you mean 'contractor'"):
        Employments().read("Contracter")


def test_own_words_come_first():
    """What the user says of a word counts, whatever it means elsewhere."""
    own = Employments({"Werkvertrag": "contractor", "Temp": "vendor"})

    assert own.read("werkvertrag") == "contractor"
    assert own.read("TEMP") == "vendor"


@pytest.mark.parametrize(
    ("text", "zone"),
    [
        ("Europe/Dublin", "Europe/Dublin"),
        ("europe/dublin", "Europe/Dublin"),
        ("AMERICA/NEW YORK", "America/New_York"),
        ("America/New York", "America/New_York"),
        ("utc", "UTC"),
        ("GMT", "UTC"),
    ],
)
def test_a_zone_is_known_in_any_case(text, zone):
    """Exports change the case of zones, and blanks in them."""
    assert zone == Zones().read(text)


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("Europe/Lodnon", "did you mean 'Europe/London'?"),
        ("Berlin", "did you mean 'Europe/Berlin'?"),
        ("PST", "accepted: a zone named by place"),
        ("GMT+1", "accepted: a zone named by place"),
    ],
)
def test_an_unknown_zone_is_refused_with_a_hint(text, hint):
    """Abbreviations and misspelt places are no zones."""
    with pytest.raises(ValueError, match="unknown time zone") as refused:
        Zones().read(text)

    assert hint in str(refused.value)


def test_a_wrong_column_of_zones_does_not_take_forever():
    """A thousand different texts that are no zones are refused at once."""
    zones = Zones()
    for number in range(UNKNOWN_ZONES_MAX + 1_000):
        with pytest.raises(ValueError, match="unknown time zone"):
            zones.read(f"PQR{number}")


@pytest.mark.parametrize(
    ("text", "said"),
    [("31.02.2024", "'31.02.2024'"), ("Jane Doe", "a text of 8 letters")],
)
def test_a_text_that_may_be_a_name_is_not_shown(text, said):
    """A value with a digit in it helps; one without may be somebody's name."""
    assert said == shown(text)
