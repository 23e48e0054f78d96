//! Gives the 155 sources of the demo world: who writes, in what language, how often, from which address.
//! Never writes a post.

use super::{
    chance::{Chance, at},
    words::{FIRST_NAMES_EN, FIRST_NAMES_FR, FORUM, Language, PEOPLE, TOPICS, Topic, desk},
};

/// How a relay tells again what a news site told first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Telling {
    /// Links to the news site's own page under its own title: planets and aggregators.
    SameLink,
    /// Its own page under the same title.
    SameTitle,
    /// The title with a few words more or less.
    Altered,
    /// Another title for the same news.
    Reworded,
}

/// What a source is in the world.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    /// Tells releases first, and much else.
    News,
    /// Questions and answers by the dozen, and now and then a nugget.
    Forum,
    /// Relays releases.
    Relay(Telling),
    /// A few posts a week.
    Blog,
    /// One to three posts a month.
    Rare,
    /// A person on a microblog.
    Person,
}

/// What a source's feed is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    /// RSS 2.0.
    Rss,
    /// Atom 1.0.
    Atom,
    /// JSON Feed 1.1.
    Json,
}

/// One source.
#[derive(Clone, Debug)]
pub(crate) struct Site {
    /// Its place in the world, from 0.
    pub index: usize,
    /// Its title.
    pub title: &'static str,
    /// Who writes.
    pub author: &'static str,
    /// The `name` of `@name`, for people.
    pub handle: &'static str,
    /// What it is written in.
    pub language: Language,
    /// What it is.
    pub role: Role,
    /// What it writes about.
    pub topic: &'static Topic,
    /// Its rank among the sources that share its topic and role.
    pub rank: usize,
    /// What its feed is written in.
    pub format: Format,
    /// Its folders in the OPML.
    pub folders: Vec<Vec<&'static str>>,
}

/// Relays, with how they tell. Planets link to the original.
const RELAYS: &[(&str, Language, Telling)] = &[
    ("Planète Copeaux", Language::Fr, Telling::SameLink),
    ("Planet Shavings", Language::En, Telling::SameLink),
    ("La Revue du fil", Language::Fr, Telling::SameLink),
    ("The Daily Sieve", Language::En, Telling::SameLink),
    ("Le Coin du libre", Language::Fr, Telling::SameTitle),
    ("Version Watch", Language::En, Telling::SameTitle),
    ("Paquets du matin", Language::Fr, Telling::SameTitle),
    ("Fresh Binaries", Language::En, Telling::SameTitle),
    ("Le Manchot distrait", Language::Fr, Telling::Altered),
    ("Kernel & Crumpets", Language::En, Telling::Altered),
    ("Bits et tartines", Language::Fr, Telling::Altered),
    ("Tarball Tuesday", Language::En, Telling::Altered),
    ("Terminal vert", Language::Fr, Telling::Altered),
    ("The Upgrade Path", Language::En, Telling::Altered),
    ("Logiciels et compagnie", Language::Fr, Telling::Reworded),
    ("Small Tools Weekly", Language::En, Telling::Reworded),
    ("Chez l’admin du village", Language::Fr, Telling::Reworded),
    ("Notes from the Rack", Language::En, Telling::Reworded),
    ("Le Bac à sable", Language::Fr, Telling::Reworded),
    ("Patch Notes for Humans", Language::En, Telling::Reworded),
];

