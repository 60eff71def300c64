//! Every word of the language with its help: for the reader, the editor's completion, the page.

use super::measure::Measure;
use super::near::nearest;
use super::wrong::Language;
use crate::indicator::{Metric, Unit};

/// One word as it is shown to whoever writes a formula.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Entry {
    pub name: &'static str,
    pub sort: Sort,
    /// What a figure is measured in; `None` of functions, and of figures in hours.
    pub unit: Option<Unit>,
    /// One sentence.
    pub help_et: &'static str,
    pub help_en: &'static str,
    /// A whole formula with this word in it.
    pub example: &'static str,
    /// How a figure is worked out of others.
    pub definition: Option<&'static str>,
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Sort {
    /// A sum or a count.
    Metric,
    /// A figure worked out of those.
    Derived,
    Function,
}

impl Entry {
    pub fn help(&self, language: Language) -> &'static str {
        match language {
            Language::Et => self.help_et,
            Language::En => self.help_en,
        }
    }
}

/// All words: metrics in the order of [`Metric::ALL`], then derived figures, then functions.
pub fn dictionary() -> Vec<Entry> {
    let metrics = Metric::ALL.iter().map(|metric| {
        let Words(name, unit, help_et, help_en) = words(*metric);
        let (sort, unit, example, definition) = (Sort::Metric, Some(unit), name, None);
        Entry { name, sort, unit, help_et, help_en, example, definition }
    });
    let functions = Function::ALL.iter().map(|function| function.entry());
    metrics.chain(DERIVED.iter().copied()).chain(functions).collect()
}

/// Words that connect, and can name nothing.
pub(super) const CONNECTING: [&str; 3] = ["and", "or", "not"];

/// The metric that a formula calls so.
pub(super) fn metric(name: &str) -> Option<Metric> {
    Metric::ALL.iter().copied().find(|metric| words(*metric).0 == name)
}

/// What a formula calls a metric, for example `talk`.
pub fn name_of(metric: Metric) -> &'static str {
    words(metric).0
}

/// What a metric is measured in within a formula: what the table has in milliseconds is seconds.
pub fn unit_of(metric: Metric) -> Unit {
    words(metric).1
}

pub(super) fn derived(name: &str) -> Option<&'static Entry> {
    DERIVED.iter().find(|entry| entry.name == name)
}

/// What a derived figure measures.
pub(super) fn measure_of(entry: &Entry) -> Measure {
    entry.unit.map_or(Measure::HOURS, Measure::of)
}

