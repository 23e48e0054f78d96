//! Gives an address book of 426 people as Google writes it, the part of the web that is theirs, and the key: who can be found,
//! by which stage, where. Every name and host is made up; the same bytes every time.

mod names;
mod web;

use pepites_core::people::{Stage, csv};

use names::{FAMILY, GIVEN, ORGANISATIONS};
pub use web::{answer, is_of_it};

/// The number of people in the story to beat.
pub const PEOPLE: usize = 426;

/// The reader's own server in this world: names are searched for there.
pub const SERVER: &str = "chezmoi.example";

/// What there is of a person, as the world knows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Lot {
    /// An account on a server, in a custom field.
    Account,
    /// A Bluesky name in a custom field.
    Bluesky,
    /// An account named in the notes, called as the person is.
    Noted,
    /// A site with a feed.
    Site,
    /// A site whose page names no feed, where there is one.
    Hidden,
    /// A site without a feed that says which profile is theirs.
    Me,
    /// A site without a feed whose domain is a Bluesky name.
    Domain,
    /// A mail address at a domain of their name, with a site.
    OwnMail,
    /// A mail address whose server names an account.
    Finger,
    /// A mail address at a large provider that Gravatar knows.
    Gravatar,
    /// Nothing but a name that one account of Bluesky has too.
    Namesake,
    /// The site of their employer, which has a feed.
    Employer,
    /// A mail address at an employer's domain, whose site has a feed.
    WorkMail,
    /// Notes that name somebody else's account.
    Others,
    /// An account that is gone.
    Gone,
    /// A site whose domain was sold: a page full of offers, with a feed.
    Sold,
    /// A site that names another author.
    Ghost,
    /// A club's site that several have.
    Club,
    /// A page on a network that shows nothing.
    Closed,
    /// A name and a mail address at a large provider.
    Nothing,
}

/// How many of each.
#[rustfmt::skip]
const LOTS: &[(Lot, usize)] = &[
    (Lot::Account, 26), (Lot::Bluesky, 14), (Lot::Noted, 10),
    (Lot::Site, 34), (Lot::Hidden, 6), (Lot::Me, 10), (Lot::Domain, 6),
    (Lot::OwnMail, 20),
    (Lot::Finger, 9),
    (Lot::Gravatar, 15),
    (Lot::Namesake, 12), (Lot::Employer, 8), (Lot::WorkMail, 12), (Lot::Others, 8), (Lot::Gone, 10), (Lot::Sold, 6),
    (Lot::Ghost, 6), (Lot::Club, 9), (Lot::Closed, 40), (Lot::Nothing, 165),
];

/// Somebody of the book.
struct Somebody {
    lot: Lot,
    number: usize,
    given: &'static str,
    family: &'static str,
}

/// Who can be found, and how: for tests only.
#[derive(Clone, Debug, PartialEq)]
pub struct Findable {
    /// The name.
    pub name: String,
    /// The stage that finds them.
    pub stage: Stage,
    /// Where: the place of the source, without scheme.
    pub place: String,
}

impl Somebody {
    fn name(&self) -> String {
        format!("{} {}", self.given, self.family)
    }

    /// `lea.martin`, in letters that hosts and handles have.
    fn user(&self) -> String {
        pepites_core::people::names::words(&self.name()).join("")
    }

    fn site(&self) -> String {
        match self.lot {
            // A name of its own, as most blogs have.
            Lot::Site | Lot::Hidden | Lot::Sold | Lot::Ghost => format!("carnet{}.example", self.number),
            _ => format!("{}.example", self.user()),
        }
    }

    /// The server that they are on.
    fn server(&self) -> String {
        format!("social{}.example", self.number % 5)
    }

    fn profile(&self) -> String {
        format!("{}/@{}", self.server(), self.user())
    }

    fn organisation(&self) -> Option<(&'static str, &'static str)> {
        let works = matches!(self.lot, Lot::Employer | Lot::WorkMail) || self.number.is_multiple_of(7);
        works.then(|| ORGANISATIONS.get(self.number % ORGANISATIONS.len()).copied()).flatten()
    }

