//! Takes and gives secrets by name: the system's own keychain, or in tests one in memory. Never writes one to a file.

use std::{
    collections::BTreeMap,
    sync::{Mutex, PoisonError},
    thread,
};

/// The name under which the keychain shows what is ours.
const SERVICE: &str = "app.pepites.desktop";

/// There is no keychain here, or it stays shut; with what the system says. Never with a secret.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no keychain: {0}")]
pub struct NoKeychain(pub String);

/// Where secrets are kept. Its methods wait, perhaps for a person who unlocks it: call them where nothing is held up.
pub trait Keychain: Send + Sync {
    /// The secret of that name.
    fn secret(&self, name: &str) -> Result<Option<String>, NoKeychain>;

    /// Keeps a secret, in place of one of the same name.
    fn keep(&self, name: &str, secret: &str) -> Result<(), NoKeychain>;

    /// Forgets the secret of that name, if there is one.
    fn forget(&self, name: &str) -> Result<(), NoKeychain>;
}

/// That of the system: Keychain on macOS, the Credential Manager on Windows, the Secret Service elsewhere.
#[derive(Clone, Copy, Debug)]
pub struct System;

impl Keychain for System {
    fn secret(&self, name: &str) -> Result<Option<String>, NoKeychain> {
        with_entry(name, keyring::Entry::get_password)
    }

    fn keep(&self, name: &str, secret: &str) -> Result<(), NoKeychain> {
        with_entry(name, |entry| entry.set_password(secret)).map(|_| ())
    }

    fn forget(&self, name: &str) -> Result<(), NoKeychain> {
        with_entry(name, keyring::Entry::delete_credential).map(|_| ())
    }
}

/// On a thread of its own: on Linux the keychain is spoken to over D-Bus, by a runtime that must not stand in another.
fn with_entry<T: Send>(
    name: &str,
    act: impl FnOnce(&keyring::Entry) -> keyring::Result<T> + Send,
) -> Result<Option<T>, NoKeychain> {
    let done =
        thread::scope(|scope| scope.spawn(|| keyring::Entry::new(SERVICE, name).and_then(|entry| act(&entry))).join());
    match done {
        Ok(Ok(given)) => Ok(Some(given)),
        Ok(Err(keyring::Error::NoEntry)) => Ok(None),
        // What the system says, without the bytes that some of its errors carry.
        Ok(Err(error)) => Err(NoKeychain(error.to_string())),
        Err(_) => Err(NoKeychain("the keychain's library failed".to_owned())),
    }
}

/// One in memory, for tests.
#[derive(Debug, Default)]
pub struct Memory {
    secrets: Mutex<BTreeMap<String, String>>,
    shut: bool,
}

impl Memory {
    /// One that refuses everything, as a machine without a keychain does.
    #[must_use]
    pub fn shut() -> Self {
        Self { shut: true, ..Self::default() }
    }

    fn open<T>(&self, act: impl FnOnce(&mut BTreeMap<String, String>) -> T) -> Result<T, NoKeychain> {
        if self.shut {
            return Err(NoKeychain("none".to_owned()));
        }
        Ok(act(&mut self.secrets.lock().unwrap_or_else(PoisonError::into_inner)))
    }
}

impl Keychain for Memory {
    fn secret(&self, name: &str) -> Result<Option<String>, NoKeychain> {
        self.open(|secrets| secrets.get(name).cloned())
    }

    fn keep(&self, name: &str, secret: &str) -> Result<(), NoKeychain> {
        self.open(|secrets| drop(secrets.insert(name.to_owned(), secret.to_owned())))
    }

    fn forget(&self, name: &str) -> Result<(), NoKeychain> {
        self.open(|secrets| drop(secrets.remove(name)))
    }
}
