//! Marks.
use crate::{Engine, contract::*};
use pepites_core::model::PostId;
impl Engine {
    /// Marks or unmarks posts; on the disk when it returns.
    pub fn mark(&self, posts: &[PostId], mark: MarkView, on: bool) -> Result<MarkReport, Problem> {
        let _ = (posts, mark, on);
        todo!()
    }
    /// One post, whole; opening it marks it read.
    pub fn open_post(&self, id: PostId) -> Result<PostView, Problem> {
        let _ = id;
        todo!()
    }
    /// One post, whole; changes nothing.
    pub fn post(&self, id: PostId) -> Result<PostView, Problem> {
        let _ = id;
        todo!()
    }
    /// Starred posts, newest star first.
    pub fn starred(&self, limit: u32, offset: u32) -> Result<Vec<PostLine>, Problem> {
        let _ = (limit, offset);
        todo!()
    }
}
