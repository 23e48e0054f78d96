//! Takes a server and what it answered, gives the forms and addresses of signing in (OAuth 2: authorization code with
//! PKCE). Pure but for the system's randomness; never sends anything, never shows a secret.

use base64::{Engine as _, prelude::BASE64_URL_SAFE_NO_PAD};
use pepites_core::model::Reply;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest, Sha256};
use url::Url;

use crate::net::Form;

/// How we introduce ourselves: the server shows it where it asks for leave.
const NAME: &str = "Pépites";

/// What is asked for: to read what the account sees, its lists, who it is and whom it follows. Never to write.
const NARROW: &str = "read:statuses read:lists read:accounts read:follows";

/// The same where a server knows no parts of "read" (GoToSocial's older releases).
const WIDE: &str = "read";

/// The redirect that shows a code to copy instead (RFC 6749 has no name for it; Doorkeeper and its kin do).
pub(super) const COPY: &str = "urn:ietf:wg:oauth:2.0:oob";

/// Bytes of chance in what must not be guessed: RFC 7636 asks for 32.
const CHANCE: usize = 32;

/// No code and no token is longer.
const LONGEST: usize = 2_000;

/// What a server knows this program by. Each signing in has its own.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Client {
    id: String,
    secret: String,
    scope: String,
}

/// What is kept in the keychain for an account.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Grant {
    client: Client,
    pub(super) token: String,
}

/// What one signing in is told apart by, and proven with.
#[derive(Clone)]
pub(super) struct Chance {
    /// Comes back with the code: an answer to somebody else's question does not have it.
    pub(super) state: String,
    verifier: String,
}

/// Why there is no token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum No {
    /// The code is used, wrong, or too old.
    Code,
    /// The server has no such door, or answers what makes no sense.
    Door,
    /// It is out of order, or busy.
    Server(u16),
}

impl Chance {
    /// New chance from the system.
    pub(super) fn new() -> Result<Self, getrandom::Error> {
        Ok(Self { state: chance()?, verifier: chance()? })
    }

    fn challenge(&self) -> String {
        BASE64_URL_SAFE_NO_PAD.encode(Sha256::digest(self.verifier.as_bytes()))
    }
}

fn chance() -> Result<String, getrandom::Error> {
    let mut bytes = [0; CHANCE];
    getrandom::fill(&mut bytes)?;
    Ok(BASE64_URL_SAFE_NO_PAD.encode(bytes))
}

/// The two ways of asking for leave, the narrow one first.
pub(super) const SCOPES: [&str; 2] = [NARROW, WIDE];

/// Makes this program known to a server. `back` is where answers may come: this very computer, for this one time.
pub(super) fn register(server: &Url, back: Option<&str>, scope: &str) -> Option<Form> {
    let redirects = back.map_or_else(|| COPY.to_owned(), |back| format!("{back}\n{COPY}"));
    let fields = vec![("client_name", NAME.to_owned()), ("redirect_uris", redirects), ("scopes", scope.to_owned())];
    Some(Form { url: server.join("/api/v1/apps").ok()?.into(), fields })
}

/// What the server knows us by from now on.
pub(super) fn registered(reply: &Reply, scope: &str) -> Result<Client, No> {
    let said = good(reply)?;
    let line = |key: &str| line(&said, key).ok_or(No::Door);
    Ok(Client { id: line("client_id")?, secret: line("client_secret")?, scope: scope.to_owned() })
}

impl Client {
    /// Where the reader is asked for leave, on their server, in their browser.
    pub(super) fn asks_at(&self, server: &Url, back: &str, chance: &Chance) -> Option<String> {
        let mut url = server.join("/oauth/authorize").ok()?;
        url.query_pairs_mut()
            .append_pair("response_type", "code")
            .append_pair("client_id", &self.id)
            .append_pair("redirect_uri", back)
            .append_pair("scope", &self.scope)
            .append_pair("state", &chance.state)
            .append_pair("code_challenge", &chance.challenge())
            .append_pair("code_challenge_method", "S256");
        Some(url.into())
    }

    /// Changes a code for a token. `back` is where the code came.
    pub(super) fn redeem(&self, server: &Url, back: &str, chance: &Chance, code: &str) -> Option<Form> {
        let fields = vec![
            ("grant_type", "authorization_code".to_owned()),
            ("client_id", self.id.clone()),
            ("client_secret", self.secret.clone()),
            ("redirect_uri", back.to_owned()),
            ("scope", self.scope.clone()),
            ("code", code.to_owned()),
            ("code_verifier", chance.verifier.clone()),
        ];
        Some(Form { url: server.join("/oauth/token").ok()?.into(), fields })
    }

