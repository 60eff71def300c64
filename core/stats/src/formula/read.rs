//! Parts to steps: what each name is, and whether what is put together goes together.

use std::collections::BTreeMap;

use super::dictionary::{Entry, Function, derived, measure_of, metric, unit_of};
use super::lex::{Decimal, Sign};
use super::measure::{Measure, POWER_MAX};
use super::number::NONE;
use super::others::Others;
use super::parse::parse;
use super::program::{Program, Step};
use super::tree::{Part, Suffix, Tree, What};
use super::wrong::{Code, Wrong};
use super::{CHAIN_MAX, MISTAKES_MAX, STEPS_MAX};

/// A formula that was read: its parts, its steps, and where the last of them stands.
pub(super) struct Read {
    pub(super) tree: Tree,
    pub(super) program: Program,
    pub(super) last: usize,
    pub(super) measure: Measure,
}

/// Reads a formula, or finds its mistakes in the order of their places; there is at least one. A
/// mistake of the form hides all others.
pub(super) fn read(text: &str, others: &Others, decimal: Decimal) -> Result<Read, Vec<Wrong>> {
    let path = others.me().map(str::to_owned).into_iter().collect();
    let mut reader = Reader { others, program: Program::default(), done: BTreeMap::new(), path };
    let tree = parse(text, decimal).map_err(|wrong| vec![wrong])?;
    let (last, measure) = reader.number(&tree, false)?;
    Ok(Read { tree, program: reader.program, last, measure })
}

struct Reader<'a> {
    others: &'a Others,
    program: Program,
    /// What other indicators and derived figures came to, plain and expected. Mistakes too: each is
    /// read once, however often it is named.
    done: BTreeMap<(String, bool), Result<(usize, Measure), Code>>,
    /// Which indicators are being read, from the first to this one.
    path: Vec<String>,
}

#[derive(Clone, Copy)]
enum Kind {
    YesNo,
    Number(Measure),
    /// It has a mistake, or is made of something that has one.
    Lost,
}

/// What is wrong with a part; nothing when it is made of something that has been told already.
type Told = Option<Wrong>;

/// What a part came to: its step and what that is.
type Meaning = (usize, Kind);

