//! People on Mastodon and Bluesky through the test-only transport: found, caught up with, edited, taken back, moved,
//! held, walled off. The replies are written here, of the shape that servers send.

use std::sync::{Arc, Mutex};

use pepites_tests::serve::{Answer, Loopback};
use serde_json::{Value, json};

use super::world::{Scratch, feed, list, rss};

const STATUSES: &str = "/api/v1/accounts/7/statuses";

/// A server with one account whose statuses a test changes as it goes.
struct Masto {
    world: Arc<Mutex<World>>,
    server: Loopback,
}

#[derive(Default)]
struct World {
    account: Value,
    statuses: Vec<Value>,
    closed: bool,
    limited: bool,
    asked: Vec<String>,
}

fn account() -> Value {
    json!({"id": "7", "username": "ada", "acct": "ada", "display_name": "Ada", "url": "https://social.example/@ada"})
}

fn status(id: u32, words: &str) -> Value {
    let (day, minute) = (20 + id / 60, id % 60);
    json!({
        "id": id.to_string(), "url": format!("https://social.example/@ada/{id}"),
        "created_at": format!("2026-11-{day:02}T08:{minute:02}:00.000Z"), "content": format!("<p>{words}</p>"),
        "account": account(), "media_attachments": [], "spoiler_text": "", "visibility": "public", "reblog": null
    })
}

impl Masto {
    fn new(statuses: Vec<Value>) -> Self {
        let world = Arc::new(Mutex::new(World { account: account(), statuses, ..World::default() }));
        let played = Arc::clone(&world);
        let server = Loopback::start(Arc::new(move |asked, _| {
            let original = asked.headers.get("x-original-url").cloned().unwrap_or_default();
            let mut world = played.lock().unwrap();
            world.asked.push(original.clone());
            answer(&world, &original)
        }))
        .unwrap();
        Self { world, server }
    }

    fn change(&self, change: impl FnOnce(&mut World)) {
        change(&mut self.world.lock().unwrap());
    }

    /// What was asked since the last time.
    fn asked(&self) -> Vec<String> {
        std::mem::take(&mut self.world.lock().unwrap().asked)
    }

    fn run(&self, scratch: &Scratch, arguments: &[&str]) -> Value {
        scratch.json(&[&["--via", &self.server.url("")], arguments].concat())
    }
}

fn answer(world: &World, url: &str) -> Answer {
    let said = |value: &Value| Answer::ok("application/json", value.to_string());
    if url == "https://social.example/@ada.rss" {
        return rss(feed("social", &["By its feed"]));
    }
    if world.closed {
        return said(&json!({"error": "This API requires an authenticated user"})).status_of(401);
    }
    if world.limited {
        return Answer::status(429)
            .with("x-ratelimit-remaining", "0")
            .with("x-ratelimit-reset", "2026-11-23T12:05:00Z");
    }
    if url == "https://social.example/api/v1/accounts/lookup?acct=ada" {
        return said(&world.account);
    }
    if !url.starts_with(&format!("https://social.example{STATUSES}")) {
        return Answer::status(404);
    }
    let id = |status: &Value| status["id"].as_str().unwrap().parse::<u32>().unwrap();
    let min = url.split("min_id=").nth(1).and_then(|id| id.parse::<u32>().ok());
    let mut page: Vec<Value> = world.statuses.clone();
    page.sort_by_key(id);
    page.retain(|status| min.is_none_or(|min| id(status) > min));
    let page: Vec<Value> = match min {
        Some(_) => page.into_iter().take(40).collect(),
        None => page.into_iter().rev().take(40).rev().collect(),
    };
    let prev =
        page.last().map(|top| format!("<https://social.example{STATUSES}?limit=40&min_id={}>; rel=\"prev\"", id(top)));
    let page: Vec<Value> = page.into_iter().rev().collect();
    let reply = said(&Value::Array(page));
    prev.map_or(reply.clone(), |prev| reply.with("link", &prev))
}

fn titles(scratch: &Scratch) -> Vec<String> {
    let lines = scratch.json(&["unread"]);
    let mut titles: Vec<String> = list(&lines).iter().map(|line| line["title"].as_str().unwrap().to_owned()).collect();
    titles.sort();
    titles
}

#[test]
fn a_person_is_followed_by_the_api_and_nothing_is_missed_after_three_days_away() {
    let scratch = Scratch::new();
    let masto = Masto::new((1..=3).map(|id| status(id, &format!("Note number {id}"))).collect());
    let added = masto.run(&scratch, &["add", "@ada@social.example"]);
    assert_eq!((&added["added"]["title"], &added["added"]["posts"]), (&"Ada".into(), &3.into()), "{added}");
    masto.asked();
    masto.change(|world| world.statuses.extend((4..=150).map(|id| status(id, &format!("Note number {id}")))));
    let report = masto.run(&scratch, &["refresh"]);
    assert_eq!(report["new_posts"], 147, "{report}");
    assert_eq!(masto.asked().len(), 4);
    let report = masto.run(&scratch, &["refresh"]);
    assert_eq!((&report["new_posts"], masto.asked().len()), (&0.into(), 1), "{report}");
}

