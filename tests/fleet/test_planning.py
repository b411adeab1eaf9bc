"""A fleet over a day of a simulated clock; `python -m tests.benchmarks.fleet_planning 10000 7` does so at scale."""

from __future__ import annotations

from statistics import median
from typing import TYPE_CHECKING

from tests.benchmarks.fleet_planning import simulate

if TYPE_CHECKING:
    from tests.state.postgresql import Server


def test_no_newsroom_starves_and_the_queue_does_not_grow(server: Server) -> None:
    (day,) = simulate(server.new_schema(), newsrooms=30, days=1, slots=4, step=10)
    assert len(day.started) == 30
    assert len(day.waits) > 3 * 18 + 9 * 3 + 18
    assert max(day.waits[30:]) < 60
    quarter = len(day.turns) // 4
    assert median(day.turns[-quarter:]) < 3 * median(day.turns[quarter : 2 * quarter])
    assert day.size < 2 * 2**20
