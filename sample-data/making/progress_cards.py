"""Progress cards 2010, reconstructed: the framework with its published findings, and 26 placeholder countries that give them."""

import hashlib
import string

from .common import card, document, treaty_status, validate

FOLDER = "progress-cards-2010"
EDITION, ASSESSED_ON = "2010", "2010-07-01"
CODES = [f"X{letter}" for letter in string.ascii_uppercase]

MEASURE = [("none", "No measure"), ("partial", "Some measures"), ("full", "Adequate measures")]
PLAN = [("none", "No policy or plan"), ("partial", "In part, or not carried out"), ("full", "In force and carried out")]
LAW = [("none", "Not in line"), ("partial", "Partially in line"), ("full", "In line")]
POLICE = [("none", "No specialised unit"), ("partial", "In some places, or not properly trained"),
          ("full", "Properly trained, across the country")]
SERVICE = [("none", "No such service"), ("basic", "Neither comprehensive nor specialised"),
           ("comprehensive", "Comprehensive, not specialised"), ("specialised", "Comprehensive and specialised")]
GRADE = [("slow-progress", "Slow progress"), ("limited-measures", "Limited measures"),
         ("some-progress", "Some progress"), ("notable-progress", "Notable progress")]
SERVICES = ["helpline", "shelters", "counselling", "psychological"]

# indicator: how many of the 26 placeholders stand on each level, worst first; the sums are checked.
COUNTS = {
    "national-plan": {"none": 5, "partial": 13, "full": 8},
    "awareness-campaigns": {"none": 7, "partial": 10, "full": 9},
    "teacher-training": {"none": 15, "partial": 11, "full": 0},
    "opsc": {"signed-only": 4, "bound": 22},
    "trafficking-protocol": {"signed-only": 2, "bound": 24},
    "trafficking-legislation": {"none": 2, "partial": 16, "full": 8},
    "police-units": {"none": 6, "partial": 18, "full": 2},
    "helpline": {"none": 6, "basic": 8, "comprehensive": 12, "specialised": 0},
    "shelters": {"none": 4, "basic": 18, "comprehensive": 4, "specialised": 0},
    "counselling": {"none": 2, "basic": 17, "comprehensive": 6, "specialised": 1},
    "psychological": {"none": 3, "basic": 16, "comprehensive": 7, "specialised": 0},
}
GRADE_OF = {"prevention-grade": ["national-plan", "awareness-campaigns", "teacher-training"],
            "legal-grade": ["opsc", "trafficking-protocol", "trafficking-legislation", "police-units"],
            "services-grade": SERVICES}
GRADE_OF["overall-grade"] = [indicator for group in list(GRADE_OF.values()) for indicator in group]

# goal, id, indicators, where, text, published (text, percent), k, n
FINDINGS = [
    ("prevention", "no-plan", ["national-plan"], {"levels": ["none"]},
     "have no current policy or national plan of action on preventing trafficking", ("19 %", 19), 5, 26),
    ("prevention", "no-campaign", ["awareness-campaigns"], {"levels": ["none"]},
     "have run no awareness campaign on child trafficking", ("27 %", 27), 7, 26),
    ("prevention", "teacher-training", ["teacher-training"], {"levels": ["full"]},
     "take adequate measures to put child trafficking into the training of teachers", ("none", 0), 0, 26),
    ("legal", "opsc-signed-only", ["opsc"], {"signed_only": True},
     "have signed the OPSC and not ratified it", ("15 %", 15), 4, 26),
    ("legal", "protocol-signed-only", ["trafficking-protocol"], {"signed_only": True},
     "have still to ratify the Trafficking Protocol", ("2 countries", None), 2, 26),
    ("legal", "law-partial", ["trafficking-legislation"], {"levels": ["partial"]},
     "have laws that are only partially in line with the Trafficking Protocol", ("61 %", 61), 16, 26),
    ("legal", "police-units", ["police-units"], {"levels": ["full"]},
     "have properly trained, specialised police units across the country", ("8 %", 8), 2, 26),
    ("services", "services-basic", SERVICES, {"levels": ["none", "basic"]},
     "of the assistance and care services are neither comprehensive nor specialised", ("71 %", 71), 74, 104),
    ("services", "no-helpline", ["helpline"], {"levels": ["none"]},
     "have no helpline for vulnerable children or child victims", ("nearly one in four", None), 6, 26),
    ("services", "shelters", ["shelters"], {"levels": ["specialised"]},
     "have specialised shelters for child victims of trafficking", ("none", 0), 0, 26),
    ("services", "counselling", ["counselling"], {"levels": ["specialised"]},
     "offer comprehensive, specialised counselling", ("4 %", 4), 1, 26),
    ("services", "no-psychological", ["psychological"], {"levels": ["none"]},
     "have no service for psychological healing", ("11 %", 11), 3, 26),
]


