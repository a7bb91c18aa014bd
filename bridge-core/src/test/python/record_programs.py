"""Makes random programs of generators and coroutines, runs them, and writes each with its trace.

    python3.13 record_programs.py --seed 1 --count 2000 ../resources/io/corobridge/programs/programs.jsonl.gz
    python3.13 record_programs.py --seed 17 --show

Needs CPython 3.13 and nothing else. ProgramTest runs the same programs on every engine and compares the traces.

One line of JSON is one program: [seed, bodies, drive, trace].
    body       [kind, block]; kind is "g" for a generator, "c" for a coroutine. P[k] is the object made of body k
    block      a list of statements; n is the statement's number, which its log entries carry
    statement  ["yield", n]                    a coroutine awaits something that yields n once
               ["from", n, k]                  yield from, or await, P[k]
               ["via", n, k]                   the same through __await__(), which skips a coroutine's own check
               ["foreign", n, type, count]     yield from, or await, an iterator of one of the types below
               ["try", n, block, classes, block, again, block or null]
                                               again: the handler ends with a raise; no classes: no handler; then finally
               ["twice", block]
               ["raise", n, class]
               ["return", n]
               ["op", n, op, k]                takes a step on P[k] from inside a body
               ["states", n]                   logs the state of all objects, and what each delegates to
    drive      a list of [op, k, number]; op is next, send, throw, exit (throw(GeneratorExit)) or close. The number is what
               is sent, and part of the message of what is thrown
    trace      a list of strings
"""

import argparse
import gzip
import inspect
import json
import random
import sys
import types
import warnings

# ---- what programs can use


class Oops(Exception):
    """An exception that only programs raise."""


class Plain:
    """An iterator that is none of ours. Its subclasses add what it may lack."""

    def __init__(self, number, count, log):
        self.number, self.left, self.log = number, count, log

    def __iter__(self):
        return self

    def __await__(self):
        return self

    def step(self, what):
        self.log(f"{type(self).__name__} {self.number} {what}")
        self.left -= 1
        if self.left < 0:
            raise StopIteration(self.number)
        return self.number * 100 + self.left

    def __next__(self):
        return self.step("next")


class Sending(Plain):
    def send(self, value):
        return self.step(f"send {value}")


class Closing(Sending):
    def close(self):
        self.log(f"{type(self).__name__} {self.number} close")


class Raising(Sending):
    def throw(self, error):
        self.log(f"{type(self).__name__} {self.number} throw {shown(error)}")
        raise error


class Swallowing(Closing):
    """Answers what is thrown with its next value."""

    def throw(self, error):
        return self.step(f"throw {shown(error)}")


class BadClose(Raising):
    def close(self):
        self.log(f"{type(self).__name__} {self.number} close")
        raise Oops(f"close of {self.number}")


INSIDE = ("got", "caught", "finally")
FOREIGN = {c.__name__: c for c in (Plain, Sending, Closing, Raising, Swallowing, BadClose)}
THROWN = {c.__name__: c for c in (ValueError, RuntimeError, Oops, GeneratorExit, StopIteration)}


class Returns:
    """An awaitable whose __await__ returns what it is given."""

    def __init__(self, iterator):
        self.iterator = iterator

    def __await__(self):
        return self.iterator


@types.coroutine
def value(n):
    return (yield n)


def shown(error):
    """An exception in a trace."""
    text = str(error.value) if isinstance(error, StopIteration) else str(error)
    cause = error.__cause__
    return f"{type(error).__name__}: {text}" + (f" <- {shown(cause)}" if cause is not None else "")


# ---- programs


