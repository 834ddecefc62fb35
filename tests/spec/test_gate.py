"""
docs/spec/gate.md, rule by rule.
"""

import datetime as dt
from decimal import Decimal

import pytest
from attrs import evolve

from portail_core.domain.accounts import AccountState
from portail_core.domain.admission import Admission, Gate
from portail_core.domain.dated import Decision, History
from portail_core.domain.documents import (
    About,
    ContentType,
    Demand,
    Document,
    DocumentKind,
    DocumentState,
    ForMonths,
    Opens,
)
from portail_core.domain.forms import FieldUse
from portail_core.domain.gates import (
    DocumentExpired,
    DocumentMissing,
    DocumentNotYetValid,
    DocumentRefused,
    DocumentWaiting,
    EmailUnconfirmed,
    HouseholdUndescribed,
    HouseRulesUnaccepted,
    PreRegistrationMissing,
    PreRegistrationRefused,
    PreRegistrationWaiting,
    QuotientUnrecorded,
    unmet,
)
from portail_core.domain.house_rules import Acceptance, HouseRules
from portail_core.domain.ids import (
    AccountId,
    AccueilCode,
    ChildId,
    DocumentCode,
    DocumentId,
    FileKey,
    HouseRulesVersion,
    PreRegistrationId,
)
from portail_core.domain.pre_registrations import (
    PreRegistration,
    PreRegistrationState,
)
from portail_core.testing.reglements import changed
from tests.spec.guide import (
    A_DAY,
    ACCOUNT,
    ASKED_AT,
    DOSSIER,
    HOUSEHOLD,
    LOU,
    MARTIN_DURAND,
    OTHER_HOUSEHOLD,
    PERIOD,
    QUOTIENT,
    REFERENT,
    REGLEMENT,
    SINCE,
    SOURCE,
    WEDNESDAY_CARE,
)

TODAY = dt.date(2026, 5, 13)
PENDING = evolve(ACCOUNT, state=AccountState.PENDING_EMAIL)
EVERY_GATE = (Gate.HOUSEHOLD_DESCRIBED, Gate.QUOTIENT_RECORDED)
NEWCOMERS = evolve(HOUSEHOLD, adults=(), address=None, quotient=None)
ZOE = ChildId("zoe")

HEALTH_FORM = DocumentKind(
    code=DocumentCode("fiche-sanitaire"),
    label="Fiche sanitaire",
    about=About.CHILD,
    demand=Demand.MANDATORY,
    validity=ForMonths(12),
)
PROOF_OF_HOME = evolve(
    HEALTH_FORM,
    code=DocumentCode("domicile"),
    label="Justificatif de domicile",
    about=About.HOUSEHOLD,
)
GIVEN = Document(
    id=DocumentId("1"),
    kind=HEALTH_FORM.code,
    household=MARTIN_DURAND,
    child=LOU,
    file=FileKey("file"),
    name="fiche.pdf",
    content_type=ContentType.PDF,
    size_bytes=1,
    sha256="digest",
    submitted_at=ASKED_AT,
    submitted_by=REFERENT,
)
GOOD = evolve(
    GIVEN,
    state=DocumentState.ACCEPTED,
    valid_from=TODAY - A_DAY,
    valid_to=TODAY,
)
ASKED = PreRegistration(
    id=PreRegistrationId("1"),
    household=MARTIN_DURAND,
    child=LOU,
    accueil=WEDNESDAY_CARE,
    asked_at=ASKED_AT,
    asked_by=REFERENT,
)
VERSION = HouseRulesVersion("2025-2026")
RULES = Decision(
    since=SINCE, source=SOURCE, value=HouseRules(version=VERSION, url="/r")
)
ACCEPTED = Acceptance(account=REFERENT, version=VERSION, at=ASKED_AT)


def told(day=TODAY, child=LOU, dossier=None, accueil=WEDNESDAY_CARE, **rules):
    """
    What *dossier*, changed by name, hears under *rules*.
    """
    return unmet(
        changed(REGLEMENT, **{"gates": (), **rules}),
        evolve(DOSSIER, **(dossier or {})),
        period=evolve(PERIOD, accueil=accueil),
        child=child,
        day=day,
    )


