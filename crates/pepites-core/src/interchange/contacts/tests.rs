//! Holds what each dialect reads of the files that programs really write; every row here is self-written.

use super::*;
use crate::interchange::decode;

/// One line a card: row, name, mail, addresses, organisation, groups; then the flaws by line.
fn shown(name: &str, bytes: &[u8]) -> (String, Vec<String>) {
    let (dialect, book) = read(name, bytes, None).unwrap_or_else(|refused| panic!("{name}: {refused:?}"));
    let line = |card: &Card| {
        let said: Vec<&str> = card.said.iter().map(|said| said.text.as_str()).collect();
        format!(
            "{} {} | {} | {} | {} | {}",
            card.row,
            card.name.as_deref().unwrap_or("-"),
            card.emails.join(" "),
            said.join(" "),
            card.organisation.as_deref().unwrap_or("-"),
            card.groups.join(", ")
        )
    };
    let mut lines: Vec<String> = book.cards.iter().map(line).collect();
    lines.extend(book.flaws.iter().map(|flaw| format!("! {} {}", flaw.line.unwrap_or(0), flaw.why.key)));
    lines.extend(book.partial.iter().map(|flaw| format!("!! {} {}", flaw.line.unwrap_or(0), flaw.why.key)));
    (dialect.to_owned(), lines)
}

fn check(name: &str, bytes: &[u8], dialect: &str, expect: &[&str]) {
    let (read_as, lines) = shown(name, bytes);
    assert_eq!(read_as, dialect, "{name}: {lines:?}");
    assert_eq!(lines, expect, "{name}");
}

#[test]
fn google_of_today_and_of_before() {
    let today = "First Name,Middle Name,Last Name,Organization Name,Notes,Photo,Labels,E-mail 1 - Label,E-mail 1 - Value,\
        Website 1 - Label,Website 1 - Value,Custom Field 1 - Label,Custom Field 1 - Value\r\n\
        Léa,,Martin,Atelier,\"Blog : https://lea.example/\nMasto @lea@social.example\",https://p.example/1,\
        * myContacts ::: Presse,* Home,lea@mail.example ::: l@b.example,Blog,https://lea.example/ ::: notes.example/x,Bluesky,lea.example\r\n\
        ,,,,,,,,,Blog,javascript:alert(1),,\r\n";
    check(
        "contacts.csv",
        today.as_bytes(),
        "contacts_google",
        &[
            "2 Léa Martin | lea@mail.example l@b.example | https://lea.example/ @lea@social.example notes.example/x @lea.example | Atelier | myContacts, Presse",
            "! 4 flaw.scheme",
        ],
    );
    let before = "Name,Given Name,Family Name,Group Membership,E-mail 1 - Type,E-mail 1 - Value,IM 1 - Type,IM 1 - Service,IM 1 - Value,\
        Website 1 - Type,Website 1 - Value\nLéa Martin,Léa,Martin,* myContacts ::: Famille,* Home,lea@mail.example,Other,Mastodon,\
        lea@social.example,Blog,lea.example\n";
    check(
        "google.csv",
        before.as_bytes(),
        "contacts_google",
        &["2 Léa Martin | lea@mail.example | @lea@social.example lea.example | - | myContacts, Famille"],
    );
}

#[test]
fn outlook_in_several_languages_and_encodings() {
    let french = "Prénom;Deuxième prénom;Nom;Titre;Société;Adresse de messagerie;Type de messagerie;Page Web;Notes\r\n\
        Léa;;Martin;;Atelier;lea@mail.example;SMTP;https://lea.example/;\"ligne 1\r\nligne 2\"\r\nNoé;;Petit;;;;;;\r\n";
    let lines = ["2 Léa Martin | lea@mail.example | https://lea.example/ | Atelier | ", "4 Noé Petit |  |  | - | "];
    check("x.csv", french.as_bytes(), "contacts_outlook", &lines);
    let old = encoding_rs::WINDOWS_1252.encode(french).0.into_owned();
    check("x.csv", &old, "contacts_outlook", &lines);
    let wide: Vec<u8> = [0xff, 0xfe].into_iter().chain(french.encode_utf16().flat_map(u16::to_le_bytes)).collect();
    check("x.csv", &wide, "contacts_outlook", &lines);
    check("x.csv", french.replace(';', "\t").as_bytes(), "contacts_outlook", &lines);
    for header in [
        "Vorname,Weitere Vornamen,Nachname,Firma,E-Mail-Adresse,E-Mail-Typ,Webseite,Notizen",
        "Nombre,Segundo nombre,Apellidos,Organización,Dirección de correo electrónico,Tipo de correo,Página web,Notas",
        "First Name,Middle Name,Last Name,Company,E-mail Address,E-mail Type,Web Page,Notes",
    ] {
        let text = format!("\u{feff}{header}\nLéa,,Martin,Atelier,lea@mail.example,SMTP,https://lea.example/,\n");
        check("x.csv", text.as_bytes(), "contacts_outlook", &lines[..1]);
    }
}

