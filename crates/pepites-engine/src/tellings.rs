//! Takes a post, gives its story as a reader sees it: who tells it, what each adds, what it goes on with.
//! Never changes a story: `verdicts` does, on the reader's word.

use std::collections::{BTreeMap, BTreeSet};

use pepites_core::{
    model::{Moment, Phrase, PostId, StoryId},
    stories::{self, Added, Frequencies, Text},
};
use pepites_store::TellingLine;

use crate::{
    Engine,
    contract::{EntryView, PostLine, Problem, StoryView, TellingView},
    lines,
};

/// Tellings whose texts are compared, beside the face: the first ones, which say what the story is, and the latest, which
/// say what is new in it. What lies between is listed all the same.
const FIRST: usize = 12;
const LATEST: usize = 28;

/// Readings of one sitting are one: who goes from telling to telling has not seen any of them before.
const SITTING: i64 = 30 * Moment::MINUTE;

/// Words that "new: …" names.
const NAMED: usize = 3;

impl Engine {
    /// The story of a post.
    pub fn story(&self, post: PostId) -> Result<StoryView, Problem> {
        let own = self.line_of(post)?;
        let Some(story) = self.store.stories_of(&[post])?.get(&post).copied() else {
            return Ok(alone(own));
        };
        let tellings = self.store.tellings_of(&[story])?;
        let Some(face) = self.store.face(story)? else { return Ok(alone(own)) };
        let seen_since = self.store.seen_since(story, self.now().plus(-SITTING))?;
        let added = self.added(&tellings, face)?;
        let mut views = classes(tellings, face, &added, seen_since);
        let mut shown: Vec<&mut PostLine> =
            views.iter_mut().flat_map(|view| std::iter::once(&mut view.line).chain(&mut view.also)).collect();
        self.mark_lines(&mut shown)?;
        for view in &mut views {
            view.is_new &= !view.line.marks.read;
        }
        let (earlier, later) = self.store.course(story)?;
        Ok(StoryView { face, tellings: views, earlier: self.faces(&earlier)?, later: self.faces(&later)? })
    }

    /// Prefers a source, or no longer: of a story that several tell, its telling is the one shown.
    pub fn set_preferred(&self, source: pepites_core::model::SourceId, on: bool) -> Result<(), Problem> {
        Ok(self.store.set_preferred(source, on, self.now())?)
    }

    /// Says of each entry that is shown again, though its story was read, what is new in it.
    pub(crate) fn tell_news(&self, entries: &mut [EntryView]) -> Result<(), Problem> {
        let faces: Vec<PostId> = entries.iter().map(|entry| entry.face.post).collect();
        let news = self.store.news_among(&faces)?;
        for entry in entries.iter_mut().filter(|entry| news.contains(&entry.face.post)) {
            let face = entry.face.post;
            let tellings = self.told_before(entry.story, face)?;
            let mut before = compared(&tellings, face);
            before.retain(|telling| telling.post != face);
            let words = match tellings.iter().find(|telling| telling.post == face) {
                Some(face) => self.added_to(face, &before)?.map(|added| added.words).unwrap_or_default(),
                None => Vec::new(),
            };
            // That it adds much was told by its title; a change of mind of the text's is no reason to say nothing.
            entry.news = Some(match words.is_empty() {
                true => Phrase::new("story.news"),
                false => {
                    let named: Vec<String> = words.into_iter().take(NAMED).collect();
                    Phrase::new("story.news_words").with("words", named.join(", "))
                }
            });
        }
        Ok(())
    }

    /// The tellings up to `post`, without what else is news: of news that two bring, each says what is new.
    fn told_before(&self, story: StoryId, post: PostId) -> Result<Vec<TellingLine>, Problem> {
        let mut tellings = self.store.tellings_of(&[story])?;
        tellings.truncate(tellings.iter().take_while(|telling| telling.post != post).count() + 1);
        let posts: Vec<PostId> = tellings.iter().map(|telling| telling.post).collect();
        let mut news = self.store.news_among(&posts)?;
        for (post, marks) in posts.iter().zip(self.store.marks(&posts)?) {
            if marks.read.is_some() {
                news.remove(post);
            }
        }
        tellings.retain(|telling| telling.post == post || !news.contains(&telling.post));
        Ok(tellings)
    }

    /// What each telling adds to the face and to those before it.
    fn added(&self, tellings: &[TellingLine], face: PostId) -> Result<BTreeMap<PostId, Added>, Problem> {
        let compared = compared(tellings, face);
        if compared.len() < 2 {
            return Ok(BTreeMap::new());
        }
        let (texts, frequencies) = self.texts(&compared)?;
        let names: Vec<&str> = compared.iter().map(|telling| telling.source_title.as_str()).collect();
        let mut added = BTreeMap::new();
        let of_face = texts.get(&face);
        let mut before: Vec<&Text> = of_face.into_iter().collect();
        for telling in compared.iter().filter(|telling| telling.post != face) {
            let Some(text) = texts.get(&telling.post) else { continue };
            added.extend(stories::adds(text, &before, &names, &frequencies).map(|added| (telling.post, added)));
            before.push(text);
        }
        Ok(added)
    }

