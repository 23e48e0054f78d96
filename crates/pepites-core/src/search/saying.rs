//! Takes what is asked of a post, gives how it is said: "from The Daily", "starred", "since 1 November".

use super::{Medium, State, Want, When};
use crate::model::{Day, Moment, Phrase, Source};

impl Want {
    /// What it asks for, in words that also stand after "except"; None for words, which say themselves. `filed`: the
    /// folders that rules put posts into.
    #[must_use]
    pub fn said(&self, sources: &[Source], filed: &[Vec<String>], when: &When<'_>) -> Option<Phrase> {
        Some(match self {
            Self::Words(_) => return None,
            Self::Person(term) => Phrase::new("search.said.person").with("name", term.words.join(" ")),
            Self::Tag(term) => Phrase::new("search.said.tag").with("name", term.words.join(" ")),
            Self::Source(typed) => match super::named(self, sources, filed).unwrap_or_default().sources {
                none if none.is_empty() => Phrase::new("search.said.no_source").with("name", typed.as_str()),
                one if one.len() == 1 => {
                    let shown = sources.iter().find(|source| one.contains(&source.id)).map(Source::shown);
                    Phrase::new("search.said.source").with("name", shown.unwrap_or(typed))
                }
                many => Phrase::new("search.said.sources").with("name", typed.as_str()).with("count", many.len()),
            },
            Self::Folder(typed) => match super::named(self, sources, filed).unwrap_or_default() {
                none if none.is_empty() => Phrase::new("search.said.no_folder").with("name", typed.as_str()),
                filed if filed.sources.is_empty() => Phrase::new("search.said.filed").with("name", typed.as_str()),
                many => {
                    Phrase::new("search.said.folder").with("name", typed.as_str()).with("count", many.sources.len())
                }
            },
            Self::Language(code) => Phrase::new("search.said.language").with("language", code.as_str()),
            Self::Is(state) => Phrase::new(match state {
                State::Starred => "search.said.starred",
                State::Nugget => "search.said.nugget",
                State::Unread => "search.said.unread",
                State::Read => "search.said.read",
                State::Shared => "search.said.shared",
                State::Skipped => "search.said.skipped",
                State::Later => "search.said.later",
            }),
            Self::Has(medium) => Phrase::new(match medium {
                Medium::Audio => "search.said.audio",
                Medium::Video => "search.said.video",
                Medium::Picture => "search.said.picture",
            }),
            Self::Before(moment) => Phrase::new("search.said.before").with("day", day(*moment, when)),
            Self::After(moment) => Phrase::new("search.said.after").with("day", day(*moment, when)),
        })
    }
}

/// The day of a moment where the reader is, as `2026-11-23`: whoever shows it writes it out.
fn day(moment: Moment, when: &When<'_>) -> String {
    Day::of(moment, (when.offset_minutes)(moment)).0
}
