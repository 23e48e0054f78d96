//! Takes tables with headers and without, holds which column is taken for what.

use super::super::{Refused, harvest};

type Row<'a> = (u32, &'a str, Option<&'a str>, &'a [&'a str]);

fn check(text: &str, expect: &[Row<'_>]) {
    let (dialect, harvest) = harvest("x.csv", text.as_bytes()).unwrap();
    assert_eq!(dialect.name, "addresses_csv", "{text:?}");
    let found: Vec<_> = harvest
        .found
        .iter()
        .map(|found| {
            let folders: Vec<String> = found.folders.iter().map(|folder| folder.0.join("/")).collect();
            (found.line, found.address.as_str(), found.title.as_deref(), folders)
        })
        .collect();
    let expect: Vec<_> = expect
        .iter()
        .map(|(line, at, title, folders)| (*line, *at, *title, folders.iter().map(|&name| name.to_owned()).collect()))
        .collect::<Vec<(u32, &str, Option<&str>, Vec<String>)>>();
    assert_eq!(found, expect, "{text:?}");
}

const A: &str = "https://a.example/feed";
const B: &str = "https://b.example/rss";

#[test]
fn the_column_of_addresses_is_found_by_its_content() {
    check(&format!("whatever,quux\n1,{A}\n2,{B}\n"), &[(2, A, None, &[]), (3, B, None, &[])]);
    check(&format!("Blog A;{A}\nBlog B;{B}\n"), &[(1, A, Some("Blog A"), &[]), (2, B, Some("Blog B"), &[])]);
    check(&format!("site,flux\nhttps://a.example/,{A}\n"), &[(2, A, None, &[])]);
    check(&format!("photo,lien\nhttps://p.example/1.png,{A}\n"), &[(2, A, None, &[])]);
}

#[test]
fn a_first_column_of_addresses_is_no_list_of_addresses() {
    check(&format!("{A},Blog A\n{B},Blog B\n"), &[(1, A, Some("Blog A"), &[]), (2, B, Some("Blog B"), &[])]);
    check(&format!("\"{A}\";\"Blog A\"\n"), &[(1, A, Some("Blog A"), &[])]);
    check(&format!("{A}\tBlog A\n{B} \tBlog B\n"), &[(1, A, Some("Blog A"), &[]), (2, B, Some("Blog B"), &[])]);
}

#[test]
fn a_table_without_addresses_is_named_by_its_columns() {
    let check = |name: &str, text: &str, columns: &[&str], bare: bool| {
        let columns = columns.iter().map(|&column| column.to_owned()).collect();
        assert_eq!(harvest(name, text.as_bytes()).unwrap_err(), Refused::Table { columns, bare }, "{text:?}");
    };
    check("x.csv", "title,url,folder\n", &["title", "url", "folder"], true);
    check("x.csv", "url\n", &["url"], true);
    check("x", "Titre;Adresse du flux\r\n", &["Titre", "Adresse du flux"], true);
    check("x.csv", "Account address,Show boosts\n", &["Account address", "Show boosts"], true);
    check("x.csv", "Name,Telephone\nAlice,555 0100\n", &["Name", "Telephone"], false);
    check("x.txt", "Name,Telephone\nAlice,555 0100\n", &["Name", "Telephone"], false);
    check("x.csv", "Name,E-mail\nAlice,none\n", &["Name", "E-mail"], false);
    check("x.csv", "ha,hb\n1,2\n3,4\n", &["ha", "hb"], false);
    let wide: Vec<String> = (0..40).map(|at| format!("name {at}")).collect();
    let seen: Vec<&str> = wide.iter().map(String::as_str).take(12).collect();
    check("x.csv", &wide.join(","), &seen, true);
}

#[test]
fn titles_and_folders_are_found_by_their_headers_in_both_languages() {
    let folders: &[&str] = &["Presse", "Vie/Lyon"];
    check(
        &format!("Titre;Adresse du flux;Catégories\nLe Blog;{A};Presse, Vie/Lyon\n"),
        &[(2, A, Some("Le Blog"), folders)],
    );
    check(&format!("name\tfeed url\ttags\nThe Blog\t{A}\tPresse\n"), &[(2, A, Some("The Blog"), &["Presse"])]);
    check(
        &format!("Prénom;Nom;Titre;Adresse de messagerie;Page Web\nÉlodie;Durand;;e@exemple.example;{A}\n"),
        &[(2, A, Some("Élodie Durand"), &[])],
    );
}

#[test]
fn a_column_of_accounts_holds_accounts_and_a_column_of_mail_does_not() {
    check(
        "Name,Mastodon\nAlice,alice@social.example\nBob,@bob@social.example\n",
        &[(2, "@alice@social.example", Some("Alice"), &[]), (3, "@bob@social.example", Some("Bob"), &[])],
    );
    let alone = harvest("x.csv", b"E-mail\nal@mastodon.social\n").unwrap().1;
    assert_eq!(
        (alone.found.len(), alone.flaws[0].why.key.as_str()),
        (0, "flaw.mail_address"),
        "a column of mail alone"
    );
    for header in ["Name,E-mail", "Nom;Courriel", "first name,email"] {
        let text = format!("{header}\nAlice,al@mastodon.social\nBob,bob@mail.example\n")
            .replace(',', if header.contains(';') { ";" } else { "," });
        let (_, harvest) = harvest("x.csv", text.as_bytes()).unwrap();
        let flaws: Vec<_> =
            harvest.flaws.iter().map(|flaw| (flaw.line, flaw.subject.as_str(), flaw.why.key.as_str())).collect();
        let expected =
            [(Some(2), "al@mastodon.social", "flaw.mail_address"), (Some(3), "bob@mail.example", "flaw.mail_address")];
        assert_eq!(
            (flaws.as_slice(), harvest.found.len()),
            (expected.as_slice(), 0),
            "{header}: nobody is followed by their mail"
        );
    }
}

#[test]
fn notes_before_the_header_and_line_ends_in_cells_are_passed_over() {
    let text = format!("Notes:\n\"See https://x.example, please\"\n\nFirst Name,Last Name,URL\nÉlodie,Durand,{A}\n");
    check(&text, &[(5, A, Some("Élodie Durand"), &[])]);
    check(
        &format!("title,url\n\"two\nlines\",{A}\nb,{B}\n"),
        &[(2, A, Some("two lines"), &[]), (4, B, Some("b"), &[])],
    );
}

#[test]
fn a_row_that_is_refused_is_named_by_its_line() {
    let text = format!("title,url\na,{A}\nb,javascript:alert(1)\nc,\nd,\"=HYPERLINK(\"\"x\"\")\"\n");
    let (_, harvest) = harvest("x.csv", text.as_bytes()).unwrap();
    let flaws: Vec<_> =
        harvest.flaws.iter().map(|f| (f.line.unwrap(), f.subject.as_str(), f.why.key.as_str())).collect();
    assert_eq!(flaws, [(3, "javascript:alert(1)", "flaw.scheme"), (4, "c", "flaw.no_address")]);
    assert_eq!(harvest.found.len(), 2, "a formula is text that the kinds of sources will refuse");
}

#[test]
fn a_table_that_is_cut_off_says_where() {
    let (_, harvest) = harvest("x.csv", format!("title,url\na,{A}\n\"b,{B}\n").as_bytes()).unwrap();
    assert_eq!(harvest.found[0].address, A);
    assert_eq!(harvest.partial.unwrap().line, Some(3));
}
