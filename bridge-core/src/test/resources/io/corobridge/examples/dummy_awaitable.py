"""A coroutine that awaits an object of our own is stepped by hand."""


class DummyAwaitable:
    def __init__(self, number):
        self.number = number

    def __await__(self):
        print("asks", self.number)
        answer = yield self.number
        print("gets", answer)
        return answer * 2


async def main():
    first = await DummyAwaitable(1)
    second = await DummyAwaitable(2)
    return first + second


coroutine = main()
print("yields", coroutine.send(None))
print("yields", coroutine.send(10))
try:
    coroutine.send(20)
except StopIteration as stop:
    print("returns", stop.value)
