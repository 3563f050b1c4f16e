"""What-ifs as text, Markdown and JSON."""

import json
import math
from itertools import combinations
from pathlib import Path

import pytest
from attrs import evolve
from hypothesis import given
from hypothesis import strategies as st

from simulator.experiment.findings import Estimate
from simulator.experiment.statistics import wilson
from simulator.experiment.whatif.findings import Redundant, Shapley
from simulator.report.data import to_json
from simulator.report.whatif import whatif_text
from simulator.report.whatif_answer import enough_everywhere, in_short, worth_moving
from simulator.report.whatif_data import whatif_document
from simulator.report.whatif_markdown import whatif_markdown
from simulator.report.whatif_words import EVERY, NONE, set_name
from tests.report.whatifs import (
    CANDIDATES,
    LOCK,
    PAIR,
    REFERENCE,
    SETS,
    WORSE,
    arm,
    enough,
    of_design,
    of_one_run,
    reading,
    what_if,
)

GOLDEN = Path(__file__).parent / "golden"
FORMS = {"whatif.txt": whatif_text, "whatif.md": whatif_markdown}
ALWAYS = arm(stopped=100)
NOTHING = reading(
    sufficient=(enough(how_many=0), enough(within_s=300, how_many=0)),
    worse=(),
    silent=(),
    redundant=(),
    shapley=(),
)
SLIP = reading(
    chosen=(("intent", "slip"),),
    says=("it was a slip",),
    sufficient=(enough(LOCK), enough(LOCK, within_s=300)),
    arms=tuple(
        arm(*one.labels, stopped=min(one.stopped.count, 80))
        if one.labels == PAIR.labels
        else one
        for one in reading().arms
    ),
)
GESTURE = reading(chosen=(("intent", "gesture"),), says=("it was meant",))
FOUND = {
    "lattice": what_if(),
    "alone": of_design("alone"),
    "without": of_design("without"),
    "pairs": of_design("pairs"),
    "one run": of_one_run(),
    "nothing": what_if(NOTHING),
    "two readings": what_if(GESTURE, SLIP),
    "interrupted": what_if(ended="interrupted", replications=1_000),
    "long names": what_if(
        reading(arms=(arm("x" * 90), arm(*(n * 30 for n in "abcd"))), sufficient=()),
        title="A title " * 20,
    ),
}

labels = st.lists(st.sampled_from(CANDIDATES), unique=True).map(sorted)


@pytest.mark.parametrize("name", FORMS)
def test_a_what_if_reads_as_it_was_last_read(golden, name):
    """Each form of the hand-made what-if equals that last read by a person."""
    golden(GOLDEN / name, FORMS[name](what_if(GESTURE, SLIP)))


@pytest.mark.parametrize("name", ["alone", "without", "pairs"])
def test_designs_read_as_they_were_last_read(golden, name):
    """The text of each design equals that last read by a person."""
    golden(GOLDEN / f"whatif-{name}.txt", whatif_text(of_design(name)))


@pytest.mark.parametrize("name", FOUND)
def test_all_text_fits_80_columns(name):
    """No line is longer than 80 characters."""
    lines = whatif_text(FOUND[name]).splitlines()

    assert [line for line in lines if len(line) > 80] == []


@pytest.mark.parametrize("name", FOUND)
def test_json_has_no_number_without_end(name):
    """Every form of what can be found is plain JSON, endless intervals as None."""
    text = to_json(whatif_document(FOUND[name]))
    again = json.loads(text, parse_constant=lambda word: pytest.fail(word))

    assert again["conclusion"] == list(in_short(FOUND[name]))
    assert again["sensitivity"] is None
    assert "table" not in again["readings"][0]


@pytest.mark.parametrize("name", FOUND)
@pytest.mark.parametrize("form", FORMS)
def test_people_read_no_endless_number(name, form):
    """An interval without an end is left out, not printed."""
    told = FORMS[form](FOUND[name]).split()

    assert not {"inf", "+inf", "-inf", "nan", "None"}.intersection(told)


