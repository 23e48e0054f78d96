//! Takes a canonical address, says whether it is one of a shortener: a few letters that stand for another page.
//! Never asks where it leads.

/// Hosts whose addresses stand for others: of the networks, of those who count clicks, of newspapers. A host that also
/// shows pages of its own is none.
#[rustfmt::skip]
const SHORTENERS: &[&str] = &[
    // Of networks and shops.
    "t.co", "lnkd.in", "fb.me", "redd.it", "wp.me", "tmblr.co", "flip.it", "amzn.to", "amzn.eu", "a.co", "apple.co",
    "spoti.fi", "goo.gl", "g.co", "aka.ms", "git.io", "pin.it", "tcrn.ch", "msft.it", "oreil.ly",
    // Of those who shorten, and count.
    "bit.ly", "j.mp", "buff.ly", "ow.ly", "owl.li", "ht.ly", "tinyurl.com", "tiny.cc", "tiny.one", "is.gd", "v.gd",
    "dlvr.it", "ift.tt", "trib.al", "rb.gy", "cutt.ly", "t.ly", "s.id", "shorturl.at", "rebrand.ly", "soo.gd", "bl.ink",
    "hubs.ly", "hubs.la", "hubs.li", "eepurl.com", "qoo.ly", "zpr.io", "shar.es", "ebx.sh", "sco.lt", "ln.is", "snip.ly",
    "urlz.fr", "lc.cx", "u.nu", "x.gd", "w.wiki", "kutt.it", "short.gy", "chng.it", "crwd.fr",
    // Of newspapers and broadcasters.
    "nyti.ms", "wapo.st", "reut.rs", "bbc.in", "cnn.it", "econ.st", "on.ft.com", "bloom.bg", "on.wsj.com", "politi.co",
    "n.pr", "huff.to", "gu.com", "lemde.fr", "nbcnews.to", "cbsn.ws", "apne.ws", "abcn.ws", "theatln.tc", "ind.pn",
    "spkl.io", "go.ind.media", "l.bfmtv.com", "l.francetvinfo.fr", "l.leparisien.fr", "ebra.media", "ouest.fr",
];

/// Whether it stands for another page.
#[must_use]
pub fn is_short(canonical: &str) -> bool {
    let rest = canonical.strip_prefix("https://").unwrap_or_default();
    let Some((host, code)) = rest.split_once('/') else { return false };
    !code.is_empty() && SHORTENERS.contains(&host)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_link_has_a_code_on_the_host_of_a_shortener() {
        for (address, short) in [
            ("https://bit.ly/3abc", true),
            ("https://t.co/AbC", true),
            ("https://on.ft.com/x", true),
            ("https://bit.ly", false),
            ("https://bit.ly/", false),
            ("https://rabbit.ly/3abc", false),
            ("https://example.org/https://bit.ly/3abc", false),
            ("", false),
        ] {
            assert_eq!(is_short(address), short, "{address}");
        }
    }
}
