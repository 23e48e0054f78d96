//! Takes an account, a list or a file, gives whom it follows, to choose from; follows those that were chosen.
//! Never follows anyone unasked.

use std::collections::BTreeSet;

use pepites_core::{
    interchange,
    model::{Address, Folder, Phrase, Reply, Request, SourceId},
    sources::{self, Circle, Person},
    text::secret::masked_typed,
};
use pepites_store::NewSource;

use crate::{
    Cancel, Engine,
    adding::nothing,
    contract::{CirclePerson, CircleReport, Code, Problem, Progress},
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
        let mut cancelled = false;
        while let Some(request) = circle.next() {
            let sent = tokio::select! {
                biased;
                () = cancel.cancelled() => { cancelled = true; break }
                sent = self.send_outside(&address.locator, request) => sent,
            };
            match sent {
                Ok(reply) => circle.hear(&reply),
                // What came before stays; nothing at all is a problem.
                Err(_) if !circle.people.is_empty() => {
                    cancelled = true;
                    break;
                }
                Err(error) => return Err(nothing(&Why::Net(error), typed)),
            }
            progress(so_far(&circle));
        }
        let trouble = circle.why.take().map(|unreadable| unreadable.why);
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
            let followed: BTreeSet<(&str, &str)> = followed.iter().map(|source| source.address.place()).collect();
            let is_followed = |address: &Address| followed.contains(&address.place());
            let known = |Person { address, name }: Person| {
                let followed = sources::recognise(&address).is_some_and(|address| is_followed(&address));
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
    Progress { done, total, current: circle.people.last().map(|person| person.name.clone()), new_posts: 0, failed: 0 }
}

#[cfg(test)]
mod tests {
    use std::{path::PathBuf, sync::Arc, time::Duration};

    use pepites_core::model::Moment;
    use pepites_store::Store;

    use super::*;
    use crate::{Clock, Place, net::Replay};

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
            let url = request.url.clone();
            Ok(Reply { asked: url.clone(), url, status, body: body.into_bytes(), ..Reply::default() })
        };
        let place = Place { folder: PathBuf::from("memory"), wait: Duration::ZERO };
        let net = Arc::new(Replay::answering(answer));
        let engine = Engine::over(Store::memory().unwrap(), place, net, Clock::stopped(Moment(0)));
        engine.circle(&format!("{server}/@ada"), &|_| {}, &Cancel::default()).await
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
