//! A fact's body as JSON text: written by hand because it is the hot path, read with care.

use serde_json::Value;

use crate::Error;
use crate::word::Word;

/// A JSON object being written, key by key.
pub(crate) struct Body(String);

impl Body {
    pub(crate) fn new() -> Body {
        // Most bodies are shorter: one allocation.
        Body(String::with_capacity(96))
    }

    pub(crate) fn num(mut self, key: &'static str, value: impl Into<i128>) -> Body {
        self.key(key);
        self.0.push_str(&value.into().to_string());
        self
    }

    pub(crate) fn maybe_num(self, key: &'static str, value: Option<impl Into<i128>>) -> Body {
        match value {
            Some(value) => self.num(key, value),
            None => self,
        }
    }

    /// Text of other people: escaped.
    pub(crate) fn text(mut self, key: &'static str, value: &str) -> Body {
        self.key(key);
        self.0.push_str(&Value::from(value).to_string());
        self
    }

    pub(crate) fn maybe_text(self, key: &'static str, value: Option<&str>) -> Body {
        match value {
            Some(value) => self.text(key, value),
            None => self,
        }
    }

    /// A word of ours: it has nothing to escape.
    pub(crate) fn plain(mut self, key: &'static str, word: &'static str) -> Body {
        self.key(key);
        self.0.extend(["\"", word, "\""]);
        self
    }

    pub(crate) fn word(self, key: &'static str, value: impl Word) -> Body {
        self.plain(key, value.word())
    }

    /// A list whose entries are JSON already.
    pub(crate) fn list(mut self, key: &'static str, entries: impl Iterator<Item = String>) -> Body {
        self.key(key);
        self.0.push('[');
        for (position, entry) in entries.enumerate() {
            self.0.extend([if position == 0 { "" } else { "," }, &entry]);
        }
        self.0.push(']');
        self
    }

    pub(crate) fn done(mut self) -> String {
        self.0.push_str(if self.0.is_empty() { "{}" } else { "}" });
        self.0
    }

    fn key(&mut self, key: &'static str) {
        self.0.extend([if self.0.is_empty() { "{\"" } else { ",\"" }, key, "\":"]);
    }
}

/// A JSON object being read.
pub(crate) struct Reader(Value);

impl Reader {
    pub(crate) fn new(body: &str) -> Result<Reader, Error> {
        match serde_json::from_str(body) {
            Ok(value) => Ok(Reader(value)),
            Err(error) => Err(Error::Corrupt { table: "fact", cause: error.to_string() }),
        }
    }

    pub(crate) fn num<T: TryFrom<i64>>(&self, key: &'static str) -> Result<T, Error> {
        number(&self.0[key]).ok_or_else(|| missing(key))
    }

    pub(crate) fn text(&self, key: &'static str) -> Result<String, Error> {
        self.maybe_text(key).ok_or_else(|| missing(key))
    }

    pub(crate) fn maybe_text(&self, key: &'static str) -> Option<String> {
        self.0[key].as_str().map(str::to_owned)
    }

    /// Text that says a value of another kind.
    pub(crate) fn parsed<T: std::str::FromStr>(&self, key: &'static str) -> Result<T, Error> {
        self.text(key)?.parse().map_err(|_| missing(key))
    }

    pub(crate) fn word<T: Word>(&self, key: &'static str) -> Result<T, Error> {
        self.0[key].as_str().and_then(T::of_word).ok_or_else(|| missing(key))
    }

    /// `None` when the key is not there.
    pub(crate) fn maybe_word<T: Word>(&self, key: &'static str) -> Result<Option<T>, Error> {
        if self.0[key].is_null() { Ok(None) } else { self.word(key).map(Some) }
    }

    pub(crate) fn maybe_num<T: TryFrom<i64>>(&self, key: &'static str) -> Result<Option<T>, Error> {
        if self.0[key].is_null() { Ok(None) } else { self.num(key).map(Some) }
    }

    /// Every entry of a list, each through `read`.
    pub(crate) fn list<T>(
        &self,
        key: &'static str,
        read: impl Fn(&Reader) -> Result<T, Error>,
    ) -> Result<Vec<T>, Error> {
        let entries = self.0[key].as_array().ok_or_else(|| missing(key))?;
        entries.iter().map(|entry| read(&Reader(entry.clone()))).collect()
    }

    /// The entry itself as a number, inside [`Reader::list`].
    pub(crate) fn own_num<T: TryFrom<i64>>(&self) -> Result<T, Error> {
        number(&self.0).ok_or_else(|| missing("entry"))
    }
}

fn number<T: TryFrom<i64>>(value: &Value) -> Option<T> {
    value.as_i64().and_then(|number| T::try_from(number).ok())
}

fn missing(key: &'static str) -> Error {
    Error::Corrupt { table: "fact", cause: format!("no fitting {key}") }
}
