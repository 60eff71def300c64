//! What is said about each mistake, in English and in Estonian.

use super::dictionary::Function;
use super::wrong::{Code, Language};
use super::{DEPTH_MAX, LENGTH_MAX};

#[rustfmt::skip]
pub(super) fn english(code: &Code) -> String {
    match code {
        Code::Empty => "There is no formula yet. Begin with a name, for example “answered”.".into(),
        Code::TooLong => format!("A formula has at most {LENGTH_MAX} bytes; this is too much. Make another indicator of a part of it."),
        Code::TooDeep => format!("Parentheses go at most {DEPTH_MAX} deep. Make another indicator of what is inside."),
        Code::TooLarge => "Together with the indicators that it uses, the formula is too large.".into(),
        Code::BadCharacter(it) => format!("“{}” means nothing in a formula.", shown(*it)),
        Code::BadNumber => "This is not a number. Numbers are written like 20 or 7.5.".into(),
        Code::AmbiguousNumber => "Is this one number or several? Write decimals like 7.5 and put “;” between values; thousands are not separated.".into(),
        Code::MixedSeparators => "Values are separated by “;” here, so “,” is only for decimals. Write “;” here too.".into(),
        Code::StraySeparator => "Values are separated only inside the parentheses of a function. A decimal is written like 7.5.".into(),
        Code::Foreign { written, meant } => format!("“{written}” is not known here; write “{meant}”."),
        Code::PercentAlone => "“%” stands only behind a number that is written down: 80%. A ratio is shown in percent by itself.".into(),
        Code::EqualFirst => "A formula begins without “=”.".into(),
        Code::EuroFirst => "“€” stands behind the number: 5 €.".into(),
        Code::ValueMissing => "A value is missing here: a name, a number, a function or something in parentheses.".into(),
        Code::SignMissing => "Something is missing before this, for example + - * / or a comparison. Thousands are not separated: 1000.".into(),
        Code::NotClosed => "This parenthesis is never closed.".into(),
        Code::NothingToClose => "Nothing is open here that this parenthesis could close.".into(),
        Code::Chained => "Two values are compared at a time. Write: a < b and b < c.".into(),
        Code::UnknownName { name, meant } => format!("There is no “{name}”{}", did_you_mean(meant)),
        Code::UnknownFunction { name, meant } => format!("There is no function “{name}”{}", did_you_mean(meant)),
        Code::NoColumn { name, needed_by: None } => format!("The figures have no column “{name}”."),
        Code::NoColumn { name, needed_by: Some(by) } => format!("The figures have no column “{name}”, which “{by}” is made of."),
        Code::CallMissing { function } => format!("“{function}” is a function: what it works on stands in parentheses, {}.", example(function)),
        Code::WrongCount { function, got } => format!("“{function}” takes {}, here {} {got}. Example: {}. A comma between two digits may have been taken for a decimal or for a separator; “;” is always a separator.", takes(function, Language::En), if *got == 1 { "is" } else { "are" }, example(function)),
        Code::NumberNeeded => "A number is needed here, this is yes or no. Write if(…, 1, 0) to make a number of it.".into(),
        Code::YesNoNeeded => "Yes or no is needed here, this is a number. Compare it, for example: answered > 0.".into(),
        Code::NotANumber => "An indicator is a number, and this is yes or no. Write if(…, 1, 0).".into(),
        Code::Measures { left, right } => format!("These do not go together: {} and {}. Divide one by the other, or write number(…) around both to add up points.", left.words(Language::En), right.words(Language::En)),
        Code::PlainNeeded { got } => format!("A number without a unit is needed here, this is {}.", got.words(Language::En)),
        Code::PowerOfUnit { of } => format!("What is measured in {} can only be raised to a whole number that is written down, from -9 to 9.", of.words(Language::En)),
        Code::BadDecimals => "How many decimals are left is a whole number from 0 to 9, written down.".into(),
        Code::BadShare => "A share is between 0 and 1: write 90% or 0.9.".into(),
        Code::Cycle(path) => format!("An indicator cannot be made of itself: {}.", path.join(" → ")),
        Code::TooFarOff { name } => format!("“{name}” is made of indicators that are made of indicators, too many times over."),
        Code::Other { name, wrong } => format!("The indicator “{name}” has a mistake of its own: {}", wrong.text(Language::En)),
    }
}

