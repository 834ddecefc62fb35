"""
What the letters about documents and pre-registrations say.
"""

import pytest
from attrs import evolve

from adapters.mail.tests.mail_examples import (
    DOCUMENT_ACCEPTED,
    DOCUMENT_REFUSED,
    NOT_PRE_REGISTERED,
    PRE_REGISTERED,
)
from adapters.mail.tests.test_letters import (
    Reader,
    flat,
    html_of,
    parsed,
    text_of,
)


def both(letter):
    """
    Its words, in text and on the page.
    """
    return flat(text_of(letter)), Reader(html_of(letter)).text


def subject_of(letter):
    return parsed(letter)["Subject"].replace("\u00a0", " ")


class TestDocumentAcceptance:
    def test_said(self):
        """
        Which document, of which child, good until when, and nothing to do.
        """
        assert (
            "Document accepté : Attestation d’assurance scolaire et "
            "extrascolaire"
        ) == subject_of(DOCUMENT_ACCEPTED)
        for words in both(DOCUMENT_ACCEPTED):
            assert (
                "Document : Attestation d’assurance scolaire et "
                "extrascolaire Enfant : MARTIN-DURAND Lou Valable jusqu’au "
                "lundi 31 août 2026 inclus Vous n’avez rien d’autre à faire"
            ) in words

    def test_for_good(self):
        """
        Without an end and without a child, neither is spoken of.
        """
        letter = evolve(DOCUMENT_ACCEPTED, child=None, valid_to=None)

        for words in both(letter):
            assert "Enfant" not in words
            assert "Valable" not in words


class TestDocumentRefusal:
    def test_said(self):
        """
        Which document, why, and how to give another.
        """
        assert "Document à remplacer : Justificatif de domicile" == (
            subject_of(DOCUMENT_REFUSED)
        )
        for words in both(DOCUMENT_REFUSED):
            assert (
                "Document : Justificatif de domicile Motif : la facture date "
                "de plus de trois mois Pour le remplacer, connectez-vous au "
                "portail, ouvrez « Document à fournir »"
            ) in words

    @pytest.mark.parametrize("letter", [DOCUMENT_REFUSED, NOT_PRE_REGISTERED])
    def test_markup(self, letter):
        """
        What an agent typed is text on the page.
        """
        letter = evolve(letter, reason="<b>non</b> & non")

        assert "&lt;b&gt;non&lt;/b&gt; &amp; non" in html_of(letter)


class TestPreRegistration:
    WHERE = (
        "Enfant : MARTIN-DURAND Lou Établissement : ALSH - LES PTITES "
        "BOUILLES - AUBIGNOSC Accueil : PERISCOLAIRE MERCREDIS"
    )

    def test_accepted(self):
        """
        Who may come where, and what to do now.
        """
        assert "Pré-inscription acceptée : PERISCOLAIRE MERCREDIS" == (
            subject_of(PRE_REGISTERED)
        )
        for words in both(PRE_REGISTERED):
            assert (
                f"{self.WHERE} Vous pouvez maintenant réserver des jours"
            ) in words

    def test_refused(self):
        """
        Who may not, why, and what remains possible.
        """
        assert "Réponse à votre pré-inscription : PERISCOLAIRE MERCREDIS" == (
            subject_of(NOT_PRE_REGISTERED)
        )
        for words in both(NOT_PRE_REGISTERED):
            assert (
                f"{self.WHERE} Motif : l’accueil est complet pour cette "
                "année Si votre situation change"
            ) in words

    def test_accueil_gone(self):
        """
        Without an establishment, none is spoken of.
        """
        for letter in (PRE_REGISTERED, NOT_PRE_REGISTERED):
            for words in both(evolve(letter, establishment="")):
                assert "Établissement" not in words