NAMES = ("profile.first_name", "profile.last_name")
WHERE = ("household.street", "household.postcode", "household.town")


class TestEmail:
    @pytest.mark.rule("gate.email.confirmed")
    @pytest.mark.parametrize("gates", [(), EVERY_GATE], ids=["none", "all"])
    def test_unconfirmed(self, gates):
        """
        Nothing is booked before the address is confirmed, in any règlement.
        """
        assert (EmailUnconfirmed(),) == told(
            gates=gates, dossier={"account": PENDING}
        )

    @pytest.mark.rule("gate.email.confirmed")
    def test_confirmed(self):
        """
        Once it is, nothing more is asked unless the règlement does.
        """
        assert () == told(dossier={"household": NEWCOMERS})


class TestHousehold:
    @pytest.mark.rule("gate.household.described")
    @pytest.mark.parametrize(
        ("household", "fields"),
        [
            (evolve(HOUSEHOLD, adults=()), NAMES),
            (evolve(HOUSEHOLD, address=None), WHERE),
            (NEWCOMERS, (*NAMES, *WHERE)),
        ],
        ids=["no adult", "no address", "neither"],
    )
    def test_undescribed(self, household, fields):
        """
        An adult and an address are needed, both; what is empty is named.
        """
        assert (HouseholdUndescribed(fields),) == told(
            gates=(Gate.HOUSEHOLD_DESCRIBED,), dossier={"household": household}
        )

    @pytest.mark.rule("gate.household.described")
    @pytest.mark.rule("field.mandatory")
    def test_asterisk(self):
        """
        A field that the operator asks for keeps the gate closed until it is
        filled in: mine, my partner's and the household's.
        """
        (me,) = HOUSEHOLD.adults
        partner = evolve(me, account=None)
        asked = dict.fromkeys(
            (
                "profile.birth_date",
                "partner.mobile_phone",
                "household.children_count",
            ),
            FieldUse.MANDATORY,
        )

        refusal = HouseholdUndescribed(
            (
                "profile.birth_date",
                "household.children_count",
                "partner.mobile_phone",
            )
        )
        assert (refusal,) == told(
            gates=(Gate.HOUSEHOLD_DESCRIBED,),
            fields=asked,
            dossier={"household": evolve(HOUSEHOLD, adults=(me, partner))},
        )

    @pytest.mark.rule("gate.household.described")
    def test_described(self):
        """
        With both, the gate is open.
        """
        assert () == told(gates=EVERY_GATE)


class TestQuotient:
    @pytest.mark.rule("gate.quotient.recorded")
    def test_missing(self):
        """
        A household without a quotient waits, where the règlement says so.
        """
        assert (QuotientUnrecorded(),) == told(
            gates=(Gate.QUOTIENT_RECORDED,),
            dossier={"household": evolve(HOUSEHOLD, quotient=None)},
        )

    @pytest.mark.rule("gate.quotient.recorded")
    def test_zero(self):
        """
        A quotient of 0 is a quotient.
        """
        household = evolve(
            HOUSEHOLD, quotient=evolve(QUOTIENT, value=Decimal(0))
        )

        assert () == told(gates=EVERY_GATE, dossier={"household": household})


