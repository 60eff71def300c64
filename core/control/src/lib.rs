//! Messages between the web and the switch.
