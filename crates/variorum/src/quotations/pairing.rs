//! Decides which mark opens, which closes, and what stands between.
//!
//! In: the marks of one block. Out: [`Pairing`]: pairs with their nesting, marks that stay open, and a closing mark at
//! the head of the block that belongs to something opened before. A stack, as for brackets; for straight marks, whose
//! shape does not tell, it is run under several hypotheses and the reading with the fewest orphans is taken.
//! Leaves: where a quotation ends that no mark closes (`passages`).

use super::marks::{Mark, Shape, Side};

/// Beyond this many marks in one block only the first hypothesis is tried: such a block is not prose.
const MANY_MARKS: usize = 4000;

/// How many single marks ahead the closing one is looked for.
const LOOKAHEAD: usize = 48;

/// Two marks that belong together, or one that stays open.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub struct Pair {
    /// Index of the opening mark; `None` where only the closing one stands.
    pub open: Option<usize>,
    /// Index of the closing mark.
    pub close: Option<usize>,
    /// Index of the pair it is nested in.
    pub parent: Option<usize>,
}

/// All pairs of a block.
#[derive(Clone, Debug, Default)]
pub struct Pairing {
    /// In the order of their first mark.
    pub pairs: Vec<Pair>,
    cost: usize,
}

#[derive(Copy, Clone)]
struct Hypothesis {
    /// Straight marks alternate, whatever stands beside them.
    alternate: bool,
    /// A straight double mark right behind a digit is a unit.
    inches: bool,
}

const HYPOTHESES: [Hypothesis; 4] = [
    Hypothesis { alternate: false, inches: true },
    Hypothesis { alternate: false, inches: false },
    Hypothesis { alternate: true, inches: false },
    Hypothesis { alternate: true, inches: true },
];

/// The pairs among `marks`. `is_open` says that a quotation of an earlier paragraph may still be open here.
pub fn pair(marks: &[Mark], is_open: bool) -> Pairing {
    let straight = marks.iter().any(|mark| mark.side == Side::Straight && mark.shape == Shape::Double);
    let tried = if straight && marks.len() <= MANY_MARKS { HYPOTHESES.len() } else { 1 };
    let mut best: Option<Pairing> = None;
    for hypothesis in &HYPOTHESES[..tried] {
        let mut reading = Reader::new(marks, *hypothesis, is_open);
        let pairing = reading.run();
        if best.as_ref().is_none_or(|best| pairing.cost < best.cost) {
            best = Some(pairing);
        }
    }
    best.unwrap_or_default()
}

struct Reader<'a> {
    marks: &'a [Mark],
    hypothesis: Hypothesis,
    is_open: bool,
    /// Angle marks point inwards: »so«.
    reversed_angles: bool,
    /// Indices of pairs that are open.
    stack: Vec<usize>,
    pairing: Pairing,
    /// For a single mark that opens: where it closes.
    single_closes: Vec<usize>,
}

