//! Holds that no pair is spared the comparison that would count in it, or bar it.

use super::{
    super::{
        Frequencies, Gist, StoryKey, Telling, UNDATED,
        bounds::Bounds,
        evidence::{MOST, between},
    },
    Vectors, Witness,
};
use crate::model::{Moment, PostId, SourceId};

fn tellings() -> Vec<Telling> {
    let titles = [
        ("Storm Ida closes the port of Lima", "Twelve died in Lima when storm Ida came on 3 May", Some("en")),
        ("La tempête Ida ferme le port de Lima", "Douze morts à Lima, la tempête Ida", Some("fr")),
        ("Storm Ida: 15 dead in Lima", "", None),
        ("Larkspur Mail 2.3.1 is out", "Larkspur Mail opens faster", Some("en")),
        ("Larkspur Mail 2.3.2 is out", "Larkspur Mail opens faster", Some("en")),
        ("Larkspur Mail forgets its window", "Larkspur Mail opens without its window", Some("en")),
        ("Links of the week", "Storm Ida closes the port of Lima", Some("en")),
        ("Weather for Lima, 3 May", "Storm, then sun", Some("en")),
        ("Weather for Lima, 4 May", "Storm, then sun", Some("en")),
        ("Hiring: baker in Lima (m/w/d)", "Bread in Lima", Some("de")),
        ("Comment on Storm Ida closes the port of Lima", "", None),
        ("Ida", "", None),
        ("Bread and how it is made", "Flour and water and time and storm", None),
    ];
    let of = |(number, (title, text, language)): (i64, (&'static str, &'static str, Option<&'static str>))| {
        // Two link to one page that is none of theirs, one to a page of another.
        let links = [None, Some(StoryKey::of_link(5 << 59)), Some(StoryKey::of_link(1 << 59)), None];
        let at = [0, 3, 11, 30, 43].map(|hours| Moment(hours * Moment::HOUR + number)).into_iter().chain([UNDATED]);
        at.zip(0_i64..).map(move |(at, turn)| Telling {
            post: PostId(number * 10 + turn),
            tie: 0,
            source: SourceId(turn % 2 + number / 4),
            at,
            keys: vec![StoryKey::of_link((number % 3 + 1) << 59)],
            links: links.get(usize::try_from(turn).unwrap_or(0)).into_iter().flatten().copied().collect(),
            gist: Gist::of(title, text, language),
            story: None,
        })
    };
    (0..).zip(titles).flat_map(of).collect()
}

#[test]
fn no_pair_is_spared_that_counts_or_is_barred() {
    const HELD: f32 = 0.03;
    let tellings = tellings();
    let witnesses: Vec<Witness<'_>> = tellings.iter().map(Witness::of).collect();
    let vectors = Vectors::new(witnesses.iter().map(|witness| witness.gist), &Frequencies::default(), |_| true);
    let (mut spared, mut barred, mut counting, mut unlinked) = (0, 0, 0, 0);
    for (place, one) in witnesses.iter().enumerate() {
        for (its_place, other) in witnesses.iter().enumerate() {
            let common = vectors.shared(place, its_place).common();
            // The other, if it linked to the page of the one.
            let linking = tellings
                .get(its_place)
                .zip(tellings.get(place))
                .map(|(its, mine)| Telling { links: mine.keys.clone(), ..its.clone() });
            let linking = linking.as_ref().map(|its| Bounds::of(&Witness::of(its)));
            for alike in [0.031_f32, 0.06, 0.15, 0.4, 0.79, 0.81, 1.0] {
                let counts = between(one, other, alike, common.words);
                let useful = !(0.0..HELD).contains(&counts);
                assert!(counts <= alike * MOST, "{:?} {:?} {alike} {counts}", one.gist, other.gist);
                let (mine, its) = (Bounds::of(one), Bounds::of(other));
                for common in [None, Some(common)] {
                    let is_spared = alike < mine.needed(&its, HELD, common);
                    assert!(!(useful && is_spared), "{:?} {:?} {alike} {counts}", one.gist, other.gist);
                    spared += u32::from(is_spared);
                    let linked = linking.as_ref().is_some_and(|linking| alike >= mine.needed(linking, HELD, common));
                    unlinked += u32::from(is_spared && linked && !one.links.is_empty() && !other.links.is_empty());
                }
                barred += u32::from(counts < 0.0);
                counting += u32::from(counts >= HELD);
            }
        }
    }
    assert!(spared > 10_000 && barred > 500 && counting > 2_000, "{spared} {barred} {counting}");
    assert!(unlinked > 20, "both link, and not to one page: {unlinked}");
}
