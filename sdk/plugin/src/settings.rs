//! The values the administrator gave to the plugin's settings.

/// The value of one setting.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Nothing was entered.
    Empty,
    /// A number, or a length of time in milliseconds.
    Number(f64),
    /// Yes or no.
    Toggle(bool),
    /// A line, or the id of what was chosen.
    Text(String),
    /// Several ids.
    Several(Vec<String>),
}

/// The plugin's settings, by the id of the field.
///
/// Each getter answers `None` when there is no such setting or its value is of another kind.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Settings(Vec<(String, Value)>);

impl Settings {
    /// Settings from pairs of id and value.
    #[must_use]
    pub fn new(values: Vec<(String, Value)>) -> Self {
        Self(values)
    }

    /// The value of a setting.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&Value> {
        self.0.iter().find(|(name, _)| name == id).map(|(_, value)| value)
    }

    /// The value of a number or of a length of time (in milliseconds).
    #[must_use]
    pub fn number(&self, id: &str) -> Option<f64> {
        if let Some(Value::Number(number)) = self.get(id) { Some(*number) } else { None }
    }

    /// The value of a number without its fraction, or of a length of time in milliseconds. What is
    /// below zero or too large is the nearest that there is.
    #[must_use]
    pub fn whole(&self, id: &str) -> Option<u32> {
        // Numbers that do not fit become the nearest one that does.
        self.number(id).map(|number| number as u32)
    }

    /// The value of a yes or no.
    #[must_use]
    pub fn toggle(&self, id: &str) -> Option<bool> {
        if let Some(Value::Toggle(on)) = self.get(id) { Some(*on) } else { None }
    }

    /// The value of a line, or the id of what was chosen.
    #[must_use]
    pub fn text(&self, id: &str) -> Option<&str> {
        if let Some(Value::Text(text)) = self.get(id) { Some(text) } else { None }
    }

    /// The same without spaces around it; `None` when nothing is left.
    #[must_use]
    pub fn word(&self, id: &str) -> Option<&str> {
        self.text(id).map(str::trim).filter(|text| !text.is_empty())
    }
}
