//! Takes the stages that the reader has switched on, asks what they have to ask, stage by stage, keeps each answer as it
//! comes. Never sends more requests than the reader was shown, and never says in a log about whom it asks.

use std::{
    collections::BTreeSet,
    sync::{Arc, Mutex, PoisonError},
};

use futures::StreamExt;
use pepites_core::{
    model::{Address, Moment, Phrase, Post, Source},
    people::{Answer, Question, Stage, Visit, What, read},
    sources,
};
use pepites_store::{AnswerRow, Outcome};
use serde::{Deserialize, Serialize};

use super::{count, counted::Counted};
use crate::{
    Cancel, Engine,
    adding::{NO_SUCH_NAME, posts_a_week},
    contract::{Code, ContactsReport, FindAsk, Problem, Progress, Topic, Work},
    net::{Net, NetError},
    refresh::{
        lock::{self, Sole},
        telling::Telling,
        verdict::{Verdict, Why},
        visit::{Visits, leads_inside},
    },
};

/// The name under which the last search is kept.
pub(super) const RUN: &str = "contacts_search";

/// Requests of one search, unless the reader says otherwise: 426 people with a site each take a third of it.
const USUAL_MOST: u32 = 3_000;
/// Beyond, a search is a crawl.
const MOST: u32 = 100_000;
/// Conversations at once; of one host the net itself has two.
const AT_ONCE: usize = 16;
/// Answers that are kept in one transaction: what a power cut costs at most.
const KEPT_AT_ONCE: usize = 16;
/// How long an answer stands, good or bad: people do not open a blog every day.
const STANDS: i64 = 30 * Moment::DAY;
/// When nothing answered.
const AGAIN: i64 = Moment::DAY;
/// Answers lead to questions, which lead to answers: a page, its profile. What goes further goes in circles.
const ROUNDS: usize = 6;

/// A search, as it is kept for who goes on with it.
#[derive(Clone, Debug, Serialize, Deserialize)]
struct Run {
    stages: Vec<Stage>,
    server: Option<String>,
    most: u32,
    unfinished: bool,
}

/// What one question came to.
enum Heard {
    /// An answer, or that none can be had for now: kept.
    Row(Box<AnswerRow>),
    /// Nobody has the name, which is an answer as soon as another one was found: without a network some systems know none.
    Nameless(Box<AnswerRow>),
    /// Nothing was asked: no network, no requests left, or stopped.
    Open,
    /// There is no network.
    Offline,
}

impl Engine {
    /// Of all people, who can be followed; what the stages would ask next. Asks nothing.
    ///
    /// # Errors
    /// A problem: a server that is none, or one of the library.
    pub fn contacts_report(&self, ask: &FindAsk) -> Result<ContactsReport, Problem> {
        let run = self.run_of(ask)?;
        self.report(&run)
    }

    /// Searches, as asked for; goes on where an earlier search of the same stages ended. A stop keeps what was heard.
    ///
    /// # Errors
    /// A problem: a server that is none, or one of the library. What was heard until then is kept.
    pub async fn find_contacts(
        &self,
        ask: &FindAsk,
        progress: &(dyn Fn(Progress) + Send + Sync),
        cancel: &Cancel,
    ) -> Result<ContactsReport, Problem> {
        let _alone = lock::take(&self.place, Sole::Search).await?;
        let telling = Telling::begin(&self.place, Sole::Search);
        let progress = &|at: Progress| {
            telling.tell(&at);
            progress(at);
        };
        let ask = ask.clone();
        let run = self
            .apart(move |engine| {
                let run = Run { unfinished: true, ..engine.run_of(&ask)? };
                engine.keep_run(&run)?;
                Ok(run)
            })
            .await?;
        let net = Arc::new(Counted::new(Arc::clone(&self.net), run.most));
        let sending: Arc<dyn Net> = net.clone();
        let visits = Visits::new(sending, self.clock.clone(), cancel.clone(), Arc::clone(&self.keychain));
        let mut search = Search {
            engine: self,
            net: &net,
            visits: &visits,
            cancel,
            progress,
            done: 0,
            failed: 0,
            open: BTreeSet::new(),
            nameless: Vec::new(),
            offline: false,
        };
        for stage in &run.stages {
            search.stage(*stage, run.server.as_deref()).await?;
        }
        let early = search.why();
        let (sent, finished) = (net.sent(), early.is_none() && search.open.is_empty());
        self.apart(move |engine| {
            engine.keep_run(&Run { unfinished: !finished, ..run.clone() })?;
            let report = engine.report(&run)?;
            Ok(ContactsReport { sent: Some(sent), why: early, unfinished: !finished, ..report })
        })
        .await
    }

    /// Forgets that a search waits to go on. What it heard stays.
    ///
    /// # Errors
    /// A problem of the library.
    pub fn give_up_search(&self) -> Result<(), Problem> {
        let run = self.run_of(&FindAsk::default())?;
        self.keep_run(&Run { unfinished: false, ..run })
    }

