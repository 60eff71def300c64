//! Stock policy: within the agent's order, whoever has rested longest.
