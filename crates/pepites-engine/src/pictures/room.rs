//! Takes the bytes of a picture, says how many points it has when it is drawn: a file of 100 KB may need gigabytes.
//! Never decodes one: its own header says its width and height.

use std::panic::catch_unwind;

/// Points of the largest picture that is shown: a photograph of a good camera has 24 million, and needs 160 MB.
const MOST_POINTS: usize = 40_000_000;

/// An icon with more whole pictures in it is none.
const MOST_INNER: usize = 64;

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";

/// Whether there is room to draw it. Not where its header cannot be read: what we do not understand another may draw.
pub(super) fn has_room(bytes: &[u8]) -> bool {
    // An icon may hold whole PNG files, whatever its own table says of their sizes.
    let inner = bytes.windows(PNG.len()).enumerate().skip(1).filter(|(_, start)| *start == PNG).map(|(at, _)| at);
    let icon = bytes.starts_with(&[0, 0, 1, 0]);
    let all_fit = !icon || inner.enumerate().all(|(turn, at)| turn < MOST_INNER && bytes.get(at..).is_some_and(fits));
    fits(bytes) && all_fit && (!bytes.starts_with(b"GIF8") || frames_fit(bytes))
}

/// Whether every frame of a GIF has room: one that is larger than what its header says may make all of it larger.
fn frames_fit(bytes: &[u8]) -> bool {
    let table = |flags: u8| if flags & 0x80 == 0 { 0 } else { 3 << ((flags & 7) + 1) };
    let mut at = 13 + bytes.get(10).map_or(0, |flags| table(*flags));
    loop {
        at += match bytes.get(at..) {
            Some([0x21, ..]) => 2,
            Some([0x2c, left, left_high, top, top_high, width, width_high, height, height_high, flags, ..]) => {
                let [left, top, width, height] =
                    [[left, left_high], [top, top_high], [width, width_high], [height, height_high]]
                        .map(|[low, high]| usize::from(u16::from_le_bytes([*low, *high])));
                if (left + width) * (top + height) > MOST_POINTS {
                    return false;
                }
                11 + table(*flags)
            }
            // Its end; or what is cut off, and is not drawn.
            _ => return true,
        };
        // Both are followed by blocks, each after its length, up to an empty one.
        while let Some(length) = bytes.get(at).filter(|length| **length > 0) {
            at += 1 + usize::from(*length);
        }
        at += 1;
    }
}

fn fits(bytes: &[u8]) -> bool {
    // A parser that stumbles costs its picture.
    let size = catch_unwind(|| imagesize::blob_size(bytes)).ok().and_then(Result::ok);
    size.and_then(|size| size.width.checked_mul(size.height)).is_some_and(|points| points <= MOST_POINTS)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn png(width: u32, height: u32) -> Vec<u8> {
        let head = [PNG, b"\0\0\0\rIHDR", &width.to_be_bytes(), &height.to_be_bytes(), b"\x08\x02\0\0\0"];
        [head.concat(), vec![0; 64]].concat()
    }

    fn gif(width: u16, height: u16) -> Vec<u8> {
        [b"GIF89a".as_slice(), &width.to_le_bytes(), &height.to_le_bytes(), &[0; 64]].concat()
    }

    /// A GIF of one point by its header, with a comment, a table of colours and a second frame of that size.
    fn framed(width: u16, height: u16) -> Vec<u8> {
        let start = b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\0\0\0!\xfe\x02hi\0,\0\0\0\0\x01\0\x01\0\0\x02\x01\0\0,\0\0\0\0"
            .as_slice();
        [start, &width.to_le_bytes(), &height.to_le_bytes(), b"\0\x02\x01\0\0;"].concat()
    }

    fn jpeg(width: u16, height: u16) -> Vec<u8> {
        let start = b"\xff\xd8\xff\xe0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0\xff\xc0\0\x11\x08".as_slice();
        [start, &height.to_be_bytes(), &width.to_be_bytes(), &[3; 64]].concat()
    }

    fn webp(width: u32, height: u32) -> Vec<u8> {
        let less = |size: u32| (size - 1).to_le_bytes();
        let start = b"RIFF\x60\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0".as_slice();
        [start, &less(width)[..3], &less(height)[..3], &[0; 64]].concat()
    }

    #[test]
    fn a_small_file_that_is_a_huge_picture_is_not_drawn() {
        for (name, bytes, has) in [
            ("png", png(6_000, 4_000), true),
            ("png", png(30_000, 30_000), false),
            ("png", png(u32::MAX, u32::MAX), false),
            ("gif", gif(640, 480), true),
            ("gif", gif(u16::MAX, u16::MAX), false),
            ("gif", framed(640, 480), true),
            ("gif", framed(20_000, 20_000), false),
            ("jpeg", jpeg(4_000, 3_000), true),
            ("jpeg", jpeg(60_000, 60_000), false),
            ("webp", webp(1_200, 800), true),
            ("webp", webp(16_000, 16_000), false),
        ] {
            assert_eq!(has_room(&bytes), has, "{name} {:?}", bytes.get(..32));
        }
        assert!(!has_room(PNG), "a picture without a size is none");
        assert!(!has_room(b""));
    }

    #[test]
    fn an_icon_is_as_large_as_the_pictures_in_it() {
        let icon = |inner: Vec<u8>| {
            let entry =
                [b"\0\0\x01\0\x01\0\x20\x20\0\0\x01\0\x20\0".as_slice(), &[100, 0, 0, 0], &[22, 0, 0, 0]].concat();
            [entry, inner].concat()
        };
        assert!(has_room(&icon(png(32, 32))));
        assert!(!has_room(&icon(png(30_000, 30_000))));
    }
}
