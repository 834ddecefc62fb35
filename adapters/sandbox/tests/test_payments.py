"""
The provider, as a portal asks it.
"""

import datetime as dt
import shutil
import stat
from typing import ClassVar

import pytest
from attrs import evolve as replace

from adapters.sandbox.tests.conftest import DeskPayer
from portail_core.domain.money import Money, eur
from portail_core.domain.payments import Mode, Outcome, Paid
from portail_core.ports.payment import (
    KeyUnknown,
    PaymentProvider,
    ProviderUnavailable,
)
from portail_core.testing.payment_contract import PaymentContract, an_order
from portail_sandbox import (
    AlreadyPaid,
    Decision,
    Fault,
    SandboxDesk,
    SandboxPayments,
)

PAID_AT = dt.datetime(2026, 5, 13, 9, 20, 5, tzinfo=dt.UTC)
LATER = PAID_AT + dt.timedelta(days=1)


def make_payment(place):
    desk = SandboxDesk(place / "payments")
    return SandboxPayments(directory=place / "payments"), DeskPayer(desk)


class TestContract(PaymentContract):
    make_payment = staticmethod(make_payment)
    key_parameters: ClassVar[tuple[str, ...]] = ("idop", "idOp", "key")


class TestLive(PaymentContract):
    """
    The same, where it says that money moves.
    """

    @pytest.fixture
    def provider(self, directory):
        return SandboxPayments(directory=directory, mode=Mode.LIVE)


class TestProvider:
    def test_like_payfip(self, provider: PaymentProvider) -> None:
        """
        Unless told otherwise, its limits are PayFiP's, and it is a test.
        """
        assert "sandbox" == provider.name
        assert eur("1.00") == provider.minimum
        assert eur("99999.99") == provider.maximum
        assert dt.timedelta(hours=2) == provider.horizon
        assert Mode.TEST is provider.mode

    def test_redirect(self, directory):
        """
        The payer is sent to the page, which is told the key.
        """
        page = "http://localhost:8010/demo"
        provider = SandboxPayments(directory=directory, page=page)

        made = provider.create(an_order())

        assert f"{page}/pay/{made.key}" == made.redirect_url

    @pytest.mark.parametrize(
        "change",
        [
            {"reference": "ABCDE"},
            {"reference": "A" * 31},
            {"reference": "ATTEMPT-0001"},
            {"amount": eur("0.99")},
            {"amount": eur("100000.00")},
            {"email": "parent@example.org\r\nBcc: other@example.org"},
            {"return_url": "javascript:alert(1)"},
            {"return_url": "https://portail.example.org\r\nX: y"},
            {"notify_url": "file:///etc/passwd"},
            {"notify_url": "https://portail.example.org;x/"},
        ],
        ids=str,
    )
    def test_order_that_payfip_never_takes(self, provider, desk, change):
        """
        What no retry mends is the portal's error, and creates nothing.
        """
        with pytest.raises(ValueError, match="not"):
            provider.create(replace(an_order(), **change))

        assert () == desk.list()

    @pytest.mark.parametrize(
        "wrong",
        [
            {"minimum": Money(1)},
            {"minimum": eur("2.00"), "maximum": eur("1.99")},
            {"horizon": dt.timedelta()},
            {"page": "http://127.0.0.1:8010/"},
            {"page": "127.0.0.1:8010"},
        ],
        ids=str,
    )
    def test_limits_that_make_no_sense(self, directory, wrong):
        """
        A sandbox where nothing could be paid is not made.
        """
        with pytest.raises(ValueError, match=r"minimum|horizon|page"):
            SandboxPayments(directory=directory, **wrong)

        assert not directory.exists()

    def test_relative_folder(self, tmp_path):
        """
        Folders are absolute: a process may change its current one.
        """
        relative = tmp_path.relative_to("/")

        with pytest.raises(ValueError, match="directory is"):
            SandboxPayments(directory=relative)
        with pytest.raises(ValueError, match="tickets is"):
            SandboxPayments(directory=tmp_path, tickets=relative)

    def test_private(self, provider, directory, key):
        """
        Orders hold e-mail addresses: no other user of the machine reads them.
        """
        folder = directory.stat()
        file = (directory / f"{key}.json").stat()

        assert 0o700 == stat.S_IMODE(folder.st_mode)
        assert 0o600 == stat.S_IMODE(file.st_mode)

    @pytest.mark.parametrize(
        "text",
        ["../secret", "0" * 31, "0" * 33, "G" * 32, "A" * 32, "٣" * 32],
    )
    def test_nothing_but_keys_becomes_a_file(
        self, provider, desk, directory, text
    ):
        """
        Neither the provider nor the desk opens a file by another name.
        """
        (directory.parent / "secret.json").write_text("{}")

        with pytest.raises(KeyUnknown):
            provider.look_up(text)
        with pytest.raises(KeyUnknown):
            desk.decide(text, Decision.PAID, PAID_AT)
        with pytest.raises(KeyUnknown):
            desk.notify(text)
        assert provider.key_in({"idop": text}) is None

    def test_folder_gone(self, provider, key, directory):
        """
        Without its folder, the provider does not answer.
        """
        shutil.rmtree(directory)

        with pytest.raises(ProviderUnavailable):
            provider.look_up(key)
        with pytest.raises(ProviderUnavailable):
            provider.create(an_order())

    @pytest.mark.parametrize("content", [b"", b"{}", b"\xff\xfe", b"[1"])
    def test_file_spoilt(self, provider, key, directory, content):
        """
        A file that somebody spoilt is no answer, and no other exception.
        """
        (directory / f"{key}.json").write_bytes(content)

        with pytest.raises(ProviderUnavailable):
            provider.look_up(key)


