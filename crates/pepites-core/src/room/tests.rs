//! Holds that a plan is the cheapest there is, and names what it costs.

use proptest::prelude::*;

use super::*;

fn told(post: i64) -> Told {
    Told {
        post: PostId(post),
        published: Moment(post * Moment::DAY),
        day: post % 30,
        seconds: 60,
        nugget: false,
        starred: false,
        read: false,
        shown: false,
        relay: false,
        told_by: None,
        carried: false,
    }
}

/// A source of so many posts, of which the first `nuggets` are.
fn source(id: i64, posts: i64, nuggets: i64) -> Brought {
    let told = |at| Told { nugget: at < nuggets, ..told(id * 10_000 + at) };
    Brought {
        source: SourceId(id),
        mode: Mode::All,
        posts: (0..posts).map(told).collect(),
        instead: None,
        digests_tell: false,
    }
}

#[test]
fn the_forum_goes_first_and_its_nuggets_are_named_as_kept() {
    let mut news = source(2, 600, 0);
    news.posts.iter_mut().step_by(5).for_each(|told| told.carried = true);
    let plan = plan(&[source(1, 2, 1), news, source(3, 620, 3), source(4, 12, 0)], Goal::PostsAWeek(120), false);
    assert!(plan.reached);
    let [forum] = plan.steps.as_slice() else { panic!("{plan:?}") };
    assert_eq!((forum.source, forum.change), (SourceId(3), Change::Thin(Mode::Nuggets)));
    assert_eq!((forum.posts, forum.seconds, forum.misses.len()), (617, 617 * 60, 0));
    assert_eq!(forum.keeps, [PostId(30_000), PostId(30_001), PostId(30_002)]);
}

#[test]
fn a_goal_out_of_reach_frees_what_can_be_freed_and_says_so() {
    let plan = plan(&[source(1, 20, 0), source(2, 10, 0)], Goal::PostsAWeek(500), true);
    assert!(!plan.reached);
    assert_eq!(plan.steps.iter().map(|step| step.posts).sum::<u32>(), 30);
}

#[test]
fn nothing_is_changed_when_all_fits() {
    let all = [source(1, 30, 0)];
    assert_eq!(plan(&all, Goal::InAll(2), true), Plan { steps: Vec::new(), reached: true });
    assert_eq!(plan(&[], Goal::PostsAWeek(1), true), Plan { steps: Vec::new(), reached: false });
    assert_eq!(seconds_now(&all), 30 * 60);
}

#[test]
fn a_star_that_would_be_missed_is_named_and_dear() {
    let mut starred = source(1, 200, 0);
    starred.posts[3].starred = true;
    let plain = source(2, 200, 0);
    let planned = plan(&[starred.clone(), plain], Goal::PostsAWeek(40), true);
    assert_eq!(planned.steps.iter().map(|step| step.source).collect::<Vec<_>>(), [SourceId(2)]);
    let alone = step(&starred, Change::Leave).unwrap();
    assert_eq!((alone.misses, alone.posts), (vec![PostId(10_003)], 200));
}

#[test]
fn each_mode_lets_through_what_it_says() {
    let mut posts: Vec<Told> = (0..6).map(told).collect();
    posts.iter_mut().for_each(|told| told.day = 1);
    posts[4].nugget = true;
    posts[5].relay = true;
    posts[3].shown = true;
    posts[2].seconds = 500;
    for (mode, expected) in [
        (Mode::All, [true; 6]),
        (Mode::Digest, [false, false, false, true, true, false]),
        (Mode::Muted, [false; 6]),
        (Mode::Nuggets, [false, false, false, false, true, false]),
        (Mode::NoRelays, [true, true, true, true, true, false]),
        (Mode::Daily(2), [false, false, true, false, true, false]),
    ] {
        assert_eq!(comes(&posts, mode), expected, "{mode:?}");
    }
    let thinned = Brought { source: SourceId(1), mode: Mode::Nuggets, posts, instead: None, digests_tell: false };
    assert_eq!(step(&thinned, Change::Thin(Mode::Nuggets)), None, "what is thin already frees nothing");
    assert_eq!(step(&thinned, Change::Leave).map(|step| step.posts), Some(1));
}

