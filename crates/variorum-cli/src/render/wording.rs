//! The fixed words of an edition: a word, a sign and a rule for each verdict. They say what stands where, and no more.

use super::page::Manner;
use variorum::edition::{Agreement, Direction, EdgeKind, Verdict};
use variorum::model::{Basis, BlockKind, Form, Location};

/// Sign, word and rule of a verdict.
pub struct Wording {
    pub sign: &'static str,
    pub word: &'static str,
    pub rule: &'static str,
    pub manner: Manner,
}

/// All verdicts, weakest first.
pub const VERDICTS: [Verdict; 9] = [
    Verdict::Single,
    Verdict::Same,
    Verdict::Punctuation,
    Verdict::Adapted,
    Verdict::Joined,
    Verdict::Trimmed,
    Verdict::SpeakerDiffers,
    Verdict::Reworded,
    Verdict::Altered,
];

/// How a verdict on readings is worded.
pub fn verdict(verdict: Verdict) -> Wording {
    let (sign, word, rule, manner) = match verdict {
        Verdict::Single => ("1", "only one reading", "no other reading was found", Manner::Muted),
        Verdict::Same => ("=", "same words", "every word is the same", Manner::Agreeing),
        Verdict::Punctuation => (
            "≈",
            "same but for punctuation",
            "only case, punctuation, spelling or contraction differ",
            Manner::Agreeing,
        ),
        Verdict::Adapted => {
            ("↔", "adapted", "person or tense shifted to fit the sentence around", Manner::Shifting)
        }
        Verdict::Joined => {
            ("∪", "joined", "the same words, together in one, apart in another", Manner::Agreeing)
        }
        Verdict::Trimmed => ("⊂", "trimmed", "one is a part of the other, words kept", Manner::Shifting),
        Verdict::SpeakerDiffers => {
            ("?", "speaker differs", "the same words, given to another speaker", Manner::Differing)
        }
        Verdict::Reworded => (
            "~",
            "reworded",
            "other words of the same sense, or words added or left out inside",
            Manner::Shifting,
        ),
        Verdict::Altered => (
            "≠",
            "altered",
            "a word of content differs: negation, number, name, modal, noun or verb",
            Manner::Differing,
        ),
    };
    Wording { sign, word, rule, manner }
}

/// All verdicts on figures.
pub const AGREEMENTS: [Agreement; 4] =
    [Agreement::Agree, Agreement::AgreeOtherDescription, Agreement::Conflict, Agreement::Single];

/// How a verdict on figures is worded.
pub fn agreement(agreement: Agreement) -> Wording {
    let (sign, word, rule, manner) = match agreement {
        Agreement::Agree => ("✓", "agree", "the values can all be true", Manner::Agreeing),
        Agreement::AgreeOtherDescription => (
            "◐",
            "same number, other description",
            "the value is the same, what is counted is called otherwise",
            Manner::Shifting,
        ),
        Agreement::Conflict => ("✗", "conflict", "the values cannot all be true", Manner::Differing),
        Agreement::Single => ("1", "one report", "only one report gives it", Manner::Muted),
    };
    Wording { sign, word, rule, manner }
}

/// How a copy was made.
pub fn edge(kind: EdgeKind) -> &'static str {
    match kind {
        EdgeKind::Verbatim => "verbatim copy",
        EdgeKind::Trimmed => "trimmed copy",
        EdgeKind::Revised => "revised copy",
        EdgeKind::Merged => "merged with others",
        EdgeKind::Translated => "translated there and back",
    }
}

/// What tells which of two came first.
pub fn direction(direction: Direction) -> &'static str {
    match direction {
        Direction::Stated => "the source is named",
        Direction::Time => "direction by time of publication",
        Direction::Text => "direction by the text",
        Direction::Unknown => "direction unknown",
    }
}

/// What a date that is worked out rests on.
pub fn basis(basis: Basis) -> &'static str {
    match basis {
        Basis::Stated => "stated",
        Basis::Weekday => "weekday",
        Basis::Relative => "report’s day",
        Basis::Metadata => "metadata",
        Basis::OtherDate => "other date",
        Basis::OtherReport => "other report",
    }
}

/// An ISO value of a date as it is read: a decade is "1970s", not "197X".
pub fn when(value: &str) -> String {
    value.strip_suffix('X').map_or_else(|| value.to_owned(), |decade| format!("{decade}0s"))
}

/// How words came, as it is read: "court filing", but "op-ed".
pub fn channel(name: &str) -> String {
    if name == "op-ed" { name.to_owned() } else { name.replace('-', " ") }
}

/// How a quotation is made, where it is not a direct one in the body.
pub fn form(form: Form) -> &'static str {
    match form {
        Form::Direct => "direct",
        Form::Partial => "partial",
        Form::Indirect => "indirect",
    }
}

/// Where a quotation stands.
pub fn location(place: Location) -> &'static str {
    match place {
        Location::Body => "body",
        Location::Headline => "headline",
        Location::Caption => "caption",
        Location::Quotation => "inside another quotation",
    }
}

/// What a part of a report is called.
pub fn block(kind: BlockKind) -> &'static str {
    match kind {
        BlockKind::Headline => "headline",
        BlockKind::Dek => "dek",
        BlockKind::Byline => "byline",
        BlockKind::Dateline => "dateline",
        BlockKind::Paragraph => "paragraph",
        BlockKind::Heading => "heading",
        BlockKind::List => "list",
        BlockKind::Table => "table",
        BlockKind::Caption => "caption",
        BlockKind::Alt => "alternative text",
        BlockKind::Credit => "credit",
        BlockKind::Slug => "slug",
        BlockKind::Crumb => "crumb",
        BlockKind::Related => "teaser",
        BlockKind::Embed => "embed",
        BlockKind::Note => "note",
        BlockKind::Legal => "legal",
        BlockKind::Duplicate => "duplicate",
        BlockKind::Other => "markup and space",
    }
}

/// How many parts of a kind: "3 captions".
pub fn blocks(kind: BlockKind, n: usize) -> String {
    match (kind, n) {
        (BlockKind::Alt, 2..) => format!("{n} alternative texts"),
        (BlockKind::Legal, _) => format!("{n} legal"),
        (_, 1) => format!("1 {}", block(kind)),
        _ => format!("{n} {}s", block(kind)),
    }
}

/// `n` with the noun in the right number.
pub fn count(n: usize, one: &str, many: &str) -> String {
    format!("{} {}", grouped(n), if n == 1 { one } else { many })
}

/// `n` with a thin grouping of thousands: 12,345.
pub fn grouped(n: usize) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// The first words of `text`, at most `limit` characters, with an ellipsis where something is left out.
pub fn clip(text: &str, limit: usize) -> String {
    let text = one_line(text);
    if text.chars().count() <= limit {
        return text;
    }
    let cut: String = text.chars().take(limit).collect();
    let whole = cut.rfind(' ').filter(|at| *at > limit / 2).map_or(cut.as_str(), |at| &cut[..at]);
    format!("{} …", whole.trim_end_matches([',', ';', ':', '.', ' ']))
}

/// `text` with every run of white space as one space.
pub fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn decades_channels_and_counts_read_as_words() {
        assert_eq!(when("197X"), "1970s");
        assert_eq!(when("2025-03-03"), "2025-03-03");
        assert_eq!(channel("op-ed"), "op-ed");
        assert_eq!(channel("court-filing"), "court filing");
        assert_eq!(count(1, "word", "words"), "1 word");
    }
}
