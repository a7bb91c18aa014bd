"""An async context manager that commits, or rolls back."""

import asyncio


class Transaction:
    async def __aenter__(self):
        await asyncio.sleep(0.01)
        print("begin")
        return self

    async def __aexit__(self, kind, error, traceback):
        await asyncio.sleep(0.01)
        print("commit" if error is None else f"rollback: {error}")
        return False


async def main():
    async with Transaction():
        print("insert")
    try:
        async with Transaction():
            raise ValueError("no such table")
    except ValueError as error:
        print("told:", error)


asyncio.run(main())
