"""
What each letter says.
"""

import re
from email import message_from_bytes, policy
from html.parser import HTMLParser

import pytest
from attrs import evolve

from adapters.mail.tests.mail_examples import (
    ACTIVATION,
    ACTIVATION_AGAIN,
    ALERT,
    ALREADY_THERE,
    CANCELLATION,
    CONFIRMATION,
    EMAIL_CHANGE,
    ENVELOPE,
    LETTERS,
    OPERATOR,
    PASSWORD_CHANGE,
    PAYMENT,
    RECAP,
    RESET,
    SIGN_IN_URL,
    URL,
    request,
    row,
)
from portail_core.domain.money import ZERO
from portail_core.ports.mail import MailRejected
from portail_mail import compose

VOID = {"meta", "br"}
WORDED = (*LETTERS, ACTIVATION_AGAIN)


def name_of(letter):
    again = "Again" if letter is ACTIVATION_AGAIN else ""
    return type(letter).__name__ + again


def parsed(letter):
    message = compose(ENVELOPE, letter)
    return message_from_bytes(message.as_bytes(), policy=policy.default)


def content_of(letter, kind):
    content = parsed(letter).get_body((kind,)).get_content()
    return content.replace("\r\n", "\n")


def text_of(letter):
    return content_of(letter, "plain").replace("\u00a0", " ")


def html_of(letter):
    return content_of(letter, "html").replace("\u00a0", " ")


class Reader(HTMLParser):
    """
    The words of a page, and whether every element that opens closes.
    """

    def __init__(self, page):
        super().__init__()
        self.words = []
        self.open = []
        self.tags = []
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.words.extend(data.split())

    @property
    def text(self):
        return " ".join(self.words)


def flat(text):
    return " ".join(text.split())


class TestEveryLetter:
    @pytest.mark.parametrize("letter", WORDED, ids=name_of)
    def test_two_versions(self, letter):
        """
        French text first, the same in HTML beside it.
        """
        message = parsed(letter)
        kinds = [part.get_content_type() for part in message.iter_parts()]

        assert "multipart/alternative" == message.get_content_type()
        assert ["text/plain", "text/html"] == kinds
        assert "fr" == message["Content-Language"]

    @pytest.mark.parametrize("letter", WORDED, ids=name_of)
    def test_text(self, letter):
        """
        Text fits 72 columns, is greeted and signed, and has French spaces.
        """
        text = content_of(letter, "plain")
        lines = text.splitlines()

        assert [] == [x for x in lines if len(x) > 72 and x != URL]
        assert "Bonjour," == lines[0]
        assert f"Cordialement,\n\n{OPERATOR.signature}\n" in text
        assert OPERATOR.name in text
        assert not re.search(r" [:;!?»]|« |n° |\n\n\n|[{}]|None", text)

    @pytest.mark.parametrize("letter", WORDED, ids=name_of)
    def test_page(self, letter):
        """
        The page is French, well formed, and needs no image and no script.
        """
        html = content_of(letter, "html")
        page = Reader(html)
        tags = dict(page.tags)

        assert [] == page.open
        assert {"lang": "fr"} == tags["html"]
        assert set() == {"img", "script", "link", "style"} & set(tags)
        assert not re.search(r" [:;!?»]|« |n° |[{}]|None", html)

    @pytest.mark.parametrize("letter", WORDED, ids=name_of)
    def test_same_words(self, letter):
        """
        Whoever reads the page reads every figure and name of the text.
        """
        words = set(flat(text_of(letter)).split()) - {"--", "-", "-" * 72}
        shown = {word.lower() for word in Reader(html_of(letter)).words}

        assert set() == {word.lower() for word in words} - shown

    @pytest.mark.parametrize("letter", WORDED, ids=name_of)
    def test_lines_fit(self, letter):
        """
        On the wire, lines end in CRLF, are ASCII and under 998 octets.
        """
        lines = compose(ENVELOPE, letter).as_bytes().split(b"\r\n")

        assert max(map(len, lines)) <= 998
        assert not any(b"\n" in line or b"\r" in line for line in lines)
        assert all(line.isascii() for line in lines)


