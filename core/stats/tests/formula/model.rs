//! Formulas worked out by columns come to what a plain walk over each row comes to.

use proptest::prelude::*;
use proptest::sample::select;
use stats::formula::{Formula, Others, Table};

const NAMES: [&str; 3] = ["a", "b", "c"];

#[derive(Clone, Debug)]
enum Number {
    Written(u32, u32),
    Column(usize),
    Negative(Box<Number>),
    Two(&'static str, Box<Number>, Box<Number>),
    Least(Box<Number>, Box<Number>),
    Most(Box<Number>, Box<Number>),
    Abs(Box<Number>),
    If(Box<Choice>, Box<Number>, Box<Number>),
    When(Box<Choice>, Box<Number>),
    Average(Box<Number>),
    Median(Box<Number>),
}

#[derive(Clone, Debug)]
enum Choice {
    Compare(&'static str, Number, Number),
    Not(Box<Choice>),
    And(Box<Choice>, Box<Choice>),
    Or(Box<Choice>, Box<Choice>),
}

fn number() -> impl Strategy<Value = Number> {
    let leaf = prop_oneof![
        (0_u32..1_000, 0_u32..100).prop_map(|(whole, part)| Number::Written(whole, part)),
        (0..NAMES.len()).prop_map(Number::Column),
    ];
    leaf.prop_recursive(6, 60, 3, |inner| {
        let one = inner.clone().prop_map(Box::new);
        let compare = (select(vec!["<", "<=", ">", ">=", "=", "<>"]), inner.clone(), inner);
        let choice = compare.prop_map(|(sign, left, right)| Choice::Compare(sign, left, right));
        let choice = choice.prop_recursive(2, 6, 2, |inner| {
            let one = inner.prop_map(Box::new);
            prop_oneof![
                one.clone().prop_map(Choice::Not),
                (one.clone(), one.clone()).prop_map(|(left, right)| Choice::And(left, right)),
                (one.clone(), one).prop_map(|(left, right)| Choice::Or(left, right)),
            ]
        });
        let choice = choice.prop_map(Box::new);
        let two = (one.clone(), one.clone());
        let sign = select(vec!["+", "-", "*", "/"]);
        prop_oneof![
            3 => (sign, two.clone()).prop_map(|(sign, (a, b))| Number::Two(sign, a, b)),
            1 => one.clone().prop_map(Number::Negative),
            1 => one.clone().prop_map(Number::Abs),
            1 => two.clone().prop_map(|(a, b)| Number::Least(a, b)),
            1 => two.clone().prop_map(|(a, b)| Number::Most(a, b)),
            2 => (choice.clone(), two).prop_map(|(it, (a, b))| Number::If(it, a, b)),
            1 => (choice, one.clone()).prop_map(|(it, a)| Number::When(it, a)),
            1 => one.clone().prop_map(Number::Average),
            1 => one.prop_map(Number::Median),
        ]
    })
}

impl Number {
    fn text(&self) -> String {
        match self {
            Number::Written(whole, part) => format!("{whole}.{part:02}"),
            Number::Column(at) => NAMES[*at].to_owned(),
            Number::Negative(of) => format!("-({})", of.text()),
            Number::Two(sign, left, right) => format!("({}){sign}({})", left.text(), right.text()),
            Number::Least(left, right) => format!("min({};{})", left.text(), right.text()),
            Number::Most(left, right) => format!("max({};{})", left.text(), right.text()),
            Number::Abs(of) => format!("abs({})", of.text()),
            Number::If(choice, yes, no) => {
                format!("if({};{};{})", choice.text(), yes.text(), no.text())
            }
            Number::When(choice, yes) => format!("if({};{})", choice.text(), yes.text()),
            Number::Average(of) => format!("group.average({})", of.text()),
            Number::Median(of) => format!("group.median({})", of.text()),
        }
    }

