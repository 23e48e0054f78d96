//! Gives the views of accounts of the reader's own, and of who is one person.

use pepites_core::model::{Moment, SourceId};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A server to sign in to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SignInAsk {
    /// A server or an account on it, as a person types it.
    pub server: String,
    /// The language of the page that the browser shows at the end: `fr`, `en`.
    pub language: String,
}

/// A signing in that has begun.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SignInView {
    /// The server, as it is named to people.
    pub server: String,
    /// The page where the reader says yes, which then comes back by itself; null where nothing can come back here.
    pub url: Option<String>,
    /// The same page, which then shows a code to paste.
    pub copy_url: String,
}

/// An account that is signed in.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct AccountView {
    /// `@ada@example.social`: what it is told apart by.
    pub handle: String,
    /// Its server: scheme, host and port.
    pub server: String,
    /// The name that it shows.
    pub name: String,
    /// The address of a small picture.
    pub portrait: Option<String>,
    /// Signed in since.
    pub since: Moment,
    /// How many sources are followed with it.
    pub follows: u32,
}

/// What became of a signing out.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SignOutReport {
    /// Which account.
    pub handle: String,
    /// Its server knows that the leave it gave is over. Where it could not be told, its own settings end it.
    pub revoked: bool,
}

/// What an account sees, to follow.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TimelineView {
    /// Where it is followed.
    pub address: String,
    /// The title of a list; null for the home timeline.
    pub name: Option<String>,
    /// It is followed already.
    pub followed: bool,
}

/// Who is one person, by what they have proven, by their names, or by the reader's word.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PeopleView {
    /// Each person who has several sources.
    pub together: Vec<Vec<PersonSource>>,
    /// What the reader said.
    pub said: Vec<TieView>,
}

/// A source of a person.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct PersonSource {
    /// Its row.
    pub source: SourceId,
    /// What the reader calls it.
    pub title: String,
    /// Where it is; a password in it is covered.
    pub address: String,
}

/// What the reader said of two sources.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TieView {
    /// The one that was followed first.
    pub one: PersonSource,
    /// The other.
    pub other: PersonSource,
    /// They are one person; else they are not.
    pub together: bool,
}

/// Two sources, and what is said of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TieAsk {
    /// The one.
    pub one: SourceId,
    /// The other.
    pub other: SourceId,
    /// They are one person; they are not; null takes back what was said.
    pub together: Option<bool>,
}

/// What a word on two sources did.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct TieReport {
    /// What was said of them before; null when nothing was.
    pub before: Option<bool>,
    /// They count as one person now.
    pub together: bool,
}

/// What logs in, as a person types it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct GivenLogin {
    /// A name; null with a token.
    pub user: Option<String>,
    /// The password of that name, or the token.
    pub secret: String,
}

/// A source to log in to, and with what.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct LoginAsk {
    /// Which.
    pub source: SourceId,
    /// With what.
    pub login: GivenLogin,
}

impl std::fmt::Debug for GivenLogin {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "GivenLogin({})", if self.user.is_some() { "a name" } else { "a token" })
    }
}
