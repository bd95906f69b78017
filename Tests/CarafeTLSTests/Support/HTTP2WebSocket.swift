/// Python's arguments for a client that opens a WebSocket by an extended CONNECT (RFC 8441), and speaks in masked frames.
func http2WebSocket(_ port: Int, _ body: String) -> [String] {
    [
        "-c",
        """
        import sys; sys.path.insert(0, "\(clients)")
        from wire import *
        c = Client(\(port))
        def connect(*more, path="/ws", protocol="websocket", version="13"):
            c.send(c.headers(1, [(":method", "CONNECT"), (":protocol", protocol), (":scheme", "http"), (":path", path),
                (":authority", "localhost"), ("sec-websocket-version", version), *more], END_HEADERS))
            frame = c.read()
            return dict(frame.fields) if isinstance(frame, frames.HeadersFrame) else CODES[frame.error_code]
        def send(opcode, content, flags=0):
            length = bytes([0x80 | len(content)]) if len(content) < 126 else b"\\xfe" + struct.pack(">H", len(content))
            c.send(raw(DATA, flags, 1, bytes([0x80 | opcode]) + length + b"\\0\\0\\0\\0" + content))
        def read():
            while (frame := c.read()) is not None:
                if isinstance(frame, frames.DataFrame) and (frame.data or "END_STREAM" in frame.flags): return bytes(frame.data)
                if isinstance(frame, frames.RstStreamFrame): return CODES[frame.error_code]
        \(body)
        """,
    ]
}
