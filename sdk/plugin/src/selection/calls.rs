//! The waiting calls that a freed agent may take, one column per fact.

use std::cell::{OnceCell, RefCell};

use super::host;

/// One waiting call, written down: what a test makes a [`super::Freed`] of.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Row {
    /// See [`Call::group`].
    pub group: u32,
    /// See [`Call::order`].
    pub order: u32,
    /// See [`Call::delay_ms`].
    pub delay_ms: u32,
    /// See [`Call::waited_ms`].
    pub waited_ms: u32,
    /// See [`Call::priority`].
    pub priority: i32,
    /// See [`Call::offers`].
    pub offers: u32,
    /// See [`Call::group_waiting`].
    pub group_waiting: u32,
    /// See [`Call::callback`].
    pub callback: bool,
    /// See [`Call::overtaken_ms`].
    pub overtaken_ms: Option<u32>,
    /// See [`Call::language`].
    pub language: Option<&'static str>,
    /// Pairs of name and value; see [`Call::attribute`].
    pub attributes: &'static [(&'static str, &'static str)],
    /// See [`Call::served_ms_ago`].
    pub served_ms_ago: Option<u32>,
}

/// The waiting calls that the agent may take, in the built-in order: the first is the one that the
/// engine itself would give him. At least two when the engine asks, and at most 100.
#[derive(Debug, Default)]
pub struct Calls {
    count: OnceCell<u32>,
    group: OnceCell<Vec<u32>>,
    order: OnceCell<Vec<u32>>,
    delay_ms: OnceCell<Vec<u32>>,
    waited_ms: OnceCell<Vec<u32>>,
    priority: OnceCell<Vec<i32>>,
    offers: OnceCell<Vec<u32>>,
    group_waiting: OnceCell<Vec<u32>>,
    callback: OnceCell<Vec<bool>>,
    overtaken_ms: OnceCell<Vec<u32>>,
    language: OnceCell<Vec<String>>,
    served_ms_ago: OnceCell<Vec<u32>>,
    /// The attributes asked for so far, and what each call has of them.
    attributes: RefCell<Vec<(String, Vec<String>)>>,
}

/// What the host says of what has never been.
const NEVER: u32 = u32::MAX;

impl Calls {
    pub(crate) fn of(rows: &[Row]) -> Self {
        fn column<T>(rows: &[Row], fact: impl Fn(&Row) -> T) -> OnceCell<Vec<T>> {
            OnceCell::from(rows.iter().map(fact).collect::<Vec<T>>())
        }
        Self {
            count: OnceCell::from(u32::try_from(rows.len()).unwrap_or(u32::MAX)),
            group: column(rows, |row| row.group),
            order: column(rows, |row| row.order),
            delay_ms: column(rows, |row| row.delay_ms),
            waited_ms: column(rows, |row| row.waited_ms),
            priority: column(rows, |row| row.priority),
            offers: column(rows, |row| row.offers),
            group_waiting: column(rows, |row| row.group_waiting),
            callback: column(rows, |row| row.callback),
            overtaken_ms: column(rows, |row| row.overtaken_ms.unwrap_or(NEVER)),
            language: column(rows, |row| row.language.unwrap_or_default().to_owned()),
            served_ms_ago: column(rows, |row| row.served_ms_ago.unwrap_or(NEVER)),
            attributes: RefCell::new(attributes(rows)),
        }
    }

    /// How many there are.
    #[must_use]
    pub fn count(&self) -> u32 {
        *self.count.get_or_init(host::count)
    }

    /// The call at a position, if there is one.
    #[must_use]
    pub fn get(&self, position: u32) -> Option<Call<'_>> {
        (position < self.count()).then_some(Call { all: self, position })
    }

    /// All of them, in the built-in order.
    pub fn iter(&self) -> impl Iterator<Item = Call<'_>> {
        (0..self.count()).map(|position| Call { all: self, position })
    }
}

/// Every attribute that any call here has, as columns; of a name that comes twice, the first value.
fn attributes(rows: &[Row]) -> Vec<(String, Vec<String>)> {
    let mut columns: Vec<(String, Vec<String>)> = Vec::new();
    for (position, row) in rows.iter().enumerate() {
        for &(name, value) in row.attributes {
            let known = columns.iter().position(|(it, _)| it == name);
            let known = known.unwrap_or_else(|| {
                columns.push((name.to_owned(), vec![String::new(); rows.len()]));
                columns.len() - 1
            });
            let cell = &mut columns[known].1[position];
            if cell.is_empty() {
                value.clone_into(cell);
            }
        }
    }
    columns
}

/// One waiting call.
#[derive(Clone, Copy, Debug)]
pub struct Call<'a> {
    all: &'a Calls,
    position: u32,
}

impl<'a> Call<'a> {
    /// The place among the calls, from 0: what [`super::Choice::Take`] takes.
    #[must_use]
    pub fn position(self) -> u32 {
        self.position
    }

    /// The group in which the call waits: its number, which is also the text of a setting of the
    /// kind [`crate::Kind::Pick`] of a `group`.
    #[must_use]
    pub fn group(self) -> u32 {
        self.of(self.all.group.get_or_init(host::group))
    }

