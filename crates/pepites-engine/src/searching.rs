//! Takes words, gives the posts that hold them.
//! Never fails on odd words: what is not a query is searched as words.

use crate::{
    Engine,
    contract::{HitView, Problem},
    lines,
};

impl Engine {
    /// Posts that hold all of `words`, best first.
    pub fn search(&self, words: &str, limit: u32, offset: u32) -> Result<Vec<HitView>, Problem> {
        Ok(self.store.search(words, limit, offset)?.into_iter().map(lines::of_hit).collect())
    }

    /// How many posts [`Engine::search`] has for these words.
    pub fn hits(&self, words: &str) -> Result<u32, Problem> {
        Ok(self.store.hits(words)?)
    }
}

#[cfg(test)]
mod tests {
    use crate::fixture::Library;

    #[test]
    fn a_hit_shows_its_title_its_source_and_the_words_around() {
        let library = Library::new();
        let ana = library.follow("ana");
        library.bring_many(ana, "ana", 3);
        library.bring(ana, vec![library.item("ana", "Whale seen near lighthouse", 1)]);
        let [hit] = library.engine.search("whale", 10, 0).unwrap().try_into().unwrap();
        assert_eq!((hit.line.title.as_str(), hit.line.source_title.as_str()), ("Whale seen near lighthouse", "ana"));
        let boats = library.engine.search("boat", 2, 2).unwrap();
        assert_eq!(boats.len(), 2);
        let all = library.engine.search("boat", 99, 0).unwrap();
        assert!(all.len() > 2 && library.engine.hits("boat").unwrap() as usize == all.len());
        library.engine.unfollow(ana).unwrap();
        assert_eq!(library.engine.hits("boat").unwrap(), 0, "as the search has it");
        library.engine.follow_again(ana).unwrap();
        assert!(boats.iter().all(|hit| hit.snippet.contains("\u{e000}boat")), "{boats:?}");
        assert_eq!(library.engine.search("albatross", 10, 0).unwrap(), []);
    }
}
