//! The declared members of cards and cells with what each may hold: the one list behind reading, checking and schema.
//!
//! `null` is allowed for every member and means "not said".

/// What a member may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    Text,
    /// A date such as 2010, 2010-07 or 2010-07-01.
    Date,
    Texts,
    /// An object of any members.
    Object,
    /// An object with an answer for each indicator.
    Assessments,
    /// A list of sources, or one source alone.
    Sources,
    /// A value of the indicator's scale.
    Answer,
    Answers,
    /// One of a few words.
    Gap,
    Marks,
    Act,
}

/// Names the members of an object with what each holds, as an enum and as a table in the same order.
macro_rules! members {
    ($(#[$about:meta])* $member:ident, $table:ident: $($name:ident $id:literal $holds:ident,)+) => {
        $(#[$about])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $member {
            $($name,)+
        }

        /// The key of each member and what it holds.
        pub static $table: [(&str, $member, Holds); [$($id),+].len()] =
            [$(($id, $member::$name, Holds::$holds),)+];

        impl $member {
            pub fn of(key: &str) -> Option<Self> {
                $table.iter().find(|(name, ..)| *name == key).map(|(_, member, _)| *member)
            }

            pub const fn key(self) -> &'static str {
                $table[self as usize].0
            }

            pub const fn holds(self) -> Holds {
                $table[self as usize].2
            }
        }
    };
}

members! {
    /// A member of a card.
    CardMember, CARD:
    Schema "schema" Text,
    Framework "framework" Text,
    Country "country" Text,
    Name "name" Text,
    Edition "edition" Date,
    AssessedOn "assessed_on" Date,
    Summary "summary" Text,
    Assessments "assessments" Assessments,
    PriorityActions "priority_actions" Texts,
    Campaign "campaign" Object,
    Sources "sources" Object,
}

members! {
    /// A member of a cell in its long form.
    CellMember, CELL:
    Level "level" Answer,
    Value "value" Answer,
    Note "note" Text,
    Sources "sources" Sources,
    Printed "printed" Text,
    AsOf "as_of" Date,
    Gap "gap" Gap,
    Marks "marks" Marks,
    Values "values" Answers,
    Signed "signed" Date,
    Bound "bound" Date,
    Act "act" Act,
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
