"""A language is detected as itself, or not at all."""

from __future__ import annotations

import pytest

from milatui.ingest.language_detector import detect_language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The institute and its partners work in the same building.", "en"),
        ("L'institut et ses partenaires sont dans le bâtiment de la ville.", "fr"),
        ("El laboratorio abre hoy sus puertas en Madrid con la ayuda de sus socios.", "es"),
        ("Il laboratorio apre oggi le porte a Milano con l'aiuto dei suoi partner.", "it"),
        ("O laboratório abre hoje as portas em Lisboa com a ajuda dos parceiros e não só.", "pt"),
        ("El laboratori obre avui les portes amb l'ajuda dels seus socis i de la ciutat.", "ca"),
        ("Das Labor öffnet heute seine Türen mit Hilfe der Partner und der Stadt.", "de"),
        ("Het laboratorium opent vandaag de deuren met hulp van zijn partners.", "nl"),
        ("Laboratoriet öppnar i dag dörrarna med hjälp av partner och staden.", "sv"),
        ("Laboratorium otwiera się dziś w Warszawie z pomocą partnerów i miasta.", "pl"),
        ("Laboratorio avaa ovet ja se on nyt kaupungin kanssa auki kuten ennen.", "fi"),
        ("Laboratuvar bugün ortaklar ve şehir ile birlikte bir açılış için hazır.", "tr"),
        ("研究所は本日、パートナーと市の支援を受けて東京で開所した。", "ja"),
        ("实验室今天在北京开放，得到了合作伙伴和市政府的帮助。", "zh"),
        ("연구소는 오늘 파트너와 시의 도움으로 서울에서 문을 열었다.", "ko"),
        ("يفتح المختبر أبوابه اليوم في القاهرة بمساعدة شركائه والمدينة.", "ar"),
        ("Лаборатория открыта сегодня в Москве, мы вместе с партнёрами.", "ru"),
        ("Лабораторія відкривається сьогодні в Києві за підтримки партнерів.", "uk"),
        ("Laboratorij se danas otvara i to je za grad koji će biti s nama.", ""),
        ("Københavns Kommune åbnede tirsdag et nyt bibliotek på Nørrebro.", ""),
        ("Ο δήμος άνοιξε την Τρίτη μια νέα βιβλιοθήκη στα Εξάρχεια.", "el"),
        ("Primăria din Cluj a deschis marți o nouă bibliotecă publică.", "ro"),
        ("LA VILLE DE NANTES A OUVERT MARDI UNE BIBLIOTHEQUE POUR LES HABITANTS.", "fr"),
        ("The Universidad de los Andes and the city of Santa Cruz opened a library.", "en"),
        ("Le Women in Business Network et la Bank of the West annoncent un accord.", ""),
        ("Vil Pòtoprens louvri yon nouvo bibliyotèk piblik nan mitan vil la madi.", ""),
        ("Robots!", ""),
        ("12 345,6 %", ""),
        ("Montréal Toronto Paris Berlin Madrid Lisboa Warszawa", ""),
        ("The lab opens with the city. Le labo ouvre ses portes avec la ville.", ""),
    ],
)
def test_a_language_is_detected_only_where_it_is_clear(text: str, language: str) -> None:
    assert detect_language(text) == language
