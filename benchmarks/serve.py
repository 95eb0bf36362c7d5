"""Measure the endpoint: requests a second and how long one takes, against the server of Oxigraph, on the same triples.

Run it with ``python benchmarks/serve.py``; it takes about a minute. Both servers run on this computer and share its
processors with the clients, so what counts are the ratios.
"""

import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from itertools import cycle
from pathlib import Path
from statistics import median
from urllib.parse import urlencode, urlsplit

import wakhan
from wakhan.engine import bound_text
from wakhan.export import edition, to_ntriples
from wakhan.servers.endpoint import with_prefixes

ROOT = Path(__file__).parents[1]
SECONDS = 4.0
CLIENTS = 8
HEADERS = {
    "Content-Type": "application/x-www-form-urlencoded",
    "Accept": "application/sparql-results+json, application/n-triples;q=0.9",
}


def questions() -> dict[str, list[str]]:
    """Return what is asked: next to nothing, the stored queries, and all triples."""
    dataset = wakhan.load(ROOT)
    stored = [
        with_prefixes(bound_text(query.text, dataset.bind(query, {})), dataset.prefixes)
        for query in dataset.queries.values()
    ]
    return {"ASK {}": ["ASK {}"], "the stored queries": stored, "all triples": ["CONSTRUCT WHERE { ?s ?p ?o }"]}


@contextmanager
def running(command: list[str], path: str | None) -> Iterator[str]:
    """Run a server and give the address of its endpoint, which it prints, or which is *path* below it."""
    output, errors = (subprocess.PIPE, subprocess.DEVNULL) if path is None else (subprocess.DEVNULL, subprocess.PIPE)
    with subprocess.Popen(command, stdout=output, stderr=errors, text=True) as process:
        told = process.stdout or process.stderr
        assert told is not None
        try:
            line = told.readline()
            found = line[line.index("http://") :].split()[0].rstrip("/")
            yield found if path is None else f"{found}{path}"
        finally:
            process.terminate()


def measure(address: str, queries: list[str], clients: int) -> tuple[float, float]:
    """Return how many requests a second are answered, and the median of how many milliseconds one takes."""
    times: list[float] = []
    end = time.perf_counter() + SECONDS

    def ask(first: int) -> None:
        connection = HTTPConnection(urlsplit(address).netloc)
        for query in cycle(queries[first:] + queries[:first]):
            begun = time.perf_counter()
            connection.request("POST", urlsplit(address).path, urlencode({"query": query}), HEADERS)
            reply = connection.getresponse()
            assert reply.status == 200, reply.read()
            reply.read()
            times.append(time.perf_counter() - begun)
            if time.perf_counter() > end:
                break
        connection.close()

    threads = [threading.Thread(target=ask, args=(number * len(queries) // clients,)) for number in range(clients)]
    begun = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return len(times) / (time.perf_counter() - begun), 1000 * median(times)


def main() -> None:
    """Print the table."""
    bin_ = Path(sys.executable).parent
    with tempfile.TemporaryDirectory() as name:
        data = Path(name) / "wakhan.nt"
        data.write_text(to_ntriples(edition(wakhan.load(ROOT).sources, "inferred")), encoding="utf-8")
        location = f"{name}/db"
        subprocess.run([str(bin_ / "oxigraph"), "load", "--location", location, "--file", str(data)],
                       check=True, capture_output=True)  # fmt: skip
        with socket.create_server(("127.0.0.1", 0)) as found:
            place = f"127.0.0.1:{found.getsockname()[1]}"
        oxigraph = [str(bin_ / "oxigraph"), "serve-read-only", "--location", location, "--bind", place]
        own = [sys.executable, "-m", "wakhan", "serve", "--root", str(ROOT), "--inferred", "--port", "0", "--no-log"]
        with running(own, None) as ours, running(oxigraph, "/query") as theirs:
            print("| asked | clients | wakhan, a second | ms | oxigraph, a second | ms | ratio |")
            print("| --- | ---: | ---: | ---: | ---: | ---: | ---: |")
            for asked, queries in questions().items():
                for clients in (1, CLIENTS):
                    (own_rate, own_ms), (rate, ms) = (measure(url, queries, clients) for url in (ours, theirs))
                    print(f"| {asked} | {clients} | {own_rate:,.0f} | {own_ms:.1f} "
                          f"| {rate:,.0f} | {ms:.1f} | {own_rate / rate:.2f} |")  # fmt: skip


if __name__ == "__main__":
    main()
