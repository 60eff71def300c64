//! Builds and embeds the page.
//!
//! [`file`] hands out one file of the built page. Which address falls back to `index.html` is the
//! API crate's decision: it knows which addresses are its own.

use std::borrow::Cow;
use std::fmt::Write;

#[derive(rust_embed::RustEmbed)]
#[folder = "$LADUS_UI_PAGE"]
struct Page;

/// One file of the page, with what a server says about it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct File {
    pub bytes: Cow<'static, [u8]>,
    /// For `Content-Type`.
    pub mime: &'static str,
    /// For `ETag`, quotes included.
    pub etag: String,
    /// The name carries a hash of the content: a browser may keep it for ever.
    pub immutable: bool,
}

/// The file at a path without a leading slash, such as `index.html`.
pub fn file(path: &str) -> Option<File> {
    let found = Page::get(path)?;
    Some(File {
        mime: mime(path),
        etag: etag(&found.metadata.sha256_hash()),
        immutable: path.starts_with("assets/"),
        bytes: found.data,
    })
}

/// The paths of all files.
pub fn paths() -> impl Iterator<Item = Cow<'static, str>> {
    Page::iter()
}

/// Half of the hash tells two versions apart as well as all of it.
fn etag(hash: &[u8; 32]) -> String {
    let mut tag = String::from("\"");
    for byte in &hash[..16] {
        // Writing to a String cannot fail.
        let _ = write!(tag, "{byte:02x}");
    }
    tag.push('"');
    tag
}

/// The kinds of files that the build makes; a new kind is served as bytes until it is named here.
fn mime(path: &str) -> &'static str {
    match path.rsplit_once('.').map_or("", |(_, ending)| ending) {
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "svg" => "image/svg+xml",
        "woff2" => "font/woff2",
        "txt" => "text/plain; charset=utf-8",
        "json" | "webmanifest" => "application/json",
        "png" => "image/png",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::{file, paths};

    /// An empty page embeds without an error: only this notices.
    #[test]
    fn the_page_and_its_script_are_inside() {
        let index = file("index.html").expect("index.html");
        assert_eq!((index.mime, index.immutable), ("text/html; charset=utf-8", false));
        let script = paths()
            .find(|path| path.starts_with("assets/index-") && path.ends_with(".js"))
            .expect("a script");
        let script = file(&script).expect("the script itself");
        assert!(script.immutable && script.bytes.len() > 10_000);
        let html = String::from_utf8_lossy(&index.bytes).into_owned();
        assert!(html.contains("src=\"/assets/index-"), "the page loads its script");
    }

    #[test]
    fn every_file_has_a_known_kind() {
        for path in paths() {
            let mime = file(&path).expect("listed").mime;
            assert_ne!(mime, "application/octet-stream", "{path}");
        }
    }

    /// The server's policy allows no inline script or style: the built page must hold none.
    #[test]
    fn the_page_holds_nothing_inline() {
        let index = file("index.html").expect("index.html");
        let html = String::from_utf8_lossy(&index.bytes).into_owned();
        for (at, _) in html.match_indices("<script") {
            assert!(html[at..].starts_with("<script type=\"module\" crossorigin src=\""), "{html}");
        }
        assert!(!html.contains("<style") && !html.contains(" style="), "{html}");
    }

    #[test]
    fn an_unknown_path_is_nothing() {
        assert_eq!(file("assets/../index.html"), None);
        assert_eq!(file("nowhere.js"), None);
    }
}
