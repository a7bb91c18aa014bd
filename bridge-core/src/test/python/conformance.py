"""Runs programs of generators, coroutines and async generators on CPython, and writes the trace of each; those of asyncio are run by
asyncio_programs.py.

    python3.13 conformance.py < programs

Needs CPython 3.13 and nothing else. The Java tests in io.corobridge.conformance make the programs, run the same ones on every
engine, and compare. Programs are Python source (see PythonSource.java), each ended by a line "----"; the answer to each is one
line, the entries of its trace separated by tabs, or "skip" when the trace is too long.

What a program can use is below. P holds its objects, one for each body; S holds what was made of them to be stepped later:
steps of async generators, __await__() of coroutines, the awaited close. Entries of a trace:
    n -> value      a step taken at n yielded, or ended a close         n !! exception   it raised
    n=value         what the body that stands at n is resumed with      n:exception      it was caught at n
    n fin           the finally of n begins                             n item           the loop at n has an item
    states          of all objects, after each step from outside
"""

import asyncio_programs
import contextlib
import inspect
import sys
import types
import warnings

LIMIT = 150


class Oops(Exception):
    """An exception that only programs raise."""


class Stop(StopIteration):
    pass


class Exit(GeneratorExit):
    pass


class Closing(BaseException):
    """Stands for the exit of an awaited close on its way to the innermost body."""


class Quit(BaseException):
    """The awaited close was given up, and the coroutine is closed."""


def shown(error):
    text = str(error.value) if isinstance(error, StopIteration) else str(error)
    cause = error.__cause__
    return f"{type(error).__name__}: {text}" + (f" <- {shown(cause)}" if cause is not None else "")


# ---- iterators that are none of ours, and lack some of send, throw and close


class Plain:
    def __init__(self, number, count, log):
        self.number, self.left, self.log = number, count, log

    def __iter__(self):
        return self

    def __await__(self):
        return self

    def say(self, what):
        self.log(f"{type(self).__name__} {self.number} {what}")

    def step(self, what):
        self.say(what)
        self.left -= 1
        if self.left < 0:
            return self.end()
        return self.number * 10 + self.left

    def end(self):
        raise StopIteration(self.number)

    def __next__(self):
        return self.step("next")


class Sending(Plain):
    def send(self, value):
        return self.step(f"send {value}")


class Closing_(Sending):
    def close(self):
        self.say("close")


Closing_.__name__ = "Closing"


class Raising(Sending):
    def throw(self, error):
        self.say(f"throw {shown(error)}")
        raise error


class Swallowing(Closing_):
    """Answers what is thrown with its next value."""

    def throw(self, error):
        return self.step(f"throw {shown(error)}")


class Ending(Closing_):
    """Answers what is thrown with its end."""

    def throw(self, error):
        self.say(f"throw {shown(error)}")
        return self.end()


class Watching(Closing_):
    """Tells the state of all objects whenever it is used."""

    def say(self, what):
        super().say(f"{what} {self.log.states()}")


class BadClose(Raising):
    def close(self):
        self.say("close")
        raise Oops(f"close of {self.number}")


class Answer(Raising):
    """Ends with a result, or an exception, of the program's choice, and never with one that is thrown: results have a type."""

    def __init__(self, number, count, log, result):
        super().__init__(number, count, log)
        self.result = result

    def throw(self, error):
        return super().throw(Oops("stop") if isinstance(error, StopIteration) else error)

    def close(self):
        self.say("close")

    def end(self):
        if isinstance(self.result, BaseException):
            raise self.result
        raise StopIteration(self.result)


class Nothing:
    """An awaitable and iterable without an iterator."""

    def __await__(self):
        return None

    def __iter__(self):
        return None


class Returns:
    """An awaitable whose __await__ returns what it is given."""

    def __init__(self, iterator):
        self.iterator = iterator

    def __await__(self):
        return self.iterator


class Items:
    """An async iterator that is none of ours."""

    def __init__(self, number, mode, element, count, log):
        self.number, self.mode, self.element, self.left, self.log = number, mode, element, count, log

    def __aiter__(self):
        self.log(f"Items {self.number} aiter")
        if self.mode == "noIterator":
            return None
        if self.mode == "badIterator":
            raise Oops(f"aiter of {self.number}")
        return self

    def __anext__(self):
        self.log(f"Items {self.number} anext")
        self.left -= 1
        if self.left < 0:
            if self.mode == "endsAwaited":
                return Answer(self.number, 1, self.log, StopAsyncIteration(self.number))
            if self.mode == "noStep":
                return None
            if self.mode == "badStep":
                raise Oops(f"anext of {self.number}")
            raise StopAsyncIteration(self.number)
        return self.element(self.number, 1, self.log)


