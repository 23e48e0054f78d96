//! Takes bytes and a seeded chance, gives them changed: as the network, a broken script or an attacker would.

use super::seeds::PIECES;

/// Changes made to one input, at most.
const MOST_CHANGES: usize = 8;
/// A piece is repeated this often at most: what costs its length squared shows itself.
const MOST_REPEATS: usize = 400;
/// The longest stretch that is taken out, copied or moved, in bytes.
const STRETCH: usize = 256;

/// A stream of numbers that depends on nothing but its seeds (splitmix64).
pub(super) struct Chance(u64);

impl Chance {
    /// The stream of input `number` of a run with that `seed`.
    pub(super) fn new(seed: u64, number: u64) -> Self {
        Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) ^ number.wrapping_mul(0xD134_2543_DE82_EF95))
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below `most`; 0 when that is 0.
    #[expect(clippy::cast_possible_truncation, reason = "the remainder is below a usize")]
    pub(super) fn below(&mut self, most: usize) -> usize {
        (self.next() % most.max(1) as u64) as usize
    }

    /// True once in so many times.
    pub(super) fn one_in(&mut self, many: usize) -> bool {
        self.below(many) == 0
    }

    /// One of `list`.
    pub(super) fn of<'a, T>(&mut self, list: &'a [T]) -> Option<&'a T> {
        list.get(self.below(list.len()))
    }
}

/// `bytes` after a few changes, at most `most` of them. One input in sixteen stays as it is.
pub(super) fn mutated(mut bytes: Vec<u8>, most: usize, chance: &mut Chance) -> Vec<u8> {
    if !chance.one_in(16) {
        for _ in 0..=chance.below(MOST_CHANGES) {
            change(&mut bytes, chance);
        }
    }
    bytes.truncate(most);
    bytes
}

fn change(bytes: &mut Vec<u8>, chance: &mut Chance) {
    let at = chance.below(bytes.len() + 1);
    let end = (at + chance.below(STRETCH)).min(bytes.len());
    match chance.below(8) {
        0 => {
            if let Some(byte) = bytes.get_mut(at) {
                *byte ^= 1 << chance.below(8);
            }
        }
        1 => drop(bytes.drain(at..end)),
        2 => {
            let stretch = bytes.get(at..end).unwrap_or_default().to_vec();
            let to = chance.below(bytes.len() + 1);
            bytes.splice(to..to, stretch);
        }
        3 => bytes.truncate(at),
        4 => {
            let times = chance.below(MOST_REPEATS);
            if let Some(piece) = chance.of(PIECES) {
                bytes.splice(at..at, piece.repeat(times).into_bytes());
            }
        }
        _ => {
            if let Some(piece) = chance.of(PIECES) {
                bytes.splice(at..at, piece.bytes());
            }
        }
    }
}
