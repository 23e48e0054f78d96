//! Takes the posts of a visit, gives them the pages that their short links lead to: evidence that joins them to a story.
//! Never fetches such a page, never asks for a post that is too old for a digest, never asks twice what is known.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::atomic::{AtomicUsize, Ordering},
};

use futures::future::join_all;
use pepites_core::{
    model::Moment,
    text::{address::canonical, shortened::is_short},
};
use pepites_store::{Outcome, Visited};
use url::Url;

use crate::{
    Cancel, Engine,
    net::{NetError, near},
};

/// Older posts come into a digest only where nothing newer is left.
const MAY_BE_SHOWN: i64 = 7 * Moment::DAY;

/// Short links that are asked for in one refresh: a day of 300 people has about a hundred. The rest keep their own address.
const MOST: usize = 200;

/// Shorteners that lead to each other: a newspaper's on top of a network's. Beyond, it is a game.
const STEPS: usize = 5;

/// The short links of one refresh.
pub(crate) struct Shortened<'a> {
    engine: &'a Engine,
    left: AtomicUsize,
}

impl<'a> Shortened<'a> {
    pub(crate) fn of(engine: &'a Engine) -> Self {
        Self { engine, left: AtomicUsize::new(MOST) }
    }

    /// Puts the pages that short links lead to in their place among what the posts point to. What cannot be told stays.
    pub(crate) async fn resolve(&self, visited: &mut Visited, cancel: &Cancel) {
        let at = visited.at;
        let Outcome::Read { posts, .. } = &mut visited.outcome else { return };
        let links = |since: Option<Moment>| -> BTreeSet<String> {
            let shown = posts.iter().filter(|post| since.is_none_or(|since| post.published >= since));
            shown.flat_map(|post| &post.links_out).filter(|link| is_short(link)).cloned().collect()
        };
        let (all, recent) = (links(None), links(Some(at.plus(-MAY_BE_SHOWN))));
        if all.is_empty() {
            return;
        }
        let known = self.engine.apart(move |engine| Ok(engine.store.leads(&Vec::from_iter(all), at)?)).await;
        // A library that is busy must not keep a post from coming in.
        let Ok(mut leads) = known.inspect_err(|problem| tracing::debug!(%problem, "short links stay")) else { return };
        let asked: Vec<String> =
            recent.into_iter().filter(|link| !leads.contains_key(link)).filter(|_| self.may_ask()).collect();
        let found: BTreeMap<String, Option<String>> =
            join_all(asked.into_iter().map(|link| self.follow(link, cancel))).await.into_iter().flatten().collect();
        if !found.is_empty() {
            leads.extend(found.clone());
            let kept = self.engine.apart(move |engine| Ok(engine.store.keep_leads(found, at)?)).await;
            if let Err(problem) = kept {
                tracing::debug!(%problem, "where short links lead is not kept");
            }
        }
        let lead = |link: &str| leads.get(link).cloned().flatten();
        *posts = std::mem::take(posts).into_iter().map(|post| post.leading(lead)).collect();
    }

    fn may_ask(&self) -> bool {
        self.left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(1)).is_ok()
    }

    /// The link and the page that it leads to; None when it could not be asked today.
    async fn follow(&self, link: String, cancel: &Cancel) -> Option<(String, Option<String>)> {
        let mut at = link.clone();
        for _ in 0..STEPS {
            let step = tokio::select! {
                biased;
                () = cancel.cancelled() => return None,
                step = self.engine.net.leads_to(at.clone()) => step,
            };
            let to = match step {
                Ok(to) => to.and_then(|to| Url::parse(&to).ok()).filter(|to| !near::is_near(to)),
                Err(NetError::Offline(_) | NetError::Held { .. } | NetError::Slow(_)) => return None,
                Err(_) => None,
            };
            let Some(page) = to.as_ref().and_then(|to| canonical(to.as_str())) else { return Some((link, None)) };
            if !is_short(&page) {
                return Some((link, Some(page)));
            }
            at = to.map(String::from).unwrap_or_default();
        }
        Some((link, None))
    }
}

#[cfg(test)]
mod tests;
