//! Takes the order that the reader gives their folders, and the folders that they made by hand; keeps them, gives them back.
//! Never forgets a place because its folder is empty for a while.

use pepites_core::model::FolderOrder;

use crate::{Engine, contract::Problem};

/// What it is called among the settings.
const NAME: &str = "folder_order";
/// Folders that stay when nothing is in them.
const MADE: &str = "folders_made";
/// More folders than anybody sorts by hand: what is longer is cut, so that no list grows without end.
const MOST: usize = 5_000;

impl Engine {
    /// The folders that the reader put into an order of their own, each as its path, in that order.
    pub fn folder_order(&self) -> Result<Vec<Vec<String>>, Problem> {
        self.paths(NAME)
    }

    /// Keeps an order of folders in place of the one that was; none is the order of their names.
    pub fn order_folders(&self, paths: &[Vec<String>]) -> Result<(), Problem> {
        self.keep_paths(NAME, paths)
    }

    /// The folders that the reader made by hand, each as its path: they stay while nothing is in them.
    pub fn made_folders(&self) -> Result<Vec<Vec<String>>, Problem> {
        self.paths(MADE)
    }

    /// Keeps the folders that the reader made in place of those that they had made.
    pub fn make_folders(&self, paths: &[Vec<String>]) -> Result<(), Problem> {
        self.keep_paths(MADE, paths)
    }

    fn paths(&self, name: &str) -> Result<Vec<Vec<String>>, Problem> {
        let kept = self.store.setting(name)?;
        Ok(kept.and_then(|json| serde_json::from_str(&json).ok()).unwrap_or_default())
    }

    fn keep_paths(&self, name: &str, paths: &[Vec<String>]) -> Result<(), Problem> {
        let mut kept: Vec<&Vec<String>> = Vec::new();
        let mut seen = std::collections::BTreeSet::new();
        kept.extend(paths.iter().filter(|path| !path.is_empty() && seen.insert(*path)).take(MOST));
        Ok(self.store.set_setting(name, &serde_json::to_string(&kept).map_err(Problem::fault)?)?)
    }

    /// The same, as folders are compared by it.
    pub fn compares_folders(&self) -> Result<FolderOrder, Problem> {
        Ok(FolderOrder::new(self.folder_order()?))
    }
}

#[cfg(test)]
mod tests {
    use crate::fixture::Library;

    fn paths(typed: &[&str]) -> Vec<Vec<String>> {
        typed.iter().map(|path| path.split('/').filter(|name| !name.is_empty()).map(str::to_owned).collect()).collect()
    }

    #[test]
    fn an_order_of_folders_is_kept_taken_back_and_obeyed_by_an_export() {
        let library = Library::new();
        let (ana, ben, cid) = (library.follow("ana"), library.follow("ben"), library.follow("cid"));
        for (source, folder) in [(ana, "Air"), (ben, "Work/Rust"), (cid, "Work")] {
            library.engine.move_to(source, &paths(&[folder])).unwrap();
        }
        let exported = || {
            let opml = library.engine.export().unwrap();
            let at = |name: &str| opml.find(&format!("title=\"{name}\"")).unwrap();
            (at("Air") < at("Work"), at("cid") < at("Rust"), at("Rust") < at("ben"))
        };
        assert_eq!(exported(), (true, true, true));
        library.engine.order_folders(&paths(&["Work", "", "Air", "Work"])).unwrap();
        assert_eq!(library.engine.folder_order().unwrap(), paths(&["Work", "Air"]));
        assert_eq!(exported(), (false, true, true));
        library.engine.order_folders(&[]).unwrap();
        assert_eq!(exported(), (true, true, true));
    }

    #[test]
    fn a_folder_that_the_reader_made_stays_while_nothing_is_in_it() {
        let library = Library::new();
        library.engine.make_folders(&paths(&["Work", "", "Work/Rust", "Work"])).unwrap();
        assert_eq!(library.engine.made_folders().unwrap(), paths(&["Work", "Work/Rust"]));
        assert_eq!(library.engine.folder_order().unwrap(), paths(&[]), "it has no place of its own");
        library.engine.make_folders(&[]).unwrap();
        assert_eq!(library.engine.made_folders().unwrap(), paths(&[]));
    }
}
