"""A Dask cluster: it plays what anybody else would, and says what is wrong with it."""

import logging
import os
import re
import signal
import socket
import threading
import time
from contextlib import closing

import pytest
from dask import config
from distributed import Client, LocalCluster

from simulator.errors import LastdayError
from simulator.experiment import cluster, compare, executors
from simulator.experiment.answers import AnswerCodec
from simulator.experiment.engine import World
from simulator.experiment.executors import play
from simulator.experiment.plan import make_plan
from simulator.experiment.replicate import Replication
from tests.experiment.engines import CANDIDATES, a_day
from tests.experiment.jobs import Busy, Deadly, Marking, Square, Unreadable, Wrong
from tests.experiment.whatif.staged import BELL, FIRST, SECOND, asked, two_ways

pytestmark = pytest.mark.slow
QUIETLY = {"dashboard_address": "127.0.0.1:0", "silence_logs": logging.CRITICAL}


@pytest.fixture(scope="module")
def local():
    """Start two workers, each a process of its own; a task may kill one of them."""
    with (
        config.set({"distributed.scheduler.allowed-failures": 1}),
        LocalCluster(n_workers=2, threads_per_worker=1, **QUIETLY) as running,
    ):
        yield running


@pytest.fixture
def address(local):
    """Return the address of their scheduler."""
    return local.scheduler_address


@pytest.fixture
def deaf():
    """Listen, and never say anything."""
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        yield f"127.0.0.1:{listening.getsockname()[1]}"


@pytest.fixture
def soon(monkeypatch):
    """Wait for nobody longer than a second."""
    monkeypatch.setattr(cluster, "CONNECT_S", 1.0)


def on(address, job, numbers):
    """Play on a cluster to the end."""
    return list(play(job, numbers, cluster=address))


@pytest.mark.parametrize("prefix", ["tcp://", ""])
def test_results_of_a_cluster_come_in_order(address, prefix):
    """Chunks come back in the order of the numbers, however the address is written."""
    short = address.removeprefix("tcp://")

    assert on(prefix + short, Square(), range(3, 50)) == [n * n for n in range(3, 50)]


def test_both_workers_play(address):
    """Work is shared between the workers, and none of it is done here."""
    where = set(on(address, Busy(0.02), range(40)))

    assert len(where) == 2
    assert os.getpid() not in where


def test_whoever_plays_the_bytes_are_the_same(address, monkeypatch):
    """This process, two processes and a cluster give results equal to the byte."""
    monkeypatch.setattr(executors, "STARTUP_S", 0.0)
    monkeypatch.setattr(executors, "PROBE_S", 0.01)
    plan = make_plan(a_day(), candidates=CANDIDATES, seed=1, choose={})
    job, codec = Replication(plan, World()), AnswerCodec(plan)

    here, shared, afar = (
        [codec.encode(result) for result in play(job, range(20), **where)]
        for where in ({"jobs": 1}, {"jobs": 2}, {"cluster": address})
    )

    assert here == shared == afar


def test_findings_of_a_cluster_are_those_of_this_process(address):
    """A comparison on a cluster is equal to one played here."""
    one, other = (
        compare(a_day(), candidates=CANDIDATES, replications=6, **where)
        for where in ({"jobs": 1}, {"cluster": address})
    )

    assert one == other


def test_a_worker_that_dies_is_survived(address, tmp_path):
    """What a dying worker was at is played by another, and nothing is lost."""
    job = Deadly(str(tmp_path / "died"), number=11)

    assert on(address, job, range(25)) == list(range(25))


def test_a_worker_that_is_killed_is_survived(local, address):
    """A worker killed from outside in mid-run costs time and no result."""
    with Client(address, set_as_default=False) as client:
        client.wait_for_workers(1, timeout=20)
        victim = next(iter(client.run(os.getpid).values()))
    results = play(Busy(0.02), range(60), cluster=address)
    played = [next(results)]

    os.kill(victim, signal.SIGKILL)

    assert len([*played, *results]) == 60


def test_a_what_if_survives_a_worker_that_is_killed(local, address):
    """All arms are as if they had been played here, whatever happens to a worker."""

    def kill_one(done, of):
        if done == 4:
            with Client(address, set_as_default=False) as client:
                os.kill(min(client.run(os.getpid).values()), signal.SIGKILL)

    entries, special = (FIRST, SECOND, BELL), {"replications": 24}
    here = asked(two_ways(), *entries, **special)
    special |= {"jobs": None, "cluster": address, "progress": kill_one}
    afar = asked(two_ways(), *entries, **special)

    assert afar == here


def test_workers_that_keep_dying_are_given_up(address, tmp_path):
    """A replication that kills every worker is named in one line."""
    job = Deadly(str(tmp_path / "died"), number=1, always=True)

    with pytest.raises(LastdayError, match="died 2 times at replications 1 to 1; acc"):
        on(address, job, range(2))


@pytest.mark.parametrize("kind", [ValueError, OSError, TimeoutError])
def test_mistakes_on_a_cluster_are_told_as_they_are(address, kind):
    """An error of a job reaches the caller as itself, whatever its kind."""
    with pytest.raises(kind, match="replication 0 is wrong"):
        on(address, Wrong(kind), range(3))


def test_workers_that_lack_a_module_are_told(address):
    """A job made of what the workers cannot import is no traceback."""
    with pytest.raises(LastdayError, match="cannot read the experiment"):
        on(address, Unreadable(), range(3))


def test_closing_ends_early(address, tmp_path):
    """Whoever closes the results leaves the workers free at once."""
    results = play(Marking(str(tmp_path), 0.02), range(10_000), cluster=address)
    next(results)

    results.close()
    on(address, Square(), range(3))  # for which a worker has to be free

    assert len(os.listdir(tmp_path)) < 100


