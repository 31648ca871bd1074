"""A mail server on loopback that behaves, or misbehaves at a chosen step, and keeps the letters it was given."""

import socketserver
import threading
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes

HANG_SECONDS = 3


@dataclass
class Served:
    """What a mail server does, and what it got. ``trouble``: the command at which it misbehaves, and how."""

    trouble: dict = field(default_factory=dict)
    port: int = 0
    letters: list = field(default_factory=list)
    connections: int = 0
    hanging: threading.Event = field(default_factory=threading.Event)


class _Talk(socketserver.StreamRequestHandler):
    def handle(self):
        served = self.server.served
        served.connections += 1
        if self._tells("connect", "220 here"):
            while line := self.rfile.readline():
                if not self._answers(line.strip().decode(), served):
                    return

    def _tells(self, step, usual):
        """Answer as agreed for this step; False when the talk is over."""
        how = self.server.served.trouble.get(step, usual)
        if how == "drop":
            return False
        if how == "hang":
            self.server.served.hanging.wait(HANG_SECONDS)
            return False
        self.wfile.write(f"{how}\r\n".encode())
        return True

    def _answers(self, line, served):
        command = line.split(":")[0].split(" ")[0].lower()
        if command == "data":
            return self._takes(served)
        if command == "quit":
            self.wfile.write(b"221 bye\r\n")
            return False
        return self._tells(command, "250 fine")

    def _takes(self, served):
        if not self._tells("data", "354 go on"):
            return False
        if not str(served.trouble.get("data", "354")).startswith("354"):
            return True
        text = b""
        while not text.endswith(b"\r\n.\r\n") and (line := self.rfile.readline()):
            text += line
        if served.trouble.get("taken") != "500 no":
            served.letters.append(message_from_bytes(text))
        return self._tells("taken", "250 taken")


class _Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    allow_reuse_address = True


@contextmanager
def mail_server(**trouble):
    """A mail server for a while: ``rcpt="550 no such user"``, ``connect="hang"``, ``taken="drop"``."""
    served = Served(trouble)
    with _Server(("127.0.0.1", 0), _Talk) as server:
        server.served, served.port = served, server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        try:
            yield served
        finally:
            served.hanging.set()
            server.shutdown()
            thread.join()


def text_of(letter):
    """What a letter says."""
    words = next(each for each in letter.walk() if each.get_content_type() == "text/plain")
    return words.get_payload(decode=True).decode()
