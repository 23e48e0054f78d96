//! Takes what a rule is about as it is typed, gives it as it is compared.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::score::taste::{Kind, Trait};

/// What a rule looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Matter {
    /// A word of the title or of the first words, or several in a row.
    Word,
    /// Who wrote it.
    Person,
    /// Where it was published, by its number in the library.
    Source,
    /// A tag that it carries.
    Tag,
    /// Its language, by two letters.
    Language,
    /// It takes more than so many minutes to read.
    Longer,
    /// It takes fewer.
    Shorter,
    /// It tells what another told before it.
    Relay,
}

/// What a rule is about.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct About {
    /// What it looks at.
    pub matter: Matter,
    /// What it looks for, as it is compared; of minutes, their number.
    pub name: String,
}

/// More minutes are a book.
const MOST_MINUTES: u32 = 600;

impl About {
    /// What is typed, folded as words are. Empty where it is nothing that can be looked for.
    #[must_use]
    pub fn new(matter: Matter, typed: &str) -> Self {
        let name = match matter {
            Matter::Word => Trait::new(Kind::Word, typed).name,
            Matter::Person => Trait::new(Kind::Person, typed).name,
            Matter::Source => Trait::new(Kind::Source, typed).name,
            Matter::Tag => Trait::new(Kind::Tag, typed).name,
            Matter::Language => {
                let (letters, _) = typed.trim().split_once(['-', '_']).unwrap_or((typed.trim(), ""));
                let two = letters.len() == 2 && letters.chars().all(|char| char.is_ascii_alphabetic());
                if two { letters.to_ascii_lowercase() } else { String::new() }
            }
            Matter::Longer | Matter::Shorter => {
                let minutes = typed.trim().parse().ok().filter(|minutes| (1..=MOST_MINUTES).contains(minutes));
                minutes.map(|minutes: u32| minutes.to_string()).unwrap_or_default()
            }
            Matter::Relay => "relay".to_owned(),
        };
        Self { matter, name }
    }
}
