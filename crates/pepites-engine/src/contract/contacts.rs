//! Gives the views of contacts: what a file brought, who was found where and why, what a search would ask of whom.

use pepites_core::{
    interchange::contacts::{Column, TablePreview},
    model::{ContactId, ImportId, Moment, Phrase},
    people::Stage,
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::FlawView;

/// What a file of contacts brought.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct ContactsImport {
    /// The file's name.
    pub file: String,
    /// The dialect that read it.
    pub dialect: String,
    /// Rows that say somebody.
    pub rows: u32,
    /// People who are new.
    pub added: u32,
    /// Rows that joined somebody who was known, by file or earlier in the same.
    pub joined: u32,
    /// Rows that said nothing new.
    pub repeated: u32,
    /// Rows and cells that were skipped, by line and why.
    pub skipped: Vec<FlawView>,
    /// The file ends early, or says more people than are read.
    pub partial: Option<Phrase>,
    /// What the columns of a table seem to hold that no known program wrote: the reader says so first, and nobody was
    /// taken in yet.
    pub columns: Option<TablePreview>,
    /// Takes it back; null where nothing came.
    pub import: Option<ImportId>,
}

/// Whether a person can be followed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Standing {
    /// Something of theirs was found for sure.
    Found,
    /// Something was found that may be theirs.
    Unsure,
    /// Nothing was found.
    Missing,
}

/// Some of the people, as a list shows them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Among {
    /// Who can be followed.
    Found,
    /// Who is to be confirmed.
    Unsure,
    /// Who was not found.
    Missing,
    /// Who can be followed and is.
    Followed,
    /// Of whom the reader said that something is not theirs.
    Refused,
}

/// Somebody.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct ContactView {
    /// Their row.
    pub id: ContactId,
    /// What they are called.
    pub name: String,
    /// Whom they work for.
    pub organisation: Option<String>,
    /// Mail addresses.
    pub emails: Vec<String>,
    /// Sites and accounts, as the files and the reader have them.
    pub addresses: Vec<String>,
    /// What the files note.
    pub notes: Vec<String>,
    /// Groups and folders of the files.
    pub groups: Vec<String>,
    /// Where they stand: file and line; no file is the reader's own hand.
    pub rows: Vec<RowView>,
    /// Whether they can be followed.
    pub standing: Standing,
    /// What may be theirs, the surest first.
    pub matches: Vec<MatchView>,
    /// What the reader changed of them.
    pub own: OwnView,
}

/// What the reader changed of a person; the files stay as they were.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, TS)]
pub struct OwnView {
    /// The reader's name for them.
    pub name: Option<String>,
    /// The reader's word for whom they work for.
    pub organisation: Option<String>,
    /// Addresses that the reader struck out.
    pub struck: Vec<String>,
}

/// Where a person stands in a file.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct RowView {
    /// Which row it is, for who parts it from the others.
    #[ts(type = "number")]
    pub card: i64,
    /// The file.
    pub file: String,
    /// The line, from 1.
    pub line: u32,
}

/// A source that may be somebody's.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct MatchView {
    /// Its address.
    pub address: String,
    /// The kind of source.
    pub kind: String,
    /// What it calls itself.
    pub title: Option<String>,
    /// The stage that found it.
    pub stage: Stage,
    /// How sure it is, of 100; 0 is gone.
    pub confidence: u32,
    /// Why.
    pub reasons: Vec<Phrase>,
    /// Posts a week; null when that is not known.
    pub posts_a_week: Option<f64>,
    /// Minutes a day that reading it all takes; null when that is not known.
    pub minutes_a_day: Option<f64>,
    /// Of 100, how much of the day's budget that is, in posts or in minutes, as the budget is; null when it is not known.
    pub share: Option<f64>,
    /// Its newest post.
    pub last_post: Option<Moment>,
    /// It is followed already.
    pub followed: bool,
    /// The reader said that it is not theirs.
    pub not: bool,
}

/// A stage of the search.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct StageView {
    /// Which.
    pub stage: Stage,
    /// The reader has switched it on.
    pub on: bool,
    /// People of whom it has something to ask.
    pub people: u32,
    /// Of these, found for sure by this stage before any other.
    pub found: u32,
    /// Of these, to be confirmed.
    pub unsure: u32,
    /// Questions that were asked.
    pub asked: u32,
    /// Questions that are still to be asked, as far as can be told before asking.
    pub due: u32,
    /// Requests that these take at most.
    pub requests: u32,
    /// The hosts that these go to, the most asked first, at most some; with how many there are in all.
    pub hosts: Vec<String>,
    /// How many hosts.
    pub hosts_in_all: u32,
}

