"""A mail server and an SMS gateway of our own, on the loopback, which take things, refuse them, hang, or are not there."""

import socket
import threading
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP

TAKEN = "250 OK"


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


class MailSink:
    """`answers` are given to the first mails; an answer to the recipient under `recipient`. Everything after that is taken."""

    def __init__(self):
        self.mails, self.answers, self.recipient = [], [], TAKEN

    async def handle_RCPT(self, server, session, envelope, address, options):
        if self.recipient == TAKEN:
            envelope.rcpt_tos.append(address)
        return self.recipient

    async def handle_DATA(self, server, session, envelope):
        answer = self.answers.pop(0) if self.answers else TAKEN
        if answer == TAKEN:
            self.mails.append((envelope.rcpt_tos, envelope.content))
        return answer


class Persian(Controller):
    def factory(self):
        return SMTP(self.handler, enable_SMTPUTF8=True, ident="sink")


@contextmanager
def mail_server(port=None, sink=None):
    sink = sink or MailSink()
    controller = Persian(sink, hostname="127.0.0.1", port=port or free_port())
    controller.start()
    sink.port = controller.port
    try:
        yield sink
    finally:
        controller.stop()


@contextmanager
def mute(greeting=b""):
    """Takes connections, says `greeting` and nothing more; the port."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        held = []

        def take():
            try:
                while True:
                    held.append(server.accept()[0])
                    held[-1].sendall(greeting)
            except OSError:
                pass

        threading.Thread(target=take, daemon=True).start()
        yield server.getsockname()[1]
        server.shutdown(socket.SHUT_RDWR)
        for line in held:
            line.close()


class _Gateway(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        self.server.asked.append((self.path, dict(self.headers), body.decode()))
        status, headers = self.server.answers.pop(0) if self.server.answers else (200, {})
        if status == "drip":
            self._drip()
            return
        self.send_response(status)
        for name, value in ({"Content-Length": "2"} | headers).items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(b"{}")

    def _drip(self):
        try:
            for byte in b"HTTP/1.1 200 OK\r\nX: " + b"x" * 200:
                self.wfile.write(bytes([byte]))
                self.server.ended.wait(0.1)
        except OSError:
            pass

    def log_message(self, *told):
        pass


@contextmanager
def sms_gateway():
    """`asked` holds path, headers and body of each request; `answers` are (status, headers), and then 200 to everything."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Gateway)
    server.asked, server.answers, server.ended = [], [], threading.Event()
    server.url = f"http://127.0.0.1:{server.server_port}"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server
    finally:
        server.ended.set()
        server.shutdown()
        server.server_close()
