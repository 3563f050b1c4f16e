"""A folder of results: what was played is there again, and nothing else is taken."""

import json
import multiprocessing
import sqlite3
import subprocess
import sys

import duckdb
import pytest
from attrs import evolve
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from simulator.errors import LastdayError
from simulator.experiment import compare, findings_to_json, results
from simulator.experiment.answers import AnswerCodec, comparison_provenance
from simulator.experiment.engine import World
from simulator.experiment.plan import make_plan, replication_seed
from simulator.experiment.replicate import Replication
from simulator.experiment.results import Provenance, Results, kept_play
from simulator.testing.strategies import scenarios
from tests.experiment.engines import CANDIDATES, Watched, a_day, an_axis
from tests.experiment.jobs import Square, Squares

SQUARES = Provenance(
    design="squares",
    columns=Squares.columns,
    title="squares",
    scenario="0f",
    seed=1,
    candidates={"lock": {"entry": "Lock", "grace_s": "0"}},
    options={},
    replications=120,
)
SWEPT = an_axis("resolve", "swept", "firm", "weak", path=("misuse", "desists"))
APART = an_axis("why", "apart", "a", "b")


def squares(folder, count, *, resume=False, stop=None, **changes):
    """Play squares into a folder; stop after a few, as if interrupted."""
    with Results.open(folder, evolve(SQUARES, **changes), resume=resume) as kept:
        played = kept_play(Square(), count, Squares(), kept, jobs=1)
        return [result for _, result in zip(range(stop or count), played, strict=False)]


def parts(folder):
    """Return the bytes of the parts of a folder, by name."""
    return {path.name: path.read_bytes() for path in sorted(folder.glob("*.parquet"))}


def told(folder, query):
    """Ask a ledger."""
    file = sqlite3.connect(f"file:{folder / 'ledger.sqlite'}?mode=ro", uri=True)
    try:
        return file.execute(query).fetchall()
    finally:
        file.close()


def found(folder=None, scenario=None, **special):
    """Compare on the day, with few replications."""
    given = {"candidates": CANDIDATES, "replications": 4, "jobs": 1, "results": folder}
    return compare(scenario or a_day(), **{**given, **special})


@pytest.mark.slow
@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.integers(0, 130), max_size=4))
def test_it_does_not_matter_how_often_it_was_stopped(tmp_path_factory, stops):
    """However it was cut up, results and parts are those of an experiment in one go."""
    whole, cut = tmp_path_factory.mktemp("whole"), tmp_path_factory.mktemp("cut")
    expected = squares(whole, 130)

    for stop in stops:
        squares(cut, 130, resume=True, stop=stop or None)

    assert squares(cut, 130, resume=True) == expected == [n * n for n in range(130)]
    assert parts(cut) == parts(whole)
    assert len(parts(whole)) == 3


def test_more_replications_go_on(tmp_path):
    """A folder that is finished is gone on with where more are asked for."""
    one, other = tmp_path / "one", tmp_path / "other"
    squares(one, 60)
    squares(other, 110)

    assert squares(one, 110, resume=True, replications=110) == squares(
        other, 110, resume=True, replications=110
    )
    assert parts(one) == parts(other)
    said = told(one, "SELECT value FROM provenance WHERE name = 'replications'")
    assert said == [("110",)]


def test_fewer_replications_are_those_that_were_first(tmp_path):
    """Where fewer are asked for, the first are given and all are kept."""
    squares(tmp_path, 60)
    before = parts(tmp_path)

    assert squares(tmp_path, 7, resume=True) == [n * n for n in range(7)]
    assert parts(tmp_path) == before
    assert told(tmp_path, "SELECT count(*) FROM replications") == [(60,)]


def test_what_is_written_is_not_played_again(tmp_path):
    """Going on plays only what is missing."""
    found(tmp_path)
    watched = Watched()

    found(tmp_path, engine=watched, replications=5, resume=True)

    assert watched.days == [replication_seed(1, 4)]


@pytest.mark.parametrize("damage", ["delete", "truncate", "forget", "leave"])
def test_parts_are_made_again_from_the_ledger(tmp_path, damage):
    """A part that is missing, cut short or unknown is written again, as it was."""
    squares(tmp_path, 120)
    before = parts(tmp_path)
    part = tmp_path / "runs-00001.parquet"
    match damage:
        case "delete":
            part.unlink()
        case "truncate":
            part.write_bytes(part.read_bytes()[:100])
        case "forget":
            with sqlite3.connect(tmp_path / "ledger.sqlite") as file:
                file.execute("DELETE FROM parts WHERE block = 1")
            file.close()
        case "leave":
            (tmp_path / "runs-00003.tmp").write_bytes(b"half a part")

    squares(tmp_path, 120, resume=True)

    assert parts(tmp_path) == before
    assert list(tmp_path.glob("*.tmp")) == []
    assert len(told(tmp_path, "SELECT * FROM parts")) == 3