@given(labels)
def test_a_set_has_a_name_of_its_own(chosen):
    """No two sets share a name, and none is empty."""
    every = [c for c in CANDIDATES if c != chosen[0]] if chosen else CANDIDATES
    name = set_name(chosen, CANDIDATES)

    assert name
    assert (name == NONE) == (not chosen)
    assert (name == EVERY) == (len(chosen) == len(CANDIDATES))
    assert name != set_name(every, CANDIDATES)


def test_a_set_is_named_by_what_it_leaves_out_where_that_is_shorter():
    """Four of five are all but one."""
    assert set_name(CANDIDATES[:4], CANDIDATES) == f"all but {CANDIDATES[4]}"
    assert set_name(CANDIDATES[:2], CANDIDATES) == "four-eyes + last-day-cutoff"


def test_the_parts_come_in_their_order():
    """From the answer to how it was found."""
    text = whatif_text(what_if())
    parts = (
        "In short",
        "As it was: stopped in",
        "Smallest sets that stop it in at least 90 % of the runs:\n\n",
        "What more protection costs",
        "Fair share of the protection",
        "Makes no difference:",
        "Makes it worse:",
        "Never put to the test:",
        "How sure this is",
        "Words\n",
    )
    order = [text.index(part) for part in parts]

    assert sorted(order) == order


def test_the_first_sentence_answers():
    """The smallest sets, each with its share and interval."""
    first, second = in_short(what_if())

    assert first == (
        "Smallest sets that stop it in at least 90 % of the runs: protected-lock "
        "(100 %, 96-100; 1 % refused); four-eyes + last-day-cutoff (100 %, 96-100; "
        "5 % refused, +4.4 s/act)."
    )
    assert second.startswith("The same sets are the smallest that stop it or catch it")


def test_enough_means_in_every_reading():
    """A set that is enough in one reading only is not told as an answer."""
    both = what_if(GESTURE, SLIP)
    first, *_ = in_short(both)

    assert enough_everywhere(both.readings, 0) == (LOCK.labels,)
    assert first.startswith(
        "Smallest sets that stop it in at least 90 % of the runs in each of the 2 "
        "readings, told for the worst: protected-lock"
    )


def test_what_each_reading_needs_is_put_together():
    """Where one reading needs one thing and the next another, both are enough."""
    lock, eyes = (arm(label, stopped=100) for label in ("protected-lock", "four-eyes"))
    both = arm("four-eyes", "protected-lock")
    needs_lock = reading(
        arms=(lock, arm("four-eyes"), both), sufficient=(enough(lock),)
    )
    bare = arm("protected-lock", stopped=10)
    needs_eyes = reading(arms=(eyes, bare, both), sufficient=(enough(eyes),))

    assert enough_everywhere((needs_lock, needs_eyes), 0) == (both.labels,)
    alone = (evolve(one, arms=one.arms[:2]) for one in (needs_lock, needs_eyes))
    assert enough_everywhere(tuple(alone), 0) == ()


def test_of_many_sets_the_first_sentence_names_a_few():
    """The rest is counted."""
    pairs = combinations([c for c in CANDIDATES if c != "protected-lock"], 2)
    many = [arm(*pair, stopped=100) for pair in pairs]
    told = reading(sufficient=(enough(*many),), arms=tuple(many))
    first, *_ = in_short(what_if(told))

    assert first.endswith("; 1 more, see below.")
    assert sum(first.count(label) for label in CANDIDATES) == 10


@pytest.mark.parametrize(
    ("found", "said"),
    [
        (
            what_if(NOTHING),
            "No set that was played is known to stop it in",
        ),
        (of_design("alone"), "Alone, each of these would stop it in at least 90 %"),
        (
            evolve(of_design("alone"), readings=(NOTHING,)),
            "None of them would, alone, stop it in at least 90 %",
        ),
        (
            what_if(reading(reference=ALWAYS, sufficient=(enough(ALWAYS),))),
            "No candidate is needed to stop it in at least 90 % of the runs.",
        ),
    ],
)
def test_the_answer_fits_what_was_asked(found, said):
    """Nothing is enough, nothing is needed, or each is judged alone."""
    assert next(in_short(found)).startswith(said)


