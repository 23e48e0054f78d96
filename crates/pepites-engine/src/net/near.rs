//! Takes a host, says whether it is near: this machine or the network that it stands in.
//! A page of the wide world must not make us ask there (a router, a printer, a database that trusts its neighbours).

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

use url::{Host, Url};

/// The address's host is this machine or one of its neighbours, as far as its spelling tells.
#[must_use]
pub(crate) fn is_near(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(ip)) => is_near_ip(IpAddr::V4(ip)),
        Some(Host::Ipv6(ip)) => is_near_ip(IpAddr::V6(ip)),
        Some(Host::Domain(name)) => is_near_name(name),
        None => true,
    }
}

/// As [`is_near`], for a name or address as it stands in an address.
#[must_use]
pub(crate) fn is_near_host(host: &str) -> bool {
    let literal = host.trim_start_matches('[').trim_end_matches(']').parse();
    literal.map_or_else(|_| is_near_name(&host.to_ascii_lowercase()), is_near_ip)
}

/// The address's host is this very machine, as far as its spelling tells.
#[must_use]
pub(crate) fn is_loopback(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => ip.is_loopback(),
        Some(Host::Domain(name)) => is_localhost(name),
        None => false,
    }
}

/// An address that only this machine or its neighbours have.
#[must_use]
pub(crate) fn is_near_ip(ip: IpAddr) -> bool {
    match ip {
        IpAddr::V4(ip) => is_near_v4(ip),
        IpAddr::V6(ip) => is_near_v6(ip),
    }
}

fn is_near_v4(ip: Ipv4Addr) -> bool {
    let [first, second, ..] = ip.octets();
    // 0.0.0.0/8 reaches this machine on Linux; 100.64.0.0/10 is a carrier's or a private mesh's inside.
    first == 0 || ip.is_loopback() || ip.is_private() || ip.is_link_local() || (first == 100 && second & 0xc0 == 64)
}

fn is_near_v6(ip: Ipv6Addr) -> bool {
    let [first, second, third, fourth, fifth, sixth, seventh, eighth] = ip.segments();
    let v4 = |high: u16, low: u16| {
        let ([a, b], [c, d]) = (high.to_be_bytes(), low.to_be_bytes());
        is_near_v4(Ipv4Addr::new(a, b, c, d))
    };
    match (first, second) {
        // 64:ff9b::10.0.0.1 is 10.0.0.1 behind a translator, as is every address of a network without IPv4.
        (0x64, 0xff9b) => [third, fourth, fifth, sixth] != [0; 4] || v4(seventh, eighth),
        // 2002:0a00:0001:: is reached through 10.0.0.1.
        (0x2002, high) => v4(high, third),
        // ::, ::1, ::10.0.0.1 and ::ffff:10.0.0.1, the same in other dresses.
        (0, 0) if [third, fourth, fifth] == [0; 3] && matches!(sixth, 0 | 0xffff) => v4(seventh, eighth),
        // fc00::/7 is a private network's own, fe80::/10 a cable's, fec0::/10 was a site's.
        _ => first & 0xfe00 == 0xfc00 || matches!(first & 0xffc0, 0xfe80 | 0xfec0),
    }
}

fn is_near_name(name: &str) -> bool {
    let name = name.trim_end_matches('.');
    // A name without a dot is looked for in the reader's own network.
    !name.contains('.')
        || [".localhost", ".local", ".internal", ".lan", ".home.arpa"].iter().any(|end| name.ends_with(end))
}

fn is_localhost(name: &str) -> bool {
    let name = name.trim_end_matches('.');
    name == "localhost" || name.ends_with(".localhost")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(host: &str, near: bool) {
        assert_eq!(is_near(&Url::parse(&format!("http://{host}/")).unwrap()), near, "{host}");
    }

    #[test]
    fn this_machine_and_its_neighbours_are_near() {
        for host in [
            "127.0.0.1",
            "127.9.8.7",
            "0.0.0.0",
            "10.1.2.3",
            "172.16.0.1",
            "192.168.1.1",
            "169.254.169.254",
            "100.64.0.1",
            "[::1]",
            "[::]",
            "[fc00::1]",
            "[fe80::1]",
            "[fec0::1]",
            "[::ffff:10.0.0.1]",
            "[::10.0.0.1]",
            "[64:ff9b::10.0.0.1]",
            "[64:ff9b:1::8.8.8.8]",
            "[2002:c0a8:101::1]",
            "router",
            "nas.",
            "localhost",
            "LOCALHOST.",
            "x.localhost",
            "printer.local",
            "nas.lan",
            "2130706433",
            "0x7f.1",
        ] {
            check(host, true);
        }
    }

    #[test]
    fn the_wide_world_is_not_near() {
        for host in [
            "example.org",
            "8.8.8.8",
            "172.32.0.1",
            "100.128.0.1",
            "[2001:db8::1]",
            "[64:ff9b::8.8.8.8]",
            "[2002:808:808::1]",
            "[::ffff:8.8.8.8]",
            "localhost.example.org",
        ] {
            check(host, false);
        }
    }
}
