//! The command line and its help, in both languages.
use std::collections::BTreeSet;

use super::*;

fn matches(line: &str) -> Result<clap::ArgMatches, clap::Error> {
    tree(Language::English).try_get_matches_from(line.split(' '))
}

#[test]
fn the_command_line_is_sound() {
    for language in Language::ALL {
        tree(language).debug_assert();
    }
}

#[test]
fn global_options_stand_before_or_after_the_command() {
    for line in [
        "pepites --library /l --json --wait 3 -v -v -q --via http://127.0.0.1:1 --lang fr today --posts 5",
        "pepites today --posts 5 --library /l --json --wait 3 -vv -q --via http://127.0.0.1:1 --lang fr",
    ] {
        let matches = matches(line).unwrap();
        assert_eq!(matches.get_one::<PathBuf>("library").unwrap().to_str(), Some("/l"), "{line}");
        assert!(matches.get_flag("json") && matches.get_flag("quiet"), "{line}");
        assert_eq!((matches.get_one::<u64>("wait"), matches.get_count("verbose")), (Some(&3), 2), "{line}");
        assert_eq!(matches.get_one::<String>("via").unwrap(), "http://127.0.0.1:1", "{line}");
        let (name, own) = matches.subcommand().unwrap();
        assert_eq!((name, own.get_one::<u32>("posts")), ("today", Some(&5)), "{line}");
    }
}

#[test]
fn what_makes_no_sense_is_refused_and_what_does_is_not() {
    for (line, taken) in [
        ("pepites today", true),
        ("pepites today --posts 10 --minutes 10", false),
        ("pepites today --posts 0", false),
        ("pepites today --more --again", false),
        ("pepites today --more --minutes 10", true),
        ("pepites today --date 2026-11-20 --left-out", true),
        ("pepites today --date 2026-02-30", false),
        ("pepites today --date 2026-11-20 --posts 3", false),
        ("pepites today --list --limit 3", true),
        ("pepites search", false),
        ("pepites search one two --limit 3", true),
        ("pepites search one -- --two", true),
        ("pepites read 1 2 3", true),
        ("pepites read", false),
        ("pepites read x", false),
        ("pepites star --undo 4", true),
        ("pepites import - --even-damaged", true),
        ("pepites export --force", false),
        ("pepites export a.opml --force", true),
        ("pepites add example.org --folder A/B --folder C --choose 2", true),
        ("pepites settings budget-posts", false),
        ("pepites settings budget-posts 40", true),
        ("pepites settings no-such-setting 40", false),
        ("pepites sample --port 80", false),
        ("pepites sample --serve --port 8080 --seed 7", true),
        ("pepites completions csh", false),
        ("pepites help today", true),
        ("pepites help nothing", false),
        ("pepites --lang de today", false),
        ("pepites --now 2026-11-23T09:00:00Z today", true),
        ("pepites today --now yesterday", false),
        ("pepites nothing", false),
    ] {
        assert_eq!(matches(line).is_ok(), taken, "{line}");
    }
}

fn help(language: Language, command: Option<&str>) -> String {
    let mut tree = tree(language).term_width(100);
    tree.build();
    match command.and_then(|name| tree.find_subcommand_mut(name)) {
        Some(command) => command.render_long_help().to_string(),
        None => tree.render_long_help().to_string(),
    }
}

#[test]
fn help_teaches_in_both_languages() {
    for (language, command, expected) in [
        (
            Language::English,
            None,
            vec!["Usage: pepites [OPTIONS] <COMMAND>", "Commands:\n  import ", "Exit codes:", "Everywhere:"],
        ),
        (
            Language::French,
            None,
            vec![
                "Usage\u{a0}: pepites [OPTIONS] <COMMANDE>",
                "Commandes\u{a0}:\n  import ",
                "Codes de sortie\u{a0}:",
                "Partout\u{a0}:",
            ],
        ),
        (
            Language::French,
            Some("today"),
            vec!["Usage\u{a0}: pepites today [OPTIONS]", "--minutes <N>", "Un digest tient dans un budget"],
        ),
        (Language::French, Some("import"), vec!["pepites import [OPTIONS] <FICHIER>", "Arguments\u{a0}:\n  <FICHIER>"]),
        (
            Language::English,
            Some("import"),
            vec!["pepites import [OPTIONS] <FILE>", "Arguments:\n  <FILE>", "--via <URL>"],
        ),
    ] {
        let help = help(language, command);
        for expected in expected {
            assert!(help.contains(expected), "{expected:?} is not in\n{help}");
        }
    }
}

