"""A delegating generator keeps the results of a sub-generator that its caller talks to."""


def averager():
    total, count = 0.0, 0
    while (term := (yield)) is not None:
        total += term
        count += 1
    return count, total / count


def grouper(results, key):
    while True:
        results[key] = yield from averager()


data = {"girls": [40.5, 38.5, 44.0], "boys": [39.0, 41.0]}
results = {}
for key, values in data.items():
    group = grouper(results, key)
    next(group)
    for value in values:
        group.send(value)
    group.send(None)
for key, (count, average) in results.items():
    print(f"{count} {key} averaging {average:.2f}")
