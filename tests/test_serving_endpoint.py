"""The endpoint as clients meet it: formats, limits, what is refused, and that it lives on."""

from __future__ import annotations

import gzip
import json
import os
import socket
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, suppress
from pathlib import Path
from urllib.parse import quote, urlencode, urlsplit

import pyoxigraph as ox
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from serving import Server, running

from yaodian.corpus import open_corpus

pytest_plugins = ("serving_plugin",)

PLANS = "SELECT ?plan ?title WHERE { ?plan a yd:Plan ; dcterms:title ?title } ORDER BY ?plan"
CROSS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
GOOD = "ASK { ?plan a yd:Plan }"
ROWS = {
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
    "text/tab-separated-values": ox.QueryResultsFormat.TSV,
}
TRIPLES = {
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "application/rdf+xml": ox.RdfFormat.RDF_XML,
    "application/ld+json": ox.RdfFormat.JSON_LD,
}


@pytest.mark.parametrize("media_type", ROWS)
def test_rows_in_every_format(server: Server, served_corpus: Path, media_type: str) -> None:
    reply = server.ask(PLANS, Accept=media_type)
    assert (reply.status, reply.headers["content-type"].partition(";")[0]) == (200, media_type)
    solutions = ox.parse_query_results(reply.body, ROWS[media_type])
    expected = [str(row["title"]) for row in open_corpus(served_corpus).select(PLANS)]
    assert [solution["title"].value for solution in solutions] == expected
    assert len(expected) == 3


def test_csv_and_formats_by_parameter(server: Server) -> None:
    named = server.get("/sparql", query=PLANS, format="csv")
    assert named.headers["content-type"] == "text/csv; charset=utf-8"
    assert named.body == server.ask(PLANS, Accept="text/csv").body
    assert named.text.splitlines()[0] == "plan,title"
    assert len(named.text.splitlines()) == 4


@pytest.mark.parametrize("media_type", TRIPLES)
@pytest.mark.parametrize("form", ["CONSTRUCT { ?s dcterms:title ?o } WHERE", "DESCRIBE ?s WHERE"])
def test_triples_in_every_format(server: Server, media_type: str, form: str) -> None:
    reply = server.ask(f"{form} {{ ?s a yd:Plan ; dcterms:title ?o }}", Accept=media_type)
    assert (reply.status, reply.headers["content-type"].partition(";")[0]) == (200, media_type)
    assert len(list(ox.parse(reply.body, TRIPLES[media_type]))) >= 3


@pytest.mark.parametrize(
    ("accept", "media_type"),
    [
        (None, "application/sparql-results+json"),
        ("*/*", "application/sparql-results+json"),
        ("application/json", "application/sparql-results+json"),
        ("text/csv;q=0.4, application/sparql-results+xml;q=0.6", "application/sparql-results+xml"),
        ("text/*", "text/csv"),
        ("text/turtle, */*;q=0.1", "application/sparql-results+json"),
        ("application/sparql-results+json;q=0, */*", "application/sparql-results+xml"),
    ],
)
def test_the_best_format_is_chosen(server: Server, accept: str | None, media_type: str) -> None:
    reply = server.ask(PLANS, **({"Accept": accept} if accept else {}))
    assert reply.headers["content-type"].partition(";")[0] == media_type


@pytest.mark.parametrize("accept", ["image/png", "text/turtle"])
def test_no_acceptable_format_says_which_there_are(server: Server, accept: str) -> None:
    reply = server.ask(PLANS, Accept=accept)
    assert reply.status == 406
    assert "text/csv" in reply.text


def test_get_form_and_direct_post_answer_alike(server: Server) -> None:
    form = server.post("/sparql", urlencode({"query": PLANS}).encode(), "application/x-www-form-urlencoded")
    assert server.get("/sparql", query=PLANS).body == form.body == server.ask(PLANS).body


