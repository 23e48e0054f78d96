//! Takes commands on sources, gives them as they are shown, with what they hold.
//! Never drops a post: a source that is left can be followed again, with its marks.

use std::{
    borrow::Cow,
    collections::{BTreeMap, BTreeSet},
};

use pepites_core::{
    model::{Folder, Phrase, Source, SourceId},
    sources::account::Account,
    text::secret::{has_password, masked},
};
use pepites_store::SourceCounts;
use url::Url;

use crate::{
    Engine,
    accounts::needs,
    contract::{LibraryView, MoveAsk, PostLine, Problem, SourceView},
    pictures,
    refresh::plan::{holds, host_of},
};

impl Engine {
    /// Every followed source.
    pub fn sources(&self) -> Result<Vec<SourceView>, Problem> {
        let counts: BTreeMap<SourceId, SourceCounts> =
            self.store.source_counts((self.clock.now)())?.into_iter().collect();
        let count = |source: &Source| counts.get(&source.id).copied().unwrap_or_default();
        let sources = self.store.sources()?;
        let signed_in: BTreeSet<Account> =
            self.store.accounts()?.into_iter().map(|kept| Account { server: kept.server, user: kept.user }).collect();
        // Said at once, and not only when it is asked again.
        let without = |source: Source| match Account::of(&source.address) {
            Some(account) if !signed_in.contains(&account) => {
                Source { trouble: Some(needs(&account, false)), ..source }
            }
            _ => source,
        };
        // A host that asked to be left alone is left alone for all of its sources, and each says until when.
        let holds = holds(&sources, self.now());
        let held = |source: Source| {
            let until = holds.get(&host_of(&source)).copied();
            let next_visit = source.next_visit.max(until);
            // Its own time would have come before.
            let later = next_visit != source.next_visit;
            let next_why = if later { Some(Phrase::new("next.held")) } else { source.next_why.clone() };
            Source { hold_until: source.hold_until.max(until), next_visit, next_why, ..source }
        };
        let unlimited = self.store.unlimited()?;
        let shown = |source: Source| {
            let view = view(count(&source), held(without(source)));
            SourceView { unlimited: unlimited.contains(&view.id), ..view }
        };
        Ok(sources.into_iter().map(shown).collect())
    }

    /// Whether a source may bring more than its share into a digest.
    pub fn set_unlimited(&self, source: SourceId, on: bool) -> Result<(), Problem> {
        Ok(self.store.set_unlimited(source, on, (self.clock.now)())?)
    }

    /// Renames a source; None, or a name of blanks, gives its own title back.
    pub fn rename(&self, source: SourceId, name: Option<&str>) -> Result<(), Problem> {
        let name = name.map(str::trim).filter(|name| !name.is_empty());
        Ok(self.store.rename_source(source, name, (self.clock.now)())?)
    }

    /// Puts a source into exactly these folders; none is the top level.
    pub fn move_to(&self, source: SourceId, folders: &[Vec<String>]) -> Result<(), Problem> {
        Ok(self.store.move_source(source, &tidied(folders), (self.clock.now)())?)
    }

    /// Puts each source into exactly its folders: all of them, or none.
    pub fn move_many(&self, moves: &[MoveAsk]) -> Result<(), Problem> {
        let moves: Vec<_> = moves.iter().map(|ask| (ask.source, tidied(&ask.folders))).collect();
        Ok(self.store.move_sources(&moves, (self.clock.now)())?)
    }

    /// Stops following all of these, or none; undone by [`Engine::follow_many_again`].
    pub fn unfollow_many(&self, sources: &[SourceId]) -> Result<(), Problem> {
        Ok(self.store.unfollow_many(sources, (self.clock.now)())?)
    }

    /// Undoes [`Engine::unfollow_many`].
    pub fn follow_many_again(&self, sources: &[SourceId]) -> Result<(), Problem> {
        Ok(self.store.follow_many_again(sources, (self.clock.now)())?)
    }

    /// Stops following; undone by [`Engine::follow_again`].
    pub fn unfollow(&self, source: SourceId) -> Result<(), Problem> {
        Ok(self.store.unfollow(source, (self.clock.now)())?)
    }

