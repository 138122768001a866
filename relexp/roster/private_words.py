"""Headings that look like faith, ethnicity, politics, health, sexuality or gender, in the languages we ship.

What stands under them is used for pairing when the organiser asks for it, and never shown.
"""

from __future__ import annotations

from relexp.roster.words import words

# Single words as `words` writes them; "*" stands for any ending. Groups, in order: faith; ethnicity and origin;
# politics and trade union; health and diet; sexuality and gender. Date of birth and asylum are as sensitive.
_ENGLISH = (
    "faith* religio* belief* believ* hijab* headscar* denomination* church* mosque* synagogue* temple* worship creed spiritual*"
    " ethnic* race racial heritage nationality nationalities ancestry caste tribe tribal citizenship indigenous asylum refugee* immigration migrant*"
    " politic* party vote* voting voter brexit unionised ideolog*"
    " health* disab* medical* medic* illness* allerg* diet* wheelchair* accessib* impairment* neuro* pregnan* autis* condition* mobility"
    " mental wellbeing"
    " sexual* orientation lgbt* gay lesbian bisexual queer gender* sex pronoun* transgender trans nonbinary dob"
)
_WELSH = (
    "ffydd* crefydd* enwad* eglwys* capel mosg cred credo* ethnig* hil cenedligrwydd tras gwleid* plaid pleidlais*"
    " iechyd anabl* meddygol alergedd* rhywiol* rhywedd* rhyw rhagenw*"
)
_FRENCH = (
    "foi religi* croyance* eglise confession culte ethni* origine* nationalite race politi* parti vote* syndica* sante handicap* medica*"
    " maladie* allergi* regime sexu* orientation genre sexe pronom*"
)
_SPANISH = (
    "fe religi* creencia* iglesia confesion etni* raza origen nacionalidad politic* partido voto sindica* salud discapacidad*"
    " medic* enfermedad* alergi* dieta sexual* orientacion genero sexo pronombre*"
)
_POLISH = (
    "wiara wiary religi* wyzna* kosciol* etni* narodowosc* rasa pochodzenie polity* partia poglady zdrowi* zdrowot* niepelnospraw*"
    " medycz* alergi* dieta seksual* orientacja plec zaimk*"
)
_ARABIC = (
    "دین دینی* دیانه عقیده مذهب طائفه ایمان عرق عرقی* اثنی* اصل قومیه جنسیه سیاس* حزب تصویت نقابه صحه صحی* اعاقه طبی* حساسیه جنس"
    " جنسی* جنسانیه میول جندر"
)
_URDU = "مذهب* دین* عقیده عقائد ایمان فرقه مسلک نسل* قومیت ذات سیاس* صحت* معذور* طبی* الرجی جنس* صنف*"
_BENGALI = "ধর্ম* ধর্মীয় বিশ্বাস জাতি* নৃগোষ্ঠী বর্ণ রাজনীতি রাজনৈতিক স্বাস্থ্য* প্রতিবন্ধ* চিকিৎসা অসুস্থতা অ্যালার্জি যৌন* লিঙ্গ* জেন্ডার*"
_PHRASES = ("trade union", "union member", "union membership", "support level", "country of birth", "date of birth",
            "birth date", "first language at home", "access needs", "skin colour", "skin color", "gwlad enedigol",
            "undeb llafur", "zwiazek zawodowy", "ٹریڈ یونین", "well being", "m f", "f m", "man woman", "woman man",
            "men women", "women men", "male female", "female male")  # fmt: skip

_ALL = " ".join((_ENGLISH, _WELSH, _FRENCH, _SPANISH, _POLISH, _ARABIC, _URDU, _BENGALI)).split()
_WHOLE = frozenset(" ".join(words(word)) for word in _ALL if not word.endswith("*"))
_STEMS = tuple({" ".join(words(word)) for word in _ALL if word.endswith("*")})
_SAID = tuple(f" {' '.join(words(phrase))} " for phrase in _PHRASES)
_THE = "ال"


def looks_private(header: str) -> bool:
    """Whether a heading asks for something that must not be shown about a person."""
    spoken = words(header)
    if any(phrase in f" {' '.join(spoken)} " for phrase in _SAID):
        return True
    return any(_sensitive(word) or (word.startswith(_THE) and _sensitive(word.removeprefix(_THE))) for word in spoken)


def _sensitive(word: str) -> bool:
    return word in _WHOLE or word.startswith(_STEMS)