    fn added_to(&self, telling: &TellingLine, before: &[&TellingLine]) -> Result<Option<Added>, Problem> {
        let all: Vec<&TellingLine> = before.iter().copied().chain([telling]).collect();
        let (texts, frequencies) = self.texts(&all)?;
        let before: Vec<&Text> = before.iter().filter_map(|before| texts.get(&before.post)).collect();
        let names: Vec<&str> = all.iter().map(|telling| telling.source_title.as_str()).collect();
        Ok(texts.get(&telling.post).and_then(|text| stories::adds(text, &before, &names, &frequencies)))
    }

    /// The texts of these tellings, and how common each of their words is.
    fn texts(&self, tellings: &[&TellingLine]) -> Result<(BTreeMap<PostId, Text>, Frequencies), Problem> {
        let posts: Vec<PostId> = tellings.iter().map(|telling| telling.post).collect();
        let mut bodies = self.store.texts(&posts)?;
        let texts: BTreeMap<PostId, Text> = tellings
            .iter()
            .map(|telling| {
                // The title of a note is made of its first words, which its text has.
                let title = if telling.untitled { String::new() } else { telling.title.clone() };
                let text = bodies.remove(&telling.post).unwrap_or_default();
                (telling.post, Text { title, text, language: telling.language.clone() })
            })
            .collect();
        let words: BTreeSet<u32> = texts.values().flat_map(stories::text_hashes).collect();
        Ok((texts, self.store.frequencies(words)?))
    }

    /// The line of the telling that stands for each of these stories.
    fn faces(&self, stories: &[StoryId]) -> Result<Vec<PostLine>, Problem> {
        let mut faces = Vec::with_capacity(stories.len());
        for story in stories {
            if let Some(face) = self.store.face(*story)? {
                faces.extend(self.line_if_kept(face)?);
            }
        }
        Ok(faces)
    }

    fn line_of(&self, post: PostId) -> Result<PostLine, Problem> {
        let missing = || pepites_store::StoreError::Missing { noun: "post", id: post.to_string() };
        Ok(self.line_if_kept(post)?.ok_or_else(missing)?)
    }
}

/// A post that waits for its story, or whose source is not followed any more.
fn alone(line: PostLine) -> StoryView {
    let face = line.post;
    let telling = TellingView { line, also: Vec::new(), adds: None, is_new: false };
    StoryView { face, tellings: vec![telling], earlier: Vec::new(), later: Vec::new() }
}

/// The tellings, each text once: under the face where it has that text, else under the first that had it.
fn classes(
    tellings: Vec<TellingLine>,
    face: PostId,
    added: &BTreeMap<PostId, Added>,
    seen_since: Option<Moment>,
) -> Vec<TellingView> {
    let mut heads_of: BTreeMap<PostId, PostId> = BTreeMap::new();
    for telling in &tellings {
        // The original may be elsewhere, or of a source that is not followed any more: the first copy stands for it.
        heads_of.entry(text_of(telling)).or_insert(telling.post);
        if telling.copy_of.is_none() || telling.post == face {
            heads_of.insert(text_of(telling), telling.post);
        }
    }
    if let Some(of_face) = tellings.iter().find(|telling| telling.post == face) {
        heads_of.insert(text_of(of_face), face);
    }
    let mut also: BTreeMap<PostId, Vec<PostLine>> = BTreeMap::new();
    let mut heads = Vec::new();
    for telling in tellings {
        let head = heads_of.get(&text_of(&telling)).copied().unwrap_or(telling.post);
        if head == telling.post {
            heads.push(telling);
        } else {
            also.entry(head).or_default().push(lines::of_telling(telling));
        }
    }
    let view = |telling: TellingLine| {
        let adds = added.get(&telling.post).map(|added| added.passage.clone());
        let since = seen_since.is_some_and(|since| telling.arrived > since);
        let also = also.remove(&telling.post).unwrap_or_default();
        TellingView { is_new: since && adds.is_some(), also, adds, line: lines::of_telling(telling) }
    };
    heads.into_iter().map(view).collect()
}

/// The post that had a telling's text first.
fn text_of(telling: &TellingLine) -> PostId {
    telling.copy_of.unwrap_or(telling.post)
}

/// The tellings whose texts are compared, each once, oldest first: the face is among them.
fn compared(tellings: &[TellingLine], face: PostId) -> Vec<&TellingLine> {
    let there: BTreeSet<PostId> = tellings.iter().map(|telling| telling.post).collect();
    let copies = |telling: &TellingLine| telling.copy_of.is_some_and(|original| there.contains(&original));
    let own: Vec<&TellingLine> = tellings.iter().filter(|telling| telling.post == face || !copies(telling)).collect();
    let latest = own.len().saturating_sub(LATEST);
    let looked_at =
        |(place, telling): &(usize, &TellingLine)| *place < FIRST || *place >= latest || telling.post == face;
    own.into_iter().enumerate().filter(looked_at).map(|(_, telling)| telling).collect()
}

#[cfg(test)]
mod tests;
