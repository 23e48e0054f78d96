//! Takes phrases, gives sentences, from the one catalogue that the UI uses too.
use pepites_core::model::Phrase;
/// A language that the catalogue has whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Language {
    /// English.
    English,
    /// French.
    French,
}
impl Language {
    /// The sentence of a phrase; the key itself when the catalogue lacks it.
    #[must_use]
    pub fn say(self, phrase: &Phrase) -> String {
        phrase.key.clone()
    }
}
