//! The stock policies: built with the authors' crate and nothing else, and shipped as components.

/// A policy that comes with the product.
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

/// All of them, in the order of a list for people: the usual ones first.
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
    "longest-wait-first",
];
