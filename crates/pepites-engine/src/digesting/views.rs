//! Takes digests as they are made and kept, gives them as they are shown: each entry as it was, its marks as they are.
//! Never recomputes an entry that was kept.

use pepites_core::{
    digest::{Budget, Candidate, Chosen},
    model::{Phrase, PostId},
    score::{Part, Rank},
};
use pepites_store::{DigestLine, EntryRow, KeptDigest, TellingLine};
use serde::Serialize;

use super::{Filled, Making, Searches, fault};
use crate::{
    Engine,
    contract::{DigestLineView, DigestView, EntryView, PostLine, Problem},
    lines,
};

/// Reasons shown with a story: the parts say the rest.
const MOST_REASONS: usize = 3;

impl Engine {
    /// A digest as it was made, with its marks as they are now.
    pub(super) fn digest_view(&self, kept: &KeptDigest) -> Result<DigestView, Problem> {
        let mut entries: Vec<EntryView> = kept.entries.iter().filter_map(snapshot).collect();
        self.leave_out_parted(&mut entries)?;
        let mut shown: Vec<&mut PostLine> =
            entries.iter_mut().flat_map(|entry| [&mut entry.face].into_iter().chain(&mut entry.relays)).collect();
        self.mark_lines(&mut shown)?;
        let arrived_since = self.store.arrived_after(kept.line.seen)?;
        let older_unread = self.store.older_unread(kept.line.since, kept.line.seen, Some(kept.line.id))?;
        let left_out = self.store.left_out_unread(kept.line.id)?;
        Ok(DigestView { line: line(&kept.line)?, entries, left_out, arrived_since, older_unread, next: None })
    }

    /// What the reader put apart since is no relay any more; what the library does not have any more was one.
    fn leave_out_parted(&self, entries: &mut [EntryView]) -> Result<(), Problem> {
        let posts: Vec<PostId> = entries
            .iter()
            .flat_map(|entry| std::iter::once(&entry.face).chain(&entry.relays))
            .map(|line| line.post)
            .collect();
        let stories = self.store.stories_of(&posts)?;
        for entry in entries.iter_mut() {
            let Some(own) = stories.get(&entry.face.post) else { continue };
            entry.relays.retain(|line| stories.get(&line.post).is_none_or(|story| story == own));
        }
        Ok(())
    }

    /// The digest that would be made of nothing, or of nothing that fits: shown with what it left out, but not kept,
    /// so that it does not stand for the day and nothing in it is over for the next.
    pub(super) fn nothing(&self, making: &Making, filled: &Filled) -> Result<DigestView, Problem> {
        let older_unread = self.store.older_unread(filled.opening.since, filled.seen, None)?;
        let line = line_of_nothing(making, filled);
        Ok(DigestView {
            left_out: line.left_out,
            line,
            entries: Vec::new(),
            arrived_since: 0,
            older_unread,
            next: None,
        })
    }
}

/// An entry as it was made. One that cannot be read any more does not take the rest of the digest with it.
/// What `EntryView` gains later needs a serde default: digests of years are read by it.
pub(super) fn snapshot(row: &EntryRow) -> Option<EntryView> {
    serde_json::from_str(&row.snapshot)
        .inspect_err(|error| tracing::warn!(story = row.story.0, %error, "an entry of a digest cannot be read"))
        .ok()
}

/// A digest in a list.
pub(super) fn line(line: &DigestLine) -> Result<DigestLineView, Problem> {
    Ok(DigestLineView {
        id: Some(line.id),
        day: line.day.clone(),
        edition: line.edition,
        made: line.made,
        since: line.since,
        budget: budget_of(line)?,
        stories: line.stories,
        nuggets: line.nuggets,
        minutes: line.seconds.div_ceil(60),
        left_out: line.left_out,
        away: line.away,
        posts: line.posts,
        muted: line.muted,
    })
}

fn line_of_nothing(making: &Making, filled: &Filled) -> DigestLineView {
    DigestLineView {
        id: None,
        day: making.day.clone(),
        edition: making.latest.as_ref().map_or(1, |line| line.edition.saturating_add(1)),
        made: making.now,
        since: filled.opening.since,
        budget: making.budget,
        stories: 0,
        nuggets: 0,
        minutes: 0,
        left_out: u32::try_from(filled.choice.left_out.len()).unwrap_or(u32::MAX),
        away: filled.absence.map_or(0, |absence| absence.days),
        posts: filled.absence.map_or(0, |absence| absence.posts),
        muted: filled.muted,
    }
}

/// A story that entered, with the `parts` of its rank and their reasons, and `tellings` of it (oldest first); None when its
/// face is not among them.
pub(super) fn entry(
    chosen: &Chosen,
    candidate: &Candidate,
    parts: Vec<Part>,
    tellings: Vec<TellingLine>,
    searches: &Searches,
) -> Option<EntryView> {
    let (face, relays): (Vec<TellingLine>, Vec<TellingLine>) =
        tellings.into_iter().partition(|telling| telling.post == candidate.facts.face);
    let rank = Rank { parts, ..candidate.rank.clone() };
    Some(EntryView {
        story: chosen.story,
        section: chosen.section,
        search: chosen.search.and_then(|place| searches.names.get(place).cloned()),
        face: lines::of_telling(face.into_iter().next()?),
        relays: relays.into_iter().map(lines::of_telling).collect(),
        rank: rank.total,
        nugget: rank.nugget,
        reasons: reasons(candidate, &rank),
        parts: rank.parts,
        seconds: chosen.seconds,
        news: None,
        listening: candidate.listening,
        unmeasured: candidate.unmeasured,
    })
}

/// Why it is here, strongest first: that the reader asked for it is stronger than any rank.
fn reasons(candidate: &Candidate, rank: &Rank) -> Vec<Phrase> {
    let asked = candidate.put_off.then(|| match candidate.facts.asked.always.as_slice() {
        [] => Phrase::new("reason.put_off"),
        always => Phrase::new("reason.always").with("names", always.join(", ")),
    });
    let mut reasons: Vec<Phrase> = asked.into_iter().chain(rank.reasons(MOST_REASONS)).collect();
    reasons.truncate(MOST_REASONS);
    reasons
}

/// An entry as it is kept.
pub(super) fn row(entry: &EntryView) -> Result<EntryRow, Problem> {
    let posts: Vec<PostId> = [&entry.face].into_iter().chain(&entry.relays).map(|line| line.post).collect();
    Ok(EntryRow { story: entry.story, face: entry.face.post, posts, nugget: entry.nugget, snapshot: to_json(entry)? })
}

pub(super) fn budget_of(line: &DigestLine) -> Result<Budget, Problem> {
    serde_json::from_str(&line.budget).map_err(|error| fault(&error))
}

pub(super) fn to_json<T: Serialize>(value: &T) -> Result<String, Problem> {
    serde_json::to_string(value).map_err(|error| fault(&error))
}
