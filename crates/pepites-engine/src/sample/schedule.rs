//! Takes a seed and a day, gives who posts what and when on that day: the same in every world that has that day.
//! Never writes the words.

use pepites_core::model::Moment;

use super::{
    chance::Chance,
    roster::{Role, Site, Telling},
    trial::Ploy,
    words::{Language, PRODUCTS, Topic, desk},
};

/// A post before its words.
#[derive(Clone, Debug)]
pub(crate) struct Draft {
    /// Whose.
    pub site: usize,
    /// The day, counted from 1970-01-01.
    pub day: i64,
    /// Its rank among the posts of that source and day; the copies of a multiplied volume begin at [`COPY`].
    pub slot: i64,
    /// When it is published.
    pub at: Moment,
    /// What it says.
    pub matter: Matter,
}

/// What a post says.
#[derive(Clone, Debug)]
pub(crate) enum Matter {
    /// Something of its own.
    Own {
        /// About what.
        topic: &'static Topic,
        /// The turn of its title.
        turn: u64,
        /// Long, and found nowhere else.
        deep: bool,
    },
    /// A release, told first (None) or again.
    Release {
        /// Which.
        event: Event,
        /// How it is told again.
        telling: Option<Telling>,
    },
    /// A microblog post.
    Note {
        /// Worth more than its neighbours.
        deep: bool,
    },
    /// A microblog post that points to another post.
    Pointer {
        /// To which.
        to: Box<Draft>,
    },
    /// What only a trial has.
    Ploy(Ploy),
}

/// A release or something else that happens to a product.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Event {
    /// The day that it happens.
    pub day: i64,
    /// Its rank on that day, copies included.
    pub rank: i64,
}

/// Slots of one source and day, for each copy of a multiplied volume.
pub(crate) const COPY: i64 = 100_000;
/// Releases and the like on one day.
const EVENTS_A_DAY: i64 = 4;
/// Posts of a news site beside releases: with them, 18 a day.
const DESK_A_DAY: i64 = 14;
/// The most titles that one source uses up in a day; turns are counted in steps of it.
const TURNS_A_DAY: i64 = 24;
/// In a thousand: how many relays tell an event. The first of a day is the loudest.
const LOUDNESS: [u64; 4] = [400, 140, 40, 20];

/// All that is posted on `day`, source by source.
pub(crate) fn day(seed: u64, sites: &[Site], day: i64, volume: i64) -> Vec<Draft> {
    let mut drafts = Vec::new();
    for copy in 0..volume {
        let today = first_hand(seed, sites, day, copy);
        let yesterday = first_hand(seed, sites, day - 1, copy);
        let pointers = pointers(seed, sites, day, yesterday.iter().chain(&today));
        drafts.extend(today);
        drafts.extend(pointers);
    }
    drafts
}

/// How many relays, events and the like there are is decided here; what nobody has told before.
pub(crate) fn first_hand(seed: u64, sites: &[Site], day: i64, copy: i64) -> Vec<Draft> {
    let mut drafts = Vec::new();
    for site in sites {
        let mut chance = Chance::of(seed, &[2, place(site), day, copy]);
        let mut matters: Vec<(Option<Moment>, Matter)> = Vec::new();
        match site.role {
            Role::News => news(seed, site, day, copy, &mut matters),
            Role::Forum => forum(site, day, &mut chance, &mut matters),
            Role::Relay(telling) => relays(seed, site, day, copy, telling, &mut matters),
            Role::Blog => {
                // From one post a week to nine in two.
                let pace = 145 + 14 * u64::try_from(site.index % 11).unwrap_or(0);
                if chance.often(pace) {
                    let turn = (day * 8 + i64::try_from(site.rank).unwrap_or(0)).cast_unsigned();
                    matters.push((None, Matter::Own { topic: site.topic, turn, deep: false }));
                }
            }
            Role::Rare => rare(seed, site, day, &mut matters),
            Role::Person => {
                let pace = 12 + u64::try_from(site.index * 13 % 29).unwrap_or(0);
                for _ in 0..3 {
                    if chance.often(pace * 5) {
                        matters.push((None, Matter::Note { deep: chance.often(35) }));
                    }
                }
            }
        }
        for (slot, (at, matter)) in (copy * COPY..).zip(matters) {
            let at = at.unwrap_or_else(|| hour(&mut chance, day));
            drafts.push(Draft { site: site.index, day, slot, at, matter });
        }
    }
    drafts
}

fn news(seed: u64, site: &Site, day: i64, copy: i64, matters: &mut Vec<(Option<Moment>, Matter)>) {
    for rank in 0..EVENTS_A_DAY {
        let event = Event { day, rank: copy * EVENTS_A_DAY + rank };
        matters.push((Some(told_first(seed, site.language, event)), Matter::Release { event, telling: None }));
    }
    let sections = desk(site.language);
    for n in 0..DESK_A_DAY {
        let turn = day * DESK_A_DAY + n;
        let count = i64::try_from(sections.len()).unwrap_or(1).max(1);
        if let Some(topic) = usize::try_from(turn % count).ok().and_then(|section| sections.get(section)) {
            matters.push((None, Matter::Own { topic, turn: (turn / count).cast_unsigned(), deep: false }));
        }
    }
}

