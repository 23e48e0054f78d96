//! Takes labelled posts and the stories that grouping made of them, gives how often a link to an earlier story is right,
//! how many tellings are copies, and how many later ones are said to add much. For the eye, it shows some of each.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::Write,
};

use anyhow::Result;
use pepites_core::{
    model::{Moment, PostId},
    stories::{self, Frequencies, Telling, UNDATED},
};

use super::stories::Line;

/// What is looked at for each story: as a library does.
const WITHIN: usize = stories::MOST_OF_STORY;

/// Writes figures on `posts` (with the story that was found for each, and the true one), and `show` examples of each.
///
/// # Errors
/// When `out` cannot be written.
pub fn check(
    posts: &[(&Line, Telling)],
    found: &[i64],
    truth: &[String],
    frequencies: &Frequencies,
    show: usize,
    out: &mut dyn Write,
) -> Result<()> {
    let tellings: Vec<(i64, &Telling)> = found.iter().copied().zip(posts.iter().map(|(_, telling)| telling)).collect();
    let place: BTreeMap<PostId, usize> =
        posts.iter().enumerate().map(|(at, (_, telling))| (telling.post, at)).collect();
    let mut members: BTreeMap<i64, Vec<usize>> = BTreeMap::new();
    for (at, (story, _)) in tellings.iter().enumerate() {
        members.entry(*story).or_default().push(at);
    }
    let title = |at: usize| posts.get(at).map_or("", |(line, _)| line.title.as_str());
    let is_true = |at: usize| truth.get(at).map_or("", String::as_str);

    let opened: BTreeSet<i64> = members.keys().copied().collect();
    let earlier = stories::earlier(&tellings, &opened, frequencies);
    let (mut right, mut shown) = (0, 0);
    for (story, before) in &earlier {
        let (Some(&own), Some(&its)) = (members.get(story).and_then(|all| all.first()), place.get(before)) else {
            continue;
        };
        let fits = is_true(own) == is_true(its);
        right += usize::from(fits);
        if shown < show {
            shown += 1;
            writeln!(out, "    {} earlier: {} | {}", if fits { "+" } else { "-" }, title(its), title(own))?;
        }
    }
    let could = could_go_on(&tellings, &members, truth);
    writeln!(out, "  earlier: {} links, {right} right, of {could} stories that could have one", earlier.len())?;

    let (mut copies, mut later, mut news, mut shown_news, mut shown_copies) = (0, 0, 0, 0, 0);
    for all in members.values().filter(|all| all.len() > 1) {
        let mut all: Vec<(usize, &Telling)> =
            all.iter().filter_map(|&at| posts.get(at).map(|(_, telling)| (at, telling))).collect();
        all.sort_by_key(|(_, telling)| (telling.at, telling.post));
        let of: Vec<Telling> = all.iter().take(WITHIN).map(|(_, telling)| (*telling).clone()).collect();
        for (copy, original) in stories::copies(&of) {
            copies += 1;
            if shown_copies < show {
                shown_copies += 1;
                let [copy, original] = [copy, original].map(|post| place.get(&post).map_or("", |at| title(*at)));
                writeln!(out, "    copy: {original} | {copy}")?;
            }
        }
        for (turn, (at, telling)) in all.iter().enumerate().skip(1).filter(|(_, (_, telling))| telling.at != UNDATED) {
            let told: Vec<&Telling> = all.iter().take(turn).rev().take(WITHIN).map(|(_, telling)| *telling).collect();
            later += usize::from(told.iter().any(|told| telling.at.since(told.at) >= 6 * Moment::HOUR));
            if stories::adds_much(telling, &told, frequencies) {
                news += 1;
                if shown_news < show {
                    shown_news += 1;
                    let before = all.first().map_or("", |(at, _)| title(*at));
                    writeln!(out, "    news: {before} | {}", title(*at))?;
                }
            }
        }
    }
    Ok(writeln!(out, "  {copies} copies; {news} of {later} tellings six hours after the first add much")?)
}

/// Stories of which an event was told in another story, at least a day before.
fn could_go_on(tellings: &[(i64, &Telling)], members: &BTreeMap<i64, Vec<usize>>, truth: &[String]) -> usize {
    let mut first: BTreeMap<(&str, i64), Moment> = BTreeMap::new();
    for ((story, telling), event) in tellings.iter().zip(truth) {
        let at = first.entry((event, *story)).or_insert(telling.at);
        *at = telling.at.min(*at);
    }
    let goes_on = |(story, all): &(&i64, &Vec<usize>)| {
        let Some((event, (_, telling))) = all.first().and_then(|&at| Some((truth.get(at)?, tellings.get(at)?))) else {
            return false;
        };
        let of_event = first.range((event.as_str(), i64::MIN)..=(event.as_str(), i64::MAX));
        let mut others = of_event.filter(|((_, other), _)| other != *story);
        telling.at != UNDATED && others.any(|(_, at)| telling.at.since(*at) >= Moment::DAY)
    };
    members.iter().filter(goes_on).count()
}
