//! Takes posts of a microblog as any network has them, gives items: threads joined, passed-on posts as votes, what was
//! taken back known. Never asks anything, and never counts what is quoted among its author's words.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Batch, Item, Moment, Note as Beside, Whole};

mod html;

pub(super) use html::{escaped, paragraphs};

/// Parts of one thread that are joined: beyond, it is a diary.
const MOST_PARTS: usize = 100;

/// Who wrote a note.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Author {
    /// What tells them from everyone on their network.
    pub key: String,
    /// The name they show.
    pub name: String,
    /// `@user@host`, `@name.example.org`.
    pub handle: String,
    /// Their page.
    pub page: String,
    /// A small picture that stands for them.
    pub portrait: Option<String>,
}

impl Author {
    /// `Ada (@ada@social.example)`.
    pub(super) fn shown(&self) -> String {
        if self.name.is_empty() { self.handle.clone() } else { format!("{} ({})", self.name, self.handle) }
    }
}

/// A picture, a film, a recording.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Media {
    /// Its address.
    pub url: String,
    /// What it is.
    pub sort: Sort,
    /// A picture of it, for films.
    pub poster: Option<String>,
    /// What it shows, in words.
    pub alt: Option<String>,
    /// The page that plays the film which a picture stands for.
    pub plays_at: Option<String>,
}

/// What a file shows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Sort {
    #[default]
    Picture,
    Film,
    Sound,
}

/// A link as its network shows it.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Card {
    pub url: String,
    pub title: String,
    pub text: String,
    pub picture: Option<String>,
}

/// One post of a microblog.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Note {
    /// The `id` of its item: what the feed of its profile has as guid.
    pub id: String,
    /// Its page.
    pub link: String,
    pub author: Author,
    /// When it came to this source: when it was written, or passed on.
    pub at: Moment,
    pub edited: Option<Moment>,
    /// Its author's words, as HTML that nobody cleaned.
    pub html: String,
    /// What its author warns of.
    pub warning: Option<String>,
    /// Its pictures are not for everyone.
    pub sensitive: bool,
    pub media: Vec<Media>,
    /// What can be voted for, and the votes.
    pub poll: Vec<(String, Option<u64>)>,
    /// Nobody votes any more.
    pub poll_over: bool,
    pub quote: Option<Box<Note>>,
    pub card: Option<Card>,
    pub tags: Vec<String>,
    pub language: Option<String>,
    /// The `id` of the note that it answers.
    pub answers: Option<String>,
    /// An earlier visit had it.
    pub known: bool,
    /// Who passed it on.
    pub boosted_by: Option<String>,
}

impl Note {
    /// It goes on with what its author wrote themselves.
    fn goes_on<'a>(&self, by_id: &BTreeMap<&str, &'a Self>) -> Option<&'a Self> {
        let before = by_id.get(self.answers.as_deref()?)?;
        (self.boosted_by.is_none() && before.boosted_by.is_none() && before.author.key == self.author.key)
            .then_some(before)
    }
}

/// Puts `notes` into `batch`, newest first, as items. `newest` are those of the first page, which is all that its source
/// has of its time: what is no longer there was taken back, where the page comes down in time. Nothing is said about the time of other pages.
pub(super) fn fill(batch: &mut Batch, notes: Vec<Note>, newest: usize) {
    let page = || notes.iter().take(newest).map(|note| note.at);
    // A page in another order has holes in its time: nothing is known to be taken back.
    let since = page().is_sorted_by(|above, below| above >= below).then(|| page().min()).flatten();
    let notes = distinct(notes);
    let still: Vec<String> = notes.iter().map(|note| note.id.clone()).collect();
    let by_id: BTreeMap<&str, &Note> = notes.iter().map(|note| (note.id.as_str(), note)).collect();
    let mut parts: BTreeMap<&str, Vec<&Note>> = BTreeMap::new();
    let mut heads: Vec<&Note> = Vec::new();
    for note in &notes {
        match head(note, &by_id) {
            // Went on after its beginning was seen: it would come in where nobody looks any more.
            Some(first) if first.known && !note.known => heads.push(note),
            Some(first) => parts.entry(&first.id).or_default().push(note),
            // Its beginning is older than the page: it was joined, or shown, when that was there.
            None if note.known && answers_itself(note, &by_id) => {}
            None => heads.push(note),
        }
    }
    batch.items = heads
        .into_iter()
        .map(|first| {
            let mut thread = parts.remove(first.id.as_str()).unwrap_or_default();
            thread.sort_by_key(|note| (note.at, &note.id));
            thread.truncate(MOST_PARTS);
            thread.insert(0, first);
            item(&thread)
        })
        .collect();
    batch.whole = since.map(|since| Whole { since, still });
}