def test_the_closest_set_is_told_where_none_is_enough():
    """Somebody who cannot have enough wants the best there is."""
    arms = tuple(one for one in reading().arms if one.stopped.share < 0.9)
    told = next(in_short(what_if(evolve(NOTHING, arms=arms))))

    assert told.endswith(
        "The closest of those listed: last-day-cutoff (51 %, 41-61; 5 % refused)."
    )
    hopeless = evolve(NOTHING, arms=(REFERENCE,))
    assert next(in_short(what_if(hopeless))).endswith("None came anywhere near.")


def test_what_all_together_need_is_told():
    """Of the design without: what reaches the goal no more when it is left out."""
    every = arm(*CANDIDATES)
    weak = tuple(
        arm(*one.labels, stopped=100 if "four-eyes" in one.labels else 45)
        for one in of_design("without").readings[0].arms
    )
    told = reading(arms=weak, sufficient=(enough(every),))
    first = next(in_short(of_design("without", readings=(told,))))

    assert first == (
        "All of them stop it in 100 % (96-100) of the runs. To reach 90 % needs "
        "four-eyes (45 % (36-55) without it)."
    )


def test_too_little_altogether_is_told():
    """Where all of them together fall short, it is said so."""
    weak = tuple(arm(*one.labels, stopped=50) for one in reading().arms)
    told = reading(arms=weak, sufficient=(enough(),))
    first = next(in_short(of_design("without", readings=(told,))))

    assert first.endswith("That is less than 90 %.")


def test_a_set_that_may_fall_short_is_marked():
    """Sure is only whose whole interval is enough."""
    shaky = arm("four-eyes", stopped=92)
    told = reading(sufficient=(enough(LOCK, shaky),), arms=(LOCK, shaky))
    text = whatif_text(what_if(told))

    (answer,) = in_short(what_if(told))

    assert answer.endswith("More replications are needed to be sure of four-eyes.")
    assert "92 85-96   no" in text
    assert "100 96-100  yes" in text
    assert "Not sure: the interval reaches below" in text


def test_what_is_not_listed_is_counted():
    """Of a thousand smallest sets some are listed, and all are counted."""
    told = reading(sufficient=(enough(LOCK, how_many=1_000),))

    assert "999 smallest sets more not listed here." in whatif_text(what_if(told))


def test_alerts_that_make_it_worse_are_told_with_the_mechanism():
    """Before, after, how many runs, why, and a run that shows it."""
    text = " ".join(whatif_text(what_if()).split())

    assert (
        "volume-anomaly added to peer-report: held in 9 % (5-16) of the runs without "
        "it, in 2 % (1-7) with it; it spoilt 8 runs and mended 1. The true alarm "
        "waited 38 min behind 12 others instead of 3 min. (One such run: seed 712, "
        "intent=slip.)" in text
    )


def test_what_did_nothing_is_left_out():
    """Headings without anything under them are not printed."""
    text = whatif_text(what_if(NOTHING))

    for title in ("Adds nothing", "Makes it worse", "Never put", "Fair share"):
        assert title not in text


def test_what_never_fired_is_told_once():
    """It is not told again as something that adds nothing."""
    both = (Redundant("volume-anomaly", None), Redundant("peer-report", None))
    text = whatif_text(what_if(reading(redundant=both)))

    assert "- peer-report changes no verdict in any run" in text
    assert "volume-anomaly changes no verdict" not in text


def test_many_candidates_are_counted_and_not_named():
    """Half a hundred names before the answer would bury it."""
    many = tuple(f"candidate-{n}" for n in range(51))
    text = whatif_text(what_if(candidates=many))

    assert "Every set of 51 candidates, each in" in text
    assert "Candidates:" not in text


def test_many_rows_are_cut_and_counted():
    """A table of arms ends somewhere; the rest is in the JSON."""
    many = tuple(arm(f"candidate-{n}", stopped=n) for n in range(1, 60))
    found = of_design("pairs")
    (told,) = found.readings
    text = whatif_text(
        evolve(found, readings=(evolve(told, arms=many, sufficient=()),))
    )

    assert "34 more with --format json." in text
    assert len(whatif_document(found)["readings"][0]["arms"]) == len(told.arms)