class TestEmailConfirmation:
    def test_guide(self):
        """
        The guide's own subject and sentences; only apostrophes are curved.
        """
        text = flat(text_of(CONFIRMATION)).replace("’", "'")

        assert "Création de votre compte" == parsed(CONFIRMATION)["Subject"]
        assert (
            "Vous venez de créer votre compte sur notre Portail en ligne. "
            "Afin de valider votre inscription, vous devez confirmer votre "
            "adresse email en cliquant sur le lien ci-dessous. Tant que votre "
            "email ne sera pas validé, aucune demande d'inscription ne sera "
            "prise en compte par nos services."
        ) in text

    def test_link(self):
        """
        The link is alone on its line, and works until a stated minute.
        """
        text = text_of(CONFIRMATION)

        assert f"\n\n{URL}\n\n" in text
        assert "une seule fois, jusqu’au 06/05/2026 à 16:32." in flat(text)
        assert f'<a href="{URL}"' in html_of(CONFIRMATION)

    @pytest.mark.parametrize(
        "url",
        [
            "javascript:alert(1)",
            "https://portail.example.org/a b",
            "https://portail.example.org/\nBcc: x@example.org",
            'https://portail.example.org/"onclick="x',
            "",
        ],
    )
    @pytest.mark.parametrize(
        ("letter", "field"),
        [
            (CONFIRMATION, "url"),
            (ACTIVATION, "url"),
            (ACTIVATION, "sign_in_url"),
            (ALREADY_THERE, "url"),
            (RESET, "url"),
            (PASSWORD_CHANGE, "url"),
            (EMAIL_CHANGE, "url"),
            (ALERT, "url"),
        ],
    )
    def test_no_web_address(self, letter, field, url):
        """
        A link that is no web address is never sent.
        """
        with pytest.raises(MailRejected, match="not a web address"):
            compose(ENVELOPE, evolve(letter, **{field: url}))


TO_FOLLOW = (CONFIRMATION, ACTIVATION, ACTIVATION_AGAIN, RESET, EMAIL_CHANGE)
TO_SIGN_IN = (ACTIVATION, ACTIVATION_AGAIN, ALREADY_THERE, PASSWORD_CHANGE)
OPENING = (CONFIRMATION, ACTIVATION, ACTIVATION_AGAIN)
BOTH = pytest.mark.parametrize(
    "words",
    [
        lambda x: flat(text_of(x)),
        lambda x: Reader(html_of(x)).text,
    ],
    ids=["text", "page"],
)


class TestAccountLetters:
    @pytest.mark.rule("mail.link.until")
    @pytest.mark.parametrize("letter", TO_FOLLOW, ids=name_of)
    def test_link(self, letter):
        """
        The link is alone on its line, works once, until a stated minute.
        """
        text = text_of(letter)

        assert f"\n\n{URL}\n\n" in text
        assert (
            "Ce lien fonctionne une seule fois, jusqu’au 06/05/2026 à 16:32."
        ) in flat(text)
        assert f'<a href="{URL}"' in html_of(letter)

    @pytest.mark.parametrize("letter", [*TO_SIGN_IN, ALERT], ids=name_of)
    def test_sign_in_page(self, letter):
        """
        Where « Mot de passe oublié ? » is found, alone on its line.
        """
        text = text_of(letter)

        assert f"\n\n{SIGN_IN_URL}\n\n" in text
        assert "« Mot de passe oublié ? »" in flat(text)
        assert f'<a href="{SIGN_IN_URL}"' in html_of(letter)

    @pytest.mark.rule("mail.link.until")
    @pytest.mark.parametrize(
        ("letter", "said"),
        [
            (CONFIRMATION, "pas demandé de compte, vous n’avez rien à faire."),
            (ACTIVATION, "pas le vôtre, ne cliquez pas sur le lien et"),
            (ACTIVATION_AGAIN, "rien demandé, vous n’avez rien à faire."),
            (ALREADY_THERE, "pas de vous, vous n’avez rien à faire."),
            (RESET, "rien demandé, vous n’avez rien à faire : votre mot de"),
            (PASSWORD_CHANGE, "Sinon, prévenez-nous à l’adresse"),
            (EMAIL_CHANGE, "rien demandé, ne cliquez pas sur le lien : rien"),
            (ALERT, "Sinon, empêchez ce changement : prévenez-nous à"),
        ],
        ids=name_of,
    )
    @BOTH
    def test_not_asked_for(self, letter, said, words):
        """
        Whoever asked for nothing is told what to do.
        """
        assert said in words(letter)

    @pytest.mark.rule("mail.look-in-spam")
    @pytest.mark.parametrize("letter", OPENING, ids=name_of)
    @BOTH
    def test_next_letters(self, letter, words):
        """
        « Vérifiez dans les courriers indésirables », and who will write.
        """
        said = words(letter)

        assert "vérifiez aussi dans les courriers indésirables." in said
        assert f"viendront de l’adresse {OPERATOR.sender} :" in said

    @BOTH
    def test_dossier(self, words):
        """
        A family whose dossier staff entered is told so, in the guide's words.
        """
        said = words(ACTIVATION)

        assert "Création de votre compte" == parsed(ACTIVATION)["Subject"]
        assert "Le dossier de votre enfant a été saisi par notre servi" in said
        assert (
            "Tant que votre email ne sera pas validé, aucune demande "
            "d’inscription ne sera prise en compte par nos services."
        ) in said

    @BOTH
    def test_signed_up(self, words):
        """
        One that signed up by itself is told of no dossier, and that what was
        typed before may be gone.
        """
        said = words(ACTIVATION_AGAIN)

        assert "dossier" not in said
        assert "sera à saisir de nouveau" in said

    @BOTH
    def test_alert(self, words):
        """
        The alert says until when the change can be stopped, and whom to tell.
        """
        said = words(ALERT)

        assert "est confirmée avant le 06/05/2026 à 16:32." in said
        assert f"prévenez-nous à l’adresse {OPERATOR.sender}" in said

    @BOTH
    def test_already_there(self, words):
        """
        Nothing happened, and how to come in.
        """
        said = words(ALREADY_THERE)

        assert "vous avez déjà un compte : rien n’a été créé" in said
        assert "S’il vous échappe, cliquez sur « Mot de passe" in said


