//! What is wrong with a pay rule, field by field.

use axum::http::StatusCode;
use serde_json::{Map, Value, json};
use stats::pay::{Fault, Wrong};

use super::Problem;
use crate::code::Code;

/// Everything at once: whoever writes a rule mends it in one go.
pub(super) fn rule(wrong: &[Wrong]) -> Problem {
    let mut problem = Problem::new(StatusCode::UNPROCESSABLE_ENTITY, Code::Invalid);
    for one in wrong {
        let (code, mut params) = worded(&one.fault);
        params.insert("place".to_owned(), json!(one.place));
        params.insert("words".to_owned(), json!(one.fault.to_string()));
        problem = problem.about_with(&pointer(&one.place), code, params);
    }
    problem
}

/// `items[0].bands[2].from` as a pointer into the request: `/rule/items/0/bands/2/from`.
fn pointer(place: &str) -> String {
    let parts = place.split(['.', '[', ']']).filter(|part| !part.is_empty());
    parts.fold("/rule".to_owned(), |path, part| path + "/" + part)
}

fn worded(fault: &Fault) -> (Code, Map<String, Value>) {
    let (code, params) = match fault {
        Fault::Missing => (Code::Required, json!({})),
        Fault::TooLong { max } => (Code::TooLong, json!({ "max": max })),
        Fault::TooMany { max } => (Code::TooMany, json!({ "max": max })),
        Fault::NotANumber => (Code::NotANumber, json!({})),
        Fault::TooPrecise { places } => (Code::TooPrecise, json!({ "places": places })),
        Fault::TooSmall { min } => (Code::TooSmall, json!({ "min": min })),
        Fault::TooLarge { max } => (Code::TooLarge, json!({ "max": max })),
        Fault::NotACurrency => (Code::NotACurrency, json!({})),
        Fault::PaysNothing => (Code::PaysNothing, json!({})),
        Fault::NotOne { .. } => (Code::NotOne, json!({})),
        Fault::Empty => (Code::BandEmpty, json!({})),
        Fault::Overlaps { with, until } => {
            (Code::BandOverlap, json!({ "with": with, "until": until }))
        }
        Fault::Gap { after, from, to } => {
            (Code::BandGap, json!({ "after": after, "from": from, "to": to }))
        }
        Fault::FloorAboveCap { cap } => (Code::FloorAboveCap, json!({ "cap": cap })),
        Fault::Repeated => (Code::Taken, json!({})),
    };
    (code, params.as_object().cloned().unwrap_or_default())
}
