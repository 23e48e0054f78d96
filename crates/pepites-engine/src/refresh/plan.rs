//! Takes every source, gives those to ask now, in a good order. Pure: the clock is handed in.

use std::{
    collections::BTreeMap,
    panic::{AssertUnwindSafe, catch_unwind},
};

use pepites_core::{
    model::{Mode, Moment, Source, SourceId, Validators},
    sources,
};
use url::Url;

use crate::net::host_key;

/// Every so often a source is asked without "has it changed?": some servers answer "no" for ever.
const TRUST_VALIDATORS: i64 = 8 * Moment::DAY;

/// A muted source is asked so often: nothing of a usual feed is lost until it is wanted again.
const MUTED: i64 = Moment::DAY;

/// What to do with the sources.
#[derive(Debug, PartialEq)]
pub(crate) struct Plan {
    /// To be asked, in this order.
    pub(crate) ask: Vec<Source>,
    /// Gone, on hold, muted, or not due.
    pub(super) left_alone: u32,
}

/// Chooses among `sources` (only those of `only`, where it is given). A hold stands for every source of its host.
pub(crate) fn plan(sources: Vec<Source>, due: bool, only: Option<&[SourceId]>, now: Moment) -> Plan {
    let holds = holds(&sources, now);
    let wanted = |source: &Source| only.is_none_or(|only| only.contains(&source.id));
    // Named, it is asked: who mutes a source may want to look at it.
    let lately = |source: &Source| source.visited.is_some_and(|visited| now.since(visited) < MUTED);
    let hushed = |source: &Source| source.mode == Mode::Muted && only.is_none() && lately(source);
    let ready = |source: &Source| {
        !source.gone
            && !holds.contains_key(&host_of(source))
            && !hushed(source)
            && (!due || source.next_visit.is_none_or(|next| next <= now))
    };
    let (mut ask, left): (Vec<_>, Vec<_>) = sources.into_iter().filter(wanted).partition(ready);
    for source in &mut ask {
        let period = |moment: Moment| moment.0.div_euclid(TRUST_VALIDATORS);
        if source.visited.is_none_or(|visited| period(visited) != period(now)) {
            source.validators = Validators::default();
            // A wall that stood before an API may be gone: its feed leaves out boosts, quotes and warnings.
            source.feed = sources::once_more(source).or(source.feed.take());
        }
    }
    Plan { ask: in_order(ask), left_alone: u32::try_from(left.len()).unwrap_or(u32::MAX) }
}

/// Until when each host that asked for it is left alone, with all of its sources.
pub(crate) fn holds(sources: &[Source], now: Moment) -> BTreeMap<String, Moment> {
    let mut holds: BTreeMap<String, Moment> = BTreeMap::new();
    for source in sources {
        if let Some(until) = source.hold_until.filter(|&until| until > now) {
            let held = holds.entry(host_of(source)).or_insert(until);
            *held = until.max(*held);
        }
    }
    holds
}

/// Where it is, as far as is known without its kind.
pub(crate) fn asked_at(source: &Source) -> &str {
    source.feed.as_deref().unwrap_or(&source.address.locator)
}

/// The host that its kind will ask first, which need not be the one where people look at it: those whose address is a
/// page of bsky.app are asked for at another, from the first visit on.
pub(crate) fn host_of(source: &Source) -> String {
    // A parser that stumbles is the trouble of its own source.
    let ask = || sources::kind(&source.address.kind).and_then(|kind| (kind.ask)(source, &[]));
    let first = catch_unwind(AssertUnwindSafe(ask)).ok().flatten();
    let at = first.as_ref().map_or_else(|| asked_at(source), |request| &request.url);
    Url::parse(at).map(|url| host_key(&url)).unwrap_or_default()
}

