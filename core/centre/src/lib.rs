//! One contact centre as a deterministic machine: acd, sip and media joined.
