"""Send requests to a server: with time limits, patience where it does no harm, and errors that say what went wrong."""

import re
import time
from collections.abc import Mapping
from types import TracebackType
from typing import NamedTuple

import urllib3
from urllib3 import exceptions
from urllib3.connectionpool import ConnectionPool
from urllib3.util import Retry, Timeout

from wakhan.errors import WakhanError
from wakhan.report.words import one_line
from wakhan.servers.login import Login, shown

LIMIT = 256 * 2**20
"""How many bytes an answer may have."""

TIMEOUT = 60.0
"""How many seconds an answer may take."""

_CONNECT = 10.0
_LONGEST_PAUSE = 10
_BUSY = frozenset({429, 503})  # a server that says so has not begun
_BROKEN = frozenset({502, 504})  # a server behind the server may have
_TRIES = 2
_CHUNK = 65536
_WIDTH = 200
_TAG = re.compile(r"<(?:style|script|title)\b.*?</(?:style|script|title)>|<[^>]*>", re.DOTALL | re.IGNORECASE)


class Reply(NamedTuple):
    """What a server answers.

    Attributes:
        status: The HTTP status.
        headers: The headers, by name; upper and lower case do not matter.
        body: The whole body.
    """

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def media_type(self) -> str:
        """The media type in lower case and without its parameters; empty if the server gives none."""
        return self.headers.get("content-type", "").partition(";")[0].strip().lower()

    @property
    def line(self) -> str:
        """The body as one short line of printable text."""
        text = self.body[:20_000].decode("utf-8", "replace")
        if self.media_type.endswith(("html", "xml")):
            text = _TAG.sub(" ", text)
        return short(text)


class Transport:
    """A connection to a server, kept open between requests.

    Args:
        login: What to log in with when the server asks for it.
        timeout: How many seconds one answer may take.
        limit: How many bytes one answer may have.

    Attributes:
        server: What the server has called itself; empty before its first answer.
    """

    def __init__(self, login: Login | None = None, *, timeout: float = TIMEOUT, limit: int = LIMIT) -> None:
        self.login = login or Login()
        self.timeout = timeout
        self.limit = limit
        self.server = ""
        self._challenge: str | None = None
        self._pool = urllib3.PoolManager(timeout=Timeout(connect=min(_CONNECT, timeout), read=timeout))

    def send(self, method: str, url: str, body: bytes, headers: Mapping[str, str], *, again: bool) -> Reply:
        """Send a request and return the answer, whatever its status.

        A connection that could not be made and a server that is busy (429, 503) are tried again: nothing has been done
        yet. Where the request may have been carried out (a broken connection, 502, 504), that depends on *again*; a
        timeout is never tried again.

        Args:
            method: GET, POST, PUT and so on.
            url: The address, without user and password.
            body: What to send.
            headers: The headers.
            again: Whether it does no harm to carry out the request twice.

        Raises:
            WakhanError: No answer, or none within the limits.
        """
        known = self.login.header(self._challenge or "", method, url) if self._is_known() else None
        reply = self._once(method, url, body, headers, known, again)
        if reply.status not in (401, 403) or not self.login.user or self.login.token:
            return reply
        challenge = reply.headers.get("www-authenticate", "")
        if known is None or challenge.lower().startswith("digest"):  # else the password is wrong
            self._challenge = challenge
            reply = self._once(method, url, body, headers, self.login.header(challenge, method, url), again)
        return reply

    def _is_known(self) -> bool:
        """Tell whether the server has said how to log in, or need not."""
        return bool(self.login.token) or (bool(self.login.user) and self._challenge is not None)

    def _once(
        self, method: str, url: str, body: bytes, headers: Mapping[str, str], authorization: str | None, again: bool
    ) -> Reply:
        sent = {**headers, **({} if authorization is None else {"Authorization": authorization})}
        deadline = time.monotonic() + self.timeout
        retries = _Patience(
            total=5,
            connect=_TRIES,
            read=_TRIES if again else 0,
            other=0,
            redirect=3,
            status=_TRIES,
            allowed_methods=None,
            status_forcelist=_BUSY | _BROKEN if again else _BUSY,
            backoff_factor=0.25,
            raise_on_status=False,
        )
        try:
            reply = self._pool.request(
                method, url, body=body, headers=sent, retries=retries, preload_content=False, redirect=True
            )
            self.server = reply.headers.get("server", "")
            return Reply(reply.status, reply.headers, self._read(reply, deadline, url))
        except (exceptions.HTTPError, OSError) as error:
            raise self._told(error, url) from None

    def _read(self, reply: urllib3.BaseHTTPResponse, deadline: float, url: str) -> bytes:
        """Return the body; what comes too slowly or is too long is not read to its end."""
        body = bytearray()
        try:
            while chunk := reply.read1(_CHUNK):
                body += chunk
                if len(body) > self.limit:
                    raise WakhanError(
                        f"{shown(url)}: the answer has more than {self.limit:,} bytes", hint="Ask for less."
                    )
                if time.monotonic() > deadline:
                    raise self._late(url)
        except BaseException:
            reply.close()
            raise
        reply.release_conn()
        return bytes(body)

    def _late(self, url: str) -> WakhanError:
        hint = "Give it more time with --timeout, or ask for less. It may still be at work."
        return WakhanError(f"{shown(url)}: no answer within {self.timeout:g} seconds", hint=hint)

    def _told(self, error: Exception, url: str) -> WakhanError:
        """Return what went wrong, in words."""
        reason = error.reason if isinstance(error, exceptions.MaxRetryError) and error.reason else error
        for kind, text, hint in _TOLD:  # before the timeouts, of which a refused connection is counted as one
            if isinstance(reason, kind):
                return WakhanError(f"{shown(url)}: {text}", hint=hint)
        if isinstance(reason, exceptions.TimeoutError):
            return self._late(url)
        if "redirect" in str(reason):
            return WakhanError(f"{shown(url)}: it leads from one address to another without end")
        cause = reason.args[-1] if reason.args else reason  # urllib3 puts the error of the socket last
        if isinstance(cause, exceptions.IncompleteRead):
            return WakhanError(f"{shown(url)}: the answer broke off")
        return WakhanError(f"{shown(url)}: the connection broke: {short(str(cause))}")