def scale(levels):
    return {"kind": "levels", "levels": [{"id": id, "label": label} for id, label in levels]}


def indicator(id, title, question, of, guidance, weight=1):
    return {"id": id, "title": title, "question": question, "scale": of, "weight": weight, "guidance": guidance}


def goal(id, title, *of, weight=1):
    return {"id": id, "title": title, "weight": weight, "indicators": list(of)}


def grade(id, title, of):
    """A grade sums up the answers above it: in a score of those it would count them twice."""
    return indicator(id, title, f"Which grade does the card give {of}?", "grade",
                     "In this reconstruction the mean of the placeholder's own answers, cut into four.", weight=0)


def goals():
    derived = "Read as of the edition's date."
    service = "Comprehensive: open to every child victim, in the whole country. Specialised: made for trafficked children."
    return [
        goal("prevention", "Community-based prevention",
             indicator("national-plan", "National plan of action", "Is there a current policy or national plan of action"
                       " on preventing the trafficking of children?", "plan", "A plan that has run out is not current."),
             indicator("awareness-campaigns", "Awareness campaigns", "Are there campaigns that make child trafficking"
                       " known?", "measure", "Campaigns of the state or with its support."),
             indicator("teacher-training", "Training of teachers", "Is child trafficking part of the training of"
                       " teachers?", "measure", "Adequate: in the ordinary curriculum, for all teachers."),
             grade("prevention-grade", "Grade: prevention", "for prevention")),
        goal("legal", "Legal framework",
             indicator("opsc", "OPSC", "Is the state bound by the optional protocol on the sale of children, child"
                       " prostitution and child pornography?", "treaty", derived),
             indicator("trafficking-protocol", "Trafficking Protocol", "Is the state bound by the UN protocol against"
                       " trafficking in persons?", "treaty", derived),
             indicator("trafficking-legislation", "Legislation on trafficking", "Is the law in line with the"
                       " Trafficking Protocol?", "law", "The definition, the punishment and the place of children in it."),
             indicator("police-units", "Specialised police units", "Are there police units for crimes against children"
                       " of this kind?", "police", "Count units with trained officers and their own mandate."),
             grade("legal-grade", "Grade: legal framework", "for the legal framework")),
        goal("services", "Services for child victims",
             indicator("helpline", "Helpline", "Is there a helpline for vulnerable children or child victims?", "service",
                       service),
             indicator("shelters", "Shelters", "Are there shelters for child victims of trafficking?", "service", service),
             indicator("counselling", "Counselling", "Is there counselling for child victims?", "service", service),
             indicator("psychological", "Psychological healing", "Is there a service for psychological healing?",
                       "service", service),
             grade("services-grade", "Grade: services", "for services")),
        goal("overall", "Overall", grade("overall-grade", "Overall grade", "overall"), weight=0),
    ]


def published(text, percent):
    figure = {} if percent is None else {"percent": percent}
    return {"text": text} | figure | {"edition": EDITION, "group": "osce"}


def framework():
    return {
        "schema": "visavis.framework/1",
        "id": "progress-card",
        "title": "Country Progress Card 2010 (reconstruction)",
        "version": EDITION,
        "description": "The three goals of ECPAT's Country Progress Card System, the indicators behind the findings"
        " published for the OSCE region in July 2010, and the grades. The tables of the real cards are not public any"
        " more. 26 placeholder countries, XA to XZ, stand for the 26 OSCE countries: only the counts behind the"
        " published figures are real. Which placeholder has which answer, every treaty date and every grade is"
        " invented.",
        "notice": "reconstruction: placeholder countries, no facts about any real state",
        "coverage_threshold": 0.8,
        "outdated_after_years": 3,
        "scales": {"plan": scale(PLAN), "measure": scale(MEASURE), "treaty": {"kind": "treaty"}, "law": scale(LAW),
                   "police": scale(POLICE), "service": scale(SERVICE), "grade": scale(GRADE)},
        "goals": goals(),
        "findings": [
            {"id": id, "goal": of, "indicators": indicators, "where": where,
             "unit": "answers" if len(indicators) > 1 else "countries", "text": text, "published": published(*figure)}
            for of, id, indicators, where, text, figure, _, _ in FINDINGS
        ],
        "groups": [{"id": "osce", "title": "OSCE: the 26 placeholders", "members": CODES}],
        "sources": {
            "osce-2010": {"title": "Reconstructed from the figures in: ECPAT International and The Body Shop,"
                          " submission to the OSCE, July 2010", "date": "2010-07"},
            "invented": {"title": "Invented for the reconstruction; says nothing about any state"},
        },
    }


