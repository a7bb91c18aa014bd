"""Records what CPython does with chains of coroutines and async generators; prints one line per case.

With a number, it prints that many of the cases. async-chains.txt holds 600, recorded with CPython 3.13.0.
"""

import itertools
import random
import sys
import warnings


# Nothing is closed by the garbage collector: that is not what is recorded here.
KEPT = []


class KeyError_(Exception):
    pass


KeyError_.__name__ = "KeyError"


class Closing(BaseException):
    """Stands for the exit on its way to the innermost body."""


class Y:
    """Yields once and results in what was sent."""

    def __init__(self, value):
        self.value = value

    def __await__(self):
        try:
            return (yield self.value)
        except Closing:
            raise GeneratorExit() from None


def show(error):
    text = type(error).__name__
    return text + ": " + str(error) if str(error) else text


def outcome(call):
    try:
        return "-> " + str(call())
    except BaseException as error:
        return show(error)


async def level(log, name, mode, inner):
    try:
        value = await inner
        log.append(f"{name}={value}")
        return value
    except BaseException as error:
        log.append(f"{name}:{show(error)}")
        if mode == "return":
            return name + "!"
        if mode == "await":
            log.append(f"{name}+={await Y(name + '+')}")
            raise
        if mode == "swallow":
            return await Y(name + "+")
        if mode == "raise":
            raise KeyError_(name)
        raise
    finally:
        log.append(name + " fin")


async def agen(log, mode, first, inner):
    if first != "asend":
        try:
            yield "start"
        except BaseException as error:
            log.append(f"G0:{show(error)}")
    try:
        value = await inner
        log.append(f"G={value}")
        value = yield value
        log.append(f"G2={value}")
    except BaseException as error:
        log.append(f"G:{show(error)}")
        if mode == "return":
            return
        if mode == "await":
            log.append(f"G+={await Y('G+')}")
            raise
        if mode == "swallow":
            log.append(f"G+={await Y('G+')}")
        elif mode == "raise":
            raise KeyError_("G")
        elif mode == "yield":
            log.append(f"G!={(yield 'G!')}")
        else:
            raise
    finally:
        log.append("G fin")
    yield "G end"


def state(generator):
    return ("running" if generator.ag_running else "suspended" if generator.ag_suspended
            else "closed" if generator.ag_frame is None else "created")


def act(target, op):
    if op == "send":
        return outcome(lambda: target.send("v"))
    if op == "next":
        return outcome(lambda: target.send(None))
    if op == "close":
        return outcome(lambda: target.close() and None)
    if op == "raise":
        return outcome(lambda: target.throw(KeyError_("k")))
    return outcome(lambda: target.throw(GeneratorExit("mine")))


def generator_case(first, c, g, o, ops):
    log = []
    inner = level(log, "C", c, Y("io"))
    a = agen(log, g, first, inner)
    KEPT.extend((inner, a))
    if first != "asend":
        act(a.asend(None), "next")
    step = {"asend": lambda: a.asend(None), "athrow": lambda: a.athrow(KeyError_("t")), "aclose": a.aclose}[first]()
    root = step if o == "hand" else level(log, "O", o, step)
    KEPT.append(root)
    log.append(act(root, "next"))
    for op in ops:
        log.append(act(root, op))
        over = not log[-1].startswith("->")
        log.append(state(a))
        if over and first == "athrow" and o == "hand":
            break  # CPython leaves such a step open, by oversight; Corobridge does not
    log.append(outcome(lambda: a.asend(None).send(None)))
    log.append(state(a))
    return log


def generator_cases():
    modes = ("plain", "return", "await", "swallow", "raise")
    for first, c, g, o, op1, op2 in itertools.product(
            ("asend", "athrow", "aclose"), modes, modes + ("yield",), modes + ("hand",),
            ("send", "close", "raise", "exit"), ("send", "close", "raise", "exit")):
        yield ("generator", first, c, g, o, op1, op2), lambda: generator_case(first, c, g, o, (op1, op2, "next"))


class Quit(BaseException):
    """The awaited close was given up, and the coroutine is closed."""


class Guard:
    """An await of another body: while the two are being closed, what the inner one returns is dropped."""

    def __init__(self, active, inner):
        self.active, self.inner, self.closing = active, inner, False

    def __await__(self):
        self.active.append(self)
        try:
            value = yield from self.inner.__await__()
        finally:
            self.active.remove(self)
        if self.closing:
            raise GeneratorExit
        return value


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
            value = self.coroutine.throw(Closing())
            while True:
                try:
                    sent = yield value
                except GeneratorExit:
                    self.coroutine.close()
                    raise Quit
                except BaseException as error:
                    value = self.coroutine.throw(error)
                else:
                    value = self.coroutine.send(sent)
        except Quit:
            raise GeneratorExit
        except (StopIteration, GeneratorExit):
            return


def co_state(co):
    return "running" if co.cr_running else "suspended" if co.cr_suspended else "closed" if co.cr_frame is None else "created"


def close_case(way, c, m, o, ops):
    log, active = [], []
    inner = level(log, "C", c, Y("io"))
    middle = level(log, "M", m, Guard(active, inner))
    outer = level(log, "O", o, Guard(active, middle))
    KEPT.extend((inner, middle, outer))
    log.append(act(outer, "next"))
    closing = Aclose(active, outer)
    root = closing.__await__() if way == "hand" else level(log, "W", "plain", closing)
    KEPT.append(root)
    log.append(act(root, "next"))
    log.append(co_state(outer))
    for op in ops:
        if not log[-2].startswith("->"):
            break
        log.append(act(root, op))
        log.append(co_state(outer))
        if op == "close":
            break
    return log


def close_cases():
    modes = ("plain", "return", "await", "swallow", "raise")
    for way, c, m, o, op1, op2 in itertools.product(
            ("hand", "awaited"), modes, modes, modes, ("send", "close", "raise", "exit"), ("send", "close", "raise")):
        if way == "awaited" or op1 != "exit":
            yield ("close", way, c, m, o, op1, op2), lambda: close_case(way, c, m, o, (op1, op2, "send"))


if __name__ == "__main__":
    warnings.simplefilter("ignore")
    lines = [" ".join(name) + " | " + "; ".join(run()) for cases in (generator_cases(), close_cases()) for name, run in cases]
    if len(sys.argv) > 1:
        random.Random(20).shuffle(lines)
        lines = sorted(lines[:int(sys.argv[1])])
    print("\n".join(lines))
