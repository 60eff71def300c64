//! Names made from a seed.

use std::collections::BTreeSet;

use sip::chance::Chance;

#[test]
fn same_seed_gives_the_same_names_and_another_seed_others() {
    let names = |seed| {
        let mut chance = Chance::new([seed; 32]);
        [chance.branch(), chance.tag(), chance.call_id(), chance.cnonce()]
    };
    assert_eq!(names(1), names(1));
    assert!(names(1).iter().zip(&names(2)).all(|(one, two)| one != two));
    assert!(names(1)[0].starts_with("z9hG4bK"));
    assert_eq!(names(1).map(|name| name.len()), [7 + 32, 16, 32, 16]);
}

#[test]
fn no_name_comes_twice() {
    let mut chance = Chance::new([3; 32]);
    let tags: BTreeSet<String> = (0..10_000).map(|_| chance.tag()).collect();
    assert_eq!(tags.len(), 10_000);
}

#[test]
fn keys_do_not_depend_on_what_was_made_before() {
    let mut chance = Chance::new([3; 32]);
    let key = chance.key("nonces");
    chance.tag();
    assert_eq!(chance.key("nonces"), key);
    assert_ne!(chance.key("cookies"), key);
    assert!(!format!("{chance:?}").contains("3, 3"));
}
