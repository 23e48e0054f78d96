//! Gives the answers of a server with one person on it, of the shape that Mastodon sends: what the page shows of a
//! microblog. Written here; nobody of this name posts anywhere.

use pepites_core::model::Reply;
use serde_json::{Value, json};

/// Who is followed.
pub(super) const SOMEONE: &str = "@ines@quay.example";

/// Beside it, whom she follows.
const PEOPLE: [(&str, &str); 12] = [
    ("bo@quay.example", "Bo Lindqvist"),
    ("maree@digue.example", "L’heure de la marée"),
    ("noor@lantern.example", "Noor at the lantern"),
    ("tamsin@quay.example", "Tamsin Roe"),
    ("archives@ville.example", "Archives de la ville"),
    ("ferry@quay.example", "Ferry times"),
    ("ola@fjord.example", "Ola"),
    ("jules@digue.example", "Jules Armand"),
    ("wind@lantern.example", "Wind & water"),
    ("sel@digue.example", "Le sel de Maud"),
    ("rope@quay.example", "Rope and tar"),
    ("kit@fjord.example", "Kit"),
];

fn account(user: &str, name: &str) -> Value {
    json!({
        "id": user, "username": user, "acct": user, "display_name": name, "url": format!("https://quay.example/@{user}"),
        "avatar_static": format!("https://files.quay.example/{user}.png"), "following_count": PEOPLE.len() + 3
    })
}

fn status(id: u32, at: &str, html: &str, more: Value) -> Value {
    let mut status = json!({
        "id": id.to_string(), "url": format!("https://quay.example/@ines/{id}"), "created_at": at, "content": html,
        "account": account("ines", "Inès Calder"), "media_attachments": [], "spoiler_text": "", "language": "en",
        "visibility": "public", "reblog": null, "tags": [], "emojis": []
    });
    if let (Value::Object(status), Value::Object(more)) = (&mut status, more) {
        status.extend(more);
    }
    status
}

fn picture(name: &str, alt: &str) -> Value {
    json!({ "type": "image", "url": format!("https://files.quay.example/{name}.jpg"), "description": alt })
}

fn statuses() -> Value {
    let card = json!({
        "url": "https://chandler.example/knots", "title": "Eleven knots that outlived their ships",
        "description": "A ropemaker’s notebook, opened for the first time since 1911.",
        "image": "https://chandler.example/knots.jpg"
    });
    let passed_on = status(
        7,
        "2026-11-23T06:10:00Z",
        "<p>Le phare rallume ce soir, après neuf ans. La lampe d’origine, pas une copie.</p>",
        json!({ "language": "fr", "account": account("bo", "Bo Lindqvist"), "url": "https://quay.example/@bo/7",
                "media_attachments": [picture("lamp", "La lentille du phare, débâchée")] }),
    );
    let quoted = status(
        3,
        "2026-11-20T09:00:00Z",
        "<p>What do you call the smell of a boat shed?</p>",
        json!({ "account": account("tamsin", "Tamsin Roe"), "url": "https://quay.example/@tamsin/3" }),
    );
    json!([
        status(8, "2026-11-23T06:20:00Z", "", json!({ "reblog": passed_on })),
        status(
            6,
            "2026-11-22T18:05:00Z",
            "<p>“Stockholm tar, coffee, and a dog that was here yesterday.” <a href=\"https://quay.example/tags/boats\">#boats</a></p>",
            json!({ "quote": { "state": "accepted", "quoted_status": quoted }, "tags": [{ "name": "boats" }] })
        ),
        status(
            5,
            "2026-11-22T08:00:00Z",
            "<p>They cut the old mooring chain. I kept one link.</p>",
            json!({ "spoiler_text": "A wreck, and what was in it", "sensitive": true,
                    "media_attachments": [picture("chain", "A rusted link of chain on a workbench")] })
        ),
        status(
            4,
            "2026-11-21T20:40:00Z",
            "<p>Which evening for the rope walk?</p>",
            json!({ "poll": { "options": [{ "title": "Tuesday", "votes_count": 18 }, { "title": "Thursday", "votes_count": 42 }] } })
        ),
        status(
            13,
            "2026-11-21T10:20:00Z",
            "<p>3/ So the map was right, and the harbour was in the wrong place. <a href=\"https://quay.example/tags/maps\">#maps</a></p>",
            json!({ "in_reply_to_id": "12", "in_reply_to_account_id": "ines" })
        ),
        status(
            12,
            "2026-11-21T10:10:00Z",
            "<p>2/ It shows a quay where there has never been water. I measured it twice, and asked <span class=\"h-card\"><a href=\"https://quay.example/@bo\" class=\"u-url mention\">@<span>bo</span></a></span>.</p>",
            json!({ "in_reply_to_id": "11", "in_reply_to_account_id": "ines",
                    "media_attachments": [picture("map", "A hand-drawn map of the harbour, dated 1788")] })
        ),
        status(
            11,
            "2026-11-21T10:00:00Z",
            "<p>1/ I found the harbour master’s map today, in a box of tide tables. :lantern:</p>",
            json!({ "emojis": [{ "shortcode": "lantern", "static_url": "https://files.quay.example/lantern.png" }] })
        ),
        status(
            2,
            "2026-11-19T08:30:00Z",
            "<p>Eleven knots I did not know, and I have tied knots for a living: <a href=\"https://chandler.example/knots\"><span class=\"invisible\">https://</span><span>chandler.example/knots</span></a></p>",
            json!({ "card": card })
        )
    ])
}

/// What it answers; None for an address that is not its own.
pub(super) fn answer(url: &str) -> Option<Reply> {
    let path = url.strip_prefix("https://quay.example/")?;
    let said = match path.split('?').next()? {
        "api/v1/accounts/lookup" => account("ines", "Inès Calder"),
        "api/v1/accounts/ines/statuses" => statuses(),
        "api/v1/accounts/ines/following" => {
            PEOPLE.iter().map(|(acct, name)| json!({ "acct": acct, "display_name": name, "id": acct })).collect()
        }
        _ => return Some(Reply { asked: url.to_owned(), url: url.to_owned(), status: 404, ..Reply::default() }),
    };
    let headers = vec![("content-type".to_owned(), "application/json".to_owned())];
    let body = said.to_string().into_bytes();
    Some(Reply { asked: url.to_owned(), url: url.to_owned(), status: 200, headers, body, ..Reply::default() })
}
