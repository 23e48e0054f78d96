//! Gives the weights of evidence: how far each thing that is heard of a source makes it somebody's.

/// From here on a source can be followed without another look; "follow all" begins here.
pub const SURE: f64 = 0.9;
/// Below, it is not worth showing.
pub const THRESHOLD: f64 = 0.3;

/// How far what a field names is the person's: the reader, or they themselves, put it there.
pub(super) const OF_ACCOUNT: f64 = 0.97;
pub(super) const OF_ENTRY: f64 = 0.98;
pub(super) const OF_WEBSITE: f64 = 0.95;
/// Notes name others too ("met through @bo@…").
pub(super) const OF_NOTES: f64 = 0.7;
/// The site of a mail domain is as often an employer's.
pub(super) const OF_MAIL: f64 = 0.5;
/// What a site says of a profile, and how much of the trust in the site it keeps.
pub(super) const BY_ME: f64 = 0.97;
pub(super) const BY_LINK: f64 = 0.55;
pub(super) const BY_DOMAIN: f64 = 0.97;
/// What others have checked.
pub(super) const BY_FINGER: f64 = 0.97;
pub(super) const BY_LISTING: f64 = 0.96;
/// A search finds namesakes.
pub(super) const BY_SEARCH: f64 = 0.2;
/// What more evidence takes away of the doubt that is left.
pub(super) const NAME_AGREES: f64 = 0.6;
pub(super) const NAME_SPELT: f64 = 0.4;
pub(super) const BOTH_WAYS: f64 = 0.8;
pub(super) const SAME_SITE: f64 = 0.7;
/// A namesake has another face; one picture is seldom two people's.
pub(super) const SAME_PICTURE: f64 = 0.7;
pub(super) const SAME_EMPLOYER: f64 = 0.4;
/// Whom the reader follows is the likelier of two of one name.
pub(super) const FOLLOWED: f64 = 0.4;
/// What is left of it when the other is called otherwise.
pub(super) const OTHER_NAME: f64 = 0.5;
/// The most that there can be of: what several people have, an employer's, what was not looked at yet, what was found by a
/// search, a site that has moved to another domain.
pub(super) const MOST_SHARED: f64 = 0.5;
pub(super) const MOST_EMPLOYER: f64 = 0.5;
pub(super) const MOST_UNSEEN: f64 = 0.85;
pub(super) const MOST_SEARCHED: f64 = 0.85;
pub(super) const MOST_ELSEWHERE: f64 = 0.5;
