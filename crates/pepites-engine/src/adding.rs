//! Takes an address as a person types it, looks what is there, follows it, keeps its first posts.
//! Never guesses among several: it gives them to choose from.

use std::sync::Arc;

use futures::future::join_all;
use pepites_core::{
    model::{Address, Folder, Moment, Post, Reply, Source},
    sources::{
        self,
        account::Account,
        feed::{self, Offer},
    },
    text::secret::masked,
};
use pepites_store::{NewSource, Outcome, Visited};

use crate::{
    Cancel, Engine,
    contract::{AddReport, Code, FoundSource, Problem},
    logins,
    net::{Login, NetError, Rooms, Secret},
    refresh::{
        verdict::{Verdict, Why},
        visit::{Visits, leads_inside},
    },
};

mod answers;
mod meaning;

pub(crate) use answers::{NO_SUCH_NAME, nothing, refused, unknown};

/// Offers of one page that are looked at; a page with more lists them for machines, not for a person.
const OFFERS: usize = 8;
/// Dated posts that tell a rate; two published in one minute would say 10,000 a week.
const ENOUGH_FOR_A_RATE: usize = 3;
/// Over less than a day, only a whole page of posts tells one: a talk of an evening is no habit.
const A_PAGE: usize = 20;

/// Posts that show what a source is like.
const SAMPLE: usize = 3;

/// Something found, with what following it needs.
struct Found {
    address: Address,
    visited: Option<Visited>,
    view: FoundSource,
    /// What the reader gave to log in there.
    login: Option<Login>,
}

/// What an address leads to.
enum Sought {
    /// One thing to follow.
    One(Box<Found>),
    /// A page, by its address, that offers several.
    Several(String, Vec<Offer>),
}

impl Found {
    /// Where its kind would ask from now on.
    fn feed(&self) -> Option<&str> {
        match &self.visited.as_ref()?.outcome {
            Outcome::Read { feed, .. } => feed.as_deref(),
            _ => None,
        }
    }
}

impl Engine {
    /// Looks at an address and follows what is there. With several things there and no `choice` (a place in `found`),
    /// follows none and gives them to choose from.
    pub async fn add(&self, typed: &str, choice: Option<usize>, folders: &[Vec<String>]) -> Result<AddReport, Problem> {
        self.add_with(typed, choice, folders, None).await
    }

    /// The same, logged in. A name and a password in the address are a login: they go to the keychain, never to the
    /// library. When the keychain does not take it, nothing is followed.
    pub async fn add_with(
        &self,
        typed: &str,
        choice: Option<usize>,
        folders: &[Vec<String>],
        secret: Option<Secret>,
    ) -> Result<AddReport, Problem> {
        let (typed, address, written) = self.meant(typed).await?;
        let secret = secret.or(written);
        let is_given = secret.is_some();
        let added = self.add_meant(&typed, address, choice, folders, secret).await;
        // Who gave a login does not need to be told that one is wanted.
        added.map_err(|problem| if is_given { refused(problem) } else { problem })
    }

