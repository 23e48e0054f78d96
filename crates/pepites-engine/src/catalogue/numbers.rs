//! Takes numbers and sizes, gives them with the separators and units of a language.

use pepites_core::model::Phrase;

use super::Language;

/// Bytes in the next unit: disks and their sellers count in thousands, and so does the reader's file manager.
const THOUSAND: f64 = 1000.0;

impl Language {
    /// A number: thousands apart, at most two decimals, none where there are none.
    #[must_use]
    pub fn number(self, number: f64) -> String {
        let (thousands, decimal) = match self {
            Self::English => (',', '.'),
            // U+202F, the narrow no-break space that French typography asks for.
            Self::French => ('\u{202f}', ','),
        };
        let fixed = format!("{number:.2}");
        let (whole, decimals) = fixed.split_once('.').unwrap_or((fixed.as_str(), ""));
        let (sign, digits) = match whole.strip_prefix('-') {
            Some(digits) => ("-", digits),
            None => ("", whole),
        };
        let mut shown = String::from(sign);
        for (place, digit) in digits.chars().enumerate() {
            if place > 0 && (digits.len() - place).is_multiple_of(3) {
                shown.push(thousands);
            }
            shown.push(digit);
        }
        let decimals = decimals.trim_end_matches('0');
        if !decimals.is_empty() {
            shown.push(decimal);
            shown.push_str(decimals);
        }
        if shown == "-0" { "0".to_owned() } else { shown }
    }

    /// A size on the disk: "12.3 MB", « 12,3 Mo ».
    #[must_use]
    pub fn size(self, bytes: u64) -> String {
        #[expect(clippy::cast_precision_loss, reason = "a library shown to a tenth of a unit")]
        let mut amount = bytes as f64;
        if amount < THOUSAND {
            let phrase = Phrase::new("size.bytes").with("count", amount);
            return self.say(&phrase.with("number", amount));
        }
        amount /= THOUSAND;
        let mut unit = "size.kilobytes";
        for larger in ["size.megabytes", "size.gigabytes"] {
            if amount < THOUSAND {
                break;
            }
            amount /= THOUSAND;
            unit = larger;
        }
        self.say(&Phrase::new(unit).with("number", (amount * 10.0).round() / 10.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_stand_as_each_language_writes_them() {
        for (number, english, french) in [
            (0.0, "0", "0"),
            (-0.001, "0", "0"),
            (7.0, "7", "7"),
            (999.0, "999", "999"),
            (1000.0, "1,000", "1\u{202f}000"),
            (1_234_567.5, "1,234,567.5", "1\u{202f}234\u{202f}567,5"),
            (-1234.0, "-1,234", "-1\u{202f}234"),
            (0.256, "0.26", "0,26"),
            (2.10, "2.1", "2,1"),
        ] {
            assert_eq!(Language::English.number(number), english);
            assert_eq!(Language::French.number(number), french);
        }
    }

    #[test]
    fn sizes_are_said_in_the_unit_that_reads_best() {
        for (bytes, english, french) in [
            (1, "1 byte", "1\u{a0}octet"),
            (512, "512 bytes", "512\u{a0}octets"),
            (12_345, "12.3 kB", "12,3\u{a0}ko"),
            (12_345_678, "12.3 MB", "12,3\u{a0}Mo"),
            (1_230_000_000, "1.2 GB", "1,2\u{a0}Go"),
            (1_230_000_000_000, "1,230 GB", "1\u{202f}230\u{a0}Go"),
        ] {
            assert_eq!(Language::English.size(bytes), english);
            assert_eq!(Language::French.size(bytes), french);
        }
    }
}
