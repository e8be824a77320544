//! Small visitors of the hot path: keys borrowed from the text, values looked at but not kept.

use std::fmt;

use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

/// Whole numbers up to this are the same as `f64`.
const EXACT: u64 = 1 << 53;

/// A key that stands in the text as it is; `None` when it has escapes.
pub(super) struct BorrowedKey<'de>(pub Option<&'de str>);

impl<'de> Deserialize<'de> for BorrowedKey<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Key;
        impl<'de> Visitor<'de> for Key {
            type Value = BorrowedKey<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a key")
            }

            fn visit_borrowed_str<E>(self, text: &'de str) -> Result<Self::Value, E> {
                Ok(BorrowedKey(Some(text)))
            }

            fn visit_str<E>(self, _: &str) -> Result<Self::Value, E> {
                Ok(BorrowedKey(None))
            }
        }
        deserializer.deserialize_str(Key)
    }
}

/// Any value, as far as one look tells.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Glance<'de> {
    Null,
    Bool(bool),
    Number(f64),
    /// A number that may not be what is written: too large, too small or too long.
    Inexact,
    Text(&'de str),
    /// A string with escapes.
    Escaped,
    /// A list or an object; `true` when nothing in it is odd: no key twice, no inexact number.
    Composite(bool),
}

impl<'de> Glance<'de> {
    pub(super) const fn text(self) -> Option<&'de str> {
        match self {
            Self::Text(text) => Some(text),
            _ => None,
        }
    }

    /// Whether reading it changes nothing.
    pub(super) const fn is_plain(self) -> bool {
        !matches!(self, Self::Inexact | Self::Composite(false))
    }

    #[expect(clippy::cast_precision_loss, reason = "only whole numbers that f64 holds exactly are cast")]
    pub(super) const fn whole(value: u64, negative: bool) -> Self {
        match (value <= EXACT, negative) {
            (true, false) => Self::Number(value as f64),
            (true, true) => Self::Number(-(value as f64)),
            (false, _) => Self::Inexact,
        }
    }

    /// A number with a fraction or an exponent: neither huge nor vanished.
    pub(super) fn fraction(value: f64) -> Self {
        let surely_kept =
            value != 0.0 && value.abs() < 9_007_199_254_740_992.0 && value.abs() > f64::MIN_POSITIVE;
        if surely_kept { Self::Number(value) } else { Self::Inexact }
    }
}

/// What a visitor makes of everything but lists and objects.
pub(super) trait OfScalar<'de>: Visitor<'de> {
    fn scalar(self, glance: Glance<'de>) -> Self::Value;
}

/// Implements the visits of everything but lists and objects by [`OfScalar`].
macro_rules! scalars {
    ($value:ty) => {
        fn visit_unit<E>(self) -> Result<$value, E> {
            Ok($crate::core::read::plain::OfScalar::scalar(self, $crate::core::read::plain::Glance::Null))
        }

        fn visit_bool<E>(self, value: bool) -> Result<$value, E> {
            Ok($crate::core::read::plain::OfScalar::scalar(
                self,
                $crate::core::read::plain::Glance::Bool(value),
            ))
        }

        fn visit_u64<E>(self, value: u64) -> Result<$value, E> {
            Ok($crate::core::read::plain::OfScalar::scalar(
                self,
                $crate::core::read::plain::Glance::whole(value, false),
            ))
        }

        fn visit_i64<E>(self, value: i64) -> Result<$value, E> {
            Ok($crate::core::read::plain::OfScalar::scalar(
                self,
                $crate::core::read::plain::Glance::whole(value.unsigned_abs(), value < 0),
            ))
        }

        fn visit_f64<E>(self, value: f64) -> Result<$value, E> {
            Ok($crate::core::read::plain::OfScalar::scalar(
                self,
                $crate::core::read::plain::Glance::fraction(value),
            ))
        }

        fn visit_borrowed_str<E>(self, text: &'de str) -> Result<$value, E> {
            Ok($crate::core::read::plain::OfScalar::scalar(
                self,
                $crate::core::read::plain::Glance::Text(text),
            ))
        }

        fn visit_str<E>(self, _: &str) -> Result<$value, E> {
            Ok($crate::core::read::plain::OfScalar::scalar(self, $crate::core::read::plain::Glance::Escaped))
        }
    };
}
pub(super) use scalars;

/// Reads a list to its end; true when nothing in it is odd.
pub(super) fn skim_list<'de, A: SeqAccess<'de>>(mut list: A) -> Result<bool, A::Error> {
    let mut fine = true;
    while let Some(item) = list.next_element::<Glance<'de>>()? {
        fine &= item.is_plain();
    }
    Ok(fine)
}

/// Reads an object to its end; true when nothing in it is odd. Very many keys are odd too.
pub(super) fn skim_object<'de, A: MapAccess<'de>>(mut object: A) -> Result<bool, A::Error> {
    const MANY: usize = 48;
    let mut keys: Vec<&'de str> = vec![];
    let mut fine = true;
    while let Some(BorrowedKey(key)) = object.next_key()? {
        let key = key.filter(|key| keys.len() < MANY && !keys.contains(key));
        fine &= key.is_some();
        keys.extend(key);
        fine &= object.next_value::<Glance<'de>>()?.is_plain();
    }
    Ok(fine)
}

impl<'de> Deserialize<'de> for Glance<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Any;
        impl<'de> OfScalar<'de> for Any {
            fn scalar(self, glance: Glance<'de>) -> Glance<'de> {
                glance
            }
        }
        impl<'de> Visitor<'de> for Any {
            type Value = Glance<'de>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("any value")
            }

            scalars!(Glance<'de>);

            fn visit_seq<A: SeqAccess<'de>>(self, list: A) -> Result<Self::Value, A::Error> {
                skim_list(list).map(Glance::Composite)
            }

            fn visit_map<A: MapAccess<'de>>(self, object: A) -> Result<Self::Value, A::Error> {
                skim_object(object).map(Glance::Composite)
            }
        }
        deserializer.deserialize_any(Any)
    }
}

/// Where the values of an object's members start, but for `cards`; `None` when the text is no object.
pub(super) fn offsets(text: &str) -> Option<Vec<(String, usize)>> {
    struct Members<'t>(&'t str);
    impl<'de> Visitor<'de> for Members<'_> {
        type Value = Vec<(String, usize)>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("an object")
        }

        fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
            let mut parts = vec![];
            while let Some(BorrowedKey(key)) = map.next_key()? {
                if let Some(key) = key.filter(|key| *key != "cards") {
                    let end = key.as_ptr() as usize - self.0.as_ptr() as usize + key.len() + 1;
                    let gap = |b: &u8| matches!(b, b' ' | b'\t' | b'\n' | b'\r' | b':');
                    let skip = self.0.as_bytes()[end..].iter().take_while(|b| gap(b)).count();
                    parts.push((key.to_owned(), end + skip));
                }
                map.next_value::<IgnoredAny>()?;
            }
            Ok(parts)
        }
    }
    let mut deserializer = serde_json::Deserializer::from_str(text);
    Deserializer::deserialize_map(&mut deserializer, Members(text)).ok()
}
