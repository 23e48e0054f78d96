//! Takes `following.js` of an archive of X (Twitter). Never gives anyone to follow: the file has numbers and few names, and
//! X shows nobody to those who are no members; each is told of as such, so that nobody waits for them.

use super::{Dialect, Harvest, Head};
use crate::model::{Flaw, Phrase};

pub(super) const DIALECT: Dialect = Dialect { name: "x_following", recognise, read };

/// What stands before the JSON.
const MARK: &str = ".following.part";

/// Flaws that are told one by one; the rest is counted.
const TOLD: usize = 20;

/// Longer addresses are no page of anyone.
const LONGEST_LINK: usize = 200;

/// The one reader of this file tells it so; contacts have it too.
pub(super) fn recognise(head: &Head<'_>) -> bool {
    let start = head.start().trim_start();
    start.starts_with("window.YTD") && start.lines().next().is_some_and(|line| line.contains(MARK))
}

/// The page of each who is followed, and the line that it stands on. Whole archives are one line, or one line a field.
pub(super) fn links(text: &str) -> impl Iterator<Item = (u32, &str)> {
    (1_u32..).zip(text.lines()).flat_map(|(line, row)| {
        let parts = row.split("\"userLink\"").skip(1);
        parts.map(move |part| (line, part.split('"').nth(1).unwrap_or_default()))
    })
}

/// Where the file ends too early.
pub(super) fn cut_off(text: &str) -> bool {
    !text.trim_end().trim_end_matches(';').ends_with(']')
}

fn read(text: &str) -> Harvest {
    let mut harvest = Harvest { origin: Some("X".to_owned()), ..Harvest::default() };
    let mut people = links(text);
    for (line, link) in people.by_ref().take(TOLD) {
        let why = Phrase::new(if name(link).is_some() { "flaw.x_member" } else { "flaw.x_number" });
        let subject = link.chars().take(LONGEST_LINK).collect();
        harvest.flaws.push(Flaw { line: Some(line), subject, why });
    }
    let more = people.count();
    if more > 0 {
        let why = Phrase::new("flaw.more").with("count", more);
        harvest.flaws.push(Flaw { line: None, subject: String::new(), why });
    }
    harvest
}

/// The account that a page is of, where it says so: newer archives name some by their page, not by a number.
fn name(link: &str) -> Option<&str> {
    let (page, query) = link.split_once('?').unwrap_or((link, ""));
    let name = page.rsplit('/').next().filter(|name| !name.is_empty())?;
    (!query.contains("user_id=") && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')).then_some(name)
}

#[cfg(test)]
mod tests {
    use super::super::harvest;

    #[test]
    fn people_of_an_archive_are_told_of_and_none_is_made_up() {
        let one = |n: u32| {
            format!(
                "  {{\n    \"following\" : {{\n      \"accountId\" : \"{n}\",\n      \"userLink\" : \"https://twitter.com/intent/user?user_id={n}\"\n    }}\n  }}"
            )
        };
        let people: Vec<String> = (1..=25).map(one).collect();
        let file = format!("window.YTD.following.part0 = [\n{}\n]", people.join(",\n"));
        let (dialect, harvest) = harvest("following.js", file.as_bytes()).unwrap();
        assert_eq!((dialect.name, harvest.found.len(), harvest.flaws.len()), ("x_following", 0, 21));
        assert_eq!(harvest.flaws[0].subject, "https://twitter.com/intent/user?user_id=1");
        assert_eq!(harvest.flaws[20].why.values.get("count"), Some(&5_u32.into()));
    }

    #[test]
    fn an_archive_of_one_line_has_as_many_people_and_names_are_told_from_numbers() {
        let one = |link: &str| format!("{{\"following\":{{\"accountId\":\"1\",\"userLink\":\"{link}\"}}}}");
        let mut people = vec![one("https://twitter.com/intent/user?user_id=7"), one("https://twitter.com/ada")];
        people.extend((0..498).map(|n| one(&format!("https://twitter.com/intent/user?user_id={n}"))));
        let file = format!("window.YTD.following.part0 = [{}]", people.join(","));
        let (_, harvest) = harvest("following.js", file.as_bytes()).unwrap();
        let keys: Vec<&str> = harvest.flaws.iter().map(|flaw| flaw.why.key.as_str()).collect();
        assert_eq!(keys[..2], ["flaw.x_number", "flaw.x_member"]);
        assert_eq!(harvest.flaws[20].why.values.get("count"), Some(&480_u32.into()));
    }
}
