//! The formula language from outside: what formulas come to, and what is told about mistakes.

mod any_text;
mod indicator;
mod mistakes;
mod model;
mod page;
mod traps;

use stats::formula::{Decimal, Formula, Others, Table};

/// Three people: Mari with calls, Jaan without, and Tiit of whom the hours are not known.
fn table() -> Table {
    let columns = [
        ("answered", [Some(40.0), Some(0.0), Some(10.0)]),
        ("offers", [Some(50.0), Some(0.0), Some(12.0)]),
        ("missed", [Some(10.0), Some(0.0), Some(2.0)]),
        ("talk", [Some(6_000.0), Some(0.0), Some(1_000.0)]),
        ("ring_answered", [Some(200.0), Some(0.0), Some(90.0)]),
        ("logged_on", [Some(28_800.0), Some(14_400.0), None]),
        ("break", [Some(3_600.0), Some(0.0), None]),
        ("points", [Some(7.0), Some(8.0), Some(9.0)]),
    ];
    let expected = [("answered", vec![Some(32.0), Some(4.0), None])];
    Table {
        rows: 3,
        columns: columns.map(|(name, values)| (name.to_owned(), values.to_vec())).into(),
        expected: expected.map(|(name, values)| (name.to_owned(), values)).into(),
    }
}

fn others() -> Others {
    Others::default().with_column("points", None)
}

#[track_caller]
fn read(text: &str) -> Formula {
    let read = Formula::read_with(text, &others(), Decimal::Point);
    read.unwrap_or_else(|wrong| panic!("{text}: {wrong:?}"))
}
