//! Finds where the report stands in a page that was flattened to lines with all its navigation.
//!
//! In: how each line looks. Out: the stretches of lines that hold the report, or `None` where the text is no such
//! page. Method: prose has long lines that end as sentences do and stand together; navigation has short lines that end
//! with a word. Each line weighs for or against the report, a line of prose the more the more prose stands around it,
//! and the heaviest stretches are found by dynamic programming over two states (report or not), as in the
//! maximum-subsequence segmentation of Pasternack and Roth, "Extracting article text from the web with maximum
//! subsequence segmentation" (WWW 2009), with a cost for each change of state. No word of any language is needed; what
//! wording knows of furniture is evidence besides.
//! Leaves: pages whose report is shorter than what else they tell.

use std::ops::Range;

/// What a line shows of itself.
#[derive(Copy, Clone, Debug, Default)]
pub(super) struct Look {
    /// Words; two characters of a script without spaces count as one.
    pub words: usize,
    /// Ends as a sentence or a part of one does.
    pub stops: bool,
    /// Begins with the mark of a list.
    pub is_item: bool,
    /// Holds no word, or is a short line that the text has several times: it says nothing of its neighbours.
    pub is_blank: bool,
    /// A line of several words that stood before.
    pub is_repeat: bool,
    /// Furniture by its wording.
    pub is_furniture: bool,
    /// A line of several words that the page has a few times, as headlines are repeated.
    pub is_title: bool,
}

impl Look {
    /// A line that a report's paragraph may be.
    fn is_prose(self) -> bool {
        let is_long = self.words >= 30 || (self.stops && self.words >= 8);
        is_long && !self.is_blank && !self.is_repeat && !self.is_furniture
    }

    /// A line that says nothing of its neighbours: a report may have it between any two paragraphs.
    fn is_passed_over(self) -> bool {
        self.is_blank || (self.is_furniture && self.words <= 12)
    }

    /// A short sentence.
    fn is_sentence(self) -> bool {
        self.stops && self.words >= 4 && !self.is_blank && !self.is_furniture
    }
}

// The weights are in words of prose, in halves; set on the dev half of `lines_page`; rerun `variorum eval extraction`.

/// What a line of prose loses for the company it lacks: of its neighbours prose counts three, a short sentence one; of
/// the lines behind those prose counts one.
const LONELY: [i64; 9] = [80, 64, 48, 20, 12, 8, 4, 2, 0];
/// Words of prose that count, so that one endless line does not outweigh a report.
const LONGEST: i64 = 50;
/// What a short line that ends with a word costs.
const BARE: i64 = 8;
/// What the mark of a list costs a line of prose.
const ITEM: i64 = 16;
/// What furniture of some length costs.
const FURNITURE: i64 = 20;
/// What it costs that the report begins here.
const START: i64 = 24;
/// How many lines may lie between two stretches of one report.
const GAP: usize = 40;
/// How many, whatever they weigh.
const NARROW: usize = 8;
/// How many lines above a stretch its headline may stand.
const ABOVE: usize = 16;

/// Least number of short lines above and below the report of a flattened page, and of all lines one in how many they
/// are; in texts that hold less of them the wording tells more than the place.
pub(super) const LEAST_BARE: usize = 14;
/// See [`LEAST_BARE`].
const LEAST_SHARE: usize = 6;

/// The stretches of lines that hold the report, in order, if `looks` are the lines of a flattened page.
pub(super) fn stretches(looks: &[Look]) -> Option<Vec<Range<usize>>> {
    let weights = weights(looks);
    let mut found = chosen(&heaviest(&weights), looks);
    found.extend(longest(looks).filter(|_| found.is_empty()));
    let (first, last) = (found.first()?.start, found.last()?.end);
    let around = looks[..first].iter().chain(&looks[last..]);
    let bare = around.filter(|look| !look.is_prose() && !look.is_sentence()).count();
    (bare >= LEAST_BARE && bare * LEAST_SHARE >= looks.len()).then_some(found)
}

/// The longest line of prose, which may be all the report there is.
fn longest(looks: &[Look]) -> Option<Range<usize>> {
    let prose = (0..looks.len()).filter(|&at| looks[at].is_prose() && looks[at].words >= 30);
    prose.max_by_key(|&at| (looks[at].words, std::cmp::Reverse(at))).map(|at| at..at + 1)
}

/// What each line weighs for the report.
fn weights(looks: &[Look]) -> Vec<i64> {
    let told: Vec<usize> = (0..looks.len()).filter(|&at| !looks[at].is_passed_over()).collect();
    let mut weights: Vec<i64> = looks.iter().map(|look| if look.is_furniture { -BARE } else { -1 }).collect();
    for (rank, &at) in told.iter().enumerate() {
        let at_rank = |rank: Option<usize>| rank.and_then(|rank| told.get(rank)).map(|&near| looks[near]);
        let next = [at_rank(rank.checked_sub(1)), at_rank(Some(rank + 1))];
        let behind = [at_rank(rank.checked_sub(2)), at_rank(Some(rank + 2))];
        let company = next.into_iter().flatten().map(company).sum::<usize>()
            + behind.into_iter().flatten().filter(|near| near.is_prose()).count();
        weights[at] = weight(looks[at], company);
    }
    weights
}

/// How much prose a neighbour is.
fn company(look: Look) -> usize {
    if look.is_prose() { 3 } else { usize::from(look.is_sentence()) }
}

