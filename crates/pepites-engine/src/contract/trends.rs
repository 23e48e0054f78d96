//! Gives the views of trends: what came, what was done with it, who told it first. Days are the reader's.

use pepites_core::{
    digest::Budget,
    model::{Day, Mode, Moment, PostId, SourceId},
    trends::{Range, Risen, SourceStanding},
};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// What came in some days, and what the reader did with it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Figures {
    /// Posts that came on these days, without backlogs of new sources.
    pub arrived: u32,
    /// Posts of these dates, backlogs included.
    pub published: u32,
    /// What reading these takes, in minutes.
    pub minutes: u32,
    /// Stories in the digests of these days.
    pub digested: u32,
    /// Of these, nuggets.
    pub nuggets: u32,
    /// Posts opened.
    pub opened: u32,
    /// Posts read to their end or long enough, or marked read one by one.
    pub read: u32,
    /// Posts marked read with many others: not read.
    pub in_bulk: u32,
    /// Posts seen in a list and passed by.
    pub skimmed: u32,
    /// Posts let go.
    pub skipped: u32,
    /// Posts starred.
    pub starred: u32,
    /// Posts shared.
    pub shared: u32,
}

/// The trends.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct TrendsView {
    /// How far back it looks.
    pub range: Range,
    /// Its first day.
    pub from: Day,
    /// Its last day: today.
    pub to: Day,
    /// Sources followed.
    pub sources: u32,
    /// The first day on which something came or was read; null when nothing did yet.
    pub since: Option<Day>,
    /// What there was.
    pub figures: Figures,
    /// What there was in as many days before; null where the library does not go back so far.
    pub before: Option<Figures>,
    /// What there was since the first day.
    pub ever: Figures,
    /// The budget of a digest.
    pub budget: Budget,
    /// The bars are months, and not days.
    pub by_month: bool,
    /// One a day or a month, oldest first.
    pub bars: Vec<Bar>,
    /// What a bar is made of by source: the loudest, then all others.
    pub bands: Vec<Band>,
    /// What a bar is made of by folder: the loudest, then all others.
    pub folders: Vec<Band>,
    /// By day of the week from Monday, then by hour.
    pub hours: Vec<Vec<HourCount>>,
    /// One a source, the loudest first.
    pub rows: Vec<SourceTrend>,
}

/// A day or a month.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Bar {
    /// `2026-11-23`, or `2026-11`.
    pub when: String,
    /// Posts that came, for each of the bands.
    pub arrived: Vec<u32>,
    /// Posts of that date that came with the backlog of a new source, for each of the bands.
    pub backlog: Vec<u32>,
    /// What reading the posts of that date takes, in seconds, for each of the bands.
    pub seconds: Vec<u32>,
    /// Posts that came or have that date as backlog, for each of the folders.
    pub folders: Vec<u32>,
    /// What reading the posts of that date takes, in seconds, for each of the folders.
    pub folder_seconds: Vec<u32>,
    /// Posts opened.
    pub opened: u32,
    /// Posts read.
    pub read: u32,
    /// What the posts opened or marked read one by one took, in seconds.
    pub read_seconds: u32,
}

/// A part of a bar.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Band {
    /// The source, where it is one.
    pub source: Option<SourceId>,
    /// Its name; null for all others.
    pub title: Option<String>,
}

/// An hour of a day of the week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct HourCount {
    /// Posts that came.
    pub arrived: u32,
    /// Posts opened or marked read one by one.
    pub read: u32,
}

/// The last days of one source: what it brought, and what became of it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct SourceDays {
    /// The first of these days; the last is today.
    pub from: Day,
    /// Its posts of each day.
    pub days: Vec<u32>,
    /// All of them.
    pub posts: u32,
    /// Posts opened in these days.
    pub opened: u32,
    /// Posts read in these days.
    pub read: u32,
    /// Of its posts, in percent; null without posts.
    pub read_share: Option<f64>,
    /// Posts starred.
    pub starred: u32,
    /// Nuggets that digests showed of it.
    pub nuggets: u32,
}

