//! One place of a file, which can say where it is when it is not as it must be.

use serde_json::{Map, Value as Json};

use super::BadCase;

/// A value, and the way to it.
#[derive(Clone, Debug)]
pub(super) struct Place<'a> {
    way: String,
    pub(super) value: &'a Json,
}

/// An object with its known keys.
#[derive(Debug)]
pub(super) struct Fields<'a> {
    way: String,
    all: &'a Map<String, Json>,
}

impl<'a> Place<'a> {
    pub(super) fn top(value: &'a Json) -> Place<'a> {
        Place { way: String::new(), value }
    }

    pub(super) fn wrong(&self, words: impl Into<String>) -> BadCase {
        let place = if self.way.is_empty() { "the file".to_owned() } else { self.way.clone() };
        BadCase { place, words: words.into() }
    }

    /// An object; a key that is not among the known ones is a mistake of spelling.
    pub(super) fn fields(&self, known: &[&str]) -> Result<Fields<'a>, BadCase> {
        let all = self.object()?;
        match all.keys().find(|key| !known.contains(&key.as_str())) {
            Some(key) => Err(self.inside(key).wrong("nothing has this name here")),
            None => Ok(Fields { way: self.way.clone(), all }),
        }
    }

    /// The entries of an object whose keys are free.
    pub(super) fn entries(&self) -> Result<impl Iterator<Item = (&'a str, Place<'a>)>, BadCase> {
        let way = self.way.clone();
        let entries = self.object()?.iter();
        Ok(entries.map(move |(key, value)| (key.as_str(), Place { way: under(&way, key), value })))
    }

    /// The items of a list that has at most so many.
    pub(super) fn items(&self, most: usize) -> Result<Vec<Place<'a>>, BadCase> {
        let list = self.value.as_array().ok_or_else(|| self.wrong("a list is needed"))?;
        if list.len() > most {
            return Err(self.wrong(format!("there are {}, and at most {most} may be", list.len())));
        }
        let item = |(at, value)| Place { way: format!("{}[{at}]", self.way), value };
        Ok(list.iter().enumerate().map(item).collect())
    }

    /// A whole number from 0 that fits.
    pub(super) fn whole<N: TryFrom<u64>>(&self) -> Result<N, BadCase> {
        let number = self.value.as_u64().and_then(|number| N::try_from(number).ok());
        number.ok_or_else(|| self.wrong("a whole number from 0 is needed, and not too large a one"))
    }

    /// The same, below 0 too.
    pub(super) fn signed(&self) -> Result<i32, BadCase> {
        let number = self.value.as_i64().and_then(|number| i32::try_from(number).ok());
        number.ok_or_else(|| self.wrong("a whole number is needed, and not too large a one"))
    }

    pub(super) fn yes(&self) -> Result<bool, BadCase> {
        self.value.as_bool().ok_or_else(|| self.wrong("true or false is needed"))
    }

    pub(super) fn text(&self) -> Result<&'a str, BadCase> {
        self.value.as_str().ok_or_else(|| self.wrong("a text in quotes is needed"))
    }

    fn object(&self) -> Result<&'a Map<String, Json>, BadCase> {
        self.value.as_object().ok_or_else(|| self.wrong("an object is needed"))
    }

    fn inside(&self, key: &str) -> Place<'a> {
        Place { way: under(&self.way, key), value: self.value }
    }
}

impl<'a> Fields<'a> {
    pub(super) fn at(&self, key: &str) -> Result<Place<'a>, BadCase> {
        let missing =
            || BadCase { place: under(&self.way, key), words: "it is missing".to_owned() };
        let value = self.all.get(key).ok_or_else(missing)?;
        Ok(Place { way: under(&self.way, key), value })
    }

    /// What may be missing or `null`.
    pub(super) fn maybe(&self, key: &str) -> Option<Place<'a>> {
        self.at(key).ok().filter(|place| !place.value.is_null())
    }
}

fn under(way: &str, key: &str) -> String {
    if way.is_empty() { key.to_owned() } else { format!("{way}.{key}") }
}
