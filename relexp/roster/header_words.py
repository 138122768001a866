"""The headings under which sign-up sheets hold what we know how to use, in the languages we ship.

Exports of Action Network, NationBuilder, Eventbrite, Google Forms and Zetkin, and what people write by hand.
"""

from __future__ import annotations

import re

# For each known column the headings that mean it, the surest first, as `words` writes them: no case, accents or
# punctuation. "can2" is Action Network's prefix for its own columns.
KNOWN: dict[str, tuple[str, ...]] = {
    "id": (
        "id", "person id", "participant id", "member id", "uuid", "zetkin id", "nationbuilder id", "activist id",
        "contact id", "user id", "ext id", "external id", "badge number", "identifiant", "identificador",
        "identyfikator", "dynodydd", "المعرف", "আইডি", "شناخت",
    ),
    "name": (
        "name", "full name", "fullname", "name and surname", "first and last name", "first name and surname",
        "first name last name", "your name", "your full name", "name in full", "attendee name", "participant name",
        "participant", "attendee", "guest name", "person", "persons name", "names", "badge name", "name on badge",
        "name for badge", "name for your badge", "name badge", "preferred name", "display name", "known as",
        "enw", "enw llawn", "eich enw", "nom complet", "nom et prenom", "prenom et nom", "votre nom", "nombre completo",
        "nombre y apellido", "nombre y apellidos", "imie i nazwisko", "nazwisko i imie", "الاسم", "اسم", "الاسم الكامل", "নাম",
        "পুরো নাম", "আপনার নাম", "نام", "پورا نام", "مکمل نام", "آپ کا نام",
    ),
    "given_name": (
        "given name", "given names", "first name", "firstname", "forename", "forenames", "christian name", "can2 first name",
        "attendee first name", "your first name", "first", "prenom", "nombre", "imie", "enw cyntaf", "الاسم الاول", "প্রথম নাম", "پہلا نام",
    ),
    "family_name": (
        "family name", "last name", "lastname", "surname", "second name", "can2 last name", "attendee last name",
        "attendee surname", "your last name", "your surname", "last", "nom", "nom de famille", "apellido", "apellidos", "nazwisko",
        "cyfenw", "اسم العائله", "اللقب", "শেষ নাম", "পদবি", "خاندانی نام", "آخری نام",
    ),
    "email": (
        "email", "e mail", "email address", "e mail address", "your email", "can2 email", "attendee email", "mail",
        "courriel", "adresse email", "adresse e mail", "correo", "correo electronico", "e bost", "ebost", "cyfeiriad e bost",
        "adres email", "adres e mail", "البريد الالكترونی", "ইমেইল", "ইমেল", "ای میل",
    ),
    "organisation": (
        "organisation", "organization", "org", "organisation name", "organization name", "name of organisation",
        "name of organization", "institution", "institution name", "your organisation", "your organization",
        "who did you come with", "who are you coming with", "came with", "coming with", "come with", "group", "your group",
        "group name", "affiliation", "member organisation", "member institution", "organisation or group",
        "organisation group", "group organisation", "group or organisation", "organisation institution",
        "company organisation", "company organization", "organisation company", "company", "company name", "employer",
        "congregation", "community group", "partner organisation", "representing", "delegation",
        "sefydliad", "mudiad", "organisme", "association", "organizacion", "institucion", "organizacja", "instytucja",
        "grupa", "المنظمه", "المؤسسه", "الجهه", "المجموعه", "সংগঠন", "সংস্থা", "প্রতিষ্ঠান", "تنظیم", "اداره", "اداره یا تنظیم", "گروه",
    ),
    "side": ("side", "host or guest", "host guest", "hosts or guests", "hosts and guests", "guest or host", "are you a host or a guest", "are you a host or guest"),
    "languages": (
        "languages", "language", "languages spoken", "language spoken", "spoken languages", "preferred language",
        "preferred languages", "languages i am comfortable in", "languages you are comfortable in",
        "comfortable languages", "i speak", "languages you speak", "language you speak", "what languages you speak", "ieithoedd", "iaith", "langues", "langue", "langues parlees", "idiomas", "idioma",
        "lenguas", "jezyki", "jezyk", "اللغات", "اللغه", "لغات", "ভাষা", "ভাষাসমূহ", "زبان", "زبانیں",
    ),
    "under_18": (
        "under 18", "under18", "under 18s", "under eighteen", "is under 18", "u18", "u 18", "aged under 18", "minor", "child",
        "are you under 18", "i am under 18", "are you a child", "is a child", "is a minor", "below 18", "age under 18", "ages under 18", "18 under", "18 and under", "18 or under", "18 or below", "18 and below", "18 or younger", "18 and younger", "younger than 18", "dan 18", "o dan 18", "moins de 18 ans", "mineur",
        "menor de 18", "menor de 18 anos", "menor de edad", "ponizej 18 lat", "niepelnoletni", "niepelnoletnia",
        "تحت 18", "دون 18", "১৮ বছরের কম", "18 سال سے کم",
    ),
    "over_18": (
        "over 18", "over18", "over 18s", "over eighteen", "o18", "18 plus", "18 over", "age over 18", "age 18 or over", "is over 18", "aged over 18", "18 or over", "18 and over", "18 or older", "aged 18 or over", "are you over 18",
        "are you 18 or over", "i am over 18", "i am 18 or over", "at least 18",
        "are you an adult", "i am an adult", "is an adult", "adult or child", "child or adult", "adult child", "child adult",
        "adults and children", "adult or minor",
    ),
    "responsible_adult": (
        "responsible adult", "adult responsible", "accompanying adult", "accompanied by", "name of responsible adult", "responsible adult name", "oedolyn cyfrifol", "adulte responsable", "adulto responsable",
        "coming with adult", "came with adult", "with adult", "adult coming with", "adult they came with", "adult in charge",
        "opiekun", "dorosly opiekun", "البالغ المسؤول", "দায়িত্বশীল প্রাপ্তবয়স্ক", "ذمه دار بالغ",
    ),
    "interpreter_for": (
        "interpreter for", "interprets for", "interpreting for", "interpreter of", "translator for", "translates for", "translating for",
        "cyfieithydd i", "cyfieithu ar y pryd i", "interprete pour", "interprete de", "interprete para", "tlumacz dla", "tlumaczy dla", "مترجم ل", "এর দোভাষী", "ترجمان براء",
    ),
    "fixed_seat": ("fixed seat", "fixed table", "keeps seat", "keep seat", "stays seated", "same seat", "sedd sefydlog", "place fixe", "asiento fijo", "stale miejsce", "مقعد ثابت", "নির্দিষ্ট আসন", "مقرره نشست"),
    "quiet": ("quiet", "quiet table", "quiet seat", "quiet space", "needs quiet", "tawel", "bwrdd tawel", "table calme", "calme", "mesa tranquila", "cichy stolik", "طاوله هادئه", "শান্ত টেবিল", "پرسکون میز"),
    "rest": ("rest", "rests", "rest rounds", "rounds to rest", "rounds to sit out", "sit out", "sits out", "sitting out", "gorffwys", "repos", "descanso", "odpoczynek", "استراحه", "বিশ্রাম", "آرام"),
    "women_only": ("women only", "only women", "with women only", "woman only", "female only", "menywod yn unig", "femmes seulement", "solo mujeres", "tylko kobiety", "نساء فقط", "শুধু মহিলা", "صرف خواتین"),
    "gender": ("gender", "sex", "your gender", "gender identity", "rhywedd", "genre", "sexe", "genero", "sexo", "plec", "الجنس", "লিঙ্গ", "جنس", "صنف"),
    "consent": ("consent", "consent given", "i consent", "i agree", "gdpr consent", "data consent", "email consent", "cydsyniad", "consentement", "consentimiento", "zgoda", "الموافقه", "সম্মতি", "رضامندی"),
}  # fmt: skip