def test_a_damaged_replication_is_not_taken(tmp_path):
    """Text that is not what was written is told with its number."""
    squares(tmp_path, 3)
    with sqlite3.connect(tmp_path / "ledger.sqlite") as file:
        file.execute("UPDATE replications SET payload = '5' WHERE number = 2")
    file.close()

    with pytest.raises(LastdayError, match="replication 2 is damaged"):
        squares(tmp_path, 3, resume=True)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"seed": 2}, "seed 1 there, 2 asked"),
        ({"scenario": "1e"}, "scenario 0f there, 1e asked"),
        ({"version": "99"}, r"version 0\.\S+ there, 99 asked"),
        ({"columns": ()}, "columns others there, none asked"),
        (
            {"candidates": {}},
            "candidates lock others there, not asked$",
        ),
        (
            {"candidates": {"lock": {"entry": "Lock", "grace_s": "60"}}},
            "candidates lock grace_s 0 there, 60 asked$",
        ),
        (
            {"seed": 2, "title": "t", "scenario": "1e", "design": "d", "version": "9"},
            "; and 2 more$",
        ),
    ],
)
def test_another_experiment_is_refused(tmp_path, change, said):
    """A folder of another experiment is left alone, and what differs is said."""
    squares(tmp_path, 3)

    with pytest.raises(LastdayError, match=f"holds another experiment: .*{said}"):
        squares(tmp_path, 3, resume=True, **change)
    assert squares(tmp_path, 3, resume=True) == [0, 1, 4]


def test_results_are_not_gone_on_with_by_mistake(tmp_path):
    """Without being asked to resume nothing is added to what is there."""
    squares(tmp_path, 120, stop=5)

    with pytest.raises(LastdayError, match=r"holds 5 of 120 replications already; acc"):
        squares(tmp_path, 120)


def test_a_folder_without_a_replication_can_be_begun_again(tmp_path):
    """Where nothing was finished nothing is lost, whatever it was to be."""
    with Results.open(tmp_path, SQUARES, resume=False) as kept:
        assert kept.finished == 0

    assert squares(tmp_path, 3, seed=2) == [0, 1, 4]
    said = told(tmp_path, "SELECT value FROM provenance WHERE name = 'seed'")
    assert said == [("2",)]


def test_a_folder_of_other_things_is_left_alone(tmp_path):
    """A folder that holds anything else is refused, and nothing is put into it."""
    (tmp_path / "thesis.txt").write_text("all my work")

    with pytest.raises(LastdayError, match=r"holds other things \(thesis\.txt\); acc"):
        squares(tmp_path, 3)
    assert [path.name for path in tmp_path.iterdir()] == ["thesis.txt"]


def test_a_file_is_refused(tmp_path):
    """A file is no folder."""
    (tmp_path / "file").write_text("")

    with pytest.raises(
        LastdayError, match=r"cannot be used for results \((file e|not )"
    ):
        squares(tmp_path / "file", 3)


@pytest.mark.parametrize("content", [b"", b"this is no ledger at all, but some text"])
def test_a_ledger_that_is_none_is_told_from_one_that_is_empty(tmp_path, content):
    """A process killed at once leaves an empty file; anything else is refused."""
    (tmp_path / "ledger.sqlite").write_bytes(content)

    if content:
        with pytest.raises(LastdayError, match="cannot be used for results"):
            squares(tmp_path, 3)
    else:
        assert squares(tmp_path, 3) == [0, 1, 4]


def test_a_ledger_of_something_else_is_refused(tmp_path):
    """A SQLite file of another program is not written into."""
    with sqlite3.connect(tmp_path / "ledger.sqlite") as file:
        file.execute("CREATE TABLE photos (name TEXT)")
    file.close()

    with pytest.raises(LastdayError, match=r"ledger\.sqlite is of another kind"):
        squares(tmp_path, 3)


@pytest.mark.slow
def test_two_do_not_write_to_one_folder(tmp_path):
    """While one writes, another is refused; afterwards it is not."""
    with Results.open(tmp_path, SQUARES, resume=False):
        with pytest.raises(LastdayError, match="another process is writing there"):
            squares(tmp_path, 3)
        other = multiprocessing.get_context("spawn").Process(
            target=_refused, args=(tmp_path,)
        )
        other.start()
        other.join()
    assert other.exitcode == 0
    assert squares(tmp_path, 3) == [0, 1, 4]


def _refused(folder):
    try:
        squares(folder, 3)
    except LastdayError as said:
        sys.exit("another process is writing there" not in str(said))
    sys.exit(2)


def test_the_ledger_can_be_read_while_it_is_written(tmp_path):
    """Others see each replication as soon as it is finished, and disturb nobody."""
    with Results.open(tmp_path, SQUARES, resume=False) as kept:
        for done, _ in enumerate(kept_play(Square(), 60, Squares(), kept, jobs=1), 1):
            assert told(tmp_path, "SELECT count(*) FROM replications") == [(done,)]
            assert len(told(tmp_path, "SELECT * FROM parts")) == done // 50


def test_replications_come_in_order(tmp_path):
    """One that is not its turn is a mistake of the caller."""
    with (
        Results.open(tmp_path, SQUARES, resume=False) as kept,
        pytest.raises(ValueError, match=r"replication 1 out of turn; accepted: 0"),
    ):
        kept.add(1, "1", ())


