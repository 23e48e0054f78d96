//! Sources and their folders.
use crate::{Store, StoreError};
use pepites_core::model::{Address, Folder, Moment, Source, SourceId};
/// Something to follow.
#[derive(Clone, Debug, PartialEq)]
pub struct NewSource {
    /// Where it is.
    pub address: Address,
    /// Where its feed was found, when that is known to be elsewhere.
    pub feed: Option<String>,
    /// The title it gives itself, when known.
    pub title: Option<String>,
    /// The reader's own name for it (an imported title).
    pub name: Option<String>,
    /// Its page for people.
    pub site: Option<String>,
    /// Every folder it goes into.
    pub folders: Vec<Folder>,
}
/// What became of a [`NewSource`].
#[derive(Clone, Debug, PartialEq)]
pub struct Added {
    /// Its row.
    pub id: SourceId,
    /// It was followed before this call (or earlier in it).
    pub already: bool,
    /// Folders that it was put into by this call, when it was already followed.
    pub folders_added: u32,
}
/// What a source holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SourceCounts {
    /// Posts kept.
    pub posts: u32,
    /// Of these, neither read nor skipped.
    pub unread: u32,
    /// Of these, starred.
    pub starred: u32,
    /// Posts that arrived in the last 30 days and were published in them.
    pub posts_30d: u32,
}
impl Store {
    /// Follows all of `sources` in one transaction. A source unfollowed before is followed again, with its marks.
    pub fn add_sources(&self, sources: &[NewSource], now: Moment) -> Result<Vec<Added>, StoreError> {
        let _ = (sources, now);
        todo!()
    }
    /// Every followed source, by id.
    pub fn sources(&self) -> Result<Vec<Source>, StoreError> {
        todo!()
    }
    /// One source, followed or not.
    pub fn source(&self, id: SourceId) -> Result<Source, StoreError> {
        let _ = id;
        todo!()
    }
    /// Counts of every followed source, in the order of [`Store::sources`].
    pub fn source_counts(&self, now: Moment) -> Result<Vec<(SourceId, SourceCounts)>, StoreError> {
        let _ = now;
        todo!()
    }
    /// Gives a source the reader's own name, or (None) its own title back.
    pub fn rename_source(&self, id: SourceId, name: Option<&str>, now: Moment) -> Result<(), StoreError> {
        let _ = (id, name, now);
        todo!()
    }
    /// Puts a source into exactly these folders.
    pub fn move_source(&self, id: SourceId, folders: &[Folder], now: Moment) -> Result<(), StoreError> {
        let _ = (id, folders, now);
        todo!()
    }
    /// Stops following; posts, stars and marks stay, so that [`Store::follow_again`] undoes it whole.
    pub fn unfollow(&self, id: SourceId, now: Moment) -> Result<(), StoreError> {
        let _ = (id, now);
        todo!()
    }
    /// Undoes [`Store::unfollow`].
    pub fn follow_again(&self, id: SourceId, now: Moment) -> Result<(), StoreError> {
        let _ = (id, now);
        todo!()
    }
}