def dice(*of):
    """A number in 0–1 that is always the same for the same words."""
    return int.from_bytes(hashlib.sha256("/".join(of).encode()).digest()[:6], "big") / 2**48


def placed():
    """{indicator: {country: level}}: each placeholder has a bent, and chance does the rest."""
    found = {}
    for indicator, levels in COUNTS.items():
        order = sorted(CODES, key=lambda code: dice("bent", code) + dice(indicator, code))
        ladder = [level for level, times in levels.items() for _ in range(times)]
        assert len(ladder) == len(CODES), indicator
        found[indicator] = dict(zip(order, ladder))
    return found


def height(indicator, level):
    """Where a level stands on its ladder, 0–1."""
    ladder = list(COUNTS[indicator])
    if "bound" in ladder:
        ladder = ["not-signed", "signed-only", "bound"]
    return ladder.index(level) / (len(ladder) - 1)


def grade_level(mean):
    cuts = [(0.35, "slow-progress"), (0.48, "limited-measures"), (0.7, "some-progress")]
    return next((level for cut, level in cuts if mean < cut), "notable-progress")


def treaty_cell(indicator, code, level):
    """Dates on New Year's Day, so that nobody takes them for real ones."""
    signed = 2001 + int(dice(indicator, code, "signed") * 3)
    cell = {"signed": f"{signed}-01-01", "bound": None}
    if level == "bound":
        cell |= {"bound": f"{signed + 1 + int(dice(indicator, code, 'bound') * 5)}-01-01", "act": "ratification"}
    return cell | {"sources": ["osce-2010", "invented"]}


def cards(the_framework):
    levels = placed()
    made = []
    for code in CODES:
        cells = {}
        for of in the_framework["goals"]:
            for one in of["indicators"]:
                id = one["id"]
                if id in GRADE_OF:
                    mean = sum(height(i, levels[i][code]) for i in GRADE_OF[id]) / len(GRADE_OF[id])
                    cells[id] = {"level": grade_level(mean), "sources": ["invented"]}
                elif "bound" in COUNTS[id]:
                    cells[id] = treaty_cell(id, code, levels[id][code])
                else:
                    cells[id] = {"level": levels[id][code], "as_of": EDITION, "sources": ["osce-2010"]}
        made.append(card(the_framework, code, EDITION, ASSESSED_ON, name=f"Placeholder {code}", assessments=cells))
    return made


def holds(where, cell):
    if "signed_only" in where:
        return treaty_status(cell, ASSESSED_ON) == "signed-only"
    return cell["level"] in where["levels"]


def check(the_framework, all_cards):
    """Every published row, by counting the cards."""
    assert [c["country"] for c in all_cards] == CODES
    assert all(c["name"] == f"Placeholder {c['country']}" for c in all_cards)
    validate(the_framework, all_cards)
    assert [f["id"] for f in the_framework["findings"]] == [id for _, id, *_ in FINDINGS]
    for _, id, indicators, where, _, (_, percent), k, n in FINDINGS:
        answers = [c["assessments"][i] for c in all_cards for i in indicators]
        found = sum(holds(where, cell) for cell in answers)
        assert (found, len(answers)) == (k, n), (id, found, len(answers))
        assert percent is None or int(100 * k / n) == percent or round(100 * k / n) == percent, id


def make(_facts):
    """{path: text} of the set."""
    the_framework = framework()
    made = cards(the_framework)
    check(the_framework, made)
    return {f"{FOLDER}/framework.json": document(the_framework), f"{FOLDER}/cards/2010.json": document(made)}
