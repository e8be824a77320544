"""OSCE participating States 2009–2012: the 3P index, the TIP tier, three treaties and the ECPAT grades that are known."""

from .common import card, document, rows, treaty_status, validate, without_empty

FOLDER = "osce-2009-2012"
EDITIONS = ["2009", "2010", "2011", "2012"]
# The years in which ECPAT's cards came out.
ECPAT_EDITIONS = {"2009", "2010", "2012"}
# Participating States that were not members of the Council of Europe in these years.
OUTSIDE_COUNCIL_OF_EUROPE = {"BLR", "CAN", "KAZ", "KGZ", "MNG", "TJK", "TKM", "USA", "UZB", "VAT"}

EFFORT = [("1", "1 – no effort"), ("2", "2 – little effort"), ("3", "3 – some effort"), ("4", "4 – strong effort"),
          ("5", "5 – full effort")]
TIERS = [("tier-3", "Tier 3"), ("tier-2-watch-list", "Tier 2 Watch List"), ("tier-2", "Tier 2"), ("tier-1", "Tier 1")]
TIER_PRINTED = {"Tier 1": "tier-1", "Tier 2": "tier-2", "Watchlist": "tier-2-watch-list", "Tier 3": "tier-3"}
GRADES = [("slow-progress", "Slow progress"), ("limited-measures", "Limited measures"),
          ("some-progress", "Some progress"), ("notable-progress", "Notable progress")]
GRADE_PRINTED = {label.lower(): id for id, label in GRADES} | {"notable efforts": "notable-progress"}

# indicator: the treaty's name in the facts, the indicator's in the ECPAT facts, source, title
TREATIES = {
    "opsc": ("OPSC", "opsc", "untc-opsc"),
    "trafficking-protocol": ("PALERMO", "palermo_trafficking_protocol", "untc-trafficking-protocol"),
    "cets-197": ("CETS197", None, "cets-197"),
}
ECPAT_SOURCES = {
    "AlertNet": ("alertnet-2012", "2012-03-29"),
    "Scoop NZ": ("scoop-2010", "2010-07"),
    "Children's Rights Alliance press release": ("cra-2010", "2010-07-07"),
    "Irish Times": ("irish-times-2010", "2010-07"),
    "Irish Examiner": ("irish-examiner-2010", "2010-07"),
    "PILA bulletin": ("pila-2012", "2012-09-19"),
    "ECPAT International and The Body Shop": ("ecpat-osce-2010", "2010-07"),
    "Blog mystrebergarten": ("mystrebergarten-2010", "2010-08"),
    "ECPAT Belgium": ("ecpat-belgium-2010", "2010"),
    "moneycab.com": ("moneycab-2010", "2010-07"),
    "Les Filles du Web": ("lesfillesduweb-2010", "2010"),
    "aktiv-gegen-kinderarbeit.de": ("aktiv-2011", "2011-07"),
    "Team Aguas": ("team-aguas-2011", "2011-09-29"),
    "doczz.fr": ("doczz-2010", "2010"),
    "trata-trafficking": ("trata-2010", "2010-07"),
}
# What cards and petitions asked of governments, from the ECPAT facts, in our own words.
ACTIONS = {
    ("GBR", "2010"): ["Give every child victim a guardian."],
    ("CHE", "2010"): [
        "Let victims stay in the country without conditions.",
        "Train and staff the services that recognise and care for child victims.",
        "Fund the cooperation between authorities and specialised services.",
        "Ratify the Council of Europe convention against the sexual exploitation of children soon.",
    ],
    ("BEL", "2010"): [
        "Ease the conditions under which a child counts as a victim of trafficking.",
        "Open more shelters for child victims, above all outside the big cities.",
    ],
    ("FRA", "2010"): ["Assist and protect every minor victim as a matter of course, from identification to schooling."],
    ("IRL", "2010"): ["Carry out the national action plan 2009–2012.", "Ratify the OPSC.",
                      "Build a clear system to identify and refer children who are trafficked or at risk."],
    ("IRL", "2012"): ["Ratify the OPSC."],
    ("AUT", "2011"): ["Build up specialised, child-friendly help and care for victims."],
}