@given(st.integers(1, 100), st.data())
def test_a_better_arm_stands_higher(runs, data):
    """Arms are sorted by the share held, whatever the order they come in."""
    shares = data.draw(st.lists(st.integers(1, runs), min_size=1, max_size=8))
    arms = tuple(
        evolve(arm(f"candidate-{n}"), held=wilson(count, runs))
        for n, count in enumerate(shares)
    )
    found = of_design("alone")
    told = reading(arms=arms, sufficient=())
    text = whatif_text(evolve(found, readings=(told,)))
    table = text.split("the best first:")[1].split("No different")[0]
    lines = [line.split() for line in table.splitlines() if "candidate-" in line]
    order = [shares[int(line[0].split("-")[1])] for line in lines]

    assert order == sorted(order, reverse=True)
    assert len(lines) == len(shares)


def test_pairs_that_do_what_one_does_alone_are_counted():
    """A thousand pairs of something good and something useless are no news."""
    text = whatif_text(of_design("pairs"))
    table = text.split("the best first:")[1].split("As it was: stopped")[0]

    assert "\nfour-eyes + last-day-cutoff " in table
    assert "\nfour-eyes + volume-anomaly " not in table
    assert "7 pairs that do just what one of the two does alone are left out" in table


def test_what_can_be_left_out_is_no_claim_about_it_alone():
    """Of the design without nothing was played alone."""
    found = of_design("without")
    (told,) = found.readings
    spare = (Redundant("peer-report", CANDIDATES[:2]),)
    text = whatif_text(evolve(found, readings=(evolve(told, redundant=spare),)))

    assert "peer-report: left out, one at a time" in text
    assert "though alone" not in text


def test_shares_of_protection_have_bars_in_proportion():
    """The largest fills the bar; what takes protection away is drawn apart."""
    text = whatif_text(what_if())
    bars = {
        line.split()[0]: line.split()[-1]
        for line in text.split("averaged over")[1].splitlines()
        if line.endswith(("#", "-"))
    }

    assert len(bars["protected-lock"]) == 36
    assert len(bars["last-day-cutoff"]) == math.ceil(36 * 0.13 / 0.75)
    assert bars["volume-anomaly"] == "-"
    assert "No part in it: peer-report." in text


def test_what_common_chance_saved_is_said_where_it_could_save():
    """Nothing can be saved where no candidate changes anything."""
    never = " ".join(whatif_text(what_if(reading(saved=None))).split())
    some = what_if(reading(saved=0.5), reading(saved=0.4), reading(saved=0.1))

    assert "That saves nothing here" in never
    assert "That takes 40 % off the variance" in " ".join(whatif_text(some).split())


@pytest.mark.parametrize("end", [0.0, math.inf])
def test_no_part_in_the_protection_has_no_bar(end):
    """Neither where it is known for sure, nor where there was a single run."""
    none, some = Shapley("four-eyes", 0.0, -end, end), Shapley("x", 0.0, -0.1, 0.1)
    text = whatif_text(what_if(reading(shapley=(none, some))))

    assert "No part in it: four-eyes." in text
    assert "0 -10 to 10\n" in text


def test_precision_is_held_against_what_was_asked():
    """Whoever asked for a width reads whether it was reached."""
    reached = what_if(precision=0.05, ended="precise")
    missed = what_if(precision=0.05)

    assert "at most 5 points on either side for every share; that was reached" in (
        " ".join(whatif_text(reached).split())
    )
    assert "that was not reached" in " ".join(whatif_text(missed).split())


def test_an_interrupt_is_said():
    """What was finished is not taken for all."""
    text = whatif_text(FOUND["interrupted"])

    assert "Interrupted: 100 of 1,000 replications were finished" in text


def test_markdown_says_which_command_writes_it():
    """The last line holds the command, if it is known."""
    made = whatif_markdown(what_if(), made_by="lastday whatif x.yaml")

    assert made.endswith("Written by `lastday whatif x.yaml`.\n")
    assert "Written by" not in whatif_markdown(what_if())


