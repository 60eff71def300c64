//! Whatever is typed is read or told at its place.

use proptest::prelude::*;
use proptest::sample::select;
use stats::formula::{Decimal, Formula, Language, Others, dictionary};

use crate::table;

/// Words that a formula is made of, and some that it is not.
fn words() -> Vec<String> {
    let own = dictionary().into_iter().map(|entry| entry.name.to_owned());
    let signs = "( ( ) ) , ; + - * / ^ < <= = <> > >= % € . .. # ! && \u{a0} õ 𝄞 _ \u{0} \" if( \
                 min( not and or true 0 1 2.5 7,5 1,2,3 80% 20 s 5 min 1e9 0.1 max(1,2) \
                 group. group.average( group.rank expected( round( percentile( other mine wide \
                 99999999999999999999999999999999999999999 \u{301} ×";
    own.chain(signs.split_ascii_whitespace().map(str::to_owned)).collect()
}

fn others() -> Others {
    Others::of("mine")
        .with_formula("other", "answered / work_hours")
        .with_formula("wide", "other + mine")
        .with_column("points", None)
}

/// Reads the text in every way; what is read is worked out and printed, what is not is told.
fn survives(text: &str) -> Result<(), TestCaseError> {
    for decimal in [Decimal::Point, Decimal::Comma] {
        match Formula::read_with(text, &others(), decimal) {
            Ok(formula) => {
                let values = formula.values(&table());
                prop_assert_eq!(values.len(), 3);
                prop_assert!(values.iter().flatten().all(|value| value.is_finite()));
                let printed = formula.canonical();
                for again in [Decimal::Point, Decimal::Comma] {
                    let again = Formula::read_with(&printed, &others(), again);
                    prop_assert!(again.as_ref() == Ok(&formula), "{}", printed);
                }
                let shown = formula.shown(Decimal::Comma);
                let again = Formula::read_with(&shown, &others(), Decimal::Comma);
                prop_assert!(again.as_ref() == Ok(&formula), "{}", shown);
            }
            Err(wrong) => {
                prop_assert!(wrong.from <= wrong.to && wrong.to <= text.len());
                let borders = [wrong.from, wrong.to].map(|at| text.is_char_boundary(at));
                prop_assert_eq!(borders, [true; 2]);
                let [english, estonian] = [Language::En, Language::Et].map(|it| wrong.text(it));
                prop_assert!(!english.is_empty() && english != estonian);
            }
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn any_text_is_read_or_told_at_its_place(text in ".{0,200}") {
        survives(&text)?;
    }

    #[test]
    fn any_words_in_any_order_are_too(
        words in prop::collection::vec(select(words()), 0..40),
        gaps in prop::collection::vec(select(vec!["", " ", " ", "\n"]), 40),
    ) {
        let text: String = words.iter().zip(gaps).map(|(word, gap)| word.clone() + gap).collect();
        survives(&text)?;
    }

    #[test]
    fn a_formula_with_a_slip_is_too(
        entry in select(dictionary()),
        from in any::<prop::sample::Index>(),
        to in any::<prop::sample::Index>(),
        slip in select(words()),
    ) {
        let whole = entry.definition.unwrap_or(entry.example);
        let (from, to) = (from.index(whole.len()), to.index(whole.len()));
        let (from, to) = (from.min(to), from.max(to));
        survives(&format!("{}{slip}{}", &whole[..from], &whole[to..]))?;
    }
}

#[test]
fn long_and_nasty_texts_end_soon() {
    let patterns =
        ["(", "-", "not ", "2^", "if(1>0,", "max(", "1+", "a.", "õ", "1,", "1;", "((1)*"];
    for pattern in patterns {
        for length in [100, 3_999, 4_000, 4_001, 100_000] {
            let text: String = pattern.chars().cycle().take(length).collect();
            survives(&text).expect("is told");
        }
    }
}