#[test]
fn linkedin_with_notes_before_it_or_none() {
    let table = "First Name,Last Name,URL,Email Address,Company,Position,Connected On\n\
        Léa,Martin,https://www.linkedin.com/in/lea,,\"Atelier, SARL\",,12 Mar 2024\n,,,,,,\n";
    let card = |row: u32| format!("{row} Léa Martin |  | https://www.linkedin.com/in/lea | Atelier, SARL | ");
    check("Connections.csv", table.as_bytes(), "contacts_linkedin", &[&card(2)]);
    let notes =
        format!("Notes:\n\"When exporting, you may notice, that https://x.example/a,b are missing.\"\n\n{table}");
    check("Connections.csv", notes.as_bytes(), "contacts_linkedin", &[&card(5)]);
    let old = table.replace("URL,", "").replace("https://www.linkedin.com/in/lea,", "").replace('\n', "\r\n");
    check("Connections.csv", old.as_bytes(), "contacts_linkedin", &["2 Léa Martin |  |  | Atelier, SARL | "]);
}

#[test]
fn thunderbird_and_tables_of_nobody_s() {
    check(
        "book.csv",
        b"First Name,Last Name,Display Name,Nickname,Primary Email,Secondary Email,Screen Name,Web Page 1,Custom 1,Notes\n\
          Ada,Byron,Ada B.,,ada@mail.example,a@b.example,ada99,https://work.example,see @ada@social.example,\n",
        "contacts_thunderbird",
        &["2 Ada B. | ada@mail.example a@b.example | https://work.example @ada@social.example | - | "],
    );
    check(
        "amis.csv",
        "Qui;Courriel;Blog;Mastodon\nAda Byron;ada@mail.example;ada.example;@ada@social.example\n".as_bytes(),
        "contacts_table",
        &["2 Ada Byron | ada@mail.example | ada.example @ada@social.example | - | "],
    );
    check(
        "x.csv",
        b"Ada Byron,ada@mail.example\nBo Diddley,bo@mail.example\n",
        "contacts_table",
        &["1 Ada Byron | ada@mail.example |  | - | ", "2 Bo Diddley | bo@mail.example |  | - | "],
    );
}

#[test]
fn a_reader_says_what_the_columns_of_a_strange_table_hold() {
    let table = b"kto;adres;gdzie\nAda Byron;ada@mail.example;ada.example\n";
    let seen = preview("x.csv", table).unwrap();
    assert_eq!((seen.headers.len(), seen.rows.len()), (3, 1), "{seen:?}");
    let columns = [Column::Name, Column::Email, Column::Website];
    let (dialect, book) = read("x.csv", table, Some(&columns)).unwrap();
    assert_eq!((dialect, book.cards[0].name.as_deref()), ("contacts_table", Some("Ada Byron")), "{book:?}");
    assert_eq!(book.cards[0].said[0].text, "ada.example");
}

#[test]
fn vcards_of_every_version() {
    let text = "BEGIN:VCARD\r\nVERSION:2.1\r\nN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:Martin;L=C3=A9a\r\n\
        FN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:L=C3=A9a=\r\n=20Martin\r\nEMAIL;PREF;INTERNET:lea@mail.example\r\n\
        PHOTO;ENCODING=BASE64;JPEG:\r\n /9j/4AAQ\r\n /9j/4AAQ\r\n\r\nNOTE;ENCODING=QUOTED-PRINTABLE:un=0D=0A@lea@social.example\r\nEND:VCARD\r\n\
        BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Ada\\, Countess\r\nORG:Engine\\; Co;Dept\r\nitem1.URL;type=pref:http\\://ada.exa\r\n mple\r\n\
        item1.X-ABLabel:_$!<HomePage>!$_\r\nitem2.URL:ada.social.example\r\nitem2.X-ABLABEL:Bluesky\r\n\
        X-SOCIALPROFILE;type=twitter;x-user=ada:https://twitter.com/ada\r\nIMPP;X-SERVICE-TYPE=Mastodon:acct:ada@social.example\r\n\
        CATEGORIES:Friends,Math\r\nEND:VCARD\r\n\
        BEGIN:VCARD\nVERSION:4.0\nFN:Bo\nAGENT:\nBEGIN:VCARD\nFN:Secretary\nEND:VCARD\nSOCIALPROFILE;SERVICE-TYPE=Mastodon:https://social.example/@bo\nEND:VCARD\n";
    check(
        "x.vcf",
        text.as_bytes(),
        "vcard",
        &[
            "1 Léa Martin | lea@mail.example | @lea@social.example | - | ",
            "13 Ada, Countess |  | http://ada.example @ada.social.example https://twitter.com/ada @ada@social.example | Engine; Co | Friends, Math",
            "26 Bo |  | https://social.example/@bo | - | ",
        ],
    );
    let card = "[\"vcard\",[[\"version\",{},\"text\",\"4.0\"],[\"fn\",{},\"text\",\"Ada\"],[\"url\",{},\"uri\",\"https://a.example/\"]]]";
    check("x.json", card.as_bytes(), "vcard_json", &["1 Ada |  | https://a.example/ | - | "]);
}

