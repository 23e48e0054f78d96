//! Takes the bytes of a picture, gives what is left of it to compare it by. Never keeps or shows the picture itself, and holds
//! no more of a hostile one in memory than of a large honest one.

use std::{
    io::Cursor,
    panic::{AssertUnwindSafe, catch_unwind},
};

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64;
use zune_jpeg::{
    JpegDecoder,
    zune_core::{bytestream::ZCursor, colorspace::ColorSpace, options::DecoderOptions},
};

/// A portrait is smaller, in bytes.
const LARGEST: usize = 2 << 20;
/// What is unpacked of one, in pixels: a photograph of 2,400 by 1,700.
const MOST_PIXELS: usize = 4_000_000;
/// The picture is looked at in cells, so many a row and so many rows; each is compared with the next in its row.
const WIDE: usize = 9;
const HIGH: usize = 8;
/// Of the 64 comparisons, how many may differ between two sizes of one picture. Two photographs of different people differ in
/// some thirty.
const MOST_DIFFERENT: u32 = 6;
/// Grey levels between the darkest and the lightest cell: below, a picture is a plain tile, as everybody has who has none.
const LEAST_CONTRAST: u8 = 24;

/// What is left of a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Picture {
    /// Of its bytes.
    bytes: u64,
    /// How it looks.
    look: Look,
}

/// How a picture looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Look {
    /// Whether each cell is lighter than the next: a difference hash.
    Cells(u64),
    /// A plain tile, as those have who have none: it says nothing of anybody.
    Plain,
    /// Of a format that is not unpacked here, too large, or broken: it is compared by its bytes alone.
    Unseen,
}

impl Picture {
    /// Of these bytes; None when they are no picture, or a larger one than a portrait.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Option<Self> {
        if bytes.len() > LARGEST || !is_picture(bytes) {
            return None;
        }
        // Unwind safe: nothing of the decoder outlives a panic.
        let cells = catch_unwind(AssertUnwindSafe(|| cells(bytes))).ok().flatten();
        Some(Self { bytes: xxh3_64(bytes), look: cells.map_or(Look::Unseen, |cells| look(&cells)) })
    }

    /// The same picture, perhaps in another size or format.
    #[must_use]
    pub fn is_like(&self, other: &Self) -> bool {
        match (self.look, other.look) {
            (Look::Cells(one), Look::Cells(two)) => (one ^ two).count_ones() <= MOST_DIFFERENT,
            (Look::Unseen, Look::Unseen) => self.bytes == other.bytes,
            _ => false,
        }
    }
}

fn is_picture(bytes: &[u8]) -> bool {
    let starts = |magic: &[&[u8]]| magic.iter().any(|magic| bytes.starts_with(magic));
    starts(&[PNG, JPEG, b"GIF8"]) || bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP")
}

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";
const JPEG: &[u8] = b"\xff\xd8\xff";

/// The average light of each cell.
fn cells(bytes: &[u8]) -> Option<Vec<u8>> {
    let (wide, high, grey) = if bytes.starts_with(PNG) { png(bytes)? } else { jpeg(bytes)? };
    if wide < WIDE || high < HIGH || grey.len() < wide * high {
        return None;
    }
    let cell = |at: usize| {
        let (column, row) = (at % WIDE, at / WIDE);
        let (left, right) = (column * wide / WIDE, (column + 1) * wide / WIDE);
        let rows = (row * high / HIGH)..((row + 1) * high / HIGH);
        let (mut sum, mut count) = (0_u64, 0_u64);
        for line in rows {
            let pixels = grey.get(line * wide + left..line * wide + right)?;
            sum += pixels.iter().map(|light| u64::from(*light)).sum::<u64>();
            count += pixels.len() as u64;
        }
        u8::try_from(sum.checked_div(count)?).ok()
    };
    (0..WIDE * HIGH).map(cell).collect()
}

fn look(cells: &[u8]) -> Look {
    let (darkest, lightest) = (cells.iter().min().copied(), cells.iter().max().copied());
    if lightest.unwrap_or_default().saturating_sub(darkest.unwrap_or_default()) < LEAST_CONTRAST {
        return Look::Plain;
    }
    let lighter = cells.chunks(WIDE).flat_map(|row| row.windows(2).map(|two| two.first() < two.last()));
    Look::Cells(lighter.fold(0, |look, bit| (look << 1) | u64::from(bit)))
}

fn fits(wide: usize, high: usize) -> bool {
    wide.checked_mul(high).is_some_and(|pixels| pixels <= MOST_PIXELS)
}

/// Width, height, and the light of each pixel.
fn jpeg(bytes: &[u8]) -> Option<(usize, usize, Vec<u8>)> {
    let options = DecoderOptions::default().jpeg_set_out_colorspace(ColorSpace::Luma);
    let mut decoder = JpegDecoder::new_with_options(ZCursor::new(bytes), options);
    decoder.decode_headers().ok()?;
    let (wide, high) = decoder.dimensions().filter(|(wide, high)| fits(*wide, *high))?;
    let grey = decoder.decode().ok()?;
    Some((wide, high, grey))
}