    fn run_of(&self, ask: &FindAsk) -> Result<Run, Problem> {
        let kept: Option<Run> = self.store.setting(RUN)?.and_then(|json| serde_json::from_str(&json).ok());
        let usual = Run { stages: Stage::USUAL.to_vec(), server: None, most: USUAL_MOST, unfinished: false };
        let mut run = kept.unwrap_or(usual);
        if let Some(stages) = &ask.stages {
            run.stages = Stage::ALL.into_iter().filter(|stage| stages.contains(stage)).collect();
        }
        if let Some(most) = ask.most {
            if most == 0 || most > MOST {
                let detail = Phrase::new("problem.bad_input.requests").with("most", MOST);
                return Err(Problem { code: Code::BadInput, detail });
            }
            run.most = most;
        }
        if let Some(typed) = ask.server.as_deref() {
            run.server = if typed.trim().is_empty() { None } else { Some(server(typed)?) };
        }
        Ok(run)
    }

    fn keep_run(&self, run: &Run) -> Result<(), Problem> {
        let json = serde_json::to_string(run).map_err(Problem::fault)?;
        Ok(self.store.set_setting(RUN, &json)?)
    }

    fn report(&self, run: &Run) -> Result<ContactsReport, Problem> {
        let report = self.people_found()?.report(&run.stages, run.server.as_deref());
        Ok(ContactsReport { most: run.most, unfinished: run.unfinished, ..report })
    }
}

/// The host of the reader's own server, as they type it.
fn server(typed: &str) -> Result<String, Problem> {
    let typed = typed.trim();
    let host = typed.trim_start_matches('@').rsplit('@').next().unwrap_or(typed);
    let address =
        sources::recognise(&format!("@someone@{}", host.trim_start_matches("https://").trim_end_matches('/')));
    let host = address.filter(|address| address.kind == "mastodon");
    let host = host.and_then(|address| url::Url::parse(&address.locator).ok()?.host_str().map(str::to_owned));
    host.ok_or_else(|| Problem {
        code: Code::BadInput,
        detail: Phrase::new("problem.bad_input.server").with("input", typed),
    })
}

struct Search<'a> {
    engine: &'a Engine,
    net: &'a Counted,
    visits: &'a Visits,
    cancel: &'a Cancel,
    progress: &'a (dyn Fn(Progress) + Send + Sync),
    done: u32,
    failed: u32,
    /// Questions that this search could not ask.
    open: BTreeSet<String>,
    /// What may mean that nobody has a name, or that there is no network: open until somebody replied.
    nameless: Vec<AnswerRow>,
    offline: bool,
}

impl Search<'_> {
    fn is_over(&self) -> bool {
        self.cancel.is_cancelled() || self.net.is_spent() || self.offline
    }

    /// Why it ended early.
    fn why(&self) -> Option<Phrase> {
        let key = if self.cancel.is_cancelled() {
            "find.stopped"
        } else if self.offline {
            "find.offline"
        } else if self.net.is_spent() {
            "find.spent"
        } else if !self.nameless.is_empty() {
            "find.nameless"
        } else if !self.open.is_empty() {
            "find.busy"
        } else {
            return None;
        };
        Some(Phrase::new(key))
    }

    async fn stage(&mut self, stage: Stage, server: Option<&str>) -> Result<(), Problem> {
        for _ in 0..ROUNDS {
            if self.is_over() {
                return Ok(());
            }
            let server = server.map(str::to_owned);
            let due =
                self.engine.apart(move |engine| Ok(engine.people_found()?.known.due(stage, server.as_deref()))).await?;
            let due: Vec<(String, Question)> = due.into_iter().filter(|(key, _)| !self.open.contains(key)).collect();
            if due.is_empty() {
                return Ok(());
            }
            self.round(due).await?;
            // Whoever looks on sees the funnel fill.
            self.engine.tell_changed(&[Topic::Contacts]);
        }
        Ok(())
    }

    async fn round(&mut self, due: Vec<(String, Question)>) -> Result<(), Problem> {
        let total = self.done + count(due.len());
        let (engine, net, visits, cancel) = (self.engine, self.net, self.visits, self.cancel);
        let asking = due.into_iter().map(|(key, question)| async move {
            let heard = tokio::select! {
                biased;
                () = cancel.cancelled() => Heard::Open,
                heard = ask(engine, net, visits, &key, &question.what) => heard,
            };
            (key, question, heard)
        });
        let mut heard = futures::stream::iter(asking).buffer_unordered(AT_ONCE);
        let mut rows = Vec::new();
        while let Some((key, question, what)) = heard.next().await {
            match what {
                Heard::Row(row) => {
                    self.failed += u32::from(row.answer.is_none());
                    rows.push(*row);
                    self.done += 1;
                }
                Heard::Nameless(row) => {
                    self.open.insert(key);
                    self.nameless.push(*row);
                }
                Heard::Open => drop(self.open.insert(key)),
                Heard::Offline => {
                    self.open.insert(key);
                    self.offline = true;
                }
            }
            if rows.len() >= KEPT_AT_ONCE {
                self.keep(std::mem::take(&mut rows)).await?;
            }
            let current = Some(question.stage.name().to_owned());
            (self.progress)(Progress {
                work: Work::Contacts,
                done: self.done,
                total,
                current,
                new_posts: 0,
                failed: self.failed,
                silent: false,
            });
            // Whoever was asked already is heard out; who was not says so at once. Without a network that would take long.
            if self.offline {
                break;
            }
        }
        drop(heard);
        if self.net.has_reached() {
            for row in self.nameless.drain(..) {
                self.open.remove(&row.question);
                self.done += 1;
                rows.push(row);
            }
        }
        self.keep(rows).await
    }

    async fn keep(&self, rows: Vec<AnswerRow>) -> Result<(), Problem> {
        if rows.is_empty() {
            return Ok(());
        }
        self.engine.apart(move |engine| Ok(engine.store.keep_answers(rows, engine.now())?)).await
    }
}