/// A source in the trends.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct SourceTrend {
    /// Its row.
    pub source: SourceId,
    /// What the reader calls it.
    pub title: String,
    /// Its folders, each a path.
    pub folders: Vec<Vec<String>>,
    /// How much of it the reader wants.
    pub mode: Mode,
    /// Which tab shows it.
    pub standing: SourceStanding,
    /// It cannot be had, or is gone.
    pub broken: bool,
    /// Its posts of these days.
    pub posts: u32,
    /// Posts a day.
    pub a_day: f64,
    /// Posts on each of the last 30 days, oldest first.
    pub spark: Vec<u32>,
    /// Posts opened.
    pub opened: u32,
    /// Of its posts, in percent; null without posts.
    pub opened_share: Option<f64>,
    /// Posts read.
    pub read: u32,
    /// Of its posts, in percent.
    pub read_share: Option<f64>,
    /// Posts starred.
    pub starred: u32,
    /// Nuggets that digests showed of it.
    pub nuggets: u32,
    /// Of a hundred posts.
    pub yields: Option<f64>,
    /// Posts that another source had told before.
    pub relays: u32,
    /// Of its posts, in percent.
    pub relay_share: Option<f64>,
    /// Who mostly told them first.
    pub first: Option<SourceName>,
    /// What reading all of it takes a week, in minutes.
    pub minutes_a_week: f64,
    /// When it last published.
    pub last: Option<Moment>,
    /// Hours between two of its posts, on average.
    pub interval_hours: Option<f64>,
}

/// A source by name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct SourceName {
    /// Its row.
    pub source: SourceId,
    /// What the reader calls it.
    pub title: String,
}

/// Who told stories after whom.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct RelaysView {
    /// Pairs, the most frequent first, at most a hundred.
    pub pairs: Vec<RelayPair>,
    /// Those that relay most, at most ten: the lines of the matrix.
    pub tellers: Vec<SourceName>,
    /// Those whose stories are told again most, at most ten: its columns.
    pub firsts: Vec<SourceName>,
    /// What each line told after each column; null where nothing.
    pub matrix: Vec<Vec<Option<RelayCell>>>,
    /// Sources of which little would be lost, the least first.
    pub spare: Vec<Spare>,
}

/// What one source told after another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct RelayCell {
    /// Stories.
    pub count: u32,
    /// Minutes between the two, half of the times less.
    pub minutes: u32,
}

/// One source that tells after another.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct RelayPair {
    /// Who relays.
    pub source: SourceName,
    /// Who told it first.
    pub first: SourceName,
    /// Stories.
    pub count: u32,
    /// Minutes between the two, half of the times less.
    pub minutes: u32,
}

/// A source that mostly relays.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Spare {
    /// Which.
    pub source: SourceName,
    /// Its posts.
    pub posts: u32,
    /// Of these, told by it alone or by it first.
    pub own: u32,
    /// Nuggets that digests showed of it.
    pub nuggets: u32,
    /// Posts of it that were starred.
    pub starred: u32,
    /// Who told most of the others first.
    pub first: Option<SourceName>,
}

/// Words and people that rose in the last thirty days against the thirty before.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct RisingView {
    /// Words of titles that several sources had.
    pub words: Vec<Risen>,
    /// Authors.
    pub people: Vec<Risen>,
    /// There are thirty days before to compare with.
    pub comparable: bool,
}

/// Which list a figure counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Counted {
    /// Posts that came.
    Arrived,
    /// Stories in digests.
    Digested,
    /// Nuggets in digests.
    Nuggets,
    /// Posts opened.
    Opened,
    /// Posts read.
    Read,
    /// Posts let go.
    Skipped,
    /// Posts starred.
    Starred,
    /// Posts shared.
    Shared,
    /// Posts seen in a list and passed by.
    Skimmed,
    /// Posts marked read with many others.
    InBulk,
}

/// Which days a figure is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum CountedIn {
    /// Those of the range.
    Range,
    /// As many before.
    Before,
    /// All since the first.
    Ever,
}

/// The list behind a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct CountedAsk {
    /// Which figure.
    pub counted: Counted,
    /// Of which range.
    pub range: Range,
    /// Of its days, or others.
    pub within: CountedIn,
    /// So many at most.
    pub limit: u32,
    /// After so many.
    pub offset: u32,
}

/// What the reader did with a post beyond marking it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum ActView {
    /// Read to its end, or long enough.
    Finished,
    /// Seen in a list and passed by.
    Skimmed,
    /// Shared: its address was taken along.
    Shared,
}

/// Something done with posts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ActAsk {
    /// Which.
    pub posts: Vec<PostId>,
    /// What.
    pub act: ActView,
}

/// How much of a source is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct ModeAsk {
    /// Which.
    pub source: SourceId,
    /// How much.
    pub mode: Mode,
}
