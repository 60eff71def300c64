//! The page tells about stock plugins in both languages: in English as their cards do.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use plugin_host::{Card, Compiler, Host, HostConfig, Kind, STOCK, STOCK_INDICATORS};
use serde_json::Value;
use tempfile::TempDir;

/// Every text of a card, by its place in the page's words.
fn texts(card: &Card) -> BTreeMap<String, String> {
    let mut texts = BTreeMap::from([("summary".to_owned(), card.summary.clone())]);
    for field in &card.fields {
        let mut put = |place: &str, text: &str| {
            if !text.is_empty() {
                texts.insert(format!("{}.{place}", field.id), text.to_owned());
            }
        };
        put("label", &field.label);
        put("help", &field.help);
        match &field.kind {
            Kind::Number { unit, .. } => put("unit", unit),
            Kind::Choice(items) => {
                for (id, label) in items {
                    put(&format!("items.{id}"), label);
                }
            }
            Kind::Duration | Kind::Toggle | Kind::Line | Kind::Pick(_) => {}
        }
    }
    texts
}

/// Every text below a value, by its place.
fn leaves(value: &Value, place: &str, found: &mut BTreeMap<String, String>) {
    if let Some(text) = value.as_str() {
        found.insert(place.to_owned(), text.to_owned());
    }
    for (key, inner) in value.as_object().into_iter().flatten() {
        let place = if place.is_empty() { key.clone() } else { format!("{place}.{key}") };
        leaves(inner, &place, found);
    }
}

/// What the page says about this plugin in this language.
fn words(language: &str, plugin: &str) -> BTreeMap<String, String> {
    let file = format!("../web/app/src/words/{language}.json");
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(file);
    let words = fs::read_to_string(file).expect("the page's words");
    let words: Value = serde_json::from_str(&words).expect("JSON");
    let mut found = BTreeMap::new();
    leaves(&words["stock"][plugin], "", &mut found);
    found
}

fn check(name: &str, card: &Card) {
    let card = texts(card);
    assert_eq!(words("en", name), card, "{name}: English is the card's own");
    let estonian: Vec<String> = words("et", name).into_keys().collect();
    let asked: Vec<String> = card.into_keys().collect();
    assert_eq!(estonian, asked, "{name} in Estonian");
}

#[test]
fn every_text_of_a_stock_plugin_has_words_in_both_languages() {
    let folder = TempDir::new().expect("a folder");
    let config =
        HostConfig { compiler: Compiler::InProcess, cache_dir: folder.path().join("plugins") };
    let host = Host::new(config).expect("a host");
    for stock in STOCK {
        let plugin = host.routing(stock.component).expect("an acceptable plugin");
        check(stock.name, plugin.card());
    }
    for stock in STOCK_INDICATORS {
        let plugin = host.indicator(stock.component).expect("an acceptable plugin");
        check(stock.name, plugin.card());
    }
}
