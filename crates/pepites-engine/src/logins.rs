//! Takes what logs a source in, keeps it in the system's keychain and nowhere else; the library only knows that there is
//! one. Without a keychain nothing is kept, and it says so.

use std::sync::Arc;

use pepites_core::{
    model::{Address, Phrase, Source, SourceId, Validators},
    text::secret::parted,
};

use crate::{
    Cancel, Engine,
    adding::nothing,
    contract::{Code, GivenLogin, LoginAsk, Problem},
    keychain::{Keychain, NoKeychain},
    net::{Login, Secret},
    refresh::{
        plan::asked_at,
        verdict::{Verdict, Why},
    },
};

impl Engine {
    /// Logs a source in from now on; it is asked at the next refresh.
    ///
    /// # Errors
    /// When there is no such source, the secret cannot be sent, or the keychain does not take it. Nothing was kept then.
    pub fn log_in(&self, source: SourceId, secret: Secret) -> Result<(), Problem> {
        let source = self.store.source(source)?;
        let login = Login::at(asked_at(&source), secret.clone()).filter(|_| secret.is_sendable());
        let login = login.ok_or_else(|| Problem::new(Code::BadInput).with("input", secret.kind()))?;
        keep(&*self.keychain, &source.address, &login)?;
        Ok(self.store.set_login(source.id, Some(login.kind()), self.now())?)
    }

    /// Logs a source in, if its server takes it: it is asked at once, and only what it answers to is kept, with what it
    /// brought.
    ///
    /// # Errors
    /// When the server refuses that login or does not answer: nothing was kept then. Else as [`Engine::log_in`].
    pub async fn try_login(&self, ask: LoginAsk) -> Result<(), Problem> {
        let LoginAsk { source: id, login } = ask;
        let secret = login.into_secret();
        let source = self.apart(move |engine| Ok(engine.store.source(id)?)).await?;
        let login = Login::at(asked_at(&source), secret.clone()).filter(|_| secret.is_sendable());
        let login = login.ok_or_else(|| Problem::new(Code::BadInput).with("input", secret.kind()))?;
        let place = without(&source.address).locator;
        // What it said to who was not logged in is no answer to who is.
        let fresh = Source { validators: Validators::default(), body_hash: None, ..source };
        let visits = self.visits(Cancel::default()).with_login(Some(login));
        let visited = match visits.visit(&Arc::new(fresh), Vec::new()).await {
            Verdict::Good(visited) => *visited,
            Verdict::Bad(Why::Status(401 | 403 | 407), _) => {
                let detail = Phrase::new("problem.no_answer.login_refused").with("input", place);
                return Err(Problem { code: Code::NoAnswer, detail });
            }
            Verdict::Bad(why, _) => return Err(nothing(&why, &place)),
            Verdict::Stopped => return Err(Problem::fault("stopped")),
        };
        self.apart(move |engine| engine.log_in(id, secret)).await?;
        self.keep_one(visited).await
    }

    /// Forgets what logged a source in.
    ///
    /// # Errors
    /// When there is no such source, or the keychain cannot be opened.
    pub fn log_out(&self, source: SourceId) -> Result<(), Problem> {
        let source = self.store.source(source)?;
        self.keychain.forget(&name(&source.address)).map_err(no_keychain)?;
        Ok(self.store.set_login(source.id, None, self.now())?)
    }
}

impl GivenLogin {
    pub(crate) fn into_secret(self) -> Secret {
        match self.user {
            Some(user) => Secret::Basic { user, password: self.secret },
            None => Secret::Bearer(self.secret),
        }
    }
}

/// An address as typed, without its name and password; and these.
pub(crate) fn apart(typed: &str) -> (String, Option<Secret>) {
    match parted(typed) {
        Some((address, user, password)) => (address, Some(Secret::Basic { user, password })),
        None => (typed.to_owned(), None),
    }
}

/// The address without a name and a password, which libraries of before have in some.
pub(crate) fn without(address: &Address) -> Address {
    Address { locator: apart(&address.locator).0, ..address.clone() }
}

/// What is kept for the source at that address; None when there is nothing, or it cannot be had now.
pub(crate) fn kept(keychain: &dyn Keychain, address: &Address) -> Option<Login> {
    let had = keychain.secret(&name(address)).unwrap_or_else(|error| {
        tracing::warn!(%error, "a login cannot be had");
        None
    });
    serde_json::from_str(&had?).ok()
}

/// Keeps a login of the source at that address.
pub(crate) fn keep(keychain: &dyn Keychain, address: &Address, login: &Login) -> Result<(), Problem> {
    let secret = serde_json::to_string(login).map_err(Problem::fault)?;
    keychain.keep(&name(address), &secret).map_err(no_keychain)
}

/// The same under http and https, as the source is.
fn name(address: &Address) -> String {
    let (kind, place) = address.place();
    format!("{kind} {place}")
}

pub(crate) fn no_keychain(NoKeychain(detail): NoKeychain) -> Problem {
    Problem { code: Code::NoKeychain, detail: Phrase::new(Code::NoKeychain.key()).with("detail", detail) }
}

#[cfg(test)]
mod tests;
