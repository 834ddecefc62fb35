"""
What a règlement file says of documents, admission and house rules.
"""

import datetime as dt

import pytest

from portail_core.domain.admission import Admission, Gate
from portail_core.domain.documents import (
    ANY_UPLOADS,
    About,
    ContentType,
    Demand,
    DocumentKind,
    ForGood,
    ForMonths,
    Opens,
    UntilDay,
    Uploads,
)
from portail_core.domain.house_rules import HouseRules
from portail_core.domain.ids import DocumentCode, HouseRulesVersion
from portail_core.reglement_toml import read_reglement
from tests.reglement.written import (
    CHEMAUDIN,
    PETITES_BOUILLES,
    faults,
    with_changes,
)

A_DOCUMENT = """
[[documents]]
code = "certificat"
label = "Certificat médical"
about = "child"
demand = "mandatory"
"""


class TestDocuments:
    @pytest.mark.rule("document.asked")
    def test_least(self):
        """
        What is not said is not asked of one accueil more than of another,
        opens once accepted, is good for good, and warned of a month ahead.
        """
        (document,) = read_reglement(CHEMAUDIN + A_DOCUMENT).documents

        assert (
            DocumentKind(
                code=DocumentCode("certificat"),
                label="Certificat médical",
                about=About.CHILD,
                demand=Demand.MANDATORY,
                validity=ForGood(),
                accueils=None,
                opens=Opens.ACCEPTED,
                warn_days=30,
            )
            == document
        )

    def test_said(self):
        """
        Each shape of validity, and all that may be said.
        """
        text = with_changes(
            ('about = "household"', 'about = "household"\nopens = "submitted"')
        )

        form, vaccines, _, home = read_reglement(text).documents

        assert UntilDay(month=8, day=31) == form.validity
        assert ("mercredis",) == form.accueils
        assert ForGood() == vaccines.validity
        assert (ForMonths(12), 15, Opens.SUBMITTED, About.HOUSEHOLD) == (
            home.validity,
            home.warn_days,
            home.opens,
            home.about,
        )

    def test_uploads(self):
        """
        Files are limited as the file says, or as usual.
        """
        text = with_changes(
            ("most_megabytes = 10", "most_megabytes = 100"),
            ('types = ["pdf", "jpeg", "png", "heic"]', 'types = ["png"]'),
        )

        assert (
            Uploads(most_megabytes=100, types=(ContentType.PNG,))
            == read_reglement(text).uploads
        )
        assert ANY_UPLOADS == read_reglement(CHEMAUDIN).uploads


class TestAdmission:
    @pytest.mark.rule("pre-registration.accueil.open")
    def test_admission(self):
        """
        An accueil is open unless it says that it takes the pre-registered.
        """
        text = with_changes(('admission = "pre-registration"', ""))

        asked = read_reglement(PETITES_BOUILLES).accueils[0].admission
        silent = read_reglement(text).accueils[0].admission

        assert (Admission.PRE_REGISTRATION, Admission.OPEN) == (asked, silent)


class TestHouseRules:
    @pytest.mark.rule("gate.house-rules.accepted")
    def test_gate(self):
        """
        The gate is put before booking by its name.
        """
        text = with_changes(
            (
                'gates = ["household-described", "house-rules-accepted"]',
                'gates = ["house-rules-accepted"]',
            )
        )

        reglement = read_reglement(text)

        assert (Gate.HOUSE_RULES_ACCEPTED,) == reglement.terms.gates
        rules = reglement.house_rules_on(dt.date(2025, 9, 1))
        assert (
            HouseRules(
                version=HouseRulesVersion("2025-2026"),
                url="/reglement-interieur",
            )
            == rules
        )
        assert reglement.house_rules_on(dt.date(2025, 8, 31)) is None
        assert read_reglement(CHEMAUDIN).house_rules is None

    @pytest.mark.rule("gate.house-rules.accepted")
    def test_nothing_to_accept(self):
        """
        A gate that asks to accept what is not there is a fault.
        """
        text = with_changes(
            ('"quotient-recorded"]', '"house-rules-accepted"]'), text=CHEMAUDIN
        )

        assert [
            (
                "gates: 'house-rules-accepted' asks families to accept a "
                "règlement intérieur, and there are no [[house_rules]]"
            )
        ] == faults(text)
