"""Log in to a server: a user and a password, or a token. None of them is ever part of a message."""

import base64
import os
from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import SplitResult, unquote, urlsplit
from urllib.request import (
    AbstractDigestAuthHandler,
    HTTPPasswordMgrWithDefaultRealm,
    Request,
    parse_http_list,
    parse_keqv_list,
)

from wakhan.errors import UsageError, WakhanError

USER, PASSWORD, TOKEN = "WAKHAN_USER", "WAKHAN_PASSWORD", "WAKHAN_TOKEN"
"""The environment variables that are read."""

_HINT = "Write the address of a SPARQL endpoint, such as http://localhost:7878/query."


class Login(NamedTuple):
    """What a server may be told about who asks.

    Attributes:
        user: The name of the user; empty if there is none.
        password: The password.
        token: A bearer token, which goes before user and password; empty if there is none.
    """

    user: str = ""
    password: str = ""
    token: str = ""

    def __bool__(self) -> bool:
        """Tell whether there is anything to log in with."""
        return bool(self.user or self.token)

    def __repr__(self) -> str:
        """Return no secret."""
        return "<Login>"

    def header(self, challenge: str, method: str, url: str) -> str:
        """Return the Authorization header with which a request is sent again.

        Args:
            challenge: The WWW-Authenticate header of the refusal; without one, Basic is taken.
            method: The method of the request.
            url: Its address.

        Raises:
            WakhanError: The server wants what cannot be done.
        """
        if self.token:
            return f"Bearer {self.token}"
        if challenge.lower().startswith("digest "):
            return self._digest(challenge.partition(" ")[2], method, url)
        if challenge and "basic" not in challenge.lower():
            raise WakhanError(f"the server asks for a login of another kind: {challenge.split()[0][:20]!r}")
        return "Basic " + base64.b64encode(f"{self.user}:{self.password}".encode()).decode()

    def _digest(self, challenge: str, method: str, url: str) -> str:
        known = HTTPPasswordMgrWithDefaultRealm()
        known.add_password(None, url, self.user, self.password)
        try:
            fields = parse_keqv_list(list(filter(None, parse_http_list(challenge))))
            answer = AbstractDigestAuthHandler(known).get_authorization(Request(url, method=method), fields)
        except (ValueError, OSError):
            answer = None
        if answer is None:
            raise WakhanError("the server asks for a Digest login of a kind that is not supported")
        return f"Digest {answer}"


def split_address(url: str) -> tuple[str, Login]:
    """Return *url* without user and password, and these two; checked.

    Raises:
        UsageError: It is not an http or https address.

    Example:
        >>> split_address("http://ann:secret@localhost:7878/query")[0]
        'http://localhost:7878/query'
    """
    secret = "@" in url
    told = "this" if secret else repr(url)
    try:
        parts = urlsplit(url)
        usable = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        usable = False
    if not usable or not url.isprintable() or " " in url or not url.isascii():
        raise UsageError(f"not the address of an endpoint: {told}", hint=_HINT)
    login = Login(unquote(parts.username or ""), unquote(parts.password or ""))
    bare = SplitResult(parts.scheme, parts.netloc.rpartition("@")[2], parts.path or "/", parts.query, "")
    return bare.geturl(), login


def find_login(of_url: Login, environment: Mapping[str, str] | None = None) -> Login:
    """Return the login of an address or, if it has none, that of the environment.

    Args:
        of_url: What the address said.
        environment: Where WAKHAN_TOKEN, WAKHAN_USER and WAKHAN_PASSWORD are; that of the process if not given.
    """
    if of_url:
        return of_url
    known = os.environ if environment is None else environment
    return Login(known.get(USER, ""), known.get(PASSWORD, ""), known.get(TOKEN, ""))


def shown(url: str) -> str:
    """Return *url* as it may be printed: without user, password and query, which may hold a key.

    Example:
        >>> shown("https://ann:secret@example.org/sparql?apikey=7")
        'https://example.org/sparql'
    """
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"
