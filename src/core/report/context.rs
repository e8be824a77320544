//! What every report says about itself: which data, which questions, which edition, made by what.

use schemars::JsonSchema;
use serde::Serialize;

use crate::{
    core::{
        dataset::{Dataset, EditionId},
        framework::Group,
        groups::Membership,
    },
    text::Raw,
};

/// The program and its version, as every export names it.
pub const TOOL: &str = concat!("visavis ", env!("CARGO_PKG_VERSION"));

/// The version of most JSON reports; it grows when a key changes its meaning or goes away.
const SCHEMA: u32 = 1;

/// The version of a report's JSON. Since 2 a cell of which only bounds are known has null in place of its value, a median of
/// a comparison may stand between two levels, findings that are not counted have null in place of
/// counts, and the queue has rows of all kinds, not of flags alone.
pub(super) const fn schema_version(report: &str) -> u32 {
    match report.as_bytes() {
        b"compare" | b"show" | b"changes" | b"findings" | b"report" | b"flags" => 2,
        _ => SCHEMA,
    }
}

/// Where a report's values come from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Context {
    /// The data set, as the user named it.
    pub data: Raw<'static>,
    pub framework: Raw<'static>,
    pub framework_title: Raw<'static>,
    pub framework_version: Option<Raw<'static>>,
    /// The one edition that the report is about; none when its subjects name their own.
    pub edition: Option<Raw<'static>>,
    /// Id and title of the group, when the report is about one.
    pub group: Option<(Raw<'static>, Raw<'static>)>,
    /// How many the group has in the edition, and how many of them are in the data.
    pub members: Option<Membership>,
    pub notice: Option<Raw<'static>>,
}

/// What every JSON report says of itself.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[schemars(inline)]
pub struct About {
    /// The version of this report's JSON. Within a version members may be added, and words where a list is said to be
    /// open; a member that goes away, or changes its meaning or its type, raises it.
    #[schemars(extend("const" = SCHEMA))]
    schema: u32,
    /// The report's name, as the subcommand has it.
    report: &'static str,
    /// The program that made it, and its version.
    tool: &'static str,
    /// The data set, as the user named it.
    data: Raw<'static>,
    /// The questions that the cards answer.
    framework: AboutFramework,
    /// The label of the edition that the whole report is about; null when its rows name their own.
    edition: Option<Raw<'static>>,
    /// The id of the group that the report is about; null when it is about none.
    group: Option<Raw<'static>>,
    /// How many members the group has in the edition, in the data or not.
    members: Option<usize>,
    /// How many of them the data has.
    members_in_data: Option<usize>,
    /// What the framework says must stand on every export.
    notice: Option<Raw<'static>>,
}

/// The framework of a report.
#[derive(Clone, Debug, Serialize, JsonSchema)]
#[schemars(inline)]
struct AboutFramework {
    id: Raw<'static>,
    title: Raw<'static>,
    version: Option<Raw<'static>>,
}

impl Context {
    pub fn of(data: &Dataset) -> Self {
        let framework = &data.framework;
        Self {
            data: data.name.clone(),
            framework: Raw::new(framework.id.to_string()),
            framework_title: framework.title.clone(),
            framework_version: framework.version.clone(),
            edition: None,
            group: None,
            members: None,
            notice: framework.notice.clone(),
        }
    }

    /// The data set by its folder alone: a document that goes to others says nothing of whose disk it was made on.
    #[must_use]
    pub fn without_place(mut self) -> Self {
        let name = self.data.raw().trim_end_matches('/').rsplit('/').next().unwrap_or_default();
        self.data = Raw::new(name.to_owned());
        self
    }

    #[must_use]
    pub fn in_edition(mut self, data: &Dataset, edition: EditionId) -> Self {
        self.edition = Some(Raw::new(data.edition(edition).label.to_string()));
        self
    }

    #[must_use]
    /// The group as it is in the edition, or in the newest.
    pub fn in_group(mut self, data: &Dataset, group: &Group, edition: Option<EditionId>) -> Self {
        self.group = Some((Raw::new(group.id.to_string()), group.title.clone()));
        let edition = edition.or_else(|| data.newest_edition());
        self.members = edition.map(|edition| Membership::of(data, group, edition));
        self
    }

    /// What a report's JSON begins with.
    pub fn about(&self, report: &'static str) -> About {
        About {
            schema: schema_version(report),
            report,
            tool: TOOL,
            data: self.data.clone(),
            framework: AboutFramework {
                id: self.framework.clone(),
                title: self.framework_title.clone(),
                version: self.framework_version.clone(),
            },
            edition: self.edition.clone(),
            group: self.group.as_ref().map(|(id, _)| id.clone()),
            members: self.members.as_ref().map(|members| members.whole),
            members_in_data: self.members.as_ref().map(|members| members.here),
            notice: self.notice.clone(),
        }
    }

    /// The same as pairs of a heading and words, for formats without nesting. Every table has all of them.
    pub fn entries(&self) -> [(&'static str, Raw<'static>); 9] {
        let count = |many: Option<usize>| many.map_or_else(Raw::default, |many| Raw::new(many.to_string()));
        let or_nothing = |text: &Option<Raw<'static>>| text.clone().unwrap_or_default();
        [
            ("data", self.data.clone()),
            ("framework", self.framework.clone()),
            ("framework_version", or_nothing(&self.framework_version)),
            ("edition", or_nothing(&self.edition)),
            ("group", self.group.as_ref().map(|(id, _)| id.clone()).unwrap_or_default()),
            ("members", count(self.members.as_ref().map(|members| members.whole))),
            ("members_in_data", count(self.members.as_ref().map(|members| members.here))),
            ("notice", or_nothing(&self.notice)),
            ("tool", Raw::from_static(TOOL)),
        ]
    }

    /// One line for people: data set, framework and its version, edition, group and how much of it is here.
    pub fn line(&self) -> Raw<'static> {
        let mut line = format!("{} · {}", self.data.raw(), self.framework_title.raw());
        let mut add = |before: &str, text: &str| {
            line.push_str(before);
            line.push_str(text);
        };
        if let Some(version) = &self.framework_version {
            add(", version ", version.raw());
        }
        if let Some(edition) = &self.edition {
            add(" · edition ", edition.raw());
        }
        if let Some((_, title)) = &self.group {
            add(" · ", title.raw());
            if let Some(words) = self.members.as_ref().and_then(Membership::words) {
                add(": ", &words);
            }
        }
        Raw::new(line)
    }
}
