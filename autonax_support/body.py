"""What a person sends comes whole or not at all."""

from collections.abc import Callable, Iterable
from typing import IO, Any

Application = Callable[[dict[str, Any], Callable], Iterable[bytes]]


class WholeBody:
    """The input of one request, `announced` bytes long. A line that breaks earlier is an error, as for every reader of a file.

    Servers end the input there as if that were all, and the parser of forms would take the half of a file for a file.
    """

    def __init__(self, source: IO[bytes], announced: int) -> None:
        self._source, self._left = source, announced

    def read(self, size: int | None = -1) -> bytes:
        wanted = self._left if size is None or size < 0 else min(size, self._left)
        pieces = []
        while wanted:
            pieces.append(self._came(self._source.read(wanted)))
            wanted -= len(pieces[-1])
        return b"".join(pieces)

    def readline(self, size: int | None = -1) -> bytes:
        most = self._left if size is None or size < 0 else min(size, self._left)
        return self._came(self._source.readline(most)) if most else b""

    def _came(self, piece: bytes) -> bytes:
        if not piece:
            raise ConnectionResetError(f"the line broke {self._left} bytes before the end of the request")
        self._left -= len(piece)
        return piece


def whole(application: Application) -> Application:
    """The same application, to which no half of a request ever comes."""

    def guarded(environ: dict[str, Any], start_response: Callable) -> Iterable[bytes]:
        announced = environ.get("CONTENT_LENGTH") or "0"
        if announced.isascii() and announced.isdigit():
            environ["wsgi.input"] = WholeBody(environ["wsgi.input"], int(announced))
        return application(environ, start_response)

    return guarded
