//! The HTTP API: routes, sessions, live events, OpenAPI.
