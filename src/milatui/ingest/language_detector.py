"""Detects the language of a text by its script and its function words, or says that it is unclear.

Cavnar and Trenkle's ranks of n-grams need a model of megabytes; the commonest words of a language
and its own letters are enough for a paragraph.  A word that several languages share counts less, so
that a Spanish text is not taken for French by its ``que``, ``la`` and ``les``.
"""

# untranslated: words of texts, in many languages
from __future__ import annotations

import re
import unicodedata
from collections import Counter
from typing import Final

_SAMPLE: Final = 4_000
"""Characters of a text that its language is detected by."""
_ENOUGH: Final = 1.5
"""Minimum weight of function words that shows a language; a word of its own alone weighs 1."""
_LEAD: Final = 0.6
_LEAD_SHARE: Final = 0.15
"""Minimum by which it must exceed any other language: a weight, and a share of its own."""
_SHARE: Final = 0.06
"""Minimum weight for each word of the text: below it the words are chance."""
_SCRIPT_SHARE: Final = 0.3
"""Minimum share of the letters of a text that a script must have."""
_OWN_LETTER: Final = 0.34
"""Weight of each occurrence of a letter that only few languages write."""
_LETTERS_COUNTED: Final = 6

_FUNCTION_WORDS: Final = {
    "en": "the of and to in is that for it with as was on are by this be from at an have has which"
    " or its not will their they we our you can been more were who all he she his would about into"
    " what how your these if when there also than but do may new make one i my up out so get"
    " should must only through use using used",
    "fr": "le la les de des du et à en un une est que qui dans pour sur au aux par il elle avec ce"
    " cette ces son sa ses ne pas plus ont été nous vous leur leurs ou mais sont être se d l c s n"
    " j m t qu comme tout aussi entre ils votre vos notre nos si même fait cela donc ainsi où"
    " peut lors chez afin très sans sous lorsque",
    "es": "el la los las de del y a en un una es que se por con para su sus al lo como más o pero"
    " este esta no ha son fue ser sobre entre también hasta desde todo nos muy sin cuando años"
    " han hay porque esto si puede donde cada usted tu nuestro nuestra estos estas ya uno está",
    "pt": "o a os as de do da dos das e em um uma é que se por com para no na nos nas ao aos à mais"
    " como mas foi são ser seu sua não ou pelo pela entre também até já está este esta sobre ele"
    " quando muito isso você pode nosso nossa sem anos seus suas isto esse essa",
    "it": "il lo la i gli le di del della dei delle degli e a al alla in un una è che si per con"
    " non da dal dalla come più ma o sono nel nella nelle su sul sulla anche ha questo questa dell"
    " essere stato loro tra ed se tuo nostro può ci suo sua quando ogni nei l dall quello degli"
    " puoi alle viene",
    "ca": "el la els les de del dels i a en un una és que per amb al als més com o però aquest"
    " aquesta no ha són va ser sobre entre també fins des tot d l s n us ens seu seva quan pot"
    " aquests nostre molt sense hi si perquè heu",
    "ro": "și de la în a cu pe un o este că pentru din nu se ce sunt care al ale au mai sau fi prin"
    " pentru această acest lor ca dar fost după sa dvs dacă poate iar cei cele nostru într",
    "de": "der die das und in zu den von mit ist des im für auf dem ein eine einen einer nicht sich"
    " auch es an als wird werden sind aus bei nach wie oder um sie ihre ihr hat haben über zum zur"
    " einem eines durch dass er wir ich kann können noch nur vor diese dieser wenn uns unsere am"
    " sein bis mehr man mehr was so",
    "nl": "de het een en van in is dat op te voor met zijn aan niet die er door om ook als bij uit"
    " naar of worden wordt heeft hebben deze dit maar nog over tot was werd kan meer hun zich we"
    " ze wij u je onze ons zal kunnen geen wel na moet als wat",
    "sv": "och att det i en på är som för av med den till har de inte om ett var från vi kan sig"
    " eller när så ska vid också men detta hos sin sina efter under blir blev där din du dig är"
    " våra vår får utan bara mer oss denna man finns måste dessa",
    "da": "og at det i en på er som for af med den til har de ikke om et var fra vi kan sig eller"
    " når så skal ved også men denne hos sin sine efter under bliver blev der din du dig vores"
    " hvis jeg have være deres kun mere os man dette nogle nye meget hvad",
    "no": "og at det i en på er som for av med den til har de ikke om et var fra vi kan seg eller"
    " når så skal ved også men denne hos sin sine etter under blir ble der din du deg vår våre"
    " hvis jeg ha være deres bare mer oss man dette noen nye mye hva",
    "fi": "ja on ei se että oli ovat myös tai kun mutta joka jotka hän ole voi sekä kuin niin tämä"
    " sen mukaan jos vain olla hänen ovat joita jonka voit tässä mitä sinun meidän kanssa vuonna"
    " koska ennen nyt kuten",
    "pl": "i w na z do się nie jest że to o jak od po za przez dla są oraz ale co ma być które"
    " który która tym tego jego może także lub te został więcej czy już tylko ich ze jej można aby"
    " przy gdy jeśli",
    "cs": "a v na se je že to s z do o i za pro jako ve by od po jsou ale které který která nebo k"
    " být byl při jeho tak také však až aby byla jen podle mezi jsme má lze této než může pokud"
    " vaše není",
    "sk": "a v na sa je že to s z do o i za pre ako vo by od po sú ale ktoré ktorý ktorá alebo k"
    " byť bol pri jeho tak aj však až aby bola len podľa medzi sme má tejto než môže pretože",
    "hr": "i u na se je da za su od s o kao koji koja koje iz ne ili će bi biti nije što ali do"
    " sa ovo može te samo ako njihov kako više nakon prije između ih ima naš kojima treba",
    "hu": "a az és hogy nem is egy van meg ez azt ha volt csak de el már még mint vagy amely lehet"
    " minden kell volt szerint után között ami aki által ezt során nagyon fel ki be lesz vannak"
    " ezek pedig így",
    "tr": "ve bir bu için ile da de olarak olan çok daha en gibi kadar sonra ancak ise her ne ya"
    " veya değil olduğu tarafından var bunu biz göre ki üzerinde arasında yeni kendi nasıl tüm"
    " eğer bize sizin ilk",
    "id": "yang dan di ini untuk dengan dari pada adalah dalam tidak akan oleh itu ke atau juga"
    " sebagai bisa dapat kami anda telah lebih karena ada mereka jika saya sudah hanya secara"
    " bahwa kita saat tersebut serta",
    "vi": "và của là các trong cho có được không một những với đã để này người khi từ về cũng như"
    " đến tại ra vào sẽ hay bạn chúng tôi nếu trên theo bị thì nhiều phải do làm hơn",
}
"""The commonest words of languages in Latin letters, as they are written."""
_ALIKE: Final = frozenset(("hr",))
"""Languages that stand for others which are written nearly the same: Bosnian and Serbian."""
_OWN_LETTERS: Final = {
    "ñ¿¡": ("es",),
    "ãõ": ("pt",),
    "ß": ("de",),
    "ř": ("cs",),
    "ů": ("cs",),
    "ě": ("cs",),
    "ľĺŕ": ("sk",),
    "łńśźżąę": ("pl",),
    "őű": ("hu",),
    "ğış": ("tr",),
    "țșăţ": ("ro",),
    "đ": ("hr", "vi"),
    "ơưạảấầẩậắằặẹẻẽếềểễệịọỏốồổộớờởợụủứừửữự": ("vi",),
    "œ": ("fr",),
    "å": ("sv", "da", "no"),
    "øæ": ("da", "no"),
    "ä": ("de", "sv", "fi"),
    "ö": ("de", "sv", "fi", "hu", "tr"),
    "ç": ("fr", "pt", "ca", "tr"),
    "ê": ("fr", "pt", "vi"),
    "ì": ("it", "vi"),
    "ò": ("it", "ca", "vi"),
}
_SCRIPTS: Final = (
    ("ja", re.compile("[\u3040-\u30ff]")),
    ("ko", re.compile("[\u1100-\u11ff\uac00-\ud7af]")),
    ("zh", re.compile("[\u3400-\u4dbf\u4e00-\u9fff]")),
    ("ar", re.compile("[\u0600-\u06ff]")),
    ("he", re.compile("[\u0590-\u05ff]")),
    ("el", re.compile("[\u0370-\u03ff]")),
    ("ru", re.compile("[\u0400-\u04ff]")),
    ("th", re.compile("[\u0e00-\u0e7f]")),
    ("hi", re.compile("[\u0900-\u097f]")),
    ("ta", re.compile("[\u0b80-\u0bff]")),
    ("ka", re.compile("[\u10a0-\u10ff]")),
    ("hy", re.compile("[\u0530-\u058f]")),
)
"""Languages by their script; of a script that several write, the commonest one."""
_OF_CYRILLIC: Final = (
    ("uk", re.compile("[іїєґ]", re.IGNORECASE)),
    ("sr", re.compile("[јљњћђџ]", re.IGNORECASE)),
    ("be", re.compile("[ў]", re.IGNORECASE)),
)
_NOT_RUSSIAN: Final = re.compile(
    r"\b(?:във?|съм|като|със|беше|които|от|за|са|това)\b", re.IGNORECASE
)
_RUSSIAN: Final = re.compile("[ыэё]", re.IGNORECASE)
_OF_ARABIC: Final = (("fa", re.compile("[پچژگ]")), ("ur", re.compile("[ٹڈڑے]")))
_WORD: Final = re.compile(r"[^\W\d_]+")
_SHARED: Final = Counter(
    word for words in _FUNCTION_WORDS.values() for word in frozenset(words.split())
)
_WEIGHTS: Final = {
    language: {word: 1 / _SHARED[word] for word in words.split()}
    for language, words in _FUNCTION_WORDS.items()
}


