//! Takes a server, has the reader sign in there with their own browser, keeps the leave that it gave in the system's
//! keychain and nowhere else; gives what that account sees, to follow. Never asks for a password, nor to write.

use std::{sync::Arc, time::Duration};

use pepites_core::{
    model::{Address, Phrase, Reply, Request, Source},
    sources::{
        self,
        account::{self, Account},
    },
    text::secret::masked_typed,
};
use pepites_store::KeptAccount;
use url::Url;

use crate::{
    Cancel, Engine,
    adding::nothing,
    catalogue::Language,
    contract::{AccountView, Code, Problem, SignInView, SignOutReport, TimelineView},
    keychain::{Keychain, NoKeychain},
    logins::no_keychain,
    net::{Login, NetError, Rooms, Secret, near},
    refresh::{verdict::Why, visit::leads_inside},
};

mod doorstep;
mod oauth;
#[cfg(test)]
mod tests;

use doorstep::{Brought, Doorstep, Words};
use oauth::{COPY, Chance, Client, Grant, No};

/// How long the reader may take in their browser: to look for a password, a telephone, a second factor.
const WAIT: Duration = Duration::from_secs(15 * 60);

/// A signing in that goes on.
pub(crate) struct Pending {
    server: Url,
    client: Client,
    chance: Chance,
    /// Where the browser comes back to; None where this computer gives no port.
    doorstep: Option<Doorstep>,
    words: Words,
    /// Told when it is over by another way: a code that was pasted, another signing in.
    over: Cancel,
}

impl Engine {
    /// The accounts that are signed in, by server and name.
    ///
    /// # Errors
    /// A problem of the library.
    pub fn accounts(&self) -> Result<Vec<AccountView>, Problem> {
        let sources = self.store.sources()?;
        let view = |kept: KeptAccount| {
            let account = Account { server: kept.server, user: kept.user };
            let follows = sources.iter().filter(|source| Account::of(&source.address).as_ref() == Some(&account));
            AccountView {
                follows: u32::try_from(follows.count()).unwrap_or(u32::MAX),
                handle: account.handle(),
                server: account.server,
                name: kept.name,
                portrait: kept.portrait,
                since: kept.since,
            }
        };
        Ok(self.store.accounts()?.into_iter().map(view).collect())
    }

    /// Begins to sign in: makes this program known to the server, gives the page where the reader says yes. `typed` is a
    /// server or an account on it; `language` is that of the page at the end.
    ///
    /// # Errors
    /// When that is no server, it does not answer, or knows no such way of signing in.
    pub async fn sign_in(&self, typed: &str, language: Language) -> Result<SignInView, Problem> {
        self.sign_in_cancel();
        let (server, client, doorstep) = self.known_to(typed).await?;
        let chance = Chance::new().map_err(Problem::fault)?;
        let said = |key: &str| language.say(&Phrase::new(key).with("server", shown(&server)));
        let words = Words {
            done: said("account.browser.done"),
            refused: said("account.browser.refused"),
            stray: said("account.browser.stray"),
        };
        let at = |back: &str| client.asks_at(&server, back, &chance).ok_or_else(|| no_door(&server));
        let copy_url = at(COPY)?;
        let url = doorstep.as_ref().map(|doorstep| at(&doorstep.address())).transpose()?;
        let view = SignInView { server: shown(&server), url, copy_url };
        let pending = Pending { server, client, chance, doorstep, words, over: Cancel::default() };
        *self.signing() = Some(Arc::new(pending));
        Ok(view)
    }

    /// Waits until the reader has said yes or no in their browser; gives the account.
    ///
    /// # Errors
    /// When they said no, did not come back in time, `cancel` was turned, or the server or the keychain is in the way.
    pub async fn signed_in(&self, cancel: &Cancel) -> Result<AccountView, Problem> {
        self.signed_in_within(WAIT, cancel).await
    }

    async fn signed_in_within(&self, wait: Duration, cancel: &Cancel) -> Result<AccountView, Problem> {
        let pending = self.pending()?;
        let cancelled = || sign_in("problem.sign_in.cancelled", &pending.server);
        let Some(doorstep) = &pending.doorstep else {
            // Only a code can end it.
            tokio::select! {
                () = pending.over.cancelled() => {}
                () = cancel.cancelled() => {}
            }
            return Err(cancelled());
        };
        let brought = tokio::select! {
            biased;
            () = cancel.cancelled() => return Err(cancelled()),
            () = pending.over.cancelled() => return Err(cancelled()),
            brought = tokio::time::timeout(wait, doorstep.wait(&pending.chance.state, &pending.words)) => brought,
        };
        let ended = match brought {
            Err(_) => Err(sign_in("problem.sign_in.timeout", &pending.server)),
            Ok(Err(error)) => Err(Problem::fault(error)),
            Ok(Ok(Brought::No)) => Err(sign_in("problem.sign_in.denied", &pending.server)),
            Ok(Ok(Brought::Code(code))) => self.redeem(&pending, &doorstep.address(), &code).await,
        };
        self.forget_pending(&pending);
        ended
    }

