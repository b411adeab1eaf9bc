"""Many newsrooms on many hosts: workers that share the list of a PostgreSQL store by the queue of Procrastinate.

The list owns when a newsroom is crawled (its `due`), the queue owns who crawls it. A job is a site: lock and queueing lock keep
it with one worker at a time and in the queue once. What would break this:

- A retry in the queue, by Procrastinate or by hand, fails where the site waits again, and its job stays under way for ever.
  Jobs are never retried and never scheduled: what was not done is due still, and is planned again.
- The planner frees the jobs of dead workers. In a queue or slot that crawls use it would wait behind them; a lock would be
  kept by a dead planner.
- The event loop beats the worker's heart: no crawl and no call of the store runs in it.
- The queue's lock is for politeness. That a newsroom is crawled once at a time is for the run's own lock to tell: a worker
  that was stopped for a while has lost its jobs to others, and goes on.
"""
