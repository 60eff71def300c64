//! One configuration of wasmtime for the host and for the child that compiles.

use std::num::NonZeroUsize;

use wasmtime::{
    Config, Enabled, Engine, InstanceAllocationStrategy, PoolingAllocationConfig, Result,
};

use crate::limits::{FRAMES_MAX, KEEP_RESIDENT, MEMORY_MAX, SLOTS, STACK_MAX, TABLE_MAX};

/// An engine that runs plugins, in a pool of few slots.
pub(crate) fn running() -> Result<Engine> {
    let mut pool = PoolingAllocationConfig::new();
    pool.total_component_instances(SLOTS)
        // QuickJS components consist of several modules with a memory and a table each.
        .max_core_instances_per_component(32)
        .max_memories_per_component(8)
        .max_tables_per_component(16)
        .total_core_instances(SLOTS * 8)
        .total_memories(SLOTS * 4)
        .total_tables(SLOTS * 8)
        .table_elements(TABLE_MAX)
        .max_memory_size(MEMORY_MAX)
        .linear_memory_keep_resident(KEEP_RESIDENT)
        .table_keep_resident(KEEP_RESIDENT)
        // Resets only the pages that a run has touched; older kernels fall back by themselves.
        .pagemap_scan(Enabled::Auto);
    Engine::new(config().allocation_strategy(InstanceAllocationStrategy::Pooling(pool)))
}

/// An engine that only compiles. It reserves no memory, so it lives within tight limits, and what
/// it writes is read by [`running`].
pub(crate) fn compiling() -> Result<Engine> {
    Engine::new(&config())
}

fn config() -> Config {
    let mut config = Config::new();
    config
        .consume_fuel(true)
        .epoch_interruption(true)
        .max_wasm_stack(STACK_MAX)
        .memory_init_cow(true)
        .concurrency_support(false)
        // Walked only when a run has failed; a run that ends well pays nothing.
        .wasm_backtrace_max_frames(NonZeroUsize::new(FRAMES_MAX))
        // The same answer on every machine, bit for bit.
        .cranelift_nan_canonicalization(true)
        .wasm_relaxed_simd(false)
        .wasm_memory64(false);
    config
}