/// Every source, in the order of their addresses.
pub(crate) fn roster(seed: u64) -> Vec<Site> {
    let mut sites = Vec::new();
    for (title, language, folder) in
        [("Le Fil de l’ardoise", Language::Fr, vec!["Actualité"]), ("The Slate Wire", Language::En, vec!["News"])]
    {
        let topic = at_topic(desk(language));
        add(&mut sites, seed, title, Role::News, (language, topic), vec![folder]);
    }
    add(
        &mut sites,
        seed,
        "Linotte Support Forum",
        Role::Forum,
        (Language::En, FORUM),
        vec![vec!["Computing", "Support"]],
    );
    for (title, language, telling) in RELAYS {
        let folder = match language {
            Language::Fr => vec!["Informatique", "Logiciels"],
            Language::En => vec!["Computing", "Software"],
        };
        add(&mut sites, seed, title, Role::Relay(*telling), (*language, at_topic(desk(*language))), vec![folder]);
    }
    for topic in TOPICS {
        for title in topic.blogs {
            add(&mut sites, seed, title, Role::Blog, (topic.language, topic), vec![topic.folder.to_vec()]);
        }
        for title in topic.rare {
            add(&mut sites, seed, title, Role::Rare, (topic.language, topic), vec![topic.folder.to_vec()]);
        }
    }
    for (name, handle, language, tag) in PEOPLE {
        let topic = TOPICS.iter().find(|topic| topic.language == *language && topic.tags.contains(tag)).copied();
        let topic = topic.unwrap_or_else(|| at_topic(TOPICS));
        add(&mut sites, seed, name, Role::Person, (*language, topic), vec![vec!["Microblogs"]]);
        if let Some(site) = sites.last_mut() {
            site.handle = handle;
            site.author = name;
        }
    }
    unusual_folders(&mut sites);
    sites
}

/// The loopback address of a source: one of its own for each, so that politeness per host is felt in the demo too.
pub(crate) fn host(index: usize) -> String {
    format!("127.44.{}.{}", 1 + index / 50, 10 + (index % 50) * 4)
}

fn add(
    sites: &mut Vec<Site>,
    seed: u64,
    title: &'static str,
    role: Role,
    (language, topic): (Language, &'static Topic),
    folders: Vec<Vec<&'static str>>,
) {
    let index = sites.len();
    let names = match language {
        Language::Fr => FIRST_NAMES_FR,
        Language::En => FIRST_NAMES_EN,
    };
    let author = Chance::of(seed, &[71, i64::try_from(index).unwrap_or(0)]).pick(names);
    let rank = sites.iter().filter(|site| std::ptr::eq(site.topic, topic) && kin(site.role, role)).count();
    let format = match (role, index % 7) {
        (Role::Person | Role::News | Role::Forum, _) | (_, 0..=3) => Format::Rss,
        (_, 4 | 5) => Format::Atom,
        _ => Format::Json,
    };
    sites.push(Site { index, title, author, handle: "", language, role, topic, rank, format, folders });
}

/// What real OPML files have: a source at the top, one in two folders, a folder in a folder.
fn unusual_folders(sites: &mut [Site]) {
    let mut blogs = sites.iter_mut().filter(|site| site.role == Role::Blog);
    if let Some(top) = blogs.next() {
        top.folders = Vec::new();
    }
    if let Some(twice) = blogs.next() {
        twice.folders.push(vec!["À lire d’abord"]);
    }
    for person in sites.iter_mut().filter(|site| site.role == Role::Person && site.language == Language::Fr) {
        person.folders = vec![vec!["Microblogs", "En français"]];
    }
}

fn kin(one: Role, other: Role) -> bool {
    std::mem::discriminant(&one) == std::mem::discriminant(&other)
}

fn at_topic(from: &[&'static Topic]) -> &'static Topic {
    from.first().copied().unwrap_or(FORUM)
}

/// A stable habit of a source, one of `kinds`: how it writes dates, addresses, bodies.
pub(crate) fn habit(site: &Site, salt: i64, kinds: usize) -> usize {
    Chance::of(0, &[salt, i64::try_from(site.index).unwrap_or(0)]).below(kinds)
}

/// The path of a source's feed.
pub(crate) fn feed_path(site: &Site) -> String {
    let paths: &[&str] = match (site.role, site.format) {
        (Role::Person, _) => return format!("/@{}.rss", site.handle),
        (_, Format::Rss) => &["/feed/", "/rss.xml", "/index.xml", "/?feed=rss2", "/fil.rss"],
        (_, Format::Atom) => &["/atom.xml", "/feed.atom", "/blog/atom/"],
        (_, Format::Json) => &["/feed.json"],
    };
    at(paths, habit(site, 11, paths.len())).to_owned()
}
