"""An async iterator, and async for over it."""

import asyncio


class Reader:
    def __init__(self, *lines):
        self.lines = list(lines)

    def __aiter__(self):
        return self

    async def __anext__(self):
        await asyncio.sleep(0.01)
        if not self.lines:
            raise StopAsyncIteration
        return self.lines.pop(0)


async def main():
    async for line in Reader("one", "two", "three"):
        print(line)
    print("end")


asyncio.run(main())
