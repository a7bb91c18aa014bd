"""The turns of EventLoops as CPython's asyncio takes them; prints nanoseconds by the benchmark's name as JSON."""

import asyncio
import json
import time

TIMES = 10_000
TASKS = 100_000


async def sleep_zero():
    for _ in range(TIMES):
        await asyncio.sleep(0)


async def one():
    return 1


async def create_task_await():
    for _ in range(TIMES):
        await asyncio.create_task(one())


async def queue_put_get():
    queue = asyncio.Queue()
    for i in range(TIMES):
        await queue.put(i)
        await queue.get()


async def queue_ping_pong():
    queue = asyncio.Queue(1)

    async def puts():
        for i in range(TIMES):
            await queue.put(i)

    task = asyncio.create_task(puts())
    for _ in range(TIMES):
        await queue.get()
    await task


async def many_tasks():
    for task in [asyncio.create_task(asyncio.sleep(0)) for _ in range(TASKS)]:
        await task


def best(main, times, rounds):
    """The least time of one operation, in ns."""
    least = float("inf")
    with asyncio.Runner() as runner:
        for _ in range(rounds):
            begin = time.perf_counter_ns()
            runner.run(main())
            least = min(least, (time.perf_counter_ns() - begin) / times)
    return least


BENCHMARKS = {
    "sleepZero": (sleep_zero, TIMES, 15),
    "createTaskAwait": (create_task_await, TIMES, 15),
    "queuePutGet": (queue_put_get, TIMES, 15),
    "queuePingPong": (queue_ping_pong, TIMES, 15),
    "manyTasks": (many_tasks, TASKS, 3),
}

print(json.dumps({f"EventLoops.{name}": best(*benchmark) for name, benchmark in BENCHMARKS.items()}, indent=2))