class TestDecisions:
    @pytest.mark.parametrize(
        ("decision", "change"),
        [
            (Decision.PAID, {}),
            (Decision.PAID_OTHER_AMOUNT, {"amount": eur("12.49")}),
            (Decision.PAID_OTHER_REFERENCE, {"reference": "ATTEMPT0000"}),
            (Decision.PAID_IN_OTHER_MODE, {"mode": Mode.LIVE}),
        ],
        ids=lambda value: getattr(value, "value", None),
    )
    def test_paid(self, provider, desk, key, decision, change):
        """
        A paid payment is reported as asked for, but for what is tampered.
        """
        desk.decide(key, decision, PAID_AT)

        order = desk.find(key).order
        paid = Paid(
            reference=order.reference,
            amount=order.amount,
            mode=Mode.TEST,
            paid_at=PAID_AT,
        )
        assert replace(paid, **change) == provider.look_up(key)

    def test_paid_in_test_mode(self, directory, desk):
        """
        On a live portal, the other mode is a payer who played with a test.
        """
        provider = SandboxPayments(directory=directory, mode=Mode.LIVE)
        key = provider.create(an_order()).key
        desk.decide(key, Decision.PAID_IN_OTHER_MODE, PAID_AT)

        answer = provider.look_up(key)
        assert isinstance(answer, Paid)
        assert Mode.TEST is answer.mode

    def test_other_reference_is_another(self, provider, desk):
        """
        The other reference differs whatever the first ends with.
        """
        for reference in ("ATTEMPT0000", "ATTEMPT0001", "ATTEMPTabc"):
            key = provider.create(an_order(reference)).key
            desk.decide(key, Decision.PAID_OTHER_REFERENCE, PAID_AT)

            assert reference != provider.look_up(key).reference

    def test_abandoned_then_paid(self, provider, desk, key):
        """
        The first look-up says abandoned, and every later one paid.
        """
        desk.decide(key, Decision.ABANDONED_THEN_PAID, PAID_AT)

        outcomes = [provider.look_up(key).outcome for _ in range(3)]

        expected = [Outcome.ABANDONED, Outcome.PAID, Outcome.PAID]
        assert expected == outcomes

    def test_abandoned_then_paid_twice(self, provider, desk, key):
        """
        Decided again, it does not say abandoned again.
        """
        desk.decide(key, Decision.ABANDONED_THEN_PAID, PAID_AT)
        provider.look_up(key)
        desk.decide(key, Decision.ABANDONED_THEN_PAID, LATER)

        assert Outcome.PAID is provider.look_up(key).outcome

    @pytest.mark.parametrize(
        "first", [Decision.REFUSED, Decision.ABANDONED], ids=lambda d: d.value
    )
    def test_paid_after_all(self, provider, desk, key, first):
        """
        Refused or abandoned, a payer may try again, even a day later.
        """
        desk.decide(key, first, PAID_AT)
        desk.decide(key, Decision.PAID, LATER)

        answer = provider.look_up(key)

        assert (Outcome.PAID, LATER) == (answer.outcome, answer.paid_at)

    @pytest.mark.parametrize("first", Decision, ids=lambda d: d.value)
    @pytest.mark.parametrize("second", Decision, ids=lambda d: d.value)
    def test_money_stays(self, desk, key, first, second):
        """
        What is paid stays as it is; what is not may still change.
        """
        once = desk.decide(key, first, PAID_AT)
        unpaid = first in {Decision.REFUSED, Decision.ABANDONED}

        if second is first:
            assert once == desk.decide(key, second, LATER)
        elif unpaid:
            assert second is desk.decide(key, second, LATER).decision
        else:
            with pytest.raises(AlreadyPaid):
                desk.decide(key, second, LATER)
            assert once == desk.find(key)

    def test_local_time(self, desk, key):
        """
        A decision is dated in UTC; another zone is refused, and nothing kept.
        """
        with pytest.raises(TypeError):
            desk.decide(key, Decision.PAID, dt.datetime(2026, 5, 13, 11))  # noqa: DTZ001 - on purpose

        assert desk.find(key).decision is None

    def test_list(self, provider, desk):
        """
        Payments are listed oldest first, with all that was ordered.
        """
        orders = [
            replace(
                an_order(f"ATTEMPT{n}"), at=PAID_AT - n * (LATER - PAID_AT)
            )
            for n in range(3)
        ]
        for order in orders:
            provider.create(order)

        assert orders[::-1] == [payment.order for payment in desk.list()]
        assert {None} == {payment.decision for payment in desk.list()}

    def test_no_folder(self, tmp_path):
        """
        A desk opens no folder that is not there: the name may be misspelt.
        """
        desk = SandboxDesk(tmp_path / "absent")

        with pytest.raises(FileNotFoundError):
            desk.list()
        with pytest.raises(KeyUnknown):
            desk.decide("0" * 32, Decision.PAID, PAID_AT)
        assert not (tmp_path / "absent").exists()


