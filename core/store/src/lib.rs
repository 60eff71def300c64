//! The only SQL: plan, people, journal, calls, recordings, sessions.