/// Long not visited first; and the first of every host before the second of any, so that the thirtieth blog of a slow
/// server does not come at the end of the refresh with nothing beside it to wait for. Those that failed the last time come
/// behind all others: who has imported hundreds of dead feeds sees the posts of the living first.
fn in_order(mut sources: Vec<Source>) -> Vec<Source> {
    sources.sort_by_key(|source| (source.visited, source.id));
    let mut seen: BTreeMap<String, u32> = BTreeMap::new();
    let mut ranked: Vec<(u32, Source)> = sources
        .into_iter()
        .map(|source| {
            let before = seen.entry(host_of(&source)).or_default();
            *before += 1;
            (*before, source)
        })
        .collect();
    ranked.sort_by_key(|(before, source)| (source.failures > 0, *before));
    ranked.into_iter().map(|(_, source)| source).collect()
}

#[cfg(test)]
mod tests {
    use pepites_core::{
        model::Address,
        schedule::{self, Visit},
    };

    use super::*;
    use crate::refresh::verdict::tests::source;

    const NOW: Moment = Moment(1_795_348_800_000);

    fn at(id: i64, address: &str) -> Source {
        Source { id: SourceId(id), ..source(address) }
    }

    fn asked(plan: &Plan) -> Vec<i64> {
        plan.ask.iter().map(|source| source.id.0).collect()
    }

    #[test]
    fn a_refresh_asks_all_but_the_gone_and_the_held() {
        let gone = Source { gone: true, ..at(1, "http://a.example/") };
        let later = Source { next_visit: Some(NOW.plus(1)), failures: 9, ..at(2, "http://b.example/") };
        let held = Source { hold_until: Some(NOW.plus(1)), ..at(3, "http://c.example/") };
        let neighbour = at(4, "http://c.example/other");
        let over = Source { hold_until: Some(NOW), next_visit: Some(NOW), ..at(5, "http://d.example/") };
        let all = || vec![gone.clone(), later.clone(), held.clone(), neighbour.clone(), over.clone()];
        let everything = plan(all(), false, None, NOW);
        assert_eq!((asked(&everything), everything.left_alone), (vec![5, 2], 3));
        let due = plan(all(), true, None, NOW);
        assert_eq!((asked(&due), due.left_alone), (vec![5], 4));
        let some = plan(all(), false, Some(&[SourceId(2), SourceId(4), SourceId(99)]), NOW);
        assert_eq!((asked(&some), some.left_alone), (vec![2], 1));
    }

    #[test]
    fn long_not_visited_come_first_and_hosts_take_turns() {
        let visited = |millis: i64, source: Source| Source { visited: Some(Moment(millis)), ..source };
        let sources = vec![
            visited(30, at(1, "http://slow.example/1")),
            visited(10, at(2, "http://slow.example/2")),
            visited(20, at(3, "http://slow.example/3")),
            visited(40, at(4, "http://b.example/")),
            at(5, "http://c.example/"),
            // Dead for a while: the living come first.
            visited(5, Source { failures: 3, ..at(6, "http://dead.example/") }),
        ];
        assert_eq!(asked(&plan(sources, false, None, NOW)), [5, 2, 4, 3, 1, 6]);
    }

    #[test]
    fn validators_are_dropped_once_in_eight_days() {
        let validators = Validators { etag: Some("\"1\"".to_owned()), last_modified: None };
        let since = |millis: i64| {
            let visited = Some(Moment(TRUST_VALIDATORS * 3 - millis));
            let one = Source { visited, validators: validators.clone(), ..at(1, "http://a.example/") };
            plan(vec![one], false, None, Moment(TRUST_VALIDATORS * 3)).ask.remove(0).validators
        };
        assert_eq!(since(0), validators);
        assert_eq!(since(1), Validators::default());
    }