/// One note once: a person passes their own post on, two pages overlap. What was written comes before what was passed on.
fn distinct(notes: Vec<Note>) -> Vec<Note> {
    let written: BTreeSet<String> =
        notes.iter().filter(|note| note.boosted_by.is_none()).map(|note| note.id.clone()).collect();
    let mut seen = BTreeSet::new();
    let mut kept: Vec<Note> = notes
        .into_iter()
        .filter(|note| (note.boosted_by.is_none() || !written.contains(&note.id)) && seen.insert(note.id.clone()))
        .collect();
    kept.sort_by_key(|note| std::cmp::Reverse(note.at));
    kept
}

/// The note that begins the thread which `note` goes on with; None for one that begins one.
fn head<'a>(note: &'a Note, by_id: &BTreeMap<&str, &'a Note>) -> Option<&'a Note> {
    let mut first = note.goes_on(by_id)?;
    let mut steps = 0;
    while let Some(before) = first.goes_on(by_id) {
        first = before;
        steps += 1;
        // A reply that lies: two notes that answer each other.
        if steps > MOST_PARTS || first.id == note.id {
            return None;
        }
    }
    Some(first)
}

fn answers_itself(note: &Note, by_id: &BTreeMap<&str, &Note>) -> bool {
    note.answers.as_deref().is_some_and(|before| !by_id.contains_key(before))
}

/// A thread, from its beginning, as one item.
fn item(thread: &[&Note]) -> Item {
    let Some((first, later)) = thread.split_first() else { return Item::default() };
    let html: Vec<String> = thread.iter().map(|note| html::body(note)).collect();
    let below: String = thread.iter().map(|note| html::below(note)).collect();
    let mut tags: Vec<String> = Vec::new();
    for tag in thread.iter().flat_map(|note| &note.tags) {
        if !tags.contains(tag) {
            tags.push(tag.clone());
        }
    }
    let pointed = |note: &&Note| {
        let quote = note.quote.iter().map(|quote| quote.link.clone());
        let card = note.card.iter().map(|card| card.url.clone());
        let boosted = note.boosted_by.iter().map(|_| note.link.clone());
        card.chain(quote).chain(boosted).collect::<Vec<_>>()
    };
    Item {
        id: Some(first.id.clone()),
        link: Some(first.link.clone()),
        html: Some(html.join("<hr>")),
        authors: vec![first.author.shown()],
        published: Some(first.at),
        updated: first.edited.max(later.iter().map(|note| note.at).max()),
        tags,
        language: first.language.clone(),
        note: Beside {
            also: later.iter().map(|note| note.id.clone()).collect(),
            below: (!below.is_empty()).then_some(below),
            unfolded: unfolded(thread),
            points_to: thread.iter().flat_map(pointed).collect(),
            boosted_by: first.boosted_by.clone(),
            portrait: first.author.portrait.clone(),
            // What its author hides is folded.
            sensitive: false,
        },
        ..Item::default()
    }
}

/// What is not folded of a thread; None where nothing of it is.
fn unfolded(thread: &[&Note]) -> Option<String> {
    let some = thread.iter().any(|note| html::unfolded(note).is_some());
    let shown = |note: &&Note| html::unfolded(note).unwrap_or_else(|| html::body(note));
    some.then(|| thread.iter().map(shown).collect::<Vec<_>>().join("<hr>"))
}

#[cfg(test)]
mod tests;
