//! The only wasmtime: upload checks, limits, instance pool, routing v1.
