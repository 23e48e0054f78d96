//! Takes the bytes of a picture, says how many points it has when it is drawn: a file of 100 KB may need gigabytes.
//! Never decodes one: its own header says its width and height.

use std::panic::catch_unwind;

/// Points of the largest picture that is shown: a photograph of a good camera has 24 million, and needs 160 MB.
const MOST_POINTS: usize = 40_000_000;

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";

/// Whether there is room to draw it. Not where its header cannot be read: what we do not understand another may draw.
pub(super) fn has_room(bytes: &[u8]) -> bool {
    // An icon may hold whole PNG files, whatever its own table says of their sizes.
    let inner = bytes.windows(PNG.len()).enumerate().skip(1).filter(|(_, start)| *start == PNG).map(|(at, _)| at);
    let icon = bytes.starts_with(&[0, 0, 1, 0]);
    let all_fit = !icon || inner.take(64).all(|at| bytes.get(at..).is_some_and(fits));
    fits(bytes) && all_fit
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
