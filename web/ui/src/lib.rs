//! Builds and embeds the page.
