"""A generator that is sent numbers, and yields their average."""


def averager():
    total, count, average = 0.0, 0, None
    while True:
        term = yield average
        total += term
        count += 1
        average = total / count


average = averager()
print(next(average))
for term in (10, 30, 5):
    print(average.send(term))
average.close()
try:
    average.send(1)
except StopIteration:
    print("closed")
