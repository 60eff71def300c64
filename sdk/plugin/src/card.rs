//! What a plugin tells about itself.

use crate::Value;

/// The plugin's visiting card, shown in the list of plugins.
#[derive(Clone, Debug, PartialEq)]
pub struct Card {
    /// A short name in lower case with hyphens, for example `longest-idle`. It stands in the
    /// journal beside every decision. At most 40 characters.
    pub name: String,
    /// The plugin's own version, for example `1.0.0`. At most 20 characters.
    pub version: String,
    /// One sentence for the administrator. At most 500 characters.
    pub summary: String,
    /// The settings the administrator may change, in the order of the form. At most 50.
    pub fields: Vec<Field>,
}

impl Card {
    /// A card without settings.
    #[must_use]
    pub fn new(name: &str, version: &str, summary: &str) -> Self {
        let [name, version, summary] = [name, version, summary].map(str::to_owned);
        Self { name, version, summary, fields: Vec::new() }
    }

    /// Adds a setting to the end of the form.
    #[must_use]
    pub fn field(mut self, field: Field) -> Self {
        self.fields.push(field);
        self
    }
}

/// One setting.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// The name by which [`crate::Settings`] finds its value.
    pub id: String,
    /// What stands before the input.
    pub label: String,
    /// A sentence below the input; may be empty.
    pub help: String,
    /// What may be entered.
    pub kind: Kind,
    /// The value until the administrator chooses another one.
    pub initial: Value,
}

impl Field {
    /// A number from the first of `bounds` to the last; `unit` stands after it and may be empty.
    #[must_use]
    pub fn number(id: &str, label: &str, bounds: (f64, f64), unit: &str, initial: f64) -> Self {
        let ((least, most), unit) = (bounds, unit.to_owned());
        let kind = Kind::Number { least, most, step: 1.0, unit };
        Self::new(id, label, kind, Value::Number(initial))
    }

    /// A length of time, at first so many milliseconds.
    #[must_use]
    pub fn duration(id: &str, label: &str, initial_ms: u32) -> Self {
        Self::new(id, label, Kind::Duration, Value::Number(initial_ms.into()))
    }

    /// Yes or no.
    #[must_use]
    pub fn toggle(id: &str, label: &str, initial: bool) -> Self {
        Self::new(id, label, Kind::Toggle, Value::Toggle(initial))
    }

    /// One of these pairs of id and label, at first the first of them.
    #[must_use]
    pub fn choice(id: &str, label: &str, items: &[(&str, &str)]) -> Self {
        let initial = items.first().map_or(Value::Empty, |(id, _)| Value::Text((*id).to_owned()));
        let owned = |&(id, label): &(&str, &str)| (id.to_owned(), label.to_owned());
        Self::new(id, label, Kind::Choice(items.iter().map(owned).collect()), initial)
    }

    /// Something the host has a list of; at first nothing. See [`Kind::Pick`].
    #[must_use]
    pub fn pick(id: &str, label: &str, list: &str) -> Self {
        Self::new(id, label, Kind::Pick(list.to_owned()), Value::Empty)
    }

    /// One line of text; at first nothing.
    #[must_use]
    pub fn line(id: &str, label: &str) -> Self {
        Self::new(id, label, Kind::Line, Value::Empty)
    }

    /// Puts a sentence below the input.
    #[must_use]
    pub fn help(mut self, help: &str) -> Self {
        help.clone_into(&mut self.help);
        self
    }

    fn new(id: &str, label: &str, kind: Kind, initial: Value) -> Self {
        let (id, label) = (id.to_owned(), label.to_owned());
        Self { id, label, help: String::new(), kind, initial }
    }
}

/// What may be entered into a setting.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    /// A number within bounds; comes back as [`Value::Number`].
    Number {
        /// The smallest number allowed.
        least: f64,
        /// The largest number allowed.
        most: f64,
        /// How far one press of an arrow goes.
        step: f64,
        /// Stands after the input, for example `calls`; may be empty.
        unit: String,
    },
    /// A length of time; comes back as [`Value::Number`] in milliseconds.
    Duration,
    /// Yes or no; comes back as [`Value::Toggle`].
    Toggle,
    /// One line of text; comes back as [`Value::Text`].
    Line,
    /// One of these; its id comes back as [`Value::Text`].
    Choice(
        /// Pairs of id and label.
        Vec<(String, String)>,
    ),
    /// Something the host has a list of, `agent`, `group` or `skill`; its id comes back as
    /// [`Value::Text`]. A host that does not know the word asks for a line.
    Pick(String),
}