class TestDocument:
    def about(self, *documents, kind=HEALTH_FORM, **changes):
        return told(
            documents=(kind,), dossier={"documents": documents}, **changes
        )

    @pytest.mark.rule("gate.document.missing")
    def test_missing(self):
        """
        What was never given is missing; what another child, another kind or
        another household gave does not help.
        """
        others = (
            evolve(GOOD, child=ZOE),
            evolve(GOOD, kind=PROOF_OF_HOME.code),
        )

        assert (DocumentMissing("Fiche sanitaire"),) == self.about(*others)
        assert (DocumentMissing("Justificatif de domicile"),) == self.about(
            evolve(
                GOOD,
                kind=PROOF_OF_HOME.code,
                household=OTHER_HOUSEHOLD,
                child=None,
            ),
            kind=PROOF_OF_HOME,
        )

    @pytest.mark.rule("gate.document.missing")
    @pytest.mark.parametrize(
        "kind",
        [
            evolve(HEALTH_FORM, demand=Demand.OPTIONAL),
            evolve(HEALTH_FORM, accueils=(AccueilCode("vacances"),)),
        ],
        ids=["optional", "of another accueil"],
    )
    def test_not_needed(self, kind):
        """
        What is optional, or asked by other accueils, closes nothing.
        """
        reglement = evolve(
            REGLEMENT,
            accueils=(
                *REGLEMENT.accueils,
                evolve(REGLEMENT.accueils[0], code=AccueilCode("vacances")),
            ),
        )

        assert () == self.about(kind=kind, accueils=reglement.accueils)

    @pytest.mark.rule("gate.document.missing")
    def test_needed_here(self):
        """
        An accueil that the règlement names asks for it.
        """
        kind = evolve(HEALTH_FORM, accueils=(WEDNESDAY_CARE,))

        assert (DocumentMissing("Fiche sanitaire"),) == self.about(kind=kind)

    @pytest.mark.rule("gate.document.waiting")
    def test_waiting(self):
        """
        A document that waits opens nothing, unless giving it is enough.
        """
        enough = evolve(HEALTH_FORM, opens=Opens.SUBMITTED)

        assert (DocumentWaiting("Fiche sanitaire"),) == self.about(GIVEN)
        assert () == self.about(GIVEN, kind=enough)

    @pytest.mark.rule("gate.document.refused")
    def test_refused(self):
        """
        The family reads why; giving another puts it in waiting again.
        """
        refused = evolve(
            GIVEN, state=DocumentState.REFUSED, reason="illisible"
        )
        another = evolve(GIVEN, id=DocumentId("0"))

        assert (DocumentRefused("Fiche sanitaire", "illisible"),) == (
            self.about(refused)
        )
        assert (DocumentWaiting("Fiche sanitaire"),) == self.about(
            refused, another
        )

    @pytest.mark.rule("gate.document.expired")
    def test_last_day(self):
        """
        The last day is good, the next is not.
        """
        assert () == self.about(GOOD, day=TODAY)
        assert (DocumentExpired("Fiche sanitaire", TODAY),) == self.about(
            GOOD, day=TODAY + A_DAY
        )

    @pytest.mark.rule("gate.document.not-yet-valid")
    def test_first_day(self):
        """
        The first day is good, its eve is not.
        """
        first = TODAY - A_DAY

        assert () == self.about(GOOD, day=first)
        assert (DocumentNotYetValid("Fiche sanitaire", first),) == (
            self.about(GOOD, day=first - A_DAY)
        )

    @pytest.mark.rule("document.of-child")
    def test_given_elsewhere(self):
        """
        What another household gave about the child counts here too.
        """
        assert () == self.about(evolve(GOOD, household=OTHER_HOUSEHOLD))


class TestPreRegistration:
    def after(self, *records, admission=Admission.PRE_REGISTRATION):
        accueil = evolve(REGLEMENT.accueils[0], admission=admission)
        return told(
            accueils=(accueil,), dossier={"pre_registrations": records}
        )

    @pytest.mark.rule("gate.pre-registration.missing")
    @pytest.mark.parametrize(
        "records",
        [
            (),
            (evolve(ASKED, state=PreRegistrationState.WITHDRAWN),),
            (evolve(ASKED, child=ZOE, state=PreRegistrationState.ACCEPTED),),
            (
                evolve(
                    ASKED,
                    accueil=AccueilCode("vacances"),
                    state=PreRegistrationState.ACCEPTED,
                ),
            ),
        ],
        ids=["none", "withdrawn", "another child", "another accueil"],
    )
    def test_missing(self, records):
        """
        A child without one at this accueil is told to ask.
        """
        assert (PreRegistrationMissing("PERISCOLAIRE MERCREDIS"),) == (
            self.after(*records)
        )

    @pytest.mark.rule("gate.pre-registration.missing")
    def test_open(self):
        """
        An accueil that is open asks for none.
        """
        assert () == self.after(admission=Admission.OPEN)

    @pytest.mark.rule("gate.pre-registration.waiting")
    def test_waiting(self):
        """
        One that waits opens nothing; one that was accepted does, whatever
        was refused before or after.
        """
        accepted = evolve(ASKED, state=PreRegistrationState.ACCEPTED)
        refused = evolve(
            ASKED,
            state=PreRegistrationState.REFUSED,
            asked_at=ASKED_AT + A_DAY,
            reason="complet",
        )

        assert (PreRegistrationWaiting("PERISCOLAIRE MERCREDIS"),) == (
            self.after(ASKED)
        )
        assert () == self.after(accepted, refused)

    @pytest.mark.rule("gate.pre-registration.refused")
    def test_refused(self):
        """
        Once it was refused, the family reads why.
        """
        refused = evolve(
            ASKED, state=PreRegistrationState.REFUSED, reason="complet"
        )

        assert (
            PreRegistrationRefused("PERISCOLAIRE MERCREDIS", "complet"),
        ) == self.after(refused)


