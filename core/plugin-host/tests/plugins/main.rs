//! Plugins good and bad, through the real component and a real child that compiles.

mod chosen;
mod decision;
mod guests;
mod hostile;
mod indicator;
mod selection;
mod settings;
mod stock;
mod versions;