class _Patience(Retry):
    """Tries again as it is told to, but not after a timeout, and not at an hour that a server names."""

    def increment(
        self,
        method: str | None = None,
        url: str | None = None,
        response: urllib3.BaseHTTPResponse | None = None,
        error: Exception | None = None,
        _pool: ConnectionPool | None = None,
        _stacktrace: TracebackType | None = None,
    ) -> "_Patience":
        """Return what is left of the patience."""
        if isinstance(error, exceptions.ReadTimeoutError):
            raise error
        return super().increment(method, url, response, error, _pool, _stacktrace)

    def get_retry_after(self, response: urllib3.BaseHTTPResponse) -> float | None:
        """Return how many seconds to wait, at most ten."""
        try:
            after = super().get_retry_after(response)
        except exceptions.InvalidHeader:
            return None
        return None if after is None else min(after, _LONGEST_PAUSE)


_TOLD: tuple[tuple[type[Exception], str, str | None], ...] = (
    (exceptions.NameResolutionError, "no server has this name", "Check the address, and whether you are online."),
    (exceptions.NewConnectionError, "the connection is refused", "Check the address, and whether the server runs."),
    (exceptions.SSLError, "no secure connection can be made", "Its certificate may be unknown, or it speaks http."),
)


def short(text: str) -> str:
    r"""Return what a server says as one line of at most 200 characters, none of which steers a terminal.

    Example:
        >>> short("no\n  such \x1b[31mgraph")
        'no such \\x1b[31mgraph'
    """
    line = one_line(text)
    return line if len(line) <= _WIDTH else f"{line[: _WIDTH - 1]}…"


def refusal(reply: Reply, url: str, login: Login) -> WakhanError:
    """Return the error for an answer whose status is not that of success.

    Args:
        reply: The answer.
        url: Where it comes from.
        login: What was logged in with, if anything.
    """
    said = f" ({reply.line})" if reply.line else ""
    text, hint = _REFUSALS.get(reply.status, (f"the server fails with status {reply.status}", None))
    if reply.status == 401 and login:
        text, hint = "the server does not accept this user and password, or this token", None
    return WakhanError(f"{shown(url)}: {text}{said}", hint=hint)


_REFUSALS: dict[int, tuple[str, str | None]] = {
    400: ("the server refuses the request", None),
    401: (
        "the server asks who you are",
        "Set WAKHAN_USER and WAKHAN_PASSWORD, or WAKHAN_TOKEN, in the environment.",
    ),
    403: ("the server does not allow this", "It may be read-only, or this user may not write."),
    404: ("there is nothing at this address", "Check the path: /query, /sparql, /update or /store, for example."),
    405: ("this address does not take such a request", "Check the path: it may be for something else."),
    406: ("the server has no answer in a format that can be read", None),
    408: ("the server ran out of time", "Ask for less."),
    413: ("this is more than the server takes at once", None),
    415: ("the server does not take this format", None),
    429: ("the server has been asked too often", "Try again later."),
    503: ("the server is busy or down", "Try again later."),
    504: ("a server behind the server ran out of time", "Ask for less."),
}