#[test]
fn what_was_followed_by_its_feed_is_not_doubled_by_the_api() {
    let scratch = Scratch::new();
    let words = "A note that stays the same whoever carries it";
    let masto = Masto::new(vec![status(1, words)]);
    masto.change(|world| world.closed = true);
    let rss_of_it = format!(
        "<rss version=\"2.0\"><channel><title>Ada</title><item><guid isPermaLink=\"true\">https://social.example/@ada/1</guid>\
         <link>https://social.example/@ada/1</link><pubDate>Fri, 20 Nov 2026 08:01:00 +0000</pubDate>\
         <description>&lt;p&gt;{words}&lt;/p&gt;</description></item></channel></rss>"
    );
    let by_feed =
        Loopback::start(Arc::new(move |asked, _| match asked.headers.get("x-original-url").map(String::as_str) {
            Some("https://social.example/@ada.rss") => rss(rss_of_it.clone()),
            _ => Answer::status(404),
        }))
        .unwrap();
    scratch.json(&["--via", &by_feed.url(""), "add", "@ada@social.example"]);
    assert_eq!(titles(&scratch), [words]);
    // The feed goes, and the API is open by then.
    masto.change(|world| world.closed = false);
    scratch.json(&["--via", &Loopback::start(Arc::new(|_, _| Answer::status(404))).unwrap().url(""), "refresh"]);
    let report = masto.run(&scratch, &["refresh"]);
    assert_eq!((&report["new_posts"], list(&report["failed"]).len()), (&0.into(), 0), "{report}");
    assert!(masto.asked().iter().any(|url| url.contains(STATUSES)));
    assert_eq!(titles(&scratch), [words]);
}

#[test]
fn what_is_edited_or_taken_back_at_its_server_is_so_in_the_library() {
    let scratch = Scratch::new();
    let masto = Masto::new((1..=4).map(|id| status(id, &format!("Note number {id}"))).collect());
    masto.run(&scratch, &["add", "@ada@social.example"]);
    let lines = scratch.json(&["unread"]);
    let third = list(&lines).iter().find(|line| line["title"] == "Note number 3").unwrap()["post"].to_string();
    scratch.json(&["star", &third]);
    masto.change(|world| {
        world.statuses.retain(|status| status["id"] != "2" && status["id"] != "3");
        world.statuses.iter_mut().find(|status| status["id"] == "4").unwrap()["content"] =
            "<p>Note corrected</p>".into();
    });
    let report = masto.run(&scratch, &["refresh"]);
    assert_eq!((&report["edited_posts"], &report["new_posts"]), (&1.into(), &0.into()), "{report}");
    // What the reader starred is theirs.
    assert_eq!(titles(&scratch), ["Note corrected", "Note number 1", "Note number 3"]);
}

#[test]
fn a_server_that_is_closed_gives_the_feed_of_the_profile() {
    let scratch = Scratch::new();
    let masto = Masto::new(vec![status(1, "Never seen")]);
    masto.change(|world| world.closed = true);
    let added = masto.run(&scratch, &["add", "@ada@social.example"]);
    assert_eq!((&added["added"]["kind"], &added["added"]["posts"]), (&"mastodon".into(), &1.into()), "{added}");
    masto.asked();
    masto.run(&scratch, &["refresh"]);
    assert_eq!(masto.asked(), ["https://social.example/@ada.rss"]);
}

#[test]
fn a_limit_stops_the_host_and_the_schedule_says_until_when() {
    let scratch = Scratch::new();
    let masto = Masto::new(vec![status(1, "One")]);
    masto.run(&scratch, &["add", "@ada@social.example"]);
    masto.change(|world| world.limited = true);
    masto.run(&scratch, &["refresh"]);
    masto.asked();
    let report = masto.run(&scratch, &["refresh"]);
    assert_eq!((&report["left_alone"], masto.asked().len()), (&1.into(), 0), "{report}");
    let source = &scratch.json(&["sources"])[0];
    // 12:05 of that day.
    assert_eq!(
        (&source["hold_until"], &source["trouble"]["key"]),
        (&1_795_435_500_000_i64.into(), &"trouble.too_many".into())
    );
}

