//! Gives what logs a source in, as headers of a request to the one place that it is for. Never shows itself: neither in
//! logs, nor in errors, nor to another host.

use std::fmt;

use base64::{Engine as _, prelude::BASE64_STANDARD};
use reqwest::header::{HeaderMap, HeaderName, HeaderValue};
use serde::{Deserialize, Serialize};
use url::Url;

/// Headers that are not the reader's to set: they say where a request goes and how long it is.
const NOT_OURS: &[&str] = &["host", "content-length", "transfer-encoding", "connection", "upgrade", "te", "trailer"];

/// How one logs in.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Secret {
    /// A name and a password (HTTP Basic).
    Basic {
        /// The name.
        user: String,
        /// The password.
        password: String,
    },
    /// A token (`Authorization: Bearer`).
    Bearer(String),
    /// Headers as a provider prescribes them (`X-Api-Key`).
    Headers(Vec<(String, String)>),
}

/// A secret and the one place that it is told to.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Login {
    /// Scheme, host and port, as browsers write origins.
    origin: String,
    secret: Secret,
}

impl Secret {
    /// What kind it is; that may be shown.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Basic { .. } => "basic",
            Self::Bearer(_) => "bearer",
            Self::Headers(_) => "headers",
        }
    }

    fn headers(&self) -> Vec<(String, String)> {
        let authorization = |value: String| vec![("authorization".to_owned(), value)];
        match self {
            Self::Basic { user, password } => {
                authorization(format!("Basic {}", BASE64_STANDARD.encode(format!("{user}:{password}"))))
            }
            Self::Bearer(token) => authorization(format!("Bearer {token}")),
            Self::Headers(headers) => headers.clone(),
        }
    }

    /// Whether it can be sent at all.
    #[must_use]
    pub fn is_sendable(&self) -> bool {
        let headers = self.headers();
        let ours = headers.iter().all(|(name, _)| !NOT_OURS.contains(&name.to_ascii_lowercase().as_str()));
        ours && !headers.is_empty() && map(&headers).is_some()
    }
}

impl Login {
    /// For the place of that address.
    #[must_use]
    pub fn at(address: &str, secret: Secret) -> Option<Self> {
        let url = Url::parse(address).ok().filter(|url| matches!(url.scheme(), "http" | "https"))?;
        Some(Self { origin: url.origin().ascii_serialization(), secret })
    }

    /// What kind it is.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        self.secret.kind()
    }

    /// What logs in, for whoever knows another place that it is for.
    pub(crate) fn into_secret(self) -> Secret {
        self.secret
    }

    /// Its headers, when `url` is the place that it is for, or the same host under https.
    pub(super) fn for_place(&self, url: &Url) -> Option<HeaderMap> {
        let secured = || {
            let host = self.origin.strip_prefix("http://").filter(|host| !host.contains(':'))?;
            Some(url.scheme() == "https" && url.port().is_none() && url.host_str() == Some(host))
        };
        let fits = url.origin().ascii_serialization() == self.origin || secured() == Some(true);
        if fits { map(&self.secret.headers()) } else { None }
    }
}

fn map(headers: &[(String, String)]) -> Option<HeaderMap> {
    let mut map = HeaderMap::new();
    for (name, value) in headers {
        let mut value = HeaderValue::from_str(value).ok()?;
        // The client's own logs leave it out.
        value.set_sensitive(true);
        map.append(HeaderName::from_bytes(name.as_bytes()).ok()?, value);
    }
    Some(map)
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Secret({})", self.kind())
    }
}

impl fmt::Debug for Login {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Login({} at {})", self.kind(), self.origin)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_told_to_its_own_place_and_shown_to_nobody() {
        let basic = Secret::Basic { user: "ada".to_owned(), password: "wörd:1".to_owned() };
        let login = Login::at("http://a.example/feed", basic).unwrap();
        let told = |url: &str| {
            let headers = login.for_place(&Url::parse(url).unwrap())?;
            Some(headers.get("authorization")?.to_str().unwrap().to_owned())
        };
        assert_eq!(told("http://a.example/other?x").as_deref(), Some("Basic YWRhOnfDtnJkOjE="));
        assert!(told("https://a.example/feed").is_some(), "the same host, secured");
        for elsewhere in
            ["http://b.example/feed", "http://a.example:8080/", "https://a.example:8443/", "http://x.a.example/"]
        {
            assert_eq!(told(elsewhere), None, "{elsewhere}");
        }
        let secure = Login::at("https://a.example/", Secret::Bearer("t".to_owned())).unwrap();
        assert!(secure.for_place(&Url::parse("http://a.example/").unwrap()).is_none(), "never in clear afterwards");
        assert!(!format!("{login:?} {secure:?}").contains("rd:1") && !format!("{login:?}").contains("YWRh"));
        assert_eq!(Login::at("mailto:a@b.example", Secret::Bearer(String::new())), None);
    }

    #[test]
    fn headers_that_are_none_or_not_the_reader_s_are_refused() {
        let headers = |name: &str, value: &str| Secret::Headers(vec![(name.to_owned(), value.to_owned())]);
        assert!(headers("X-Api-Key", "k").is_sendable());
        for (name, value) in [("Host", "b.example"), ("bad name", "k"), ("X", "a\nb"), ("", "k")] {
            assert!(!headers(name, value).is_sendable(), "{name}");
        }
        assert!(!Secret::Headers(Vec::new()).is_sendable());
        assert!(!Secret::Bearer("a\r\nb".to_owned()).is_sendable());
    }
}
