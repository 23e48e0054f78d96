//! Holds what is found of the articles of tests/extraction: pages written for this, each of a kind that was met. Each
//! is a file: the page, a line of dashes, the main text. The floor may only rise.

use pepites_tests::check::extract::{compare, main_text};

const MARK: &str = "\n-----\n";

#[test]
fn the_articles_of_pages_of_every_kind_are_found_whole_and_alone() {
    let folder = crate::tree::root().join("tests/extraction");
    let mut files: Vec<_> = std::fs::read_dir(folder).unwrap().map(|file| file.unwrap().path()).collect();
    files.sort();
    let mut sum = 0.0;
    for file in &files {
        let text = std::fs::read_to_string(file).unwrap();
        let (page, right) = text.split_once(MARK).unwrap();
        let found = main_text(page.as_bytes(), "https://paper.example/2026/story").unwrap_or_default();
        let figures = compare(right, &found);
        println!("{}: {:.3} {figures:?}", file.display(), figures.f1());
        if figures.f1() < 0.9 {
            println!("{found}");
        }
        sum += figures.f1();
    }
    assert!(files.len() >= 8, "{} pages", files.len());
    crate::quality::hold("extraction.f1", sum / f64::from(u32::try_from(files.len()).unwrap()));
}
