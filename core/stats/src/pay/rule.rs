//! A pay rule that can be, read from its document.

use rust_decimal::Decimal;

use super::document::{BandDoc, ItemDoc, MultiplierDoc, RuleDoc, Scope, TimesDoc};
use super::wrong::{Fault, Wrong};

/// Characters of a name: it must fit on a line of the statement.
const NAME_MAX: usize = 100;
/// Items and multipliers each, and bands of one: a statement has one page.
const ITEMS_MAX: usize = 20;
const BANDS_MAX: usize = 20;
/// People or groups that a rule names.
const NAMED_MAX: usize = 1_000;

/// Of an amount of money: 99,999.9999.
const MONEY: Digits = Digits { least: Some(0), most: 99_999, places: 4 };
/// Of a least or a most of everything: whole cents, so that rounding never leaves them.
const CENTS: Digits = Digits { places: 2, most: 9_999_999, ..MONEY };
/// Of a factor.
const FACTOR: Digits = Digits { least: Some(0), most: 9, places: 4 };
/// Of a border between bands.
const BORDER: Digits = Digits { least: None, most: 999_999_999_999, places: 6 };

/// Which numbers a field takes.
#[derive(Clone, Copy)]
struct Digits {
    least: Option<i64>,
    /// The whole part of the largest.
    most: i64,
    places: u32,
}

/// A rule by which somebody can be paid.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Rule {
    pub currency: String,
    pub scope: Scope,
    pub(super) per_hour: Option<Decimal>,
    pub(super) per_call: Option<Decimal>,
    pub(super) fixed: Option<Decimal>,
    pub(super) base: Between,
    pub(super) items: Vec<Item>,
    pub(super) multipliers: Vec<Item>,
    pub(super) all: Between,
}

/// A floor and a cap.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub(super) struct Between {
    pub(super) floor: Option<Decimal>,
    pub(super) cap: Option<Decimal>,
}

/// Bands on a value. A multiplier is one too; its bands give factors.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(super) struct Item {
    pub(super) name: String,
    pub(super) on: String,
    pub(super) calls_min: u64,
    pub(super) bands: Vec<Band>,
    pub(super) within: Between,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) struct Band {
    pub(super) from: Option<Decimal>,
    pub(super) to: Option<Decimal>,
    pub(super) gives: Gives,
}

/// What a band gives.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Gives {
    Amount(Decimal),
    /// A part of the base.
    OfBase(Decimal),
    /// A factor of everything.
    Times(Decimal),
}

impl Rule {
    /// Reads a rule.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with it, each with its place, in the order of the document.
    pub fn read(doc: &RuleDoc) -> Result<Rule, Vec<Wrong>> {
        let mut reader = Reader::default();
        let rule = reader.rule(doc);
        if reader.wrong.is_empty() { Ok(rule) } else { Err(reader.wrong) }
    }

    /// The names of the values that it looks at.
    pub fn needs(&self) -> impl Iterator<Item = &str> {
        self.items.iter().chain(&self.multipliers).map(|item| item.on.as_str())
    }
}

impl Band {
    pub(super) fn has(&self, value: Decimal) -> bool {
        self.from.is_none_or(|from| value >= from) && self.to.is_none_or(|to| value < to)
    }
}

/// Goes through a document and keeps what is wrong.
#[derive(Default)]
struct Reader {
    wrong: Vec<Wrong>,
}

