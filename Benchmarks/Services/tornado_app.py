"""The echo in Tornado."""

import asyncio
import sys

import tornado.web
import tornado.websocket


class Echo(tornado.websocket.WebSocketHandler):
    async def on_message(self, message):
        await self.write_message(message)


async def main():
    tornado.web.Application([("/echo", Echo)]).listen(int(sys.argv[1]), "127.0.0.1", backlog=1024)
    await asyncio.Event().wait()


asyncio.run(main())