impl Reader<'_> {
    /// Reads the parts of a whole formula, of which a number must come. `expected`: of what was to
    /// be expected.
    fn number(&mut self, tree: &Tree, expected: bool) -> Result<(usize, Measure), Vec<Wrong>> {
        let mut meanings: Vec<Meaning> = Vec::with_capacity(tree.0.len());
        let mut mistakes = Vec::new();
        for part in &tree.0 {
            let meaning = self.meaning(tree, part, &meanings, expected);
            meanings.push(meaning.unwrap_or_else(|told| {
                mistakes.extend(told);
                (0, Kind::Lost)
            }));
            if self.program.len() > STEPS_MAX {
                return Err(vec![wrong(part, Code::TooLarge)]);
            }
        }
        let last = Among { parts: &tree.0, done: &meanings }.last();
        match (last, mistakes.is_empty()) {
            (Ok(number), true) => Ok(number),
            (last, _) => {
                mistakes.extend(last.err().flatten());
                mistakes.sort_by_key(|wrong| (wrong.from, wrong.to));
                mistakes.truncate(MISTAKES_MAX);
                Err(mistakes)
            }
        }
    }

    fn meaning(
        &mut self,
        tree: &Tree,
        part: &Part,
        done: &[Meaning],
        whole_expected: bool,
    ) -> Result<Meaning, Told> {
        let among = Among { parts: &tree.0, done };
        match &part.what {
            What::Number { written, suffix } => {
                let (value, measure) = literal(*written, *suffix);
                if !value.is_finite() {
                    return Err(Some(wrong(part, Code::BadNumber)));
                }
                Ok((self.constant(value), Kind::Number(measure)))
            }
            What::Name { name, expected } => {
                let (step, measure) = self
                    .name(name, *expected || whole_expected)
                    .map_err(|code| wrong(part, code))?;
                Ok((step, Kind::Number(measure)))
            }
            What::Negative(of) => {
                let (of, measure) = among.number(*of)?;
                let step = match self.program.number(of) {
                    Some(number) => Step::Number((-number).to_bits()),
                    None => Step::Negative(of),
                };
                Ok((self.program.step(step), Kind::Number(measure)))
            }
            What::Not(of) => {
                let of = among.yes_no(*of)?;
                Ok((self.program.step(Step::Not(of)), Kind::YesNo))
            }
            What::Two(sign, left, right) => self.two(part, *sign, *left, *right, among),
            What::Call(function, values) => self.call(part, *function, values, among),
        }
    }

    fn two(
        &mut self,
        part: &Part,
        sign: Sign,
        left: usize,
        right: usize,
        among: Among<'_>,
    ) -> Result<Meaning, Told> {
        let numbers = || Ok::<_, Told>((among.number(left)?, among.number(right)?));
        // Both as one measure, for what is added and compared.
        let mut joined = |step: fn(usize, usize) -> Step| {
            let (left, right) = numbers()?;
            let differ = || wrong(part, Code::Measures { left: left.1, right: right.1 });
            let (a, b, measure) = self.together(left, right).ok_or_else(differ)?;
            Ok::<_, Told>((step(a, b), measure))
        };
        let (step, kind) = match sign {
            Sign::And => (Step::And(among.yes_no(left)?, among.yes_no(right)?), Kind::YesNo),
            Sign::Or => (Step::Or(among.yes_no(left)?, among.yes_no(right)?), Kind::YesNo),
            Sign::Plus => joined(Step::Sum).map(|(step, of)| (step, Kind::Number(of)))?,
            Sign::Minus => joined(Step::Difference).map(|(step, of)| (step, Kind::Number(of)))?,
            Sign::Times => {
                let ((a, left), (b, right)) = numbers()?;
                (Step::Product(a, b), Kind::Number(left.times(right)))
            }
            Sign::By => {
                let ((a, left), (b, right)) = numbers()?;
                (Step::Quotient(a, b), Kind::Number(left.by(right)))
            }
            Sign::Power => return self.power(left, right, among),
            Sign::Less => (joined(Step::Less)?.0, Kind::YesNo),
            Sign::More => (joined(|a, b| Step::Less(b, a))?.0, Kind::YesNo),
            Sign::Equal => (joined(Step::Equal)?.0, Kind::YesNo),
            Sign::MoreOrEqual => (joined(Step::Less).map(|it| self.not(it.0))?, Kind::YesNo),
            Sign::LessOrEqual => {
                (joined(|a, b| Step::Less(b, a)).map(|it| self.not(it.0))?, Kind::YesNo)
            }
            Sign::Unequal => (joined(Step::Equal).map(|it| self.not(it.0))?, Kind::YesNo),
        };
        Ok((self.program.step(step), kind))
    }

    fn not(&mut self, step: Step) -> Step {
        Step::Not(self.program.step(step))
    }

    /// Two numbers as one measure, and that measure; `None` when they do not go together. Seconds
    /// beside hours become hours: `work_hours >= 6 h`.
    fn together(
        &mut self,
        (left, of_left): (usize, Measure),
        (right, of_right): (usize, Measure),
    ) -> Option<(usize, usize, Measure)> {
        let mut hours = |seconds| {
            let hour = self.constant(SECONDS_PER_HOUR);
            self.program.step(Step::Quotient(seconds, hour))
        };
        match (of_left, of_right) {
            (Measure::HOURS, Measure::SECONDS) => Some((left, hours(right), of_left)),
            (Measure::SECONDS, Measure::HOURS) => Some((hours(left), right, of_right)),
            _ => of_left.join(of_right).map(|measure| (left, right, measure)),
        }
    }

    fn power(&mut self, left: usize, right: usize, among: Among<'_>) -> Result<Meaning, Told> {
        let (base, measure) = among.number(left)?;
        let (exponent, of_exponent) = among.number(right)?;
        if !of_exponent.is_bare() {
            return Err(Some(among.wrong(right, Code::PlainNeeded { got: of_exponent })));
        }
        let measure = if measure.is_bare() {
            measure
        } else {
            let whole =
                self.program.number(exponent).and_then(|it| whole(it, -POWER_MAX, POWER_MAX));
            let of = || among.wrong(right, Code::PowerOfUnit { of: measure });
            measure.power(whole.ok_or_else(of)?)
        };
        Ok((self.program.step(Step::Power(base, exponent)), Kind::Number(measure)))
    }

    fn call(
        &mut self,
        part: &Part,
        function: Function,
        values: &[usize],
        among: Among<'_>,
    ) -> Result<Meaning, Told> {
        let (least, most) = function.takes();
        if values.len() < least || values.len() > most {
            let (function, got) = (function.name(), values.len());
            return Err(Some(wrong(part, Code::WrongCount { function, got })));
        }
        let step = match function {
            Function::If => return self.choice(values, among),
            Function::Min => return self.extreme(Step::Least, values, among),
            Function::Max => return self.extreme(Step::Most, values, among),
            // The names inside have become those of what was to be expected.
            Function::Expected => return Ok(among.done[values[0]]),
            Function::Number => {
                let (of, _) = among.number(values[0])?;
                return Ok((of, Kind::Number(Measure::PLAIN)));
            }
            Function::Round => {
                let decimals = values.get(1).map_or(Ok(0), |at| self.decimals(*at, among))?;
                Step::Round(among.number(values[0])?.0, decimals)
            }
            Function::Abs => Step::Abs(among.number(values[0])?.0),
            Function::Average => Step::Average(among.number(values[0])?.0),
            Function::Median => Step::Median(among.number(values[0])?.0),
            Function::Percentile => {
                Step::Percentile(among.number(values[0])?.0, self.share(values[1], among)?)
            }
        };
        let (_, measure) = among.number(values[0])?;
        Ok((self.program.step(step), Kind::Number(measure)))
    }

    fn choice(&mut self, values: &[usize], among: Among<'_>) -> Result<Meaning, Told> {
        let condition = among.yes_no(values[0])?;
        let yes = among.number(values[1])?;
        let nothing = (self.constant(NONE), Measure::PLAIN);
        let no = values.get(2).map_or(Ok(nothing), |at| among.number(*at))?;
        let last = values[values.len() - 1];
        let differ = || among.wrong(last, Code::Measures { left: yes.1, right: no.1 });
        let (yes, no, measure) = self.together(yes, no).ok_or_else(differ)?;
        Ok((self.program.step(Step::If(condition, yes, no)), Kind::Number(measure)))
    }

    /// The smallest or the largest of several.
    fn extreme(
        &mut self,
        step: fn(usize, usize) -> Step,
        values: &[usize],
        among: Among<'_>,
    ) -> Result<Meaning, Told> {
        let mut best = among.number(values[0])?;
        for at in &values[1..] {
            let next = among.number(*at)?;
            let differ = || among.wrong(*at, Code::Measures { left: best.1, right: next.1 });
            let (a, b, measure) = self.together(best, next).ok_or_else(differ)?;
            best = (self.program.step(step(a, b)), measure);
        }
        Ok((best.0, Kind::Number(best.1)))
    }

    fn decimals(&self, at: usize, among: Among<'_>) -> Result<u8, Told> {
        let (step, _) = among.number(at)?;
        let decimals = self.program.number(step).and_then(|it| whole(it, 0, DECIMALS_MAX));
        let decimals = decimals.and_then(|it| u8::try_from(it).ok());
        decimals.ok_or_else(|| Some(among.wrong(at, Code::BadDecimals)))
    }

    fn share(&self, at: usize, among: Among<'_>) -> Result<usize, Told> {
        let (share, measure) = among.number(at)?;
        if !measure.is_bare() {
            return Err(Some(among.wrong(at, Code::PlainNeeded { got: measure })));
        }
        match self.program.number(share) {
            Some(written) if !(0.0..=1.0).contains(&written) => {
                Err(Some(among.wrong(at, Code::BadShare)))
            }
            _ => Ok(share),
        }
    }

    /// What a name stands for: a column, a metric, a derived figure or another indicator.
    fn name(&mut self, name: &str, expected: bool) -> Result<(usize, Measure), Code> {
        if let Some(measure) = self.others.column(name) {
            let step = self.program.step(Step::Named { name: name.to_owned(), expected });
            return Ok((step, measure));
        }
        if let Some(metric) = metric(name) {
            if !self.others.has_metrics() {
                return Err(Code::NoColumn { name: name.to_owned(), needed_by: None });
            }
            let step = self.program.step(Step::Metric { metric, expected });
            return Ok((step, Measure::of(unit_of(metric))));
        }
        let key = (name.to_owned(), expected);
        if let Some(meaning) = self.done.get(&key) {
            return meaning.clone();
        }
        let meaning = if let Some(entry) = derived(name) {
            self.derived(entry, expected)
        } else if self.others.me() == Some(name) || self.others.formula(name).is_some() {
            self.other(name, expected)
        } else {
            let (name, meant) = (name.to_owned(), self.others.suggest(name));
            Err(Code::UnknownName { name, meant })
        };
        self.done.insert(key, meaning.clone());
        meaning
    }

    fn derived(&mut self, entry: &Entry, expected: bool) -> Result<(usize, Measure), Code> {
        let definition = entry.definition.unwrap_or_default();
        let tree = parse(definition, Decimal::Point).map_err(|wrong| wrong.code)?;
        let (step, _) = self.number(&tree, expected).map_err(|mistakes| {
            let wrong = first(mistakes);
            let Code::NoColumn { name, .. } = wrong.code else { return wrong.code };
            Code::NoColumn { name, needed_by: Some(entry.name.to_owned()) }
        })?;
        Ok((step, measure_of(entry)))
    }

    fn other(&mut self, name: &str, expected: bool) -> Result<(usize, Measure), Code> {
        if let Some(begin) = self.path.iter().position(|it| it == name) {
            let path = self.path[begin..].iter().cloned().chain([name.to_owned()]).collect();
            return Err(Code::Cycle(path));
        }
        if self.path.len() > CHAIN_MAX {
            return Err(Code::TooFarOff { name: name.to_owned() });
        }
        self.path.push(name.to_owned());
        let text = self.others.formula(name).unwrap_or_default();
        let tree = parse(text, Decimal::Point).map_err(|wrong| vec![wrong]);
        let meaning = tree.and_then(|tree| self.number(&tree, expected));
        self.path.pop();
        meaning.map_err(|mistakes| {
            let wrong = first(mistakes);
            // These tell of the whole chain, and whose mistake it is.
            let names_whom = matches!(
                wrong.code,
                Code::Cycle(_) | Code::TooFarOff { .. } | Code::TooLarge | Code::Other { .. }
            );
            if names_whom {
                return wrong.code;
            }
            Code::Other { name: name.to_owned(), wrong: Box::new(wrong) }
        })
    }

    fn constant(&mut self, value: f64) -> usize {
        self.program.step(Step::Number(value.to_bits()))
    }
}