impl Reader {
    fn rule(&mut self, doc: &RuleDoc) -> Rule {
        if doc.currency.len() != 3 || !doc.currency.bytes().all(|it| it.is_ascii_uppercase()) {
            self.tell("currency", Fault::NotACurrency);
        }
        self.scope(&doc.scope);
        let base = &doc.base;
        let per_hour = self.number("base.per_hour", base.per_hour.as_deref(), MONEY);
        let per_call = self.number("base.per_call", base.per_call.as_deref(), MONEY);
        let fixed = self.number("base.fixed", base.fixed.as_deref(), MONEY);
        let within = self.between("base.", (&base.floor, &base.cap), MONEY);
        let nothing = [&base.per_hour, &base.per_call, &base.fixed].iter().all(|it| it.is_none());
        if nothing && doc.items.is_empty() && doc.floor.is_none() {
            self.tell("", Fault::PaysNothing);
        }
        self.count("items", doc.items.len(), ITEMS_MAX);
        let items = doc.items.iter().take(ITEMS_MAX).enumerate();
        let items = items.map(|(nth, item)| self.item(nth, item)).collect();
        self.count("multipliers", doc.multipliers.len(), ITEMS_MAX);
        let multipliers = doc.multipliers.iter().take(ITEMS_MAX).enumerate();
        let multipliers = multipliers.map(|(nth, item)| self.multiplier(nth, item)).collect();
        let all = self.between("", (&doc.floor, &doc.cap), CENTS);
        Rule {
            currency: doc.currency.clone(),
            scope: doc.scope.clone(),
            per_hour,
            per_call,
            fixed,
            base: within,
            items,
            multipliers,
            all,
        }
    }

    fn scope(&mut self, scope: &Scope) {
        let (place, ids) = match scope {
            Scope::Everybody => return,
            Scope::People(ids) => ("scope.people", ids),
            Scope::Groups(ids) => ("scope.groups", ids),
        };
        if ids.is_empty() {
            self.tell(place, Fault::Missing);
        }
        self.count(place, ids.len(), NAMED_MAX);
        for (nth, id) in ids.iter().take(NAMED_MAX).enumerate() {
            if ids[..nth].contains(id) {
                self.tell(&format!("{place}[{nth}]"), Fault::Repeated);
            }
        }
    }

    fn item(&mut self, nth: usize, doc: &ItemDoc) -> Item {
        let place = format!("items[{nth}]");
        self.named(&place, &doc.name, &doc.on);
        self.count(&format!("{place}.bands"), doc.bands.len(), BANDS_MAX);
        let bands = doc.bands.iter().take(BANDS_MAX).enumerate();
        let bands = bands.map(|(nth, band)| self.band(&format!("{place}.bands[{nth}]"), band));
        let bands: Vec<Band> = bands.collect();
        self.touch(&place, &bands);
        let within = self.between(&format!("{place}."), (&doc.floor, &doc.cap), MONEY);
        let (name, on) = (doc.name.trim().to_owned(), doc.on.clone());
        Item { name, on, calls_min: doc.calls_min, bands, within }
    }

    fn multiplier(&mut self, nth: usize, doc: &MultiplierDoc) -> Item {
        let place = format!("multipliers[{nth}]");
        self.named(&place, &doc.name, &doc.on);
        self.count(&format!("{place}.bands"), doc.bands.len(), BANDS_MAX);
        let bands = doc.bands.iter().take(BANDS_MAX).enumerate();
        let bands = bands.map(|(nth, band)| self.times(&format!("{place}.bands[{nth}]"), band));
        let bands: Vec<Band> = bands.collect();
        self.touch(&place, &bands);
        let (name, on) = (doc.name.trim().to_owned(), doc.on.clone());
        Item { name, on, calls_min: doc.calls_min, bands, within: Between::default() }
    }

    fn named(&mut self, place: &str, name: &str, on: &str) {
        for (field, text) in [("name", name), ("on", on)] {
            let place = format!("{place}.{field}");
            if text.trim().is_empty() {
                self.tell(&place, Fault::Missing);
            } else if text.chars().count() > NAME_MAX {
                self.tell(&place, Fault::TooLong { max: NAME_MAX });
            }
        }
    }

    fn band(&mut self, place: &str, doc: &BandDoc) -> Band {
        let (from, to) = self.borders(place, doc.from.as_deref(), doc.to.as_deref());
        let at = |field: &str| format!("{place}.{field}");
        let amount = self.number(&at("amount"), doc.amount.as_deref(), MONEY);
        let part = self.number(&at("of_base"), doc.of_base.as_deref(), FACTOR);
        if doc.amount.is_some() == doc.of_base.is_some() {
            self.tell(place, Fault::NotOne { of: "amount, of_base" });
        }
        let gives = match part {
            Some(part) => Gives::OfBase(part),
            None => Gives::Amount(amount.unwrap_or_default()),
        };
        Band { from, to, gives }
    }