/// Held while a picture is unpacked.
static UNPACKING: Mutex<()> = Mutex::new(());

async fn ask(engine: &Engine, net: &Counted, visits: &Visits, key: &str, what: &What) -> Heard {
    let kept = |answer: Option<Answer>| {
        let again = engine.now().plus(if answer.is_some() { STANDS } else { AGAIN });
        Box::new(AnswerRow { question: key.to_owned(), again, answer })
    };
    let row = |answer: Option<Answer>| Heard::Row(kept(answer));
    if net.is_spent() {
        return Heard::Open;
    }
    if let What::Look(address) = what {
        return match look(engine, visits, address).await {
            Ok(answer) => row(answer),
            Err(error) => not_asked(net, &error, kept),
        };
    }
    let Some(request) = what.request() else { return row(Some(Answer::default())) };
    if leads_inside("https://public.example/", &request.url) {
        return row(Some(Answer::default()));
    }
    match net.send(request).await {
        Ok(reply) => {
            let what = what.clone();
            // Pages are parsed apart: one that is hard to parse holds up no other conversation. Of pictures one is unpacked
            // at a time, so that many large ones take the memory of one.
            let read = tokio::task::spawn_blocking(move || {
                let _one =
                    matches!(what, What::Picture(_)).then(|| UNPACKING.lock().unwrap_or_else(PoisonError::into_inner));
                read(&what, &reply)
            });
            let read = read.await;
            row(read.unwrap_or_default())
        }
        Err(error) => not_asked(net, &error, kept),
    }
}

/// A name that nobody has is an answer; no network is none, and nothing is held against anybody.
fn not_asked(net: &Counted, error: &NetError, kept: impl Fn(Option<Answer>) -> Box<AnswerRow>) -> Heard {
    let row = |answer: Option<Answer>| Heard::Row(kept(answer));
    match error {
        NetError::Offline(detail) if detail.contains(NO_SUCH_NAME) => Heard::Nameless(kept(Some(Answer::default()))),
        NetError::Offline(_) => Heard::Offline,
        NetError::Held { .. } => Heard::Open,
        NetError::Forbidden(_) if net.is_spent() => Heard::Open,
        NetError::Forbidden(_) | NetError::Insecure(_) => row(Some(Answer::default())),
        NetError::Slow(_) | NetError::Unreachable(_) | NetError::Refused(_) | NetError::Broken(_) => row(None),
    }
}

/// How long a post is, on average.
fn words(posts: &[Post]) -> Option<u32> {
    let all: u64 = posts.iter().map(|post| u64::from(post.words)).sum();
    u32::try_from(all.checked_div(u64::try_from(posts.len()).ok()?)?).ok()
}

/// A visit as of any source; None when its server did not answer for now.
async fn look(engine: &Engine, visits: &Visits, address: &Address) -> Result<Option<Answer>, NetError> {
    let source = Arc::new(Source::unvisited(address.clone(), engine.now()));
    let visited = match visits.visit(&source, Vec::new()).await {
        Verdict::Good(visited) => *visited,
        Verdict::Bad(Why::Net(error), _) => return Err(error),
        Verdict::Bad(Why::Status(408 | 425 | 429 | 500..), _) => return Ok(None),
        Verdict::Bad(..) => return Ok(Some(Answer::default())),
        Verdict::Stopped => return Err(NetError::Held { until: engine.now() }),
    };
    let Outcome::Read { title, site, pages, feed, posts, .. } = visited.outcome else { return Ok(None) };
    // A page's feed is followed at the feed's own address, so that it is the same source as in a file.
    let found = feed.as_deref().and_then(sources::recognise).filter(|found| found.kind == address.kind);
    let dated: Vec<Moment> = posts.iter().filter(|post| post.dated).map(|post| post.published).collect();
    let visit = Visit {
        address: Some(found.filter(|_| address.kind == "feed").unwrap_or_else(|| address.clone())),
        title,
        site,
        pages: pages.unwrap_or_default(),
        posts_a_week: posts_a_week(&dated),
        words: words(&posts),
        last_post: dated.into_iter().max(),
    };
    Ok(Some(Answer { visit: Some(visit), ..Answer::default() }))
}