    /// Ends a signing in by the code that the server showed.
    ///
    /// # Errors
    /// As [`Engine::signed_in`]; after a code that was mistyped or too old, another may be tried.
    pub async fn sign_in_code(&self, typed: &str) -> Result<AccountView, Problem> {
        let pending = self.pending()?;
        let code = oauth::code(typed).ok_or_else(|| sign_in("problem.sign_in.code", &pending.server))?;
        let account = self.redeem(&pending, COPY, code).await?;
        self.forget_pending(&pending);
        Ok(account)
    }

    /// Leaves a signing in that goes on, if there is one.
    pub fn sign_in_cancel(&self) {
        if let Some(pending) = self.signing().take() {
            pending.over.cancel();
        }
    }

    /// Signs an account out: its server is told, and what was kept of it is forgotten. What was followed with it stays
    /// followed, and says that it needs the account.
    ///
    /// # Errors
    /// When there is no such account, or the keychain cannot be opened: nothing was changed then.
    pub async fn sign_out(&self, handle: &str) -> Result<SignOutReport, Problem> {
        let account = self.account(handle).await?;
        let (keychain, name) = (Arc::clone(&self.keychain), name(&account));
        let kept = tokio::task::spawn_blocking(move || keychain.secret(&name)).await.map_err(Problem::fault)?;
        let grant: Option<Grant> = kept.map_err(no_keychain)?.and_then(|kept| serde_json::from_str(&kept).ok());
        let revoked = match grant.zip(Url::parse(&account.server).ok()) {
            Some((grant, server)) => self.revoke(&grant, &server).await,
            // There is nothing left that a server could be told.
            None => true,
        };
        self.apart(move |engine| {
            engine.keychain.forget(&self::name(&account)).map_err(no_keychain)?;
            Ok(engine.store.drop_account(&account.server, &account.user)?)
        })
        .await?;
        Ok(SignOutReport { handle: handle.to_owned(), revoked })
    }

    /// What an account sees: its home timeline first, then its lists.
    ///
    /// # Errors
    /// When there is no such account, or its server does not let it in any more.
    pub async fn timelines(&self, handle: &str) -> Result<Vec<TimelineView>, Problem> {
        let account = self.account(handle).await?;
        let login = self.login_of(&account).await?;
        let server = Url::parse(&account.server).map_err(Problem::fault)?;
        let at = server.join("/api/v1/lists").map_err(Problem::fault)?;
        let reply = self.ask_as(&login, &at).await?;
        // Some servers have accounts, and no lists.
        let lists = match reply.status {
            404 | 501 => Vec::new(),
            200..300 => account.lists(&reply).ok_or_else(|| no_door(&server))?,
            _ => return Err(not_let_in(&reply, &account)),
        };
        let followed: Vec<Address> =
            self.apart(|engine| Ok(engine.store.sources()?.into_iter().map(|source| source.address).collect())).await?;
        let view = |address: Address, name: Option<String>| TimelineView {
            followed: followed.iter().any(|known| known.place() == address.place()),
            address: address.locator,
            name,
        };
        let home = account.home().map(|address| view(address, None));
        Ok(home.into_iter().chain(lists.into_iter().map(|list| view(list.address, Some(list.title)))).collect())
    }

    /// The server that was typed, and what it knows us by.
    async fn known_to(&self, typed: &str) -> Result<(Url, Client, Option<Doorstep>), Problem> {
        let (mut server, user) = meant(typed)
            .ok_or_else(|| Problem::new(Code::AddressUnknown).with("input", masked_typed(typed.trim()).into_owned()))?;
        let doorstep = Doorstep::open().await.ok();
        let back = doorstep.as_ref().map(Doorstep::address);
        let mut known = self.register(&server, back.as_deref(), typed).await;
        // The name of an account may stand on another host than its server.
        if let (Err(problem), Some(user)) = (&known, &user)
            && problem.code != Code::NoAnswer
            && let Some(home) = self.home_of(&server, user).await
        {
            server = home;
            known = self.register(&server, back.as_deref(), typed).await;
        }
        Ok((server, known?, doorstep))
    }

