//! Takes the header of a table of people, says what each column holds, in the languages of the programs that write such
//! tables. Never needs to know which program it was.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::draft::Network;
use crate::interchange::clean;

/// What a column of a table holds. Its label is `column.<name>` in the catalogue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "snake_case")]
pub enum Column {
    /// Nothing of interest.
    Nothing,
    /// The whole name.
    Name,
    /// The given name.
    Given,
    /// Names between.
    Middle,
    /// The family name.
    Family,
    /// A name for want of a better one.
    Nickname,
    /// A mail address.
    Email,
    /// A site.
    Website,
    /// An account of some network.
    Account,
    /// An account of Mastodon and its kin.
    Mastodon,
    /// An account of Bluesky.
    Bluesky,
    /// An account of X.
    X,
    /// Whom they work for.
    Organisation,
    /// Free text.
    Notes,
    /// A group, a label, a folder.
    Group,
    /// Anything else: searched for addresses.
    Other,
}

impl Column {
    /// Every kind, as a person chooses one.
    pub const ALL: &'static [Self] = &[
        Self::Nothing,
        Self::Name,
        Self::Given,
        Self::Middle,
        Self::Family,
        Self::Nickname,
        Self::Email,
        Self::Website,
        Self::Account,
        Self::Mastodon,
        Self::Bluesky,
        Self::X,
        Self::Organisation,
        Self::Notes,
        Self::Group,
        Self::Other,
    ];

    /// It is of people: a table without any such column is of something else.
    pub(super) fn names(self) -> bool {
        matches!(self, Self::Name | Self::Given | Self::Family | Self::Email)
    }

    pub(super) fn network(self) -> Option<Network> {
        Some(match self {
            Self::Account => Network::Some,
            Self::Mastodon => Network::Mastodon,
            Self::Bluesky => Network::Bluesky,
            Self::X => Network::X,
            _ => return None,
        })
    }
}

/// A table as it would be read, for the reader to correct.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct TablePreview {
    /// The name of the dialect that reads it; `table` when it was guessed.
    pub dialect: String,
    /// What the columns are called; empty where the table has no header.
    pub headers: Vec<String>,
    /// What each holds, as far as known or guessed.
    pub columns: Vec<Column>,
    /// The first rows.
    pub rows: Vec<Vec<String>>,
    /// It was guessed by what stands in the cells: no known program wrote it, and its header does not say it all.
    pub guessed: bool,
}