def levels(pairs):
    return {"kind": "levels", "levels": [{"id": id, "label": label} for id, label in pairs]}


def indicator(id, title, question, scale, guidance):
    return {"id": id, "title": title, "question": question, "scale": scale, "weight": 1, "guidance": guidance}


def ecpat_source(title):
    """(key, date) of a text about the cards."""
    return next(found for start, found in ECPAT_SOURCES.items() if title.startswith(start))


def framework(facts):
    effort = "1 to 5, from no effort to full effort, as coded from public reports for the year."
    status = "Read as of the edition's date, so an older edition shows the older status."
    members = [r["iso3"] for r in rows(facts, "countries.csv") if r["osce_since"]]
    policy = {r["indicator"]: r for r in rows(facts, "anti-trafficking-policy-2009-2012.csv")}
    treaty = {r["treaty"]: r for r in rows(facts, "treaty-dates.csv")}
    tier_url = policy["tier"]["source_url"]
    sources = {"3p": {"title": policy["prevention"]["source_title"], "url": policy["prevention"]["source_url"]}}
    sources |= {f"tip-{year}": {"title": f"US Department of State, Trafficking in Persons Report {year}",
                                "url": tier_url, "date": year} for year in EDITIONS}
    sources |= {key: {"title": treaty[name]["source_title"], "url": treaty[name]["source_url"],
                      "date": treaty[name]["as_of"]} for name, _, key in TREATIES.values()}
    for row in rows(facts, "ecpat-card-facts.csv"):
        if row["iso3"] in members:
            key, date = ecpat_source(row["source_title"])
            sources[key] = without_empty({"title": row["source_title"], "url": row["source_url"], "date": date})
    return {
        "schema": "visavis.framework/1",
        "id": "osce-trafficking",
        "title": "OSCE: action against trafficking 2009–2012",
        "version": "2012",
        "description": "The participating States of the OSCE side by side with four public yardsticks: the 3P index,"
        " the tier of the US report, three treaties, and the ECPAT grades that public texts name. Most ECPAT grades"
        " are not public any more, so a total needs 70 % of the cells.",
        "coverage_threshold": 0.7,
        "outdated_after_years": 3,
        "scales": {"effort": levels(EFFORT), "tier": levels(TIERS), "grade": levels(GRADES),
                   "treaty": {"kind": "treaty"}},
        "goals": [
            {"id": "legal", "title": "Legal framework", "weight": 1, "indicators": [
                indicator("prosecution", "Prosecution", "How far does the state prosecute trafficking?", "effort",
                          effort),
                indicator("opsc", "OPSC", "Is the state bound by the optional protocol on the sale of children, child"
                          " prostitution and child pornography?", "treaty", status),
                indicator("trafficking-protocol", "Trafficking Protocol", "Is the state bound by the UN protocol"
                          " against trafficking in persons?", "treaty", status),
                indicator("cets-197", "CETS 197", "Is the state bound by the Council of Europe convention against"
                          " trafficking in human beings?", "treaty",
                          status + " Not applicable to states outside the Council of Europe."),
            ]},
            {"id": "prevention", "title": "Prevention", "weight": 1, "indicators": [
                indicator("prevention", "Prevention", "How far does the state prevent trafficking?", "effort", effort)]},
            {"id": "services", "title": "Services for victims", "weight": 1, "indicators": [
                indicator("protection", "Protection", "How far does the state protect victims?", "effort", effort)]},
            # Overall judgements stand beside a score of the parts, and are no part of it.
            {"id": "overall", "title": "Overall", "weight": 0, "indicators": [
                indicator("tip-tier", "TIP tier", "In which tier does the US report place the state?", "tier",
                          "One government's view of other governments' efforts; Tier 1 is the best."),
                indicator("ecpat-grade", "ECPAT grade", "Which overall grade did the country's ECPAT card give?",
                          "grade", "From press and ECPAT texts; the cards themselves are not public any more."),
            ]},
        ],
        "findings": [
            {"id": "opsc-signed-only", "goal": "legal", "indicators": ["opsc"], "where": {"signed_only": True},
             "unit": "countries", "text": "have signed but not ratified the OPSC"},
            {"id": "protocol-signed-only", "goal": "legal", "indicators": ["trafficking-protocol"],
             "where": {"signed_only": True}, "unit": "countries",
             "text": "have signed but not ratified the Trafficking Protocol"},
            {"id": "protocol-bound", "goal": "legal", "indicators": ["trafficking-protocol"],
             "where": {"bound": True}, "unit": "countries", "text": "are bound by the Trafficking Protocol"},
            {"id": "weak-protection", "goal": "services", "indicators": ["protection"],
             "where": {"levels": ["1", "2"]}, "unit": "countries", "text": "make little or no effort to protect victims"},
            {"id": "full-prevention", "goal": "prevention", "indicators": ["prevention"], "where": {"levels": ["5"]},
             "unit": "countries", "text": "make the full effort to prevent trafficking"},
            {"id": "below-tier-2", "goal": "overall", "indicators": ["tip-tier"],
             "where": {"levels": ["tier-3", "tier-2-watch-list"]}, "unit": "countries",
             "text": "are on the watch list or in tier 3"},
        ],
        "groups": [{"id": "osce", "title": "OSCE participating States", "members": sorted(members)}],
        "sources": dict(sorted(sources.items())),
    }