    /// Undoes [`Engine::unfollow`].
    pub fn follow_again(&self, source: SourceId) -> Result<(), Problem> {
        Ok(self.store.follow_again(source, (self.clock.now)())?)
    }

    /// Posts of a source, newest first.
    pub fn posts_of(&self, source: SourceId, limit: u32, offset: u32) -> Result<Vec<PostLine>, Problem> {
        // Asked first: an unknown source is a mistake, not an empty list.
        self.store.source(source)?;
        self.lines_of(&self.store.posts_of(source, limit, offset)?)
    }

    /// Posts of a source that are neither read nor skipped, newest first.
    pub fn unread_of(&self, source: SourceId, limit: u32, offset: u32) -> Result<Vec<PostLine>, Problem> {
        self.store.source(source)?;
        self.lines_of(&self.store.unread_of(source, limit, offset)?)
    }

    /// Posts of every followed source that are neither read nor skipped, newest first.
    pub fn unread(&self, limit: u32, offset: u32) -> Result<Vec<PostLine>, Problem> {
        self.lines_of(&self.store.unread(limit, offset)?)
    }

    /// What the library weighs.
    pub fn library(&self) -> Result<LibraryView, Problem> {
        let size = self.store.size()?;
        Ok(LibraryView {
            folder: self.place.folder.display().to_string(),
            bytes: size.bytes,
            posts: size.posts,
            sources: size.sources,
            starred: size.starred,
            pictures: pictures::kept_bytes(&self.place),
        })
    }
}

/// Without what is kept beside sources.
fn view(counts: SourceCounts, source: Source) -> SourceView {
    let (next_why, icon) = (next_why(&source), icon(&source));
    SourceView {
        next_why,
        icon,
        id: source.id,
        title: masked(source.shown()).into_owned(),
        name: source.name,
        kind: source.address.kind,
        address: masked(&source.address.locator).into_owned(),
        site: source.site.as_deref().map(masked).map(Cow::into_owned),
        portrait: source.portrait,
        folders: source.folders.into_iter().map(|Folder(path)| path).collect(),
        posts: counts.posts,
        unread: counts.unread,
        starred: counts.starred,
        posts_30d: counts.posts_30d,
        visited: source.visited,
        unreached: source.unreached,
        last_new: source.last_new,
        next_visit: source.next_visit,
        hold_until: source.hold_until,
        full_text: source.full_text,
        unlimited: false,
        gone: source.gone,
        failures: source.failures,
        trouble: source.trouble,
        login: source.login,
        preferred: source.preferred,
        mode: source.mode,
    }
}

/// Its own small picture: the face of whose posts they are, what its feed names; else where browsers look for that of its
/// site.
fn icon(source: &Source) -> Option<String> {
    let site = || Url::parse(source.site.as_deref().unwrap_or(&source.address.locator)).ok()?.join("/favicon.ico").ok();
    source
        .portrait
        .clone()
        .or_else(|| source.icon.clone())
        .or_else(|| site().map(String::from))
        .filter(|icon| !has_password(icon))
}

/// Why the next visit of a source is when it is, or why there is none.
fn next_why(source: &Source) -> Phrase {
    match &source.next_why {
        _ if source.gone => Phrase::new("next.gone"),
        Some(why) if source.next_visit.is_some() => why.clone(),
        _ => Phrase::new("next.new"),
    }
}

/// Folders as typed by a person: names without blanks around them, no nameless folder, none twice.
fn tidied(folders: &[Vec<String>]) -> Vec<Folder> {
    let mut tidied: Vec<Folder> = Vec::new();
    for path in folders {
        let names = path.iter().map(|name| name.trim().to_owned()).filter(|name| !name.is_empty());
        let folder = Folder(names.collect());
        if !folder.0.is_empty() && !tidied.contains(&folder) {
            tidied.push(folder);
        }
    }
    tidied
}

#[cfg(test)]
mod tests {
    use pepites_core::model::Moment;

    use super::*;
    use crate::{
        contract::{Code, MarkView},
        fixture::Library,
    };

