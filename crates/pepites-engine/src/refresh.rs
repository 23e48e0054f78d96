//! Takes the sources, asks each, keeps what they say, groups it into stories, trims.
//! One source never stops the rest; a refresh that is stopped keeps what was fetched.

use std::sync::Arc;

use futures::{StreamExt, stream::FuturesUnordered};
use pepites_core::{
    model::{Moment, Phrase, Source, SourceId},
    text::secret::masked,
};
use pepites_store::{KeepRule, Kept, Outcome, Visited};

use crate::{
    Cancel, Engine,
    contract::{Problem, Progress, RefreshReport, SourceTrouble},
    net::{AT_ONCE, NetError},
};

mod keep;
mod lock;
pub(crate) mod plan;
pub(crate) mod telling;
pub(crate) mod verdict;
pub(crate) mod visit;

use keep::Keeper;
use telling::Telling;
use verdict::{Verdict, Why};

/// Conversations begun at once: those that the net has room for, and as many that wait for their host or a parser.
const BEGUN: usize = 2 * AT_ONCE;

impl Engine {
    /// Asks every source (or only those given) now; with `due` only those whose time has come. Says how it goes
    /// through `progress`, ends early and cleanly on `cancel`. Keeps what came, groups it into stories, trims.
    ///
    /// Without any answer at all the machine is offline: the sources are reported, but their failures are not counted.
    pub async fn refresh(
        &self,
        due: bool,
        only: Option<&[SourceId]>,
        progress: &(dyn Fn(Progress) + Send + Sync),
        cancel: &Cancel,
    ) -> Result<RefreshReport, Problem> {
        let _alone = lock::take(&self.place).await?;
        let telling = Telling::begin(&self.place);
        let progress = |at: Progress| {
            telling.tell(&at);
            progress(at);
        };
        let sources = self.apart(|engine| Ok(engine.store.sources()?)).await?;
        let plan = plan::plan(sources, due, only, self.now());
        let mut tally = Tally::new(plan.left_alone, plan.ask.len());
        progress(tally.progress(None));
        self.ask_all(plan.ask, &mut tally, &progress, cancel).await?;
        // All is kept by now: the last word has the whole count.
        progress(tally.progress(None));
        tally.report.cancelled = cancel.is_cancelled() && tally.done < tally.report.total;
        tally.report.dropped_posts = self
            .apart(|engine| {
                engine.group()?;
                let settings = engine.settings()?;
                let rule = KeepRule { read_days: settings.keep_read_days, unread_days: settings.keep_unread_days };
                Ok(engine.store.trim(rule, engine.now())?.posts)
            })
            .await?;
        Ok(tally.report)
    }

    async fn ask_all(
        &self,
        ask: Vec<Source>,
        tally: &mut Tally,
        progress: &(dyn Fn(Progress) + Send + Sync),
        cancel: &Cancel,
    ) -> Result<(), Problem> {
        let visits = self.visits(cancel.clone());
        let begin = |source: Source| {
            let (source, visits) = (Arc::new(source), &visits);
            async move {
                let verdict = visits.visit(&source, Vec::new()).await;
                (source, verdict)
            }
        };
        let mut ask = ask.into_iter().peekable();
        let mut begun = FuturesUnordered::new();
        let mut keeper = Keeper::new(self.store.clone());
        loop {
            while begun.len() < BEGUN && !cancel.is_cancelled() && !keeper.is_full() && visits.has_room() {
                let Some(source) = ask.next() else { break };
                begun.push(begin(source));
            }
            let last = begun.is_empty() && (ask.peek().is_none() || cancel.is_cancelled());
            if last {
                // Only now is it known whether there is a network at all.
                tally.settle_offline().into_iter().for_each(|visited| keeper.take(visited));
                if keeper.is_idle() {
                    return Ok(());
                }
            }
            tokio::select! {
                Some((source, verdict)) = begun.next(), if !begun.is_empty() => {
                    if let Some(visited) = tally.count(&source, verdict, self.now()) {
                        keeper.take(visited);
                    }
                    progress(tally.progress(Some(&masked(source.shown()))));
                }
                kept = keeper.kept(last), if !keeper.is_idle() => {
                    tally.count_kept(&kept?);
                    progress(tally.progress(None));
                }
            }
        }
    }
}

