//! Takes a digest that was made, gives what it left out and why, and the shorter cut of it; settles what was left out.
//! Never changes the digest: what is put off waits for the next one, what is let go is skipped, and neither is read.

use std::collections::BTreeMap;

use pepites_core::{
    digest::{self, Held, OF_A_SOURCE},
    model::{DigestId, Moment, Phrase, PostId, StoryId},
};
use pepites_store::{LEFT_OUT_KEPT, LeftOutRow, Marks};

use super::views;
use crate::{
    Engine,
    contract::{CutView, LeftOutSum, LeftOutView, MarkReport, MarkView, MarksView, PostLine, Problem},
    lines, settings,
};

impl Engine {
    /// What a digest left out, best first, each with why. A post that the keep rule dropped since is passed over.
    pub fn left_out(&self, id: DigestId, limit: u32, offset: u32) -> Result<Vec<LeftOutView>, Problem> {
        self.store.digest(id)?;
        let left_out = self.store.left_out(id, limit, offset)?;
        let stories: Vec<StoryId> = left_out.iter().map(|row| row.story).collect();
        let tellings = self.store.tellings_of(&stories)?;
        let mut by_post: BTreeMap<PostId, PostLine> =
            tellings.into_iter().map(|telling| (telling.post, lines::of_telling(telling))).collect();
        let mut found = Vec::with_capacity(left_out.len());
        for row in left_out {
            // Not among the tellings when its source is not followed any more.
            let line = match by_post.remove(&row.face) {
                Some(line) => Some(line),
                None => self.line_if_kept(row.face)?,
            };
            found.extend(line.map(|line| LeftOutView { line, why: why(&row) }));
        }
        self.mark_lines(&mut found.iter_mut().map(|out| &mut out.line).collect::<Vec<_>>())?;
        Ok(found)
    }

    /// Which limits left out how much of a digest, the one that left out most first.
    pub fn left_out_why(&self, id: DigestId) -> Result<LeftOutSum, Problem> {
        let line = views::line(&self.store.digest(id)?.line)?;
        let mut counts: BTreeMap<&'static str, u32> = BTreeMap::new();
        for (why, count) in self.store.left_out_whys(id)? {
            let key = why.and_then(|why| serde_json::from_str::<Phrase>(&why).ok()).and_then(|why| limit(&why.key));
            // Of a digest of before reasons were kept nothing is known.
            if let Some(key) = key {
                *counts.entry(key).or_default() += count;
            }
        }
        let known: u32 = counts.values().sum();
        let mut counts: Vec<(&str, u32)> = counts.into_iter().collect();
        counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
        // All are counted, and of the best alone it is kept why.
        let rest = line.left_out.saturating_sub(known);
        if rest > 0 && known > 0 {
            counts.push(("left_out.sum.rest", rest));
        }
        let said = |(key, count): (&str, u32)| Phrase::new(key).with("count", count).with("share", OF_A_SOURCE);
        Ok(LeftOutSum { limits: counts.into_iter().map(said).collect(), line })
    }

    /// Marks all that a digest left out and that is neither read nor settled yet: let go, or put off. With `on` false,
    /// takes back what was so marked last, all at once.
    pub fn settle_left_out(&self, id: DigestId, mark: MarkView, on: bool) -> Result<MarkReport, Problem> {
        self.store.digest(id)?;
        let most = u32::try_from(LEFT_OUT_KEPT).unwrap_or(u32::MAX);
        let faces: Vec<PostId> = self.store.left_out(id, most, 0)?.into_iter().map(|row| row.face).collect();
        let marks = self.store.marks(&faces)?;
        let since = |marks: &Marks| match mark {
            MarkView::Read => marks.read,
            MarkView::Starred => marks.starred,
            MarkView::Skipped => marks.skipped,
            MarkView::PutOff => marks.put_off,
            MarkView::Relay => marks.relay,
        };
        let last: Option<Moment> = marks.iter().filter_map(since).max();
        let wanted = |marks: &Marks| match on {
            true => [marks.read, marks.skipped, marks.put_off, marks.relay].iter().all(Option::is_none),
            false => last.is_some() && since(marks) == last,
        };
        let named: Vec<PostId> =
            faces.iter().zip(&marks).filter(|(_, marks)| wanted(marks)).map(|(face, _)| *face).collect();
        self.mark_in_bulk(&named, mark, on)
    }

    /// The shorter cut of a digest for who has so many minutes: of what is in it and neither read, skipped nor put
    /// off, by the ranks that it was made with. Nothing is ranked anew, and nothing is asked for.
    pub fn cut(&self, id: DigestId, minutes: u32) -> Result<CutView, Problem> {
        settings::check_minutes(minutes)?;
        let view = self.digest(id)?;
        let waits = |marks: &MarksView| !marks.read && !marks.skipped && !marks.relay && !marks.put_off;
        let left: Vec<_> = view.entries.iter().filter(|entry| waits(&entry.face.marks)).collect();
        let held: Vec<Held> =
            left.iter().map(|entry| Held { seconds: entry.seconds, rank: entry.rank, nugget: entry.nugget }).collect();
        let chosen: Vec<_> = digest::cut(&held, minutes).into_iter().filter_map(|place| left.get(place)).collect();
        let seconds = chosen.iter().fold(0_u32, |sum, entry| sum.saturating_add(entry.seconds));
        Ok(CutView { stories: chosen.iter().map(|entry| entry.story).collect(), minutes: seconds.div_ceil(60) })
    }
}

/// The sum of a reason for one story.
fn limit(key: &str) -> Option<&'static str> {
    match key {
        "left_out.source" => Some("left_out.sum.source"),
        "left_out.room" => Some("left_out.sum.room"),
        "left_out.too_long" => Some("left_out.sum.too_long"),
        "left_out.no_gap" => Some("left_out.sum.no_gap"),
        "left_out.alike" => Some("left_out.sum.alike"),
        _ => None,
    }
}

/// Why it was left out; None for one of a time when that was not kept, or of a version that said it otherwise.
fn why(row: &LeftOutRow) -> Option<Phrase> {
    row.why.as_deref().and_then(|why| serde_json::from_str(why).ok())
}

#[cfg(test)]
mod tests;
