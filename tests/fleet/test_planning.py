"""A fleet over a day of a simulated clock; `python -m tests.benchmarks.fleet_planning 10000 7` does so at scale, and times it."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

from tests.benchmarks.fleet_planning import DayOfPlanning, simulate

if TYPE_CHECKING:
    from tests.state.postgresql import Server


def test_no_newsroom_starves_and_the_queue_does_not_grow(server: Server) -> None:
    async def collect() -> list[DayOfPlanning]:
        return [day async for day in simulate(server.new_schema(), newsrooms=40, days=1, slots=5, step=10)]

    (day,) = asyncio.run(collect())
    assert len(day.started) == 40
    assert len(day.waits) > 2 * 18 + 6 * 3 + 32
    assert max(day.waits[40:]) < 60
    assert day.size < 2 * 2**20