    /// The value in a row of the table.
    fn value(&self, table: &[[Option<f64>; 3]], row: usize) -> Option<f64> {
        let of = |number: &Number| number.value(table, row);
        let value = match self {
            Number::Written(..) => self.text().parse().ok()?,
            Number::Column(at) => table[row][*at]?,
            Number::Negative(it) => -of(it)?,
            Number::Two(sign, left, right) => {
                let (left, right) = (of(left)?, of(right)?);
                match *sign {
                    "+" => left + right,
                    "-" => left - right,
                    "*" => left * right,
                    _ => left / right,
                }
            }
            Number::Least(left, right) => of(left)?.min(of(right)?),
            Number::Most(left, right) => of(left)?.max(of(right)?),
            Number::Abs(it) => of(it)?.abs(),
            Number::If(choice, yes, no) => of(if choice.holds(table, row)? { yes } else { no })?,
            Number::When(choice, yes) => {
                choice.holds(table, row)?.then_some(())?;
                of(yes)?
            }
            Number::Average(it) => {
                let mut known = Number::known(it, table);
                known.sort_by(f64::total_cmp);
                known.iter().sum::<f64>() / known.len() as f64
            }
            Number::Median(it) => {
                let mut known = Number::known(it, table);
                known.sort_by(f64::total_cmp);
                let middle = known.len() / 2;
                let upper = *known.get(middle)?;
                if known.len() % 2 == 1 {
                    upper
                } else {
                    let lower = known[middle - 1];
                    lower + (upper - lower) * 0.5
                }
            }
        };
        value.is_finite().then_some(value)
    }

    fn known(&self, table: &[[Option<f64>; 3]]) -> Vec<f64> {
        (0..table.len()).filter_map(|row| self.value(table, row)).collect()
    }
}

impl Choice {
    fn text(&self) -> String {
        match self {
            Choice::Compare(sign, left, right) => {
                format!("({}){sign}({})", left.text(), right.text())
            }
            Choice::Not(of) => format!("(not ({}))", of.text()),
            Choice::And(left, right) => format!("(({}) and ({}))", left.text(), right.text()),
            Choice::Or(left, right) => format!("(({}) or ({}))", left.text(), right.text()),
        }
    }

    fn holds(&self, table: &[[Option<f64>; 3]], row: usize) -> Option<bool> {
        match self {
            Choice::Compare(sign, left, right) => {
                let (left, right) = (left.value(table, row)?, right.value(table, row)?);
                let same =
                    left == right || (left - right).abs() <= 1e-12 * left.abs().max(right.abs());
                Some(match *sign {
                    "<" => left < right && !same,
                    "<=" => left < right || same,
                    ">" => left > right && !same,
                    ">=" => left > right || same,
                    "=" => same,
                    _ => !same,
                })
            }
            Choice::Not(of) => Some(!of.holds(table, row)?),
            Choice::And(left, right) => match (left.holds(table, row), right.holds(table, row)) {
                (Some(false), _) | (_, Some(false)) => Some(false),
                (left, right) => Some(left? && right?),
            },
            Choice::Or(left, right) => match (left.holds(table, row), right.holds(table, row)) {
                (Some(true), _) | (_, Some(true)) => Some(true),
                (left, right) => Some(left? || right?),
            },
        }
    }
}

fn cell() -> impl Strategy<Value = Option<f64>> {
    let whole = (-50_i32..2_000).prop_map(f64::from);
    let odd = select(vec![0.0, 0.1, 1e300, -1e-300, 3.7]);
    prop_oneof![1 => Just(None), 3 => whole.prop_map(Some), 1 => odd.prop_map(Some)]
}

fn columns(rows: &[[Option<f64>; 3]]) -> Table {
    let column = |at: usize| rows.iter().map(|row| row[at]).collect::<Vec<_>>();
    let columns = NAMES.iter().enumerate();
    let columns = columns.map(|(at, name)| (name.to_string(), column(at))).collect();
    Table { rows: rows.len(), columns, ..Table::default() }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn columns_come_to_what_rows_come_to(
        number in number(),
        rows in prop::collection::vec([cell(), cell(), cell()], 0..6),
    ) {
        let text = number.text();
        prop_assume!(text.len() <= 4_000);
        let others = NAMES.iter().fold(Others::default(), |it, name| it.with_column(name, None));
        let formula = Formula::read(&text, &others).expect("well written");
        let values = formula.values(&columns(&rows));
        for (row, value) in values.iter().enumerate() {
            prop_assert_eq!(*value, number.value(&rows, row), "{} in row {}", text, row);
        }
        let backwards = columns(&rows.iter().copied().rev().collect::<Vec<_>>());
        let again = formula.values(&backwards).into_iter().rev().collect::<Vec<_>>();
        prop_assert_eq!(again, values, "{} backwards", text);
        let again = Formula::read(&formula.canonical(), &others);
        prop_assert!(again.as_ref() == Ok(&formula), "{}", formula);
    }
}