    async fn add_meant(
        &self,
        typed: &str,
        address: Address,
        choice: Option<usize>,
        folders: &[Vec<String>],
        secret: Option<Secret>,
    ) -> Result<AddReport, Problem> {
        let login = match secret {
            Some(secret) if !secret.is_sendable() => {
                return Err(Problem::new(Code::BadInput).with("input", secret.kind()));
            }
            secret => secret.and_then(|secret| Login::at(&address.locator, secret)),
        };
        if let Some(known) = self.followed(&address, None).await?.filter(|known| !known.gone) {
            if let Some(login) = login {
                let (id, secret) = (known.id, login.into_secret());
                self.apart(move |engine| engine.log_in(id, secret)).await?;
            }
            let view = known_view(&known);
            return self
                .follow(Found { address: known.address, visited: None, view, login: None }, Vec::new(), folders)
                .await;
        }
        let visits = self.visits(Cancel::default()).with_login(login.clone());
        let (page, offers) = match self.seek(&visits, address, typed, login.as_ref()).await? {
            Sought::One(mut found) => {
                found.login = login;
                // Under another name: what it was read up to stays as it is.
                if let Some(known) = self.followed(&found.address, found.feed()).await?.filter(|known| !known.gone) {
                    found.view = known_view(&known);
                    (found.address, found.visited) = (known.address, None);
                }
                let view = found.view.clone();
                return self.follow(*found, vec![view], folders).await;
            }
            Sought::Several(page, offers) => (page, offers),
        };
        // Each offer is asked as a source of its own: what it may lead to is told by the page that names it.
        let mut met = self.meet_all(&visits, &page, offers).await?;
        let all: Vec<FoundSource> = met.iter().map(|(found, _)| found.view.clone()).collect();
        let Some(choice) = choice else {
            return Ok(AddReport { added: None, source: None, already: false, found: all });
        };
        if choice >= met.len() {
            return Err(Problem::new(Code::BadInput).with("input", choice.to_string()));
        }
        match met.swap_remove(choice) {
            (_, Some(why)) => Err(nothing(&why, typed)),
            (found, None) => self.follow(Found { login, ..found }, all, folders).await,
        }
    }

    /// What is at an address, followed or not, as far as it shows itself. Follows nothing.
    pub async fn look_at(&self, typed: &str) -> Result<AddReport, Problem> {
        let (typed, address, secret) = self.meant(typed).await?;
        let typed = typed.as_str();
        let login = secret.and_then(|secret| Login::at(&address.locator, secret));
        let visits = self.visits(Cancel::default()).with_login(login.clone());
        let found = match self.seek(&visits, address, typed, login.as_ref()).await? {
            Sought::One(mut met) => {
                met.view.followed = self.followed(&met.address, met.feed()).await?.is_some_and(|known| !known.gone);
                vec![met.view]
            }
            Sought::Several(page, offers) => {
                self.meet_all(&visits, &page, offers).await?.into_iter().map(|(found, _)| found.view).collect()
            }
        };
        Ok(AddReport { added: None, source: None, already: false, found })
    }

    /// The source of that address, or whose feed is there, or which is the same under another name, if it is followed.
    /// `feed` is what a visit found there.
    async fn followed(&self, address: &Address, feed: Option<&str>) -> Result<Option<Source>, Problem> {
        let (address, lasting) = (address.clone(), sources::lasting(address, feed));
        self.apart(move |engine| {
            let is_it = |source: &Source| {
                let feed = || source.feed.clone().map(|locator| Address { locator, ..source.address.clone() });
                logins::without(&source.address).place() == address.place()
                    || feed().is_some_and(|feed| logins::without(&feed).place() == address.place())
                    || sources::lasting(&source.address, source.feed.as_deref()) == lasting
            };
            Ok(engine.store.sources()?.into_iter().find(is_it))
        })
        .await
    }

    /// The first reply of the address, and the feeds that it offers, when it is a page that offers some.
    async fn look(
        &self,
        address: Address,
        typed: &str,
        login: Option<&Login>,
    ) -> Result<(Address, Vec<Reply>, Vec<Offer>), Problem> {
        let (address, answer) = match self.first(address, login).await {
            (address, Some(Err(error))) => match under_http(&address, &error, typed) {
                None => (address, Some(Err(error))),
                Some(plain) => match self.first(plain, None).await {
                    // What https answered is what there is to say of an address that has neither.
                    (_, Some(Err(_))) => (address, Some(Err(error))),
                    answered => answered,
                },
            },
            answered => answered,
        };
        let Some(answer) = answer else { return Ok((address, Vec::new(), Vec::new())) };
        let reply = answer.map_err(|error| nothing(&Why::Net(error), typed))?;
        let is_page = address.kind == "feed" && (200..=299).contains(&reply.status);
        self.apart(move |_| {
            let mut offers = if is_page { feed::offers(&reply) } else { Vec::new() };
            offers.truncate(OFFERS);
            Ok((address, vec![reply], offers))
        })
        .await
    }