class Maker:
    """Makes one program from a seed."""

    DEPTH = 3
    OPS = ("next", "next", "send", "throw", "exit", "close")
    CAUGHT = (
        ["ValueError"],
        ["Oops"],
        ["GeneratorExit"],
        ["BaseException"],
        ["BaseException"],
        ["Exception"],
        ["Exception"],
        ["RuntimeError"],
        ["ValueError", "RuntimeError"],
        ["StopIteration"],
    )

    def __init__(self, seed):
        self.random = random.Random(seed)
        self.number = 0
        self.size = self.random.randint(2, 5)

    def program(self):
        mix = self.random.choice(("g", "c", "c", "gc", "gc"))
        bodies = [[self.random.choice(mix), self.block(k, self.DEPTH)] for k in range(self.size)]
        drive = [self.drive_step(i) for i in range(25)]
        return bodies, drive

    def drive_step(self, i):
        # Most objects are to be under way before one of them is thrown into.
        early = self.random.random() * 8 > i
        op = self.random.choice(("next",) if early else ("next", "next", "send", "send", "send", "throw", "exit", "close"))
        return [op, 0 if self.random.random() < 0.4 else self.random.randrange(self.size), 1000 + i]

    def block(self, me, depth):
        return [self.statement(me, depth) for _ in range(self.random.randint(1, 5 if depth == self.DEPTH else 3))]

    def statement(self, me, depth):
        self.number += 1
        n, choose = self.number, self.random.random()
        if choose < 0.24:
            return ["yield", n]
        if choose < 0.31:
            return ["foreign", n, self.random.choice(list(FOREIGN)), self.random.randint(0, 3)]
        if choose < 0.52:
            near = self.random.random() < 0.6
            target = min(me + 1, self.size - 1) if near else self.random.randrange(self.size)
            return ["via" if self.random.random() < 0.5 else "from", n, target]
        if choose < 0.57:
            return ["states", n]
        if choose < 0.67:
            return ["op", n, self.random.choice(self.OPS), self.random.randrange(self.size)]
        if choose < 0.90 and depth > 0:
            return self.attempt(n, me, depth - 1)
        if choose < 0.94 and depth > 0:
            return ["twice", self.block(me, depth - 1)]
        if depth == self.DEPTH:
            return ["yield", n]
        if choose < 0.98:
            return ["raise", n, self.random.choice(list(THROWN))]
        return ["return", n]

    def attempt(self, n, me, depth):
        body, classes, handler, again, final = self.block(me, depth), [], [], 0, None
        if self.random.random() < 0.75:
            classes = self.random.choice(self.CAUGHT)
            handler = self.block(me, depth) if self.random.random() < 0.5 else []
            again = int(self.random.random() < 0.3)
        if not classes or self.random.random() < 0.4:
            final = self.block(me, depth)
        return ["try", n, body, classes, handler, again, final]


# ---- programs as Python source


def source(bodies):
    lines = []
    for k, (kind, block) in enumerate(bodies):
        lines.append(f"def b{k}():" if kind == "g" else f"async def b{k}():")
        if kind == "g":
            lines.append("    if 0: yield")
        lines += render(block, kind, [k for k, _ in bodies], 1)
    return "\n".join(lines) + "\n"


def render(block, kind, kinds, indent):
    lines = []
    for statement in block or [["pass"]]:
        lines += render_statement(statement, kind, kinds, indent)
    return lines


def render_statement(statement, kind, kinds, indent):
    pad = "    " * indent
    delegate = "yield from" if kind == "g" else "await"
    match statement:
        case ["pass"]:
            return [pad + "pass"]
        case ["yield", n]:
            return [pad + (f"r = yield {n}" if kind == "g" else f"r = await value({n})"), f"{pad}log(f'got {n} {{r}}')"]
        case ["from" | "via" as how, n, k]:
            target = f"P[{k}]"
            if kind == "g":
                target += "" if kinds[k] == "g" else ".__await__()"
            elif kinds[k] == "g":
                target = f"Returns({target})"
            elif how == "via":
                target = f"Returns({target}.__await__())"
            return [f"{pad}r = {delegate} {target}", f"{pad}log(f'got {n} {{r}}')"]
        case ["foreign", n, name, count]:
            return [f"{pad}r = {delegate} {name}({n}, {count}, log)", f"{pad}log(f'got {n} {{r}}')"]
        case ["try", n, body, classes, handler, again, final]:
            lines = [pad + "try:"] + render(body, kind, kinds, indent + 1)
            if classes:
                lines += [f"{pad}except ({', '.join(classes)},) as e{n}:", f"{pad}    log(f'caught {n} {{shown(e{n})}}')"]
                lines += render(handler, kind, kinds, indent + 1)
                lines += [f"{pad}    raise e{n}"] if again else []
            if final is not None:
                lines += [pad + "finally:", f"{pad}    log('finally {n}')"] + render(final, kind, kinds, indent + 1)
            return lines
        case ["twice", body]:
            return [pad + "for _ in range(2):"] + render(body, kind, kinds, indent + 1)
        case ["raise", n, name]:
            return [f"{pad}raise {name}({n})"]
        case ["return", n]:
            return [f"{pad}return {n}"]
        case ["op", n, op, k]:
            return [f"{pad}step({op!r}, {k}, {n})"]
        case ["states", n]:
            return [f"{pad}log(f'states {n} {{states()}}')"]
    raise ValueError(statement)


