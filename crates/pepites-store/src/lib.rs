//! Takes what the engine wants kept, gives it back: the only crate with SQL, one file per noun.
//! One writer thread, readers on snapshots; a mark that was acknowledged survives the process and the power.

mod bodies;
mod digests;
mod error;
mod events;
mod facts;
mod full_texts;
mod judged;
mod marks;
mod modes;
mod posts;
mod retention;
mod search;
mod settings;
mod short_links;
mod sources;
mod store;
mod stories;
#[cfg(test)]
mod tests;
mod trends;
mod verdicts;
mod visits;

pub use digests::{DigestLine, EntryRow, KeptDigest, LEFT_OUT_KEPT, NewDigest, Unless};
pub use error::{Damage, Refusal, StoreError};
pub use facts::{Candidates, StoryFacts, Window};
pub use full_texts::StoredFullText;
pub use judged::{Judged, MOST_JUDGED};
pub use marks::{How, Mark, Marked, Marks};
pub use modes::{Becomes, KeptPlan, Turn};
pub use posts::StoredPost;
pub use retention::{KeepRule, Size, Trimmed};
pub use search::Hit;
pub use sources::{Added, NewSource, SourceCounts};
pub use store::{Elsewhere, Store};
pub use stories::TellingLine;
pub use trends::{Act, Cell, Listed, Relay, RoomPost, Tally, TitleLine};
pub use verdicts::Verdict;
pub use visits::{Kept, MOVE_HOLDS, Outcome, Pace, StillThere, Visited};