    /// What the address answers first; None when its kind asks nothing of it.
    async fn first(&self, address: Address, login: Option<&Login>) -> (Address, Option<Result<Reply, NetError>>) {
        let source = Source::unvisited(address, self.now());
        let request = sources::kind(&source.address.kind).and_then(|kind| (kind.ask)(&source, &[]));
        // What is seen with an account is asked by its visit, which lets it in.
        let seen = Account::of(&source.address).is_some();
        let answer = match request.filter(|_| !seen) {
            Some(request) => Some(self.net.send_within(request, &Rooms::default().room(), login).await),
            None => None,
        };
        (source.address, answer)
    }

    /// What is at an address, after what was `heard` from it already.
    async fn meet(&self, visits: &Visits, address: Address, heard: Vec<Reply>) -> Result<Found, Why> {
        let source = Arc::new(Source::unvisited(address, self.now()));
        if let Some(status) = heard.last().map(|reply| reply.status).filter(|status| matches!(status, 410 | 429)) {
            return Err(Why::Status(status));
        }
        let visited = match visits.visit(&source, heard).await {
            Verdict::Good(visited) => *visited,
            Verdict::Bad(why, _) => return Err(why),
            Verdict::Stopped => return Err(Why::Fault),
        };
        let mut address = source.address.clone();
        let (mut title, mut posts, mut shown): (Option<&str>, &[Post], Option<String>) = (None, &[], None);
        if let Outcome::Read { title: own, posts: own_posts, portrait, feed, .. } = &visited.outcome {
            (title, posts, shown) = (own.as_deref(), own_posts, portrait.clone());
            // A page's feed is followed at the feed's own address, so that it is the same source as in a file.
            // So is one that says it has moved for good: who adds it today means where it is today.
            let found = feed.as_deref().or(visited.pace.moved.as_deref()).and_then(sources::recognise);
            if let Some(found) = found.filter(|found| found.kind == address.kind) {
                address = found;
            }
        }
        let view = FoundSource { portrait: shown, ..view(&address, title, posts) };
        Ok(Found { address, visited: Some(visited), view, login: None })
    }

    /// What is at each offer; one that cannot be read keeps its place, with why, so that a choice means the same twice.
    /// Offers inside the reader's network are left out when `page` is not there itself.
    async fn meet_all(
        &self,
        visits: &Visits,
        page: &str,
        offers: Vec<Offer>,
    ) -> Result<Vec<(Found, Option<Why>)>, Problem> {
        let meeting = offers.into_iter().filter(|offer| !leads_inside(page, &offer.url)).filter_map(|offer| {
            let address = sources::recognise(&offer.url).filter(|address| !leads_inside(page, &address.locator))?;
            Some(async move {
                let mut met = match self.meet(visits, address.clone(), Vec::new()).await {
                    Ok(found) => (found, None),
                    Err(why) => {
                        let view = view(&address, None, &[]);
                        (Found { address, visited: None, view, login: None }, Some(why))
                    }
                };
                met.0.view.format = offer.format().map(str::to_owned);
                if let Some(title) = offer.title.filter(|_| met.1.is_some()) {
                    met.0.view.title = title;
                }
                met
            })
        });
        let mut met = join_all(meeting).await;
        for (found, _) in &mut met {
            found.view.followed = self.followed(&found.address, found.feed()).await?.is_some();
        }
        Ok(met)
    }