fn forum(site: &Site, day: i64, chance: &mut Chance, matters: &mut Vec<(Option<Moment>, Matter)>) {
    // Quieter at the week's end: 1970-01-01 was a Thursday.
    let weekend = matches!((day + 3).rem_euclid(7), 5 | 6);
    let count = if weekend { chance.between(12, 17) } else { chance.between(19, 24) };
    for n in 0..count {
        let turn = (day * TURNS_A_DAY + n).cast_unsigned();
        // About seven in thirty days: the reason why the forum is kept at all.
        matters.push((None, Matter::Own { topic: site.topic, turn, deep: chance.often(12) }));
    }
}

fn relays(seed: u64, site: &Site, day: i64, copy: i64, telling: Telling, matters: &mut Vec<(Option<Moment>, Matter)>) {
    for event_day in [day - 1, day] {
        for (rank, loudness) in (copy * EVENTS_A_DAY..).zip(LOUDNESS) {
            let event = Event { day: event_day, rank };
            let mut chance = Chance::of(seed, &[3, place(site), event_day, rank]);
            let loud = if matches!(telling, Telling::SameLink) { loudness + 160 } else { loudness };
            let lag = chance.between(20, 1_200) * Moment::MINUTE;
            let at = told_first(seed, site.language, event).plus(lag);
            if chance.often(loud.min(900)) && at.0.div_euclid(Moment::DAY) == day {
                matters.push((Some(at), Matter::Release { event, telling: Some(telling) }));
            }
        }
    }
}

/// Once in every span of 11 to 22 days, a third of a span early or late: never more than 30 days of silence.
fn rare(seed: u64, site: &Site, day: i64, matters: &mut Vec<(Option<Moment>, Matter)>) {
    let span = 11 + place(site) * 7 % 12;
    let shifted = day + place(site) * 5;
    let block = shifted.div_euclid(span);
    let mut chance = Chance::of(seed, &[4, place(site), block]);
    if shifted.rem_euclid(span) == chance.between(0, span / 3) {
        let turn = (block * 4 + i64::try_from(site.rank).unwrap_or(0)).cast_unsigned();
        matters.push((None, Matter::Own { topic: site.topic, turn, deep: chance.often(750) }));
    }
}

/// People point to what they read on the same day or the next: often to what is rare and long, now and then to a blog.
fn pointers<'a>(seed: u64, sites: &[Site], day: i64, recent: impl Iterator<Item = &'a Draft>) -> Vec<Draft> {
    let people: Vec<&Site> = sites.iter().filter(|site| site.role == Role::Person).collect();
    let mut drafts = Vec::new();
    for target in recent {
        let Some(site) = sites.get(target.site) else { continue };
        let mut chance = Chance::of(seed, &[5, place(site), target.day, target.slot]);
        let count = match (&target.matter, site.role) {
            (Matter::Own { deep: true, .. }, Role::Rare | Role::Forum) => chance.between(0, 6),
            (Matter::Own { .. }, Role::Blog) if chance.often(90) => 1,
            _ => 0,
        };
        let count = usize::try_from(count).unwrap_or(0);
        for (rank, person) in (0_i64..).zip(chance.some(&people, count)) {
            let at = target.at.plus(chance.between(30, 1_300) * Moment::MINUTE);
            if at.0.div_euclid(Moment::DAY) == day && person.language == site.language {
                // Apart from the notes of that day, and from other targets: the target's place makes the slot.
                let slot = target.slot + 100 + 40 * (place(site) * 8 + rank);
                let matter = Matter::Pointer { to: Box::new(target.clone()) };
                drafts.push(Draft { site: person.index, day, slot, at, matter });
            }
        }
    }
    drafts
}

/// When the news site of that language tells an event: in the working day, the other language some minutes later.
pub(crate) fn told_first(seed: u64, language: Language, event: Event) -> Moment {
    let mut chance = Chance::of(seed, &[6, event.day, event.rank]);
    let minute = chance.between(6 * 60, 16 * 60);
    let later = if (language == Language::Fr) == chance.often(500) { chance.between(4, 90) } else { 0 };
    Moment(event.day * Moment::DAY + (minute + later) * Moment::MINUTE)
}

/// The product of an event, and how many times it has been in the news since 2024.
pub(crate) fn product(seed: u64, event: Event) -> (usize, i64) {
    let count = i64::try_from(PRODUCTS.len()).unwrap_or(1).max(1);
    let turn = (event.day - 19_723) * EVENTS_A_DAY + event.rank;
    let round = turn.div_euclid(count);
    let shift = Chance::of(seed, &[7]).next() % 1_000;
    let place = super::chance::walk(turn.rem_euclid(count).cast_unsigned(), count.cast_unsigned(), shift);
    (usize::try_from(place).unwrap_or(0), round)
}

fn hour(chance: &mut Chance, day: i64) -> Moment {
    /// When people write, in UTC: before work, at noon, in the evening.
    const HOURS: [i64; 16] = [5, 6, 7, 7, 8, 9, 10, 11, 11, 12, 14, 16, 17, 18, 19, 20];
    let minute = chance.pick(&HOURS) * 60 + chance.between(0, 59);
    Moment(day * Moment::DAY + minute * Moment::MINUTE + chance.between(0, 59) * Moment::SECOND)
}

fn place(site: &Site) -> i64 {
    i64::try_from(site.index).unwrap_or(0)
}

/// The draft in which a news site tells an event first.
pub(crate) fn original(seed: u64, site: &Site, event: Event) -> Draft {
    let slot = event.rank / EVENTS_A_DAY * COPY + event.rank % EVENTS_A_DAY;
    let at = told_first(seed, site.language, event);
    Draft { site: site.index, day: event.day, slot, at, matter: Matter::Release { event, telling: None } }
}