#[test]
fn who_is_suspended_or_moved_is_said_to_be_and_the_new_account_is_offered() {
    let scratch = Scratch::new();
    let masto = Masto::new(vec![status(1, "One")]);
    masto.change(|world| world.account["suspended"] = true.into());
    let said = scratch.run(&["--via", &masto.server.url(""), "add", "@ada@social.example"]);
    assert!(said.code != 0 && said.err.contains("suspended"), "{said:?}");
    masto.change(|world| {
        world.account = account();
        world.account["moved"] = json!({"acct": "ada@new.example"});
    });
    let said = scratch.run(&["--via", &masto.server.url(""), "add", "@ada@social.example"]);
    assert!(said.code != 0 && said.err.contains("pepites add @ada@new.example"), "{said:?}");
    assert_eq!(list(&scratch.json(&["sources"])).len(), 0);
}

#[test]
fn a_post_reads_well_and_a_boost_is_a_vote_for_what_it_points_to() {
    let scratch = Scratch::new();
    let masto = Masto::new(Vec::new());
    masto.change(|world| {
        let mut warned = status(1, "The whole story, with <a href=\"https://a.example/x\">a link</a>");
        warned["spoiler_text"] = "Spiders".into();
        warned["media_attachments"] =
            json!([{"type": "image", "url": "https://social.example/s.png", "description": "A garden spider"}]);
        let stranger = json!({
            "id": "99", "url": "https://b.example/@bo/99", "created_at": "2026-11-01T08:00:00Z",
            "content": "<p>What a stranger wrote that is worth passing on</p>",
            "account": {"id": "8", "acct": "bo@b.example", "display_name": "Bo", "url": "https://b.example/@bo"}
        });
        let mut boost = status(2, "");
        boost["reblog"] = stranger;
        world.statuses = vec![warned, boost];
    });
    masto.run(&scratch, &["add", "@ada@social.example"]);
    let lines = scratch.json(&["unread"]);
    let boosted = list(&lines).iter().find(|line| !line["boosted_by"].is_null()).unwrap();
    assert_eq!(
        (&boosted["author"], &boosted["boosted_by"]),
        (&"Bo (@bo@b.example)".into(), &"Ada (@ada@social.example)".into())
    );
    let warned = list(&lines).iter().find(|line| line["boosted_by"].is_null()).unwrap();
    assert_eq!(
        (&warned["title"], &warned["lead"]),
        (&"Spiders".into(), &"Spiders".into()),
        "nothing of what is folded"
    );
    let warned = warned["post"].to_string();
    let shown = scratch.json(&["read", &warned]);
    let html = shown[0]["html"].as_str().unwrap();
    assert!(html.starts_with("<details><summary>Spiders</summary>"), "{html}");
    assert!(html.contains("alt=\"A garden spider\""), "{html}");
    let said = scratch.run(&["read", &boosted["post"].to_string()]);
    assert!(said.out.contains("boosted by Ada"), "{}", said.out);
}

#[test]
fn what_is_at_an_address_is_shown_before_it_is_followed() {
    let scratch = Scratch::new();
    let masto = Masto::new((1..=4).map(|id| status(id, &format!("Note number {id}"))).collect());
    let seen = masto.run(&scratch, &["add", "--look", "https://social.example/@ada"]);
    let found = &seen["found"][0];
    assert_eq!((&found["title"], &found["posts"], &seen["added"]), (&"Ada".into(), &4.into(), &Value::Null), "{seen}");
    assert_eq!(found["sample"], json!(["Note number 4", "Note number 3", "Note number 2"]));
    assert_eq!(list(&scratch.json(&["sources"])).len(), 0);
}

#[test]
fn an_address_of_x_gets_the_ways_that_exist_and_a_bridge_is_set_once() {
    let scratch = Scratch::new();
    let server = Loopback::start(Arc::new(|asked, _| match asked.headers.get("x-original-url").map(String::as_str) {
        Some("https://bridge.example/ada/rss") => rss(feed("ada", &["By a bridge"])),
        _ => Answer::status(404),
    }))
    .unwrap();
    let via = server.url("");
    let said = scratch.run(&["--via", &via, "add", "https://x.com/ada/status/12"]);
    assert!(said.code == 3 && said.err.contains("x-bridge") && said.err.contains("Bluesky"), "{said:?}");
    assert_eq!(server.served(), 0, "X is never asked");
    assert_eq!(scratch.run(&["settings", "x-bridge", "https://bridge.example/"]).code, 2);
    scratch.json(&["settings", "x-bridge", "https://bridge.example/USER/rss"]);
    let added = scratch.json(&["--via", &via, "add", "x.com/ada"]);
    assert_eq!(added["added"]["address"], "https://bridge.example/ada/rss", "{added}");
}