#[test]
fn what_stands_in_for_a_source_tells_what_it_told_first_and_no_more() {
    let mut relay = source(1, 10, 3);
    relay.posts.iter_mut().skip(1).for_each(|told| told.told_by = Some(SourceId(2)));
    relay.posts[9].told_by = Some(SourceId(3));
    relay.posts[8].read = true;
    assert_eq!(instead(&relay.posts), Some(SourceId(2)));
    assert_eq!(instead(&relay.posts[..1]), None, "it tells its own");
    assert_eq!(instead(&[]), None);
    relay.instead = instead(&relay.posts);
    let changes: Vec<Change> = every_change(&relay).collect();
    assert!(changes.contains(&Change::Replace(SourceId(2))) && changes.contains(&Change::Thin(Mode::Digest)));
    let replaced = step(&relay, Change::Replace(SourceId(2))).unwrap();
    assert_eq!((replaced.posts, replaced.read, &replaced.misses[..]), (10, 0, &[PostId(10_000)][..]));
    assert_eq!(replaced.keeps, [PostId(10_001), PostId(10_002)]);
    let left = step(&relay, Change::Leave).unwrap();
    assert_eq!((left.posts, left.read, left.misses.len()), (10, 1, 3));
    let plan = plan(&[relay], Goal::PostsAWeek(9), true);
    assert_eq!(plan.steps[0].change, Change::Replace(SourceId(2)), "it costs less than to leave");
}

#[test]
fn digests_alone_are_offered_where_enough_were_seen() {
    let mut told = source(1, 10, 1);
    assert_eq!(step(&told, Change::Thin(Mode::Digest)), None);
    told.digests_tell = true;
    told.posts[4].shown = true;
    told.posts[5].read = true;
    let step = step(&told, Change::Thin(Mode::Digest)).unwrap();
    assert_eq!((step.posts, step.keeps.len(), step.misses.len(), step.read), (8, 1, 0, 1));
}

/// The least cost that frees enough, by trying every choice.
fn tried(sources: &[Vec<(u64, u64)>], wanted: u64) -> Option<u64> {
    let Some((first, rest)) = sources.split_first() else { return (wanted == 0).then_some(0) };
    let with = |(frees, cost): &(u64, u64)| tried(rest, wanted.saturating_sub(*frees)).map(|least| least + cost);
    first.iter().map(with).chain([tried(rest, wanted)]).flatten().min()
}

proptest! {
    #[test]
    fn no_other_choice_that_frees_enough_costs_less(
        sources in prop::collection::vec(prop::collection::vec((0_u64..40, 0_u64..30), 0..4), 0..6),
        wanted in 0_u64..120,
    ) {
        let chosen = cheapest::cheapest(&sources, wanted);
        let picked: Vec<(u64, u64)> =
            sources.iter().zip(&chosen).filter_map(|(changes, at)| at.map(|at| changes[at])).collect();
        let freed: u64 = picked.iter().map(|(frees, _)| frees).sum();
        let cost: u64 = picked.iter().map(|(_, cost)| cost).sum();
        let most: u64 = sources.iter().map(|changes| changes.iter().map(|(frees, _)| *frees).max().unwrap_or(0)).sum();
        prop_assert!(freed >= wanted.min(most));
        if most > wanted {
            prop_assert_eq!(Some(cost), tried(&sources, wanted));
        }
    }

    #[test]
    fn a_goal_of_any_size_is_reached_when_it_can_be(
        posts in prop::collection::vec(1_i64..300, 1..8), wanted in 1_u32..5_000,
    ) {
        let all: Vec<Brought> = (1..).zip(&posts).map(|(id, posts)| source(id, *posts, 0)).collect();
        let plan = plan(&all, Goal::MinutesADay(wanted), true);
        let freed: u64 = plan.steps.iter().map(|step| step.seconds).sum();
        prop_assert_eq!(plan.reached, freed >= u64::from(wanted) * 60 * 30);
        prop_assert_eq!(plan.reached, seconds_now(&all) >= u64::from(wanted) * 60 * 30);
    }
}
