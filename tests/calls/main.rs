//! Real calls through the real binary: baresip and SIPp on the other side, sound heard both ways.

mod baresip;
mod codes;
mod company;
mod control;
mod demo;
mod ears;
mod fairness;
mod keys;
mod linphone;
mod live_orders;
mod office;
mod phone;
mod plugins;
mod restart;
mod sipp;
mod talks;
mod ways;
