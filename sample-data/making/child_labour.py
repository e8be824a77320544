"""Child labour findings 2016–2022: 24 countries, 22 questions, from the findings of the US Department of Labor."""

import re
import tomllib
from collections import Counter
from pathlib import Path

from .common import card, compact, counts, document, reason, rows, validate, without_empty

FOLDER = "child-labour-2016-2022"
EMBEDDED = "embedded/child-labour-2016-2022.json"
EDITIONS = [str(year) for year in range(2016, 2023)]
ACTIONS = Path(__file__).with_name("priority-actions.toml")
# Codes outside ISO 3166 say their own name.
NAMES = {"XKX": "Kosovo"}

# Territories of a MIXED value that stand for the whole country. The Federation of Bosnia and Herzegovina does not.
NATIONAL = {"Federal", "National", "National Total", "Bosnia and Herzegovina"}

LEGAL_TEST = "Yes means that the law meets the international standard, in the judgement of the source."
FIGURES = "A figure as the government gave it; its size says nothing about quality."
TREATY = "As the source saw it at the end of the year; the dates of the treaties are in another set."

# goal: id, title; indicator: id, the source's id, title, question, scale, guidance
GOALS = [
    ("legal", "Legal framework", [
        ("palermo-protocol", "LEGAL.PALERMO", "Palermo Protocol",
         "Has the country ratified the UN protocol against trafficking in persons?", "yes", TREATY),
        ("opsc", "LEGAL.OPSC", "OPSC",
         "Has it ratified the optional protocol on the sale of children, child prostitution and child pornography?",
         "yes", TREATY),
        ("crc", "LEGAL.CRC", "Rights of the Child",
         "Has it ratified the UN Convention on the Rights of the Child?", "yes", TREATY),
        ("ilo-c182", "LEGAL.C182", "ILO C182",
         "Has it ratified ILO Convention 182 on the worst forms of child labour?", "yes", TREATY),
        ("ilo-c138", "LEGAL.C138", "ILO C138",
         "Has it ratified ILO Convention 138 on the minimum age?", "yes", TREATY),
        ("trafficking-prohibited", "LEGAL.TRAFF", "Child trafficking prohibited",
         "Does the law prohibit trafficking in children, to the international standard?", "yes", LEGAL_TEST),
        ("csec-prohibited", "LEGAL.CSEC", "Sexual exploitation prohibited",
         "Does the law prohibit the commercial sexual exploitation of children, to the international standard?",
         "yes", LEGAL_TEST),
        ("forced-labour-prohibited", "LEGAL.FORCED", "Forced labour prohibited",
         "Does the law prohibit forced labour, to the international standard?", "yes", LEGAL_TEST),
        ("illicit-activities-prohibited", "LEGAL.ILLICIT", "Illicit activities prohibited",
         "Does the law prohibit using children in illicit activities, to the international standard?",
         "yes", LEGAL_TEST),
        ("minimum-age", "LEGAL.MINAGE", "Minimum age for work",
         "From what age may a child work?", "years",
         "The age in law for ordinary work. Light and hazardous work have limits of their own."),
    ]),
    ("prevention", "Prevention", [
        ("coordination", "PREV.COORD", "National coordination",
         "Does a national body coordinate work against child labour?", "yes",
         "Yes says that a body exists, not that it works well."),
        ("policy", "PREV.POLICY", "National policy",
         "Is there a national policy that addresses child labour?", "yes",
         "Yes says that a policy exists, not that it is carried out."),
        ("social-programme", "PREV.PROGRAM", "Social programme",
         "Does a social programme address child labour?", "yes", "Run, funded or joined by the government."),
        ("complaint-mechanism", "PREV.COMPLAINT", "Complaint mechanism",
         "Can complaints about child labour be made to the labour authorities?", "yes",
         "A line, an office or a site that takes complaints."),
        ("labour-inspectors", "PREV.INSPECTORS", "Labour inspectors",
         "How many labour inspectors are there?", "inspectors",
         FIGURES + " Compare it with the size of the labour force."),
    ]),
    ("services", "Victim services", [
        ("referral-labour", "VICT.LABREF", "Referral, labour authorities",
         "Do labour authorities and social services refer children to each other?", "yes",
         "A standing arrangement, both ways."),
        ("referral-criminal", "VICT.CRIMREF", "Referral, criminal authorities",
         "Do criminal authorities and social services refer children to each other?", "yes",
         "A standing arrangement, both ways."),
    ]),
    ("prosecution", "Prosecution", [
        ("investigator-training", "PROS.TRAIN", "Investigator training",
         "Are new criminal investigators trained on the worst forms of child labour?", "yes",
         "Initial training; refresher courses are not counted."),
        ("investigations", "PROS.INVEST", "Investigations",
         "How many investigations were opened?", "investigations", FIGURES),
        ("prosecutions", "PROS.PROSEC", "Prosecutions",
         "How many prosecutions were begun?", "prosecutions", FIGURES),
        ("convictions", "PROS.CONV", "Convictions",
         "How many convictions were won?", "convictions", FIGURES),
    ]),
    ("overall", "Overall", [
        ("advancement", "OVERALL.ADV", "Advancement level",
         "How far did the country advance against the worst forms of child labour in the year?", "advancement",
         "The source's own judgement of one year's efforts, not of the size of the problem."),
    ]),
]
FROM_SOURCE = {indicator[1]: (indicator[0], indicator[4]) for _, _, group in GOALS for indicator in group}