def graded(text, year, key, named, values):
    """A cell of the effort or tier scale, or why there is none."""
    if text in values:
        return {"level": values[text], "as_of": year, "sources": [key]}
    return {"gap": "no-data", "note": f"{named} has no value for the country in {year}.", "as_of": year, "sources": [key]}


def treaty_cell(indicator, country, year, dates, ecpat):
    name, ecpat_name, key = TREATIES[indicator]
    row = dates.get((country, name))
    if row is None and name == "CETS197" and country in OUTSIDE_COUNCIL_OF_EUROPE:
        return {"gap": "not-applicable", "note": "Not a member of the Council of Europe.", "sources": [key]}
    if row and not (row["signature_date"] or row["binding_date"]):
        note = f"The list of {row['as_of']} names the state, but without dates, so its status at this edition is not known."
        return {"gap": "no-data", "note": note, "as_of": row["as_of"], "sources": [key]}
    more = [r for r in ecpat.get((country, year), []) if r["indicator"] == ecpat_name and ecpat_name]
    sources = [key] + [ecpat_source(r["source_title"])[0] for r in more]
    if row is None:
        as_of = next(r["as_of"] for (_, treaty), r in dates.items() if treaty == name)
        return {"signed": None, "bound": None, "note": f"Not in the list of {as_of}.", "as_of": as_of, "sources": sources}
    cell = {"signed": row["signature_date"] or None, "bound": row["binding_date"] or None}
    if row["binding_date"]:
        cell["act"] = row["action"]
    return cell | {"as_of": row["as_of"], "sources": sources}


def grade_cell(country, year, ecpat):
    found = ecpat.get((country, year), [])
    ratings = [r for r in found if r["indicator"] == "overall_rating"]
    if ratings:
        printed = list(dict.fromkeys(text.strip() for r in ratings for text in r["rating_as_printed"].split("|")))
        order = [id for id, _ in GRADES]
        readings = sorted((GRADE_PRINTED[text] for text in printed), key=order.index)
        keys = list(dict.fromkeys(ecpat_source(r["source_title"])[0] for r in ratings))
        cell = {"level": readings[0], "printed": " | ".join(printed), "as_of": year, "sources": keys}
        return cell if len(readings) == 1 else cell | {"values": readings, "marks": ["disputed"]}
    if year not in ECPAT_EDITIONS:
        return {"gap": "not-applicable", "note": f"No cards came out in {year}.", "sources": ["alertnet-2012"]}
    known = [r for r in found if r["indicator"] in ("relative_position", "card_published")]
    if known:
        relative = known[0]["indicator"] == "relative_position"
        note = f"Only its place is known: {known[0]['rating_as_printed']}." if relative else "A card came out; its grade is not public."
        return {"gap": "no-data", "note": note, "as_of": year, "sources": [ecpat_source(known[0]["source_title"])[0]]}
    return {"gap": "not-assessed"}


