//! Holds signing in and out against a server made of a function, with a browser that a test is. The listener and its
//! connections are real, on this computer alone.

use std::{
    path::PathBuf,
    sync::{Mutex, PoisonError},
};

use pepites_core::model::{Moment, SourceId};
use pepites_store::Store;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use super::*;
use crate::{
    Clock, Place,
    contract::{CirclePerson, SourceView},
    keychain::Memory,
    net::{Form, Net, Replying, Room},
};

const NOW: Moment = Moment(1_795_348_800_000);
const SERVER: &str = "https://a.example";
const TOKEN: &str = "t0ken";
const CODE: &str = "c0de";
const HUSH: &str = "hush";

/// A form: where it was sent, and what was in it.
type Sent = (String, Vec<(&'static str, String)>);

/// A server as the tests want it.
#[derive(Default)]
struct Server {
    /// Forms as they came: where, and what was in them.
    forms: Mutex<Vec<Sent>>,
    /// Addresses that were asked, and whether with the token.
    asked: Mutex<Vec<(String, bool)>>,
    /// It takes its leave back.
    revoked: Mutex<bool>,
    /// It knows no parts of "read".
    old: bool,
    /// It cannot be reached when it is to be told of the end.
    deaf: bool,
}

fn said(url: &str, status: u16, body: &str) -> Reply {
    Reply { asked: url.to_owned(), url: url.to_owned(), status, body: body.as_bytes().to_vec(), ..Reply::default() }
}

impl Server {
    fn forms_to(&self, path: &str) -> Vec<Vec<(&'static str, String)>> {
        let forms = self.forms.lock().unwrap();
        forms.iter().filter(|(url, _)| url.ends_with(path)).map(|(_, fields)| fields.clone()).collect()
    }

    fn get(&self, url: &str, with: bool) -> Reply {
        self.asked.lock().unwrap_or_else(PoisonError::into_inner).push((url.to_owned(), with));
        let let_in = with && !*self.revoked.lock().unwrap();
        let path = url.strip_prefix(SERVER).unwrap_or(url).split('?').next().unwrap_or_default();
        match path {
            "https://name.example/.well-known/webfinger" => {
                let links = format!(
                    r#"{{"links":[{{"rel":"self","type":"application/activity+json","href":"{SERVER}/users/ada"}}]}}"#
                );
                said(url, 200, &links)
            }
            "/api/v1/accounts/verify_credentials" if let_in => {
                said(url, 200, r#"{"username":"ada","acct":"ada","display_name":"Ada"}"#)
            }
            "/api/v1/lists" if let_in => said(url, 200, r#"[{"id":"7","title":"Sea"}]"#),
            "/api/v1/timelines/home" if let_in => {
                let status = r#"{"id":"9","url":"https://b.example/@bo/9","created_at":"2026-11-22T10:00:00Z",
                    "content":"<p>The lamp burns</p>","visibility":"private",
                    "account":{"id":"2","acct":"bo@b.example","display_name":"Bo","url":"https://b.example/@bo"}}"#;
                said(url, 200, &format!("[{status}]"))
            }
            _ => said(url, 401, "{}"),
        }
    }

    fn form(&self, form: &Form) -> Reply {
        self.forms.lock().unwrap().push((form.url.clone(), form.fields.clone()));
        let field = |name: &str| form.fields.iter().find(|(key, _)| *key == name).map_or("", |(_, value)| value);
        let body = match form.url.strip_prefix(SERVER).unwrap_or_default() {
            "/api/v1/apps" if self.old && field("scopes").contains(':') => return said(&form.url, 422, "{}"),
            "/api/v1/apps" => format!(r#"{{"client_id":"us","client_secret":"{HUSH}"}}"#),
            "/oauth/token" if field("code") != CODE => return said(&form.url, 400, r#"{"error":"invalid_grant"}"#),
            "/oauth/token" => format!(r#"{{"access_token":"{TOKEN}","token_type":"Bearer"}}"#),
            "/oauth/revoke" => {
                *self.revoked.lock().unwrap() = true;
                "{}".to_owned()
            }
            _ => return said(&form.url, 404, "not here"),
        };
        said(&form.url, 200, &body)
    }
}

struct Wire(Arc<Server>);

impl Net for Wire {
    fn send(&self, request: Request) -> Replying<'_> {
        Box::pin(async move { Ok(self.0.get(&request.url, false)) })
    }

    fn send_within<'a>(&'a self, request: Request, _room: &'a Room, login: Option<&'a Login>) -> Replying<'a> {
        let told = login.is_some_and(|login| login.clone().into_secret() == Secret::Bearer(TOKEN.to_owned()));
        Box::pin(async move { Ok(self.0.get(&request.url, told)) })
    }

    fn post(&self, form: Form) -> Replying<'_> {
        let deaf = self.0.deaf && form.url.ends_with("/oauth/revoke");
        let answer = if deaf { Err(NetError::Unreachable("refused".to_owned())) } else { Ok(self.0.form(&form)) };
        Box::pin(async move { answer })
    }
}

fn world(server: Server, keychain: Memory) -> (Engine, Arc<Server>, Arc<Memory>) {
    let (server, keychain) = (Arc::new(server), Arc::new(keychain));
    let place = Place { folder: PathBuf::from("memory"), wait: Duration::ZERO };
    let net = Arc::new(Wire(Arc::clone(&server)));
    let engine = Engine::over(Store::memory().unwrap(), place, net, Clock::stopped(NOW));
    (engine.with_keychain(Arc::clone(&keychain) as Arc<dyn Keychain>), server, keychain)
}

async fn begin(engine: &Engine, typed: &str) -> SignInView {
    engine.sign_in(typed, Language::English).await.unwrap()
}

/// What a browser sends back after `answer` on the page at `url`; gives what it is shown.
async fn browse(url: &str, answer: &str) -> String {
    let url = Url::parse(url).unwrap();
    let value = |key: &str| url.query_pairs().find(|(name, _)| name == key).unwrap().1.into_owned();
    let back = Url::parse(&value("redirect_uri")).unwrap();
    let at = format!("127.0.0.1:{}", back.port().unwrap());
    let answer = answer.replace("STATE", &value("state"));
    let mut stream = TcpStream::connect(&at).await.unwrap();
    let request = format!("GET {}?{answer} HTTP/1.1\r\nHost: {at}\r\n\r\n", back.path());
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut shown = String::new();
    stream.read_to_string(&mut shown).await.unwrap();
    shown
}

/// Signed in by way of the browser.
async fn signed_in(engine: &Engine) -> AccountView {
    let url = begin(engine, "@ada@a.example").await.url.unwrap();
    let answer = format!("code={CODE}&state=STATE");
    let never = Cancel::default();
    let (account, shown) = tokio::join!(engine.signed_in(&never), browse(&url, &answer));
    assert!(shown.contains("Pépites has heard from a.example"), "{shown}");
    account.unwrap()
}

async fn home(engine: &Engine) -> SourceView {
    let timelines = engine.timelines("@ada@a.example").await.unwrap();
    let person = |timeline: &TimelineView| CirclePerson {
        address: timeline.address.clone(),
        name: timeline.name.clone().unwrap_or_else(|| "Home".to_owned()),
        followed: false,
    };
    let people: Vec<CirclePerson> = timelines.iter().map(person).collect();
    engine.follow_all(&people[..1], &[]).await.unwrap();
    engine.sources().unwrap().remove(0)
}

async fn refresh(engine: &Engine) {
    let visits = engine.visits(Cancel::default());
    for source in engine.store.sources().unwrap() {
        let verdict = visits.visit(&Arc::new(source.clone()), Vec::new()).await;
        let visited = match verdict {
            crate::refresh::verdict::Verdict::Good(visited) => *visited,
            crate::refresh::verdict::Verdict::Bad(why, pace) => {
                crate::refresh::verdict::failed(source.id, why.trouble(&source), &why, pace, NOW)
            }
            crate::refresh::verdict::Verdict::Stopped => panic!("stopped"),
        };
        engine.keep_one(visited).await.unwrap();
    }
}

fn key(problem: &Problem) -> (Code, &str) {
    (problem.code, problem.detail.key.as_str())
}

#[tokio::test]
async fn an_account_signs_in_by_the_browser_and_what_it_sees_can_be_followed() {
    let (engine, server, keychain) = world(Server::default(), Memory::default());
    let account = signed_in(&engine).await;
    assert_eq!((account.handle.as_str(), account.name.as_str(), account.follows), ("@ada@a.example", "Ada", 0));
    assert_eq!(engine.accounts().unwrap(), [account]);
    let apps = server.forms_to("/api/v1/apps");
    assert!(apps[0].iter().any(|(name, value)| *name == "scopes" && !value.contains("write")), "{apps:?}");
    let token = &server.forms_to("/oauth/token")[0];
    let sent: Vec<&str> = token.iter().map(|(name, _)| *name).collect();
    assert!(sent.contains(&"code_verifier") && sent.contains(&"client_secret"), "{sent:?}");

    let timelines = engine.timelines("ada@a.example").await.unwrap();
    let names: Vec<Option<&str>> = timelines.iter().map(|timeline| timeline.name.as_deref()).collect();
    assert_eq!(names, [None, Some("Sea")]);
    home(&engine).await;
    refresh(&engine).await;
    let home = engine.sources().unwrap().remove(0);
    assert_eq!((home.title.as_str(), home.posts, home.trouble.as_ref()), ("Home", 1, None), "followers' posts too");
    assert_eq!(engine.accounts().unwrap()[0].follows, 1);
    assert!(engine.timelines("@ada@a.example").await.unwrap()[0].followed);

    // What lets in is in the keychain, and in nothing that we write.
    let kept = keychain.secret("account https://a.example ada").unwrap().unwrap();
    assert!(kept.contains(TOKEN) && kept.contains(HUSH));
    let shown = format!("{:?} {}", engine.accounts().unwrap(), engine.export().unwrap());
    let library = format!("{:?}{:?}", engine.store.sources().unwrap(), engine.store.accounts().unwrap());
    for secret in [TOKEN, HUSH, CODE] {
        assert!(!shown.contains(secret) && !library.contains(secret), "{secret}");
    }
    // And is told to its own server alone.
    let asked = server.asked.lock().unwrap();
    assert!(asked.iter().all(|(url, told)| !told || url.starts_with(SERVER)), "{asked:?}");
}

#[tokio::test]
async fn whoever_says_no_or_never_comes_back_is_told_so() {
    let (engine, _, keychain) = world(Server::default(), Memory::default());
    let never = Cancel::default();
    let url = begin(&engine, "a.example").await.url.unwrap();
    let (ended, shown) = tokio::join!(engine.signed_in(&never), browse(&url, "error=access_denied&state=STATE"));
    assert_eq!(key(&ended.unwrap_err()), (Code::SignIn, "problem.sign_in.denied"));
    assert!(shown.contains("did not let Pépites in"), "{shown}");

    // A closed browser: nobody comes, until the time is over.
    begin(&engine, "a.example").await;
    let ended = engine.signed_in_within(Duration::ZERO, &never).await.unwrap_err();
    assert_eq!(key(&ended), (Code::SignIn, "problem.sign_in.timeout"));

    // A stranger who knows the port changes nothing.
    let url = begin(&engine, "a.example").await.url.unwrap();
    let browser = async {
        let stray = browse(&url, "code=evil&state=guess").await;
        (stray, browse(&url, "error=access_denied&state=STATE").await)
    };
    let (ended, (stray, _)) = tokio::join!(engine.signed_in(&never), browser);
    assert!(stray.starts_with("HTTP/1.1 403 "), "{stray}");
    assert_eq!(key(&ended.unwrap_err()), (Code::SignIn, "problem.sign_in.denied"));

    let url = begin(&engine, "a.example").await.url.unwrap();
    let (ended, _) = tokio::join!(engine.signed_in(&never), browse(&url, "code=old&state=STATE"));
    assert_eq!(key(&ended.unwrap_err()), (Code::SignIn, "problem.sign_in.expired"));

    begin(&engine, "a.example").await;
    let cancel = Cancel::default();
    cancel.cancel();
    assert_eq!(key(&engine.signed_in(&cancel).await.unwrap_err()), (Code::SignIn, "problem.sign_in.cancelled"));
    engine.sign_in_cancel();
    assert_eq!(key(&engine.signed_in(&never).await.unwrap_err()), (Code::SignIn, "problem.sign_in.none"));
    assert_eq!(engine.accounts().unwrap(), []);
    assert_eq!(keychain.secret("account https://a.example ada").unwrap(), None);
}

#[tokio::test]
async fn a_code_that_is_pasted_ends_what_the_browser_was_waited_for() {
    let (engine, server, _) = world(Server { old: true, ..Server::default() }, Memory::default());
    let view = begin(&engine, "https://a.example/@ada").await;
    assert!(view.copy_url.contains("urn%3Aietf%3Awg%3Aoauth%3A2.0%3Aoob"), "{view:?}");
    let never = Cancel::default();
    let paste = async {
        let mistyped = engine.sign_in_code("c0d").await.unwrap_err();
        assert_eq!(key(&mistyped), (Code::SignIn, "problem.sign_in.expired"));
        assert_eq!(key(&engine.sign_in_code(" ").await.unwrap_err()), (Code::SignIn, "problem.sign_in.code"));
        engine.sign_in_code(&format!(" {CODE}\n")).await
    };
    let (waited, pasted) = tokio::join!(engine.signed_in(&never), paste);
    assert_eq!(key(&waited.unwrap_err()), (Code::SignIn, "problem.sign_in.cancelled"));
    assert_eq!(pasted.unwrap().handle, "@ada@a.example");
    let scopes: Vec<String> = server
        .forms_to("/api/v1/apps")
        .iter()
        .flat_map(|fields| fields.iter().find(|(name, _)| *name == "scopes").map(|(_, value)| value.clone()))
        .collect();
    assert_eq!(scopes.last().map(String::as_str), Some("read"), "an older server knows no parts of it");
}

#[tokio::test]
async fn who_is_signed_out_is_so_on_the_server_too_and_the_sources_say_what_they_need() {
    let (engine, server, keychain) = world(Server::default(), Memory::default());
    signed_in(&engine).await;
    home(&engine).await;
    refresh(&engine).await;
    let report = engine.sign_out("@ada@a.example").await.unwrap();
    assert!(report.revoked && *server.revoked.lock().unwrap());
    assert!(server.forms_to("/oauth/revoke")[0].contains(&("token", TOKEN.to_owned())));
    assert_eq!((engine.accounts().unwrap(), keychain.secret("account https://a.example ada").unwrap()), (vec![], None));
    let before = server.asked.lock().unwrap().len();
    for _ in 0..2 {
        let source = engine.sources().unwrap().remove(0);
        let trouble = source.trouble.unwrap();
        assert_eq!((trouble.key.as_str(), source.posts), ("trouble.signed_out", 1), "at once, and nothing is lost");
        refresh(&engine).await;
    }
    assert_eq!(server.asked.lock().unwrap().len(), before, "nobody is asked without leave");
    assert_eq!(engine.sign_out("@ada@a.example").await.unwrap_err().detail.key, "problem.missing.account");

    *server.revoked.lock().unwrap() = false;
    signed_in(&engine).await;
    assert_eq!(engine.sources().unwrap()[0].trouble, None, "signed in again, it is asked again");
    refresh(&engine).await;
    assert_eq!(engine.sources().unwrap()[0].trouble, None);
}

#[tokio::test]
async fn leave_that_the_server_took_back_is_told_in_words() {
    let (engine, server, _) = world(Server { deaf: true, ..Server::default() }, Memory::default());
    signed_in(&engine).await;
    home(&engine).await;
    *server.revoked.lock().unwrap() = true;
    refresh(&engine).await;
    let trouble = engine.sources().unwrap().remove(0).trouble.unwrap();
    assert_eq!(
        (trouble.key.as_str(), trouble.values["account"].clone()),
        ("trouble.not_let_in", "@ada@a.example".into())
    );
    assert_eq!(key(&engine.timelines("@ada@a.example").await.unwrap_err()), (Code::SignIn, "problem.sign_in.again"));
    let report = engine.sign_out("@ada@a.example").await.unwrap();
    assert!(!report.revoked, "a server that does not answer was not told");
    assert_eq!(engine.accounts().unwrap(), []);
}

#[tokio::test]
async fn without_a_keychain_nothing_is_kept_and_the_leave_is_given_back() {
    let (engine, server, _) = world(Server::default(), Memory::shut());
    begin(&engine, "a.example").await;
    assert_eq!(engine.sign_in_code(CODE).await.unwrap_err().code, Code::NoKeychain);
    assert_eq!(engine.accounts().unwrap(), []);
    assert!(*server.revoked.lock().unwrap());
}

#[tokio::test]
async fn only_a_server_of_the_kind_is_signed_in_to() {
    let (engine, server, _) = world(Server::default(), Memory::default());
    let refused = |typed: &'static str| {
        let engine = engine.clone();
        async move { engine.sign_in(typed, Language::French).await.unwrap_err() }
    };
    assert_eq!(refused("two words").await.code, Code::AddressUnknown);
    assert_eq!(key(&refused("https://blog.example").await), (Code::SignIn, "problem.sign_in"));
    assert_eq!(key(&refused("http://a.example").await), (Code::SignIn, "problem.sign_in.insecure"));
    // The name stands on another host than the server.
    let view = begin(&engine, "@ada@name.example").await;
    assert_eq!(view.server, "a.example");
    assert!(server.asked.lock().unwrap().iter().any(|(url, _)| url.contains("resource=acct:ada@name.example")));
    let add = engine.add("https://a.example/api/v1/timelines/home?of=ada", None, &[]).await.unwrap_err();
    assert_eq!(key(&add), (Code::SignIn, "problem.sign_in.needed"));
    assert_eq!(engine.store.sources().unwrap().iter().map(|source| source.id).collect::<Vec<SourceId>>(), []);
}
