//! The binary ladus: reads configuration, wires, runs, drains.
