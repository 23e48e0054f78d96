//! Takes a page and CSS selectors, shows what they select and the address that follows it. Never follows anything.

use clap::{ArgMatches, Command};
use pepites_core::sources::list::Selectors;
use pepites_engine::contract::Preview;

use super::Entry;
use crate::{
    arguments::Words,
    exit::Exit,
    failure::Failure,
    look::{Look, quoted},
    session::Session,
    sheet::{Ink, Sheet},
};

pub(super) const ENTRY: Entry = Entry { name: "preview", arguments, run };

fn arguments(command: Command, words: &Words) -> Command {
    command
        .arg(words.operand("address", "address").required(true))
        .arg(words.option("item", "css").required(true))
        .args(["title", "link", "date", "text"].map(|part| words.option(part, "css")))
}

fn run(session: &Session, matches: &ArgMatches) -> Result<Exit, Failure> {
    let given = |name: &str| matches.get_one::<String>(name).cloned();
    let selectors = Selectors {
        item: given("item").unwrap_or_default(),
        title: given("title"),
        link: given("link"),
        date: given("date"),
        text: given("text"),
    };
    let engine = session.online()?;
    let page_address = given("address").unwrap_or_default();
    let preview = session.runtime()?.block_on(engine.preview(&page_address, &selectors))?;
    session.give(&preview, |look| page(&preview, look))?;
    Ok(Exit::Done)
}

fn page(preview: &Preview, look: &Look) -> String {
    let mut sheet = Sheet::new(look);
    if let Some(title) = &preview.title {
        sheet.paragraph(0, Ink::Strong, title);
    }
    for (place, entry) in preview.entries.iter().enumerate() {
        let first = format!("  {}  ", place + 1);
        sheet.hanging(&first, Ink::Plain, &entry.title);
        let age = entry.published.map(|at| look.language.age(at, look.now, look.offset_minutes));
        let facts: Vec<&str> = entry.link.as_deref().into_iter().chain(age.as_deref()).collect();
        if !facts.is_empty() {
            sheet.paragraph(first.len(), Ink::Faint, &facts.join(" · "));
        }
        if !entry.lead.is_empty() {
            sheet.paragraph(first.len(), Ink::Faint, &entry.lead);
        }
    }
    let count = u32::try_from(preview.entries.len()).unwrap_or(u32::MAX);
    sheet.paragraph(0, Ink::Plain, &look.count("cli.preview.entries", count));
    sheet.line(&[(Ink::Plain, &look.hint("cli.preview.next", &format!("add {}", quoted(&preview.address))))]);
    sheet.done()
}

#[cfg(test)]
mod tests {
    use pepites_engine::{catalogue::Language, contract::PreviewLine};

    use super::*;
    use crate::look::tests::look;

    #[test]
    fn what_is_selected_is_shown_with_the_address_to_add() {
        let entry = PreviewLine {
            title: "One".to_owned(),
            link: Some("https://town.example/1".to_owned()),
            published: None,
            lead: "Some text".to_owned(),
        };
        let preview = Preview {
            address: "https://town.example/news#pepites:item=li&title=h2".to_owned(),
            title: Some("The news".to_owned()),
            entries: vec![entry],
        };
        assert_eq!(
            page(&preview, &look(Language::English)),
            "The news
  1  One
     https://town.example/1
     Some text
1 entry
To follow it: pepites add 'https://town.example/news#pepites:item=li&title=h2'
"
        );
    }
}