class TestPaymentConfirmation:
    def test_table(self):
        """
        The guide's table, then what paid it.
        """
        text = text_of(PAYMENT)
        rule = "-" * 72
        table = text[text.index("Désignation") : text.index("RÉSERVATIONS")]

        assert (
            "Désignation                                   Quantité    Tarif"
            "  Montant\n"
            f"{rule}\n"
            "JOURNEE AVEC REPAS                                   3  12,50 €"
            "  37,50 €\n"
            "Heure d’accueil du matin, avant l’ouverture        3,5   0,95 €"
            "   3,33 €\n"
            "de l’accueil de loisirs\n"
            f"{rule}\n"
            "Total                                                          "
            "  40,83 €\n"
            "dont payé par avoir                                            "
            "  12,50 €\n"
            "dont payé en ligne                                             "
            "  28,33 €\n\n"
        ) == table

    def test_headings(self):
        """
        Every column and every row of the page's table has its heading.
        """
        page = Reader(html_of(PAYMENT))
        scopes = [attrs["scope"] for tag, attrs in page.tags if tag == "th"]
        sums = 3

        assert ["col"] * 4 + ["row"] * (len(PAYMENT.rows) + sums) == scopes

    def test_without_credits(self):
        """
        Where no avoir was used, only the total is told.
        """
        text = text_of(evolve(PAYMENT, paid_with_credits=ZERO))

        assert re.search(r"^Total payé +40,83 €$", text, re.MULTILINE)
        assert "payé par avoir" not in text

    def test_credits_alone(self):
        """
        Where avoirs paid everything, nothing is said to be paid online.
        """
        text = text_of(evolve(PAYMENT, paid_with_credits=PAYMENT.total))

        assert re.search(
            r"^Total payé par avoir +40,83 €$", text, re.MULTILINE
        )
        assert "en ligne" not in text

    def test_subject_of_money_too_late(self):
        """
        Where nothing could be confirmed, the subject does not say that it was.
        """
        subject = parsed(evolve(PAYMENT, confirmed=()))["Subject"]

        assert subject.startswith("Paiement reçu trop tard, un avoir")

    def test_invoice(self):
        """
        The invoice's number is in the subject and in the letter.
        """
        assert (
            "Confirmation de paiement\u00a0: facture n°\u00a0ALSH-2026-000001"
            == parsed(PAYMENT)["Subject"]
        )
        assert "votre facture n° ALSH-2026-000001 :" in text_of(PAYMENT)

    def test_confirmed(self):
        """
        Each request confirmed, as the guide's screens show it.
        """
        assert (
            "Réservation n° 16\n"
            "    Usager : MARTIN-DURAND Lou\n"
            "    Établissement : ALSH - LES PTITES BOUILLES - AUBIGNOSC\n"
            "    Accueil : PERISCOLAIRE MERCREDIS\n"
            "    Période : Périscolaire 2025-2026 AUBIGNOSC\n"
            "    - mercredi 27 mai 2026 : JOURNEE AVEC REPAS\n"
            "    - mercredi 3 juin 2026 : JOURNEE AVEC REPAS\n"
        ) in text_of(PAYMENT)

    def test_too_late(self):
        """
        What was paid too late is named, with its avoir and what that means.
        """
        text = text_of(PAYMENT)
        late = text[text.index("PAYÉ TROP TARD") :]

        assert "n’a pas pu confirmer les jours ci-dessous" in flat(late)
        assert (
            "    - mercredi 10 juin 2026 : JOURNEE AVEC REPAS\n"
            "    Paiement arrivé après le délai, la place n’était plus "
            "libre.\n"
            "    Avoir n° ALSH-AV-2026-000007 : 12,50 €\n"
        ) in late

    def test_nothing_too_late(self):
        """
        Mostly nothing is too late, and nothing is said of it.
        """
        letter = evolve(PAYMENT, credited=())

        assert "TROP TARD" not in text_of(letter)
        assert "trop tard" not in html_of(letter)

    def test_all_too_late(self):
        """
        If no day could be confirmed, the letter begins with that.
        """
        letter = evolve(PAYMENT, confirmed=())

        for text in (flat(text_of(letter)), Reader(html_of(letter)).text):
            assert "mais trop tard : aucune réservation" in text
            assert "paiement est confirmé" not in text
            assert "Un second message" not in text

    def test_long_figures(self):
        """
        A designation is never squeezed out by long figures.
        """
        letter = evolve(PAYMENT, rows=(row("Séjour", "1e25", "1e14", "1e14"),))

        assert "\nSéjour       " in text_of(letter)


