//! The framework that a table makes: its indicators by goals, their scales, and the groups of its countries.

use super::{
    countries::TableCountry,
    indicators::{TableIndicator, by_id, id_of},
    sample::resolve,
    scales::DecidedScale,
    source::TableSource,
};
use crate::{
    core::{
        framework::{Framework, Goal, GoalId, Group, GroupMember, Indicator},
        period::EditionLabels,
        scale::Scale,
    },
    text::{Raw, fold},
};

/// The framework of a table.
pub(super) fn of_table(
    source: &TableSource<'_>,
    countries: &[TableCountry],
    indicators: &[TableIndicator],
    labels: EditionLabels,
    decided: Vec<DecidedScale>,
) -> Framework {
    let mut framework = Framework::empty(source.id);
    framework.title = Raw::new(source.title.to_owned());
    framework.description = source.metadata.description.clone().map(Raw::new);
    framework.of_table = true;
    framework.edition_labels = labels;
    let known = by_id(source.metadata);
    for (indicator, decided) in indicators.iter().zip(decided) {
        let goal =
            framework.goals.iter().position(|goal| *goal.title.raw() == *indicator.goal).unwrap_or_else(
                || {
                    let id = id_of(&indicator.goal);
                    framework.goals.push(Goal {
                        id: id.into(),
                        title: Raw::new(indicator.goal.clone()),
                        weight: 1.0,
                    });
                    framework.goals.len() - 1
                },
            );
        let metadata =
            indicator.known_as.iter().find_map(|known_as| known.get(&fold(known_as.trim())).copied());
        framework.indicators.push(Indicator {
            id: indicator.id.as_str().into(),
            title: Raw::new(indicator.title.clone()),
            question: None,
            guidance: metadata.and_then(|metadata| metadata.description.clone()).map(Raw::new),
            goal: GoalId(u16::try_from(goal).unwrap_or(u16::MAX)),
            scale: scale_at(&mut framework.scales, decided),
            comparable_from: indicator.comparable_from,
            weight: 1.0,
        });
    }
    framework.groups = groups(source, countries);
    if let ([only], true) = (&framework.indicators[..], source.is_untitled) {
        framework.title = only.title.clone();
    }
    framework
}

/// The groups that columns of the table, or what lies beside it, put the countries in.
fn groups(source: &TableSource<'_>, countries: &[TableCountry]) -> Vec<Group> {
    let mut groups: Vec<Group> = vec![];
    let mut add = |id: String, title: &str, member: &str| {
        let at = groups.iter().position(|group| *group.id == *id).unwrap_or_else(|| {
            groups.push(Group {
                id: id.as_str().into(),
                title: Raw::new(title.to_owned()),
                members: vec![],
                not_understood: vec![],
                given_also_in: None,
            });
            groups.len() - 1
        });
        if !groups[at].members.iter().any(|known| *known.code == *member) {
            groups[at].members.push(GroupMember::always(member));
        }
    };
    for country in countries.iter().filter(|country| !country.is_aggregate) {
        for group in country.groups.iter().filter(|group| !group.is_empty()) {
            add(id_of(&group.to_lowercase()), group, &country.code);
        }
    }
    for (id, title, members) in &source.metadata.groups {
        for member in members {
            let code = resolve(member).code().map_or_else(|| member.clone(), str::to_owned);
            if countries.iter().any(|country| country.code == code && !country.is_aggregate) {
                add(id_of(id), title, &code);
            }
        }
    }
    groups
}

/// The position of a scale, which several indicators may share.
fn scale_at(scales: &mut Vec<Scale>, decided: DecidedScale) -> u16 {
    let mut scale = decided.scale;
    let at = scales.iter().position(|known| {
        known.kind == scale.kind && known.levels == scale.levels && known.missing == scale.missing
    });
    let at = at.unwrap_or_else(|| {
        let kind = scale.kind.id();
        let same = scales.iter().filter(|known| known.kind.id() == kind).count();
        scale.id = if same == 0 { kind.into() } else { format!("{kind}-{}", same + 1).into() };
        scales.push(scale);
        scales.len() - 1
    });
    u16::try_from(at).unwrap_or(u16::MAX)
}
