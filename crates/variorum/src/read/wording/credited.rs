//! Who a credit names, without what calls it a credit.
//!
//! In: the words of a credit: "(Photo: Ana Ruiz/Northlight)", "© Ana Ruiz". Out: "Ana Ruiz/Northlight", "Ana Ruiz".
//! Method: brackets around the whole, marks of copyright and labels of `lang/credits.txt` and `lang/en/credits.txt` are taken off the
//! front until nothing more comes off; a notice of copyright behind the name is left out.

use super::{CREDIT_LABELS, plain};

/// Longest label, in words.
const LABEL: usize = 3;

/// The words of `credit` that name whom it credits; empty where it is a label alone.
pub(crate) fn credited(credit: &str) -> &str {
    let mut rest = credit;
    if credit.len() > LONGEST {
        return rest;
    }
    for _ in 0..ROUNDS {
        rest = unlabelled(bare(rest));
    }
    without_notice(rest)
}

/// Longest credit, in bytes; longer words name more than a person.
const LONGEST: usize = 300;

/// Most labels and pairs of brackets that are taken off.
const ROUNDS: usize = 5;

/// Without a notice of copyright that a stroke parts from the name: "Ana Ruiz/Copyright 2025 Northlight. All rights reserved".
fn without_notice(credit: &str) -> &str {
    let word = "copyright";
    let starts = (1..credit.len().saturating_sub(word.len()))
        .filter(|&at| credit.get(at..at + word.len()).is_some_and(|found| found.eq_ignore_ascii_case(word)));
    let before = starts
        .map(|at| credit[..at].trim_end())
        .find(|before| before.ends_with(['/', '-', '–', '—', '|', '·', '•']));
    let name = before
        .map(|before| before.trim_end_matches(|c: char| !c.is_alphanumeric() && !matches!(c, ')' | '.')));
    name.filter(|name| !name.is_empty()).unwrap_or(credit)
}

/// Without white space, strokes and brackets around the whole.
fn bare(credit: &str) -> &str {
    let is_edge =
        |c: char| c.is_whitespace() || matches!(c, '-' | '–' | '—' | '|' | ',' | ';' | '/' | '·' | '•');
    let mut inner = credit.trim_matches(is_edge);
    for (open, close) in [('(', ')'), ('[', ']'), ('（', '）'), ('【', '】')] {
        let pair = inner.strip_prefix(open).and_then(|rest| rest.strip_suffix(close));
        let alone = inner.strip_prefix(open).filter(|rest| !rest.contains(close));
        let alone = alone.or_else(|| inner.strip_suffix(close).filter(|rest| !rest.contains(open)));
        inner = pair.filter(|rest| is_even(rest, open, close)).or(alone).unwrap_or(inner);
    }
    inner.trim_matches(is_edge)
}

/// Whether each bracket in `words` that closes has one before it that opens.
fn is_even(words: &str, open: char, close: char) -> bool {
    let steps = words.chars().filter_map(|c| (c == open).then_some(1).or((c == close).then_some(-1)));
    let mut depth = 0;
    steps.into_iter().all(|step: i32| {
        depth += step;
        depth >= 0
    })
}

/// Without the mark or label at its front.
fn unlabelled(credit: &str) -> &str {
    let marks = ["©", "(c)", "(C)", "Copyright:", "Copyright", "COPYRIGHT", "&copy;"];
    if let Some(rest) = marks.iter().find_map(|mark| credit.strip_prefix(mark)) {
        return if rest.starts_with(char::is_alphabetic) && !credit.starts_with(['©', '(']) {
            credit
        } else {
            rest
        };
    }
    // "Photo:", "写真：", "사진=".
    let colon = credit.char_indices().take(40).find(|(_, c)| matches!(c, ':' | '：' | '=' | '＝' | '／'));
    if let Some((at, sign)) = colon
        && CREDIT_LABELS.contains(plain(&credit[..at]).trim())
    {
        return &credit[at + sign.len_utf8()..];
    }
    // "Photo by Ana Ruiz", "Foto von Ana Ruiz": labels that a name follows without a sign.
    let ends = credit.match_indices(' ').map(|(at, _)| at).take(LABEL);
    let label = ends.filter(|&at| is_joined(&plain(&credit[..at]))).last();
    label.map_or(credit, |at| &credit[at..])
}

/// Whether a label ends in a word like "by": "photo by", "foto von".
fn is_joined(label: &str) -> bool {
    let Some((words, last)) = label.rsplit_once(' ') else { return false };
    matches!(last, "by" | "von" | "par" | "por" | "di" | "of" | "door" | "av" | "af")
        && (CREDIT_LABELS.contains(words) || CREDIT_LABELS.contains(label))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_alone() {
        let check = |credit: &str, name: &str| assert_eq!(credited(credit), name, "{credit}");
        check("Photo: Ana Ruiz/Northlight", "Ana Ruiz/Northlight");
        check("(Image: Kestrel via Northlight)", "Kestrel via Northlight");
        check("© Ana Ruiz | Northlight", "Ana Ruiz | Northlight");
        check("Foto: Bild: AR/NORTHLIGHT", "AR/NORTHLIGHT");
        check("Foto: Ana Ruiz (Northlight) ", "Ana Ruiz (Northlight)");
        check("Picture by Ana Ruiz", "Ana Ruiz");
        check("写真：共同）", "共同");
        check("사진=연합뉴스", "연합뉴스");
        check("Copyright Ana Ruiz/Kestrel", "Ana Ruiz/Kestrel");
        check("Copyrighted Northlight", "Copyrighted Northlight");
        check("Ana Ruiz/Copyright 2025 Northlight. All rights reserved", "Ana Ruiz");
        check("Northlight - Copyright Ana Ruiz", "Northlight");
        check("Northlight Images", "Northlight Images");
        check("(Northlight)", "Northlight");
        check("(Photo: Ana Ruiz (Northlight))", "Ana Ruiz (Northlight)");
        check("(Ana Ruiz) / (Bo Lind)", "(Ana Ruiz) / (Bo Lind)");
        check("Image:", "");
        check("", "");
    }
}
