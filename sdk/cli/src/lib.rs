//! ladus plugin: build a plugin with whichever toolchain is there.
