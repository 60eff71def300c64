//! What a formula may name beside the words of the language: other indicators and columns.

use std::collections::BTreeMap;

use super::dictionary::{CONNECTING, Function, derived, dictionary, measure_of, metric, unit_of};
use super::measure::Measure;
use super::near::nearest;
use crate::indicator::Unit;

/// Other indicators and columns, by the name that a formula calls them.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Others {
    /// The name of the indicator that is read; it cannot be made of itself.
    me: Option<String>,
    formulas: BTreeMap<String, String>,
    columns: BTreeMap<String, Measure>,
    /// Metrics that are no columns are not there.
    only_columns: bool,
}

impl Others {
    /// For reading the indicator of this name.
    pub fn of(me: &str) -> Others {
        Others { me: Some(me.to_lowercase()), ..Others::default() }
    }

    /// For tables that have no columns but those announced.
    pub fn only_columns() -> Others {
        Others { only_columns: true, ..Others::default() }
    }

    /// Another indicator and its formula, in its canonical form
    /// ([`Formula::canonical`](super::Formula::canonical)).
    #[must_use]
    pub fn with_formula(mut self, name: &str, text: &str) -> Others {
        self.formulas.insert(name.to_lowercase(), text.to_owned());
        self
    }

    /// A column that the table brings along: what a plugin has worked out, or a column of a file.
    /// Without a unit it goes with everything, like a number that is written down. A column stands
    /// in the place of the figure whose name it has.
    #[must_use]
    pub fn with_column(mut self, name: &str, unit: Option<Unit>) -> Others {
        let measure = unit.map_or(Measure::PLAIN, Measure::of);
        self.columns.insert(name.to_lowercase(), measure);
        self
    }

    /// A column of a file. If it has the name of a figure, it has that figure's unit.
    #[must_use]
    pub fn with_column_of_file(mut self, name: &str) -> Others {
        let measure = metric(name).map(|metric| Measure::of(unit_of(metric)));
        let measure = measure.or_else(|| derived(name).map(measure_of));
        self.columns.insert(name.to_lowercase(), measure.unwrap_or(Measure::PLAIN));
        self
    }

    pub(super) fn me(&self) -> Option<&str> {
        self.me.as_deref()
    }

    pub(super) fn formula(&self, name: &str) -> Option<&str> {
        self.formulas.get(name).map(String::as_str)
    }

    pub(super) fn column(&self, name: &str) -> Option<Measure> {
        self.columns.get(name).copied()
    }

    pub(super) fn has(&self, name: &str) -> bool {
        self.formulas.contains_key(name) || self.columns.contains_key(name)
    }

    pub(super) fn has_metrics(&self) -> bool {
        !self.only_columns
    }

    /// The name that was meant, if one is near.
    pub(super) fn suggest(&self, name: &str) -> Option<String> {
        let there = |word: &&str| self.has_metrics() || Function::named(word).is_some();
        let words: Vec<&str> = dictionary().iter().map(|entry| entry.name).filter(there).collect();
        let ours = self.columns.keys().chain(self.formulas.keys()).map(String::as_str);
        nearest(name, ours.chain(words.iter().copied())).map(str::to_owned)
    }
}

/// The longest name of an indicator, in bytes.
pub const NAME_MAX: usize = 64;

/// Whether another indicator may have this name: a word of small letters, digits and `_` that
/// begins with a letter, is not longer than [`NAME_MAX`] and means nothing else in a formula.
pub fn is_free_name(name: &str) -> bool {
    let begins = name.chars().next().is_some_and(char::is_alphabetic);
    let word = name.chars().all(|it| it.is_alphanumeric() || it == '_');
    let taken = metric(name).is_some()
        || derived(name).is_some()
        || Function::named(name).is_some()
        || CONNECTING.contains(&name);
    begins && word && name.len() <= NAME_MAX && name == name.to_lowercase() && !taken
}

#[cfg(test)]
mod tests {
    use super::{NAME_MAX, is_free_name};

    #[test]
    fn a_name_is_a_word_that_means_nothing_else() {
        for name in ["pace", "müüdud_kõned", "kpi_2", "h"] {
            assert!(is_free_name(name), "{name}");
        }
        let long = "a".repeat(NAME_MAX + 1);
        for name in
            ["", "_a", "2nd", "a-b", "Pace", "talk", "asa", "max", "and", "group.rank", &long]
        {
            assert!(!is_free_name(name), "{name}");
        }
    }
}