ADVANCEMENT = [
    ("none", "No advancement", "none"),
    ("minimal-delayed", "Minimal, with a law or practice that delayed it", "delayed"),
    ("minimal", "Minimal", "minimal"),
    ("moderate", "Moderate", "moderate"),
    ("significant", "Significant", "significant"),
]
ADVANCEMENT_PRINTED = {
    "No Advancement": "none",
    "Minimal Advancement": "minimal",
    "Moderate Advancement": "moderate",
    "Significant Advancement": "significant",
}


def count_scale(unit):
    return {"kind": "number", "unit": unit, "decimals": 0, "min": 0, "better": "neither"}


def framework():
    levels = [{"id": id, "label": label, "short": short} for id, label, short in ADVANCEMENT]
    figures = ["investigations", "prosecutions", "convictions"]
    return {
        "schema": "visavis.framework/1",
        "id": "child-labour-findings",
        "title": "Child labour findings 2016–2022",
        "version": "2022",
        "description": "What 24 governments do against the worst forms of child labour: law, prevention, services for"
        " victims, prosecution. Values as published by the US Department of Labor; questions, notes and priority"
        " actions in our own words.",
        "coverage_threshold": 0.8,
        "outdated_after_years": 3,
        "scales": {
            "yes": {"kind": "yes_no", "partial": True},
            "years": {"kind": "number", "unit": "years", "decimals": 0, "min": 0, "max": 21, "better": "neither"},
            "inspectors": count_scale("inspectors"),
            **{unit: count_scale(unit) for unit in figures},
            "advancement": {"kind": "levels", "levels": levels},
        },
        "goals": [
            # The source's overall judgement stands beside a score of the parts, and is no part of it.
            {"id": id, "title": title, "weight": 0 if id == "overall" else 1, "indicators": [
                {"id": i, "title": name, "question": question, "scale": scale, "weight": 1, "guidance": guidance}
                for i, _, name, question, scale, guidance in group]}
            for id, title, group in GOALS
        ],
        "findings": [
            {"id": "opsc-missing", "goal": "legal", "indicators": ["opsc"], "where": {"levels": ["no"]},
             "unit": "countries", "text": "have not ratified the optional protocol on the sale of children"},
            {"id": "csec-law", "goal": "legal", "indicators": ["csec-prohibited"], "where": {"levels": ["no", "partial"]},
             "unit": "countries", "text": "have no law against child sexual exploitation that fully meets the standard"},
            {"id": "age-15", "goal": "legal", "indicators": ["minimum-age"], "where": {"at_most": 15},
             "unit": "countries", "text": "let children work at 15 or younger"},
            {"id": "no-coordination", "goal": "prevention", "indicators": ["coordination"], "where": {"levels": ["no"]},
             "unit": "countries", "text": "have no national body that coordinates work against child labour"},
            {"id": "no-training", "goal": "prosecution", "indicators": ["investigator-training"],
             "where": {"levels": ["no"]}, "unit": "countries",
             "text": "do not train new criminal investigators on child labour"},
            {"id": "no-figures", "goal": "prosecution", "indicators": figures, "where": {"gap": ["no-data"]},
             "unit": "answers", "text": "of the figures on investigations, prosecutions and convictions are not known"},
        ],
        "groups": [],
        "sources": {
            "ilab": {"title": "US Department of Labor, Bureau of International Labor Affairs: Findings on the Worst"
                     " Forms of Child Labor", "url": "https://www.dol.gov/agencies/ilab/resources/reports/child-labor"},
        },
    }


