//! Holds the layout of the house: directions, headers, sizes, and who may do what. Names each offence.

use crate::tree::{File, rust};

/// From the lowest to the highest: a module of the core uses only those before it.
const CORE: &[&str] = &[
    "model",
    "text",
    "search",
    "interchange",
    "sources",
    "people",
    "article",
    "schedule",
    "normalise",
    "stories",
    "score",
    "digest",
    "trends",
    "room",
];

/// From the lowest to the highest: a crate uses only those before it.
const CRATES: &[&str] = &["pepites-core", "pepites-store", "pepites-engine", "pepites-cli"];

/// A file holds one thought; past this it holds two.
const LINES: usize = 400;

/// Files that may be longer: path, or the beginning of it, and why.
const LONG: &[(&str, &str)] =
    &[("crates/pepites-engine/src/sample/words/", "tables of sentences, one topic and language each")];

fn none(offences: &[String]) {
    assert!(offences.is_empty(), "\n{}\n", offences.join("\n"));
}

/// The code of a file without its tests, comments and documentation.
fn code(file: &File) -> String {
    let mut parts = file.text.split("\n#[cfg(test)]\n");
    let first = parts.next().unwrap_or_default();
    // `mod tests;` stands above the code; `mod tests {` below it, and ends it.
    let named = |part: &&str| part.lines().next().is_some_and(|line| line.ends_with(';'));
    let body: Vec<&str> = std::iter::once(first).chain(parts.take_while(named)).collect();
    body.join("\n").lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n")
}

fn is_test(path: &str) -> bool {
    path.starts_with("tests/") || path.ends_with("/tests.rs") || path.contains("/tests/")
}

#[test]
fn a_module_of_the_core_uses_only_those_below_it() {
    let mut offences = Vec::new();
    let mut seen = 0;
    for file in rust().iter().filter(|file| file.path.starts_with("crates/pepites-core/src/")) {
        let inner = file.path.trim_start_matches("crates/pepites-core/src/");
        let module = inner.split(['/', '.']).next().unwrap();
        if module == "lib" || is_test(&file.path) {
            continue;
        }
        let Some(level) = CORE.iter().position(|name| *name == module) else {
            offences.push(format!("{}: module `{module}` has no place in the order of the core", file.path));
            continue;
        };
        seen += 1;
        let code = code(file);
        for (above, name) in CORE.iter().enumerate().filter(|(above, _)| *above > level) {
            let one = code.contains(&format!("crate::{name}::")) || code.contains(&format!("crate::{name};"));
            let grouped = code.split("use crate::{").skip(1).any(|rest| {
                let group = rest.split(';').next().unwrap_or_default();
                group
                    .split([',', '{', '}', ' ', '\n'])
                    .any(|word| word.trim() == *name || word.trim().starts_with(&format!("{name}::")))
            });
            if one || grouped {
                offences.push(format!(
                    "{}: `{module}` (place {level}) uses `{name}` (place {above}), which stands above it",
                    file.path
                ));
            }
        }
    }
    assert!(seen >= CORE.len(), "only {seen} files of the core were looked at");
    none(&offences);
}

#[test]
fn a_crate_uses_only_those_below_it() {
    let mut offences = Vec::new();
    for (level, name) in CRATES.iter().enumerate() {
        let manifest =
            std::fs::read_to_string(crate::tree::root().join("crates").join(name).join("Cargo.toml")).unwrap();
        let own = manifest.split("[dev-dependencies]").next().unwrap();
        for above in &CRATES[level..] {
            if own.lines().any(|line| line.starts_with(&format!("{above}.")) || line.starts_with(&format!("{above} ")))
            {
                offences.push(format!("{name}: depends on {above}, which stands above it"));
            }
        }
    }
    none(&offences);
}

#[test]
fn the_core_is_pure() {
    const FORBIDDEN: &[(&str, &str)] = &[
        ("std::fs", "the disk"),
        ("std::net::Tcp", "the network"),
        ("std::net::Udp", "the network"),
        ("ToSocketAddrs", "the network"),
        ("std::env", "the environment"),
        ("SystemTime", "the clock"),
        ("Instant::now", "the clock"),
        ("Zoned::now", "the clock"),
        ("Timestamp::now", "the clock"),
        ("async fn", "async"),
        ("tokio", "async"),
        ("rusqlite", "SQL"),
        ("reqwest", "the network"),
        ("std::thread", "threads"),
    ];
    let mut offences = Vec::new();
    for file in rust().iter().filter(|file| file.path.starts_with("crates/pepites-core/src/")) {
        if is_test(&file.path) {
            continue;
        }
        let code = code(file);
        for (word, what) in FORBIDDEN.iter().filter(|(word, _)| code.contains(word)) {
            offences.push(format!("{}: `{word}`: the core does not touch {what}", file.path));
        }
    }
    none(&offences);
}

