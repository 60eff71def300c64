//! Success indicators: what people have achieved in a period.

pub(crate) mod v1;
