//! Takes what logs a source in, keeps it in the system's keychain and nowhere else; the library only knows that there is
//! one. Without a keychain nothing is kept, and it says so.

use pepites_core::{
    model::{Address, Phrase, SourceId},
    text::secret::parted,
};

use crate::{
    Engine,
    contract::{Code, Problem},
    keychain::{Keychain, NoKeychain},
    net::{Login, Secret},
    refresh::plan::asked_at,
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
        Ok(self.store.set_login(source.id, Some(login.kind()))?)
    }

    /// Forgets what logged a source in.
    ///
    /// # Errors
    /// When there is no such source, or the keychain cannot be opened.
    pub fn log_out(&self, source: SourceId) -> Result<(), Problem> {
        let source = self.store.source(source)?;
        self.keychain.forget(&name(&source.address)).map_err(no_keychain)?;
        Ok(self.store.set_login(source.id, None)?)
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

fn no_keychain(NoKeychain(detail): NoKeychain) -> Problem {
    Problem { code: Code::NoKeychain, detail: Phrase::new(Code::NoKeychain.key()).with("detail", detail) }
}

#[cfg(test)]
mod tests;
