//! Takes `following.js` of an archive of X (Twitter). Never gives anyone to follow: the file has numbers and no names, and X
//! shows nobody by a number; each is told of as such, so that nobody waits for them.

use super::{Dialect, Harvest, Head};
use crate::model::{Flaw, Phrase};

pub(super) const DIALECT: Dialect = Dialect { name: "x_following", recognise, read };

/// What stands before the JSON.
const MARK: &str = ".following.part";

/// Flaws that are told one by one; the rest is counted.
const TOLD: usize = 20;

fn recognise(head: &Head<'_>) -> bool {
    let start = head.start().trim_start();
    start.starts_with("window.YTD") && start.lines().next().is_some_and(|line| line.contains(MARK))
}

fn read(text: &str) -> Harvest {
    let mut harvest = Harvest { origin: Some("X".to_owned()), ..Harvest::default() };
    let people: Vec<(u32, String)> =
        (1_u32..).zip(text.lines()).filter_map(|(line, row)| Some((line, link(row)?))).collect();
    for (line, subject) in people.iter().take(TOLD) {
        let why = Phrase::new("flaw.x_number");
        harvest.flaws.push(Flaw { line: Some(*line), subject: subject.clone(), why });
    }
    if people.len() > TOLD {
        let why = Phrase::new("flaw.more").with("count", people.len() - TOLD);
        harvest.flaws.push(Flaw { line: None, subject: String::new(), why });
    }
    harvest
}

/// The page of someone in a row.
fn link(row: &str) -> Option<String> {
    let value = row.split_once("\"userLink\"")?.1.split('"').nth(1)?;
    Some(value.chars().take(200).collect())
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
}