/// What was found on one network.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct NetworkView {
    /// The kind of source.
    pub kind: String,
    /// People with one for sure.
    pub found: u32,
    /// People with one to be confirmed only.
    pub unsure: u32,
}

/// Of all people, who can be followed: by stage and by network.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct ContactsReport {
    /// People in all: the next three together.
    pub people: u32,
    /// Who can be followed.
    pub found: u32,
    /// Who is to be confirmed.
    pub unsure: u32,
    /// Who was not found.
    pub missing: u32,
    /// Of those found, who is followed.
    pub followed: u32,
    /// Of whom the reader said that something is not theirs.
    pub refused: u32,
    /// The funnel.
    pub stages: Vec<StageView>,
    /// By network.
    pub networks: Vec<NetworkView>,
    /// The reader's own server, where names are searched for.
    pub server: Option<String>,
    /// Requests that one search sends at most.
    pub most: u32,
    /// A search was stopped before its end, and goes on when asked to.
    pub unfinished: bool,
    /// Requests of the search that was just made; null when none was.
    pub sent: Option<u32>,
    /// Why that search ended early, where it did.
    pub why: Option<Phrase>,
}

/// What to search for, how.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, TS)]
pub struct FindAsk {
    /// The stages; null for those of the last time, else the usual ones.
    pub stages: Option<Vec<Stage>>,
    /// The reader's own server; null for that of the last time.
    pub server: Option<String>,
    /// Requests at most; null for the usual number.
    pub most: Option<u32>,
}

/// Whom to list.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, TS)]
pub struct ContactsAsk {
    /// Only those; null for everybody.
    pub only: Option<Among>,
    /// Only those in whose name, addresses or groups this stands.
    pub words: Option<String>,
    /// At most so many.
    pub limit: u32,
    /// After so many.
    pub offset: u32,
}

/// Whom to follow.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct FollowFoundAsk {
    /// These people; empty for everybody.
    pub people: Vec<ContactId>,
    /// Only this address of theirs; null for what is sure enough.
    pub address: Option<String>,
    /// Only what is at least so sure, of 100.
    pub confidence: u32,
    /// Every folder that they go into.
    pub folders: Vec<Vec<String>>,
}

/// What following did.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct FollowFound {
    /// People of whom something is now followed.
    pub people: u32,
    /// Sources that are new.
    pub added: Vec<pepites_core::model::SourceId>,
    /// Sources that were followed already.
    pub already: u32,
}

/// Whether a source is a person's.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct NotAsk {
    /// The person.
    pub contact: ContactId,
    /// The source's address, as it was shown.
    pub address: String,
    /// Takes it back.
    pub undo: bool,
}

/// What to change of a person. What is null stays.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, TS)]
pub struct ContactChange {
    /// Their name; empty for that of the files.
    pub name: Option<String>,
    /// Whom they work for; empty for what the files say.
    pub organisation: Option<String>,
    /// Mail addresses, sites and accounts to add.
    pub add: Vec<String>,
    /// Those to strike out, as they are shown.
    pub strike: Vec<String>,
    /// Puts back what was there before a change, whatever else is said here.
    pub back: Option<BeforeChange>,
}

/// A person before a change, as they were shown.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, TS)]
pub struct BeforeChange {
    /// What the reader had changed of them.
    pub own: OwnView,
    /// Their rows. Others that the reader wrote since are taken away.
    #[ts(type = "Array<number>")]
    pub cards: Vec<i64>,
}

/// A change of one person.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct ChangeContactAsk {
    /// The person.
    pub contact: ContactId,
    /// What.
    pub change: ContactChange,
}

/// People to take off the list, or to bring back.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct RemoveContactsAsk {
    /// Who.
    pub contacts: Vec<ContactId>,
    /// Brings them back.
    pub undo: bool,
}

/// A file of contacts to read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct ContactsFileAsk {
    /// The file's path.
    pub path: String,
    /// What each column holds, where the reader says it; null: as it is read, or as it seems to be where nobody knows.
    pub columns: Option<Vec<Column>>,
}

/// Two who are one person.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct JoinContactsAsk {
    /// Who stays.
    pub one: ContactId,
    /// Whose rows become theirs.
    pub other: ContactId,
}

/// Rows that are somebody else's.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct PartContactAsk {
    /// Whose they are now.
    pub contact: ContactId,
    /// The rows.
    #[ts(type = "Array<number>")]
    pub cards: Vec<i64>,
    /// Who was joined before and comes back; null for somebody new.
    pub to: Option<ContactId>,
}
