"""A decorator that takes a generator to its first yield."""

import functools


def coroutine(function):
    @functools.wraps(function)
    def primer(*args, **kwargs):
        generator = function(*args, **kwargs)
        next(generator)
        return generator

    return primer


@coroutine
def averager():
    total, count, average = 0.0, 0, None
    while True:
        total += yield average
        count += 1
        average = total / count


average = averager()
print(average.send(40))
print(average.send(50))