/// The function that was meant, if one is near.
pub(super) fn suggest_function(name: &str) -> Option<String> {
    // Spreadsheets know them by other names.
    let meant = match name {
        "average" | "avg" | "mean" => Some("group.average"),
        "median" => Some("group.median"),
        "group.percentile" | "quantile" => Some("percentile"),
        "iff" | "kui" => Some("if"),
        "keskmine" => Some("group.average"),
        "mediaan" => Some("group.median"),
        _ => nearest(name, Function::ALL.iter().map(|function| function.name())),
    };
    meant.map(str::to_owned)
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Function {
    If,
    Min,
    Max,
    Round,
    Abs,
    Number,
    Average,
    Median,
    Percentile,
    Expected,
}

impl Function {
    pub(super) const ALL: &[Function] = &[
        Function::If,
        Function::Min,
        Function::Max,
        Function::Round,
        Function::Abs,
        Function::Average,
        Function::Median,
        Function::Percentile,
        Function::Expected,
        Function::Number,
    ];

    pub(super) fn named(name: &str) -> Option<Function> {
        Function::ALL.iter().copied().find(|function| function.name() == name)
    }

    pub(super) fn name(self) -> &'static str {
        self.entry().name
    }

    pub(super) fn example(self) -> &'static str {
        self.entry().example
    }

    /// The fewest and the most values that it takes.
    pub(super) fn takes(self) -> (usize, usize) {
        match self {
            Function::If => (2, 3),
            Function::Min | Function::Max => (2, usize::MAX),
            Function::Round => (1, 2),
            Function::Percentile => (2, 2),
            Function::Abs
            | Function::Number
            | Function::Average
            | Function::Median
            | Function::Expected => (1, 1),
        }
    }

    fn entry(self) -> Entry {
        let (name, example, help_et, help_en) = match self {
            Function::If => (
                "if",
                "if(answered >= 20, asa, 30 s)",
                "Kui tingimus kehtib, siis esimene väärtus, muidu teine; kui teist pole, siis väärtust ei ole.",
                "The first value when the condition holds, else the second; without a second, no value.",
            ),
            Function::Min => (
                "min",
                "min(answered, 100)",
                "Väikseim väärtustest.",
                "The smallest of the values.",
            ),
            Function::Max => (
                "max",
                "max(answered - 20, 0)",
                "Suurim väärtustest.",
                "The largest of the values.",
            ),
            Function::Round => (
                "round",
                "round(asa, 1)",
                "Ümardatud väärtus; teine arv ütleb, mitu kohta jääb pärast koma.",
                "The value rounded; a second number says how many decimals are left.",
            ),
            Function::Abs => (
                "abs",
                "abs(asa - group.average(asa))",
                "Väärtus ilma miinusmärgita.",
                "The value without its minus sign.",
            ),
            Function::Number => (
                "number",
                "number(answered) + 100 * number(answer_rate)",
                "Sama väärtus ilma ühikuta, et liita punkte.",
                "The same value without its unit, to add up points.",
            ),
            Function::Average => (
                "group.average",
                "answered / group.average(answered)",
                "Kõigi inimeste keskmine; kellel väärtust pole, jääb välja.",
                "The average of all people; whoever has no value is left out.",
            ),
            Function::Median => (
                "group.median",
                "asa / group.median(asa)",
                "Kõigi inimeste mediaan: pooltel on rohkem, pooltel vähem.",
                "The median of all people: half of them have more, half have less.",
            ),
            Function::Percentile => (
                "percentile",
                "if(answered >= percentile(answered, 90%), 1, 0)",
                "Väärtus, millest nii suurel osal inimestest on vähem.",
                "The value below which that share of the people are.",
            ),
            Function::Expected => (
                "expected",
                "answered / expected(answered)",
                "Väärtus, mida sama gruppide ja tundide seguga oodata oli.",
                "The value that was to be expected for the same mix of groups and hours.",
            ),
        };
        let (sort, unit, definition) = (Sort::Function, None, None);
        Entry { name, sort, unit, help_et, help_en, example, definition }
    }
}

