//! What an agent can.

use std::collections::BTreeMap;
use std::sync::Arc;

/// Skills of one agent; nobody keeps more up to date.
pub const SKILLS_MAX: usize = 50;

/// Characters of a skill's name.
pub const SKILL_NAME_MAX: usize = 40;

/// The best level; the least is 1.
pub const SKILL_LEVEL_MAX: u8 = 10;

/// What an agent can, by name, from level 1 to 10. Cheap to clone: plans are shared.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Skills(Option<Arc<BTreeMap<String, u8>>>);

impl Skills {
    /// Of whoever can nothing.
    pub const NONE: &'static Skills = &Skills(None);

    /// `None` when there are too many of them, a name is empty or too long, or a level is not one.
    pub fn new(levels: BTreeMap<String, u8>) -> Option<Skills> {
        let fits = |(name, level): (&String, &u8)| {
            (1..=SKILL_NAME_MAX).contains(&name.chars().count())
                && (1..=SKILL_LEVEL_MAX).contains(level)
        };
        let fit = levels.len() <= SKILLS_MAX && levels.iter().all(fits);
        fit.then(|| Skills((!levels.is_empty()).then(|| Arc::new(levels))))
    }

    /// The level of this skill; 0 is for whoever has not got it.
    pub fn level(&self, name: &str) -> u8 {
        self.0.as_ref().and_then(|levels| levels.get(name)).copied().unwrap_or(0)
    }

    /// All of them by name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, u8)> {
        self.0.iter().flat_map(|levels| levels.iter().map(|(name, &level)| (name.as_str(), level)))
    }
}

#[cfg(test)]
mod tests {
    use super::{SKILL_NAME_MAX, SKILLS_MAX, Skills};

    fn skills(levels: &[(&str, u8)]) -> Option<Skills> {
        Skills::new(levels.iter().map(|&(name, level)| (name.to_owned(), level)).collect())
    }

    #[test]
    fn a_skill_has_one_of_ten_levels_and_who_has_not_got_it_has_none() {
        let mari = skills(&[("billing", 7), ("english", 10)]).expect("skills");
        assert_eq!((mari.level("billing"), mari.level("Billing")), (7, 0));
        assert_eq!(mari.iter().collect::<Vec<_>>(), [("billing", 7), ("english", 10)]);
        assert_eq!(skills(&[("billing", 0)]), None);
        assert_eq!(skills(&[("billing", 11)]), None);
        assert_eq!(skills(&[]), Some(Skills::default()));
    }

    #[test]
    fn names_and_their_number_are_bounded() {
        assert_eq!(skills(&[("", 1)]), None);
        assert!(skills(&[(&"õ".repeat(SKILL_NAME_MAX), 1)]).is_some());
        assert_eq!(skills(&[(&"õ".repeat(SKILL_NAME_MAX + 1), 1)]), None);
        let many = (0..=SKILLS_MAX).map(|nth| (nth.to_string(), 1)).collect();
        assert_eq!(Skills::new(many), None);
    }
}