const DECIMALS_MAX: i8 = 9;
const SECONDS_PER_HOUR: f64 = 3_600.0;

/// The parts of a formula and what those before this one came to.
#[derive(Clone, Copy)]
struct Among<'a> {
    parts: &'a [Part],
    done: &'a [Meaning],
}

impl Among<'_> {
    fn number(self, at: usize) -> Result<(usize, Measure), Told> {
        match self.done[at] {
            (step, Kind::Number(measure)) => Ok((step, measure)),
            (_, Kind::YesNo) => Err(Some(self.wrong(at, Code::NumberNeeded))),
            (_, Kind::Lost) => Err(None),
        }
    }

    fn yes_no(self, at: usize) -> Result<usize, Told> {
        match self.done[at] {
            (step, Kind::YesNo) => Ok(step),
            (_, Kind::Number(_)) => Err(Some(self.wrong(at, Code::YesNoNeeded))),
            (_, Kind::Lost) => Err(None),
        }
    }

    /// What the whole comes to.
    fn last(self) -> Result<(usize, Measure), Told> {
        let last = self.done.len() - 1;
        match self.done[last] {
            (_, Kind::YesNo) => Err(Some(self.wrong(last, Code::NotANumber))),
            (_, Kind::Number(_) | Kind::Lost) => self.number(last),
        }
    }

    fn wrong(self, at: usize, code: Code) -> Wrong {
        wrong(&self.parts[at], code)
    }
}