class TestRecap:
    def test_requests(self):
        """
        Every request with its days, and how to cancel one.
        """
        text = text_of(RECAP)

        assert (
            "État récapitulatif de vos réservations"
            == (parsed(RECAP)["Subject"])
        )
        assert ["16", "18"] == re.findall(r"Réservation n° (\d+)", text)
        assert "- mercredi 1er juillet 2026 : JOURNEE AVEC REPAS" in text
        assert "Pour annuler un jour, cliquez sur" in text


class TestCancellation:
    def test_days(self):
        """
        Each day given back, where its money goes, and the règlement's words.
        """
        text = flat(text_of(CANCELLATION))

        assert (
            "- mercredi 27 mai 2026 : JOURNEE AVEC REPAS 12,50 € sont "
            "crédités en avoir : « Jusqu’à 48 heures avant, le montant est "
            "rendu en avoir. »"
        ) in text
        assert (
            "- mercredi 10 juin 2026 : MATIN Aucun avoir, 6,25 € sont "
            "conservés : « Moins de 48 heures avant, le jour reste dû »."
        ) in text

    def test_credit_note(self):
        """
        The avoir has a number, an amount, and a use.
        """
        for text in (
            flat(text_of(CANCELLATION)),
            Reader(html_of(CANCELLATION)).text,
        ):
            assert (
                "Avoir n° ALSH-AV-2026-000008 : 12,50 €. "
                "L’avoir sera déduit de votre prochain panier."
            ) in text

    def test_no_credit_note(self):
        """
        Without an avoir, the letter says that there is none.
        """
        letter = evolve(CANCELLATION, credit_note=None, credited=ZERO)

        for text in (flat(text_of(letter)), Reader(html_of(letter)).text):
            assert "Cette annulation ne donne lieu à aucun avoir." in text
            assert "prochain panier" not in text

    def test_what_remains(self):
        """
        The days that stay booked are listed; if none does, it is said.
        """
        letter = evolve(CANCELLATION, request=request(16))

        assert (
            "JOURS QUI RESTENT RÉSERVÉS\n\n    - mercredi 3 juin 2026 :"
            in text_of(CANCELLATION)
        )
        for text in (flat(text_of(letter)), Reader(html_of(letter)).text):
            assert "Il ne reste aucun jour réservé" in text
            assert "restent réservés" not in text.lower()
