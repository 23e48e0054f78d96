//! Holds that every command answers by its name, and says what it changed.

use super::*;
use std::collections::BTreeSet;

#[test]
fn the_contract_of_the_windows_is_the_one_of_the_engine() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../ui/src/lib/backend/contract.ts");
    let contract = typescript();
    if std::env::var_os("PEPITES_BLESS").is_some() {
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, &contract).unwrap();
    }
    let kept = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(kept == contract, "contract.ts is out of date: PEPITES_BLESS=1 cargo test --workspace contract");
}

#[test]
fn every_type_that_the_contract_names_is_declared_in_it() {
    let contract = typescript();
    let declared: BTreeSet<&str> = contract
        .lines()
        .filter_map(|line| line.strip_prefix("export type "))
        .filter_map(|line| line.split(['=', '<', ' ']).next())
        .collect();
    let is_name = |word: &&str| word.len() > 1 && word.starts_with(|c: char| c.is_ascii_uppercase());
    let code = contract.lines().filter(|line| !line.trim_start().starts_with(['*', '/']));
    for word in code.flat_map(|line| line.split(|c: char| !c.is_ascii_alphanumeric())).filter(is_name) {
        assert!(declared.contains(word) || word == "Array" || word == "Record", "{word} is used, not declared");
    }
    assert!(declared.contains("SourceView") && declared.contains("Commands"), "{declared:?}");
}

#[test]
fn every_command_has_a_name_of_its_own() {
    let names: BTreeSet<_> = COMMANDS.iter().collect();
    assert_eq!(names.len(), COMMANDS.len());
}

#[tokio::test]
async fn what_makes_no_sense_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let engine = crate::refresh::tests::engine(folder.path(), crate::net::Replay::new(Default::default()));
    for (name, ask) in [("dance", Value::Null), ("rename", serde_json::json!({"source": "x"}))] {
        let problem = engine.call(name, ask).await.unwrap_err();
        assert_eq!(problem.code, Code::BadInput);
        assert!(problem.to_string().contains(name), "{problem}");
    }
    let problem = engine.call("import", serde_json::json!({"path": "/none/x.opml", "even_partial": false})).await;
    let problem = problem.unwrap_err();
    assert_eq!((problem.code, problem.detail.values.get("file")), (Code::FileUnreadable, Some(&"x.opml".into())));
}

#[tokio::test]
async fn what_a_command_changed_is_told_to_every_window() {
    let folder = tempfile::tempdir().unwrap();
    let feeds = [("https://a.example/feed".to_owned(), crate::refresh::tests::feed("a.example", 2))];
    let engine = crate::refresh::tests::engine(folder.path(), crate::net::Replay::new(feeds.into()));
    let mut events = engine.events();
    let ask = serde_json::json!({"address": "https://a.example/feed", "choice": null, "folders": [["News"]]});
    let report = engine.call("add", ask).await.unwrap();
    assert_eq!(report["added"]["posts"], 2, "{report}");
    assert_eq!(events.recv().await.unwrap(), Event::Changed(vec![Topic::Sources, Topic::Posts]));
    engine.call("refresh", serde_json::json!({"due": false, "only": null})).await.unwrap();
    let mut told = Vec::new();
    while let Ok(event) = events.try_recv() {
        told.push(event);
    }
    let Some((Event::Changed(_), before)) = told.split_last() else { panic!("{told:?}") };
    assert!(before.iter().all(|event| matches!(event, Event::Progress(_))) && !before.is_empty(), "{before:?}");
    engine.call("sources", Value::Null).await.unwrap();
    assert!(events.try_recv().is_err(), "a question changes nothing");
}