def test_an_estimate_without_runs_is_no_certainty():
    """A share of no runs is printed with its whole interval."""
    nothing = Estimate(0, 0, 0.0, 0.0, 1.0)
    bare = evolve(REFERENCE, held=nothing, stopped=nothing, caught=nothing)
    text = whatif_text(what_if(reading(reference=bare)))

    assert "stopped in 0 % (0-100) of the runs" in text
    assert not math.isnan(nothing.share)


def test_what_is_moved_is_the_first_set_that_is_enough():
    """Where several readings differ, it is the one in which it does worst."""
    good, bad = (
        reading(
            chosen=(("intent", intent),),
            arms=(*SETS[:4], evolve(LOCK, stopped=wilson(count, 100)), *SETS[5:]),
        )
        for intent, count in (("gesture", 99), ("slip", 95))
    )
    watched = worth_moving(what_if(good, bad))

    assert (watched.labels, watched.measure) == (("protected-lock",), "stopped")
    assert watched.switched == ("protected-lock",)
    assert watched.chosen == (("intent", "slip"),)


def test_what_is_in_force_already_is_not_switched_on():
    """Of a set only what differs from the day as it was is switched, on or off."""
    both = arm("four-eyes", "protected-lock", against=None)
    watched = worth_moving(what_if(reading(reference=both)))

    assert watched.labels == ("protected-lock",)
    assert watched.switched == ("four-eyes",)


def test_where_nothing_is_enough_the_closest_is_moved():
    """Then it is watched how often it holds."""
    nothing = reading(sufficient=(enough(), enough(within_s=300)), arms=SETS[:3])
    watched = worth_moving(what_if(nothing))

    assert (watched.labels, watched.measure) == (("last-day-cutoff",), "held")
    without = evolve(of_design("without"), readings=(nothing,))
    nothing = evolve(nothing, arms=SETS)
    without = evolve(of_design("without"), readings=(nothing,))
    assert worth_moving(without).labels == CANDIDATES


def test_harm_that_was_not_explained_is_told_all_the_same():
    """An interrupt leaves out how, and which run shows it."""
    untold = evolve(WORSE, mechanism="", seed=None, chosen=())
    text = " ".join(whatif_text(what_if(reading(worse=(untold,)))).split())

    assert "it spoilt 8 runs and mended 1. Never put" in text
    assert "One such run" not in text


def test_the_day_as_it_was_is_named_among_all_but_one():
    """Where nothing of it was in force, none of them is on then."""
    arms = (*SETS[-6:], arm(stopped=1))
    found = of_design("without", readings=(reading(arms=arms),))
    text = whatif_text(found)
    rows = [line for line in text.splitlines() if line.startswith("none of them  ")]

    assert len(rows) == 1


def test_a_long_label_is_parted_at_a_hyphen():
    """A column narrower than a label breaks it where it can be read."""
    label = "accounts-kept-as-asked-for-later"
    found = evolve(
        of_design("alone"),
        candidates=(label,),
        readings=(reading(arms=(arm(), arm(label, stopped=7)), sufficient=()),),
    )
    lines = whatif_text(found).splitlines()
    (first,) = (n for n, line in enumerate(lines) if line.startswith("accounts-kept-"))

    assert lines[first].split()[0] == "accounts-kept-as-asked-for-"
    assert lines[first + 1] == "later"


def test_what_a_perfect_score_leaves_open_is_said():
    """None in a hundred is not never."""
    text = " ".join(whatif_text(what_if()).split())
    unsure = reading(sufficient=(enough(arm("four-eyes"), least=0.4),))

    assert "failed in none of 100 runs may still fail in up to 4 %" in text
    assert "may still fail" not in whatif_text(what_if(unsure))


@pytest.mark.parametrize(
    ("design", "tried"),
    [
        ("alone", "added alone"),
        ("pairs", "alone or in a pair"),
        ("lattice", "in whatever set"),
    ],
)
def test_no_more_is_claimed_of_the_useless_than_was_tried(design, tried):
    """Who was only added alone may yet matter beside others."""
    found = what_if(reading(redundant=(Redundant("four-eyes", None),)), design=design)
    text = " ".join(whatif_text(found).split())

    assert f"four-eyes changes no verdict in any run, {tried}." in text