def readings(by_territory):
    """[(territory, reading)] of a MIXED value."""
    return [tuple(part.rsplit(": ", 1)) for part in by_territory.split("; ")]


def whole(text):
    """(number, footnoted) of a printed figure such as 2,582‡, or None."""
    found = re.fullmatch(r"(\d[\d,]*)([*†‡]?)", text)
    return found and (int(found[1].replace(",", "")), bool(found[2]))


def mixed(by_territory, scale):
    """A value only where the territories' readings settle it; the note always names each of them."""
    parts = readings(by_territory)
    spoken = [text for _, text in parts if text != "N/A"]
    cell = {"printed": " | ".join(dict.fromkeys(text for _, text in parts))}
    named = "; ".join(f"{place}: {text}" for place, text in parts)
    if not spoken:
        return {"gap": "not-applicable"} | cell | {"note": f"By territory: {named}."}
    if scale == "yes":
        if {"Yes", "No"} <= set(spoken):
            return {"level": "partial"} | cell | {"note": f"Differs by territory: {named}."}
        if "Unknown" not in spoken:
            return {"level": spoken[0].lower()} | cell | {"note": f"The same wherever it applies: {named}."}
        return {"gap": "no-data"} | cell | {"note": f"Known for a part of the country only: {named}."}
    if "Unknown" in spoken:
        return {"gap": "no-data"} | cell | {"note": f"Known for a part of the country only: {named}."}
    figures = [whole(text)[0] for text in spoken]
    if scale == "years":
        note = "The same wherever it applies" if len(set(figures)) == 1 else "The lowest age in any territory"
        return {"value": min(figures)} | cell | {"note": f"{note}: {named}."}
    national = next((whole(text)[0] for place, text in parts if place in NATIONAL and text != "N/A"), None)
    if national is not None and national * 2 == sum(figures):
        return {"value": national} | cell | {"note": f"The national figure is the sum of the others: {named}."}
    repeated = [figure for figure, times in Counter(figures).items() if figure and times > 1]
    if repeated:
        return {"gap": "no-data"} | cell | {"note": f"One figure stands for several territories, so no total: {named}."}
    return {"value": sum(figures)} | cell | {"note": f"The sum of the territories: {named}."}


def plain(text, scale):
    """A cell from a value that is the same for the whole country."""
    if text in ("N/A", "Not Applicable"):
        return {"gap": "not-applicable", "printed": text}
    if text in ("", "Unknown", "Unknown*"):
        return {"gap": "no-data", "printed": text}
    if scale == "yes":
        return {"level": {"Yes": "yes", "No": "no"}[text]}
    if scale == "advancement":
        delayed = text.startswith("Minimal Advancement – Efforts Made but ") and text.endswith("that Delayed Advancement")
        return {"level": "minimal-delayed" if delayed else ADVANCEMENT_PRINTED[text], "printed": text}
    figure, footnoted = whole(text)
    cell = {"value": figure}
    if footnoted:
        note = f"The source prints a footnote mark ({text[-1]}) on this figure; read it there before relying on it."
        cell |= {"printed": text, "marks": ["low-reliability"], "note": note}
    elif text != str(figure):
        cell["printed"] = text
    return cell


def cell(row):
    _, scale = FROM_SOURCE[row["indicator_id"]]
    found = mixed(row["by_territory"], scale) if row["value"] == "MIXED" else plain(row["value"], scale)
    return without_empty(found | {"as_of": row["year"], "sources": ["ilab"]})


