//! The digest of the sample world: within its budget, explained, and it ends.

use super::world::{Scratch, list};

#[test]
fn the_sample_digest_fits_its_budget_and_every_rank_is_the_sum_of_its_parts() {
    let scratch = Scratch::new();
    let sampled = scratch.run(&["sample"]);
    assert_eq!(sampled.code, 0, "{}", sampled.err);
    assert!(!sampled.out.is_empty());

    let digest = scratch.json(&["today"]);
    let entries = list(&digest["entries"]);
    assert!((50..=100).contains(&entries.len()), "{} stories", entries.len());
    assert!(digest["line"]["left_out"].as_u64().unwrap() > 0);
    for entry in entries {
        let sum: f64 = list(&entry["parts"]).iter().map(|part| part["points"].as_f64().unwrap()).sum();
        assert!((sum - entry["rank"].as_f64().unwrap()).abs() < 1e-9, "{entry}");
        assert!(!list(&entry["reasons"]).is_empty(), "no reason: {entry}");
    }
    assert!(entries.iter().any(|entry| entry["nugget"] == true), "no nugget");
    assert!(entries.iter().any(|entry| !list(&entry["relays"]).is_empty()), "no relay");
    let past = scratch.json(&["today", "--list"]);
    assert_eq!(list(&past).len(), 1, "{past}");
    let left = scratch.json(&["today", "--left-out"]);
    assert!(!list(&left).is_empty());

    let smaller = scratch.json(&["today", "--posts", "7"]);
    assert_eq!(list(&smaller["entries"]).len(), 7);
    let minutes = scratch.json(&["today", "--minutes", "10"]);
    assert!(minutes["line"]["minutes"].as_u64().unwrap() <= 10, "{}", minutes["line"]);
    assert_eq!(list(&scratch.json(&["today", "--list"])).len(), 3);

    let said = scratch.run(&["today"]);
    assert!(said.out.contains("That’s all for today"), "{}", said.out);
    assert!(!said.out.contains('\u{1b}'), "colours in a pipe");
}

#[test]
fn a_library_without_posts_says_what_to_do_next() {
    let scratch = Scratch::new();
    let said = scratch.run(&["today"]);
    assert_eq!(said.code, 0, "{}", said.err);
    assert!(said.out.contains("import FILE"), "{}", said.out);
    assert_eq!(list(&scratch.json(&["today", "--list"])).len(), 0);
}