    /// Follows one thing and keeps its first posts.
    async fn follow(&self, found: Found, all: Vec<FoundSource>, folders: &[Vec<String>]) -> Result<AddReport, Problem> {
        let (title, site) = match found.visited.as_ref().map(|visited| &visited.outcome) {
            Some(Outcome::Read { title, site, .. }) => (title.clone(), site.clone()),
            _ => (None, None),
        };
        let new = NewSource {
            address: found.address.clone(),
            feed: None,
            title,
            name: None,
            site,
            folders: folders.iter().filter(|path| !path.is_empty()).cloned().map(Folder).collect(),
        };
        let (now, login) = (self.now(), found.login);
        let added = self
            .apart(move |engine| {
                // First, so that nothing is followed when it is not taken.
                if let Some(login) = &login {
                    logins::keep(&*engine.keychain, &new.address, login)?;
                }
                let added = engine.store.add_sources(&[new], now)?;
                for (login, added) in login.iter().zip(&added) {
                    engine.store.set_login(added.id, Some(login.kind()), engine.now())?;
                }
                Ok(added)
            })
            .await?;
        let added = added.into_iter().next().ok_or_else(|| Problem::fault("nothing was added"))?;
        if let Some(mut visited) = found.visited {
            visited.source = added.id;
            if let Outcome::Read { feed, .. } = &mut visited.outcome {
                // The address of a page became its feed's own; a person stays a person, with a feed elsewhere.
                feed.take_if(|feed| *feed == found.address.locator);
            }
            visited.pace.moved.take_if(|moved| *moved == found.address.locator);
            self.keep_one(visited).await?;
        }
        let view = FoundSource { followed: true, ..found.view };
        Ok(AddReport { added: Some(view), source: Some(added.id), already: added.already, found: all })
    }
}

/// The address under http, when nobody listens under https and the reader did not say which it is.
fn under_http(address: &Address, error: &NetError, typed: &str) -> Option<Address> {
    let unsaid = matches!(error, NetError::Unreachable(_) | NetError::Refused(_))
        && address.kind == feed::KIND_NAME
        && !typed.contains("://");
    let rest = address.locator.strip_prefix("https:").filter(|_| unsaid)?;
    Some(Address { kind: address.kind.clone(), locator: format!("http:{rest}") })
}

fn known_view(source: &Source) -> FoundSource {
    let portrait = source.portrait.clone();
    let title = masked(source.shown()).into_owned();
    FoundSource { title, portrait, followed: true, ..view(&source.address, None, &[]) }
}

fn view(address: &Address, title: Option<&str>, posts: &[Post]) -> FoundSource {
    let dated: Vec<Moment> = posts.iter().filter(|post| post.dated).map(|post| post.published).collect();
    FoundSource {
        kind: address.kind.clone(),
        format: None,
        address: masked(&address.locator).into_owned(),
        title: masked(title.unwrap_or(&address.locator)).into_owned(),
        portrait: None,
        posts: u32::try_from(posts.len()).unwrap_or(u32::MAX),
        last_post: dated.iter().copied().max(),
        posts_a_week: posts_a_week(&dated),
        sample: posts.iter().take(SAMPLE).map(|post| post.title.clone()).collect(),
        followed: false,
    }
}

/// Over what it shows: from its oldest post to its newest.
#[expect(clippy::cast_precision_loss, reason = "spans and counts of one feed stay far below 2^52")]
pub(crate) fn posts_a_week(dated: &[Moment]) -> Option<f64> {
    let span = dated.iter().max()?.since(*dated.iter().min()?);
    if dated.len() < ENOUGH_FOR_A_RATE || span <= 0 || (span < Moment::DAY && dated.len() < A_PAGE) {
        return None;
    }
    Some((dated.len() - 1) as f64 * (7 * Moment::DAY) as f64 / span as f64)
}

#[cfg(test)]
mod tests;

#[cfg(test)]
mod rates {
    use super::*;

    #[test]
    fn a_rate_needs_enough_posts_and_a_span() {
        let days = |days: &[i64]| posts_a_week(&days.iter().map(|day| Moment(day * Moment::DAY)).collect::<Vec<_>>());
        assert_eq!(days(&[]), None);
        assert_eq!(days(&[1, 2]), None);
        assert_eq!(days(&[1, 1, 1]), None);
        assert_eq!(days(&[15, 1, 8]), Some(1.0));
        let minutes = |posts: i64| (0..posts).map(|minute| Moment(minute * Moment::MINUTE)).collect::<Vec<_>>();
        assert_eq!(posts_a_week(&minutes(19)), None);
        assert_eq!(posts_a_week(&minutes(21)), Some(10_080.0));
    }
}
