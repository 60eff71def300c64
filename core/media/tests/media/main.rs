//! The crate seen from outside: one module of stories or properties for each of its parts.

mod call;
mod recording;
mod relay;
mod relay_properties;
mod sdp;
mod sdp_properties;
mod stream;
