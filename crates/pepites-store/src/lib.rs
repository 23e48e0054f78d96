//! Takes what the engine wants kept, gives it back: the only crate with SQL, one file per noun.
//! One writer thread, readers on snapshots; a mark that was acknowledged survives the process and the power.

mod accounts;
mod bodies;
mod contacts;
mod digests;
mod dumping;
mod error;
mod events;
mod facts;
mod full_texts;
mod judged;
mod marks;
mod modes;
mod people;
mod posts;
mod relations;
mod retention;
mod rules;
mod search;
mod searches;
mod settings;
mod short_links;
mod sources;
mod store;
mod stories;
mod taste;
mod tellers;
#[cfg(test)]
mod tests;
mod trends;
mod unlimited;
mod verdicts;
mod visits;

pub use accounts::KeptAccount;
pub use contacts::{AnswerRow, Carded, Contact, Heard};
pub use digests::{DigestLine, EntryRow, KeptDigest, LEFT_OUT_KEPT, LeftOutRow, NewDigest, Unless};
pub use dumping::Dumped;
pub use error::{Damage, Refusal, StoreError};
pub use facts::{Candidates, StoryFacts, Window};
pub use full_texts::StoredFullText;
pub use judged::{Judged, MOST_JUDGED};
pub use marks::{How, Mark, Marked, Marks};
pub use modes::{Becomes, Freed, KeptPlan, Promise, Turn, Wanted};
pub use people::{People, Tie};
pub use posts::StoredPost;
pub use relations::{Relations, Told};
pub use retention::{KeepRule, Size, Trimmed};
pub use rules::{NewRule, Obeyed, Spoken, StoredRule};
pub use search::Hit;
pub use searches::{KeptSearch, NewSearch};
pub use sources::{Added, NewSource, SourceCounts};
pub use store::{Backup, Elsewhere, KeptCopy, Store};
pub use stories::{TellingLine, Words};
pub use trends::{Act, Acted, Came, Cell, Listed, Piece, Relay, RoomPost, Tally, TitleLine, Total, TrendSource};
pub use verdicts::Verdict;
pub use visits::{Kept, MOVE_HOLDS, Outcome, Pace, StillThere, Visited};