# ---- running them


def run(bodies, drive, limit):
    """The trace of a program, or None when it is too long."""
    trace, objects = [], []

    def log(entry):
        if len(trace) <= limit:
            trace.append(entry)

    def state(p):
        if inspect.isgenerator(p):
            name, sub = inspect.getgeneratorstate(p)[4:], p.gi_yieldfrom
        else:
            name, sub = inspect.getcoroutinestate(p)[5:], p.cr_await
        letter = "X" if name == "CLOSED" else name[0]
        if sub is None:
            return letter + "-"
        return letter + next((str(k) for k, other in enumerate(objects) if other is sub and type(sub) is type(p)), "?")

    def states():
        return " ".join(map(state, objects))

    def step(op, k, number):
        p = objects[k]
        try:
            if op == "next":
                result = next(p) if inspect.isgenerator(p) else p.send(None)
            elif op == "send":
                result = p.send(number)
            elif op == "throw":
                result = p.throw(ValueError(f"thrown {number}"))
            elif op == "exit":
                result = p.throw(GeneratorExit(f"thrown {number}"))
            else:
                result = p.close()
            log(f"{op} {k} {number} -> {result}")
        except RecursionError:
            raise
        except BaseException as e:
            log(f"{op} {k} {number} !! {shown(e)}")

    names = dict(log=log, step=step, states=states, shown=shown, value=value, Returns=Returns, P=objects)
    names |= FOREIGN | THROWN
    exec(source(bodies), names)
    objects += [names[f"b{k}"]() for k in range(len(bodies))]
    after = 0
    for op, k, number in drive:
        step(op, k, number)
        log(states())
        after += all(state(p) == "X-" for p in objects)
        if after == 4:
            break
    recorded = trace[:]
    # The rest of a program that is dropped half-way is not part of its trace.
    trace[:] = [""] * (limit + 1)
    return recorded if len(recorded) <= limit else None


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=2000)
    parser.add_argument("--limit", type=int, default=300, help="the longest trace")
    parser.add_argument("--least", type=int, default=12, help="how often bodies must go on at least")
    parser.add_argument("--show", action="store_true", help="print the program of this seed and its trace")
    parser.add_argument("file", nargs="?")
    options = parser.parse_args()
    if sys.version_info[:2] != (3, 13):
        sys.exit("needs CPython 3.13")
    warnings.simplefilter("ignore")
    sys.unraisablehook = lambda _: None

    if options.show:
        bodies, drive = Maker(options.seed).program()
        print(source(bodies), *run(bodies, drive, options.limit) or ["(too long)"], sep="\n")
        return
    seed, lines = options.seed, []
    while len(lines) < options.count:
        bodies, drive = Maker(seed).program()
        try:
            trace = run(bodies, drive, options.limit)
        except RecursionError:
            trace = None
        if trace is not None and sum(entry.startswith(INSIDE) for entry in trace) >= options.least:
            lines.append(json.dumps([seed, bodies, drive, trace], separators=(",", ":")))
        seed += 1
    with open(options.file, "wb") as raw, gzip.GzipFile("", "wb", 9, raw, mtime=0) as out:
        out.write(("\n".join(lines) + "\n").encode())
    print(f"{len(lines)} programs of {seed - options.seed}, {sum(map(len, lines))} characters")


if __name__ == "__main__":
    main()
