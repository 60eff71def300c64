//! Pay: what `stats::pay` works out, kept. Rules in versions, periods that two people sign, the
//! chain of what they signed, disputes and corrections.

mod chain;
mod correction;
mod dispute;
mod gather;
mod period;
mod rule;

pub use self::chain::{PayReport, PeriodReport};
pub use self::correction::{NewPayCorrection, PayCorrection};
pub use self::dispute::{NewPayDispute, PayDispute};
pub use self::gather::PaySpan;
pub use self::period::{PayPeriod, PaySheet, PayState};
pub use self::rule::{NewPayRule, PayPreview, PayRule, PayRuleVersion};

/// What somebody writes about a line: a few paragraphs.
const WORDS_MAX: u64 = 2_000;

/// Text that may have several lines.
fn words(field: &'static str, text: &str) -> Result<String, crate::Error> {
    let one_line = text.replace(['\n', '\r', '\t'], " ");
    crate::limit::line(field, &one_line, WORDS_MAX)?;
    Ok(text.trim().to_owned())
}
