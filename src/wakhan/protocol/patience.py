"""One HTTP connection, with patience for slow clients, but not for ever."""

import asyncio
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol

from wakhan.protocol.limits import Limits


class PatientProtocol(H11Protocol):
    """A connection on which the head of a request, and the taking of the answer, have so much time.

    The protocol below it counts only the time between two requests.
    """

    limits = Limits()

    _deadline: asyncio.TimerHandle | None = None
    _is_heading = True
    """Whether the head of a request has begun, or is the first thing that must come."""

    def connection_made(self, transport: Any) -> None:  # noqa: ANN401 (as asyncio has it)
        """Begin: the first head is awaited."""
        super().connection_made(transport)
        self._wait(self.limits.head_seconds)

    def connection_lost(self, exc: Exception | None) -> None:
        """End."""
        self._wait(None)
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Take in what came; the head that begins with it must end in time."""
        super().data_received(data)
        if self.cycle is not None and not self.cycle.response_complete:
            self._wait(None)  # the application has limits of its own
            self._is_heading = False
        elif not self._is_heading:
            self._wait(self.limits.head_seconds)
            self._is_heading = True

    def on_response_complete(self) -> None:
        """Go on: what is still to be sent must be taken in time."""
        self._wait(self.limits.drain_seconds)
        self._is_heading = False
        super().on_response_complete()

    def _wait(self, seconds: float | None) -> None:
        if self._deadline is not None:
            self._deadline.cancel()
        self._deadline = None if seconds is None else self.loop.call_later(seconds, self.transport.abort)


def patient(limits: Limits) -> type[PatientProtocol]:
    """Return the protocol with these limits."""
    return type("BoundedProtocol", (PatientProtocol,), {"limits": limits})
