"""The steps of GeneratorSend, DepthSend and Lifecycle as CPython takes them; prints nanoseconds by the benchmark's name as JSON."""

import json
import sys
import timeit
import types

REPEATS = 7


def nanoseconds(step, setup_seconds=0.2):
    """The best of a few runs, each long enough to count; timeit turns the garbage collector off."""
    timer = timeit.Timer(step)
    number, taken = timer.autorange()
    number = max(1, int(number * setup_seconds / taken))
    return min(timer.repeat(REPEATS, number)) / number * 1e9


def count():
    n = 0
    while True:
        yield n
        n += 1


def through_helpers(depth):
    if depth > 1:
        yield from through_helpers(depth - 1)
    else:
        yield from count()


@types.coroutine
def forever():
    while True:
        yield


async def chain(depth):
    await (forever() if depth == 1 else chain(depth - 1))


@types.coroutine
def once():
    yield


async def awaiting():
    while True:
        await once()


async def returning():
    return None


def create_run_finish():
    try:
        returning().send(None)
    except StopIteration:
        pass


def create_suspend_close():
    coroutine = awaiting()
    coroutine.send(None)
    coroutine.close()


def create_next_drop():
    next(count())


def started(made):
    made.send(None)
    return made


def main():
    sys.setrecursionlimit(10_000)
    figures = {}
    generator = started(count())
    send = generator.send
    figures["GeneratorSend.send kinds=1"] = nanoseconds(lambda: send(1))
    figures["GeneratorSend.next kinds=1"] = nanoseconds(lambda: next(generator))
    for depth in 1, 10, 100, 1000:
        helpers = started(through_helpers(depth)).send
        figures[f"DepthSend.helpers depth={depth}"] = nanoseconds(lambda: helpers(1))
        awaits = started(chain(depth)).send
        figures[f"DepthSend.awaits depth={depth}"] = nanoseconds(lambda: awaits(None))
    coroutine = started(awaiting()).send
    figures["Lifecycle.coroutineSend"] = nanoseconds(lambda: coroutine(None))
    figures["Lifecycle.createRunFinish"] = nanoseconds(create_run_finish)
    figures["Lifecycle.createSuspendClose"] = nanoseconds(create_suspend_close)
    figures["Lifecycle.createNextDrop"] = nanoseconds(create_next_drop)
    print(json.dumps(figures, indent=2))


if __name__ == "__main__":
    main()
