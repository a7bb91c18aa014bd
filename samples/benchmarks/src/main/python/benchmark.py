"""The figures of CPython for the benchmarks beside it, in ns and bytes, with the names of the Java ones."""

import sys
import time
import types


def counter():
    n = 0
    while True:
        yield n
        n += 1


@types.coroutine
def counting():
    n = 0
    while True:
        yield n
        n += 1


def helpers(depth):
    if depth > 1:
        yield from helpers(depth - 1)
    yield from counter()


async def chain(depth):
    if depth > 1:
        await chain(depth - 1)
    await counting()


@types.coroutine
def pause():
    yield


async def awaiting():
    while True:
        await pause()


async def returns():
    return 1


def best(step, times=200_000, rounds=7):
    """The least time of one call, in ns."""
    least = float("inf")
    for _ in range(rounds):
        begin = time.perf_counter_ns()
        for _ in range(times):
            step()
        least = min(least, (time.perf_counter_ns() - begin) / times)
    return least


def run_finish():
    try:
        returns().send(None)
    except StopIteration as end:
        return end.value


def suspend_close():
    c = awaiting()
    c.send(None)
    c.close()


def report(name, value, unit):
    print(f"{name:24} {value:10.1f} {unit}")


def main():
    print(f"CPython {sys.version.split()[0]}")
    g = counter()
    next(g)
    report("GeneratorSend", best(lambda: g.send(None)), "ns")
    sys.setrecursionlimit(10_000)
    for depth in 1, 10, 100, 1000:
        c = chain(depth)
        c.send(None)
        report(f"DepthSend.awaits {depth}", best(lambda: c.send(None), 200_000 // depth + 1000), "ns")
        c.close()
    c = awaiting()
    c.send(None)
    report("coroutineSend", best(lambda: c.send(None)), "ns")
    report("createRunFinish", best(run_finish), "ns")
    report("createSuspendClose", best(suspend_close), "ns")
    report("suspended coroutine", sys.getsizeof(c), "bytes")


main()