def detect_language(text: str) -> str:
    """Returns the language of a text as a BCP 47 tag; empty if it is not clear."""
    sample = unicodedata.normalize("NFC", text[:_SAMPLE])
    words = _WORD.findall(sample.lower())
    letters = sum(map(len, words))
    if not letters:
        return ""
    return _by_words(words) if _is_latin(sample, letters) else _by_script(sample, letters)


def _is_latin(sample: str, letters: int) -> bool:
    others = sum(len(script.findall(sample)) for _language, script in _SCRIPTS)
    return others < _SCRIPT_SHARE * letters


def _by_script(sample: str, letters: int) -> str:
    """Returns the language of a text that is not written in Latin letters."""
    counts = {language: len(script.findall(sample)) for language, script in _SCRIPTS}
    if counts["ja"] >= _SCRIPT_SHARE / 4 * letters:
        return "ja"
    language = max(counts, key=lambda each: counts[each])
    if counts[language] < _SCRIPT_SHARE * letters:
        return ""
    if language == "ar":
        return next((each for each, own in _OF_ARABIC if own.search(sample)), "ar")
    if language == "ru":
        return _of_cyrillic(sample)
    return language


def _of_cyrillic(sample: str) -> str:
    for language, own in _OF_CYRILLIC:
        if own.search(sample):
            return language
    if _RUSSIAN.search(sample):
        return "ru"
    return "bg" if len(_NOT_RUSSIAN.findall(sample)) >= 2 else ""


def _by_words(words: list[str]) -> str:
    """Returns the language whose function words weigh most, if they clearly do."""
    counts = Counter(words)
    scores = {
        language: sum(weight * counts[word] for word, weight in weights.items() if word in counts)
        for language, weights in _WEIGHTS.items()
    }
    joined = "".join(words)
    for letters, languages in _OWN_LETTERS.items():
        number = min(sum(map(joined.count, letters)), _LETTERS_COUNTED)
        for language in languages:
            scores[language] += number * _OWN_LETTER / len(languages)
    (language, best), (_second, next_best) = Counter(scores).most_common(2)
    least, lead = max(_ENOUGH, _SHARE * len(words)), max(_LEAD, _LEAD_SHARE * best)
    if best < least or best - next_best < lead:
        return ""
    return "" if language in _ALIKE else language
