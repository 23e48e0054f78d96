//! Takes a zip archive, gives the one file of people in it (`Connections.csv` of LinkedIn's, `following.js` of X's), unpacked.
//! Never unpacks more than it was told to, whatever the archive says of its sizes.
//!
//! Written here, with flate2 for what is packed: of an archive only one file is wanted, and the crates for archives hold a
//! list of all that is in one, which a hostile archive makes as long as it likes.

use std::io::Read;

use flate2::read::DeflateDecoder;

use crate::interchange::Refused;

/// A file inside an archive.
#[derive(Debug)]
pub(super) struct Inner {
    pub(super) name: String,
    pub(super) bytes: Vec<u8>,
}

/// No file of people is larger unpacked, and a bomb is.
const LARGEST: u64 = 48 << 20;
/// An archive of a whole account has some thousand pictures; after so many nothing more is looked at.
const MOST_ENTRIES: u16 = 20_000;
/// How far from its end an archive says where its list of contents is: that record, and the longest comment.
const END: usize = 22 + 65_535;

/// Names by which such files are known, the likeliest first; then come their endings.
#[rustfmt::skip]
const KNOWN: &[&str] = &[
    "connections.csv", "following.js", "following_accounts.csv", "all contacts.vcf", "contacts.csv", "contacts.vcf",
];
const ENDINGS: &[&str] = &[".vcf", ".csv"];

/// An entry of the list of contents.
struct Entry<'a> {
    path: String,
    packed: bool,
    /// What the list says; what is unpacked is bounded all the same.
    data: &'a [u8],
}

/// The file of people in an archive; None when it is no archive, or one of an office program.
///
/// # Errors
/// [`Refused`] when there is no such file in it, or it is too large.
pub(super) fn of(name: &str, bytes: &[u8]) -> Result<Option<Inner>, Refused> {
    if crate::interchange::foreign::binary(name, bytes) != Some("zip") {
        return Ok(None);
    }
    let nothing = Refused::Other("zip");
    let Some(entry) = best(bytes) else { return Err(nothing) };
    let mut out = Vec::new();
    let read = if entry.packed {
        DeflateDecoder::new(entry.data).take(LARGEST + 1).read_to_end(&mut out)
    } else {
        entry.data.take(LARGEST + 1).read_to_end(&mut out)
    };
    match read {
        Ok(length) if length as u64 > LARGEST => Err(Refused::Other("zip_large")),
        Ok(_) => Ok(Some(Inner { name: base(&entry.path).to_owned(), bytes: out })),
        Err(_) => Err(nothing),
    }
}

/// The likeliest entry.
fn best(bytes: &[u8]) -> Option<Entry<'_>> {
    let start = bytes.len().saturating_sub(END);
    let tail = bytes.get(start..)?;
    let end = start + tail.windows(4).rposition(|window| window == b"PK\x05\x06")?;
    let (count, mut at) = (number2(bytes, end + 10)?, usize::try_from(number4(bytes, end + 16)?).ok()?);
    let mut best: Option<(usize, usize)> = None;
    for _ in 0..count.min(MOST_ENTRIES) {
        if bytes.get(at..at + 4) != Some(b"PK\x01\x02") {
            break;
        }
        let length = |offset: usize| number2(bytes, at + offset).map(usize::from);
        let (named, extra, comment) = (length(28)?, length(30)?, length(32)?);
        let path = String::from_utf8_lossy(bytes.get(at + 46..at + 46 + named)?);
        if let Some(rank) = rank(&path).filter(|rank| best.is_none_or(|(known, _)| *rank < known)) {
            best = Some((rank, at));
        }
        at += 46 + named + extra + comment;
    }
    let (_, at) = best?;
    let (flags, method) = (number2(bytes, at + 8)?, number2(bytes, at + 10)?);
    let named = usize::from(number2(bytes, at + 28)?);
    let path = String::from_utf8_lossy(bytes.get(at + 46..at + 46 + named)?).into_owned();
    let size = usize::try_from(number4(bytes, at + 20)?).ok()?;
    let local = usize::try_from(number4(bytes, at + 42)?).ok()?;
    // Where the data begin is said beside them only: that record has a length of its own.
    let begin = local + 30 + usize::from(number2(bytes, local + 26)?) + usize::from(number2(bytes, local + 28)?);
    let data = bytes.get(begin..begin.checked_add(size)?)?;
    let readable = flags & 1 == 0 && (method == 0 || method == 8) && bytes.get(local..local + 4) == Some(b"PK\x03\x04");
    readable.then_some(Entry { path, packed: method == 8, data })
}