    async fn register(&self, server: &Url, back: Option<&str>, typed: &str) -> Result<Client, Problem> {
        if server.scheme() != "https" && !near::is_near(server) {
            return Err(sign_in("problem.sign_in.insecure", server));
        }
        let mut last = No::Door;
        for scope in oauth::SCOPES {
            let form = oauth::register(server, back, scope).ok_or_else(|| no_door(server))?;
            let reply = self.net.post(form).await.map_err(|error| nothing(&Why::Net(error), typed))?;
            match oauth::registered(&reply, scope) {
                Ok(client) => return Ok(client),
                Err(No::Server(status)) => return Err(nothing(&Why::Status(status), typed)),
                Err(no) => last = no,
            }
        }
        Err(why_not(last, server))
    }

    /// Where an account really lives, when its host says that it is elsewhere.
    async fn home_of(&self, server: &Url, user: &str) -> Option<Url> {
        let host = Account { server: server.origin().ascii_serialization(), user: user.to_owned() }.handle();
        let mut finger = server.join("/.well-known/webfinger").ok()?;
        finger.set_query(Some(&format!("resource=acct:{}", host.trim_start_matches('@'))));
        let reply = self.net.send(Request::get(finger)).await.ok()?;
        let home = Url::parse(&account::server_of(&reply, user)?).ok()?;
        // A public host does not send us to a neighbour.
        (home.origin() != server.origin() && !leads_inside(server.as_str(), home.as_str())).then_some(home)
    }

    /// Changes a code for leave, asks whose it is, keeps both.
    async fn redeem(&self, pending: &Pending, back: &str, code: &str) -> Result<AccountView, Problem> {
        let server = &pending.server;
        let form = pending.client.redeem(server, back, &pending.chance, code).ok_or_else(|| no_door(server))?;
        let reply = self.net.post(form).await.map_err(|error| nothing(&Why::Net(error), server.as_str()))?;
        let grant = pending.client.redeemed(&reply).map_err(|no| why_not(no, server))?;
        match self.keep_account(server, &grant).await {
            Ok(account) => Ok(account),
            Err(problem) => {
                // Leave that nobody keeps is taken back.
                self.revoke(&grant, server).await;
                Err(problem)
            }
        }
    }

    async fn keep_account(&self, server: &Url, grant: &Grant) -> Result<AccountView, Problem> {
        let login = bearer(server, &grant.token).ok_or_else(|| no_door(server))?;
        let at = server.join("/api/v1/accounts/verify_credentials").map_err(Problem::fault)?;
        let card = account::card(&self.ask_as(&login, &at).await?).ok_or_else(|| no_door(server))?;
        let account = Account { server: server.origin().ascii_serialization(), user: card.user };
        // Its timelines have addresses only then.
        let home = account.home().and_then(|home| Account::of(&home));
        home.filter(|home| *home == account).ok_or_else(|| no_door(server))?;
        let secret = serde_json::to_string(grant).map_err(Problem::fault)?;
        let (name, portrait, since) = (card.name, card.portrait, self.now());
        let kept = KeptAccount { server: account.server.clone(), user: account.user.clone(), name, portrait, since };
        let handle = account.handle();
        self.apart(move |engine| {
            engine.keychain.keep(&self::name(&account), &secret).map_err(no_keychain)?;
            engine.store.keep_account(&kept)?;
            engine.store.ask_again(&engine.seen_with(&account)?)?;
            let accounts = engine.accounts()?;
            accounts.into_iter().find(|view| view.handle == handle).ok_or_else(|| Problem::fault("no account"))
        })
        .await
    }

    /// The sources that are seen with an account.
    fn seen_with(&self, account: &Account) -> Result<Vec<pepites_core::model::SourceId>, Problem> {
        let theirs = |source: &Source| Account::of(&source.address).as_ref() == Some(account);
        Ok(self.store.sources()?.iter().filter(|source| theirs(source)).map(|source| source.id).collect())
    }

    /// Whether the server has heard that this leave is over.
    async fn revoke(&self, grant: &Grant, server: &Url) -> bool {
        let Some(form) = grant.revoke(server) else { return false };
        let heard = self.net.post(form).await;
        heard.is_ok_and(|reply| (200..300).contains(&reply.status))
    }

