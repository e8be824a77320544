//! Results that are costly to compute, kept until their key changes.

use std::borrow::Cow;

use crate::core::dataset::Dataset;

/// A value with the key it was made for.
#[derive(Clone, Debug)]
pub struct Kept<K, V> {
    made: Option<(K, V)>,
}

impl<K, V> Default for Kept<K, V> {
    fn default() -> Self {
        Self { made: None }
    }
}

impl<K: PartialEq, V: Clone> Kept<K, V> {
    /// Returns the value, made again if the key has changed.
    pub fn renew(&mut self, key: K, make: impl FnOnce(&K) -> V) -> &V {
        let old = self.made.take().filter(|(kept, _)| *kept == key);
        let (_, value) = self.made.insert(old.unwrap_or_else(|| {
            let value = make(&key);
            (key, value)
        }));
        value
    }

    /// The kept value if the key is the same, else a new one that is not kept.
    pub fn get(&self, key: &K, make: impl FnOnce(&K) -> V) -> Cow<'_, V> {
        match &self.made {
            Some((kept, value)) if kept == key => Cow::Borrowed(value),
            _ => Cow::Owned(make(key)),
        }
    }
}

/// Identifies a data set by its address. A reload builds the new set while the old one still exists, so the addresses
/// differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DataKey(usize, usize);

impl DataKey {
    pub fn of(data: &Dataset) -> Self {
        Self(std::ptr::from_ref(data).addr(), data.card_count())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_made_once_for_a_key() {
        let mut kept = Kept::default();
        let mut made = 0;
        for key in [1, 1, 2, 2, 1] {
            kept.renew(key, |key| {
                made += 1;
                key * 10
            });
        }
        assert_eq!(made, 3);
        assert_eq!((*kept.get(&1, |_| 0), *kept.get(&7, |_| 70)), (10, 70));
    }
}
