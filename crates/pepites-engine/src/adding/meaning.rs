//! Takes what a person typed, gives what it leads to: an address, an account of X at the reader's bridge, a tag where its
//! server is one of the fediverse, a domain that is somebody's handle. Never keeps a login in an address.

use pepites_core::{
    model::{Address, Phrase, Source},
    sources::{self, X_USER, account::Account, feed, x_account, x_bridged},
    text::secret::masked_typed,
};

use super::{Sought, nothing, unknown};
use crate::{
    Engine,
    contract::{Code, Problem},
    logins,
    net::{Login, Rooms, Secret},
    refresh::{verdict::Why, visit::Visits},
};

/// What is said of a domain whose web server gives nothing, or which has none: handles need no more than a name.
const NOTHING_THERE: &[&str] = &[
    "problem.no_answer.unknown_host",
    "problem.no_answer.no_telling",
    "problem.no_answer.unreachable",
    "problem.no_answer.refused",
    "problem.no_answer.insecure",
];

impl Engine {
    /// What was typed, the address that it means, and the login that stood in it, which is in neither.
    pub(super) async fn meant(&self, typed: &str) -> Result<(String, Address, Option<Secret>), Problem> {
        let (typed, secret) = logins::apart(typed.trim());
        let mut address = self.address_of(&typed).await?;
        // What was written around the address ("feed:", angle brackets) hid it until now.
        let (locator, hidden) = logins::apart(&address.locator);
        address.locator = locator;
        if let Some(account) = Account::of(&address)
            && self.account(&account.handle()).await.is_err()
        {
            return Err(nothing(&Why::SignedOut, &typed));
        }
        Ok((typed, address, secret.or(hidden)))
    }

    /// What an address as a person types it is the address of. One of X is that of the reader's bridge.
    async fn address_of(&self, typed: &str) -> Result<Address, Problem> {
        let Some(account) = x_account(typed) else {
            let address = sources::recognise(typed).ok_or_else(|| unknown(typed))?;
            let tag = Some(&address).filter(|address| address.kind == feed::KIND_NAME);
            return Ok(match tag.and_then(|_| sources::may_be_tag(typed)) {
                Some(tag) if self.is_tag(&tag).await => tag,
                _ => address,
            });
        };
        let bridge = self.apart(|engine| Ok(engine.settings()?.x_bridge)).await?;
        let bridged = account.zip(bridge).and_then(|(user, bridge)| x_bridged(&bridge, &user));
        bridged.ok_or_else(|| {
            let detail = Phrase::new("problem.address_unknown.x").with("input", masked_typed(typed).into_owned());
            Problem { code: Code::AddressUnknown, detail: detail.with("mark", X_USER) }
        })
    }

    /// Whether the server of what may be a tag says that it is one.
    async fn is_tag(&self, tag: &Address) -> bool {
        let source = Source::unvisited(tag.clone(), self.now());
        let Some(request) = sources::kind(&tag.kind).and_then(|kind| (kind.ask)(&source, &[])) else { return false };
        let reply = self.net.send_within(request, &Rooms::default().room(), None).await;
        reply.is_ok_and(|reply| sources::is_timeline(&reply))
    }

    /// What is at an address; else, where a domain was typed that has nothing to follow, who has it as their handle.
    pub(super) async fn seek(
        &self,
        visits: &Visits,
        address: Address,
        typed: &str,
        login: Option<&Login>,
    ) -> Result<Sought, Problem> {
        let plain = login.is_none() && address.kind == feed::KIND_NAME && !typed.contains("://");
        let problem = match self.seek_there(visits, address, typed, login).await {
            Err(problem) if plain && may_be_handle(&problem) => problem,
            sought => return sought,
        };
        let Some(handle) = sources::handle_of(typed) else { return Err(problem) };
        self.meet(visits, handle, Vec::new()).await.map(|found| Sought::One(Box::new(found))).map_err(|_why| problem)
    }

    async fn seek_there(
        &self,
        visits: &Visits,
        address: Address,
        typed: &str,
        login: Option<&Login>,
    ) -> Result<Sought, Problem> {
        let (address, first, offers) = self.look(address, typed, login).await?;
        if offers.len() < 2 {
            let found = self.meet(visits, address, first).await.map_err(|why| nothing(&why, typed))?;
            return Ok(Sought::One(Box::new(found)));
        }
        Ok(Sought::Several(first.last().map_or(address.locator, |reply| reply.url.clone()), offers))
    }
}

fn may_be_handle(problem: &Problem) -> bool {
    problem.code == Code::NothingFound || NOTHING_THERE.contains(&problem.detail.key.as_str())
}
