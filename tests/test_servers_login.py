"""A login goes to the server that asks for it, in the way that it asks, and into no message."""

import hashlib
import re

import pytest

from wakhan.errors import WakhanError
from wakhan.servers.login import Login, find_login, shown, split_address

DIGEST = 'Digest realm="SPARQL", nonce="4d28", opaque="5ebe", qop="auth", algorithm="MD5"'


def md5(text: str) -> str:
    return hashlib.md5(text.encode()).hexdigest()


def test_the_login_of_an_address_goes_before_that_of_the_environment() -> None:
    environment = {"WAKHAN_USER": "bob", "WAKHAN_PASSWORD": "b", "WAKHAN_TOKEN": "t"}
    url, login = split_address("https://ann:p%40ss@example.org:8080/sparql?key=1#part")
    assert url == "https://example.org:8080/sparql?key=1"
    assert find_login(login, environment) == Login("ann", "p@ss")
    assert find_login(Login(), environment) == Login("bob", "b", "t")
    assert not find_login(Login(), {})


def test_a_login_is_answered_as_the_server_asks() -> None:
    login = Login("ann", "secret")
    assert login.header("", "GET", "http://a/") == login.header('Basic realm="x"', "GET", "http://a/")
    assert login.header("", "GET", "http://a/") == "Basic YW5uOnNlY3JldA=="
    assert Login("ann", "secret", "t").header(DIGEST, "GET", "http://a/") == "Bearer t"
    with pytest.raises(WakhanError, match="another kind: 'Negotiate'"):
        login.header("Negotiate", "GET", "http://a/")


def test_a_digest_is_what_the_standard_has() -> None:
    header = Login("ann", "secret").header(DIGEST, "PUT", "http://a/store?graph=g")
    fields = {name: quoted or bare for name, quoted, bare in re.findall(r'(\w+)=(?:"([^"]*)"|(\w+))', header)}
    assert fields["uri"] == "/store?graph=g"
    inner = ":".join((fields["nonce"], fields["nc"], fields["cnonce"], "auth", md5("PUT:/store?graph=g")))
    assert fields["response"] == md5(f"{md5('ann:SPARQL:secret')}:{inner}")


def test_a_digest_of_an_unknown_kind_is_said() -> None:
    for challenge in (DIGEST.replace("MD5", "SHA-9"), DIGEST.replace('"auth"', '"auth-int"'), "Digest x"):
        with pytest.raises(WakhanError, match="Digest login of a kind"):
            Login("ann", "secret").header(challenge, "GET", "http://a/")


def test_no_secret_is_shown() -> None:
    assert "secret" not in repr(Login("ann", "secret", "secret"))
    assert shown("http://ann:secret@[::1]:7878/query?apikey=secret") == "http://[::1]:7878/query"