_ASK = r"(?:what|which|who|whom|with whom|please|your|tell|enter|write|and|beth|pa|quel|quelle|quels|quelles|avec|cual|con|jak|z jak|ما|আপনার|آپ)"
_YES_NO = r"(?:do|would|are|will|is|can|have|may|i|please|if)"
# Questions that mean a known column when no heading does outright: the words it must hold, and words that make it
# another question. Tried in this order, so that "your organisation's name" is not taken for a name.
QUESTIONS: tuple[tuple[str, re.Pattern[str], re.Pattern[str]], ...] = tuple(
    (key, re.compile(holds), re.compile(rf"\b(?:{but})\b"))
    for key, holds, but in (
        (
            "responsible_adult",
            r"\b(?:responsible adult|adult responsible|oedolyn cyfrifol|adulte responsable|adulto responsable)\b",
            "phone|number|email|contact",
        ),
        (
            "interpreter_for",
            r"\b(?:interpret|interprets|interpreting|translating|translate) for\b|\binterpreter for (?:who|whom|somebody|someone)\b",
            "need|phone",
        ),
        (
            "over_18",
            rf"^{_YES_NO}\b.*(?:\bover 18\b|\b18 (?:or|and|years or) (?:over|older|above)\b|\bat least 18\b|\b18 years (?:old )?or (?:over|older|above)\b)",
            "not|you work",
        ),
        (
            "under_18",
            rf"^{_YES_NO}\b.*\b(?:(?:under|below|younger than) (?:18|eighteen|the age of 18)|18 (?:or|and) (?:under|below|younger))\b",
            "bring|bringing|children|anyone|somebody|someone|you work",
        ),
        (
            "women_only",
            rf"^{_YES_NO}\b.*\b(?:women only|only women|only with women|only other women|women and nobody)\b",
            "photo",
        ),
        (
            "fixed_seat",
            rf"^{_YES_NO}\b.*\b(?:fixed seat|fixed table|same seat|same table|same place|(?:stay|remain) (?:in|at) one|stay seated|keep (?:your|my|one|a) seat|not (?:be able to )?move between tables)\b",
            "photo",
        ),
        ("quiet", rf"^{_YES_NO}\b.*\bquiet(?:er)?\b", "photo|carriage"),
        (
            "rest",
            r"\brounds?\b.*\b(?:sit out|sitting out|rest|skip)\b|\b(?:sit out|rest in|skip)\b.*\brounds?\b",
            "how",
        ),
        (
            "consent",
            rf"^{_YES_NO}\b.*\b(?:consent|agree)\b",
            "photo|photos|photograph|photographed|filmed|film|picture|newsletter|not",
        ),
        ("side", r"\bhosts?\b.*\bguests?\b|\bguests?\b.*\bhosts?\b", "how|many|number"),
        ("gender", rf"^{_ASK}\b.*\b(?:gender|sex)\b", "how|why"),
        ("email", rf"^{_ASK}\b.*\be ?mail\b", "emergency|parent|how|buyer|organisation|organization"),
        (
            "languages",
            rf"^{_ASK}\b.*\b(?:languages?|ieithoedd|langues?|idiomas?|lenguas?|jezyki|jezykach|اللغات|ভাষা|زبانیں)\b|^in which languages?\b",
            "need|needs|support|sign up|learn|learning|programming|written|letters",
        ),
        (
            "organisation",
            rf"^{_ASK}\b.*\b(?:organi[sz]ations?|org|institution|affiliation|congregation|group|company|employer"
            r"|come with|coming with|came with|sefydliad|mudiad|organisme|association|organizacion|organizacja)\b"
            r"|^(?:name of|who|with) .*\b(?:organi[sz]ation|institution|group|come with|coming with|came with|represent|representing)\b|\byou(?:r)? represent\b",
            "age|ethnic|type|kind|size|website|address|phone|postcode|role|position|many|hear|hope|hopes|know|think|bring|bringing|responsible|emergency|blood|faith|about",
        ),
        (
            "given_name",
            rf"^{_ASK}\b.*\b(?:first|given) names?\b|\bforename\b",
            "last|surname|family|emergency|parent|buyer|child|pet",
        ),
        (
            "family_name",
            rf"^{_ASK}\b.*\b(?:last|family) names?\b|^{_ASK}\b.*\bsurname\b",
            "first|given|emergency|parent|buyer|child|maiden",
        ),
        (
            "name",
            rf"^{_ASK}\b.*\b(?:names?|called|enw|nom|nombre|imie i nazwisko)\b|^(?:name|enw|nom|nombre)\b|\bname\b.*\bbadge\b",
            "event|buyer|emergency|parent|guardian|carer|school|group|company|team|ticket|street|user|file|venue|contact"
            "|organi[sz]ation|child|childs|children|pet|doctor|gp|referrer|friend|others|anyone|employer|institution|adult|project|campaign|union|church|mosque|village|town|city|road",
        ),
    )
)

# Columns that such exports add of their own accord: kept, but never taken for something people differ in.
BOOKKEEPING = re.compile(
    r"^(?:timestamps?|date|time|orders?|tickets?|event|attendee|buyer|barcode|quantity|total|currency|payment|discount|referr\w*|source"
    r"|tags?|created|updated|modified|submi\w+|responses?|row|no$|nr$|number$|phone|mobile|home phone|work phone|tel|telephone|cell|can2"
    r"|address|street|postcode|zip|notes?|comments?|website|facebook|twitter|prefix|suffix|middle|legal|title$|dob|birth|anything"
    r"|how did you hear|url|link|ip|utm)\b"
)
