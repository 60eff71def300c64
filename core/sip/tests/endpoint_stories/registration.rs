//! Registrations.
