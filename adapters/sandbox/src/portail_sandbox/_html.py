"""
What a payer sees.
"""

from __future__ import annotations

import base64
import hashlib
from html import escape

from portail_core import french

from ._records import PAYING, Decision, Payment

TITLE = "Paiement de démonstration – aucun argent réel"

STYLE = """\
body{font-family:system-ui,sans-serif;line-height:1.5;max-width:36rem;\
margin:0 auto;padding:1rem;color:#1e1e1e;background:#fff}
dt{font-weight:700}dd{margin:0 0 .75rem}
button{font:inherit;min-height:2.75rem;padding:.5rem 1rem;margin:.25rem 0;\
width:100%;border:2px solid #000091;background:#fff;color:#000091}
button[value=paid]{background:#000091;color:#fff}
"""
STYLE_HASH = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()

USUAL = {
    Decision.PAID: "Payer",
    Decision.REFUSED: "Carte refusée",
    Decision.ABANDONED: "Abandonner",
}
UNUSUAL = {
    Decision.ABANDONED_THEN_PAID: "Abandonner, puis payer",
    Decision.PAID_OTHER_AMOUNT: "Payer un centime de moins",
    Decision.PAID_OTHER_REFERENCE: "Payer sous une autre référence",
    Decision.PAID_IN_OTHER_MODE: "Payer dans l'autre mode (test ou réel)",
}
SO_FAR = {
    None: "En attente de votre choix.",
    Decision.REFUSED: "Carte refusée. Vous pouvez essayer à nouveau.",
    Decision.ABANDONED: "Abandonné. Vous pouvez encore payer.",
}


def payment_page(payment: Payment, back: str) -> str:
    """
    The page of one payment; *back* leads to the portal.
    """
    order = payment.order
    return _page(
        f"""\
<dl>
<dt>Montant</dt><dd>{french.amount(order.amount)}</dd>
<dt>Objet</dt><dd>{escape(order.label)}</dd>
<dt>Référence</dt><dd>{escape(order.reference)}</dd>
<dt>État</dt><dd>{_state(payment)}</dd>
</dl>
{"" if payment.decision in PAYING else _choices()}\
<p><a href="{escape(back)}">Retourner au portail sans rien décider</a></p>
"""
    )


def _state(payment: Payment) -> str:
    if payment.decision in PAYING:
        return "Payé."
    return SO_FAR[payment.decision]


def _choices() -> str:
    return f"""\
<form method="post">
{_buttons(USUAL)}
<details><summary>Cas difficiles</summary>
{_buttons(UNUSUAL)}
</details>
</form>
"""


def _buttons(choices: dict[Decision, str]) -> str:
    return "\n".join(
        f'<button name="decision" value="{decision.value}">'
        f"{escape(label)}</button>"
        for decision, label in choices.items()
    )


def message_page(sentence: str) -> str:
    """
    A page that only says *sentence*.
    """
    return _page(f"<p>{escape(sentence)}</p>\n")


def _page(content: str) -> str:
    return f"""\
<!DOCTYPE html>
<html lang="fr">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{TITLE}</title>
<style>{STYLE}</style>
</head>
<body>
<main>
<h1>{TITLE}</h1>
{content}</main>
</body>
</html>
"""
