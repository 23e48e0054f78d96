//! Takes a seed and a day, gives the world in which the search for nuggets is tried: louder than the sample, and with
//! three decoys for each nugget, each strong in one thing only.
//! Never shown to a reader, and never changes the sample: its posts are added to those of the sample.

use pepites_core::model::Moment;

use super::{
    chance::Chance,
    roster::{Format, Role, Site, Telling},
    schedule::{self, Draft, Matter, first_hand},
    words::{FIRST_NAMES_EN, FIRST_NAMES_FR, FORUM, Language, TOPICS, Topic},
};

/// How loud a trial is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Trial {
    /// About how many posts a day, before firehoses are multiplied.
    pub per_day: usize,
    /// What the posts of firehoses are multiplied by.
    pub firehose: i64,
    /// Days that are looked at: a month comes before them, so that every voice is known by how often it speaks.
    pub days: i64,
}

/// What a post of a trial says that no post of the sample does.
#[derive(Clone, Debug)]
pub(crate) enum Ploy {
    /// Told by one rare voice only, and worth nothing: a few words that promise more elsewhere.
    Hollow(&'static Topic, u64),
    /// Long and full of links, by someone who posts often; others relay it.
    Laden(&'static Topic, u64),
    /// Long, in a firehose, and nothing but a heap of links.
    Heap(u64),
    /// Another post told again: under its title, and (`true`) by its very page.
    Echo(Box<Draft>, bool),
}

/// Slots of a trial's own posts begin here; each nugget takes [`PLOY_SLOTS`] of them.
const PLOYS: i64 = 50 * schedule::COPY;
const PLOY_SLOTS: i64 = 64;

/// The copies that multiply a firehose come after all copies that make a day louder.
const FIREHOSES: i64 = 1_000;

/// Rare voices of a topic that have nothing to say.
const HOLLOW_VOICES: usize = 3;

/// In a thousand posts of the forum, of which about twenty come a day: so that a fifth of all nuggets lie there.
const FORUM_NUGGETS: u64 = 38;

/// In a thousand nuggets of rare voices: so that a fifth of all nuggets are relayed.
const RELAYED: u64 = 290;

/// Copies of a day at most: a bound for the loop, far above any trial.
const MOST_COPIES: i64 = 200;

/// The sources of a trial: those of the sample, and after them rare voices that have nothing to say.
pub(crate) fn roster(seed: u64) -> Vec<Site> {
    let mut sites = super::roster::roster(seed);
    for (turn, topic) in TOPICS.iter().flat_map(|topic| std::iter::repeat_n(topic, HOLLOW_VOICES)).enumerate() {
        let names = match topic.language {
            Language::Fr => FIRST_NAMES_FR,
            Language::En => FIRST_NAMES_EN,
        };
        let name = super::chance::at(names, turn);
        sites.push(Site {
            index: sites.len(),
            title: name,
            author: name,
            handle: "",
            language: topic.language,
            role: Role::Rare,
            topic,
            rank: turn,
            format: Format::Rss,
            folders: vec![topic.folder.to_vec()],
        });
    }
    sites
}

/// All that is posted on `day`.
pub(crate) fn day(seed: u64, sites: &[Site], day: i64, trial: &Trial) -> Vec<Draft> {
    let sample = sample_sites(sites);
    let mut drafts = schedule::day(seed, sample, day, 1);
    hide_in_forum(seed, sites, &mut drafts);
    let earlier: Vec<Draft> = (1..=2).flat_map(|ago| found_on(seed, sites, day - ago)).collect();
    let nuggets: Vec<Draft> = drafts.iter().filter(|draft| is_nugget(sites, draft)).cloned().collect();
    for (turn, nugget) in (0_i64..).zip(&nuggets) {
        let mut chance = Chance::of(seed, &[30, place(nugget.site), nugget.day, nugget.slot]);
        let mut ploys = Ploys { sites, day, next: PLOYS + turn * PLOY_SLOTS, drafts: &mut drafts };
        if is_voice(sites, nugget) && chance.often(RELAYED) {
            ploys.relay(nugget, &mut chance);
        }
        // Three of the four, each left out in turn.
        for kind in (0..4).filter(|kind| (day + turn).rem_euclid(4) != *kind) {
            ploys.decoy(kind, &earlier, &mut chance);
        }
    }
    louder(seed, sample, day, trial, &mut drafts);
    drafts
}

fn sample_sites(sites: &[Site]) -> &[Site] {
    sites.get(..sites.len() - TOPICS.len() * HOLLOW_VOICES).unwrap_or(sites)
}

/// The nuggets of a day that people could already have read.
fn found_on(seed: u64, sites: &[Site], day: i64) -> Vec<Draft> {
    let drafts = schedule::day(seed, sample_sites(sites), day, 1);
    drafts.into_iter().filter(|draft| is_nugget(sites, draft) && is_voice(sites, draft)).collect()
}

fn is_nugget(sites: &[Site], draft: &Draft) -> bool {
    sites.get(draft.site).is_some_and(|site| super::key::is_nugget(site, draft))
}

fn is_voice(sites: &[Site], draft: &Draft) -> bool {
    sites.get(draft.site).is_some_and(|site| site.role == Role::Rare)
}

fn hide_in_forum(seed: u64, sites: &[Site], drafts: &mut [Draft]) {
    for draft in drafts {
        let in_forum = sites.get(draft.site).is_some_and(|site| site.role == Role::Forum);
        if let Matter::Own { deep, .. } = &mut draft.matter
            && in_forum
        {
            *deep = Chance::of(seed, &[31, draft.day, draft.slot]).often(FORUM_NUGGETS);
        }
    }
}

/// More of everything but rare voices and nuggets, until the day is as loud as was asked; then more of firehoses.
fn louder(seed: u64, sites: &[Site], day: i64, trial: &Trial, drafts: &mut Vec<Draft>) {
    let is_firehose = |site: &Site| matches!(site.role, Role::News | Role::Forum);
    let plain = |copy: i64, of: &dyn Fn(&Site) -> bool| -> Vec<Draft> {
        let mut more = first_hand(seed, sites, day, copy);
        more.retain(|draft| sites.get(draft.site).is_some_and(|site| site.role != Role::Rare && of(site)));
        for draft in &mut more {
            if let Matter::Own { deep, .. } | Matter::Note { deep } = &mut draft.matter {
                *deep = false;
            }
        }
        more
    };
    for copy in 1..MOST_COPIES {
        let missing = trial.per_day.saturating_sub(drafts.len());
        if missing == 0 {
            break;
        }
        let mut more = plain(copy, &|_| true);
        // The last copy is thinned out evenly, whoever comes first in it.
        more.sort_by_key(|draft| Chance::of(seed, &[32, place(draft.site), draft.day, draft.slot]).next());
        more.truncate(missing);
        drafts.extend(more);
    }
    for copy in 1..trial.firehose {
        drafts.extend(plain(FIREHOSES + copy, &is_firehose));
    }
}

/// The posts that surround one nugget, under way.
struct Ploys<'a> {
    sites: &'a [Site],
    day: i64,
    next: i64,
    drafts: &'a mut Vec<Draft>,
}

impl Ploys<'_> {
    /// One or two planets carry the nugget by its own page.
    fn relay(&mut self, nugget: &Draft, chance: &mut Chance) {
        let language = self.sites.get(nugget.site).map(|site| site.language);
        let planet = |site: &&Site| site.role == Role::Relay(Telling::SameLink) && Some(site.language) == language;
        let planets: Vec<usize> = self.sites.iter().filter(planet).map(|site| site.index).collect();
        let count = 1 + chance.below(2);
        for site in chance.some(&planets, count) {
            let at = nugget.at.plus(chance.between(10, 90) * Moment::MINUTE);
            self.add(site, at, Matter::Ploy(Ploy::Echo(Box::new(nugget.clone()), true)));
        }
    }

