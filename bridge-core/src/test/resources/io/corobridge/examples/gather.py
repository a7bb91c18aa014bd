"""Three factorials at the same time."""

import asyncio


async def factorial(name, number, pause):
    product = 1
    for i in range(2, number + 1):
        print(f"Task {name}: factorial({number}), i={i}")
        await asyncio.sleep(pause)
        product *= i
    print(f"Task {name}: factorial({number}) = {product}")
    return product


async def main():
    print(await asyncio.gather(factorial("A", 2, 0.1), factorial("B", 3, 0.11), factorial("C", 4, 0.12)))


asyncio.run(main())
