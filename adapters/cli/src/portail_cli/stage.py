"""
Where a demonstration plays: a stopped clock, a folder, a portal, its mails.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path

from portail_core import Portal, Wish, french
from portail_core.application.checkout import Checkout
from portail_core.application.planning import HeldRequest
from portail_core.domain.children import Child
from portail_core.domain.days import at_paris
from portail_core.domain.ids import (
    AgentId,
    AmplitudeCode,
    PeriodCode,
    ProviderKey,
)
from portail_core.portal import FamilyDesk, StaffDesk

from . import screens
from .composition import embedded_portal, pay

LINKS = "https://portail.example.org"
PASSWORD = "Une-phrase-de-passe-2026"  # noqa: S105 - of an invented family
EMAIL = "famille.martin-durand@example.org"
PERIOD = PeriodCode("mercredis-2025-2026")
FULL_DAY = AmplitudeCode("JOURNEE-REPAS")
SCAN = b"%PDF-1.4\n1 0 obj <</Type /Catalog>> endobj\ntrailer <<>>\n%%EOF\n"
"""A document that a family scanned: enough of one to be kept."""


class StoppedClock:
    """
    A clock that shows what it is told, in UTC.
    """

    def __init__(self, day: dt.date, at: dt.time) -> None:
        self.moment = at_paris(day, at)

    def now(self) -> dt.datetime:
        """
        The moment it was set to.
        """
        return self.moment

    def show(self, day: dt.date, at: dt.time) -> None:
        """
        Set it, Paris wall clock.
        """
        self.moment = at_paris(day, at)


class Family:
    """
    An invented family, signed in, with one child.
    """

    def __init__(self, stage: Stage, desk: FamilyDesk, child: Child) -> None:
        self._stage = stage
        self.desk = desk
        self.child = child
        self._commands = 0

    @property
    def name(self) -> str:
        """
        « La famille PETIT ».
        """
        return f"La famille {self.child.last_name.upper()}"

    def wish(self, *days: dt.date) -> Wish:
        """
        These days, with a meal.
        """
        return Wish(
            child=self.child.id,
            period=PERIOD,
            days=dict.fromkeys(days, FULL_DAY),
        )

    def ask(self, *days: dt.date) -> HeldRequest:
        """
        A request for these days, at the price that was shown.
        """
        wish = self.wish(*days)
        shown = self.desk.planning.quote(wish).total
        return self.desk.planning.request(
            wish, shown_total=shown, command=self.command()
        )

    def check_out(self) -> Checkout:
        """
        « Valider et payer », at the total that was shown.
        """
        shown = self.desk.basket.show()
        return self.desk.basket.check_out(
            shown_total=shown.total, command=self.command()
        )

    def command(self) -> str:
        """
        A new command key, as a form of the host would carry.
        """
        self._commands += 1
        return f"demo-{self._commands}"


class Stage:
    """
    A portal in a folder, and everyone who meets there.

    Args:
        reglement: The file it works under.

        folder: Receives the database, the payments and the mails.

        clock: Set by the scenes.

        say: Told every line of the play.
    """

    def __init__(
        self,
        reglement: Path,
        *,
        folder: Path,
        clock: StoppedClock,
        say: Callable[[str], None],
    ) -> None:
        self.folder = folder
        self.clock = clock
        self.say = say
        self.mails = folder / "mails"
        self.portal: Portal = embedded_portal(
            reglement,
            folder=folder,
            mails=self.mails,
            clock=clock,
            links=LINKS,
        )
        self._read: set[str] = set()

    @property
    def staff(self) -> StaffDesk:
        """
        The desk of whoever answers families.
        """
        return self.portal.trusted.staff(AgentId("accueil"))

    def family(self, name: str, *, parent: str, child: str) -> Family:
        """
        A family that signed up, confirmed, and described itself.
        """
        email = f"famille.{name.lower()}@example.org"
        self.portal.public.register(email, PASSWORD)
        (mail,) = self.new_mails()
        self.portal.public.confirm_email(link_in(mail))
        session = self.portal.public.sign_in(email, PASSWORD)
        desk = self.portal.family(session.token)
        desk.profile.update_personal({"first_name": parent, "last_name": name})
        desk.household.update(
            {
                "street": "3 chemin des Lavandes",
                "postcode": "04200",
                "town": "Aubignosc",
            }
        )
        added = desk.children.add(
            {
                "first_name": child,
                "last_name": name,
                "birth_date": "09/04/2018",
            }
        )
        family = Family(self, desk, added)
        self._let_in(family)
        return family

    def _let_in(self, family: Family) -> None:
        """
        Everything that is asked for before booking, given and accepted.
        """
        desk = family.desk
        for asked in desk.documents.asked():
            given = desk.documents.submit(
                asked.kind.code, SCAN, "scan.pdf", child=asked.child
            )
            self.staff.documents.accept(given.id)
        for accueil in self.portal.reglement.accueils:
            wished = desk.pre_registrations.ask(family.child.id, accueil.code)
            self.staff.pre_registrations.accept(wished.id)
        shown = desk.house_rules.show()
        assert shown is not None, "this règlement has house rules"
        desk.house_rules.accept(shown.rules.version)
        self.new_mails()

    def payer_pays(self, checkout: Checkout) -> ProviderKey:
        """
        What happens on the provider's page, before it tells anyone.
        """
        assert checkout.redirect_url is not None, "there is something to pay"
        key = ProviderKey(checkout.redirect_url.rsplit("/", 1)[-1])
        pay(self.folder, key, self.clock.now())
        return key

    def provider_notifies(self, key: ProviderKey) -> None:
        """
        The provider calls the portal, which asks it what happened.
        """
        self.portal.payments.notified({"idop": key})

    def new_mails(self) -> tuple[EmailMessage, ...]:
        """
        Relay the outbox, and read what came since the last time.
        """
        self.portal.jobs.relay()
        files = sorted(
            (path for path in self.mails.glob("new/*")),
            key=lambda path: (path.stat().st_mtime_ns, path.name),
        )
        fresh = [path for path in files if path.name not in self._read]
        self._read.update(path.name for path in fresh)
        return tuple(
            message_from_bytes(path.read_bytes(), policy=policy.default)
            for path in fresh
        )

    def show_mails(self, count: int) -> tuple[EmailMessage, ...]:
        """
        The same, shown: *count* of them.
        """
        mails = self.new_mails()
        assert count == len(mails), f"{count} mails, and not {len(mails)}"
        for mail in mails:
            self.say(screens.screen("Courriel", shown(mail)))
        return mails

    def at(self, day: dt.date, at: dt.time) -> None:
        """
        Time passes, until then in Paris.
        """
        self.clock.show(day, at)
        self.say(f"\n--- {french.day(day)}, {at:%H:%M} ---")

    def screen(self, name: str, *lines: str) -> None:
        """
        Show a screen.
        """
        self.say(screens.screen(name, *lines))

    def keep(self, name: str, text: str) -> None:
        """
        Write *text* in the folder of papers.
        """
        papers = self.folder / "factures"
        papers.mkdir(exist_ok=True)
        (papers / f"{name}.txt").write_text(f"{text}\n", encoding="utf-8")


def shown(mail: EmailMessage) -> str:
    """
    A mail as text: who, what, and the words.
    """
    body = mail.get_body(preferencelist=("plain",))
    assert body is not None, "our mails have a text"
    text = body.get_content().strip()
    sent = french.moment(mail["Date"].datetime.astimezone(dt.UTC))
    return (
        f"De : {mail['From']}\nÀ : {mail['To']}\n"
        f"Envoyé : {sent}\nObjet : {mail['Subject']}\n\n{text}"
    )


def link_in(mail: EmailMessage) -> str:
    """
    The secret of the link that *mail* asks to follow.
    """
    body = mail.get_body(preferencelist=("plain",))
    assert body is not None, "our mails have a text"
    start = f"{LINKS}/go/"
    text: str = body.get_content()
    return text[text.index(start) + len(start) :].split(maxsplit=1)[0].strip()