/// A metric's name in formulas, its unit, and help in Estonian and English.
struct Words(&'static str, Unit, &'static str, &'static str);

#[rustfmt::skip]
fn words(metric: Metric) -> Words {
    use Unit::{Count, Seconds};
    match metric {
        Metric::Offers => Words("offers", Count, "Mitu korda telefon helises või oleks pidanud helisema.", "How often the phone was asked to ring."),
        Metric::Answered => Words("answered", Count, "Vastatud kõned.", "Calls answered."),
        Metric::Missed => Words("missed", Count, "Kõned, mis helisesid lõpuni ilma vastuseta.", "Calls that rang to the end and were not answered."),
        Metric::Rejected => Words("rejected", Count, "Kõned, millest agent keeldus.", "Calls that were declined."),
        Metric::Busy => Words("busy", Count, "Kõned, mille ajal telefon oli kinni.", "Calls that found the phone busy."),
        Metric::Unreachable => Words("unreachable", Count, "Kõned, mis telefonini ei jõudnud.", "Calls that did not reach the phone."),
        Metric::CallerLeft => Words("caller_left", Count, "Kõned, mille helistaja helina ajal katkestas.", "Calls whose caller hung up while it rang."),
        Metric::Withdrawn => Words("withdrawn", Count, "Kõned, mis helina ajal mujale võeti.", "Calls taken elsewhere while it rang."),
        Metric::RingMs => Words("ring", Seconds, "Kui kaua telefon kokku helises.", "How long the phone rang altogether."),
        Metric::RingAnsweredMs => Words("ring_answered", Seconds, "Kui kaua helisesid kõned, millele vastati.", "How long the calls rang that were answered."),
        Metric::RingMissedMs => Words("ring_missed", Seconds, "Kui kaua helisesid kõned, millele ei vastatud.", "How long the calls rang that were missed."),
        Metric::Talks => Words("talks", Count, "Lõppenud vestlused.", "Talks that have ended."),
        Metric::TalkMs => Words("talk", Seconds, "Vestluste aeg ilma ootele panekuta.", "Time of talking, hold left out."),
        Metric::HoldMs => Words("hold", Seconds, "Kui kaua kõned ootel olid.", "How long calls were on hold."),
        Metric::WrapUpMs => Words("wrap_up", Seconds, "Järeltöö aeg.", "Time of wrap-up."),
        Metric::ShortTalks => Words("short_talks", Count, "Vestlused, mis jäid alla firma piiri.", "Talks shorter than the company's limit."),
        Metric::ShortTalkMs => Words("short_talk", Seconds, "Lühikeste vestluste aeg kokku.", "Time of those short talks."),
        Metric::InstantHangUps => Words("instant_hang_ups", Count, "Lühikesed vestlused, mille agent ise katkestas.", "Short talks that the agent ended by hanging up."),
        Metric::QuickTransfers => Words("quick_transfers", Count, "Lühikesed vestlused, mille agent edasi suunas.", "Short talks that the agent handed on."),
        Metric::Transfers => Words("transfers", Count, "Edasi suunatud helistajad.", "Callers handed on."),
        Metric::LoggedOnMs => Words("logged_on", Seconds, "Tööl oldud aeg koos pausidega.", "Time logged on, breaks included."),
        Metric::BreakMs => Words("break", Seconds, "Pausidel oldud aeg.", "Time on breaks."),
        Metric::IdleMs => Words("idle", Seconds, "Kui kaua agent kõnet ootas.", "Time free and waiting for a call."),
        Metric::UnreachableMs => Words("unreachable_time", Seconds, "Kui kaua agent oli tööl ilma ühendatud telefonita.", "Time logged on without a connected phone."),
    }
}

const fn derive(
    name: &'static str,
    unit: Option<Unit>,
    definition: &'static str,
    help_et: &'static str,
    help_en: &'static str,
) -> Entry {
    let (sort, example, definition) = (Sort::Derived, name, Some(definition));
    Entry { name, sort, unit, help_et, help_en, example, definition }
}

/// Figures that people expect by name. A definition may use metrics and other figures.
#[rustfmt::skip]
const DERIVED: &[Entry] = &[
    derive("asa", Some(Unit::Seconds), "ring_answered / answered",
        "Keskmine kõnele vastamise aeg.",
        "Average time to answer."),
    derive("asa_with_missed", Some(Unit::Seconds), "(ring_answered + ring_missed) / (answered + missed)",
        "Keskmine kõnele vastamise aeg, kus vastamata kõne loeb kogu oma helinaga.",
        "Average time to answer where a missed call counts with all of its ringing."),
    derive("aht", Some(Unit::Seconds), "(talk + hold + wrap_up) / answered",
        "Keskmine kõne käsitlemise aeg: vestlus, ootel ja järeltöö.",
        "Average handling time: talk, hold and wrap-up."),
    derive("average_talk", Some(Unit::Seconds), "talk / talks",
        "Vestluse keskmine kestus.",
        "Average length of a talk."),
    derive("average_wrap_up", Some(Unit::Seconds), "wrap_up / answered",
        "Keskmine järeltöö kõne kohta.",
        "Average wrap-up of a call."),
    derive("answer_rate", Some(Unit::Ratio), "answered / (offers - caller_left - withdrawn)",
        "Kui suurele osale kõnedest vastati; katkestanud helistajad ja mujale võetud kõned jäävad välja.",
        "The share of calls answered; callers who hung up and calls taken elsewhere are left out."),
    derive("missed_rate", Some(Unit::Ratio), "missed / offers",
        "Kui suur osa kõnedest helises lõpuni ilma vastuseta.",
        "The share of calls that rang to the end and were not answered."),
    derive("occupancy", Some(Unit::Ratio), "(talk + hold + wrap_up + ring) / (talk + hold + wrap_up + ring + idle)",
        "Kui suure osa tööajast agent kõnedega tegeles.",
        "The share of the time at work that was spent on calls."),
    derive("work_hours", None, "(logged_on - break) / 1 h",
        "Töötunnid: tööl oldud aeg ilma pausideta.",
        "Hours at work: time logged on less breaks."),
    derive("answered_per_hour", Some(Unit::Count), "answered / work_hours",
        "Vastatud kõned töötunni kohta.",
        "Calls answered in an hour at work."),
];
