//! What windows and terminals see: commands, views, problems, events. Exported to TypeScript and checked there.
//! Views hold facts and phrases, never sentences.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

mod accounts;
mod asking;
mod contacts;
mod following;
mod keeping;
mod network;
mod problem;
mod reading;
mod room;
mod searching;
mod stories;
mod trends;
pub(crate) mod typescript;
mod wishing;

pub use accounts::{
    AccountView, GivenLogin, LoginAsk, PeopleView, PersonSource, SignInAsk, SignInView, SignOutReport, TieAsk,
    TieReport, TieView, TimelineView,
};
pub use asking::{
    AddAsk, CutAsk, FollowAllAsk, FullTextAsk, ImportAsk, LeftOutAsk, MarkAsk, MoveAsk, PageAsk, PostsOfAsk,
    PreviewAsk, RefreshAsk, RenameAsk, SearchAsk, SettleAsk, UnlimitedAsk,
};
pub use contacts::{
    Among, BeforeChange, ChangeContactAsk, ContactChange, ContactView, ContactsAsk, ContactsFileAsk, ContactsImport,
    ContactsReport, FindAsk, FollowFound, FollowFoundAsk, JoinContactsAsk, MatchView, NetworkView, NotAsk, OwnView,
    PartContactAsk, RemoveContactsAsk, RowView, StageView, Standing,
};
pub use following::{
    AddReport, CirclePerson, CircleReport, FlawView, FoundSource, ImportReport, ImportedSource, KeptSource,
    LibraryView, ListOffer, Preview, PreviewLine, RefreshReport, Settings, SourceTrouble, SourceView, UndoneImport,
};
pub use keeping::{BackupView, CopyView, Left, RestoreReport, WholeExport};
pub use network::{NetRules, Proxy};
pub use problem::{Code, Problem};
pub use reading::{
    CutView, DigestAsk, DigestLineView, DigestView, EntryView, FullTextView, HitView, LeftOutSum, LeftOutView,
    MarkReport, MarkView, MarksView, PairAsk, PlaceView, PostLine, PostView, SpotView, VerdictAsk, VerdictReport,
    WhyView,
};
pub use searching::{
    CompletionView, FilterView, KeepSearchAsk, OperatorView, SavedSearch, UnderstandAsk, UnderstoodView,
};
pub use stories::{PreferAsk, StoryView, TellingView};

pub use wishing::{
    LearnedView, PresetView, RuleAsk, RulePreview, RuleView, ShiftView, TasteView, TraitAsk, WeighReport, WeightView,
    WeightsView,
};

pub use room::{AppliedView, ApplyAsk, Foreseen, RoomAsk, RoomNote, RoomOption, RoomStep, RoomView, SourceChange};
pub use trends::{
    ActAsk, ActView, Band, Bar, Counted, CountedAsk, CountedIn, Figures, HourCount, ModeAsk, RelayCell, RelayPair,
    RelaysView, RisingView, SourceDays, SourceName, SourceTrend, Spare, TrendsView,
};

/// Topics of the library that changed: the states concerned ask again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Topic {
    /// The sources and folders.
    Sources,
    /// Posts.
    Posts,
    /// Read marks, stars, skips.
    Marks,
    /// Digests.
    Digests,
    /// Settings.
    Settings,
    /// What the reader asked for: rules, weights, what was taken out of their taste.
    Wishes,
    /// People of the reader's contacts, and what was found of them.
    Contacts,
    /// The searches that are kept.
    Searches,
}

/// What takes long, says how far it is, and can be stopped by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Work {
    /// Sources are asked.
    Refresh,
    /// Sources whose time has come are asked, and nothing is shown of it.
    Visits,
    /// Full texts are fetched ahead.
    FullTexts,
    /// Whom someone follows is asked for.
    Circle,
    /// People of the reader's contacts are looked for.
    Contacts,
    /// A file is taken in.
    Import,
}

/// What long work says while it runs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Progress {
    /// Whose it is: two may run at once.
    pub work: Work,
    /// Sources done; of an import, rows of its file.
    pub done: u32,
    /// Sources, or rows, in all.
    pub total: u32,
    /// The source that was just finished.
    pub current: Option<String>,
    /// New posts so far.
    pub new_posts: u32,
    /// Sources in trouble so far.
    pub failed: u32,
    /// Of a refresh: nothing was heard so far, and several hosts are silent. There seems to be no network; what answers yet
    /// takes it back. A program of before does not say it.
    #[serde(default)]
    pub silent: bool,
}

/// What an engine tells its windows without being asked.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// These changed: ask again for what you show of them.
    Changed(Vec<Topic>),
    /// How far long work is.
    Progress(Progress),
    /// How far a refresh is that another program runs on the same library; null when it has ended.
    Elsewhere(Option<Progress>),
    /// How far the search for people is: questions done, of those known so far; `current` names the stage.
    Search(Progress),
    /// The same of a search that another program runs on the same library; null when it has ended.
    SearchElsewhere(Option<Progress>),
}
