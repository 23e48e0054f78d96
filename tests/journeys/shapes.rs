//! What is written with `--json` is what `pepites help json` says.

use std::collections::BTreeMap;

use serde_json::Value;

use super::world::{Scratch, feed, opml, rss, serve};

/// The declared types by name, without comments, and what each command writes.
struct Shapes {
    types: BTreeMap<String, String>,
    written: BTreeMap<String, String>,
}

impl Shapes {
    fn read(document: &str) -> Self {
        let of_commands = document.lines().filter_map(|line| line.strip_prefix("// ")?.split_once("  "));
        let written = of_commands.map(|(command, shape)| (command.to_owned(), shape.trim().to_owned())).collect();
        let code: String = document
            .lines()
            .filter(|line| !["//", "/*", "*", " *"].iter().any(|start| line.starts_with(start)))
            .map(|line| format!("{line} "))
            .collect();
        let types = code.split("export type ").skip(1).map(|declared| {
            let (name, shape) = declared.split_once('=').unwrap();
            (name.trim().to_owned(), shape.trim().trim_end_matches(';').to_owned())
        });
        Self { types: types.collect(), written }
    }

    /// Whether the value has that shape, and not a field more or less.
    fn fits(&self, value: &Value, shape: &str) -> bool {
        let choices = apart(shape, '|');
        if choices.len() > 1 {
            return choices.iter().any(|choice| self.fits(value, choice));
        }
        let shape = shape.trim();
        if let Some(inner) = shape.strip_prefix("Array<").and_then(|rest| rest.strip_suffix('>')) {
            return value.as_array().is_some_and(|items| items.iter().all(|item| self.fits(item, inner)));
        }
        if let Some(inner) = shape.strip_prefix('{').and_then(|rest| rest.strip_suffix('}')) {
            return value.as_object().is_some_and(|fields| self.fits_fields(fields, inner));
        }
        match shape {
            "null" => value.is_null(),
            "string" => value.is_string(),
            "number" => value.is_number(),
            "boolean" => value.is_boolean(),
            text if text.starts_with('"') => value.as_str() == Some(text.trim_matches('"')),
            name => self.types.get(name).is_some_and(|shape| self.fits(value, shape)),
        }
    }

    fn fits_fields(&self, fields: &serde_json::Map<String, Value>, shape: &str) -> bool {
        if let Some(of_each) = shape.trim().strip_prefix("[key in string]:") {
            return fields.values().all(|value| self.fits(value, of_each));
        }
        let declared: BTreeMap<String, String> = apart(shape, ',')
            .iter()
            .filter_map(|field| field.split_once(':'))
            .map(|(name, shape)| (name.trim().trim_matches('"').to_owned(), shape.to_owned()))
            .collect();
        let known = |name: &str| declared.get(name).or_else(|| declared.get(&format!("{name}?")));
        fields.iter().all(|(name, value)| known(name).is_some_and(|shape| self.fits(value, shape)))
            && declared.keys().all(|name| name.ends_with('?') || fields.contains_key(name))
    }
}

/// The parts of a type between marks that stand in no bracket.
fn apart(text: &str, mark: char) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut depth = 0;
    for letter in text.trim().trim_start_matches('|').chars() {
        match letter {
            '{' | '<' | '[' => depth += 1,
            '}' | '>' | ']' => depth -= 1,
            _ => {}
        }
        if letter == mark && depth == 0 {
            parts.push(String::new());
        } else {
            parts.last_mut().unwrap().push(letter);
        }
    }
    parts
}