#[test]
fn whom_someone_follows_is_listed_chosen_and_given_back_as_a_file() {
    let scratch = Scratch::new();
    let server = Loopback::start(Arc::new(|asked, _| {
        let said = |value: Value| Answer::ok("application/json", value.to_string());
        match asked.headers.get("x-original-url").map(String::as_str).unwrap_or_default() {
            "https://social.example/api/v1/accounts/lookup?acct=ada" => said(account()),
            "https://social.example/api/v1/accounts/7/following?limit=80" => {
                let next = "<https://social.example/api/v1/accounts/7/following?limit=80&max_id=1>; rel=\"next\"";
                said(json!([{"acct": "bo", "display_name": "Bo"}, {"acct": "cy@other.example", "display_name": "Cy"}]))
                    .with("link", next)
            }
            "https://social.example/api/v1/accounts/7/following?limit=80&max_id=1" => said(json!([{"acct": "di"}])),
            _ => Answer::status(404),
        }
    }))
    .unwrap();
    let via = server.url("");
    let said = scratch.run(&["--via", &via, "follows", "@ada@social.example"]);
    assert!(said.code == 0 && said.out.contains("2  Cy — @cy@other.example"), "{said:?}");
    assert_eq!(list(&scratch.json(&["sources"])).len(), 0, "nobody is followed unasked");
    let taken = scratch.json(&["--via", &via, "follows", "@ada@social.example", "--take", "1-2", "--folder", "People"]);
    assert_eq!((&taken["added"], list(&taken["people"]).len()), (&2.into(), 3), "{taken}");
    let csv = scratch.run(&["export", "--accounts"]).out;
    assert_eq!(
        csv,
        "Account address,Show boosts,Notify on new posts,Languages\nbo@social.example,true,false,\ncy@other.example,true,false,\n"
    );
    let file = scratch.file("following_accounts.csv", format!("{csv}di@social.example,true,false,\n"));
    let again = scratch.json(&["follows", &file, "--take", "all"]);
    assert_eq!(again["added"], 1, "{again}");
    let archive = scratch.file("following.js", "window.YTD.following.part0 = [\n {\n \"following\" : {\n \"accountId\" : \"1\",\n \"userLink\" : \"https://twitter.com/intent/user?user_id=1\"\n } } ]");
    let said = scratch.run(&["follows", &archive]);
    assert!(said.code == 3 && said.err.contains("a number and no name"), "{said:?}");
}

/// Requests that a server of Mastodon answers in five minutes.
const LIMIT: u64 = 300;

#[test]
fn five_hundred_accounts_on_one_server_need_no_more_than_its_limit_allows_in_an_hour() {
    let scratch = Scratch::new();
    let window = Arc::new(Mutex::new((0_u64, 0_u64, String::new())));
    let counted = Arc::clone(&window);
    let server = Loopback::start(Arc::new(move |asked, _| {
        let url = asked.headers.get("x-original-url").cloned().unwrap_or_default();
        let mut window = counted.lock().unwrap();
        window.0 += 1;
        if window.0 > LIMIT {
            window.1 += 1;
            return Answer::status(429).with("x-ratelimit-remaining", "0").with("x-ratelimit-reset", &window.2);
        }
        let user = url.split("acct=user").nth(1);
        let answer = match user {
            Some(user) => {
                json!({"id": user, "acct": format!("user{user}"), "url": format!("https://big.example/@user{user}")})
            }
            None => json!([]),
        };
        Answer::ok("application/json", answer.to_string())
            .with("x-ratelimit-remaining", &(LIMIT - window.0).to_string())
            .with("x-ratelimit-reset", &window.2)
    }))
    .unwrap();
    let accounts: String = (0..500).map(|n| format!("user{n}@big.example,true,false,\n")).collect();
    let file = scratch.file("following_accounts.csv", format!("Account address,Show boosts\n{accounts}"));
    scratch.json(&["import", &file]);
    let mut visited = 0;
    for minutes in (0..60).step_by(6) {
        *window.lock().unwrap() = (0, 0, format!("2026-11-23T13:{:02}:00.000Z", minutes + 5));
        let now = format!("2026-11-23T13:{minutes:02}:00Z");
        let mut refresh = scratch.command(&["--via", &server.url(""), "refresh", "--due", "--json"]);
        assert!(refresh.args(["--now", &now]).output().unwrap().status.success());
        // At most those that were under way when the limit was reached.
        assert!(window.lock().unwrap().1 <= 2, "{:?}", window.lock().unwrap());
        let sources = scratch.json(&["sources"]);
        visited = list(&sources).iter().filter(|source| !source["visited"].is_null()).count();
        if visited < 500 {
            assert!(list(&sources).iter().all(|source| !source["next_visit"].is_null()), "the schedule says when");
        } else {
            break;
        }
    }
    assert_eq!(visited, 500);
}