#[rustfmt::skip]
pub(super) fn estonian(code: &Code) -> String {
    match code {
        Code::Empty => "Valemit veel pole. Alusta nimest, näiteks „answered“.".into(),
        Code::TooLong => format!("Valemis on kõige rohkem {LENGTH_MAX} baiti; seda on liiga palju. Tee osast eraldi näitaja."),
        Code::TooDeep => format!("Sulge on üksteise sees kõige rohkem {DEPTH_MAX}. Tee sisemisest osast eraldi näitaja."),
        Code::TooLarge => "Koos näitajatega, mida see kasutab, on valem liiga suur.".into(),
        Code::BadCharacter(it) => format!("Märgil „{}“ pole valemis tähendust.", shown(*it)),
        Code::BadNumber => "See ei ole arv. Arve kirjutatakse nii: 20 või 7,5.".into(),
        Code::AmbiguousNumber => "Kas see on üks arv või mitu? Kirjuta komakohad nagu 7,5 ja pane väärtuste vahele „;“; tuhandeid ei eraldata.".into(),
        Code::MixedSeparators => "Väärtusi eraldab siin „;“, seega „,“ on ainult komakohtade jaoks. Kirjuta ka siia „;“.".into(),
        Code::StraySeparator => "Väärtusi eraldatakse ainult funktsiooni sulgudes. Komakoht kirjutatakse nii: 7,5.".into(),
        Code::Foreign { written, meant } => format!("Märki „{written}“ siin ei tunta; kirjuta „{meant}“."),
        Code::PercentAlone => "„%“ käib ainult kirjutatud arvu järele: 80%. Suhtarvu näidatakse protsentides niigi.".into(),
        Code::EqualFirst => "Valem algab ilma märgita „=“.".into(),
        Code::EuroFirst => "„€“ käib arvu järele: 5 €.".into(),
        Code::ValueMissing => "Siit puudub väärtus: nimi, arv, funktsioon või midagi sulgudes.".into(),
        Code::SignMissing => "Selle ees on midagi puudu, näiteks + - * / või võrdlus. Tuhandeid ei eraldata: 1000.".into(),
        Code::NotClosed => "See sulg jääb sulgemata.".into(),
        Code::NothingToClose => "Siin pole ühtki lahtist sulgu, mida sulgeda.".into(),
        Code::Chained => "Korraga võrreldakse kaht väärtust. Kirjuta: a < b and b < c.".into(),
        Code::UnknownName { name, meant } => format!("Nime „{name}“ ei ole{}", kas_motlesid(meant)),
        Code::UnknownFunction { name, meant } => format!("Funktsiooni „{name}“ ei ole{}", kas_motlesid(meant)),
        Code::NoColumn { name, needed_by: None } => format!("Andmetes pole veergu „{name}“."),
        Code::NoColumn { name, needed_by: Some(by) } => format!("Andmetes pole veergu „{name}“, millest „{by}“ arvutatakse."),
        Code::CallMissing { function } => format!("„{function}“ on funktsioon: see, millest ta arvutab, käib sulgudesse, {}.", example(function)),
        Code::WrongCount { function, got } => format!("Funktsioon „{function}“ vajab {}, siin on {got}. Näide: {}. Kahe numbri vahel võib koma tähendada nii komakohta kui ka eraldajat; „;“ on alati eraldaja.", takes(function, Language::Et), example(function)),
        Code::NumberNeeded => "Siin on vaja arvu, aga see on jah või ei. Arvu saab nii: if(…, 1, 0).".into(),
        Code::YesNoNeeded => "Siin on vaja vastust jah või ei, aga see on arv. Võrdle seda, näiteks: answered > 0.".into(),
        Code::NotANumber => "Näitaja on arv, aga see on jah või ei. Kirjuta if(…, 1, 0).".into(),
        Code::Measures { left, right } => format!("Need ei käi kokku: {} ja {}. Jaga üks teisega või kirjuta mõlema ümber number(…), et liita punkte.", left.words(Language::Et), right.words(Language::Et)),
        Code::PlainNeeded { got } => format!("Siin on vaja ühikuta arvu, aga see on {}.", got.words(Language::Et)),
        Code::PowerOfUnit { of } => format!("Ühikuga arvu ({}) saab astendada ainult kirjutatud täisarvuga -9 kuni 9.", of.words(Language::Et)),
        Code::BadDecimals => "Komakohtade arv on kirjutatud täisarv 0 kuni 9.".into(),
        Code::BadShare => "Osakaal on 0 ja 1 vahel: kirjuta 90% või 0,9.".into(),
        Code::Cycle(path) => format!("Näitajat ei saa arvutada temast endast: {}.", path.join(" → ")),
        Code::TooFarOff { name } => format!("„{name}“ on arvutatud näitajatest, mis on arvutatud näitajatest, ja nii liiga mitu korda."),
        Code::Other { name, wrong } => format!("Näitajas „{name}“ endas on viga: {}", wrong.text(Language::Et)),
    }
}

fn did_you_mean(meant: &Option<String>) -> String {
    let ask = |meant: &String| format!("; did you mean “{meant}”?");
    meant.as_ref().map_or_else(|| ".".to_owned(), ask)
}

fn kas_motlesid(meant: &Option<String>) -> String {
    let ask = |meant: &String| format!("; kas mõtlesid „{meant}“?");
    meant.as_ref().map_or_else(|| ".".to_owned(), ask)
}

/// How many values a function takes.
fn takes(function: &str, language: Language) -> String {
    let (least, most) = Function::named(function).map_or((1, 1), Function::takes);
    let values = match language {
        Language::En if most == 1 => "value",
        Language::En => "values",
        Language::Et => "väärtust",
    };
    match language {
        _ if least == most => format!("{least} {values}"),
        Language::En if most == usize::MAX => format!("{least} or more {values}"),
        Language::En => format!("{least} or {most} {values}"),
        Language::Et if most == usize::MAX => format!("vähemalt {least} {values}"),
        Language::Et => format!("{least} või {most} {values}"),
    }
}

fn example(function: &str) -> &'static str {
    Function::named(function).map_or("", Function::example)
}

/// A character that can be seen, or its number.
fn shown(it: char) -> String {
    if it.is_control() { format!("U+{:04X}", u32::from(it)) } else { it.to_string() }
}
