"""Runs programs of asyncio, in virtual time, for conformance.py.

Operation.java says how a program is written, and LoopWorld.java is the twin of what is here. What asyncio leaves open is settled as
it is in Java: timers of the same moment are called in the order in which they were made, and sets of tasks keep the order in which
tasks were put in. A program with tasks that nothing ends is skipped.
"""

import asyncio
import asyncio.events
import asyncio.taskgroups
import asyncio.tasks
import gc
import itertools
import re

LIMIT = 200
SPAWNED = 10
END = 1_000_000


class Ordered(dict):
    """A set in the order of insertion, as far as asyncio needs one."""

    def __init__(self, items=()):
        super().__init__((item, None) for item in items)

    def add(self, item):
        self[item] = None

    def discard(self, item):
        self.pop(item, None)

    remove = discard


class Oops(Exception):
    """An exception that only programs raise."""


class Unclear(Exception):
    """Tasks are left that nothing ends."""


class AsCompleted(asyncio.tasks._AsCompletedIterator):
    """Goes through what it waits for in the order of the arguments."""

    def __init__(self, aws, timeout):
        super().__init__([], None)
        self._todo = Ordered(asyncio.ensure_future(aw) for aw in dict.fromkeys(aws))
        self._todo_left = len(self._todo)
        for future in self._todo:
            future.add_done_callback(self._handle_completion)
        if timeout is not None:
            self._timeout_handle = asyncio.get_running_loop().call_later(timeout, self._handle_timeout)


class Timer(asyncio.TimerHandle):
    __slots__ = ("number",)
    made = itertools.count()

    def __init__(self, *args):
        super().__init__(*args)
        self.number = next(self.made)

    def __lt__(self, other):
        return (self._when, self.number) < (other._when, other.number)


asyncio.events.TimerHandle = Timer
asyncio.tasks.set = asyncio.taskgroups.set = Ordered


class Clock:
    """A selector that lets virtual time pass where another one waits."""

    def __init__(self, loop):
        self.loop = loop

    def select(self, timeout):
        if timeout is None:
            raise Unclear
        self.loop.now += timeout
        return []


class VirtualLoop(asyncio.SelectorEventLoop):
    def __init__(self):
        super().__init__()
        self.now = 0.0
        self._clock_resolution = 1e-9
        self.real = self._selector
        self._selector = Clock(self)

    def time(self):
        return self.now

    def close(self):
        self._selector = self.real
        super().close()


class World:
    """What the bodies share."""


def shown(error):
    if isinstance(error, BaseExceptionGroup):
        return "Group[" + " ".join(map(shown, error.exceptions)) + "]"
    text = re.sub("<.*>", "<>", str(error))
    cause = error.__cause__
    return f"{type(error).__name__}: {text}" + (f" <- {shown(cause)}" if cause is not None else "")


def show(value):
    if isinstance(value, list):
        return "[" + " ".join(map(show, value)) + "]"
    if isinstance(value, tuple):
        return "/".join(str(len(part)) for part in value)
    return shown(value) if isinstance(value, BaseException) else str(value)


def run(source, value):
    """The trace of a program, or None when it is too long or unclear."""
    trace, tasks, labels, groups, timeouts = [], [], {}, {}, {}
    world, first_task = World(), None
    loop = VirtualLoop()
    loop.set_exception_handler(lambda *_: None)

    def log(entry):
        task = asyncio.current_task()
        label = "-" if task is None else labels.setdefault(task, len(labels))
        if len(trace) <= LIMIT:
            trace.append(f"{label} {entry}")

    def spawn(body):
        if len(tasks) == SPAWNED:
            return None
        tasks.append(asyncio.create_task(body()))
        return len(tasks) - 1

    def task(i):
        return tasks[i % len(tasks)] if tasks else asyncio.current_task()

    def awaited(i):
        # Of a task only those that were spawned after it, so that none await each other in a circle.
        current = asyncio.current_task()
        known = tasks[tasks.index(current) + 1 :] if current in tasks else tasks if current is first_task else []
        return known[i % len(known)] if known else world.future

    def awaitable(number):
        return names[f"b{number}"]() if number >= 0 else awaited(-1 - number)

    def awaitables(numbers):
        return [awaitable(number) for number in numbers]

    def wait(numbers, return_when, limit):
        return asyncio.wait([awaited(i) for i in numbers], return_when=return_when, timeout=limit)

    def on_done(n, i):
        task(i).add_done_callback(lambda done: log(f"{n} {'cancelled' if done.cancelled() else 'done'}"))

    def later(seconds, waited):
        loop.call_later(seconds, waited.cancel, "later")

    def soon(n):
        loop.call_soon(log, f"{n} soon")

    def renew():
        world.future = loop.create_future()

    def group(n):
        groups[n] = asyncio.TaskGroup()
        return groups[n]

    def group_spawn(numbers):
        n, k = numbers
        if n not in groups or len(tasks) == SPAWNED:
            return None
        tasks.append(groups[n].create_task(names[f"b{k}"]()))
        return len(tasks) - 1

    def timeout(n, seconds):
        timeouts[n] = asyncio.timeout(seconds)
        return timeouts[n]

    def reschedule(n, seconds):
        if n in timeouts:
            timeouts[n].reschedule(None if seconds is None else loop.time() + seconds)

    def expired(n):
        return timeouts[n].expired() if n in timeouts else None

    def states():
        return " ".join(("X" if t.cancelled() else "D" if t.done() else "P") + str(t.cancelling()) for t in tasks)

    async def main():
        nonlocal first_task
        first_task = asyncio.current_task()
        world.lock, world.semaphore, world.event = asyncio.Lock(), asyncio.Semaphore(2), asyncio.Event()
        world.condition, world.queue, world.barrier = asyncio.Condition(), asyncio.Queue(2), asyncio.Barrier(2)
        renew()
        try:
            async with asyncio.timeout(END):
                log(f"result {show(await names['b0']())}")
        except BaseException as e:
            log(f"main {shown(e)}")
        log(f"left {states()}")
        for again in range(5):
            left = asyncio.all_tasks() - {asyncio.current_task()}
            left = sorted(left, key=lambda t: int(t.get_name()[5:]))
            if again:
                for t in left:
                    t.cancel()
            if left:
                await asyncio.wait(left, timeout=END)
        log(f"end {states()} {loop.time():.0f}")
        if len(asyncio.all_tasks()) > 1:
            raise Unclear

    names = dict(locals(), asyncio=asyncio, W=world, show=show, shown=shown, Oops=Oops)
    names |= dict(CancelledError=asyncio.CancelledError, first=lambda aws, limit: next(AsCompleted(aws, limit)))
    exec(source, names)
    # A task that only its own future knows is collected, and its body closed, whenever it pleases the collector.
    gc.disable()
    try:
        loop.run_until_complete(main())
        return trace[:] if len(trace) <= LIMIT else None
    except (Unclear, asyncio.CancelledError):
        return None
    finally:
        gc.enable()
        # What is dropped half-way is not part of the trace.
        trace[:] = [""] * (LIMIT + 1)
        for t in asyncio.all_tasks(loop):
            t._log_destroy_pending = False
        loop.close()
