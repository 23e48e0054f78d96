//! Takes the sources, asks each, keeps what they say, groups it into stories, trims.
//! One source never stops the rest; a refresh that is stopped keeps what was fetched.

use std::sync::Arc;

use futures::{StreamExt, stream::FuturesUnordered};
use pepites_core::{
    model::{Phrase, Source, SourceId},
    text::secret::masked,
};
use pepites_store::{KeepRule, Visited};

use crate::{
    Cancel, Engine, Place,
    contract::{Code, Problem, Progress, RefreshReport},
    net::AT_ONCE,
    shortened::Shortened,
};

mod keep;
pub(crate) mod lock;
pub(crate) mod plan;
mod tally;
pub(crate) mod telling;
pub(crate) mod verdict;
pub(crate) mod visit;

use keep::Keeper;
use lock::Sole;
use tally::Tally;
use telling::Telling;
use verdict::Verdict;

/// Whether a refresh runs on that library, of whatever program.
pub(crate) fn is_running(place: &Place) -> bool {
    lock::is_taken(place, Sole::Refresh)
}

/// Conversations begun at once: those that the net has room for, and as many that wait for their host or a parser.
const BEGUN: usize = 2 * AT_ONCE;

impl Engine {
    /// Asks every source (or only those given) now; with `due` only those whose time has come. Says how it goes
    /// through `progress`, ends early and cleanly on `cancel`. Keeps what came, groups it into stories, trims.
    ///
    /// Where nothing is heard from anywhere the machine is offline: the report says so, each source notes when, and
    /// nothing is held against them.
    pub async fn refresh(
        &self,
        due: bool,
        only: Option<&[SourceId]>,
        progress: &(dyn Fn(Progress) + Send + Sync),
        cancel: &Cancel,
    ) -> Result<RefreshReport, Problem> {
        self.apart(Self::is_online).await?;
        let _alone = lock::take(&self.place, Sole::Refresh).await?;
        let telling = Telling::begin(&self.place, Sole::Refresh);
        let progress = |at: Progress| {
            telling.tell(&at);
            progress(at);
        };
        let sources = self
            .apart(|engine| {
                engine.note_zone()?;
                Ok(engine.store.sources()?)
            })
            .await?;
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

    /// The reader has the network switched on; the net keeps their rules as they are now.
    fn is_online(&self) -> Result<(), Problem> {
        self.obey()?;
        match self.settings()?.net.offline {
            true => Err(Problem { code: Code::NoAnswer, detail: Phrase::new("problem.no_answer.switched_off") }),
            false => Ok(()),
        }
    }

    async fn ask_all(
        &self,
        ask: Vec<Source>,
        tally: &mut Tally,
        progress: &(dyn Fn(Progress) + Send + Sync),
        cancel: &Cancel,
    ) -> Result<(), Problem> {
        let mut keeper = Keeper::new(self.store.clone());
        let visits = self.visits(cancel.clone()).with_room(keeper.room());
        let shortened = Shortened::of(self);
        let begin = |source: Source| {
            let (source, visits, shortened) = (Arc::new(source), &visits, &shortened);
            async move {
                let mut verdict = visits.visit(&source, Vec::new()).await;
                if let Verdict::Good(visited) = &mut verdict {
                    shortened.resolve(visited, cancel).await;
                }
                (source, verdict)
            }
        };
        let mut ask = ask.into_iter().peekable();
        let mut begun = FuturesUnordered::new();
        loop {
            while begun.len() < BEGUN && !cancel.is_cancelled() && !keeper.is_full() && visits.has_room() {
                let Some(source) = ask.next() else { break };
                begun.push(begin(source));
            }
            let last = begun.is_empty() && (ask.peek().is_none() || cancel.is_cancelled());
            if last {
                // Only now is it known whether there is a network at all.
                tally.settle().into_iter().for_each(|visited| keeper.take(visited));
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

/// Keeps one visit at once, as adding a source does.
impl Engine {
    pub(crate) async fn keep_one(&self, mut visited: Visited) -> Result<(), Problem> {
        Shortened::of(self).resolve(&mut visited, &Cancel::default()).await;
        self.apart(move |engine| {
            engine.note_zone()?;
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