#[test]
fn every_command_writes_the_shape_that_help_json_gives() {
    let scratch = Scratch::new();
    let shapes = Shapes::read(&scratch.run(&["help", "json"]).out);
    let feeds = [("one", &["Bees swarm", "A comet"][..]), ("two", &["Bees swarm"]), ("three", &["A third"])];
    let server = serve(feeds.map(|(name, titles)| (name, rss(feed(name, titles)))).into());
    let file = scratch.file("a.opml", opml(&server, &["one", "two", "missing"]));
    let check = |command: &str, arguments: &[&str]| {
        let value = scratch.json(arguments);
        let shape = shapes.written.get(command).unwrap_or_else(|| panic!("{command} is not in help json"));
        assert!(shapes.fits(&value, shape), "{command} is no {shape}: {value:#}");
        assert!(!shapes.fits(&serde_json::json!({ "no": "field" }), shape), "{shape} is anything");
        value
    };
    check("import", &["import", &file]);
    check("refresh", &["refresh"]);
    let today = check("today", &["today"]);
    let post = today.pointer("/entries/0/face/post").unwrap().to_string();
    check("today --list", &["today", "--list"]);
    check("today --left-out", &["today", "--left-out"]);
    check("read", &["read", &post]);
    check("read --undo", &["read", "--undo", &post]);
    check("star", &["star", &post]);
    check("starred", &["starred"]);
    check("skip", &["skip", &post]);
    check("tomorrow", &["tomorrow", &post]);
    check("today --left-out --tomorrow", &["today", "--left-out", "--tomorrow"]);
    check("today --left-out --let-go", &["today", "--left-out", "--let-go"]);
    check("search", &["search", "comet", "--keep", "Comets"]);
    check("searches", &["searches", "--section", "1"]);
    check("unread", &["unread"]);
    let posts = check("posts", &["posts", "one"]);
    let pair = ["/0/post", "/1/post"].map(|at| posts.pointer(at).unwrap().to_string());
    check("relays", &["relays", &pair[0]]);
    check("why", &["why", &pair[0], &pair[1]]);
    check("together", &["together", &pair[0], &pair[1]]);
    check("apart", &["apart", &pair[0], &pair[1]]);
    check("mute", &["mute", "black", "friday", "--until", "2099-01-01"]);
    check("mute --try", &["mute", "--try", "comet"]);
    check("notify", &["notify", "--person", "Ada Byron"]);
    check("always", &["always", "--longer", "10"]);
    check("keep", &["keep", "comet"]);
    check("file", &["file", "comet", "--into", "Sky/Comets"]);
    check("like", &["like", "--source", "one"]);
    check("dislike", &["dislike", "--tag", "sea", "--folder", "A/B"]);
    check("rules", &["rules"]);
    check("weights", &["weights"]);
    check("weights --try", &["weights", "--preset", "news", "--try"]);
    check("taste", &["taste"]);
    let accounts = scratch.file("following_accounts.csv", "Account address,Show boosts\n@ann@town.example,true\n");
    check("follows", &["follows", &accounts]);
    check("add", &["add", &server.url("/three")]);
    let sources = check("sources", &["sources"]);
    let source = sources.pointer("/0/id").unwrap().to_string();
    let people = scratch.file(
        "p.csv",
        "Name,E-mail,Website\nAda Byron,ada@mail.example,http://127.0.0.1:1/\nBo Diddley,bo@mail.example,\n",
    );
    check("contacts import", &["contacts", "import", &people]);
    check("contacts columns", &["contacts", "columns", &people]);
    check("contacts", &["contacts"]);
    check("contacts list", &["contacts", "list"]);
    check("contacts show", &["contacts", "show", "1"]);
    check("contacts edit", &["contacts", "edit", "1", "--add", &server.url("/one"), "--name", "Ada"]);
    check("contacts find", &["contacts", "find", "--plan"]);
    check("contacts join", &["contacts", "join", "1", "2"]);
    check("contacts part", &["contacts", "part", "1", "2"]);
    check("rename", &["rename", &source, "Mine"]);
    check("move", &["move", &source, "A/B"]);
    check("full-text", &["full-text", &source]);
    check("prefer", &["prefer", &source]);
    check("unlimited", &["unlimited", &source]);
    check("people", &["people", &source, sources.pointer("/1/id").unwrap().to_string().as_str()]);
    check("accounts", &["accounts"]);
    check("trends", &["trends"]);
    check("trends --relays", &["trends", "--relays"]);
    check("trends --rising", &["trends", "--rising"]);
    check("thin", &["thin", &source, "3"]);
    check("trends --erase", &["trends", "--erase"]);
    check("unfollow", &["unfollow", &source]);
    check("export", &["export"]);
    let page = scratch.file("digest.html", "");
    check("export-digest", &["export-digest", "--force", &page]);
    let zip = scratch.file("all.zip", "");
    check("export --everything", &["export", "--everything", "--force", &zip]);
    let saved = scratch.file("saved.db", "");
    check("backup", &["backup", "--force", &saved]);
    check("restore --check", &["restore", "--check", &saved]);
    check("restore", &["restore", &saved]);
    check("import --undo", &["import", "--undo"]);
    check("settings", &["settings"]);
    check("library", &["library"]);
    check("sample", &["sample"]);
    check("room", &["room", "--posts", "100"]);
    let applied = check("room --apply", &["room", "--posts", "100", "--apply"]);
    check("room --notes", &["room", "--notes"]);
    check("room --undo", &["room", "--undo", &applied["plan"].to_string()]);
}