fn wrong(part: &Part, code: Code) -> Wrong {
    Wrong { from: part.from, to: part.to, code }
}

/// The first of several mistakes.
pub(super) fn first(mistakes: Vec<Wrong>) -> Wrong {
    let nothing = Wrong { from: 0, to: 0, code: Code::Empty };
    mistakes.into_iter().next().unwrap_or(nothing)
}

fn whole(value: f64, least: i8, most: i8) -> Option<i8> {
    (least..=most).find(|it| f64::from(*it) == value)
}

/// The value of a number as it is written. A percentage is the decimal number that it says, 7.3%
/// is 0.073 to the last digit.
fn literal(written: f64, suffix: Suffix) -> (f64, Measure) {
    match suffix {
        Suffix::None => (written, Measure::PLAIN),
        Suffix::Percent => (scaled(written, "e-2"), Measure::RATIO),
        Suffix::Milliseconds => (scaled(written, "e-3"), Measure::SECONDS),
        Suffix::Seconds => (written, Measure::SECONDS),
        Suffix::Minutes => (written * 60.0, Measure::SECONDS),
        Suffix::Hours => (written * SECONDS_PER_HOUR, Measure::SECONDS),
        Suffix::Euros => (written, Measure::MONEY),
    }
}

fn scaled(written: f64, exponent: &str) -> f64 {
    format!("{written}{exponent}").parse().unwrap_or(f64::NAN)
}
