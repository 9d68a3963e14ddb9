"""Workers that have the graph in memory: the same answers, there again at once, and nothing left behind however the server ends."""

import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qsl, urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.catalogue import load_catalogue
from kg.server.exchange import fields
from kg.server.refusal import Refusal
from kg.server.spills import Spills
from kg.server.wire import Inbox, head_of, packed
from tests.server_process import KG, Served, children, served, soon

ENDLESS = "SELECT (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?a ?b ?c } GRAPH ?h { ?d ?e ?f } GRAPH ?i { ?j ?k ?l } }"
NAME = 'SELECT ?a WHERE { GRAPH ?g { ?a rdfs:label "李校堃"@zh-Hans } }'


@pytest.fixture(scope="module")
def server(built_graph: Path) -> Iterator[Served]:
    with served(built_graph, "--workers", "2", "--timeout", "2") as running:
        assert soon(lambda: bool(_nurseries(running)))
        yield running


def _nurseries(server: Served) -> set[int]:
    return children(server.process.pid) - server.workers()


def test_memory_and_files_give_the_same_answers(server: Served, built_graph: Path) -> None:
    questions = load_catalogue().questions[::4]
    assert len(questions) > 15
    with served(built_graph, "--hold", "0", "--workers", "1") as from_files:
        assert not _nurseries(from_files)
        for question in questions:
            one, other = (each.query(question.filled({}), "text/csv") for each in (server, from_files))
            assert (one.status_code, sorted(one.text.splitlines())) == (200, sorted(other.text.splitlines())), question.name


def test_a_graph_that_does_not_fit_is_read_from_its_files(built_graph: Path) -> None:
    with served(built_graph, "--hold", "1", "--workers", "1") as server:
        assert not _nurseries(server)
        assert server.query(NAME).status_code == 200


def test_a_worker_is_there_again_at_once_after_its_query_was_ended(server: Served) -> None:
    before = server.workers()
    assert server.query(ENDLESS).status_code == 504
    began = time.monotonic()
    assert soon(lambda: len(server.workers()) == 2 and server.workers() != before)
    assert server.query(NAME).status_code == 200
    assert time.monotonic() - began < 5  # 0.01 s on a machine with nothing else to do


def test_without_its_nursery_the_server_answers_from_files_and_starts_another(built_graph: Path) -> None:
    with served(built_graph, "--workers", "2", "--timeout", "30") as server:
        assert soon(lambda: bool(_nurseries(server)))
        (nursery,) = _nurseries(server)
        for pid in (nursery, *server.workers()):
            os.kill(pid, signal.SIGKILL)
        assert soon(lambda: server.query(NAME).status_code == 200)
        assert soon(lambda: bool(_nurseries(server) - {nursery}), 30), "no other nursery came"
        assert soon(lambda: len(server.workers()) == 2 and server.query(NAME).status_code == 200)


def test_an_interrupt_from_the_keyboard_ends_everything_without_a_word(built_graph: Path) -> None:
    command = [KG, "serve", "--graph", str(built_graph), "--port", "0", "--workers", "2"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True)
    assert soon(lambda: len(children(process.pid)) > 0)
    time.sleep(1)
    below = children(process.pid)
    os.killpg(process.pid, signal.SIGINT)
    out, said = process.communicate(timeout=20)
    assert (process.returncode, said) == (0, "")
    assert out.startswith("http://127.0.0.1:")
    assert soon(lambda: not any(Path(f"/proc/{pid}").exists() for pid in below), 5)


def test_the_folder_of_a_server_that_was_killed_goes_with_the_next_start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    living = Spills()
    killed, young, other = (tmp_path / name for name in ("kg-serve-killed", "kg-serve-young", "someone-elses"))
    for folder in (killed, young, other, living.folder):
        folder.mkdir(exist_ok=True)
        (folder / "12-1").write_bytes("温州".encode())
    for folder in (killed, other, living.folder):
        os.utime(folder, (0, 0))
    (tmp_path / "kg-serve-elsewhere").symlink_to(other)
    again = Spills()
    assert sorted(path.name for path in tmp_path.iterdir() if path not in (again.folder, living.folder)) == [
        "kg-serve-elsewhere",
        "kg-serve-young",
        "someone-elses",
    ]
    assert (living.folder / "12-1").exists()
    for one in (living, again):
        one.cleanup()
    assert not living.folder.exists()
    shutil.rmtree(young)


FIELDS = st.lists(st.tuples(st.text(min_size=1, max_size=5), st.text(alphabet="湖州 %+&=<>?{}'\"\n#aF3", max_size=12)), max_size=5)


@given(FIELDS)
def test_a_form_is_read_as_it_was_written(pairs: list[tuple[str, str]]) -> None:
    encoded = urlencode(pairs)
    assert fields(encoded.encode()) == pairs == parse_qsl(encoded, keep_blank_values=True)


@given(st.text(alphabet="%23Cc4F+&=ab", max_size=30))
def test_a_form_that_nobody_encoded_is_read_as_python_reads_it(text: str) -> None:
    try:
        wanted = parse_qsl(text, keep_blank_values=True, errors="strict")
    except ValueError:
        with pytest.raises(Refusal):
            fields(text.encode())
    else:
        assert fields(text.encode()) == wanted


@given(st.lists(st.tuples(st.text(max_size=20), st.binary(max_size=80_000), st.booleans()), min_size=1, max_size=3))
def test_a_message_arrives_as_it_was_sent_in_however_many_pieces(messages: list[tuple[str, bytes, bool]]) -> None:
    ours, theirs = socket.socketpair()
    with ours, theirs:
        inbox = Inbox(theirs)
        for text, body, mark in messages:
            whole = packed(head_of({"said": text}), body, mark)
            for at in range(0, len(whole), 9000):
                ours.sendall(whole[at : at + 9000])
            assert inbox.next() == ({"said": text}, body, mark)