fn weight(look: Look, company: usize) -> i64 {
    let words = i64::try_from(look.words).unwrap_or(i64::MAX).min(LONGEST) * 2;
    let item = if look.is_item { ITEM } else { 0 };
    if look.is_prose() {
        words - LONELY[company.min(LONELY.len() - 1)] - item
    } else if look.is_furniture && look.words >= 8 {
        -FURNITURE
    } else if look.is_repeat || look.is_sentence() {
        0
    } else {
        -BARE - item / 4
    }
}

/// Stretches in order, with what each weighs.
fn heaviest(weights: &[i64]) -> Vec<(Range<usize>, i64)> {
    let (mut outside, mut inside) = (0_i64, i64::MIN / 2);
    let mut from = Vec::with_capacity(weights.len());
    for &weight in weights {
        let (stays, enters) = (inside, outside - START);
        from.push((inside > outside, stays >= enters));
        outside = outside.max(inside);
        inside = stays.max(enters) + weight;
    }
    let mut is_inside = inside > outside;
    let mut found: Vec<(Range<usize>, i64)> = Vec::new();
    for at in (0..weights.len()).rev() {
        if is_inside {
            match found.last_mut() {
                Some((stretch, sum)) if stretch.start == at + 1 => {
                    stretch.start = at;
                    *sum += weights[at];
                }
                _ => found.push((at..at + 1, weights[at])),
            }
        }
        let (left, stayed) = from[at];
        is_inside = if is_inside { stayed } else { left };
    }
    found.reverse();
    found
}

/// The heaviest stretch, and those near it that are not small beside it.
fn chosen(found: &[(Range<usize>, i64)], looks: &[Look]) -> Vec<Range<usize>> {
    let rank = |at: usize| (promise(&found[at], looks), std::cmp::Reverse(at));
    let Some(best) = (0..found.len()).max_by_key(|&at| rank(at)) else { return Vec::new() };
    let is_one = |left: usize, right: usize, other: usize| {
        let gap = found[right].0.start - found[left].0.end;
        gap <= NARROW && found[other].1 >= 2 * LONGEST || gap <= GAP && found[other].1 * 7 >= found[best].1
    };
    let mut first = best;
    while first > 0 && is_one(first - 1, first, first - 1) {
        first -= 1;
    }
    let mut last = best;
    while last + 1 < found.len() && is_one(last, last + 1, last + 1) {
        last += 1;
    }
    joined(found[first..=last].iter().map(|(stretch, _)| stretch.clone()))
}

/// Stretches with only a few lines between them are one.
fn joined(stretches: impl Iterator<Item = Range<usize>>) -> Vec<Range<usize>> {
    let mut joined: Vec<Range<usize>> = Vec::new();
    for stretch in stretches {
        match joined.last_mut() {
            Some(last) if stretch.start - last.end <= NARROW => last.end = stretch.end,
            _ => joined.push(stretch),
        }
    }
    joined
}

/// What a stretch weighs as a report: one at the end of the page two thirds, one below its headline half as much again.
fn promise((stretch, weight): &(Range<usize>, i64), looks: &[Look]) -> i64 {
    let count = i64::try_from(looks.len()).unwrap_or(i64::MAX);
    let start = i64::try_from(stretch.start).unwrap_or(0);
    let above = &looks[stretch.start.saturating_sub(ABOVE)..stretch.start];
    let titled = if above.iter().any(|look| look.is_title) { 3 } else { 2 };
    weight.saturating_mul(3 * count - start).saturating_mul(titled) / count.max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each line of the picture is one letter: p prose, t a teaser's text, s a short sentence, b a bare line, i an item, r blank.
    fn check(picture: &str, expected: &str) {
        let looks: Vec<Look> = picture.chars().map(look).collect();
        let mut found = vec!['.'; looks.len()];
        for stretch in stretches(&looks).unwrap_or_default() {
            found[stretch].fill('#');
        }
        assert_eq!(found.into_iter().collect::<String>(), expected, "{picture}");
    }

    fn look(letter: char) -> Look {
        match letter {
            'p' => Look { words: 35, stops: true, ..Look::default() },
            't' => Look { words: 18, stops: true, ..Look::default() },
            's' => Look { words: 5, stops: true, ..Look::default() },
            'i' => Look { words: 2, is_item: true, ..Look::default() },
            'r' => Look { words: 2, is_blank: true, ..Look::default() },
            _ => Look { words: 4, ..Look::default() },
        }
    }

    #[test]
    fn the_report_is_where_prose_stands_together() {
        check("bbiiiiiiiibbppppppbpppbbbiiiiiibb", "............##########...........");
        check("iiiiiiiibbppppbbbbbbbbbbpppppppibibib", "..........####..........#######......");
        check("iiiiiiiibbpprppprppprpprpbibibibibib", "..........###############...........");
        // A teaser's paragraph has a headline to itself.
        check("iiiiiiiibbppppppbbtbbtbbtbbtbbiiiiii", "..........######....................");
        check("iiiiiiiiiiiibpbbiiiiiiiiibbb", ".............#..............");
    }

    #[test]
    fn other_texts_are_left_alone() {
        check("bbpppp", "......");
        check("bpppppppppppppppppppppppppppppppppbb", "....................................");
        check("bbbbbbbbbbbbbbbbbbbbbbbbbbbbbb", "..............................");
    }
}
