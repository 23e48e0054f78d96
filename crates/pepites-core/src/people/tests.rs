//! Holds by tables what evidence makes of a source: for sure theirs, to be confirmed, or nothing.

use super::*;
use crate::{
    interchange::contacts::Place,
    model::{Moment, Reply},
    sources,
};

/// Somebody with these addresses, each with its place.
fn person(id: i64, name: &str, organisation: &str, emails: &[&str], said: &[(&str, Place)]) -> Person {
    Person {
        id: ContactId(id),
        name: Some(name.to_owned()).filter(|name| !name.is_empty()),
        organisation: Some(organisation.to_owned()).filter(|name| !name.is_empty()),
        emails: emails.iter().map(|&email| email.to_owned()).collect(),
        said: said.iter().map(|(text, place)| Said { text: (*text).to_owned(), place: *place }).collect(),
        notes: Vec::new(),
        groups: Vec::new(),
        rows: Vec::new(),
    }
}

fn look(answers: &mut Answers, typed: &str, visit: Option<Visit>) {
    let address = sources::recognise(typed).unwrap();
    answers.insert(What::Look(address).key(), Answer { visit, ..Answer::default() });
}

fn seen(title: &str, pages: &[&str]) -> Option<Visit> {
    let pages = pages.iter().map(|&page| page.to_owned()).collect();
    Some(Visit {
        title: Some(title.to_owned()),
        pages,
        posts_a_week: Some(2.0),
        last_post: Some(Moment(0)),
        ..Visit::default()
    })
}

fn page(answers: &mut Answers, url: &str, html: &str) {
    let what = What::Page(url.to_owned());
    let reply = Reply {
        asked: url.to_owned(),
        url: url.to_owned(),
        status: 200,
        body: html.as_bytes().to_vec(),
        ..Reply::default()
    };
    answers.insert(what.key(), read(&what, &reply).unwrap());
}

/// What there is of somebody, surest first: place and confidence of 100.
fn judged(person: &Person, others: &[Person], answers: &Answers) -> Vec<(String, u32)> {
    let shared = Shared::of(others.iter().chain([person]));
    let asking = Asking { server: None, bridge: None, answers, shared: &shared, followed: &Followed::new() };
    let found = matches(person, &asking);
    found
        .into_iter()
        .map(|found| (found.address.place().1.to_owned(), (found.confidence * 100.0).round() as u32))
        .collect()
}

const FEED: &str = "<html><link rel=alternate type=application/rss+xml href=/feed.xml>";

#[test]
fn what_the_file_says_is_sure_where_it_is_theirs_and_there() {
    let check = |place: Place, title: Option<&str>, range: std::ops::RangeInclusive<u32>| {
        let lea = person(1, "Léa Martin", "", &[], &[("@lea@social.example", place)]);
        let mut answers = Answers::new();
        look(&mut answers, "@lea@social.example", title.and_then(|title| seen(title, &[])));
        let judged = judged(&lea, &[], &answers);
        assert!(range.contains(&judged[0].1), "{place:?} {title:?}: {judged:?}");
    };
    check(Place::Account, Some("Léa"), 90..=99);
    check(Place::Account, Some("Captain Pixel"), 90..=99);
    check(Place::Website, Some("🦋"), 90..=99);
    check(Place::Notes, Some("Léa Martin"), 85..=95);
    check(Place::Notes, Some("Noé Petit"), 30..=60);
    check(Place::Notes, Some("🦋"), 60..=80);
    check(Place::Account, None, 0..=0);
}

#[test]
fn an_account_that_nobody_looked_at_is_never_sure() {
    let lea = person(1, "Léa Martin", "", &[], &[("@lea@social.example", Place::Account)]);
    assert_eq!(judged(&lea, &[], &Answers::new()), [("//social.example/@lea".to_owned(), 85)]);
}