fn number2(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..at.checked_add(2)?)?.try_into().ok().map(u16::from_le_bytes)
}

fn number4(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at.checked_add(4)?)?.try_into().ok().map(u32::from_le_bytes)
}

/// How likely a file is the one of people, 0 first.
fn rank(path: &str) -> Option<usize> {
    let name = base(path).to_ascii_lowercase();
    // What a Mac adds to every file of an archive.
    let real = !path.contains("__MACOSX") && !name.starts_with('.');
    let known = KNOWN.iter().position(|known| *known == name);
    let ending = || {
        let ending = ENDINGS.iter().position(|ending| name.ends_with(*ending));
        ending.map(|at| KNOWN.len() + at)
    };
    known.or_else(ending).filter(|_| real)
}

fn base(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::{Compression, write::DeflateEncoder};

    use super::*;

    /// An archive as every program writes it, packed when that is asked for.
    pub(in super::super) fn zip(files: &[(&str, &[u8])], packed: bool) -> Vec<u8> {
        let (mut out, mut list) = (Vec::new(), Vec::new());
        for (name, bytes) in files {
            let mut encoder = DeflateEncoder::new(Vec::new(), Compression::fast());
            encoder.write_all(bytes).unwrap();
            let data = if packed { encoder.finish().unwrap() } else { bytes.to_vec() };
            let method = if packed { 8_u16 } else { 0 };
            let (size, whole) = (u32::try_from(data.len()).unwrap(), u32::try_from(bytes.len()).unwrap());
            let named = u16::try_from(name.len()).unwrap();
            let mut common = Vec::new();
            for number in [20, 0, method, 0, 0] {
                common.extend(number.to_le_bytes());
            }
            for number in [0, size, whole] {
                common.extend(number.to_le_bytes());
            }
            common.extend(named.to_le_bytes());
            common.extend(0_u16.to_le_bytes());
            let local = u32::try_from(out.len()).unwrap();
            list.extend(
                [b"PK\x01\x02\x14\x00".as_slice(), &common, &[0; 10], &local.to_le_bytes(), name.as_bytes()].concat(),
            );
            out.extend([b"PK\x03\x04".as_slice(), &common, name.as_bytes(), &data].concat());
        }
        let (at, count) = (u32::try_from(out.len()).unwrap(), u16::try_from(files.len()).unwrap());
        let size = u32::try_from(list.len()).unwrap();
        out.extend(list);
        out.extend([b"PK\x05\x06\0\0\0\0".as_slice(), &count.to_le_bytes(), &count.to_le_bytes()].concat());
        out.extend([size.to_le_bytes().as_slice(), &at.to_le_bytes(), &[0, 0]].concat());
        out
    }

    #[test]
    fn the_file_of_people_is_found_wherever_it_is_in_the_archive() {
        let files: &[(&str, &[u8])] =
            &[("Profile.csv", b"x"), ("a/Connections.csv", b"First Name"), ("__MACOSX/._Connections.csv", b"")];
        for packed in [true, false] {
            let bytes = zip(files, packed);
            let inner = of("Basic_LinkedInDataExport.zip", &bytes).unwrap().unwrap();
            assert_eq!((inner.name.as_str(), inner.bytes.as_slice()), ("Connections.csv", b"First Name".as_slice()));
            // The last two bytes are the length of a comment.
            for cut in 4..bytes.len() - 2 {
                assert_eq!(of("x.zip", &bytes[..cut]).unwrap_err(), Refused::Other("zip"), "cut at {cut}");
            }
        }
        assert!(of("x.csv", b"a,b").unwrap().is_none());
        assert_eq!(of("x.zip", &zip(&[("cat.jpg", b"x")], true)).unwrap_err(), Refused::Other("zip"));
    }

    #[test]
    fn a_bomb_is_not_unpacked() {
        let zeros = vec![b'0'; usize::try_from(LARGEST).unwrap() + 2];
        let bomb = zip(&[("Connections.csv", &zeros)], true);
        assert!(bomb.len() < 1 << 20);
        assert_eq!(of("x.zip", &bomb).unwrap_err(), Refused::Other("zip_large"));
    }
}
