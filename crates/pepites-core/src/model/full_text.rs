//! Gives the full text of a post: the article on the page that it links to. Its HTML is proof that it was sanitised.

use super::SafeHtml;

/// The article on the page of a post, clean.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FullText {
    /// Its body.
    pub html: SafeHtml,
    /// The same as plain text.
    pub text: String,
    /// Words in it.
    pub words: u32,
}