class Manager:
    """An async context manager that is none of ours."""

    def __init__(self, number, enter, leave, log):
        self.number, self.enter, self.leave, self.log = number, enter, leave, log

    def answer(self, what, how, result):
        self.log(f"Manager {self.number} {what} {how}")
        match how:
            case "none":
                return None
            case "raises":
                raise Oops(f"{what} of {self.number}")
            case "fails":
                return Answer(self.number, 1, self.log, Oops(f"{what} of {self.number}"))
            case "waits":
                return Answer(self.number, 1, self.log, result)
        return Answer(self.number, 0, self.log, result)

    def __aenter__(self):
        return self.answer("enter", self.enter, self.number)

    def __aexit__(self, kind, error, traceback):
        if error is not None:
            self.log(f"Manager {self.number} sees {shown(error)}")
        swallows = self.leave.startswith("swallows")
        how = {"swallows": "atOnce", "swallowsLate": "waits"}.get(self.leave, self.leave)
        return self.answer("exit", how, swallows)


# ---- ours


@types.coroutine
def value(n):
    """Awaited, it yields n once and results in what is sent."""
    try:
        return (yield n)
    except Closing:
        raise GeneratorExit from None


class Step:
    """A step of an async generator, with two oversights of CPython 3.13.0 mended: it forgets to close a step of athrow() that
    has awaited and then ended, and counts a step that is stepped by its own body as ended."""

    UNSTARTED = "can't send non-None value to a just-started coroutine"
    IGNORED = "coroutine ignored GeneratorExit"

    def __init__(self, generator, step):
        self.generator, self.step = generator, step
        self.begun, self.busy, self.over = False, False, False

    def __iter__(self):
        return self

    __await__ = __iter__

    def take(self, call, *args):
        if self.busy:
            raise ValueError("async generator already executing")
        if self.over:
            raise RuntimeError("cannot reuse already awaited aclose()/athrow()")
        self.busy = True
        try:
            result = call(*args)
        except BaseException as e:
            if str(e) != self.UNSTARTED or self.begun:
                self.begun = True
                in_flight = str(e) == self.IGNORED and self.generator.ag_running
                self.over = isinstance(self.step, ATHROW) and not in_flight
            raise
        else:
            self.begun = True
            return result
        finally:
            self.busy = False

    def __next__(self):
        return self.take(self.step.__next__)

    def send(self, value):
        return self.take(self.step.send, value)

    def throw(self, error):
        return self.take(self.step.throw, error)

    def close(self):
        if not self.over:
            self.take(self.step.close)
            self.over = isinstance(self.step, ATHROW)


class Steps:
    """An async generator that makes steps of that kind."""

    def __init__(self, generator):
        self.generator = generator

    def __anext__(self):
        return Step(self.generator, self.generator.__anext__())


async def _agen():
    yield


def _type_of_athrow():
    step = _agen().athrow(Oops())
    step.close()
    return type(step)


ATHROW = _type_of_athrow()


class Guard:
    """An await of another body: while the two are being closed, what the inner one returns is dropped."""

    def __init__(self, active, inner):
        self.active, self.inner, self.closing = active, inner, False

    def __await__(self):
        self.active.append(self)
        try:
            result = yield from self.inner.__await__()
        finally:
            self.active.remove(self)
        if self.closing:
            raise GeneratorExit
        return result


class Aclose:
    """The awaited close: the exit goes to the innermost body, and what awaits meanwhile is driven on."""

    def __init__(self, active, coroutine):
        self.active, self.coroutine = active, coroutine

    def __await__(self):
        if not self.coroutine.cr_suspended:
            self.coroutine.close()
            return
        for guard in self.active:
            guard.closing = True
        try:
            result = self.coroutine.throw(Closing())
            while True:
                try:
                    sent = yield result
                except GeneratorExit:
                    self.coroutine.close()
                    raise Quit
                except BaseException as error:
                    result = self.coroutine.throw(error)
                else:
                    result = self.coroutine.send(sent)
        except Quit:
            raise GeneratorExit
        except (StopIteration, GeneratorExit):
            return