class TestFaults:
    def test_create_unavailable(self, provider, desk):
        """
        Unavailable before it acts: nothing is created, and then all is well.
        """
        provider.script(Fault.CREATE_UNAVAILABLE)

        with pytest.raises(ProviderUnavailable):
            provider.create(an_order())
        assert () == desk.list()
        assert provider.create(an_order())

    def test_create_answer_lost(self, provider, desk):
        """
        Unavailable after it acted: a payment that nobody knows the key of.
        """
        provider.script(Fault.CREATE_ANSWER_LOST)

        with pytest.raises(ProviderUnavailable):
            provider.create(an_order())
        assert [an_order()] == [payment.order for payment in desk.list()]

    def test_look_up_unavailable(self, provider, key):
        """
        As many look-ups fail as are scripted.
        """
        provider.script(*[Fault.LOOK_UP_UNAVAILABLE] * 2)

        for _ in range(2):
            with pytest.raises(ProviderUnavailable):
                provider.look_up(key)
        assert Outcome.PENDING is provider.look_up(key).outcome

    def test_in_order(self, provider, directory, desk):
        """
        Faults wait for their kind of question, in order, in any process that
        opens the same folder.
        """
        provider.script(Fault.LOOK_UP_UNAVAILABLE, Fault.CREATE_ANSWER_LOST)
        provider.script(Fault.CREATE_UNAVAILABLE)
        other = SandboxPayments(directory=directory)

        for _ in range(2):
            with pytest.raises(ProviderUnavailable):
                other.create(an_order())
        key = other.create(an_order()).key
        with pytest.raises(ProviderUnavailable):
            other.look_up(key)

        assert 2 == len(desk.list())
        assert Outcome.PENDING is other.look_up(key).outcome