def test_head_gives_the_headers_alone(server: Server) -> None:
    reply = server.send("HEAD", f"/sparql?{urlencode({'query': PLANS})}")
    assert (reply.status, reply.body) == (200, b"")
    assert reply.headers["etag"] == server.ask(PLANS).headers["etag"]


def test_etag_and_gzip(server: Server) -> None:
    query = "SELECT ?s ?words WHERE { ?s nif:anchorOf ?words } ORDER BY ?s"
    whole, packed = server.ask(query), server.ask(query, **{"Accept-Encoding": "gzip"})
    assert packed.headers["content-encoding"] == "gzip"
    assert gzip.decompress(packed.body) == whole.body
    assert len(packed.body) < len(whole.body) / 2
    same = server.ask(query, **{"If-None-Match": whole.headers["etag"]})
    assert (same.status, same.body) == (304, b"")
    assert server.ask(GOOD, **{"If-None-Match": whole.headers["etag"]}).status == 200


SERVICE = "SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }"


@pytest.mark.parametrize(
    ("query", "status", "word"),
    [
        ("SELECT * {", 400, "line 1"),
        ("", 400, "does not parse"),
        (SERVICE, 403, "SERVICE"),
        ("SELECT * FROM <http://127.0.0.1:1/> { ?s ?p ?o }", 403, "FROM"),
        ("LOAD <http://127.0.0.1:1/>", 403, "LOAD"),
        ("PREFIX a: <a:>\nINSERT DATA { a:a a:b a:c }", 403, "INSERT"),
        ("SELECT (1 AS ?x) { ?s ?p ?o }", 422, "rows"),
        ("CONSTRUCT { ?s ?p ?r } WHERE { ?s ?p ?o . ?t ?q ?r }", 422, "triples"),
        (f'SELECT ("{"字" * 5000}" AS ?x) {{ ?s ?p ?o }} LIMIT 400', 422, "bytes"),
        ("SELECT * " + "{" * 9000 + "}" * 9000, 422, "nested"),
        ("x" * 20001, 413, "bytes"),
    ],
)
def test_bad_queries_get_one_line(server: Server, query: str, status: int, word: str) -> None:
    reply = server.ask(query)
    assert reply.status == status, reply.text
    assert word in reply.text
    assert len(reply.text.splitlines()) == 1
    assert reply.headers["content-type"].startswith("text/plain")
    assert server.ask(GOOD).json()["boolean"] is True


BOMB = "SELECT * { ?s (!<a:a>|!<a:b>)*/(!<a:c>)*/(!<a:d>)* ?o . ?t (!<a:e>)*/(!<a:f>)* ?u } ORDER BY ?o"


@pytest.mark.parametrize("query", [CROSS, BOMB], ids=["cross product", "property paths"])
def test_query_that_takes_too_long_is_stopped(hasty: Server, query: str) -> None:
    reply = hasty.ask(query)
    assert (reply.status, reply.text) == (504, "no answer after 1 seconds: the query was stopped\n")


@pytest.mark.parametrize(
    ("method", "target", "body", "content_type", "status"),
    [
        ("POST", "/sparql", b"\xff\xfe", "application/sparql-query", 400),
        ("POST", "/sparql", b"query=%FF%FE", "application/x-www-form-urlencoded", 400),
        ("GET", "/sparql?query=%C3%28", None, None, 400),
        ("GET", "/sparql?query=" + "&a=1" * 300, None, None, 400),
        ("GET", "/sparql?query=ASK%7B%7D&default-graph-uri=no%20iri", None, None, 400),
        ("POST", "/sparql", b"ASK {}", "application/sparql-update", 403),
        ("PUT", "/sparql", b"ASK {}", "application/sparql-query", 405),
        ("DELETE", "/sparql?query=ASK%7B%7D", None, None, 405),
        ("POST", "/queries", b"", "text/plain", 405),
        ("GET", "/static/..%2f..%2fpyproject.toml", None, None, 404),
        ("GET", "/static/../../../../../etc/passwd", None, None, 404),
        ("GET", "/id/../../../../../etc/passwd", None, None, 404),
        ("GET", "/id/%00%ff%2e%2e", None, None, 404),
        ("GET", "//evil.example/..", None, None, 404),
        ("GET", "/thing?iri=%3Cscript%3E", None, None, 400),
        ("GET", "/thing?iri=a:b%3E%20%3Fp%20%3Fo%20%7D%23", None, None, 400),
    ],
)
def test_bad_requests(
    server: Server, method: str, target: str, body: bytes | None, content_type: str | None, status: int
) -> None:
    reply = server.send(method, target, body, {"Content-Type": content_type} if content_type else {})
    assert reply.status == status, reply.text
    assert b"root:" not in reply.body


