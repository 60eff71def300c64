//! Stock policies and indicators: built with the authors' crate alone, shipped as components.

/// A plugin that comes with the product.
#[derive(Clone, Copy, Debug)]
pub struct Stock {
    /// The name on its card.
    pub name: &'static str,
    /// The component, as it was built and committed.
    pub component: &'static [u8],
}

macro_rules! stock {
    ($($name:literal),* $(,)?) => {
        &[$(Stock {
            name: $name,
            component: include_bytes!(concat!("../../../plugins/", $name, "/", $name, ".wasm")),
        }),*]
    };
}

/// All policies, in the order of a list for people: the usual ones first.
pub const STOCK: &[Stock] = stock![
    "longest-idle",
    "fewest-calls",
    "least-talk-time",
    "even-occupancy",
    "round-robin",
    "skills",
    "priority-ageing",
    "sticky",
    "weighted-random",
    "best-achiever",
    "longest-wait-first",
];

/// The stock indicators, in the same order.
pub const STOCK_INDICATORS: &[Stock] =
    stock!["answered-per-hour", "most-served", "answer-time", "talk-length", "answered-in-a-row"];