#[test]
fn french_help_has_no_english_left_in_it() {
    for command in std::iter::once(None).chain(COMMANDS.iter().map(|entry| Some(entry.name))) {
        let help = help(Language::French, command);
        for english in ["Usage:", "Commands:", "Options:", "Print ", "[default", "[possible", "help."] {
            assert!(!help.contains(english), "{english:?} is in\n{help}");
        }
    }
}

#[test]
fn the_test_transport_is_left_out_of_the_short_help() {
    let short = tree(Language::English).render_help().to_string();
    assert!(!short.contains("--via"), "{short}");
    let long = help(Language::English, None);
    assert!(long.contains("--via") && !long.contains("--now"), "{long}");
}

#[test]
fn every_help_text_is_used_and_every_use_has_one() {
    let mut used: BTreeSet<String> = BTreeSet::new();
    let mut root = tree(Language::English);
    root.build();
    for command in std::iter::once(&root).chain(root.get_subcommands()) {
        let name = command.get_name();
        used.insert(format!("help.{name}"));
        used.insert(format!("help.{name}.more"));
        // The root's options are global: clap copies them into every command.
        let own = command
            .get_arguments()
            .filter(|arg| !arg.is_hide_set())
            .filter(|arg| name == "pepites" || root.get_arguments().all(|g| g.get_id() != arg.get_id()));
        used.extend(own.map(|arg| format!("help.{name}.{}", arg.get_id())));
    }
    let known: BTreeSet<String> = keys()
        .filter(|key| key.starts_with("help."))
        .filter(|key| !["help.heading.", "help.value."].iter().any(|p| key.starts_with(p)))
        .collect();
    assert_eq!(used, known);
}

#[test]
fn every_sentence_of_the_terminal_is_used_and_every_use_has_one() {
    let sources: String = files(std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("src")).concat();
    let said: BTreeSet<&str> = sources.split('"').filter(|text| is_key(text)).collect();
    let known: BTreeSet<String> = keys().map(|key| stem(&key).to_owned()).collect();
    let lost: Vec<_> = said.iter().filter(|key| !known.contains(**key) && !made_up(key)).collect();
    assert_eq!(lost, Vec::<&&str>::new(), "said by the terminal, not in the catalogue");
    let unused: Vec<_> = known
        .iter()
        .filter(|key| ["cli.", "usage."].iter().any(|prefix| key.starts_with(prefix)))
        // Remedies and the meanings of settings are asked for by name.
        .filter(|key| {
            !key.starts_with("cli.remedy.")
                && !key.starts_with("cli.settings.budget-")
                && !key.starts_with("cli.settings.keep-")
        })
        .filter(|key| !said.contains(key.as_str()))
        .collect();
    assert_eq!(unused, Vec::<&String>::new(), "in the catalogue, said by nobody");
}

/// Keys that tests make up, or that other parts bring.
fn made_up(key: &str) -> bool {
    ["no.such.", "trouble."].iter().any(|prefix| key.starts_with(prefix))
        || ["store.no_row", "help.pepites"].contains(&key)
}

fn is_key(text: &str) -> bool {
    #[rustfmt::skip]
    const FAMILIES: [&str; 13] = [
        "age.", "cli.", "date.", "digest.", "help.", "man.", "mark.", "page.", "problem.", "section.", "size.", "time.", "usage.",
    ];
    FAMILIES.iter().any(|family| text.strip_prefix(family).is_some_and(|rest| !rest.is_empty()))
        && !text.ends_with(['.', '-'])
        && text.chars().all(|c| c.is_ascii_lowercase() || matches!(c, '.' | '_' | '-'))
}

fn stem(key: &str) -> &str {
    key.strip_suffix(".one").or_else(|| key.strip_suffix(".other")).unwrap_or(key)
}

fn keys() -> impl Iterator<Item = String> {
    let texts: std::collections::BTreeMap<String, String> =
        serde_json::from_str(include_str!("../../../../ui/src/lib/i18n/en.json")).unwrap();
    texts.into_keys()
}

fn files(folder: PathBuf) -> Vec<String> {
    let mut texts = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        match path.is_dir() {
            true => texts.extend(files(path)),
            false => texts.push(std::fs::read_to_string(path).unwrap()),
        }
    }
    texts
}