def test_an_interrupt_keeps_what_is_finished(address, tmp_path):
    """Ctrl-C while the cluster plays ends it, and loses nothing that came back."""
    interrupt = threading.Timer(0.5, os.kill, [os.getpid(), signal.SIGINT])
    told = []

    def tell(done, total):
        if done == 1:
            interrupt.start()
        told.append(done)

    where = {"replications": 10**6, "cluster": address, "results": tmp_path / "kept"}
    cut = compare(a_day(), candidates=CANDIDATES, progress=tell, **where)

    assert 1 <= cut.finished < 10**6
    assert cut.finished - told[-1] in (0, 1)
    gone_on = compare(
        a_day(),
        candidates=CANDIDATES,
        replications=cut.finished + 2,
        jobs=1,
        results=tmp_path / "kept",
        resume=True,
    )
    assert gone_on.finished == cut.finished + 2
    assert on(address, Square(), range(3)) == [0, 1, 4]


def test_a_cluster_of_another_version_is_refused(address, monkeypatch):
    """Workers with another version are named, with theirs and what is accepted."""
    monkeypatch.setattr(cluster, "__version__", "99.0")

    with pytest.raises(LastdayError, match=r"lastday \(0\.\S+\); accepted: 99\.0 on"):
        on(address, Square(), range(3))


def test_a_cluster_without_lastday_is_refused(address, monkeypatch):
    """Workers that cannot import it are told like those with another version."""
    monkeypatch.setattr(cluster, "_version", Unreadable())

    with pytest.raises(
        LastdayError, match=r"lastday \(none that can be imported\); acc"
    ):
        on(address, Square(), range(3))


def test_a_cluster_that_loses_its_workers_is_given_up(monkeypatch):
    """Where nobody is left to play, and nobody comes, it is not waited for ever."""
    monkeypatch.setattr(cluster, "LOOK_S", 0.05)
    monkeypatch.setattr(cluster, "FETCH_S", 0.05)
    monkeypatch.setattr(cluster, "DESERTED_S", 0.2)
    with LocalCluster(
        n_workers=1, processes=False, host="tcp://127.0.0.1", **QUIETLY
    ) as shrinking:
        results = play(Busy(0.02), range(10_000), cluster=shrinking.scheduler_address)
        next(results)
        shrinking.scale(0)

        with pytest.raises(LastdayError, match=r"has had no workers for 0\.2 s; acc"):
            list(results)


def test_a_cluster_without_workers_is_refused(soon):
    """A scheduler with nobody to play says so, after a while."""
    with (
        LocalCluster(n_workers=0, **QUIETLY) as empty,
        pytest.raises(LastdayError, match="has no workers; accepted: one with at"),
    ):
        on(empty.scheduler_address, Square(), range(3))


def test_an_address_where_nobody_listens_is_refused_soon(soon):
    """Nobody there is one line with the address, within seconds."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        nobody = f"127.0.0.1:{free.getsockname()[1]}"
    began = time.perf_counter()

    with pytest.raises(LastdayError) as told:
        on(nobody, Square(), range(3))

    assert time.perf_counter() - began < 5
    assert str(told.value).startswith(f"no Dask scheduler answers at tcp://{nobody} (")
    assert re.search("refused|Timed out", str(told.value))
    assert "\n" not in str(told.value)


def test_an_address_that_never_speaks_is_refused_soon(soon, deaf):
    """What accepts connections and says nothing is not waited for."""
    began = time.perf_counter()

    with pytest.raises(LastdayError, match=r"nothing said within 1 s\); accepted: the"):
        on(deaf, Square(), range(3))

    assert time.perf_counter() - began < 5


def test_an_address_of_something_else_is_refused(soon):
    """What speaks another language than Dask is refused."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def greet():
            with closing(server.accept()[0]) as guest:
                guest.sendall(b"220 mail.example ESMTP at your service\r\n")
                time.sleep(0.2)

        greeting = threading.Thread(target=greet)
        greeting.start()
        with pytest.raises(LastdayError, match="no Dask scheduler answers at"):
            on(f"127.0.0.1:{server.getsockname()[1]}", Square(), range(3))
        greeting.join()


@pytest.mark.parametrize(
    "wrong",
    ["", "host", "host:", ":8786", "host:0", "host:99999", "http://host:1", "a b:1"],
)
def test_what_is_no_address_is_refused_at_once(wrong):
    """Text that can be no address is refused before anybody is asked."""
    said = re.escape(f"no address of a Dask scheduler ({wrong!r}); accepted: host:8786")
    with pytest.raises(LastdayError, match=said):
        on(wrong, Square(), range(3))


def test_nothing_to_play_needs_no_cluster(deaf):
    """Where everything is played already nobody is asked."""
    assert on(deaf, Square(), range(7, 7)) == []


def test_a_cluster_that_goes_away_is_told(soon):
    """A scheduler that is lost in mid-run is one line, not a wait for ever."""
    with LocalCluster(
        n_workers=1, processes=False, host="tcp://127.0.0.1", **QUIETLY
    ) as going:
        results = play(Busy(0.05), range(10_000), cluster=going.scheduler_address)
        next(results)
    with pytest.raises(LastdayError, match="the connection to the cluster at tcp://"):
        list(results)


def test_loggers_are_left_as_they_were(address):
    """What Dask logs is kept from the screen only while it plays."""
    levels = [logging.getLogger(n).level for n in ("distributed", "distributed.client")]

    on(address, Square(), range(3))

    assert levels == [
        logging.getLogger(n).level for n in ("distributed", "distributed.client")
    ]
