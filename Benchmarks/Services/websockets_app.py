"""The echo by the package websockets, without compression as the others."""

import asyncio
import sys

from websockets.asyncio.server import serve


async def echo(socket):
    async for message in socket:
        await socket.send(message)


async def main():
    async with serve(echo, "127.0.0.1", int(sys.argv[1]), compression=None, backlog=1024) as server:
        await server.serve_forever()


asyncio.run(main())