class TestHouseRules:
    def after(self, *acceptances, day=TODAY, gates=None, rules=(RULES,)):
        asked = (Gate.HOUSE_RULES_ACCEPTED,) if gates is None else gates
        return told(
            day=day,
            gates=asked,
            house_rules=History(rules),
            dossier={"acceptances": acceptances},
        )

    @pytest.mark.hard_case(43)
    @pytest.mark.rule("gate.house-rules.accepted")
    def test_accepted(self):
        """
        Whoever asks must have accepted, itself.
        """
        other = evolve(ACCEPTED, account=AccountId("another"))

        assert (HouseRulesUnaccepted(VERSION),) == self.after()
        assert (HouseRulesUnaccepted(VERSION),) == self.after(other)
        assert () == self.after(ACCEPTED)

    @pytest.mark.hard_case(43)
    @pytest.mark.rule("gate.house-rules.accepted")
    def test_new_version(self):
        """
        From the first day of a new version, it is asked anew.
        """
        new = HouseRulesVersion("2026-2027")
        later = evolve(
            RULES, since=TODAY, value=HouseRules(version=new, url="/r")
        )

        rules = (RULES, later)
        assert () == self.after(ACCEPTED, day=TODAY - A_DAY, rules=rules)
        assert (HouseRulesUnaccepted(new),) == self.after(
            ACCEPTED, rules=rules
        )

    @pytest.mark.rule("gate.house-rules.accepted")
    def test_not_asked(self):
        """
        Without the gate, or before the first version, nothing is asked.
        """
        assert () == self.after(gates=())
        assert () == self.after(day=SINCE - A_DAY)
        assert (HouseRulesUnaccepted(VERSION),) == self.after(day=SINCE)

    @pytest.mark.rule("gate.house-rules.accepted")
    def test_nothing_to_read(self):
        """
        A règlement that asks to accept what it does not have is none.
        """
        with pytest.raises(ValueError, match=r"no \[\[house_rules\]\]"):
            changed(REGLEMENT, gates=(Gate.HOUSE_RULES_ACCEPTED,))


class TestAll:
    @pytest.mark.rule("request.refusals.all")
    @pytest.mark.rule("gate.every-unmet")
    def test_every_gate_is_told(self):
        """
        Someone new hears of everything that is missing, at once.
        """
        assert (
            EmailUnconfirmed(),
            HouseholdUndescribed((*NAMES, *WHERE)),
            QuotientUnrecorded(),
            HouseRulesUnaccepted(VERSION),
            PreRegistrationMissing("PERISCOLAIRE MERCREDIS"),
            DocumentMissing("Fiche sanitaire"),
            DocumentMissing("Justificatif de domicile"),
        ) == told(
            gates=tuple(Gate),
            house_rules=History((RULES,)),
            accueils=(
                evolve(
                    REGLEMENT.accueils[0],
                    admission=Admission.PRE_REGISTRATION,
                ),
            ),
            documents=(HEALTH_FORM, PROOF_OF_HOME),
            dossier={"account": PENDING, "household": NEWCOMERS},
        )
