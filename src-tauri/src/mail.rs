//! Takes a title and a link, gives the address that opens a new mail with them in the reader's own program. Never an
//! address of anybody, a file to attach, or a header: nothing but a subject and a text.

use pepites_core::model::Phrase;
use pepites_engine::contract::{Code, Problem};

use crate::shell;

/// Mail programs take addresses up to about 2,000 letters (`Outlook`); a title and a link stay below.
const LONGEST: usize = 1_900;

/// Opens a new mail with that subject and text.
#[tauri::command]
pub(crate) async fn write_mail(subject: String, text: String) -> Result<(), Problem> {
    let address = mailto(&subject, &text).ok_or_else(|| Problem::new(Code::BadInput).with("input", subject))?;
    // Where nothing opens mails, a line of a thousand escaped letters helps nobody: the text can be copied beside it.
    shell::hand_over(address).await.map_err(|problem| match problem.code {
        Code::NoBrowser => Problem { code: Code::NoBrowser, detail: Phrase::new("problem.no_mail") },
        _ => problem,
    })
}

/// None where it would be too long.
fn mailto(subject: &str, text: &str) -> Option<String> {
    // A line's end in a subject begins another header.
    let subject: String = subject.chars().map(|letter| if letter.is_control() { ' ' } else { letter }).collect();
    let text: String = text.chars().filter(|letter| !letter.is_control() || *letter == '\n').collect();
    let address = format!("mailto:?subject={}&body={}", escaped(&subject), escaped(&text.replace('\n', "\r\n")));
    (address.len() <= LONGEST).then_some(address)
}

/// RFC 6068: everything but letters, figures and `-._~` is escaped, a blank as `%20`.
fn escaped(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => char::from(byte).to_string(),
            _ => format!("%{byte:02X}"),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mail_has_a_subject_and_a_text_and_nothing_else_whatever_a_title_says() {
        assert_eq!(
            mailto("L’été & moi?", "A title\nhttps://a.example/?x=1&attach=/etc/passwd").as_deref(),
            Some(
                "mailto:?subject=L%E2%80%99%C3%A9t%C3%A9%20%26%20moi%3F&body=A%20title%0D%0Ahttps%3A%2F%2Fa.example%2F%3Fx%3D1%26attach%3D%2Fetc%2Fpasswd"
            )
        );
        let hostile = mailto("x\r\nBcc: all@a.example&attach=/etc/passwd", "y\u{1b}&to=z").unwrap();
        assert_eq!(hostile.matches('&').count(), 1, "{hostile}");
        assert_eq!(hostile.matches('?').count(), 1, "{hostile}");
        assert!(!hostile.contains("%0D") && !hostile.contains("%1B"), "{hostile}");
        assert_eq!(mailto(&"é".repeat(400), "x"), None);
    }
}
