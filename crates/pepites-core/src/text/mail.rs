//! Takes the host of a mail address, says whether everyone can have an address there: such a host says nothing of a
//! person. The one list of them; never guesses who somebody is.

/// Names of providers under which every country has its own ending (`yahoo.fr`, `hotmail.co.uk`, `gmx.de`).
#[rustfmt::skip]
const FAMILIES: &[&str] = &[
    "gmail", "googlemail", "outlook", "hotmail", "live", "msn", "yahoo", "ymail", "rocketmail", "icloud", "aol", "gmx",
    "proton", "protonmail", "tutanota", "zoho", "yandex", "fastmail", "mailbox", "posteo", "hushmail", "windowslive",
];

/// Providers of mail for everyone, and access providers whose customers have addresses there.
#[rustfmt::skip]
const HOSTS: &[&str] = &[
    // Of everyone.
    "me.com", "mac.com", "mail.com", "email.com", "mail.ru", "inbox.ru", "list.ru", "bk.ru", "rambler.ru", "pm.me", "duck.com",
    "tuta.io", "tutamail.com", "keemail.me", "hey.com", "skiff.com", "riseup.net", "disroot.org", "mailfence.com",
    "startmail.com", "runbox.com", "kolabnow.com", "infomaniak.ch", "ik.me", "eclipso.eu", "mailo.com", "net-c.com", "netcourrier.com",
    "inbox.com", "lycos.com", "caramail.com", "excite.com", "usa.net", "rediffmail.com", "qq.com", "163.com", "126.com",
    "yeah.net", "sina.com", "sohu.com", "foxmail.com", "naver.com", "hanmail.net", "daum.net", "web.de", "email.de", "freenet.de",
    "libero.it", "virgilio.it", "alice.it", "tin.it", "tiscali.it", "seznam.cz", "centrum.cz", "wp.pl", "o2.pl", "onet.pl",
    "interia.pl", "uol.com.br", "bol.com.br", "terra.com.br", "ig.com.br", "abv.bg", "ukr.net", "walla.com", "earthlink.net",
    "passport.com", "opayq.com", "mozmail.com", "privaterelay.appleid.com", "users.noreply.github.com", "simplelogin.com",
    // Of access providers.
    "orange.fr", "wanadoo.fr", "free.fr", "aliceadsl.fr", "sfr.fr", "neuf.fr", "9online.fr", "club-internet.fr", "cegetel.net",
    "laposte.net", "bbox.fr", "numericable.fr", "noos.fr", "voila.fr", "nordnet.fr", "skynet.be", "telenet.be", "proximus.be",
    "voo.be", "bluewin.ch", "sunrise.ch", "hispeed.ch", "videotron.ca", "sympatico.ca", "bell.net", "rogers.com", "shaw.ca",
    "telus.net", "t-online.de", "arcor.de", "1und1.de", "online.de", "kabelmail.de", "unitybox.de", "comcast.net", "verizon.net",
    "att.net", "sbcglobal.net", "bellsouth.net", "cox.net", "charter.net", "optonline.net", "btinternet.com", "sky.com",
    "talktalk.net", "ntlworld.com", "virginmedia.com", "blueyonder.co.uk", "telefonica.net", "ziggo.nl", "kpnmail.nl", "home.nl",
    "xs4all.nl", "planet.nl", "telia.com", "bredband.net", "online.no", "bigpond.com", "optusnet.com.au", "xtra.co.nz", "sapo.pt",
];

/// The most labels that stand for a country: `co.uk`.
const COUNTRY_LABELS: usize = 2;

/// Whether everyone can have a mail address at `host`, so that its site is nobody's own.
#[must_use]
pub fn is_for_everyone(host: &str) -> bool {
    let host = host.trim_end_matches('.').to_ascii_lowercase();
    let below = |known: &str| host == known || host.strip_suffix(known).is_some_and(|rest| rest.ends_with('.'));
    let labels: Vec<&str> = host.split('.').collect();
    // What stands before the ending: `yahoo` of `yahoo.co.uk`, and not of `yahoo.blog.example`.
    let family = |ending: usize| {
        let name = labels.len().checked_sub(ending + 1).and_then(|at| labels.get(at));
        let short = labels.iter().rev().take(ending).all(|label| label.len() <= 3);
        short && name.is_some_and(|name| FAMILIES.contains(name))
    };
    HOSTS.iter().any(|known| below(known)) || (1..=COUNTRY_LABELS).any(family)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_provider_is_known_under_the_ending_of_every_country() {
        for host in
            ["gmail.com", "Yahoo.CO.UK", "hotmail.fr", "gmx.de", "orange.fr", "x.users.noreply.github.com", "me.com"]
        {
            assert!(is_for_everyone(host), "{host}");
        }
        for host in
            ["example.org", "durand.fr", "live-music.org", "yahoo.blog.example", "free.example", "notme.com", ""]
        {
            assert!(!is_for_everyone(host), "{host}");
        }
    }
}
