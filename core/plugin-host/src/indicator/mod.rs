//! Success indicators: what people have achieved in a period.

pub(crate) mod fold;
pub(crate) mod v1;