#[test]
fn vcards_as_xml() {
    let xml = "<?xml version=\"1.0\"?>\n<vcards xmlns=\"urn:ietf:params:xml:ns:vcard-4.0\">\n<vcard><n><surname>Byron</surname>\
        <given>Ada</given></n><org><text>Engines; Co</text></org>\n<email><parameters><type><text>home</text></type></parameters>\
        <text>ada@mail.example</text></email><group name=\"x\"><url><uri>https://ada.example/</uri></url></group></vcard>\n\
        <vcard><fn><text>Bo</text></fn></vcard></vcards>";
    let lines = ["3 Ada Byron | ada@mail.example | https://ada.example/ | Engines; Co | ", "5 Bo |  |  | - | "];
    check("x.xml", xml.as_bytes(), "vcard_xml", &lines);
    let bomb = format!("<vcards xmlns=\"urn:ietf:params:xml:ns:vcard-4.0\"><vcard>{}", "<a>".repeat(100_000));
    assert!(read("x.xml", bomb.as_bytes(), None).unwrap().1.partial.is_some());
}

#[test]
fn a_card_that_does_not_end_ends_where_the_next_begins() {
    let text =
        "BEGIN:VCARD\nFN:Ada\nBEGIN:VCARD\nFN:Bo\nEND:VCARD\nBEGIN:VCARD\nTEL:1\nEND:VCARD\nBEGIN:VCARD\nFN:Cy\n";
    check(
        "x.vcf",
        text.as_bytes(),
        "vcard",
        &[
            "1 Ada |  |  | - | ",
            "3 Bo |  |  | - | ",
            "9 Cy |  |  | - | ",
            "! 1 flaw.card_open",
            "! 6 flaw.nobody",
            "!! 10 flaw.file_cut_off",
        ],
    );
}

#[test]
fn bookmarks_stand_in_their_folders() {
    let html = "<!DOCTYPE NETSCAPE-Bookmark-file-1>\n<TITLE>Bookmarks</TITLE>\n<DL><p>\n<DT><H3 ADD_DATE=\"1\">Blogs</H3>\n<DL><p>\n\
        <DT><A HREF=\"https://a.example/?x=1&amp;y=2\" ICON=\"data:image/png;base64,AA>A\">L&#39;atelier</A>\n<DT><H3>Deep</H3><DL><p>\n\
        <DT><A HREF=\"https://b.example/\">B</A>\n</DL><p>\n</DL><p>\n<DT><A HREF=\"javascript:alert(1)\">X</A>\n<DT><A HREF=\"place:x\">P</A></DL>\n";
    check(
        "bookmarks.html",
        html.as_bytes(),
        "bookmarks",
        &[
            "6 L'atelier |  | https://a.example/?x=1&y=2 | - | Blogs",
            "8 B |  | https://b.example/ | - | Blogs / Deep",
            "! 11 flaw.scheme",
        ],
    );
    let json = r#"{"guid":"root","title":"","type":"text/x-moz-place-container","children":[{"title":"menu","type":"text/x-moz-place-container",
        "children":[{"title":"A","type":"text/x-moz-place","uri":"https://a.example/"},{"title":null,"uri":"place:x"}]}]}"#;
    check("bookmarks.json", json.as_bytes(), "bookmarks_json", &["1 A |  | https://a.example/ | - | menu"]);
}

