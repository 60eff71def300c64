//! Nothing to link against: the package is its bench, which needs little and so builds in seconds.