#[test]
fn a_site_is_theirs_unless_it_is_somebody_else_s() {
    let check = |what: &str, organisation: &str, site: &str, html: &str, range: std::ops::RangeInclusive<u32>| {
        let lea = person(1, "Léa Martin", organisation, &[], &[(site, Place::Website)]);
        let mut answers = Answers::new();
        page(&mut answers, site, &format!("{FEED}{html}</html>"));
        look(&mut answers, &format!("{site}feed.xml"), seen("Carnet", &[]));
        let judged = judged(&lea, &[], &answers);
        assert!(range.contains(&judged[0].1), "{what}: {judged:?}");
    };
    check("her own", "", "https://carnet.example/", "", 90..=97);
    check("it names her", "", "https://carnet.example/", "<meta name=author content='Léa Martin'>", 95..=99);
    check("it names another", "", "https://carnet.example/", "<meta name=author content='Noé Petit'>", 30..=60);
    check("her employer's", "Acme Industries", "https://industries-acme.example/", "", 30..=60);
    check("her own company", "Martin Conseil", "https://lea-martin.example/", "", 90..=99);
}

#[test]
fn a_site_that_several_have_is_of_none_for_sure() {
    let site = [("https://club.example/", Place::Website)];
    let (lea, noe) = (person(1, "Léa Martin", "", &[], &site), person(2, "Noé Petit", "", &[], &site));
    let mut answers = Answers::new();
    page(&mut answers, "https://club.example/", FEED);
    look(&mut answers, "https://club.example/feed.xml", seen("Le club", &[]));
    assert_eq!(judged(&lea, &[noe], &answers)[0].1, 50);
    assert!(judged(&lea, &[], &answers)[0].1 >= 90);
}

#[test]
fn a_profile_is_theirs_when_their_site_says_so_and_a_blogroll_says_nothing() {
    let site = "https://lea.example/";
    let lea = person(1, "Léa Martin", "", &[], &[(site, Place::Website)]);
    let check = |html: &str, title: &str, pages: &[&str], range: std::ops::RangeInclusive<u32>| {
        let mut answers = Answers::new();
        page(&mut answers, site, html);
        look(&mut answers, "https://social.example/@lea", seen(title, pages));
        look(&mut answers, site, None);
        let judged = judged(&lea, &[], &answers);
        let profile = judged.iter().find(|(place, _)| place.contains("@lea")).map_or(0, |(_, sure)| *sure);
        assert!(range.contains(&profile), "{html} {title}: {judged:?}");
    };
    let me = "<a rel='me' href='https://social.example/@lea'>M</a>";
    check(me, "Captain Pixel", &[], 90..=94);
    check(me, "Captain Pixel", &["https://lea.example"], 95..=99);
    let link = "<a href='https://social.example/@lea'>M</a>";
    check(link, "Noé Petit", &[], 1..=40);
    check(link, "Léa Martin", &[], 70..=89);
    check(link, "Léa Martin", &["https://lea.example"], 90..=99);
    let roll: String = (0..9).map(|n| format!("<a href='https://s{n}.example/@u{n}'>x</a>")).collect();
    check(&format!("{link}{roll}"), "Léa Martin", &[], 0..=0);
}

#[test]
fn a_mail_domain_is_theirs_only_when_it_says_who_they_are() {
    let check = |email: &str, html: &str, range: std::ops::RangeInclusive<u32>| {
        let lea = person(1, "Léa Martin", "", &[email], &[]);
        let mut answers = Answers::new();
        let site = format!("https://{}/", email.split('@').nth(1).unwrap());
        page(&mut answers, &site, &format!("{FEED}{html}"));
        look(&mut answers, &format!("{site}feed.xml"), seen("Nouvelles", &[]));
        let judged = judged(&lea, &[], &answers);
        let best = judged.first().map_or(0, |(_, sure)| *sure);
        assert!(range.contains(&best), "{email} {html}: {judged:?}");
    };
    check("lea@lea-martin.example", "", 90..=99);
    check("contact@acme.example", "", 30..=60);
    check("lea@carnet.example", "<span class='h-card p-name'>Léa Martin</span>", 70..=89);
    check("lea@gmail.com", "", 0..=0);
}

