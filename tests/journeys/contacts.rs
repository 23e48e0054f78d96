//! People of an address book, found over the test-only transport: what is asked, of whom, and that nothing else is.

use std::sync::{Arc, Mutex};

use pepites_engine::sample::book;
use pepites_tests::serve::{Answer, Loopback};
use serde_json::Value;

use super::world::{Scratch, list};

/// The web of the address book, and what was asked of it.
struct Web {
    server: Loopback,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Web {
    fn new(answer: impl Fn(&str) -> Answer + Send + Sync + 'static) -> Self {
        let asked = Arc::<Mutex<Vec<String>>>::default();
        let noted = Arc::clone(&asked);
        let server = Loopback::start(Arc::new(move |request, _| {
            let url = request.headers.get("x-original-url").cloned().unwrap_or_default();
            noted.lock().unwrap().push(url.clone());
            answer(&url)
        }))
        .unwrap();
        Self { server, asked }
    }

    fn json(&self, scratch: &Scratch, arguments: &[&str]) -> Value {
        scratch.json(&[&["--via", &self.server.url("")], arguments].concat())
    }

    fn asked(&self) -> Vec<String> {
        let mut asked = std::mem::take(&mut *self.asked.lock().unwrap());
        asked.sort();
        asked
    }
}

const BOOK: &str = "First Name,Last Name,Notes,E-mail 1 - Value,Website 1 - Value,Custom Field 1 - Label,Custom Field 1 - Value\n\
    Léa,Marchand,,lea@marchand.example,https://carnet.example/,,\n\
    Noé,Lefort,rencontre @noe@social.example,noe@gmail.com,,,\n\
    Anna,Garnier,,anna.garnier@garnier-anna.example,,,\n";

fn page(url: &str) -> Answer {
    match url {
        "https://carnet.example/" => {
            Answer::ok("text/html", "<html><link rel=alternate type=application/rss+xml href=/feed.xml></html>")
        }
        "https://carnet.example/feed.xml" => Answer::ok(
            "application/rss+xml",
            "<rss version=\"2.0\"><channel><title>Carnet</title><item><title>Un</title><guid>1</guid></item></channel></rss>",
        ),
        _ => Answer::status(404),
    }
}

#[test]
fn each_stage_asks_whom_it_names_and_nobody_else_ever_hears_of_a_contact() {
    let (scratch, web) = (Scratch::new(), Web::new(page));
    let file = scratch.file("contacts.csv", BOOK);
    let report = scratch.json(&["import", &file]);
    assert_eq!(report["contacts"]["added"], 3, "{report}");
    let plan = web.json(&scratch, &["contacts", "find", "--plan"]);
    assert_eq!((&plan["missing"], &plan["unsure"]), (&Value::from(2), &Value::from(1)), "{plan}");
    assert_eq!(web.asked(), Vec::<String>::new(), "a plan asks nobody");

    let found = web.json(&scratch, &["contacts", "find"]);
    assert_eq!((&found["found"], &found["people"]), (&Value::from(1), &Value::from(3)), "{found}");
    let asked = web.asked();
    let social: Vec<&String> = asked.iter().filter(|url| url.starts_with("https://social.example/")).collect();
    assert!(
        !social.is_empty() && social.iter().all(|url| !url.contains("gmail") && !url.contains("Lefort")),
        "{social:?}"
    );
    let others: Vec<&str> =
        asked.iter().map(String::as_str).filter(|url| !url.starts_with("https://social.example/")).collect();
    assert_eq!(
        others,
        [
            "https://carnet.example/",
            "https://carnet.example/.well-known/atproto-did",
            "https://carnet.example/feed.xml"
        ]
    );

    // What is asked anew is only what a stage adds.
    web.json(&scratch, &["contacts", "find", "--stages", "file,site,mail"]);
    let mail = web.asked();
    assert!(!mail.is_empty() && mail.iter().all(|url| url == "https://garnier-anna.example/"), "{mail:?}");
    web.json(&scratch, &["contacts", "find", "--stages", "webfinger"]);
    assert_eq!(
        web.asked(),
        ["https://garnier-anna.example/.well-known/webfinger?resource=acct%3Aanna.garnier%40garnier-anna.example"]
    );
    web.json(&scratch, &["contacts", "find", "--stages", "gravatar"]);
    let gravatar = web.asked();
    assert_eq!(gravatar.len(), 2, "who was found is not asked about: {gravatar:?}");
    assert!(
        gravatar.iter().all(|url| {
            url.strip_prefix("https://api.gravatar.com/v3/profiles/").is_some_and(|hash| hash.len() == 64)
        })
    );
    web.json(&scratch, &["contacts", "find", "--stages", "search"]);
    let bluesky = "https://public.api.bsky.app/xrpc/app.bsky.actor.searchActors?q=";
    assert_eq!(web.asked(), [format!("{bluesky}Anna+Garnier&limit=10"), format!("{bluesky}No%C3%A9+Lefort&limit=10")]);
    web.json(&scratch, &["contacts", "find", "--stages", "all"]);
    assert_eq!(web.asked(), Vec::<String>::new(), "nothing is asked twice");
}

#[test]
fn no_mail_address_is_in_what_is_said_aside() {
    let (scratch, web) = (Scratch::new(), Web::new(|_| Answer::status(500)));
    let file = scratch.file("contacts.csv", BOOK);
    scratch.json(&["contacts", "import", &file]);
    let mut command = scratch.command(&["-vv", "--via", &web.server.url(""), "contacts", "find", "--stages", "all"]);
    let said = command.env("RUST_LOG", "trace").output().unwrap();
    let aside = String::from_utf8_lossy(&said.stderr).into_owned();
    assert!(said.status.success() && !aside.contains("lea@") && !aside.contains("anna.garnier@"), "{aside}");
}

#[test]
fn what_was_found_is_reviewed_followed_refused_and_exported() {
    let (scratch, web) = (Scratch::new(), Web::new(page));
    let file = scratch.file("contacts.csv", BOOK);
    scratch.json(&["contacts", "import", &file]);
    web.json(&scratch, &["contacts", "find"]);
    let people = scratch.json(&["contacts", "list", "--only", "found"]);
    assert_eq!(list(&people).len(), 1);
    let id = people[0]["id"].to_string();
    let shown = scratch.run(&["contacts", "show", &id]);
    assert!(
        shown.out.contains("https://carnet.example/feed.xml · Feed, ")
            && shown.out.contains("Your file has it as their site."),
        "{}",
        shown.out
    );
    let feed = "https://carnet.example/feed.xml";
    assert_eq!(scratch.json(&["contacts", "not", &id, feed])["standing"], "missing");
    assert_eq!(scratch.run(&["contacts", "follow", "all"]).code, 3, "nothing is left to follow");
    scratch.json(&["contacts", "not", &id, feed, "--undo"]);
    let followed = scratch.json(&["contacts", "follow", "all", "--folder", "Amis"]);
    assert_eq!((&followed["people"], list(&followed["added"]).len()), (&Value::from(1), 1));
    let sources = scratch.json(&["sources"]);
    assert_eq!((&sources[0]["address"], &sources[0]["folders"][0][0]), (&Value::from(feed), &Value::from("Amis")));
    let report = scratch.run(&["contacts"]);
    assert!(
        report.out.starts_with("Of 3 people, 1 can be followed, 0 are to be confirmed, 2 were not found.\n"),
        "{}",
        report.out
    );
    let csv = scratch.run(&["contacts", "export"]).out;
    let again = Scratch::new();
    let copy = again.file("export.csv", &csv);
    let read = again.json(&["contacts", "import", &copy]);
    assert_eq!((&read["added"], list(&read["skipped"]).len()), (&Value::from(3), 0), "{read}\n{csv}");
    let opml = scratch.run(&["contacts", "export", "--opml"]).out;
    let third = Scratch::new();
    let list_file = third.file("found.opml", &opml);
    assert_eq!(list(&third.json(&["import", &list_file])["added"]).len(), 1);
}

#[test]
fn the_address_book_of_426_is_found_by_the_real_program() {
    let (scratch, web) = (
        Scratch::new(),
        Web::new(|url| match book::answer(url) {
            Some(reply) if reply.status == 200 && reply.url == reply.asked => {
                let kind = reply.header("content-type").unwrap_or_default().to_owned();
                Answer::ok(&kind, reply.body)
            }
            _ => Answer::status(404),
        }),
    );
    let file = scratch.file("contacts.csv", book::file());
    scratch.json(&["contacts", "import", &file]);
    // A search that is cut short goes on in another process.
    let first = web.json(&scratch, &["contacts", "find", "--most", "60"]);
    assert_eq!((&first["unfinished"], &first["sent"]), (&Value::from(true), &Value::from(60)), "{first}");
    let before = web.asked();
    let second = web.json(&scratch, &["contacts", "find", "--most", "3000"]);
    assert_eq!(second["unfinished"], false, "{second}");
    let after = web.asked();
    assert!(
        before.len() <= 60 && after.iter().all(|url| !before.contains(url) || url.contains("social")),
        "asked twice"
    );
    let of_usual_stages =
        book::key().iter().filter(|findable| pepites_core::people::Stage::USUAL.contains(&findable.stage)).count();
    assert_eq!(second["found"], of_usual_stages, "{second}");
}
