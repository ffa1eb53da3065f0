"""Releases written for these tests, in several styles."""

from __future__ import annotations

from milatui.archive.records import Document, Name, Partner, Person

FRENCH = """Montréal, le 3 octobre 2023 – Mila, l'Institut québécois d'intelligence artificielle, \
et le groupe pharmaceutique Sanofi annoncent aujourd'hui un partenariat de trois ans doté \
de 4,5 M$ CA.

« Nous sommes heureux de compter Sanofi parmi nos partenaires », a déclaré Valérie Pisano, \
présidente et cheffe de la direction de Mila. « Cette entente permettra à plus de 40 chercheurs \
de travailler ensemble », a-t-elle ajouté.

Selon Jean-Marc Dubois, directeur scientifique chez Sanofi Canada, « l'intelligence artificielle \
réduira de 20 % à 30 % le temps nécessaire ».

« C'est une excellente nouvelle pour le Québec », se réjouit pour sa part Pierre Fitzgibbon, \
ministre de l'Économie, de l'Innovation et de l'Énergie.

À propos de Mila
Fondé par le professeur Yoshua Bengio de l'Université de Montréal, Mila rassemble près de 1 200 \
chercheurs spécialisés en apprentissage automatique.

À propos de Sanofi
Sanofi emploie quelque 91 000 personnes. En 2022, l'entreprise a réalisé un chiffre d'affaires \
de 43 milliards d'euros.

Renseignements :
Julie Tremblay
Conseillère principale, relations médias
Mila
"""

ENGLISH = """# Northlight and the University of Halden open a joint laboratory

HALDEN, Norway, 4 May 2021 — **Northlight Analytics Inc.** (NASDAQ: NLAI) and the \
[University of Halden](https://halden.example/about) today announced a joint laboratory.

“We have worked with Northlight for six years,” said Ingrid Moe, PhD, Professor and Head of \
Research at the University of Halden. “More than 1,200 students will use the laboratory.

“It is the right time,” she added.

Northlight’s Chief Executive Officer, Tom Baker, said: “Norway has the people.”

Companies such as Equora, Vestfjord Systems and Tindra will send 25 to 30 engineers each year. The \
building cost US$3.5 million and opened in 2020.

> “A place where ideas meet.”
> — Kari Lund, Mayor of Halden

About Northlight
Founded in 2009, Northlight is an analytics company with nearly 400 employees in 12 countries.

Media contact
Nils Berg, Communications Manager
Northlight Analytics Inc.
press@northlight.example
"""

INLINE = (
    "OSLO, June 3, 2024 (NEWSWIRE) -- Tindra today announced a partnership with Brightwater Labs, "
    'a leading provider of sensors. "The two teams know each other well," said Ana Diaz, CEO of '
    'Tindra. "This goes further." About Tindra Tindra is a software company based in Oslo. For '
    "more information, visit tindra.example. About Brightwater Labs Brightwater Labs makes 70+ "
    "sensors. Contact: Ana Diaz +1 555-123-4567 press@tindra.example"
)


def document(body: str, language: str = "", title: str = "", date: str = "") -> Document:
    """Returns a document with this body."""
    return Document("one", title or "A release", body=body, language=language, date=date)


PARTNERS = (
    Partner(
        "mila",
        "Mila - Quebec Artificial Intelligence Institute",
        "research-institute",
        "",
        names=(Name("Mila"), Name("Institut québécois d'intelligence artificielle", "fr")),
    ),
    Partner("sanofi", "Sanofi", "company", "", names=(Name("Sanofi Canada"),)),
    Partner("cifar", "CIFAR", "funder", "", names=(Name("IA", kind="acronym"),)),
)
PEOPLE = (Person("valerie-pisano", "Valérie Pisano"),)