    /// The order of the call's group for the agent: 1 is his main group. From the plan.
    #[must_use]
    pub fn order(self) -> u32 {
        self.of(self.all.order.get_or_init(host::order))
    }

    /// The delay of the agent's membership in milliseconds: he serves only callers who have waited
    /// this long, and this caller has. 0: he serves everybody. From the plan.
    #[must_use]
    pub fn delay_ms(self) -> u32 {
        self.of(self.all.delay_ms.get_or_init(host::delay_ms))
    }

    /// How long the caller has waited in this group, in milliseconds.
    #[must_use]
    pub fn waited_ms(self) -> u32 {
        self.of(self.all.waited_ms.get_or_init(host::waited_ms))
    }

    /// Higher goes first; 0 unless the plan says otherwise.
    #[must_use]
    pub fn priority(self) -> i32 {
        self.of(self.all.priority.get_or_init(host::priority))
    }

    /// Offers of this call that ended without an answer.
    #[must_use]
    pub fn offers(self) -> u32 {
        self.of(self.all.offers.get_or_init(host::offers))
    }

    /// Calls waiting in the call's group, this one included.
    #[must_use]
    pub fn group_waiting(self) -> u32 {
        self.of(self.all.group_waiting.get_or_init(host::group_waiting))
    }

    /// The caller has hung up and is called back when an agent takes the call.
    #[must_use]
    pub fn callback(self) -> bool {
        self.of(self.all.callback.get_or_init(host::callback))
    }

    /// Milliseconds since a caller who stood behind this one was first preferred to him; `None`:
    /// never. After five minutes the engine takes him whatever the plugin says.
    #[must_use]
    pub fn overtaken_ms(self) -> Option<u32> {
        let ms = self.of(self.all.overtaken_ms.get_or_init(host::overtaken_ms));
        (ms != NEVER).then_some(ms)
    }

    /// The language of the number that was dialled, as two small letters, for example `et`. `None`:
    /// the number has none.
    #[must_use]
    pub fn language(self) -> Option<&'a str> {
        let column = self.all.language.get_or_init(host::language);
        Some(column[self.position as usize].as_str()).filter(|language| !language.is_empty())
    }

    /// What the caller's side sent along under this name: the first value of it. Of a call from a
    /// trunk these are the headers of its INVITE that begin with `X-`, named in small letters.
    /// `None`: nothing was sent under this name.
    #[must_use]
    pub fn attribute(self, name: &str) -> Option<String> {
        let mut columns = self.all.attributes.borrow_mut();
        let known = columns.iter().position(|(it, _)| it == name);
        let known = known.unwrap_or_else(|| {
            columns.push((name.to_owned(), host::attribute(name)));
            columns.len() - 1
        });
        // Outside the host an attribute that no call has is a column of nothing.
        columns[known].1.get(self.position as usize).filter(|value| !value.is_empty()).cloned()
    }

    /// Milliseconds since this agent last answered this caller; what was before a restart of the
    /// server counts from the restart. `None`: never, longer ago than the server remembers (the
    /// last four agents of a caller, of which one outlives a restart), or the caller hides his
    /// number.
    #[must_use]
    pub fn served_ms_ago(self) -> Option<u32> {
        let ms = self.of(self.all.served_ms_ago.get_or_init(host::served_ms_ago));
        (ms != NEVER).then_some(ms)
    }

    /// The call's cell of a column. Every column is as long as there are calls.
    fn of<T: Copy>(self, column: &[T]) -> T {
        column[self.position as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::{Call, Row};
    use crate::selection::Freed;

    #[test]
    fn rows_answer_with_what_they_say() {
        let old = Row { group: 3, waited_ms: 90_000, served_ms_ago: Some(7), ..Row::default() };
        let gold = Row {
            priority: -2,
            callback: true,
            overtaken_ms: Some(5),
            language: Some("et"),
            attributes: &[("tier", "gold"), ("tier", "new")],
            ..Row::default()
        };
        let freed = Freed::of(&[old, gold]);
        let calls = freed.calls();
        assert_eq!((calls.count(), calls.get(2).map(Call::position)), (2, None));
        let all = |fact: fn(Call<'_>) -> i64| calls.iter().map(fact).collect::<Vec<_>>();
        assert_eq!(all(|it| it.group().into()), [3, 0]);
        assert_eq!(all(|it| it.waited_ms().into()), [90_000, 0]);
        assert_eq!(all(|it| it.priority().into()), [0, -2]);
        assert_eq!(all(|it| it.callback().into()), [0, 1]);
        assert_eq!(all(|it| it.served_ms_ago().map_or(-1, i64::from)), [7, -1]);
        assert_eq!(all(|it| it.overtaken_ms().map_or(-1, i64::from)), [-1, 5]);
        let languages: Vec<_> = calls.iter().map(Call::language).collect();
        assert_eq!(languages, [None, Some("et")]);
        let tiers: Vec<_> = calls.iter().map(|it| it.attribute("tier")).collect();
        assert_eq!(tiers, [None, Some("gold".to_owned())]);
        assert!(calls.iter().all(|it| it.attribute("shoe-size").is_none()));
    }
}
