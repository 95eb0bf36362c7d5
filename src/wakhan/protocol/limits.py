"""How much one server gives: to a query, to a client, and at once."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """What no request can go beyond; times in seconds, sizes in bytes.

    Attributes:
        query_seconds: How long one query may run.
        queue_seconds: How long one may wait for its turn.
        queue_length: How many may wait.
        memory: How much memory a process that runs queries may have; 0 for no limit. Not every platform keeps it.
        request_bytes: How long a query, or the body that brings it, may be.
        answer_bytes: How long an answer may be.
        head_seconds: How long a client may take to send the head of a request.
        body_seconds: How long it may take to send the body.
        idle_seconds: How long a connection stays open between requests.
        drain_seconds: How long a client may take to fetch the rest of an answer.
        connections: How many connections there may be.
    """

    query_seconds: float = 10.0
    queue_seconds: float = 10.0
    queue_length: int = 64
    memory: int = 1024 * 2**20
    request_bytes: int = 2**20
    answer_bytes: int = 64 * 2**20
    head_seconds: float = 10.0
    body_seconds: float = 20.0
    idle_seconds: int = 5
    drain_seconds: float = 120.0
    connections: int = 400
