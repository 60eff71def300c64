//! What every plugin has, whatever its world.

pub(crate) mod v1;
