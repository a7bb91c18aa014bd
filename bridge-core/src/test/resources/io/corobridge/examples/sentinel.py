"""A sentinel ends a generator, and an exception that it handles does not."""


class DemoException(Exception):
    pass


def demo():
    print("started")
    try:
        while True:
            try:
                x = yield
            except DemoException:
                print("handled")
            else:
                if x == "stop":
                    return "result"
                print("received", x)
    finally:
        print("ending")


generator = demo()
next(generator)
generator.send(11)
generator.throw(DemoException)
generator.send(22)
try:
    generator.send("stop")
except StopIteration as stop:
    print(stop.value)

other = demo()
next(other)
try:
    other.throw(ZeroDivisionError("unhandled"))
except ZeroDivisionError as error:
    print(error)
