"""The pool runs so many queries at once, lets others wait, and ends what asks for too much."""

import asyncio
import sys
from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest

from wakhan.errors import WakhanError
from wakhan.protocol.limits import Limits
from wakhan.protocol.pool import Pool
from wakhan.protocol.refusal import Refused

NQUADS = "".join(f"<http://e.org/s{n}> <http://e.org/p> <http://e.org/o> .\n" for n in range(100)).encode()
LIMITS = Limits(query_seconds=0.5, queue_seconds=0.2, queue_length=2)
ENDLESS = "SELECT (COUNT(*) AS ?n) { " + " ".join(f"?a{n} ?b{n} ?c{n} ." for n in range(9)) + " }"

HUNGRY = (
    'SELECT (STRLEN(?i) AS ?n) { BIND("0123456789" AS ?a) '
    + " ".join(
        f"BIND(CONCAT({', '.join([f'?{before}'] * 10)}) AS ?{name})"
        for before, name in zip("abcdefgh", "bcdefghi", strict=True)
    )
    + " }"
)  # a text of 1 GB


def question(query: str) -> dict[str, object]:
    return {"query": query, "default_graphs": [], "named_graphs": [], "solutions": "text/csv", "triples": None}


def pooled(use: Callable[[Pool], Awaitable[None]], limits: Limits = LIMITS, size: int = 1) -> None:
    async def run() -> None:
        pool = Pool(NQUADS, size=size, limits=limits, prefixes={}, base="http://e.org/")
        assert await pool.start() == 100
        try:
            await use(pool)
        finally:
            await pool.stop()

    asyncio.run(run())


async def refused(pool: Pool, query: str) -> Refused:
    with pytest.raises(Refused) as found:
        await pool.ask(question(query))
    return found.value


def test_a_query_is_answered_and_the_next_as_well() -> None:
    async def use(pool: Pool) -> None:
        for number in range(3):
            answer = await pool.ask(question(f"SELECT ({number} AS ?n) {{}}"))
            assert answer.body.split() == [b"n", str(number).encode()]

    pooled(use)


def test_one_that_takes_too_long_is_ended_and_others_are_answered() -> None:
    async def use(pool: Pool) -> None:
        stopped = await refused(pool, ENDLESS)
        assert (stopped.status, "after 0.5 seconds" in stopped.text) == (503, True)
        assert (await pool.ask(question("ASK {}"))).body == b"true"

    pooled(use, replace(LIMITS, queue_seconds=5))


def test_one_that_waits_too_long_or_in_too_long_a_queue_is_told_to_come_again() -> None:
    async def use(pool: Pool) -> None:
        running = asyncio.create_task(refused(pool, ENDLESS))
        await asyncio.sleep(0.05)
        waiting = await asyncio.gather(*(refused(pool, "ASK {}") for _ in range(4)))
        texts = [each.text for each in waiting]
        assert [text.startswith("Too many") for text in texts] == [False, False, True, True]
        assert {each.status for each in waiting} == {503}
        assert "was stopped" in (await running).text

    pooled(use)


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux keeps the limit of memory")
def test_one_that_takes_all_memory_is_ended() -> None:
    async def use(pool: Pool) -> None:
        stopped = await refused(pool, HUNGRY)
        assert (stopped.status, "it needs more memory than it may have" in stopped.text) == (503, True)
        assert (await pool.ask(question("ASK {}"))).body == b"true"

    pooled(use, replace(LIMITS, memory=300 * 2**20, query_seconds=120, queue_seconds=60))


def test_one_for_which_nobody_waits_is_ended() -> None:
    async def use(pool: Pool) -> None:
        running = asyncio.create_task(pool.ask(question(ENDLESS)))
        await asyncio.sleep(0.1)
        running.cancel()
        assert (await pool.ask(question("ASK {}"))).body == b"true"

    pooled(use, replace(LIMITS, query_seconds=600, queue_seconds=60))


def test_a_query_error_does_not_cost_a_process() -> None:
    async def use(pool: Pool) -> None:
        before = set(pool._all)
        assert (await refused(pool, "SELECT")).status == 400
        assert set(pool._all) == before
        assert (await pool.ask(question("ASK {}"))).body == b"true"

    pooled(use)


def test_a_query_that_runs_when_the_pool_ends_is_refused() -> None:
    async def use(pool: Pool) -> None:
        running = asyncio.create_task(refused(pool, ENDLESS))
        await asyncio.sleep(0.05)
        await pool.stop()
        assert (await running).text == "The server is being shut down."
        assert (await refused(pool, "ASK {}")).text == "The server is being shut down."

    pooled(use, replace(LIMITS, query_seconds=30))


def test_data_that_cannot_be_read_or_held_are_told() -> None:
    async def start(nquads: bytes, memory: int) -> None:
        limits = replace(LIMITS, memory=memory)
        await Pool(nquads, size=2, limits=limits, prefixes={}, base="http://e.org/").start()

    for nquads, memory in ((b"nonsense", 0), (NQUADS, 2**20)):
        with pytest.raises(WakhanError, match="no queries can be run: a process that runs queries ends"):
            asyncio.run(start(nquads, memory))