# ---- running a program


def delegate(p):
    """What p is suspended on: an object of P by its number, anything else as "?"."""
    if inspect.isgenerator(p):
        sub, same = p.gi_yieldfrom, inspect.isgenerator
    else:
        sub, same = (p.cr_await if inspect.iscoroutine(p) else p.ag_await), inspect.iscoroutine
    if inspect.isgenerator(sub) and sub.gi_code is Guard.__await__.__code__:
        sub = sub.gi_frame.f_locals["self"].inner
    return sub, same


def state(p, objects):
    if inspect.isgenerator(p):
        name = inspect.getgeneratorstate(p)[4:]
    elif inspect.iscoroutine(p):
        name = inspect.getcoroutinestate(p)[5:]
    else:
        name = inspect.getasyncgenstate(p)[5:]
        if name == "RUNNING" and p.ag_suspended:
            name = "AWAITING"
    letter = "X" if name == "CLOSED" else name[0]
    sub, same = delegate(p)
    if sub is None:
        return letter
    return letter + next((str(k) for k, other in enumerate(objects) if other is sub and same(sub)), "?")


def run(source):
    """The trace of a program, or None when it is too long."""
    trace, objects, slots, active = [], [], [None] * 3, []

    def log(entry):
        if len(trace) <= LIMIT:
            trace.append(entry)

    def states():
        return " ".join(state(p, objects) for p in objects)

    log.states = states

    def make(how, k, slot, n, error):
        p = objects[k]
        match how:
            case "anext":
                slots[slot] = Step(p, p.__anext__())
            case "asend":
                slots[slot] = Step(p, p.asend(n))
            case "athrow":
                slots[slot] = Step(p, p.athrow(error(n)))
            case "aclose":
                slots[slot] = Step(p, p.aclose())
            case "anextOr":
                slots[slot] = anext(Steps(p), n).__await__()
            case "iterator":
                slots[slot] = p.__await__()
            case "awaitedClose":
                slots[slot] = Aclose(active, p).__await__()

    def act(op, on, k, n, error):
        p = (objects if on == "P" else slots)[k]
        closes = inspect.isgenerator(p) and p.gi_code is Aclose.__await__.__code__
        if p is None or (closes and op != "next" and inspect.getgeneratorstate(p) == inspect.GEN_CREATED):
            log(f"{n} empty")
            return
        if closes and op == "close":
            # No rule of CPython says what comes after the end of an awaited close, or before its begin.
            slots[k] = None
        try:
            match op:
                case "next":
                    result = p.send(None) if inspect.iscoroutine(p) else next(p)
                case "send":
                    result = p.send(n)
                case "throw":
                    result = p.throw(error(n))
                case "close":
                    result = p.close()
                    result = result if on == "P" else None
            log(f"{n} -> {result}")
        except RecursionError:
            raise
        except BaseException as e:
            log(f"{n} !! {shown(e)}")
            if closes:
                slots[k] = None

    names = dict(globals(), P=objects, S=slots, log=log, act=act, make=make, states=states)
    names |= dict(guard=lambda k: Guard(active, objects[k]), Closing=Closing_)
    names |= dict(managed=lambda k: contextlib.asynccontextmanager(lambda: objects[k])())
    names |= dict(aclosing=lambda k: contextlib.aclosing(objects[k]))
    exec(source, names)
    for body in names["BODIES"]:
        objects.append(body())
    for taken in names["DRIVE"]:
        taken()
        log(states())
    recorded = trace[:]
    # The rest of a program that is dropped half-way is not part of its trace.
    trace[:] = [""] * (LIMIT + 1)
    return recorded if len(recorded) <= LIMIT else None


def main():
    if sys.version_info[:2] != (3, 13):
        sys.exit("needs CPython 3.13")
    warnings.simplefilter("ignore")
    sys.unraisablehook = lambda _: None
    lines = []
    for line in sys.stdin:
        if line != "----\n":
            lines.append(line)
            continue
        source = "".join(lines)
        try:
            trace = asyncio_programs.run(source, value) if source.startswith("# asyncio\n") else run(source)
        except RecursionError:
            trace = None
        print("skip" if trace is None else "\t".join(trace), flush=True)
        lines.clear()


if __name__ == "__main__":
    main()