/// A header without case, accents and marks: `E-mail 1 - Value` is `e mail 1 value`.
pub(super) fn plain(header: &str) -> String {
    let plain = clean::plain(header);
    let words = plain.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

#[rustfmt::skip]
const GIVEN: &[&str] = &[
    "first name", "given name", "firstname", "givenname", "first", "prenom", "vorname", "nombre", "nome", "primeiro nome", "voornaam",
    "fornamn", "fornavn", "imie",
];
#[rustfmt::skip]
const FAMILY: &[&str] = &[
    "last name", "family name", "lastname", "surname", "last", "nom", "nom de famille", "nachname", "familienname", "apellidos", "apellido",
    "cognome", "sobrenome", "apelido", "achternaam", "efternamn", "etternavn", "efternavn", "nazwisko",
];
/// Of [`GIVEN`] and [`FAMILY`]: alone, they are the whole name.
const WHOLE_WHEN_ALONE: &[&str] = &["nom", "nombre", "nome"];
#[rustfmt::skip]
const MIDDLE: &[&str] = &[
    "middle name", "additional name", "deuxieme prenom", "weitere vornamen", "zweiter vorname", "segundo nombre", "secondo nome",
    "segundo nome", "tussenvoegsel",
];
#[rustfmt::skip]
const NAME: &[&str] = &[
    "name", "full name", "fullname", "display name", "contact name", "nom complet", "nom affiche", "nom a afficher", "anzeigename",
    "vollstandiger name", "nombre completo", "nombre para mostrar", "nome completo", "nome visualizzato", "weergavenaam", "title", "titre du site",
    "contact", "person", "personne", "qui", "who",
];
#[rustfmt::skip]
const NICKNAME: &[&str] = &["nickname", "nick name", "surnom", "spitzname", "apodo", "soprannome", "alcunha", "bijnaam", "file as", "short name"];
#[rustfmt::skip]
const ORGANISATION: &[&str] = &[
    "company", "company name", "organization", "organisation", "organization name", "organization 1 name", "employer", "societe",
    "entreprise", "organisme", "employeur", "firma", "unternehmen", "empresa", "compania", "organizacion", "azienda", "societa", "bedrijf", "foretag",
];
#[rustfmt::skip]
const NOTES: &[&str] = &[
    "notes", "note", "comment", "comments", "remarks", "remarques", "commentaire", "commentaires", "notizen", "notiz", "anmerkungen",
    "bemerkungen", "notas", "annotazioni", "notities", "anteckningar", "description", "bio",
];
#[rustfmt::skip]
const GROUP: &[&str] = &[
    "labels", "group membership", "groups", "group", "categories", "category", "categorie", "kategorien", "kategorie", "gruppen", "gruppe", "groupe",
    "groupes", "categorias", "categoria", "categorieen", "tags", "tag", "folder", "folders", "dossier", "dossiers", "list", "liste", "list title",
];
#[rustfmt::skip]
const ACCOUNT: &[&str] = &["account address", "account", "handle", "handles", "accounts", "compte", "comptes", "acct", "social", "pseudo"];

/// Words of a header, any of which makes it one of mail: what says otherwise is in [`NOT_MAIL`].
#[rustfmt::skip]
const MAIL: &[&str] = &["email", "emails", "mail", "mails", "courriel", "messagerie", "correo", "posta", "mailadres", "epost", "mel", "poczta"];
/// Such a column says of what sort the address is, or whose.
#[rustfmt::skip]
const NOT_MAIL: &[&str] = &[
    "type", "typ", "tipo", "label", "display", "nom", "name", "nombre", "nome", "angezeigter", "complet", "title", "count", "client", "opt",
];
#[rustfmt::skip]
const WEB: &[&str] = &[
    "web", "website", "websites", "webseite", "website1", "webpage", "webpages", "site", "sites", "url", "urls", "homepage", "blog", "blogs", "link", "links",
    "lien", "liens", "sitio", "sito", "profile", "profil", "profiles", "feed", "flux", "internet", "webbplats", "adresse web", "htmlurl", "xmlurl",
];
const NOT_WEB: &[&str] = &["type", "typ", "tipo", "label", "free", "busy", "feedback", "photo", "image", "avatar"];
/// Columns that no address is looked for in: pictures, and what a program keeps for itself.
const DARK: &[&str] = &["photo", "image", "avatar", "picture", "icon", "favicon", "phone", "fax", "birthday"];

/// What each column holds, by the header alone; [`Column::Other`] where it says nothing known.
pub(super) fn of_header(headers: &[String]) -> Vec<Column> {
    let plains: Vec<String> = headers.iter().map(|header| plain(header)).collect();
    let any = |list: &[&str]| plains.iter().any(|plain| list.contains(&plain.as_str()));
    let (given, family) = (any(GIVEN), any(FAMILY));
    plains
        .iter()
        .map(|plain| {
            let column = of(plain);
            let alone = WHOLE_WHEN_ALONE.contains(&plain.as_str()) && !(given && family);
            // `Title` is the name of a site, and of a person who has a name what they are called by.
            let address = plain == "title" && (given || family || any(&["name", "full name", "display name"]));
            if alone {
                Column::Name
            } else if address {
                Column::Nothing
            } else {
                column
            }
        })
        .collect()
}

fn of(header: &str) -> Column {
    let is = |list: &[&str]| list.contains(&header);
    let words: Vec<&str> = header.split(' ').collect();
    let has = |list: &[&str]| words.iter().any(|word| list.contains(word));
    let lists = [
        (GIVEN, Column::Given),
        (FAMILY, Column::Family),
        (MIDDLE, Column::Middle),
        (NAME, Column::Name),
        (NICKNAME, Column::Nickname),
        (ORGANISATION, Column::Organisation),
        (NOTES, Column::Notes),
        (GROUP, Column::Group),
        (ACCOUNT, Column::Account),
    ];
    if header.is_empty() {
        return Column::Other;
    }
    if let Some((_, column)) = lists.iter().find(|(list, _)| is(list)) {
        return *column;
    }
    match Network::of(header) {
        Some(Network::Mastodon) => return Column::Mastodon,
        Some(Network::Bluesky) => return Column::Bluesky,
        Some(Network::X) => return Column::X,
        _ => {}
    }
    if has(DARK) {
        Column::Nothing
    } else if has(MAIL) {
        if has(NOT_MAIL) { Column::Nothing } else { Column::Email }
    } else if has(WEB) && !has(NOT_WEB) {
        Column::Website
    } else {
        Column::Other
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_are_understood_in_the_languages_that_programs_write_them_in() {
        let check = |headers: &str, expect: &[Column]| {
            let headers: Vec<String> = headers.split(',').map(str::to_owned).collect();
            assert_eq!(of_header(&headers), expect, "{headers:?}");
        };
        use Column::*;
        check(
            "First Name,Last Name,URL,Email Address,Company,Position",
            &[Given, Family, Website, Email, Organisation, Other],
        );
        check(
            "E-mail 1 - Label,E-mail 1 - Value,Website 1 - Label,Website 1 - Value",
            &[Nothing, Email, Other, Website],
        );
        check(
            "Prénom,Nom,Société,Adresse de messagerie,Type de messagerie,Page Web",
            &[Given, Family, Organisation, Email, Nothing, Website],
        );
        check(
            "Vorname,Nachname,Firma,E-Mail-Adresse,E-Mail-Typ,Webseite,Notizen",
            &[Given, Family, Organisation, Email, Nothing, Website, Notes],
        );
        check("Nombre,Apellidos,Dirección de correo electrónico,Página web", &[Given, Family, Email, Website]);
        check("Nom,Courriel,Mastodon,Bluesky,Twitter", &[Name, Email, Mastodon, Bluesky, X]);
        check("Name,Title,Photo,Internet Free Busy", &[Name, Nothing, Nothing, Other]);
        check("Title,URL", &[Name, Website]);
    }
}
