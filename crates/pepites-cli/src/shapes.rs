//! Gives the shapes of `--json`: which each command writes, and how each is made, as the contract declares it.

use std::collections::BTreeSet;

use pepites_engine::commands;

/// What a command writes with `--json`, in TypeScript's words. Commands that are not here write their text.
const WRITTEN: &[(&str, &str)] = &[
    ("import", "ImportReport"),
    ("import --undo", "UndoneImport"),
    ("refresh", "RefreshReport"),
    ("today", "DigestView"),
    ("today --list", "Array<DigestLineView>"),
    ("today --left-out", "Array<LeftOutView>"),
    ("today --left-out --let-go", "MarkReport"),
    ("today --left-out --tomorrow", "MarkReport"),
    ("read", "Array<PostView>"),
    ("read --undo", "MarkReport"),
    ("star", "MarkReport"),
    ("skip", "MarkReport"),
    ("tomorrow", "MarkReport"),
    ("starred", "Array<PostLine>"),
    ("search", "Array<HitView>"),
    ("searches", "Array<SavedSearch>"),
    ("unread", "Array<PostLine>"),
    ("posts", "Array<PostLine>"),
    ("add", "AddReport"),
    ("follows", "CircleReport"),
    ("contacts", "ContactsReport"),
    ("contacts import", "ContactsImport"),
    ("contacts columns", "TablePreview"),
    ("contacts list", "Array<ContactView>"),
    ("contacts show", "ContactView"),
    ("contacts edit", "ContactView"),
    ("contacts join", "ContactView"),
    ("contacts part", "ContactView"),
    ("contacts not", "ContactView"),
    ("contacts find", "ContactsReport"),
    ("contacts follow", "FollowFound"),
    ("preview", "Preview"),
    ("relays", "StoryView"),
    ("sign-in", "AccountView"),
    ("accounts", "Array<AccountView>"),
    ("accounts ACCOUNT", "Array<TimelineView>"),
    ("sign-out", "SignOutReport"),
    ("people", "PeopleView"),
    ("why", "WhyView"),
    ("together", "VerdictReport"),
    ("apart", "VerdictReport"),
    ("mute", "RuleView"),
    ("mute --try", "RulePreview"),
    ("always", "RuleView"),
    ("notify", "RuleView"),
    ("keep", "RuleView"),
    ("file", "RuleView"),
    ("like", "RuleView"),
    ("dislike", "RuleView"),
    ("rules", "Array<RuleView>"),
    ("weights", "WeightsView"),
    ("weights --try", "WeighReport"),
    ("taste", "TasteView"),
    ("sources", "Array<SourceView>"),
    ("rename", "SourceView"),
    ("move", "SourceView"),
    ("full-text", "SourceView"),
    ("prefer", "SourceView"),
    ("unlimited", "SourceView"),
    ("thin", "SourceView"),
    ("trends", "TrendsView"),
    ("trends --relays", "RelaysView"),
    ("trends --rising", "RisingView"),
    ("trends --erase", "{ erased: number, }"),
    ("room", "RoomView"),
    ("room --apply", "AppliedView"),
    ("room --undo", "AppliedView"),
    ("room --notes", "Array<RoomNote>"),
    ("unfollow", "SourceView"),
    ("login", "SourceView"),
    ("export", "{ file: string | null, sources: number, opml: string | null, }"),
    ("export --everything", "WholeExport"),
    ("export-digest", "{ file: string, format: string, stories: number, }"),
    ("backup", "BackupView"),
    ("restore", "RestoreReport"),
    ("restore --check", "BackupView"),
    ("settings", "Settings"),
    ("library", "LibraryView"),
    ("sample", "DigestView"),
    ("sample --serve", "{ address: string, port: number, seed: number, opml: string, }"),
];

/// What a problem is written as, on the error output: the contract's, and its words.
const PROBLEM: &str = "{ problem: { code: Code, detail: Phrase, sentence: string, remedy: string | null, }, }";

/// The whole document: commands first, then the types that they name and those that these name.
pub(crate) fn document(what_it_is: &str) -> String {
    let width = WRITTEN.iter().map(|(command, _)| command.len()).max().unwrap_or_default();
    let lines: String = WRITTEN.iter().map(|(command, shape)| format!("// {command:width$}  {shape}\n")).collect();
    let problem = format!("// {:width$}  {PROBLEM}\n", "");
    let what_it_is: String = what_it_is.lines().map(|line| format!("// {line}\n")).collect();
    format!("{what_it_is}//\n{lines}//\n{problem}{}", declarations(&format!("{lines}{PROBLEM}")))
}

/// The contract's declarations of the types that `text` names, and of those that they name.
fn declarations(text: &str) -> String {
    let contract = commands::typescript();
    // Each block is a type with the comment above it.
    let blocks: Vec<(&str, &str)> =
        contract.split("\n\n").filter_map(|block| Some((declared(block)?, block.trim_end()))).collect();
    let mut named: BTreeSet<&str> = BTreeSet::new();
    let mut open = vec![text];
    while let Some(text) = open.pop() {
        for (name, block) in &blocks {
            if words(text).any(|word| word == *name) && named.insert(name) {
                open.push(block);
            }
        }
    }
    let kept = blocks.iter().filter(|(name, _)| named.contains(name));
    kept.map(|(_, block)| format!("\n{}\n", block.trim_start())).collect()
}

fn declared(block: &str) -> Option<&str> {
    let line = block.lines().find_map(|line| line.strip_prefix("export type "))?;
    line.split([' ', '=']).next()
}

/// The words of the code; what a comment names is not part of the shape.
fn words(text: &str) -> impl Iterator<Item = &str> {
    let code = text.lines().filter(|line| !line.starts_with(['*', '/', ' ']) || line.starts_with("// "));
    code.flat_map(|line| line.split(|c: char| !c.is_ascii_alphanumeric()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commands::COMMANDS;

    /// Their output is a text for another program, or nothing but text.
    const TEXT_ONLY: [&str; 3] = ["completions", "man", "help"];

    #[test]
    fn every_command_has_its_shape_and_every_type_of_it_is_declared() {
        let document = document("What it is.");
        for entry in COMMANDS.iter().filter(|entry| !TEXT_ONLY.contains(&entry.name)) {
            assert!(WRITTEN.iter().any(|(command, _)| *command == entry.name), "{}", entry.name);
        }
        let is_name = |word: &&str| word.len() > 1 && word.starts_with(|c: char| c.is_ascii_uppercase());
        for (command, shape) in WRITTEN.iter().chain(&[("a problem", PROBLEM)]) {
            for name in words(shape).filter(is_name).filter(|name| *name != "Array") {
                assert!(document.contains(&format!("\nexport type {name} =")), "{command}: {name}\n{document}");
            }
        }
        for of_the_window in ["Commands", "MarkAsk", "Event"] {
            assert!(!document.contains(&format!("export type {of_the_window} =")), "{of_the_window}");
        }
        for within in ["EntryView", "Part", "PostLine", "MarksView", "SourceTrouble"] {
            assert!(document.contains(&format!("\nexport type {within} =")), "{within}");
        }
    }
}