#[test]
fn accounts_of_mastodon_and_an_archive_of_x() {
    check(
        "following_accounts.csv",
        b"Account address,Show boosts\nada@social.example,true\n",
        "contacts_mastodon",
        &["2 - |  | @ada@social.example | - | "],
    );
    check(
        "lists.csv",
        b"Friends,ada@social.example\n",
        "contacts_mastodon",
        &["1 - |  | @ada@social.example | - | Friends"],
    );
    check(
        "bookmarks.csv",
        b"https://social.example/users/ada/statuses/1\n",
        "contacts_mastodon",
        &["1 - |  | @ada@social.example | - | "],
    );
    let js = "window.YTD.following.part0 = [ {\n \"following\" : {\n \"accountId\" : \"7\",\n \"userLink\" : \"https://twitter.com/intent/user?user_id=7\"\n }\n} ]";
    check("following.js", js.as_bytes(), "x_following", &["4 - |  | https://twitter.com/intent/user?user_id=7 | - | "]);
}

#[test]
fn plain_lists_of_anything() {
    check(
        "list.txt",
        "# friends\nAda Byron <ada@mail.example>\n@bo@social.example\n- https://cy.example/\nDee – https://dee.example/blog\n".as_bytes(),
        "contacts_list",
        &[
            "2 Ada Byron | ada@mail.example |  | - | ",
            "3 - |  | @bo@social.example | - | ",
            "4 - |  | https://cy.example/ | - | ",
            "5 Dee |  | https://dee.example/blog | - | ",
        ],
    );
}

#[test]
fn cells_that_would_do_something_are_skipped_by_line() {
    check(
        "x.csv",
        b"Name,E-mail,Website\n\"=HYPERLINK(\"\"http://evil.example\"\",\"\"x\"\")\",a@b.example,\nBo,+SUM(1),=1+1\nCy,cy@mail.example,file:///etc/passwd\n",
        "contacts_table",
        &["2 - | a@b.example |  | - | ", "3 Bo |  |  | - | ", "4 Cy | cy@mail.example |  | - | ", "! 2 flaw.formula", "! 3 flaw.formula", "! 3 flaw.formula", "! 4 flaw.scheme"],
    );
}

#[test]
fn what_is_no_file_of_people_is_named() {
    let refused = |name: &str, bytes: &[u8]| read(name, bytes, None).map(|(dialect, _)| dialect).unwrap_err();
    assert_eq!(refused("x.csv", b"  \n"), Refused::Empty);
    assert_eq!(refused("x.pdf", b"%PDF-1.7"), Refused::Other("pdf"));
    assert!(matches!(refused("x.csv", b"a,b\n1,2\n3,4\n"), Refused::Table { .. }));
    assert_eq!(refused("x.txt", b"Nothing but words, and then some more of them.\nAnd again."), Refused::Other("text"));
}

#[test]
fn hostile_files_end() {
    let deep = "BEGIN:VCARD\nAGENT:\n".repeat(50_000);
    let folded = format!("BEGIN:VCARD\nNOTE:x\n{}FN:Ada\nEND:VCARD\n", " x\n".repeat(200_000));
    let (_, book) = read("x.vcf", folded.as_bytes(), None).unwrap();
    assert_eq!((book.cards.len(), book.cards[0].name.as_deref()), (1, Some("Ada")));
    assert!(book.cards[0].notes.as_ref().unwrap().len() <= 4_000);
    read("x.vcf", deep.as_bytes(), None).unwrap();
    let empty = format!("Name,E-mail\n{}Ada,a@b.example\n", ",\n".repeat(300_000));
    let (_, book) = read("x.csv", empty.as_bytes(), None).unwrap();
    assert_eq!((book.cards.len(), book.cards[0].row), (1, 300_002));
    let long = format!("Name,E-mail\n{},a@b.example\n", "x".repeat(10 << 20));
    let (_, book) = read("x.csv", long.as_bytes(), None).unwrap();
    assert!(book.cards[0].name.as_ref().unwrap().len() <= 1_000);
    let nested = format!("{{\"type\":\"text/x-moz-place\",\"children\":{}", "[{\"children\":".repeat(50_000));
    let (_, book) = read("x.json", nested.as_bytes(), None).unwrap();
    assert!(book.partial.is_some());
    assert_eq!(decode::decode(b"a").as_ref(), "a");
}

#[test]
fn a_large_address_book_is_read_whole() {
    let rows: String =
        (0..100_000).map(|n| format!("Person{n},Of Many,p{n}@mail.example,https://p{n}.example/\n")).collect();
    let text = format!("First Name,Last Name,E-mail 1 - Value,Website 1 - Value\n{rows}");
    let (dialect, book) = read("contacts.csv", text.as_bytes(), None).unwrap();
    assert_eq!((dialect, book.cards.len(), book.flaws.len(), book.partial), ("contacts_google", 100_000, 0, None));
}
