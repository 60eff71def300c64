//! Plugins good and bad, through the real component and a real child that compiles.

mod chosen;
mod decision;
mod fold;
mod guests;
mod hostile;
mod indicator;
mod settings;
mod stock;
mod versions;
