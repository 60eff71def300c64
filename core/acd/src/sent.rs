//! What came along with a call, for policies to read.

/// Attributes of one call; whoever sends more sends us data, not a reason to route.
pub const ATTRIBUTES_MAX: usize = 20;

/// Characters of an attribute's name.
pub const ATTRIBUTE_NAME_MAX: usize = 40;

/// Characters of an attribute's value.
pub const ATTRIBUTE_VALUE_MAX: usize = 200;

/// What came along with a call. It says nothing to the engine, and no fact repeats it.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Sent {
    language: Option<String>,
    attributes: Vec<(String, String)>,
}

impl Sent {
    /// Of a call that came alone.
    pub const NOTHING: &'static Sent = &Sent { language: None, attributes: Vec::new() };

    /// Of a call to a number with a language: two small letters, for example `et`.
    pub fn in_language(language: Option<String>) -> Sent {
        Sent { language, attributes: Vec::new() }
    }

    pub fn language(&self) -> Option<&str> {
        self.language.as_deref()
    }

    /// Adds an attribute; one that is too long, or one too many, is left out.
    pub fn add(&mut self, name: &str, value: &str) {
        let fits = (1..=ATTRIBUTE_NAME_MAX).contains(&name.chars().count())
            && value.chars().count() <= ATTRIBUTE_VALUE_MAX;
        if fits && self.attributes.len() < ATTRIBUTES_MAX {
            self.attributes.push((name.to_owned(), value.to_owned()));
        }
    }

    /// Pairs of name and value as they came; a name may come twice.
    pub fn attributes(&self) -> &[(String, String)] {
        &self.attributes
    }
}

#[cfg(test)]
mod tests {
    use super::{ATTRIBUTE_VALUE_MAX, ATTRIBUTES_MAX, Sent};

    #[test]
    fn what_is_too_long_or_too_much_is_left_out() {
        let mut sent = Sent::default();
        sent.add("", "nameless");
        sent.add("long", &"x".repeat(ATTRIBUTE_VALUE_MAX + 1));
        assert_eq!(sent.attributes(), []);
        for nth in 0..=ATTRIBUTES_MAX {
            sent.add("nth", &nth.to_string());
        }
        assert_eq!(sent.attributes().len(), ATTRIBUTES_MAX);
        assert_eq!(sent.attributes()[0], ("nth".to_owned(), "0".to_owned()));
    }
}
