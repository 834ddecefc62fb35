"""
Telling the portal that there is news; never what news.
"""

from __future__ import annotations

from http.client import HTTPException
from urllib.parse import urlencode
from urllib.request import HTTPHandler, HTTPSHandler, OpenerDirector

from attrs import frozen

from ._records import Payment

TIMEOUT_SECONDS = 5.0


@frozen
class Answered:
    """
    The portal answered, with this HTTP status.
    """

    status: int


@frozen
class NotReached:
    """
    The portal did not answer; *problem* says what happened, in English.
    """

    problem: str


def send(payment: Payment) -> Answered | NotReached:
    """
    POST `idop=KEY` to the portal, as PayFiP does, once.
    """
    # Only these: no file:, no redirection followed, and no proxy between two
    # programs of one machine.
    opener = OpenerDirector()
    opener.add_handler(HTTPHandler())
    opener.add_handler(HTTPSHandler())
    data = urlencode({"idop": payment.key}).encode()
    try:
        answer = opener.open(
            payment.order.notify_url, data, timeout=TIMEOUT_SECONDS
        )
    except (OSError, HTTPException, ValueError) as error:
        return NotReached(str(error))
    if answer is None:
        return NotReached("not an http(s) address")
    with answer:
        return Answered(answer.status)
