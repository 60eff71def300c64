//! Plugins good and bad, through the real component and a real child that compiles.

mod backtrace;
mod cases;
mod chosen;
mod decision;
mod flat;
mod fold;
mod guests;
mod hostile;
mod indicator;
mod selection;
mod settings;
mod stock;
mod trials;
mod versions;