QUERIES = st.one_of(
    st.binary(max_size=60),
    st.text(max_size=60).map(lambda text: text.encode("utf-8", "surrogatepass")),
    st.lists(st.sampled_from(["SELECT", "*", "{", "}", "?s", "<a:b>", "FROM", "SERVICE", '"', "'", "#", "\n", "(", "a", "."]))
    .map(lambda words: " ".join(words).encode()),
)  # fmt: skip


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    QUERIES, st.sampled_from(["application/sparql-query", "application/x-www-form-urlencoded", "text/html; q=x", None])
)
def test_no_words_make_the_server_fail(server: Server, query: bytes, content_type: str | None) -> None:
    for body in (query, b"query=" + query):
        reply = server.post("/sparql", body, content_type, Accept=query.decode("latin-1").translate(_NO_HEADER))
        assert reply.status in (200, 400, 403, 406, 415), reply.text
    path = quote(query)
    for target in (f"/id/{path}", f"/queries/{path}", f"/thing?iri={path}", f"/sparql?query={path}", f"/{path}?{path}"):
        assert server.get(target).status in (200, 400, 403, 404, 406, 307), target


_NO_HEADER = dict.fromkeys((*range(32), *range(127, 256)))


def test_body_without_an_end_is_given_up(hasty: Server) -> None:
    host, port = urlsplit(hasty.address).netloc.split(":")
    with socket.create_connection((host, int(port)), timeout=20) as connection:
        head = (
            f"POST /sparql HTTP/1.1\r\nHost: {host}\r\nContent-Type: application/sparql-query\r\nContent-Length: 9\r\n"
        )
        connection.sendall(f"{head}\r\nASK".encode())
        assert connection.recv(100).startswith(b"HTTP/1.1 408")


@pytest.fixture(scope="module")
def impatient(served_corpus: Path) -> Iterator[Server]:
    with running(served_corpus, "--set=patience=1") as server:
        yield server


def _socket(server: Server, window: int = 0) -> socket.socket:
    connection = socket.socket()
    if window:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, window)
    connection.settimeout(20)
    connection.connect((urlsplit(server.address).hostname, urlsplit(server.address).port))
    return connection


HEAD = b"GET /queries HTTP/1.1\r\nHost: localhost\r\n"


def test_heads_without_an_end_are_given_up(impatient: Server) -> None:
    """Sent byte by byte, too; and the second one of a connection."""
    with _socket(impatient) as silent, _socket(impatient) as slow, _socket(impatient) as second:
        slow.sendall(HEAD)
        second.sendall(HEAD + b"\r\n")
        assert second.recv(100).startswith(b"HTTP/1.1 200")
        second.sendall(b"GET")
        with suppress(ConnectionError):
            for letter in b"Accept: text/html":
                time.sleep(0.15)
                slow.sendall(bytes([letter]))
        for connection in (silent, slow, second):
            with suppress(ConnectionResetError):
                while connection.recv(65536):
                    pass