impl<'a> Reader<'a> {
    fn new(marks: &'a [Mark], hypothesis: Hypothesis, is_open: bool) -> Reader<'a> {
        let first_angle = marks.iter().find(|mark| mark.shape == Shape::Angle);
        Reader {
            marks,
            hypothesis,
            is_open,
            reversed_angles: first_angle.is_some_and(|mark| mark.side == Side::Right && mark.can_open()),
            stack: Vec::new(),
            pairing: Pairing::default(),
            single_closes: Vec::new(),
        }
    }

    fn run(&mut self) -> Pairing {
        for at in 0..self.marks.len() {
            match self.marks[at].shape {
                Shape::Double => self.double(at),
                Shape::Single => self.single(at),
                Shape::Angle => self.angle(at),
            }
        }
        self.pairing.cost += 2 * self.stack.len();
        self.release_children();
        std::mem::take(&mut self.pairing)
    }

    /// What stands in a pair that never closes is not nested in it.
    fn release_children(&mut self) {
        for at in 0..self.pairing.pairs.len() {
            // Parents come first, so theirs is already right.
            if let Some(of) = self.pairing.pairs[at].parent
                && self.pairing.pairs[of].close.is_none()
            {
                self.pairing.pairs[at].parent = self.pairing.pairs[of].parent;
            }
        }
    }

    fn double(&mut self, at: usize) {
        let mark = self.marks[at];
        let open = self.top(Shape::Double);
        match mark.side {
            Side::Low if mark.can_open() => self.open(at),
            Side::Low => {}
            Side::Left => {
                let low = open.is_some_and(|pair| self.side_of(pair) == Side::Low);
                let wrong_way = mark.can_close() && !mark.can_open() && !mark.before.is_whitespace();
                if open.is_some() && (low && mark.can_close() || wrong_way) {
                    self.close(at, Shape::Double)
                } else {
                    self.open(at)
                }
            }
            Side::Right => {
                let wrong_way = mark.before.is_whitespace() && mark.after.is_alphanumeric();
                if open.is_some() && !wrong_way {
                    self.close(at, Shape::Double);
                } else if mark.can_open() {
                    self.open(at);
                } else {
                    self.orphan(at);
                }
            }
            Side::Straight => self.straight(at, open.is_some()),
        }
    }

    fn straight(&mut self, at: usize, is_inside: bool) {
        let mark = self.marks[at];
        if self.hypothesis.inches
            && mark.before.is_ascii_digit()
            && !(is_inside && mark.can_close() && !self.another_close(at))
        {
            return;
        }
        let opens = if self.hypothesis.alternate {
            !is_inside
        } else {
            match (mark.can_open(), mark.can_close()) {
                (true, false) => true,
                (false, true) => !is_inside && matches!(mark.before, ',' | ':') && self.another_close(at),
                _ => !is_inside,
            }
        };
        let awkward = if opens {
            mark.before.is_alphanumeric() || mark.after.is_whitespace()
        } else {
            mark.after.is_alphanumeric() || mark.before.is_whitespace()
        };
        self.pairing.cost += usize::from(awkward);
        if !opens {
            if is_inside {
                self.close(at, Shape::Double)
            } else {
                self.orphan(at)
            }
            return;
        }
        if is_inside && self.side_of(self.stack[self.stack.len() - 1]) == Side::Straight {
            self.drop_open();
        }
        self.open(at);
    }

    /// Whether the next double mark closes without opening.
    fn another_close(&self, at: usize) -> bool {
        self.marks[at + 1..]
            .iter()
            .find(|mark| mark.shape == Shape::Double)
            .is_some_and(|mark| mark.can_close() && !mark.can_open() && !mark.before.is_ascii_digit())
    }

    /// A straight mark opens while another is open: the other one stays open for good.
    fn drop_open(&mut self) {
        self.stack.pop();
        self.pairing.cost += 3;
    }

    fn angle(&mut self, at: usize) {
        let opens = (self.marks[at].side == Side::Left) != self.reversed_angles;
        if opens {
            self.open(at);
        } else if self.top(Shape::Angle).is_some() {
            self.close(at, Shape::Angle);
        } else {
            self.orphan(at);
        }
    }

    fn single(&mut self, at: usize) {
        if self.single_closes.last() == Some(&at) {
            self.single_closes.pop();
            if self.top(Shape::Single).is_some() {
                self.close(at, Shape::Single);
            }
            return;
        }
        let mark = self.marks[at];
        if mark.can_open()
            && !mark.after.is_ascii_digit()
            && let Some(close) = self.single_close(at)
        {
            self.open(at);
            self.single_closes.push(close);
        }
    }

    /// The mark that closes the single mark at `at`: the first one that punctuation stands beside, else the first
    /// that is not a plural's apostrophe, else the last one.
    fn single_close(&self, at: usize) -> Option<usize> {
        let mut weak = None;
        let mut doubles = self.top(Shape::Double).map(|_| 0);
        let outer = self.single_closes.last().copied().unwrap_or(usize::MAX);
        for next in at + 1..(at + 1 + LOOKAHEAD).min(self.marks.len()).min(outer) {
            let mark = self.marks[next];
            if mark.shape == Shape::Double
                && let Some(depth) = doubles.as_mut()
            {
                // The quotation around ends here.
                if *depth == 0 && mark.can_close() && !mark.can_open() {
                    break;
                }
                *depth = if mark.can_open() { *depth + 1 } else { *depth - 1i32 };
            }
            if mark.shape != Shape::Single || !mark.can_close() || mark.side == Side::Low {
                if mark.shape == Shape::Single && mark.side == Side::Left && weak.is_some() {
                    break;
                }
                continue;
            }
            let beside = matches!(mark.before, ',' | '.' | '!' | '?' | '…' | '—')
                || matches!(mark.after, ',' | '.' | ';' | ':' | '!' | '?' | ')' | '\n' | '\r' | '”' | '"');
            if beside && (mark.before != 's' || weak.is_none()) {
                return Some(next);
            }
            if weak.is_none_or(|kept: usize| self.marks[kept].before == 's') {
                weak = Some(next);
            }
            if mark.before != 's' {
                return weak;
            }
        }
        weak
    }

    fn side_of(&self, pair: usize) -> Side {
        self.pairing.pairs[pair].open.map_or(Side::Straight, |open| self.marks[open].side)
    }

    /// The innermost open pair, if it is of `shape`.
    fn top(&self, shape: Shape) -> Option<usize> {
        self.stack.last().copied().filter(|pair| self.shape_of(*pair) == shape)
    }

    fn shape_of(&self, pair: usize) -> Shape {
        self.pairing.pairs[pair].open.map_or(Shape::Double, |open| self.marks[open].shape)
    }

    fn open(&mut self, at: usize) {
        let parent = self.stack.last().copied();
        self.stack.push(self.pairing.pairs.len());
        self.pairing.pairs.push(Pair { open: Some(at), close: None, parent });
    }

    fn close(&mut self, at: usize, shape: Shape) {
        if self.top(shape).is_some()
            && let Some(pair) = self.stack.pop()
        {
            self.pairing.pairs[pair].close = Some(at);
        }
    }

    /// A closing mark with nothing open. At the head of a block it may close what an earlier block opened.
    fn orphan(&mut self, at: usize) {
        let expected = self.is_open && self.pairing.pairs.is_empty();
        self.pairing.cost += if expected { 0 } else { 3 };
        self.pairing.pairs.push(Pair { open: None, close: Some(at), parent: None });
    }
}