    fn decoy(&mut self, kind: i64, earlier: &[Draft], chance: &mut Chance) {
        let turn = chance.next() % 1_000_000;
        match kind {
            0 => {
                let voices: Vec<usize> = (sample_sites(self.sites).len()..self.sites.len()).collect();
                let site = chance.pick(&voices);
                if let Some(topic) = self.sites.get(site).map(|site| site.topic) {
                    let at = self.hour(chance);
                    self.add(site, at, Matter::Ploy(Ploy::Hollow(topic, turn)));
                }
            }
            1 => self.laden(turn, chance),
            2 => self.seen(earlier, chance),
            _ => {
                let forum = self.sites.iter().find(|site| site.role == Role::Forum).map_or(0, |site| site.index);
                let at = self.hour(chance);
                self.add(forum, at, Matter::Ploy(Ploy::Heap(turn)));
            }
        }
    }

    fn laden(&mut self, turn: u64, chance: &mut Chance) {
        let blogs: Vec<usize> = self.of(&|site| site.role == Role::Blog);
        let blog = chance.pick(&blogs);
        let Some((language, topic)) = self.sites.get(blog).map(|site| (site.language, site.topic)) else { return };
        let at = self.hour(chance);
        let first = self.add(blog, at, Matter::Ploy(Ploy::Laden(topic, turn)));
        let relays = self.of(&|site| matches!(site.role, Role::Relay(_)) && site.language == language);
        for site in chance.some(&relays, 3) {
            let later = at.plus(chance.between(5, 200) * Moment::MINUTE);
            self.add(site, later, Matter::Ploy(Ploy::Echo(Box::new(first.clone()), false)));
        }
    }

    /// People point to a nugget of the days before, and a planet carries it once more.
    fn seen(&mut self, earlier: &[Draft], chance: &mut Chance) {
        let Some(old) = chance.some(&(0..earlier.len()).collect::<Vec<_>>(), 1).pop() else { return };
        let Some((old, language)) = earlier.get(old).and_then(|old| Some((old, self.sites.get(old.site)?.language)))
        else {
            return;
        };
        let planets = self.of(&|site| site.role == Role::Relay(Telling::SameLink) && site.language == language);
        let at = self.hour(chance);
        self.add(chance.pick(&planets), at, Matter::Ploy(Ploy::Echo(Box::new(old.clone()), true)));
        let people = self.of(&|site| site.role == Role::Person && site.language == language);
        for person in chance.some(&people, 3) {
            let at = self.hour(chance);
            self.add(person, at, Matter::Pointer { to: Box::new(old.clone()) });
        }
    }

    fn of(&self, wanted: &dyn Fn(&Site) -> bool) -> Vec<usize> {
        self.sites.iter().filter(|site| wanted(site)).map(|site| site.index).collect()
    }

    /// Between six in the morning and six in the evening: before the digest is made.
    fn hour(&self, chance: &mut Chance) -> Moment {
        Moment(self.day * Moment::DAY + chance.between(6 * 60, 18 * 60) * Moment::MINUTE)
    }

    fn add(&mut self, site: usize, at: Moment, matter: Matter) -> Draft {
        let draft = Draft { site, day: self.day, slot: self.next, at, matter };
        self.next += 1;
        self.drafts.push(draft.clone());
        draft
    }
}

fn place(index: usize) -> i64 {
    i64::try_from(index).unwrap_or(0)
}

/// The topic of a post of the forum.
pub(crate) const HEAPED: &Topic = FORUM;
