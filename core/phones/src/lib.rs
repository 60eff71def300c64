//! Simulated phones over real sockets: the demo's life and the load.