/// How far a refresh is.
struct Tally {
    report: RefreshReport,
    done: u32,
    current: Option<String>,
    /// Something answered, were it only to say no.
    online: bool,
    /// Visits that found no network: failures of their sources only when others had one.
    offline: Vec<Visited>,
}

impl Tally {
    fn new(left_alone: u32, total: usize) -> Self {
        let report = RefreshReport {
            total: u32::try_from(total).unwrap_or(u32::MAX),
            answered: 0,
            unchanged: 0,
            left_alone,
            new_posts: 0,
            edited_posts: 0,
            failed: Vec::new(),
            cancelled: false,
            dropped_posts: 0,
        };
        Self { report, done: 0, current: None, online: false, offline: Vec::new() }
    }

    /// Counts a visit; gives what is to be kept of it.
    fn count(&mut self, source: &Source, verdict: Verdict, at: Moment) -> Option<Visited> {
        let (why, pace) = match verdict {
            Verdict::Stopped => return None,
            Verdict::Good(visited) => {
                self.done += 1;
                self.online = true;
                self.report.answered += 1;
                self.report.unchanged += u32::from(matches!(visited.outcome, Outcome::Unchanged(_)));
                return Some(visited);
            }
            Verdict::Bad(why, pace) => (why, pace),
        };
        self.done += 1;
        // Its host asked another source of this refresh to stay away; that source's hold is kept and stands for both.
        if let Why::Net(NetError::Held { .. }) = why
            && pace.hold_until.is_none()
        {
            self.report.left_alone += 1;
            return None;
        }
        let trouble = why.trouble(source);
        self.report.failed.push(SourceTrouble {
            source: source.id,
            title: masked(source.shown()).into_owned(),
            address: masked(&source.address.locator).into_owned(),
            trouble: trouble.clone(),
        });
        let visited = verdict::failed(source.id, trouble, &why, pace, at);
        if let Why::Net(NetError::Offline(_)) = why {
            self.offline.push(visited);
            return None;
        }
        // Who says no is there: the network works.
        self.online |= matches!(why, Why::Status(_) | Why::Unreadable(_) | Why::Fault);
        Some(visited)
    }

    /// When something answered, those that found no network have no network of their own: their names are unknown.
    /// When nothing did, nothing is held against them.
    fn settle_offline(&mut self) -> Vec<Visited> {
        let offline = std::mem::take(&mut self.offline);
        if !self.online {
            return Vec::new();
        }
        let unknown = |trouble: &mut Phrase| trouble.key = "trouble.unknown_host".to_owned();
        for failed in &mut self.report.failed {
            if failed.trouble.key == "trouble.offline" {
                unknown(&mut failed.trouble);
            }
        }
        let mut known = offline;
        for visited in &mut known {
            if let Outcome::Failed { trouble, .. } = &mut visited.outcome {
                unknown(trouble);
            }
        }
        known
    }

    fn count_kept(&mut self, kept: &[Kept]) {
        self.report.new_posts += kept.iter().map(|kept| kept.new).sum::<u32>();
        self.report.edited_posts += kept.iter().map(|kept| kept.edited).sum::<u32>();
    }

    fn progress(&mut self, current: Option<&str>) -> Progress {
        if let Some(current) = current {
            self.current = Some(current.to_owned());
        }
        Progress {
            done: self.done,
            total: self.report.total,
            current: self.current.clone(),
            new_posts: self.report.new_posts,
            failed: u32::try_from(self.report.failed.len()).unwrap_or(u32::MAX),
        }
    }
}

/// Keeps one visit at once, as adding a source does.
impl Engine {
    pub(crate) async fn keep_one(&self, visited: Visited) -> Result<(), Problem> {
        self.apart(move |engine| {
            engine.store.keep_visits(vec![visited])?;
            engine.group()?;
            Ok(())
        })
        .await
    }
}

#[cfg(test)]
mod misbehaviour;
#[cfg(test)]
pub(crate) mod tests;
