//! Holds that nobody who tells the same is missed, and nobody else found.

use std::{cell::RefCell, collections::BTreeSet};

use super::*;
use crate::stories::{Frequencies, Gist};

/// Posts about little, so that they share much: some words in every one, titles of one to four.
fn gists() -> Vec<Gist> {
    let word =
        |seed: usize| ["harbour", "lima", "storm", "bridge", "sank", "ferry", "mayor", "12", "vote", "tram"][seed % 10];
    let of = |n: usize| {
        let title: Vec<&str> = (0..=n % 4).map(|at| word(n / (at + 1) + 3 * at)).collect();
        let text: Vec<&str> = (0..n % 9).map(|at| word(n * 7 + at * at)).collect();
        Gist::of(&title.join(" "), &format!("everywhere known {} x{}", text.join(" "), n % 30), None)
    };
    (0..300).map(of).collect()
}

#[test]
fn the_pairs_that_are_met_are_those_that_looking_at_each_finds() {
    let gists = gists();
    let vectors = Vectors::new(gists.iter(), &Frequencies::default(), |_| true);
    for (dated, reach, least) in
        [(0, 1, 0.0001), (0, 1, 0.03), (0, 1, 0.2), (0, 1, 0.6), (7, 1_000, 0.03), (7, 50, 0.03), (1, 0, 0.03)]
    {
        let guest = |post: usize| Guest {
            // One in seven has no date; the others come in another order than they have here.
            at: (dated > 0 && (dated == 1 || !post.is_multiple_of(dated)))
                .then(|| i64::try_from(post * 37 % 300).unwrap()),
            new: post >= 100,
            party: if post >= 100 { post } else { post % 20 },
            rich: 0.0,
            bounds: Bounds::default(),
        };
        let guests: Vec<Guest> = (0..gists.len()).map(guest).collect();
        let mut found = Vec::new();
        each_pair(
            &vectors,
            &guests,
            (least, reach),
            |_, _, _| 0.0,
            |_, _| None,
            |one, other, shared| {
                found.push((one.max(other), one.min(other), shared.likeness(), shared.words));
            },
        );
        found.sort_by_key(|&(one, other, ..)| (one, other));
        let wanted = |one: usize, other: usize| {
            let (one, other) = (guests[one], guests[other]);
            let near = one.at.zip(other.at).is_none_or(|(one, other)| (one - other).abs() <= reach);
            near && (one.new || other.new || one.party == other.party)
        };
        let all = (0..gists.len()).flat_map(|one| (0..one).map(move |other| (one, other)));
        let expected: Vec<(usize, usize, f32, u32)> = all
            .filter(|&(one, other)| wanted(one, other))
            .map(|(one, other)| (one, other, vectors.shared(one, other)))
            .filter(|(_, _, shared)| shared.likeness() >= least)
            .map(|(one, other, shared)| (one, other, shared.likeness(), shared.words))
            .collect();
        assert!(reach == 0 || expected.len() > 50, "{least}: {}", expected.len());
        assert_eq!(found, expected, "{least}, reach {reach}");
    }
}

#[test]
fn those_far_apart_that_share_little_are_passed_over_and_what_is_found_stays_the_same_to_the_last_bit() {
    let gists = gists();
    let vectors = Vectors::new(gists.iter(), &Frequencies::default(), |_| true);
    let guest = |post: usize| Guest {
        at: (!post.is_multiple_of(9)).then(|| i64::try_from(post * 37 % 300).unwrap()),
        new: post >= 60,
        party: if post >= 60 { post } else { post % 20 },
        rich: 0.0,
        bounds: Bounds::default(),
    };
    let guests: Vec<Guest> = (0..gists.len()).map(guest).collect();
    let mut passed_over = 0;
    for fades in [9.0_f32, 30.0, 90.0] {
        let asked = RefCell::new(BTreeSet::new());
        #[expect(clippy::cast_precision_loss, reason = "some hundreds")]
        let needed = |one: &Guest, other: &Guest, shared: Option<&Shared>| {
            if shared.is_none() {
                asked.borrow_mut().insert([one, other].map(|guest| (guest.at, guest.party)));
            }
            let apart = one.at.zip(other.at).map_or(0, |(one, other)| (one - other).abs());
            0.02 * (apart as f32 / fades).exp()
        };
        #[expect(clippy::cast_possible_truncation, reason = "some hundreds")]
        let since = |one: &Guest, alike: f32| Some(one.at? - (fades * (alike / 0.02).ln()).max(0.0).ceil() as i64);
        let found = |since: &dyn Fn(&Guest, f32) -> Option<i64>| {
            let mut found = Vec::new();
            let give = |one, other, shared: Shared| found.push((one, other, shared.likeness().to_bits(), shared.words));
            each_pair(&vectors, &guests, (0.03, 250), needed, since, give);
            (found, asked.take().len())
        };
        let (all, met) = found(&|_, _| None);
        let (some, met_now) = found(&since);
        assert_eq!(some, all, "{fades}");
        assert!(all.len() > 300 && met_now <= met, "{} {met} {met_now}", all.len());
        passed_over += met - met_now;
    }
    assert!(passed_over > 300, "{passed_over}");
}
