//! Real calls through the real binary: baresip and SIPp on the other side, sound heard both ways.

mod baresip;
mod demo;
mod linphone;
mod office;
mod phone;
mod restart;
mod sipp;