#[test]
fn who_was_searched_for_is_a_candidate_whatever_else_agrees() {
    let lea = person(1, "Léa Martin", "Atelier Exemple", &[], &[("https://lea.example/", Place::Website)]);
    let check = |name: &str, words: &str, range: std::ops::RangeInclusive<u32>| {
        let mut answers = Answers::new();
        let address = sources::recognise("@lea.bsky.social").unwrap();
        let lead = Lead {
            address,
            how: How::Search,
            name: Some(name.to_owned()),
            words: Some(words.to_owned()),
            picture: None,
        };
        answers
            .insert(What::OnBluesky("Léa Martin".to_owned()).key(), Answer { leads: vec![lead], ..Answer::default() });
        look(&mut answers, "@lea.bsky.social", seen(name, &[]));
        let judged = judged(&lea, &[], &answers);
        let best = judged.first().map_or(0, |(_, sure)| *sure);
        assert!(range.contains(&best), "{name} {words}: {judged:?}");
    };
    check("Léa Martin", "", 40..=84);
    check("Léa Martin", "I write at lea.example. Atelier Exemple.", 85..=85);
    check("Léa M", "", 10..=60);
    check("Paul Durand", "lea.example", 0..=0);
}

#[test]
fn a_candidate_with_their_picture_is_likelier_and_so_is_one_who_is_followed() {
    let lea = person(1, "Léa Martin", "", &[], &[("https://lea.example/", Place::Website)]);
    let (png, jpeg) = (include_bytes!("pictures/face.png").as_slice(), include_bytes!("pictures/face.jpg").as_slice());
    let mut answers = Answers::new();
    page(&mut answers, "https://lea.example/", "<div class=h-card><img class=u-photo src=/me.png alt=''></div>");
    let found =
        r#"{"actors":[{"handle":"lea.bsky.social","displayName":"Léa Martin","avatar":"https://cdn.example/a"}]}"#;
    let reply = |body: &[u8]| Reply { status: 200, body: body.to_vec(), ..Reply::default() };
    let search = What::OnBluesky("Léa Martin".to_owned());
    answers.insert(search.key(), read(&search, &reply(found.as_bytes())).unwrap());
    look(&mut answers, "@lea.bsky.social", seen("Léa Martin", &[]));
    let [theirs, shown] = ["https://lea.example/me.png", "https://cdn.example/a"];
    let ask = |answers: &Answers, shared: &Shared| {
        let asking = Asking { server: None, bridge: None, answers, shared, followed: &Followed::new() };
        let asked = questions(&lea, Stage::Search, &asking).into_iter().map(|question| question.what);
        asked.filter(|what| matches!(what, What::Picture(_))).collect::<Vec<_>>()
    };
    assert_eq!(
        ask(&answers, &Shared::default()),
        [theirs, shown].map(|url| What::Picture(url.to_owned())),
        "the picture of their site and that of the candidate are asked for"
    );
    let noe = person(2, "Noé Petit", "", &[], &[("https://lea.example/", Place::Website)]);
    assert_eq!(ask(&answers, &Shared::of([&lea, &noe])), [], "a picture on a site of several is of nobody");
    let sure = |answers: &Answers, followed: &Followed| {
        let shared = Shared::default();
        let asking = Asking { server: None, bridge: None, answers, shared: &shared, followed };
        let found = matches(&lea, &asking).remove(0);
        let said = |key: &str| found.reasons.iter().any(|reason| reason.key == key);
        (found.confidence, said("evidence.same_picture"), said("evidence.followed"))
    };
    let plain = sure(&answers, &Followed::new());
    assert!(!plain.1 && !plain.2, "{plain:?}");
    let follows = Followed::from([("bluesky".to_owned(), "//bsky.app/profile/lea.bsky.social".to_owned())]);
    let followed = sure(&answers, &follows);
    assert!(followed.2 && followed.0 > plain.0 && followed.0 < SURE, "{followed:?}");
    let mut pictured = |one: &[u8], other: &[u8]| {
        for (url, bytes) in [(theirs, one), (shown, other)] {
            let what = What::Picture(url.to_owned());
            answers.insert(what.key(), read(&what, &reply(bytes)).unwrap());
        }
        sure(&answers, &Followed::new())
    };
    let same = pictured(png, jpeg);
    assert!(same.1 && same.0 > plain.0 && same.0 < SURE, "never sure by a picture: {same:?}");
    assert_eq!(pictured(png, b"GIF89a another"), plain);
    assert_eq!(pictured(b"<html>", b"<html>"), plain, "what is no picture is like nothing");
}

