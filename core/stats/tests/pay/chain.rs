//! The chain: nothing in it can be changed without being found, and the period is named.

use proptest::prelude::*;
use stats::Limits;
use stats::pay::{
    AppliedRule, Broken, Closed, Correction, Entry, FIRST_HASH, Flaw, Link, Sheet, Signed, hash,
    verify,
};

use crate::{document, figure, mari, usual};

/// Period, body and hash.
type Row = (String, String, String);

fn signed(account: u64) -> Signed {
    Signed { account, name: format!("Number {account}"), at_ms: 1_000 }
}

fn closed(number: u64, month: &str) -> Entry {
    let applied = AppliedRule {
        id: 1,
        version: 2,
        name: "Usual".to_owned(),
        valid_from: "2026-01-01".to_owned(),
        rule: document(&usual()),
        people: vec![7],
    };
    Entry::Closed(Closed {
        number,
        from: format!("{month}-01"),
        to: format!("{month}-28"),
        zone: "Europe/Tallinn".to_owned(),
        from_ms: 1_000,
        to_ms: 2_000,
        sheet: Sheet::of(vec![applied], Limits::default(), vec![figure(&mari())]).unwrap(),
        reviewed: signed(1),
        signed: signed(2),
    })
}

fn correction(number: u64, of: u64, author: u64) -> Entry {
    Entry::Correction(Correction {
        number,
        of,
        agent: 7,
        name: "Mari".to_owned(),
        line: "base.per_hour".to_owned(),
        amount: "12.50".to_owned(),
        currency: "EUR".to_owned(),
        reason: "An hour and a half of a power cut.".to_owned(),
        dispute: Some(3),
        author: signed(author),
        signed: signed(2),
    })
}

fn chained(entries: &[(&str, Entry)]) -> Vec<Row> {
    let mut before = FIRST_HASH.to_owned();
    let mut rows = Vec::new();
    for (period, entry) in entries {
        let body = entry.written();
        before = hash(&before, &body);
        rows.push(((*period).to_owned(), body, before.clone()));
    }
    rows
}

fn three() -> Vec<Row> {
    chained(&[
        ("January", closed(1, "2026-01")),
        ("February", closed(2, "2026-02")),
        ("January", correction(3, 1, 1)),
    ])
}

fn verified(rows: &[Row]) -> Result<Vec<Entry>, Broken> {
    verify(rows.iter().map(|(period, body, hash)| Link { period, body, hash }))
}

fn flaw(entries: &[(&str, Entry)]) -> Option<(u64, Flaw)> {
    verified(&chained(entries)).err().map(|it| (it.number, it.flaw))
}

#[test]
fn a_chain_as_it_was_written_is_believed() {
    let entries = verified(&three()).unwrap();
    assert_eq!(entries.iter().map(Entry::number).collect::<Vec<_>>(), [1, 2, 3]);
    assert_eq!(verified(&[]).unwrap(), []);
}

#[test]
fn a_chain_that_was_hashed_again_by_somebody_else_is_still_looked_at() {
    let january = || ("January", closed(1, "2026-01"));
    let twice = |number| ("February", closed(number, "2026-02"));
    assert_eq!(flaw(&[january(), twice(3)]), Some((2, Flaw::Number { says: 3 })));
    assert_eq!(flaw(&[january(), ("January", correction(2, 1, 2))]), Some((2, Flaw::OneSigner)));
    let nothing = Some((2, Flaw::CorrectsNothing { of: 2 }));
    assert_eq!(flaw(&[january(), ("January", correction(2, 2, 1))]), nothing);
    let mut rows = three();
    rows[0].1 = rows[0].1.replace("\"number\":1", "\"number\": 1");
    rows[0].2 = hash(FIRST_HASH, &rows[0].1);
    assert_eq!(verified(&rows).unwrap_err().flaw, Flaw::Body);
    rows.remove(0);
    assert_eq!(verified(&rows).unwrap_err().flaw, Flaw::Hash, "an entry was taken out");
}

#[test]
fn whoever_is_told_of_a_break_is_told_the_period() {
    let mut rows = three();
    rows[1].1 = rows[1].1.replace("1674.42", "1774.42");
    let told = verified(&rows).unwrap_err().to_string();
    assert_eq!(
        told,
        "entry 2 of the chain, period February: its content or its hash was changed after it was \
         signed"
    );
}

proptest! {
    #[test]
    fn any_byte_that_is_changed_is_found_and_its_period_named(
        which in 0_usize..3,
        place in any::<prop::sample::Index>(),
        in_hash in any::<bool>(),
        other in b' '..=b'~',
    ) {
        let mut rows = three();
        let text = if in_hash { &mut rows[which].2 } else { &mut rows[which].1 };
        let place = place.index(text.len());
        prop_assume!(text.as_bytes()[place] != other && text.is_char_boundary(place + 1));
        text.replace_range(place..=place, &char::from(other).to_string());
        let broken = verified(&rows).unwrap_err();
        let period = ["January", "February", "January"][which];
        prop_assert_eq!((broken.number, broken.period.as_str()), (which as u64 + 1, period));
    }
}