    #[test]
    fn folders_have_names_and_stand_once() {
        let check = |typed: &[&[&str]], expected: &[&[&str]]| {
            let paths = |paths: &[&[&str]]| -> Vec<Vec<String>> {
                paths.iter().map(|path| path.iter().map(|&name| name.to_owned()).collect()).collect()
            };
            let folders: Vec<Folder> = paths(expected).into_iter().map(Folder).collect();
            assert_eq!(tidied(&paths(typed)), folders, "{typed:?}");
        };
        check(&[&["News", "Sea "]], &[&["News", "Sea"]]);
        check(&[&["News"], &[" News"]], &[&["News"]]);
        check(&[&["", " "], &[]], &[]);
        check(&[&["News", "", "Sea"]], &[&["News", "Sea"]]);
    }

    #[test]
    fn a_source_shows_what_it_holds_under_the_name_that_the_reader_gave_it() {
        let library = Library::new();
        let ana = library.follow("ana");
        library.bring_many(ana, "ana", 3);
        let posts = library.posts(ana);
        library.engine.open_post(posts[0]).unwrap();
        library.engine.mark(&posts[1..2], MarkView::Starred, true).unwrap();
        library.engine.rename(ana, Some("  Ana of the harbour ")).unwrap();
        library.engine.move_to(ana, &[vec!["Sea".to_owned(), "North".to_owned()]]).unwrap();
        let [source] = library.engine.sources().unwrap().try_into().unwrap();
        assert_eq!((source.posts, source.unread, source.starred, source.posts_30d), (3, 2, 1, 3));
        assert_eq!((source.title.as_str(), source.folders.len()), ("Ana of the harbour", 1));
        let lines = library.engine.posts_of(ana, 2, 0).unwrap();
        assert_eq!(lines.iter().map(|line| line.post).collect::<Vec<_>>(), posts[..2]);
        assert!(lines[0].marks.read && lines[0].source_title == "Ana of the harbour");
        let unread = |lines: Vec<PostLine>| lines.iter().map(|line| line.post).collect::<Vec<_>>();
        assert_eq!(unread(library.engine.unread_of(ana, 9, 0).unwrap()), posts[1..]);
        assert_eq!(unread(library.engine.unread(9, 1).unwrap()), posts[2..]);
        library.engine.rename(ana, Some(" ")).unwrap();
        assert_eq!(library.engine.sources().unwrap()[0].title, "ana");
        assert_eq!(library.engine.library().unwrap().posts, 3);
        assert_eq!(library.engine.posts_of(SourceId(999), 1, 0).unwrap_err().code, Code::Missing);
    }

    #[test]
    fn a_source_says_why_it_will_be_asked_when_it_will() {
        let fresh = Source::unvisited(pepites_core::sources::recognise("https://a.example/feed").unwrap(), Moment(0));
        let why = Some(Phrase::new("next.rhythm"));
        let known = Source { next_visit: Some(Moment(9)), next_why: why, ..fresh.clone() };
        let again = Source { next_visit: None, ..known.clone() };
        let gone = Source { gone: true, ..known.clone() };
        for (source, key) in [(fresh, "next.new"), (known, "next.rhythm"), (again, "next.new"), (gone, "next.gone")] {
            assert_eq!(next_why(&source).key, key);
        }
    }

    #[test]
    fn a_source_that_is_left_comes_back_with_its_marks() {
        let library = Library::new();
        let ana = library.follow("ana");
        library.bring_many(ana, "ana", 2);
        library.engine.mark(&library.posts(ana), MarkView::Read, true).unwrap();
        library.bring(ana, vec![library.item("ana", "Tide", 1)]);
        assert_eq!(library.engine.unread(9, 0).unwrap().len(), 1);
        library.engine.unfollow(ana).unwrap();
        assert_eq!(library.engine.sources().unwrap(), []);
        assert_eq!(library.engine.unread(9, 0).unwrap(), [], "who left a source is not shown it");
        library.engine.follow_again(ana).unwrap();
        let [source] = library.engine.sources().unwrap().try_into().unwrap();
        assert_eq!((source.posts, source.unread), (3, 1));
    }
}
