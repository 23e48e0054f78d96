//! Takes a number, gives a picture: hills under a sky, as a PNG with a palette, always the same for the same number.
//! Never draws with floats, whose last digit depends on the machine.

use std::io::Write as _;

use flate2::{Compression, Crc, write::ZlibEncoder};

use super::chance::{Chance, at};

const WIDTH: usize = 640;
const HEIGHT: usize = 360;
/// Bands of the sky.
const SKY: usize = 32;
/// Rows of hills, each nearer and darker.
const HILLS: usize = 4;

/// Colours at the top of the sky, at the horizon, of the farthest and of the nearest hill, and of the sun or moon.
type Mood = [[u8; 3]; 5];

const MOODS: [Mood; 6] = [
    [[0x7f, 0xa6, 0xc4], [0xf4, 0xe6, 0xcf], [0xa9, 0xb8, 0xb4], [0x3f, 0x57, 0x4b], [0xff, 0xf6, 0xe0]],
    [[0x3d, 0x4e, 0x74], [0xf0, 0xb6, 0x8a], [0x9a, 0x80, 0x8c], [0x2b, 0x2d, 0x40], [0xff, 0xe2, 0xb0]],
    [[0x16, 0x1f, 0x38], [0x55, 0x68, 0x8c], [0x3a, 0x48, 0x66], [0x0e, 0x15, 0x26], [0xf2, 0xef, 0xdc]],
    [[0xb9, 0xcc, 0xd0], [0xf6, 0xf1, 0xe6], [0xc3, 0xcc, 0xbd], [0x6d, 0x7f, 0x5e], [0xff, 0xfb, 0xee]],
    [[0x93, 0xb3, 0xb7], [0xf3, 0xdf, 0xc3], [0xc8, 0xa4, 0x7e], [0x6b, 0x44, 0x33], [0xff, 0xf2, 0xd2]],
    [[0x8f, 0x9e, 0xb3], [0xe9, 0xe4, 0xe2], [0xb4, 0xb3, 0xbd], [0x53, 0x55, 0x68], [0xff, 0xff, 0xf6]],
];

/// The picture of that number.
pub(crate) fn png(number: u64) -> Vec<u8> {
    let mut chance = Chance::of(number, &[]);
    let [top, low, far, near, light] = at(&MOODS, chance.below(MOODS.len()));
    let mut palette: Vec<[u8; 3]> = (0..SKY).map(|band| blend(top, low, band, SKY - 1)).collect();
    palette.extend((0..HILLS).map(|hill| blend(far, near, hill, HILLS - 1)));
    palette.push(light);

    let sun = (chance.between(80, 560), chance.between(60, 170), chance.between(14, 30));
    let ridges: Vec<Vec<usize>> = (0..HILLS).map(|hill| ridge(&mut chance, 190 + 45 * hill, 60 - 8 * hill)).collect();
    let mut rows = Vec::with_capacity((WIDTH + 1) * HEIGHT);
    for y in 0..HEIGHT {
        rows.push(0); // No filter.
        for x in 0..WIDTH {
            let hill = ridges.iter().rposition(|ridge| ridge.get(x).is_some_and(|height| y >= *height));
            let colour = match hill {
                Some(hill) => SKY + hill,
                None if inside(x, y, sun) => SKY + HILLS,
                None => (y * SKY / 250).min(SKY - 1),
            };
            rows.push(u8::try_from(colour).unwrap_or(0));
        }
    }
    encode(&palette, &rows)
}

/// The height of a ridge at each x: smooth noise of two sizes.
fn ridge(chance: &mut Chance, base: usize, swing: usize) -> Vec<usize> {
    let coarse: Vec<usize> = (0..8).map(|_| chance.below(swing * 2 + 1)).collect();
    let fine: Vec<usize> = (0..34).map(|_| chance.below(swing / 5 + 1)).collect();
    (0..WIDTH).map(|x| (base + smooth(&coarse, x, 128) + smooth(&fine, x, 20)).saturating_sub(swing)).collect()
}

/// Between two points of `heights` that are `step` apart: 3t² - 2t³, in whole numbers.
fn smooth(heights: &[usize], x: usize, step: usize) -> usize {
    let (left, right) = (at(heights, x / step), at(heights, x / step + 1));
    let t = x % step;
    let weight = (3 * t * t * step - 2 * t * t * t) * 1024 / (step * step * step);
    (left * (1024 - weight) + right * weight) / 1024
}

fn inside(x: usize, y: usize, (sun_x, sun_y, radius): (i64, i64, i64)) -> bool {
    let dx = i64::try_from(x).unwrap_or(0) - sun_x;
    let dy = i64::try_from(y).unwrap_or(0) - sun_y;
    dx * dx + dy * dy <= radius * radius
}

fn blend(from: [u8; 3], to: [u8; 3], step: usize, steps: usize) -> [u8; 3] {
    let mut mixed = from;
    for (channel, end) in mixed.iter_mut().zip(to) {
        let value = (usize::from(*channel) * (steps - step) + usize::from(end) * step) / steps.max(1);
        *channel = u8::try_from(value).unwrap_or(u8::MAX);
    }
    mixed
}

fn encode(palette: &[[u8; 3]], rows: &[u8]) -> Vec<u8> {
    let mut out = b"\x89PNG\r\n\x1a\n".to_vec();
    let mut header = Vec::new();
    for side in [WIDTH, HEIGHT] {
        header.extend(u32::try_from(side).unwrap_or(0).to_be_bytes());
    }
    header.extend([8, 3, 0, 0, 0]); // Eight bits, a palette, the only compression and filter there are, no interlace.
    chunk(&mut out, *b"IHDR", &header);
    chunk(&mut out, *b"PLTE", palette.as_flattened());
    let mut deflate = ZlibEncoder::new(Vec::new(), Compression::fast());
    // Writing into a Vec cannot fail.
    let packed = deflate.write_all(rows).and_then(|()| deflate.finish()).unwrap_or_default();
    chunk(&mut out, *b"IDAT", &packed);
    chunk(&mut out, *b"IEND", &[]);
    out
}

fn chunk(out: &mut Vec<u8>, kind: [u8; 4], body: &[u8]) {
    out.extend(u32::try_from(body.len()).unwrap_or(0).to_be_bytes());
    let mut crc = Crc::new();
    crc.update(&kind);
    crc.update(body);
    out.extend(kind);
    out.extend(body);
    out.extend(crc.sum().to_be_bytes());
}