    /// What came of it.
    pub(super) fn redeemed(&self, reply: &Reply) -> Result<Grant, No> {
        if matches!(reply.status, 400 | 401 | 403 | 422) {
            return Err(No::Code);
        }
        let token = line(&good(reply)?, "access_token").ok_or(No::Door)?;
        Ok(Grant { client: self.clone(), token })
    }
}

impl Grant {
    /// Makes its token worthless.
    pub(super) fn revoke(&self, server: &Url) -> Option<Form> {
        let fields = vec![
            ("client_id", self.client.id.clone()),
            ("client_secret", self.client.secret.clone()),
            ("token", self.token.clone()),
        ];
        Some(Form { url: server.join("/oauth/revoke").ok()?.into(), fields })
    }
}

fn good(reply: &Reply) -> Result<Value, No> {
    match reply.status {
        200..300 => serde_json::from_slice(&reply.body).map_err(|_not_json| No::Door),
        429 | 500.. => Err(No::Server(reply.status)),
        _ => Err(No::Door),
    }
}

/// A text that is there, fits into a header and is no novel.
fn line(said: &Value, key: &str) -> Option<String> {
    let text = said.get(key)?.as_str()?;
    let fits = !text.is_empty() && text.len() <= LONGEST && text.chars().all(|c| c.is_ascii_graphic());
    fits.then(|| text.to_owned())
}

/// A code as a person copies it: without what stands around it; None when it is none.
pub(super) fn code(typed: &str) -> Option<&str> {
    let code = typed.trim();
    let fits = !code.is_empty() && code.len() <= LONGEST && code.chars().all(|c| c.is_ascii_graphic());
    fits.then_some(code)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn server() -> Url {
        Url::parse("https://a.example").unwrap()
    }

    fn known(reply: &Reply) -> Result<Client, No> {
        registered(reply, NARROW)
    }

    fn said(status: u16, body: &str) -> Reply {
        Reply { status, body: body.as_bytes().to_vec(), ..Reply::default() }
    }

    #[test]
    fn the_proof_is_the_one_of_rfc_7636() {
        let verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk".to_owned();
        let chance = Chance { state: String::new(), verifier };
        assert_eq!(chance.challenge(), "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
        let (one, other) = (Chance::new().unwrap(), Chance::new().unwrap());
        assert!(one.state.len() >= 43 && one.state != other.state && one.verifier != other.verifier);
        assert_ne!(one.state, one.verifier, "who sees the address does not know the proof");
    }

    #[test]
    fn what_a_server_says_is_believed_only_where_it_makes_sense() {
        let refused = |status, body| known(&said(status, body)).err();
        assert_eq!(refused(200, r#"{"client_id":"1","client_secret":"2"}"#), None);
        for (status, body, why) in [
            (200, "<html>", No::Door),
            (200, r#"{"client_id":"1"}"#, No::Door),
            (200, "{\"client_id\":\"1\\n2\",\"client_secret\":\"2\"}", No::Door),
            (302, "", No::Door),
            (404, "{}", No::Door),
            (429, "", No::Server(429)),
            (503, "", No::Server(503)),
        ] {
            assert_eq!(refused(status, body), Some(why), "{status} {body}");
        }
    }

    #[test]
    fn a_form_and_a_grant_show_no_secret() {
        let client = known(&said(200, r#"{"client_id":"id","client_secret":"hush"}"#)).ok().unwrap();
        let chance = Chance::new().unwrap();
        let url = client.asks_at(&server(), COPY, &chance).unwrap();
        assert!(!url.contains("hush") && !url.contains(&chance.verifier), "{url}");
        assert!(url.contains("code_challenge_method=S256") && url.contains("read%3Astatuses"), "{url}");
        let form = client.redeem(&server(), COPY, &chance, "c0de").unwrap();
        let shown = format!("{form:?}");
        assert!(shown.contains("client_secret") && !shown.contains("hush") && !shown.contains("c0de"), "{shown}");
        assert_eq!(client.redeemed(&said(400, r#"{"error":"invalid_grant"}"#)).err(), Some(No::Code));
        let grant = client.redeemed(&said(200, r#"{"access_token":"t0ken"}"#)).ok().unwrap();
        assert!(!format!("{:?}", grant.revoke(&server())).contains("t0ken"));
    }

    #[test]
    fn a_code_is_copied_with_blanks_around_it() {
        assert_eq!(code("  aB-9_ \n"), Some("aB-9_"));
        for none in ["", " ", "a b", "a\nb"] {
            assert_eq!(code(none), None, "{none:?}");
        }
    }
}