    fn email(&self) -> String {
        let user = self.user();
        match self.lot {
            Lot::OwnMail => format!("bonjour@{}", self.site()),
            Lot::Finger => format!("{user}@{}", self.site()),
            Lot::WorkMail => format!("{user}@{}", self.organisation().map_or("acme.example", |(_, host)| host)),
            Lot::Namesake | Lot::Club => String::new(),
            _ => format!("{user}{}@gmail.com", self.number),
        }
    }

    fn website(&self) -> String {
        match self.lot {
            Lot::Site | Lot::Hidden | Lot::Me | Lot::Domain | Lot::Sold | Lot::Ghost => {
                format!("https://{}/", self.site())
            }
            Lot::Employer => format!("https://{}/", self.organisation().map_or("acme.example", |(_, host)| host)),
            Lot::Club => "https://club-de-marche.example/".to_owned(),
            Lot::Closed => format!("https://www.linkedin.com/in/{}", self.user()),
            _ => String::new(),
        }
    }

    fn notes(&self) -> String {
        match self.lot {
            Lot::Noted => format!("Rencontre à Lyon. Mastodon : @{}@{}", self.user(), self.server()),
            Lot::Others => format!("Présenté par @ami{}@{}", self.number, self.server()),
            _ => String::new(),
        }
    }

    /// The label and the value of a custom field.
    fn custom(&self) -> (&'static str, String) {
        match self.lot {
            Lot::Account | Lot::Gone => ("Mastodon", format!("@{}@{}", self.user(), self.server())),
            Lot::Bluesky => ("Bluesky", format!("{}.bsky.social", self.user())),
            _ => ("", String::new()),
        }
    }

    fn findable(&self) -> Option<Findable> {
        let (stage, place) = match self.lot {
            Lot::Account | Lot::Noted => (Stage::File, format!("//{}", self.profile())),
            Lot::Bluesky => (Stage::File, format!("//bsky.app/profile/{}.bsky.social", self.user())),
            Lot::Site | Lot::Hidden => (Stage::Site, format!("//{}/feed.xml", self.site())),
            Lot::Me => (Stage::Site, format!("//{}", self.profile())),
            Lot::Domain => (Stage::Site, format!("//bsky.app/profile/{}", self.site())),
            Lot::OwnMail => (Stage::Mail, format!("//{}/feed.xml", self.site())),
            Lot::Finger => (Stage::Webfinger, format!("//{}", self.profile())),
            Lot::Gravatar => (Stage::Gravatar, format!("//{}", self.profile())),
            _ => return None,
        };
        Some(Findable { name: self.name(), stage, place })
    }
}

/// Everybody, each name once.
fn people() -> impl Iterator<Item = Somebody> {
    let lots = LOTS.iter().flat_map(|(lot, count)| std::iter::repeat_n(*lot, *count));
    lots.enumerate().map(|(number, lot)| Somebody {
        lot,
        number,
        given: GIVEN.get(number % GIVEN.len()).copied().unwrap_or_default(),
        // Another family name in each round of given names, so that no two have both.
        family: FAMILY.get((number * 7 + number / GIVEN.len()) % FAMILY.len()).copied().unwrap_or_default(),
    })
}

/// Who can be found, by which stage.
#[must_use]
pub fn key() -> Vec<Findable> {
    people().filter_map(|somebody| somebody.findable()).collect()
}

/// The address book, as Google writes it.
#[must_use]
pub fn file() -> String {
    let header = [
        "First Name",
        "Last Name",
        "Organization Name",
        "Notes",
        "Labels",
        "E-mail 1 - Label",
        "E-mail 1 - Value",
        "Website 1 - Label",
        "Website 1 - Value",
        "Custom Field 1 - Label",
        "Custom Field 1 - Value",
    ];
    let mut rows = vec![header.iter().map(|&cell| cell.to_owned()).collect::<Vec<_>>()];
    for somebody in people() {
        let (label, value) = somebody.custom();
        // Google writes a handle as it is; what would be a formula is quoted here, and read back without the quote.
        rows.push(vec![
            somebody.given.to_owned(),
            somebody.family.to_owned(),
            somebody.organisation().map(|(name, _)| name.to_owned()).unwrap_or_default(),
            somebody.notes(),
            "* myContacts".to_owned(),
            "* Home".to_owned(),
            somebody.email(),
            "Blog".to_owned(),
            somebody.website(),
            label.to_owned(),
            value,
        ]);
    }
    csv(&rows)
}