def summary(country, year, ecpat):
    said = []
    kinds = {r["indicator"]: r["rating_as_printed"] for r in ecpat.get((country, year), [])}
    if "world_rank" in kinds:
        said.append(f"The ECPAT card of {year} ranks {kinds['world_rank']} worldwide and {kinds['eu_rank_first']} in the EU.")
    if kinds.get("national_plan_of_action", "").startswith("adopted"):
        said.append("A national plan was adopted for 2009–2012; its implementation was still asked for.")
    if "government_commitment_after_petition" in kinds:
        said.append("After the petition the government was among 14 that committed to new legislation (September 2011).")
    return " ".join(said)


def cards(facts, the_framework):
    """{edition: [card of each State]}, States in the order of their codes."""
    policy = {(r["iso3"], r["year"], r["indicator"]): r["value"] for r in rows(facts, "anti-trafficking-policy-2009-2012.csv")}
    dates = {(r["iso3"], r["treaty"]): r for r in rows(facts, "treaty-dates.csv")}
    ecpat = {}
    for row in rows(facts, "ecpat-card-facts.csv"):
        # Two papers give an EU rank; the one with a place and a total is told apart.
        row["indicator"] += "_first" if row["indicator"] == "eu_rank" and " of " in row["rating_as_printed"] else ""
        ecpat.setdefault((row["iso3"], row["year"]), []).append(row)
    since = {r["iso3"]: int(r["osce_since"]) for r in rows(facts, "countries.csv") if r["osce_since"]}
    effort = {id: id for id, _ in EFFORT}
    made = {}
    for year in EDITIONS:
        for country in sorted(c for c in since if since[c] <= int(year)):
            def p(name):
                return policy.get((country, year, name), "")
            cells = {"prosecution": graded(p("prosecution"), year, "3p", "The index", effort)}
            cells |= {id: treaty_cell(id, country, year, dates, ecpat) for id in TREATIES}
            cells["prevention"] = graded(p("prevention"), year, "3p", "The index", effort)
            cells["protection"] = graded(p("protection"), year, "3p", "The index", effort)
            cells["tip-tier"] = graded(p("tier"), year, f"tip-{year}", "The table of tiers", TIER_PRINTED)
            if p("tier") == "Watchlist":
                cells["tip-tier"] = {"level": "tier-2-watch-list", "printed": "Tier 2 Watch List"} | cells["tip-tier"]
            cells["ecpat-grade"] = grade_cell(country, year, ecpat)
            made.setdefault(year, []).append(card(
                the_framework, country, year, f"{year}-07-01", summary=summary(country, year, ecpat),
                assessments=cells, priority_actions=ACTIONS.get((country, year))))
    return made


def assert_treaties(cards):
    """Who had signed but not ratified, against lists made independently of the dates."""
    at = {(c["country"], c["edition"]): c for c in cards}

    def with_status(indicator, edition, status):
        cells = {c: one["assessments"][indicator] for (c, e), one in at.items() if e == edition}
        day = f"{edition}-07-01"
        return {c for c, cell in cells.items() if "gap" not in cell and treaty_status(cell, day) == status}

    signed = with_status("opsc", "2010", "signed-only")
    assert signed == {"CZE", "FIN", "IRL", "LIE", "LUX", "MLT", "SMR"}, signed
    signed = with_status("trafficking-protocol", "2010", "signed-only")
    assert signed == {"CZE", "GRC", "SMR"}, signed
    assert "SWE" in with_status("opsc", "2010", "bound") and "LUX" in with_status("opsc", "2012", "bound")
    assert at["AUT", "2010"]["assessments"]["cets-197"]["bound"] == "2006-10-12"


def check(the_framework, all_cards):
    by_edition = {e: sum(c["edition"] == e for c in all_cards) for e in EDITIONS}
    assert by_edition == {"2009": 56, "2010": 56, "2011": 56, "2012": 57}, by_edition
    validate(the_framework, all_cards)
    assert_treaties(all_cards)


def make(facts):
    """{path: text} of the set, one file an edition."""
    the_framework = framework(facts)
    made = cards(facts, the_framework)
    check(the_framework, [one for group in made.values() for one in group])
    files = {f"{FOLDER}/framework.json": document(the_framework)}
    return files | {f"{FOLDER}/cards/{year}.json": document(group) for year, group in made.items()}