def test_without_duckdb_it_is_said_what_is_missing(tmp_path, monkeypatch):
    """Before anything is played, one line names the extra."""
    monkeypatch.setattr(results, "find_spec", lambda name: None)

    with pytest.raises(LastdayError, match=r"pip install 'lastday\[results\]'"):
        squares(tmp_path, 3)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
def test_neither_duckdb_nor_dask_is_loaded_without_need():
    """Whoever asks for neither results nor a cluster waits for neither."""
    script = (
        "import sys; import simulator.experiment; "
        "print({'duckdb', 'distributed', 'dask'} & set(sys.modules))"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, check=True
    )

    assert done.stdout == "set()\n"


@pytest.mark.slow
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(scenarios(), st.integers(0, 2))
def test_any_answer_comes_back_as_it_was(scenario, number):
    """Whatever was found out, reading gives what was written, and rows are complete."""
    plan = make_plan(scenario, seed=1, choose={})
    codec = AnswerCodec(plan)
    result = Replication(plan, World())(number)
    text = codec.encode(result)

    assert codec.decode(text) == result
    assert codec.encode(codec.decode(text)) == text
    rows = list(codec.rows(number, result))
    assert len(rows) == sum(len(question.rows) + 1 for question in plan.questions)
    assert all(row.keys() == dict(codec.columns).keys() for row in rows)


@pytest.mark.slow
def test_findings_that_were_gone_on_with_are_the_same(tmp_path):
    """Findings of a resumed comparison are those of one in one go, byte for byte."""
    scenario = evolve(a_day(), axes=(SWEPT, APART))
    found(tmp_path, scenario, replications=3)

    resumed = found(tmp_path, scenario, replications=8, resume=True)

    whole = found(None, scenario, replications=8)
    assert resumed == whole
    texts = [json.dumps(findings_to_json(one)) for one in (resumed, whole)]
    assert texts[0] == texts[1]


@pytest.mark.slow
@pytest.mark.parametrize("interrupt_at", [1, 8, 20])
def test_an_interrupt_keeps_what_is_finished(tmp_path, interrupt_at):
    """Ctrl-C leaves in the folder what is in the findings."""
    cut = found(tmp_path, engine=Watched(interrupt_at=interrupt_at))

    kept = told(tmp_path, "SELECT count(*) FROM replications")
    assert kept == [(cut.finished,)] == [((interrupt_at - 1) // 6,)]
    assert found(tmp_path, resume=True) == found()


@pytest.mark.slow
def test_rows_can_be_asked_for(tmp_path):
    """Any tool that reads Parquet finds the runs, and adds up to the findings."""
    scenario = evolve(a_day(), axes=(SWEPT, APART))
    findings = found(tmp_path, scenario, replications=6)

    rows = duckdb.sql(
        "SELECT reading, label, count(*), count(DISTINCT seed), sum(reran), sum(fired),"
        " count(*) FILTER (verdict IN ('stopped', 'limited', 'caught')),"
        " count(outage_s), count(notice_s), min(options)"
        f" FROM '{tmp_path}/*.parquet' GROUP BY 1, 2"
    ).fetchall()

    expected = {
        (reading, row.label): (
            *(6, 6, row.reran, row.fired, row.held.count),
            *(row.outage.happened, row.notice.happened),
        )
        for reading, shown in enumerate(findings.readings)
        for row in (shown.baseline, *shown.rows)
    }
    assert {
        (reading, label): tuple(of[:-1]) for reading, label, *of in rows
    } == expected
    assert {of[-1] for of in rows} == {"why=a; resolve=firm", "why=b; resolve=firm"}


def test_parts_say_where_they_come_from(tmp_path):
    """A part that was copied elsewhere still tells what it is a part of."""
    found(tmp_path, seed=7)
    plan = make_plan(a_day(), candidates=CANDIDATES, seed=7, choose={})
    known = comparison_provenance(a_day(), plan, 4).to_dict()

    said = {
        key.decode().removeprefix("lastday."): json.loads(value)
        for _, key, value in duckdb.sql(
            f"SELECT * FROM parquet_kv_metadata('{tmp_path}/runs-00000.parquet')"
        ).fetchall()
    }

    assert known.pop("replications") == 4
    assert said == known
    assert said["seed"] == 7
    assert said["candidates"]["protected-lock"]["entry"] == "ProtectedLock"


def test_parameters_of_candidates_are_told_apart(tmp_path):
    """A candidate with another parameter is another experiment."""
    found(tmp_path)
    lock, *others = CANDIDATES.controls
    changed = evolve(CANDIDATES, controls=(evolve(lock, covers=0.5), *others))

    with pytest.raises(LastdayError, match=r"protected-lock covers 1\.0 there, 0\.5"):
        found(tmp_path, candidates=changed, resume=True)


def test_resuming_nothing_is_refused():
    """To resume without a folder is a mistake and is named."""
    with pytest.raises(ValueError, match="no results to resume; accepted: a folder"):
        found(resume=True)
