//! Holds the list of licences: what is built here on this machine is under one of them.

use std::collections::BTreeSet;

use cargo_metadata::{CargoOpt, MetadataCommand};

/// Each licence that may be linked in: permissive, or (MPL-2.0) with duties for changes to its own files only.
const LICENCES: &[&str] = &[
    "0BSD",
    "Apache-2.0",
    "Apache-2.0 WITH LLVM-exception",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "BSL-1.0",
    "CC0-1.0",
    "CDLA-Permissive-2.0",
    "ISC",
    "MIT",
    "MIT-0",
    "MPL-2.0",
    "Unicode-3.0",
    "Unlicense",
    "Zlib",
];

/// Whether an SPDX expression can be satisfied with the list: every part of an AND, one part of an OR.
fn allowed(expression: &str) -> bool {
    let expression = expression.replace('/', " OR ");
    let expression = expression.trim();
    if let Some(parts) = split(expression, " AND ") {
        return parts.iter().all(|part| allowed(part));
    }
    if let Some(parts) = split(expression, " OR ") {
        return parts.iter().any(|part| allowed(part));
    }
    match expression.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
        Some(inner) => allowed(inner),
        None => LICENCES.contains(&expression),
    }
}

/// The parts of an expression at the operators outside of parentheses; None when there is none.
fn split(expression: &str, operator: &str) -> Option<Vec<String>> {
    let mut parts = vec![String::new()];
    let mut depth = 0;
    let mut rest = expression;
    while let Some(c) = rest.chars().next() {
        if let Some(after) = rest.strip_prefix(operator).filter(|_| depth == 0) {
            parts.push(String::new());
            rest = after;
            continue;
        }
        depth += i32::from(c == '(') - i32::from(c == ')');
        parts.last_mut().unwrap().push(c);
        rest = rest.strip_prefix(c).unwrap_or_default();
    }
    (parts.len() > 1).then_some(parts)
}

#[test]
fn an_expression_is_read_as_spdx_means_it() {
    for (expression, expected) in [
        ("MIT", true),
        ("MIT OR GPL-3.0", true),
        ("MIT AND GPL-3.0", false),
        ("(MIT OR GPL-3.0) AND ISC", true),
        ("ISC AND (GPL-3.0 OR AGPL-3.0)", false),
        ("Unlicense/MIT", true),
        ("GPL-3.0", false),
    ] {
        assert_eq!(allowed(expression), expected, "{expression}");
    }
}

#[test]
fn everything_that_is_linked_in_is_under_a_listed_licence() {
    let target = format!("{}-unknown-linux-gnu", std::env::consts::ARCH);
    let metadata = MetadataCommand::new()
        .manifest_path(crate::tree::root().join("Cargo.toml"))
        .features(CargoOpt::AllFeatures)
        .other_options(vec!["--offline".into(), "--locked".into(), "--filter-platform".into(), target])
        .exec()
        .unwrap();
    let used: BTreeSet<_> = metadata.resolve.iter().flat_map(|resolve| &resolve.nodes).map(|node| &node.id).collect();
    assert!(used.len() > 100, "only {} packages were seen", used.len());
    let offences: Vec<String> = metadata
        .packages
        .iter()
        .filter(|package| used.contains(&package.id))
        .filter(|package| !package.license.as_deref().is_some_and(allowed))
        .map(|package| format!("{} {}: {:?}", package.name, package.version, package.license))
        .collect();
    assert!(offences.is_empty(), "\n{}\n", offences.join("\n"));
}
