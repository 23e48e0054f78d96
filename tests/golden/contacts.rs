//! Takes some people of the made-up address book through a search, gives what a page shows of them before and after; and a
//! table of people whose columns nobody named.

use pepites_engine::sample::book;
use serde_json::{Value, json};

use super::Mornings;

/// One in so many of the address book: every lot of it is there.
const OF: usize = 5;
/// A table that no program wrote.
const STRANGE: &str = "Kto;Gdzie;Co;Uwagi\nAda Byron;ada@byron.example;https://byron.example/;met at the harbour\n\
    Bo Lighthouse;bo@gmail.com;;knows @cy@quay.example\nCy Sound;;cy.example;\n";

/// The answers of the page about contacts.
pub(super) fn answers(mornings: &Mornings) -> Value {
    let file = |name: &str, text: &str| {
        let path = mornings.folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        path
    };
    let whole = book::file();
    let (header, rows) = whole.split_once("\r\n").unwrap();
    let some: Vec<&str> = rows.lines().enumerate().filter(|(at, _)| at % OF == 0).map(|(_, row)| row).collect();
    let broken = "Iris,,,,,,mailto:,,javascript:alert(1),,";
    let book = format!("{header}\r\n{}\r\n{broken}\r\n", some.join("\r\n"));
    let offered = mornings.ask("contacts_import", json!({ "path": file("znajomi.csv", STRANGE), "columns": null }));
    let import = mornings.ask("contacts_import", json!({ "path": file("contacts.csv", &book), "columns": null }));
    let ask = json!({ "stages": null, "server": null, "most": null });
    let before = mornings.ask("contacts_report", ask.clone());
    let all = ["file", "site", "mail", "webfinger", "gravatar", "search"];
    let find = json!({ "stages": all, "server": book::SERVER, "most": 5_000 });
    let after = mornings.ask("find_contacts", find);
    let people = mornings.ask("contacts", json!({ "only": null, "words": null, "limit": 1_000, "offset": 0 }));
    json!({ "import": import, "offered": offered, "before": before, "after": after, "people": people })
}
