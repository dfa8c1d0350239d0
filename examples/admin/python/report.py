"""Counting and printing of checks, and the assertions they are made of."""

from typing import Any, Callable


class Refusal(Exception):
    """What a client makes of an error answer."""

    def __init__(self, code: str, message: str, request_id: str) -> None:
        super().__init__(f"{code}: {message}")
        self.code, self.message, self.request_id = code, message, request_id


class Report:
    def __init__(self) -> None:
        self._passed = 0
        self._failed = 0

    def check(self, name: str, body: Callable[[], None]) -> None:
        try:
            body()
        except Exception as error:  # any exception is the reason why a check failed
            self._failed += 1
            why = " ".join(f"{type(error).__name__} {error}".split())
            print(f"FAIL {name}: {why}", flush=True)
        else:
            self._passed += 1
            print(f"ok {name}", flush=True)

    def finish(self) -> int:
        print(f"{self._passed} passed, {self._failed} failed", flush=True)
        return 0 if self._failed == 0 else 1


def equal(what: str, actual: Any, wanted: Any) -> None:
    if actual != wanted:
        raise AssertionError(f"{what} is {actual!r}, not {wanted!r}")


def true(what: str, value: bool) -> None:
    if not value:
        raise AssertionError(f"not so: {what}")


def refused(code: str, call: Callable[[], Any]) -> None:
    """The call must fail with exactly this code, and with a message and a request id."""
    try:
        call()
    except Refusal as error:
        equal("code", error.code, code)
        true("the error has a message", bool(error.message))
        true("the error has a request id", bool(error.request_id))
        return
    raise AssertionError(f"the call succeeded; {code} was expected")