def test_more_half_requests_than_connections_do_not_keep_others_out(served_corpus: Path) -> None:
    limits = ("patience=1", "workers=1", "waiting=0")
    with running(served_corpus, *(f"--set={limit}" for limit in limits)) as server, ExitStack() as kept:
        for _ in range(150):
            kept.enter_context(_socket(server)).sendall(HEAD)
        patience = time.monotonic() + 20
        while server.get("/queries").status != 200:
            assert time.monotonic() < patience
            time.sleep(0.2)


def test_an_answer_that_nobody_takes_is_given_up_and_a_slow_reader_gets_it_all(impatient: Server) -> None:
    query = quote("SELECT ?s ?o ?p { ?s ?p ?o . ?plan a yd:Plan }")
    asked = b"GET /sparql?format=json&query=%b HTTP/1.0\r\nHost: localhost\r\n\r\n" % query.encode()
    with _socket(impatient, 4096) as idle, _socket(impatient, 65536) as slow:
        idle.sendall(asked)
        slow.sendall(asked)
        taken, began = bytearray(), time.monotonic()
        while more := slow.recv(1 << 17):
            taken += more
            time.sleep(0.08)
        assert time.monotonic() - began > 2, "longer than the patience, but never idle for it"
        head, _, body = bytes(taken).partition(b"\r\n\r\n")
        length = int(head.lower().partition(b"content-length: ")[2].split()[0])
        assert len(body) == length > 4 << 20
        cut = bytearray()
        with suppress(ConnectionResetError):
            while more := idle.recv(1 << 20):
                cut += more
        assert len(cut) < length


def test_worker_that_is_too_slow_is_replaced(hasty: Server) -> None:
    hasty.ask("ASK {}")
    before = hasty.workers()
    with ThreadPoolExecutor(2) as threads:
        assert {reply.status for reply in threads.map(hasty.ask, [CROSS, CROSS])} == {504}
    assert before
    assert not before & hasty.workers()


def test_query_of_a_client_that_has_gone_is_stopped(served_corpus: Path) -> None:
    with running(served_corpus, "--set=timeout=600", "--set=workers=1") as server:
        host, port = urlsplit(server.address).netloc.split(":")
        with socket.create_connection((host, int(port))) as connection:
            connection.sendall(f"GET /sparql?{urlencode({'query': CROSS})} HTTP/1.1\r\nHost: {host}\r\n\r\n".encode())
            time.sleep(0.5)
        assert server.ask(GOOD).status == 200


def test_queries_wait_for_their_turn_and_more_are_told_to_come_back(served_corpus: Path) -> None:
    with running(served_corpus, "--set=timeout=3", "--set=workers=1", "--set=waiting=2") as server:
        with ThreadPoolExecutor(6) as threads:
            slow = threads.submit(server.ask, CROSS)
            time.sleep(0.7)
            replies = list(threads.map(server.ask, [GOOD] * 5))
        assert slow.result().status == 504
        assert sorted(reply.status for reply in replies) == [200, 200, 503, 503, 503]
        assert {reply.headers.get("retry-after") for reply in replies if reply.status == 503} == {"1"}


def test_memory_is_limited(served_corpus: Path) -> None:
    if not sys.platform.startswith("linux"):
        pytest.skip("the system does not limit the memory of a process")
    many = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?i ?f ?c"
    with running(served_corpus, "--set=timeout=60", "--set=memory=64") as server:
        reply = server.ask(many)
        assert (reply.status, "64 MB" in reply.text) == (422, True)
        assert server.ask(GOOD).status == 200


@pytest.mark.parametrize("host", ["evil.example", "127.0.0.1.evil.example", "localhost@evil.example", "", "[::2]"])
def test_other_names_are_not_answered(server: Server, host: str) -> None:
    reply = server.get("/sparql", {"Host": host}, query=GOOD)
    assert reply.status == 400
    assert "true" not in reply.text


@pytest.mark.parametrize("host", ["localhost", "localhost:1234", "127.0.0.1", "[::1]:80"])
def test_loopback_names_are_answered(server: Server, host: str) -> None:
    assert server.get("/sparql", {"Host": host}, query=GOOD).json()["boolean"] is True


