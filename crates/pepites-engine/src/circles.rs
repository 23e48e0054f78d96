//! Takes an account, a list or a file, gives whom it follows, to choose from; follows those that were chosen.
//! Never follows anyone unasked.

use std::collections::BTreeSet;

use pepites_core::{
    interchange,
    model::{Address, Folder, Phrase, Reply, Request, Source, SourceId},
    sources::{self, Circle, Person},
    text::secret::masked_typed,
};
use pepites_store::NewSource;

use crate::{
    Cancel, Engine,
    adding::nothing,
    contract::{CirclePerson, CircleReport, Code, Problem, Progress, Work},
    net::NetError,
    refresh::{verdict::Why, visit::leads_inside},
};

impl Engine {
    /// Whom an account (or a list, a starter pack) follows, by what its network shows to everyone. `progress` tells how
    /// many were heard of; a stop gives those.
    pub async fn circle(
        &self,
        typed: &str,
        progress: &(dyn Fn(Progress) + Send + Sync),
        cancel: &Cancel,
    ) -> Result<CircleReport, Problem> {
        let input = || masked_typed(typed).into_owned();
        let address =
            sources::recognise(typed).ok_or_else(|| Problem::new(Code::AddressUnknown).with("input", input()))?;
        let Some(mut circle) = Circle::of(&address) else {
            let detail = Phrase::new("problem.address_unknown.no_circle").with("input", input());
            return Err(Problem { code: Code::AddressUnknown, detail });
        };
        let (mut cancelled, mut torn) = (false, None);
        while let Some(request) = circle.next() {
            let sent = tokio::select! {
                biased;
                () = cancel.cancelled() => { cancelled = true; break }
                sent = self.send_outside(&address.locator, request) => sent,
            };
            match sent {
                Ok(reply) => circle.hear(&reply),
                // What came before stays; nothing at all is a problem.
                Err(error) if !circle.people.is_empty() => {
                    torn = Some(Why::Net(error).trouble(&Source::unvisited(address.clone(), self.now())));
                    break;
                }
                Err(error) => return Err(nothing(&Why::Net(error), typed)),
            }
            progress(so_far(&circle));
        }
        let more = circle.is_full().then(|| Phrase::new("trouble.too_many_people"));
        let trouble = torn.or_else(|| circle.why.take().map(|unreadable| unreadable.why)).or(more);
        if let Some(why) = trouble.as_ref().filter(|_| circle.people.is_empty()) {
            return Err(Problem { code: Code::NothingFound, detail: why.clone() });
        }
        let people = self.known(circle.people).await?;
        Ok(CircleReport { people, total: circle.total, cancelled, trouble, added: None })
    }

    /// What a public server names (its WebFinger, its next page) never makes this machine ask its neighbours.
    async fn send_outside(&self, from: &str, request: Request) -> Result<Reply, NetError> {
        if leads_inside(from, &request.url) {
            return Err(NetError::Forbidden(format!("{} is inside the own network", request.url)));
        }
        self.net.send(request).await
    }

    /// Whom a file follows: a list of accounts, or anything that an import reads.
    pub async fn circle_of_file(&self, name: &str, bytes: Vec<u8>) -> Result<CircleReport, Problem> {
        let file = name.to_owned();
        let read = move |_: &Self| {
            interchange::harvest(&file, &bytes)
                .map_err(|_refused| Problem::new(Code::FileUnknown).with("file", file.as_str()))
        };
        let (_, harvest) = self.apart(read).await?;
        if harvest.found.is_empty() {
            let why = harvest.flaws.first().map(|flaw| flaw.why.clone());
            let detail = why.unwrap_or_else(|| Phrase::new(Code::FileEmpty.key()).with("file", name));
            return Err(Problem { code: Code::FileEmpty, detail });
        }
        let person = |found: interchange::Found| Person {
            name: found.title.unwrap_or_else(|| found.address.clone()),
            address: found.address,
            lasting: None,
        };
        let people = self.known(harvest.found.into_iter().map(person).collect()).await?;
        Ok(CircleReport { people, total: None, cancelled: false, trouble: None, added: None })
    }

    /// Follows these, all at once; gives those that were not followed before. They are asked by the next refresh.
    pub async fn follow_all(&self, people: &[CirclePerson], folders: &[Vec<String>]) -> Result<Vec<SourceId>, Problem> {
        let folders: Vec<Folder> = folders.iter().filter(|path| !path.is_empty()).cloned().map(Folder).collect();
        let new = |person: &CirclePerson| {
            Some(NewSource {
                address: sources::recognise(&person.address)?,
                feed: None,
                title: (person.name != person.address).then(|| person.name.clone()),
                name: None,
                site: None,
                folders: folders.clone(),
            })
        };
        let new: Vec<NewSource> = people.iter().filter_map(new).collect();
        let now = self.now();
        let added = self.apart(move |engine| Ok(engine.store.add_sources(&new, now)?)).await?;
        Ok(added.into_iter().filter(|added| !added.already).map(|added| added.id).collect())
    }