    #[test]
    fn a_host_is_the_one_that_is_asked_and_not_the_one_that_is_looked_at() {
        let at = |kind: &str, locator: &str| {
            let address = Address { kind: kind.to_owned(), locator: locator.to_owned() };
            Source { address, ..at(1, locator) }
        };
        let ada = at("bluesky", "https://bsky.app/profile/ada.example.org");
        assert_eq!(host_of(&ada), "public.api.bsky.app");
        let known = sources::recognise("https://news.ycombinator.com/newest").unwrap();
        let newest = at(&known.kind, &known.locator);
        assert_eq!(host_of(&newest), "hn.algolia.com");
        assert_eq!(host_of(&at("of tomorrow", "https://a.example/x")), "a.example");
        let held = Source { hold_until: Some(NOW.plus(1)), ..newest };
        let holds = holds(std::slice::from_ref(&held), NOW);
        assert!(holds.contains_key("hn.algolia.com") && asked(&plan(vec![held], false, None, NOW)).is_empty());
    }

    #[test]
    fn a_closed_api_is_asked_for_again_once_in_eight_days() {
        let feed = "https://a.example/@ada.rss#rss=https%3A%2F%2Fa.example%2Fapi%2Fv1%2Faccounts%2F7%2Fstatuses%3Flimit%3D40%239";
        let since = |millis: i64| {
            let address = Address { kind: "mastodon".to_owned(), locator: "https://a.example/@ada".to_owned() };
            let visited = Some(Moment(TRUST_VALIDATORS * 3 - millis));
            let one = Source { address, visited, feed: Some(feed.to_owned()), ..at(1, "https://a.example/@ada") };
            let asked = plan(vec![one], false, None, Moment(TRUST_VALIDATORS * 3)).ask.remove(0);
            (sources::kind("mastodon").unwrap().ask)(&asked, &[]).unwrap().url
        };
        assert_eq!(since(0), "https://a.example/@ada.rss");
        assert_eq!(since(1), "https://a.example/api/v1/accounts/7/statuses?limit=40");
    }

    #[test]
    fn who_wakes_from_sleep_asks_each_once_in_turn_and_what_follows_is_spread() {
        const SOURCES: i64 = 240;
        const HOSTS: i64 = 8;
        let woken = NOW.plus(9 * Moment::HOUR);
        let address = |n: i64| format!("http://h{}.example/{n}", n % HOSTS);
        let slept = |n: i64| {
            let due = Some(NOW.plus(n * Moment::MINUTE));
            Source { visited: Some(NOW), next_visit: due, ..at(n, &address(n)) }
        };
        let plan_of = |all: Vec<Source>, now| plan(all, true, None, now);
        let due = plan_of((0..SOURCES).map(slept).collect(), woken);
        let once: std::collections::BTreeSet<i64> = asked(&due).into_iter().collect();
        assert_eq!((due.ask.len(), once.len()), (240, 240), "hours that were missed are not made up for one by one");
        let hosts = |sources: &[Source]| sources.iter().map(host_of).collect::<std::collections::BTreeSet<_>>().len();
        assert!(due.ask.chunks(8).all(|turn| hosts(turn) == 8), "no host is asked twice before the others were once");
        // All of one rhythm, and all asked in one moment.
        let recent: Vec<Moment> = (1..=20).map(|n| woken.plus(-n * 2 * Moment::HOUR)).collect();
        let next =
            |n: i64| schedule::next(&Visit { at: woken, recent: recent.clone(), seed: n, ..Visit::default() }).at;
        let after = |n: i64| Source { visited: Some(woken), next_visit: Some(next(n)), ..at(n, &address(n)) };
        assert_eq!(plan_of((0..SOURCES).map(after).collect(), woken).ask, []);
        let mut minutes: BTreeMap<i64, u32> = BTreeMap::new();
        for n in 0..SOURCES {
            *minutes.entry(next(n).since(woken) / Moment::MINUTE).or_default() += 1;
        }
        let busiest = minutes.values().max().copied().unwrap_or_default();
        assert!(busiest <= 60, "{busiest} of {SOURCES} in one minute: {minutes:?}");
    }
}
