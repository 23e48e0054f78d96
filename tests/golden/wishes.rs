//! Takes the reader's morning to what they ask for: rules, weights, and a dozen stars that teach their taste.
//! Last of all, so that no other answer knows of it.

use serde_json::{Value, json};

use super::{Mornings, mark};

/// Stars that teach: more than are needed.
const STARS: usize = 14;

/// The answers of the page about wishes.
pub(super) fn answers(mornings: &Mornings, today: &Value) -> Value {
    let faces: Vec<&Value> = today["entries"].as_array().unwrap().iter().map(|entry| &entry["face"]).collect();
    let rule = |wish: &str, kind: &str, name: &str, folder: Value, until: Value| {
        let ask = json!({ "id": null, "wish": wish, "kind": kind, "name": name, "folder": folder, "until": until });
        mornings.ask("set_rule", ask);
    };
    rule("mute", "word", "version", json!(["Computing"]), json!("2026-12-31"));
    rule("mute", "word", "Black Friday", Value::Null, json!("2026-11-20"));
    rule("like", "tag", "repair", Value::Null, Value::Null);
    rule("like", "source", &faces[0]["source"].to_string(), Value::Null, Value::Null);
    rule("dislike", "source", &mornings.id(0).to_string(), Value::Null, Value::Null);
    let rules = mornings.ask("rules", Value::Null);
    let ask = json!({ "id": null, "wish": "mute", "kind": "word", "name": "harbour", "folder": null, "until": null });
    let tried = mornings.ask("try_rule", ask);
    let weights = mornings.ask("weights", Value::Null);
    let of = |name: &str| {
        weights["presets"].as_array().unwrap().iter().find(|preset| preset["name"] == name).unwrap()["weights"].clone()
    };
    let weigh = mornings.ask("weigh", of("news"));
    mark(mornings, today, "starred", &(0..STARS).collect::<Vec<_>>());
    mark(mornings, today, "skipped", &(STARS..faces.len()).collect::<Vec<_>>());
    mornings.ask("remove_trait", json!({ "kind": "word", "name": "November", "out": true }));
    let taste = mornings.ask("taste", Value::Null);
    json!({ "rules": rules, "tried": tried, "weights": weights, "weigh": weigh, "taste": taste })
}