#[test]
fn a_server_and_gravatar_are_believed() {
    let lea = person(1, "Léa Martin", "", &["lea@own.example"], &[]);
    for (what, how) in [
        (What::Finger("lea@own.example".to_owned()), How::Finger),
        (What::Gravatar("lea@own.example".to_owned()), How::Listed),
    ] {
        let mut answers = Answers::new();
        let address = sources::recognise("@lea@social.example").unwrap();
        answers.insert(
            what.key(),
            Answer { leads: vec![Lead { address, how, name: None, words: None, picture: None }], ..Answer::default() },
        );
        look(&mut answers, "@lea@social.example", seen("🦋", &[]));
        assert!(judged(&lea, &[], &answers)[0].1 >= 90, "{how:?}");
    }
}

#[test]
fn replies_are_read_for_what_they_say_and_open_questions_stay_open() {
    let reply = |url: &str, status: u16, body: &str| Reply {
        asked: url.to_owned(),
        url: url.to_owned(),
        status,
        body: body.as_bytes().to_vec(),
        ..Reply::default()
    };
    let domain = What::Domain("lea.example".to_owned());
    let at = "https://lea.example/.well-known/atproto-did";
    assert_eq!(
        read(&domain, &reply(at, 200, "did:plc:abc\n")).unwrap().leads[0].address.locator,
        "https://bsky.app/profile/lea.example"
    );
    assert_eq!(read(&domain, &reply(at, 200, "<html>Not found</html>")), Some(Answer::default()));
    assert_eq!(read(&domain, &reply(at, 404, "")), Some(Answer::default()));
    assert_eq!(read(&domain, &reply(at, 429, "")), None);
    let gravatar = What::Gravatar("lea@mail.example".to_owned());
    let listed = r#"{"display_name":"Léa","verified_accounts":[{"url":"https://social.example/@lea","is_hidden":false},
        {"url":"https://x.com/lea"},{"url":"http://192.168.1.1/@lea"},{"url":"https://hidden.example/@lea","is_hidden":true}]}"#;
    let leads = read(&gravatar, &reply("https://api.gravatar.com/", 200, listed)).unwrap().leads;
    assert_eq!(
        leads.iter().map(|lead| lead.address.locator.as_str()).collect::<Vec<_>>(),
        ["https://social.example/@lea"]
    );
    let moved = What::Page("https://lea.example/".to_owned());
    let mut parked = reply("https://lea.example/", 200, FEED);
    parked.url = "https://parking.test/".to_owned();
    assert!(read(&moved, &parked).unwrap().elsewhere);
    parked.url = "https://www.lea.example/blog".to_owned();
    assert!(!read(&moved, &parked).unwrap().elsewhere);
}

#[test]
fn nothing_of_a_person_goes_elsewhere_than_a_stage_says() {
    let lea = person(
        1,
        "Léa Martin",
        "",
        &["lea@own.example", "lea@gmail.com"],
        &[
            ("https://www.linkedin.com/in/lea", Place::Website),
            ("http://192.168.1.1/", Place::Website),
            ("@lea@social.example", Place::Account),
            ("https://lea.example/a?b", Place::Website),
        ],
    );
    let (answers, shared) = (Answers::new(), Shared::default());
    let followed = Followed::new();
    let asking = Asking { server: None, bridge: None, answers: &answers, shared: &shared, followed: &followed };
    let keys =
        |stage: Stage| questions(&lea, stage, &asking).iter().map(|question| question.what.key()).collect::<Vec<_>>();
    assert_eq!(keys(Stage::File), ["look mastodon //social.example/@lea"]);
    assert_eq!(keys(Stage::Site), ["page lea.example/a?b"]);
    assert_eq!(keys(Stage::Mail), ["page own.example"]);
    assert_eq!(keys(Stage::Webfinger), ["finger lea@own.example"]);
    assert_eq!(keys(Stage::Gravatar).len(), 2);
    assert!(keys(Stage::Gravatar).iter().all(|key| !key.contains('@')));
    assert_eq!(keys(Stage::Search), ["search bluesky léa martin"]);
}