fn png(bytes: &[u8]) -> Option<(usize, usize, Vec<u8>)> {
    let mut decoder = png::Decoder::new_with_limits(Cursor::new(bytes), png::Limits { bytes: MOST_PIXELS * 4 });
    decoder.set_transformations(png::Transformations::normalize_to_color8());
    let mut reader = decoder.read_info().ok()?;
    let (wide, high) = (usize::try_from(reader.info().width).ok()?, usize::try_from(reader.info().height).ok()?);
    let mut raw = vec![0; reader.output_buffer_size().filter(|_| fits(wide, high))?];
    let (color, _) = reader.output_color_type();
    reader.next_frame(&mut raw).ok()?;
    let grey = |red: u8, green: u8, blue: u8| {
        u8::try_from((u32::from(red) * 299 + u32::from(green) * 587 + u32::from(blue) * 114) / 1000).unwrap_or(u8::MAX)
    };
    // What can be seen through is seen on white, as pages are.
    let over = |light: u8, alpha: u8| {
        let (light, alpha) = (u32::from(light), u32::from(alpha));
        u8::try_from((light * alpha + 255 * (255 - alpha)) / 255).unwrap_or(u8::MAX)
    };
    let pixel = |pixel: &[u8]| match *pixel {
        [light] => light,
        [light, alpha] => over(light, alpha),
        [red, green, blue] => grey(red, green, blue),
        [red, green, blue, alpha] => over(grey(red, green, blue), alpha),
        _ => 0,
    };
    Some((wide, high, raw.chunks_exact(color.samples()).map(pixel).collect()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A portrait of somebody: light and dark by `seed`, drawn at any size.
    fn drawn(seed: u8, wide: u32, high: u32, color: png::ColorType) -> Vec<u8> {
        let mut out = Vec::new();
        let mut encoder = png::Encoder::new(&mut out, wide, high);
        encoder.set_color(color);
        let mut writer = encoder.write_header().unwrap();
        let light = |x: u32, y: u32| {
            let cell = |at: u32| u8::try_from(at).unwrap();
            xxh3_64(&[cell(x * 9 / wide), cell(y * 8 / high), seed]).to_le_bytes()[0]
        };
        let pixels = (0..high).flat_map(|y| (0..wide).map(move |x| (x, y)));
        let bytes = pixels.flat_map(|(x, y)| match color {
            png::ColorType::Grayscale => vec![light(x, y)],
            png::ColorType::Rgba => vec![light(x, y), light(x, y), light(x, y), 255],
            _ => vec![light(x, y); 3],
        });
        writer.write_image_data(&bytes.collect::<Vec<_>>()).unwrap();
        writer.finish().unwrap();
        out
    }

    #[test]
    fn a_portrait_is_known_again_in_another_size_and_another_s_is_not() {
        let (large, small) = (drawn(1, 400, 400, png::ColorType::Rgb), drawn(1, 96, 96, png::ColorType::Rgba));
        let other = drawn(2, 400, 400, png::ColorType::Grayscale);
        let [large, small, other] = [large, small, other].map(|bytes| Picture::of(&bytes).unwrap());
        assert!(large.is_like(&small) && small.is_like(&large), "{large:?} {small:?}");
        assert!(!large.is_like(&other), "{large:?} {other:?}");
    }

    #[test]
    fn a_photograph_is_known_again_in_another_size_and_format() {
        let [png, jpeg] = [include_bytes!("pictures/face.png").as_slice(), include_bytes!("pictures/face.jpg")];
        let [png, jpeg] = [png, jpeg].map(|bytes| Picture::of(bytes).unwrap());
        assert!(png.bytes != jpeg.bytes && png.is_like(&jpeg), "{png:?} {jpeg:?}");
        assert!(!jpeg.is_like(&Picture::of(&drawn(1, 64, 64, png::ColorType::Rgb)).unwrap()));
    }

    #[test]
    fn a_plain_tile_says_nothing_of_anybody() {
        let tile = |light: u8| {
            let mut out = Vec::new();
            let mut encoder = png::Encoder::new(&mut out, 64, 64);
            encoder.set_color(png::ColorType::Grayscale);
            encoder.write_header().unwrap().write_image_data(&[light; 64 * 64]).unwrap();
            Picture::of(&out).unwrap()
        };
        assert!(!tile(9).is_like(&tile(9)) && !tile(9).is_like(&tile(10)));
        // What is not unpacked here is compared by its bytes.
        let [gif, other] = [b"GIF89a one".as_slice(), b"GIF89a two"].map(|bytes| Picture::of(bytes).unwrap());
        assert!(gif.is_like(&gif) && !gif.is_like(&other) && !gif.is_like(&tile(9)));
    }

    #[test]
    fn no_bytes_bring_it_down_or_take_its_memory() {
        let good = drawn(3, 64, 64, png::ColorType::Rgb);
        for cut in 0..good.len() {
            let cut = Picture::of(good.get(..cut).unwrap());
            assert!(cut.is_none_or(|picture| picture.look != Look::Plain));
        }
        // A head that says 60,000 by 60,000 pixels.
        let mut huge = good.clone();
        huge.get_mut(16..24).unwrap().copy_from_slice(&[0, 0, 0xea, 0x60, 0, 0, 0xea, 0x60]);
        assert_eq!(Picture::of(&huge).unwrap().look, Look::Unseen);
        let jpeg = [JPEG, b"\xc0\x00\x11\x08\xff\xff\xff\xff\x03", &[0x55; 4_000]].concat();
        assert_eq!(Picture::of(&jpeg).unwrap().look, Look::Unseen);
        assert_eq!(Picture::of(b"<html>"), None);
        assert_eq!(Picture::of(&[PNG, &vec![0; LARGEST]].concat()), None);
    }
}
