"""A client that says whatever it likes: frames are made and read one by one."""

import socket
import struct
import time

import hpack
from hyperframe import frame as frames

PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"
NO_ERROR, PROTOCOL_ERROR, INTERNAL_ERROR, FLOW_CONTROL_ERROR = 0, 1, 2, 3
SETTINGS_TIMEOUT, STREAM_CLOSED, FRAME_SIZE_ERROR, REFUSED_STREAM = 4, 5, 6, 7
CANCEL, COMPRESSION_ERROR, CONNECT_ERROR, ENHANCE_YOUR_CALM = 8, 9, 10, 11
CODES = "NO_ERROR PROTOCOL_ERROR INTERNAL_ERROR FLOW_CONTROL_ERROR SETTINGS_TIMEOUT STREAM_CLOSED FRAME_SIZE_ERROR " \
    "REFUSED_STREAM CANCEL COMPRESSION_ERROR CONNECT_ERROR ENHANCE_YOUR_CALM".split()
DATA, HEADERS, PRIORITY, RST_STREAM, SETTINGS, PUSH_PROMISE, PING, GOAWAY, WINDOW_UPDATE, CONTINUATION = range(10)
END_STREAM, END_HEADERS, PADDED, HAS_PRIORITY, ACK = 0x1, 0x4, 0x8, 0x20, 0x1


def raw(kind, flags=0, stream=0, payload=b"", length=None):
    """A frame's bytes, whether or not they make sense."""
    length = len(payload) if length is None else length
    return struct.pack(">I", length)[1:] + bytes([kind, flags]) + struct.pack(">I", stream) + payload


def settings(*pairs):
    return raw(SETTINGS, payload=b"".join(struct.pack(">HI", key, value) for key, value in pairs))


def window_update(stream, increment):
    return raw(WINDOW_UPDATE, stream=stream, payload=struct.pack(">I", increment))


def rst(stream, code=CANCEL):
    return raw(RST_STREAM, stream=stream, payload=struct.pack(">I", code))


class Client:
    def __init__(self, port, greeting=True, settings_pairs=(), timeout=60.0, receive_buffer=None):
        self.socket = socket.socket()
        if receive_buffer:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        self.socket.connect(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.timeout = timeout
        self.buffer = b""
        self.is_closed = False
        self.encoder = hpack.Encoder()
        self.decoder = hpack.Decoder(max_header_list_size=1 << 24)
        self.decoder.max_allowed_table_size = (1 << 32) - 1
        self.port = port
        self.server_settings = {}
        if greeting:
            self.send(PREFACE + settings(*settings_pairs))
            # Both sides' settings are in force from here on.
            while not self.server_settings:
                self.read()
            self.send(raw(SETTINGS, ACK))
            while True:
                frame = self.read()
                if frame is None or isinstance(frame, frames.SettingsFrame) and "ACK" in frame.flags:
                    break

    def send(self, *pieces):
        try:
            self.socket.sendall(b"".join(pieces))
        except OSError:
            self.is_closed = True

    def read(self, timeout=None):
        """The next frame; None at the end of the connection, or when nothing comes."""
        end = time.monotonic() + (self.timeout if timeout is None else timeout)
        while True:
            if len(self.buffer) >= 9:
                length = int.from_bytes(self.buffer[:3], "big")
                if len(self.buffer) >= 9 + length:
                    head, body = self.buffer[:9], self.buffer[9:9 + length]
                    self.buffer = self.buffer[9 + length:]
                    frame, _ = frames.Frame.parse_frame_header(memoryview(head))
                    frame.parse_body(memoryview(body))
                    if isinstance(frame, frames.SettingsFrame) and "ACK" not in frame.flags:
                        self.server_settings = dict(frame.settings)
                        self.server_settings["seen"] = True
                    if isinstance(frame, (frames.HeadersFrame, frames.PushPromiseFrame)):
                        frame.fields = self.decoder.decode(frame.data)
                    return frame
            self.socket.settimeout(max(0.001, end - time.monotonic()))
            try:
                piece = self.socket.recv(1 << 16)
            except TimeoutError:
                return None
            except OSError:
                piece = b""
            if not piece:
                self.is_closed = True
                return None
            self.buffer += piece

    def fields(self, *more, method="GET", path="/", scheme="http", authority="x"):
        return [(":method", method), (":scheme", scheme), (":path", path), (":authority", authority), *more]

    def encode(self, fields):
        return self.encoder.encode(fields, huffman=False)

    def headers(self, stream, fields=None, flags=END_STREAM | END_HEADERS):
        return raw(HEADERS, flags, stream, self.encode(self.fields() if fields is None else fields))

    def response(self, stream, timeout=None):
        """The status and the content of a response; the name of an error where there is none."""
        status, content, more = None, bytearray(), {}
        end = time.monotonic() + (timeout or self.timeout)
        while time.monotonic() < end:
            frame = self.read(end - time.monotonic())
            if frame is None:
                return "closed" if self.is_closed else "nothing"
            if isinstance(frame, frames.GoAwayFrame) and frame.error_code:
                return "GOAWAY " + CODES[frame.error_code]
            if frame.stream_id != stream:
                continue
            if isinstance(frame, frames.RstStreamFrame):
                if status is not None and frame.error_code == NO_ERROR:
                    continue
                return "RST_STREAM " + CODES[frame.error_code]
            if isinstance(frame, frames.HeadersFrame):
                more = dict(frame.fields)
                if not more.get(":status", "200").startswith("1"):
                    status = more.get(":status", status)
                self.last_fields = more
            if isinstance(frame, frames.DataFrame):
                content += frame.data
                if frame.flow_controlled_length and "END_STREAM" not in frame.flags:
                    self.send(window_update(0, frame.flow_controlled_length), window_update(stream, frame.flow_controlled_length))
            if "END_STREAM" in getattr(frame, "flags", ()):
                return (status, bytes(content))
        return "nothing"

    def outcome(self, stream=None):
        """What the server makes of it: GOAWAY, RST_STREAM, closed, a status, an answer to PING, or nothing."""
        while True:
            frame = self.read()
            if frame is None:
                return "closed" if self.is_closed else "nothing"
            if isinstance(frame, frames.GoAwayFrame):
                return "GOAWAY " + CODES[frame.error_code]
            if isinstance(frame, frames.RstStreamFrame):
                return "RST_STREAM " + CODES[frame.error_code]
            if isinstance(frame, frames.PingFrame) and "ACK" in frame.flags:
                return "PING"
            if isinstance(frame, frames.HeadersFrame):
                status = dict(frame.fields).get(":status")
                if "END_STREAM" in frame.flags:
                    return status
            if isinstance(frame, frames.DataFrame) and "END_STREAM" in frame.flags:
                return status

    def lives(self):
        """Whether the connection still answers."""
        self.send(raw(PING, payload=b"12345678"))
        while True:
            frame = self.read()
            if frame is None:
                return False
            if isinstance(frame, frames.PingFrame) and "ACK" in frame.flags and bytes(frame.opaque_data) == b"12345678":
                return True

    def close(self):
        self.socket.close()