@pytest.mark.parametrize("target", ["/", "/queries", "/sparql", "/nothing", "/map.html", "/sparql?query=ASK%7B%7D"])
def test_security_headers(server: Server, target: str) -> None:
    headers = server.get(target, {"Accept": "text/html"}).headers
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["cross-origin-resource-policy"] == "same-origin"
    policy = headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert "server" not in headers
    assert "access-control-allow-origin" not in headers


def test_other_sites_by_option_only(served_corpus: Path) -> None:
    origin = "https://site.example"
    with running(
        served_corpus, "--cors", origin, "--allow-host", "plans.example", "--public-url", "https://x.example/y/"
    ) as server:
        reply = server.get("/sparql", {"Origin": origin, "Host": "plans.example"}, query=GOOD)
        assert reply.headers["access-control-allow-origin"] == origin
        other = server.get("/sparql", {"Origin": "https://evil.example"}, query=GOOD)
        assert "access-control-allow-origin" not in other.headers
        asked = {
            "Origin": origin,
            "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": "content-type",
        }
        assert server.send("OPTIONS", "/sparql", None, asked).status == 200
        assert "https://x.example/y/sparql" in server.get("/sparql").text
        assert server.get("/openapi.json").json()["servers"] == [{"url": "https://x.example/y"}]


def test_nothing_is_written_into_the_corpus(server: Server, served_corpus: Path) -> None:
    before = {path: path.stat().st_mtime_ns for path in served_corpus.rglob("*") if path.is_file()}
    for query in (PLANS, SERVICE, "DROP ALL", "SELECT * {"):
        server.ask(query)
    assert before == {path: path.stat().st_mtime_ns for path in served_corpus.rglob("*") if path.is_file()}


def test_answers_are_whole_under_load(server: Server) -> None:
    expected = server.ask(PLANS).body
    queries = [PLANS, "SELECT * {", PLANS, SERVICE] * 10
    with ThreadPoolExecutor(12) as threads:
        replies = list(threads.map(server.ask, queries))
    assert [reply.status for reply in replies] == [200, 400, 200, 403] * 10
    assert {reply.body for reply in replies if reply.status == 200} == {expected}


def test_a_new_build_is_taken_up(tmp_path: Path) -> None:
    from corpus_texts import plan_text, write_plans

    from yaodian.corpus import build

    build(write_plans(tmp_path / "source", a=plan_text()), tmp_path / "out")
    with running(tmp_path / "out") as server:
        assert len(json.loads(server.ask(PLANS).body)["results"]["bindings"]) == 1
        build(write_plans(tmp_path / "source", b=plan_text("泉州市")), tmp_path / "out")
        assert len(json.loads(server.ask(PLANS).body)["results"]["bindings"]) == 2


def test_a_query_that_takes_long_makes_way_for_others(served_corpus: Path) -> None:
    if not sys.platform.startswith("linux"):
        pytest.skip("the system does not tell what a process takes")
    with running(served_corpus, "--set=timeout=3", "--set=workers=1") as server, ThreadPoolExecutor(1) as threads:
        slow = threads.submit(server.ask, CROSS)
        while not slow.done() and max(map(_niceness, server.workers()), default=0) < 19:
            time.sleep(0.05)
        assert not slow.done()
        assert slow.result().status == 504


def test_long_queries_leave_workers_for_short_ones(served_corpus: Path) -> None:
    with running(served_corpus, "--set=timeout=10", "--set=workers=2") as server, ThreadPoolExecutor(3) as threads:
        slow = [threads.submit(server.ask, CROSS) for _ in range(3)]
        time.sleep(1)
        assert [server.ask(PLANS).status for _ in range(3)] == [200] * 3
        assert not any(one.done() for one in slow)
        server.process.kill()


def _niceness(pid: int) -> int:
    try:
        return os.getpriority(os.PRIO_PROCESS, pid)
    except ProcessLookupError:
        return 0
