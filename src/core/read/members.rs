//! The declared members of cards and cells with what each may hold: the one list behind reading, checking and schema.
//!
//! `null` is allowed for every member and means "not said".

/// What a member may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    /// The id of the format.
    Format,
    Text,
    /// A text that must be there.
    Country,
    /// A date or a label of a period that must be there.
    Edition,
    /// A date such as 2010, 2010-07 or 2010-07-01.
    Date,
    Texts,
    /// An object of any members.
    Object,
    /// An object with an answer for each indicator, which must be there.
    Assessments,
    /// Sources by key.
    NamedSources,
    /// A list of sources, or one source alone.
    Sources,
    /// A value of the indicator's scale.
    Answer,
    Answers,
    /// A number.
    Bound,
    /// One of a few words.
    Gap,
    Marks,
    Act,
}

/// Names the members of an object with what each holds and means, as an enum and as a table in the same order.
macro_rules! members {
    ($(#[$about:meta])* $member:ident, $table:ident: $($name:ident $id:literal $holds:ident $means:literal,)+) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $member {
            $($name,)+
        }

        /// Each member with its key, what it holds and what it means.
        pub static $table: [Member<$member>; [$($id),+].len()] = [
            $(Member { key: $id, member: $member::$name, holds: Holds::$holds, means: $means },)+
        ];

        impl $member {
            pub fn of(key: &str) -> Option<Self> {
                $table.iter().find(|known| known.key == key).map(|known| known.member)
            }

            pub const fn key(self) -> &'static str {
                $table[self as usize].key
            }
        }
    };
}

/// A declared member.
#[derive(Clone, Copy, Debug)]
pub struct Member<M> {
    pub key: &'static str,
    pub member: M,
    pub holds: Holds,
    /// One sentence for the published schema.
    pub means: &'static str,
}

members! {
    /// A member of a card.
    CardMember, CARD:
    Schema "schema" Format "The format of this file.",
    Framework "framework" Text "The id of the framework whose questions the card answers.",
    Country "country" Country "An ISO 3166-1 code of two or three letters, a country's name, or a user-assigned code such as XA.",
    Name "name" Text "The name to show; needed for user-assigned codes.",
    Edition "edition" Edition "The edition, from which the order of editions follows: a date, or a label such as 2018/19, FY2019 or 2019Q2.",
    EditionLabel "edition_label" Text "How the edition is called, where its date does not say it: \"Wave 3\"; `edition` is a date then.",
    AssessedOn "assessed_on" Date "The day the card speaks of; otherwise the last day of the edition. Treaties are read as of this day.",
    Summary "summary" Text "The country in a sentence or two.",
    Assessments "assessments" Assessments "One answer an indicator, by the indicator's id. An indicator left out is a gap: absent.",
    PriorityActions "priority_actions" Texts "What the country should do next, most urgent first.",
    Campaign "campaign" Object "What a campaign did in the country: any keys, shown as they are.",
    Sources "sources" NamedSources "Sources that the answers cite by key.",
}

members! {
    /// A member of a cell in its long form.
    CellMember, CELL:
    Level "level" Answer "The id of a level of the indicator's scale.",
    Value "value" Answer "A number, a date, a text, or true and false, as the scale asks.",
    Note "note" Text "What must be said about the answer.",
    Sources "sources" Sources "Where the answer comes from.",
    Low "low" Bound "Of a number of which only bounds are known, the lower one.",
    High "high" Bound "Of a number of which only bounds are known, the higher one.",
    Status "status" Text "Observation status of the value: codes of SDMX (E, B, P) or the flag letters of Eurostat (bep).",
    Printed "printed" Text "The value as its source prints it.",
    AsOf "as_of" Date "The date that the value is of.",
    Gap "gap" Gap "Why there is no value. A gap is never a \"no\".",
    Marks "marks" Marks "What must be known before the value is relied on.",
    Values "values" Answers "All readings when sources disagree; the cell is marked disputed, the first reading counts.",
    Signed "signed" Date "When the treaty was signed; null alone means not signed.",
    Bound "bound" Date "When the state became bound by the treaty; null alone means not bound.",
    Act "act" Act "How the state became bound.",
}

/// The members that a card may begin with, by which a card is found again after a fault.
pub static HEADS: [CardMember; 5] =
    [CardMember::Schema, CardMember::Framework, CardMember::Country, CardMember::Edition, CardMember::Name];

/// The members of a source.
pub static SOURCE: [&str; 4] = ["title", "url", "date", "page"];

/// What to do about a file in another version of a format.
pub const NEWER: &str = "what a newer format adds may not be shown: look for a newer version of visavis";

/// The format of card files.
pub const CARD_SCHEMA: &str = "visavis.card/1";