#[test]
fn only_the_store_speaks_sql_and_only_net_speaks_http() {
    let mut offences = Vec::new();
    for file in rust().iter().filter(|file| !is_test(&file.path)) {
        let code = code(file);
        if !file.path.starts_with("crates/pepites-store/") {
            for word in ["rusqlite", "SELECT ", "INSERT INTO", "DELETE FROM"] {
                if code.contains(word) {
                    offences.push(format!("{}: `{word}` belongs to pepites-store", file.path));
                }
            }
        }
        let net = file.path.starts_with("crates/pepites-engine/src/net");
        if !net && code.contains("reqwest") {
            offences.push(format!("{}: `reqwest` belongs to pepites-engine's net", file.path));
        }
    }
    none(&offences);
}

#[test]
fn only_the_store_vouches_for_html() {
    let mut seen = 0;
    let mut offences = Vec::new();
    for file in rust().iter().filter(|file| !is_test(&file.path)) {
        if code(file).contains("SafeHtml::from_library") {
            seen += 1;
            if !file.path.starts_with("crates/pepites-store/src/") {
                offences.push(format!("{}: only the library gives back HTML that was cleaned", file.path));
            }
        }
    }
    let model = std::fs::read_to_string(crate::tree::root().join("crates/pepites-core/src/model/post.rs")).unwrap();
    let above = model.split("pub struct SafeHtml").next().unwrap();
    if above.lines().filter(|line| line.starts_with("#[derive")).any(|line| line.contains("Deserialize")) {
        offences.push("model/post.rs: SafeHtml comes in as JSON, so anybody can make one".to_owned());
    }
    assert!(seen > 0, "nobody makes SafeHtml any more: this test looks for nothing");
    none(&offences);
}

#[test]
fn every_file_says_first_what_it_is_for() {
    let offences: Vec<String> = rust()
        .iter()
        .filter(|file| !file.text.lines().next().is_some_and(|line| line.starts_with("//! ") && line.len() > 20))
        .map(|file| format!("{}: its first line is no `//!` that says what it takes, gives or never does", file.path))
        .collect();
    none(&offences);
}

#[test]
fn no_file_holds_two_thoughts() {
    let mut offences = Vec::new();
    for file in rust() {
        let lines = file.text.lines().count();
        let excused = LONG.iter().any(|(path, _)| file.path.starts_with(path));
        if lines > LINES && !excused && !is_test(&file.path) {
            offences.push(format!("{}: {lines} lines, more than {LINES}", file.path));
        }
    }
    for (path, _) in LONG {
        if !rust().iter().any(|file| file.path.starts_with(path) && file.text.lines().count() > LINES) {
            offences.push(format!("{path}: excused from its length without need"));
        }
    }
    none(&offences);
}

#[test]
fn modules_are_files_named_after_themselves() {
    let offences: Vec<String> = rust()
        .iter()
        .filter(|file| file.path.ends_with("/mod.rs"))
        .map(|file| format!("{}: put it beside its folder", file.path))
        .collect();
    none(&offences);
}

#[test]
fn every_entry_of_a_registry_is_its_own_file() {
    let mut offences = Vec::new();
    let core = crate::tree::root().join("crates/pepites-core/src");
    for (registry, list, folder) in [
        ("sources.rs", "pub const KINDS", "sources"),
        ("interchange.rs", "pub const DIALECTS", "interchange"),
        ("interchange/contacts.rs", "pub const DIALECTS", "interchange/contacts"),
        ("score.rs", "pub const SIGNALS", "score/signals"),
    ] {
        let text = std::fs::read_to_string(core.join(registry)).unwrap();
        let rest = text.split(list).nth(1).unwrap_or_default();
        let entries = rest.split("];").next().unwrap_or_default();
        let mut names = 0;
        for line in entries.lines().map(str::trim).filter(|line| line.starts_with('&') && line.ends_with(',')) {
            names += 1;
            let path = line.trim_start_matches('&').trim_end_matches(',');
            let module = path.rsplit("::").nth(1).unwrap_or_default();
            if !core.join(folder).join(format!("{module}.rs")).exists() {
                offences.push(format!("{registry}: `{path}` has no file {folder}/{module}.rs"));
            }
        }
        if names == 0 {
            offences.push(format!("{registry}: no entry was found in `{list}`"));
        }
    }
    none(&offences);
}

#[test]
fn there_is_no_toolchain_file_and_no_abort_on_panic() {
    let root = crate::tree::root();
    assert!(!root.join("rust-toolchain").exists() && !root.join("rust-toolchain.toml").exists());
    let manifest = std::fs::read_to_string(root.join("Cargo.toml")).unwrap();
    let set: Vec<&str> = manifest.lines().filter(|line| line.starts_with("panic")).collect();
    assert_eq!(set, Vec::<&str>::new(), "a panicking parser must be caught");
}
