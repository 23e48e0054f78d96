//! Sources, settings, the library.
use crate::{Engine, contract::*};
use pepites_core::model::{PostId, SourceId};
impl Engine {
    /// Every followed source.
    pub fn sources(&self) -> Result<Vec<SourceView>, Problem> {
        todo!()
    }
    /// Renames a source; None gives its own title back.
    pub fn rename(&self, source: SourceId, name: Option<&str>) -> Result<(), Problem> {
        let _ = (source, name);
        todo!()
    }
    /// Puts a source into exactly these folders.
    pub fn move_to(&self, source: SourceId, folders: &[Vec<String>]) -> Result<(), Problem> {
        let _ = (source, folders);
        todo!()
    }
    /// Stops following; undone by [`Engine::follow_again`].
    pub fn unfollow(&self, source: SourceId) -> Result<(), Problem> {
        let _ = source;
        todo!()
    }
    /// Undoes [`Engine::unfollow`].
    pub fn follow_again(&self, source: SourceId) -> Result<(), Problem> {
        let _ = source;
        todo!()
    }
    /// Posts of a source, newest first.
    pub fn posts_of(&self, source: SourceId, limit: u32, offset: u32) -> Result<Vec<PostLine>, Problem> {
        let _ = (source, limit, offset);
        todo!()
    }
    /// The settings.
    pub fn settings(&self) -> Result<Settings, Problem> {
        todo!()
    }
    /// Changes the settings.
    pub fn change_settings(&self, settings: &Settings) -> Result<(), Problem> {
        let _ = settings;
        todo!()
    }
    /// What the library weighs.
    pub fn library(&self) -> Result<LibraryView, Problem> {
        todo!()
    }
    #[doc(hidden)]
    pub fn _unused(_: PostId) {}
}