def summary(cells, before, year):
    """One or two sentences from the values alone."""
    labels = {id: label.lower() for id, label, _ in ADVANCEMENT}
    level = cells["advancement"]["level"]
    said = f"Advancement in {year}: {labels[level]}"
    if before:
        order = [id for id, *_ in ADVANCEMENT]
        step = order.index(level) - order.index(before["advancement"]["level"])
        from_label = labels[before["advancement"]["level"]]
        said += f" ({'up' if step > 0 else 'down'} from {from_label})" if step else " (as the year before)"
    bans = [cells[i].get("level") for i in cells if i.endswith("-prohibited")]
    met = bans.count("yes")
    said += f". {met} of 4 prohibitions in law {'meets' if met == 1 else 'meet'} the standard"
    missing = [i for i in ("investigations", "prosecutions", "convictions") if reason(cells[i]) == "no-data"]
    named = ", ".join(missing[:-1]) + " and " + missing[-1] if len(missing) > 1 else "".join(missing)
    return said + (f"; no figure for {named}." if missing else ".")


def cards(facts, the_framework):
    """{country: [card of each edition]}, countries in the order of their codes."""
    actions = tomllib.loads(ACTIONS.read_text(encoding="utf-8"))
    table = {}
    for row in rows(facts, "child-labour-findings-24-countries.csv"):
        table.setdefault(row["iso3"], {}).setdefault(row["year"], {})[row["indicator_id"]] = row
    made = {}
    for country in sorted(table):
        before = None
        for year in EDITIONS:
            found = table[country][year]
            cells = {FROM_SOURCE[id][0]: cell(found[id]) for id in FROM_SOURCE}
            one = next(iter(found.values()))
            extra = {"name": NAMES[country]} if country in NAMES else {}
            made.setdefault(country, []).append(card(
                the_framework, country, year, f"{year}-12-31", **extra,
                summary=summary(cells, before, year), assessments=cells,
                priority_actions=actions.get(year, {}).get(country),
                sources={"ilab": {"title": one["source_title"], "url": one["source_url"]}}))
            before = cells
    return made


def assert_totals(all_cards):
    """The counts of the newest edition, cell by cell what the source left open."""
    newest = [c for c in all_cards if c["edition"] == "2022"]
    assert counts(newest) == (528, 483, 37, 8, 0), counts(newest)
    gaps = {"BIH": 1, "BRA": 3, "KHM": 4, "HTI": 3, "KEN": 2, "KGZ": 4, "NGA": 2, "PAK": 6, "SOM": 2, "UKR": 7, "UZB": 3}
    not_applicable = {"XKX": 5, "MNE": 3}
    for one in newest:
        _, _, no_data, out, _ = counts([one])
        assert no_data == gaps.get(one["country"], 0), (one["country"], no_data)
        assert out == not_applicable.get(one["country"], 0), (one["country"], out)
        assert 3 <= len(one["priority_actions"]) <= 6, one["country"]
    columns = Counter(i for c in newest for i, found in c["assessments"].items() if reason(found) == "no-data")
    assert columns == {
        "complaint-mechanism": 1, "labour-inspectors": 3, "referral-labour": 2, "referral-criminal": 3,
        "investigator-training": 4, "investigations": 9, "prosecutions": 7, "convictions": 8}, columns


def check(the_framework, all_cards):
    assert len(all_cards) == 24 * 7 and {c["edition"] for c in all_cards} == set(EDITIONS)
    validate(the_framework, all_cards)
    assert_totals(all_cards)


def make(facts):
    """{path: text} of the set, folder and embedded bundle."""
    the_framework = framework()
    made = cards(facts, the_framework)
    everything = [one for group in made.values() for one in group]
    check(the_framework, everything)
    files = {f"{FOLDER}/framework.json": document(the_framework)}
    files |= {f"{FOLDER}/cards/{country}.json": document(group) for country, group in made.items()}
    lines = ",\n".join(compact(one) for one in everything)
    files[EMBEDDED] = '{"framework":' + compact(the_framework) + ',"cards":[\n' + lines + "\n]}\n"
    return files