    async fn known(&self, people: Vec<Person>) -> Result<Vec<CirclePerson>, Problem> {
        self.apart(move |engine| {
            let followed = engine.store.sources()?;
            let lasting = |source: &Source| sources::lasting(&source.address, source.feed.as_deref());
            let lasting: Vec<Address> = followed.iter().map(lasting).collect();
            let all = followed.iter().map(|source| &source.address).chain(&lasting);
            let followed: BTreeSet<(&str, &str)> = all.map(Address::place).collect();
            let is_followed = |address: &Address| followed.contains(&address.place());
            let known = |Person { address, name, lasting }: Person| {
                let is_followed = |named: &String| sources::recognise(named).is_some_and(|found| is_followed(&found));
                let followed = is_followed(&address) || lasting.as_ref().is_some_and(is_followed);
                CirclePerson { address, name, followed }
            };
            Ok(people.into_iter().map(known).collect())
        })
        .await
    }
}

fn so_far(circle: &Circle) -> Progress {
    let count = |number: usize| u32::try_from(number).unwrap_or(u32::MAX);
    let done = count(circle.people.len());
    let total = circle.total.and_then(|total| u32::try_from(total).ok()).unwrap_or(done).max(done);
    Progress {
        work: Work::Circle,
        done,
        total,
        current: circle.people.last().map(|person| person.name.clone()),
        new_posts: 0,
        failed: 0,
        silent: false,
    }
}

#[cfg(test)]
mod tests {
    use std::{path::PathBuf, sync::Arc, time::Duration};

    use pepites_core::model::Moment;
    use pepites_store::Store;

    use super::*;
    use crate::{Clock, Place, net::Replay};

    fn engine(answer: impl Fn(&Request) -> Result<Reply, NetError> + Send + Sync + 'static) -> Engine {
        let place = Place { folder: PathBuf::from("memory"), wait: Duration::ZERO };
        Engine::over(Store::memory().unwrap(), place, Arc::new(Replay::answering(answer)), Clock::stopped(Moment(0)))
    }

    fn said(request: &Request, body: &str) -> Result<Reply, NetError> {
        let url = request.url.clone();
        Ok(Reply { asked: url.clone(), url, status: 200, body: body.as_bytes().to_vec(), ..Reply::default() })
    }

    #[tokio::test]
    async fn a_network_that_breaks_off_is_no_stop_of_the_readers() {
        let engine = engine(|request| match request.url.contains("cursor") {
            true => Err(NetError::Slow("timed out".to_owned())),
            false => said(request, r#"{"follows":[{"handle":"bo.example"}],"cursor":"1"}"#),
        });
        let report = engine.circle("@ada.example.org", &|_| {}, &Cancel::default()).await.unwrap();
        let why = report.trouble.map(|why| why.key);
        assert_eq!((report.people.len(), report.cancelled, why.as_deref()), (1, false, Some("trouble.slow")));
    }

    #[tokio::test]
    async fn who_is_followed_under_another_handle_is_followed() {
        let profile = r#"{"did":"did:plc:bo","handle":"bo.example"}"#;
        let follows = format!(r#"{{"follows":[{}]}}"#, profile.replace("bo.example", "new.example"));
        let engine = engine(move |request| match &*request.url {
            url if url.contains("getProfile") => said(request, profile),
            url if url.contains("getFollows") => said(request, &follows),
            _ => said(request, r#"{"feed":[]}"#),
        });
        let first = engine.add("@bo.example", None, &[]).await.unwrap();
        for again in ["@new.example", "https://bsky.app/profile/did:plc:bo"] {
            let look = engine.look_at(again).await.unwrap();
            assert!(look.found[0].followed, "{again}");
            let report = engine.add(again, None, &[]).await.unwrap();
            assert_eq!((report.already, report.source), (true, first.source), "{again}");
        }
        let report = engine.circle("@ada.example.org", &|_| {}, &Cancel::default()).await.unwrap();
        assert!(report.people[0].followed, "{report:?}");
    }

    /// What comes of the circle of someone at `server` whose WebFinger says that they live at `home`.
    async fn circle(server: &str, home: &str) -> Result<CircleReport, Problem> {
        let finger = format!(
            r#"{{"links":[{{"rel":"self","type":"application/activity+json","href":"http://{home}/users/ada"}}]}}"#
        );
        let at_home = format!("http://{home}/");
        let answer = move |request: &Request| {
            let (status, body) = match &*request.url {
                url if url.contains("webfinger") => (200, finger.clone()),
                url if !url.starts_with(&at_home) => (404, String::new()),
                url if url.contains("lookup") => (200, r#"{"id":"7"}"#.to_owned()),
                _ => (200, r#"[{"acct":"bo"}]"#.to_owned()),
            };
            said(request, &body).map(|reply| Reply { status, ..reply })
        };
        engine(answer).circle(&format!("{server}/@ada"), &|_| {}, &Cancel::default()).await
    }

    #[tokio::test]
    async fn a_public_server_does_not_lead_inside() {
        for inside in ["192.168.1.1", "127.0.0.1:8080", "[::1]"] {
            let problem = circle("https://a.example", inside).await.unwrap_err();
            assert_eq!(problem.detail.key, "problem.no_answer.forbidden", "{inside}");
        }
        for (server, home) in [("https://a.example", "b.example"), ("http://127.0.0.1:81", "127.0.0.1:82")] {
            assert_eq!(circle(server, home).await.unwrap().people.len(), 1, "{home}");
        }
    }
}