    fn times(&mut self, place: &str, doc: &TimesDoc) -> Band {
        let (from, to) = self.borders(place, doc.from.as_deref(), doc.to.as_deref());
        let times = self.number(&format!("{place}.times"), Some(&doc.times), FACTOR);
        Band { from, to, gives: Gives::Times(times.unwrap_or_default()) }
    }

    fn borders(
        &mut self,
        place: &str,
        from: Option<&str>,
        to: Option<&str>,
    ) -> (Option<Decimal>, Option<Decimal>) {
        let from = self.number(&format!("{place}.from"), from, BORDER);
        let to = self.number(&format!("{place}.to"), to, BORDER);
        if from.zip(to).is_some_and(|(from, to)| from >= to) {
            self.tell(&format!("{place}.to"), Fault::Empty);
        }
        (from, to)
    }

    /// Each band begins where the one before ends: no value is paid twice, none is forgotten.
    fn touch(&mut self, place: &str, bands: &[Band]) {
        if bands.is_empty() {
            self.tell(&format!("{place}.bands"), Fault::Missing);
        }
        for (nth, pair) in bands.windows(2).enumerate() {
            let place = format!("{place}.bands[{}].from", nth + 1);
            let (Some(end), Some(begin)) = (pair[0].to, pair[1].from) else {
                // Only the first has no beginning and only the last no end.
                let until = pair[0].to.map_or("∞".to_owned(), |it| it.to_string());
                if !self.wrong.iter().any(|wrong| wrong.place == place) {
                    self.tell(&place, Fault::Overlaps { with: nth + 1, until });
                }
                continue;
            };
            if begin < end {
                self.tell(&place, Fault::Overlaps { with: nth + 1, until: end.to_string() });
            } else if begin > end {
                let (from, to) = (end.to_string(), begin.to_string());
                self.tell(&place, Fault::Gap { after: nth + 1, from, to });
            }
        }
    }

    fn between(
        &mut self,
        place: &str,
        (floor, cap): (&Option<String>, &Option<String>),
        digits: Digits,
    ) -> Between {
        let floor_place = format!("{place}floor");
        let floor = self.number(&floor_place, floor.as_deref(), digits);
        let cap = self.number(&format!("{place}cap"), cap.as_deref(), digits);
        if let Some((floor, cap)) = floor.zip(cap)
            && floor > cap
        {
            self.tell(&floor_place, Fault::FloorAboveCap { cap: cap.to_string() });
        }
        Between { floor, cap }
    }

    fn number(&mut self, place: &str, text: Option<&str>, digits: Digits) -> Option<Decimal> {
        let text = text?.trim();
        let plain = text.strip_prefix('-').unwrap_or(text);
        let figures = plain.bytes().all(|it| it.is_ascii_digit() || it == b'.');
        let number = Decimal::from_str_exact(text).ok().filter(|_| figures && plain.len() <= 24);
        // There is one zero only.
        let one_zero = |it: Decimal| if it.is_zero() { Decimal::ZERO } else { it.normalize() };
        let Some(number) = number.map(one_zero) else {
            self.tell(place, Fault::NotANumber);
            return None;
        };
        let most = digits.most;
        let fault = match digits.least.map(Decimal::from) {
            Some(least) if number < least => Fault::TooSmall { min: least.to_string() },
            _ if number.abs() >= Decimal::from(most + 1) => {
                Fault::TooLarge { max: most.to_string() }
            }
            _ if number.scale() > digits.places => Fault::TooPrecise { places: digits.places },
            _ => return Some(number),
        };
        self.tell(place, fault);
        None
    }

    fn count(&mut self, place: &str, count: usize, max: usize) {
        if count > max {
            self.tell(place, Fault::TooMany { max });
        }
    }

    fn tell(&mut self, place: &str, fault: Fault) {
        self.wrong.push(Wrong { place: place.to_owned(), fault });
    }
}