    async fn ask_as(&self, login: &Login, at: &Url) -> Result<Reply, Problem> {
        let (room, request) = (Rooms::default().room(), Request::get(at.as_str()));
        let sent = self.net.send_within(request, &room, Some(login)).await;
        sent.map_err(|error: NetError| nothing(&Why::Net(error), at.as_str()))
    }

    /// The account of that handle, that is signed in.
    pub(crate) async fn account(&self, handle: &str) -> Result<Account, Problem> {
        let wanted = format!("@{}", handle.trim().trim_start_matches('@')).to_lowercase();
        let found = self.apart(|engine| Ok(engine.store.accounts()?)).await?.into_iter().find_map(|kept| {
            let account = Account { server: kept.server, user: kept.user };
            (account.handle().to_lowercase() == wanted).then_some(account)
        });
        found.ok_or_else(|| {
            let detail = Phrase::new("problem.missing.account").with("input", handle);
            Problem { code: Code::Missing, detail }
        })
    }

    async fn login_of(&self, account: &Account) -> Result<Login, Problem> {
        let (keychain, wanted) = (Arc::clone(&self.keychain), account.clone());
        let had = tokio::task::spawn_blocking(move || login(&*keychain, &wanted)).await.map_err(Problem::fault)?;
        had.map_err(no_keychain)?.ok_or_else(|| sign_in_again(account))
    }

    fn pending(&self) -> Result<Arc<Pending>, Problem> {
        let none = || Problem { code: Code::SignIn, detail: Phrase::new("problem.sign_in.none") };
        self.signing().clone().ok_or_else(none)
    }

    /// That one is over; another that began meanwhile goes on.
    fn forget_pending(&self, pending: &Arc<Pending>) {
        let mut signing = self.signing();
        if signing.as_ref().is_some_and(|current| Arc::ptr_eq(current, pending)) {
            *signing = None;
        }
        pending.over.cancel();
    }
}

/// What lets a source that is seen with an account in; Ok(None) when that account is signed out.
pub(crate) fn login(keychain: &dyn Keychain, account: &Account) -> Result<Option<Login>, NoKeychain> {
    let kept = keychain.secret(&name(account))?;
    let grant: Option<Grant> = kept.and_then(|kept| serde_json::from_str(&kept).ok());
    Ok(grant.zip(Url::parse(&account.server).ok()).and_then(|(grant, server)| bearer(&server, &grant.token)))
}

/// What a source says whose account is signed out, or is not let in any more.
pub(crate) fn needs(account: &Account, refused: bool) -> Phrase {
    let phrase = if refused { Phrase::new("trouble.not_let_in") } else { Phrase::new("trouble.signed_out") };
    phrase.with("account", account.handle())
}

fn bearer(server: &Url, token: &str) -> Option<Login> {
    let secret = Secret::Bearer(token.to_owned());
    if secret.is_sendable() { Login::at(server.as_str(), secret) } else { None }
}

fn name(account: &Account) -> String {
    format!("account {} {}", account.server, account.user)
}

/// The server that a person means, and the name of their account where they wrote it.
fn meant(typed: &str) -> Option<(Url, Option<String>)> {
    let address = sources::recognise(typed)?;
    let url = Url::parse(&address.locator).ok()?;
    let user = url.path().strip_prefix("/@").filter(|_| address.kind == "mastodon").map(str::to_owned);
    let server = Url::parse(&url.origin().ascii_serialization()).ok()?;
    Some((server, user))
}

/// A server as a person names it.
fn shown(server: &Url) -> String {
    let host = server.host_str().unwrap_or_default();
    server.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
}

fn sign_in(key: &str, server: &Url) -> Problem {
    Problem { code: Code::SignIn, detail: Phrase::new(key).with("server", shown(server)) }
}

fn no_door(server: &Url) -> Problem {
    sign_in("problem.sign_in", server)
}

fn why_not(no: No, server: &Url) -> Problem {
    match no {
        No::Code => sign_in("problem.sign_in.expired", server),
        No::Door => no_door(server),
        No::Server(status) => nothing(&Why::Status(status), server.as_str()),
    }
}

fn sign_in_again(account: &Account) -> Problem {
    Problem { code: Code::SignIn, detail: Phrase::new("problem.sign_in.again").with("account", account.handle()) }
}

fn not_let_in(reply: &Reply, account: &Account) -> Problem {
    match reply.status {
        401 | 403 => sign_in_again(account),
        status => nothing(&Why::Status(status), &account.server),
    }
}
