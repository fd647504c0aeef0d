//! The half of `variorum eval pronouns` on GUM: clusters of names and pronouns.

use super::{annotated, clusters, prediction, span};
use crate::eval::bars::Bars;
use crate::eval::rates::{f1, share};
use crate::eval::reports;
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use variorum::model::{self, Annotated, MentionForm};
use variorum::span::Span;

/// Third-person pronouns whose reading is counted.
const THIRD_PERSON: &str = "he him his himself she her hers herself they them their theirs themselves";

/// A name or pronoun of the gold.
struct Mention {
    start: usize,
    end: usize,
    head: (usize, usize),
    cluster: String,
    is_name: bool,
}

/// A mention of the gold by index, or one that only we have, by cluster and place in it.
#[derive(Copy, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Link {
    Gold(usize),
    Ours(usize, usize),
}

type Cluster = BTreeSet<Link>;

/// Prints the measures of `gum.jsonl`.
pub fn run(folder: &Path, predictions: Option<&Path>, errors: usize, bars: &mut Bars) -> anyhow::Result<()> {
    let cases = annotated(&folder.join("gum.jsonl"))?;
    let mut tally = Tally::default();
    let mut lines = Vec::new();
    for (row, found) in &cases {
        let ours = clusters(found, |mention| titled(found, mention));
        tally.add(row, &ours);
        lines.push(prediction(row, &ours));
    }
    println!("== gum: {} reports", cases.len());
    bars.set("gum");
    tally.print(bars);
    tally.wrong.iter().take(errors).for_each(|line| println!("-- {line}"));
    match predictions {
        Some(out) => reports::write(&out.join("gum.jsonl"), &lines),
        None => Ok(()),
    }
}

/// A name with the title of its bearer where it stands before it, else the mention as it is.
fn titled(found: &Annotated, mention: &model::Mention) -> Span {
    let entity = mention.entity.filter(|_| mention.form == MentionForm::Name);
    let role = entity.and_then(|entity| found.entities[entity].role.as_deref()).unwrap_or_default();
    let before = found.report.text[..mention.span.start()].strip_suffix(' ');
    match before.filter(|before| role.starts_with(char::is_uppercase) && before.ends_with(role)) {
        Some(before) => Span::new(before.len() - role.len(), mention.span.end()),
        None => mention.span,
    }
}

/// Names and pronouns of the gold.
fn mentions(row: &Value) -> Vec<Mention> {
    let mention = |mention: &Value| {
        let kind = mention[4].as_str().filter(|kind| ["name", "pronoun"].contains(kind))?;
        let at = |at: usize| mention[at].as_u64().and_then(|at| usize::try_from(at).ok());
        let (start, end) = span(mention)?;
        let cluster = mention[2].as_str()?.to_owned();
        Some(Mention { start, end, head: (at(5)?, at(6)?), cluster, is_name: kind == "name" })
    };
    row["mentions"].as_array().into_iter().flatten().filter_map(mention).collect()
}

/// Clusters of two or more of the gold's mentions.
fn gold_clusters(mentions: &[Mention]) -> Vec<Cluster> {
    let mut clusters: BTreeMap<&str, Cluster> = BTreeMap::new();
    for (at, mention) in mentions.iter().enumerate() {
        clusters.entry(&mention.cluster).or_default().insert(Link::Gold(at));
    }
    clusters.into_values().filter(|cluster| cluster.len() > 1).collect()
}

/// Our clusters, each mention as the gold's that it matches: it covers the head and lies within; the shortest such.
fn our_clusters(mentions: &[Mention], ours: &[Vec<(usize, usize)>]) -> Vec<Cluster> {
    let mut used = BTreeSet::new();
    let mut clusters = Vec::new();
    for (number, spans) in ours.iter().enumerate() {
        let mut cluster = Cluster::new();
        for (place, &(start, end)) in spans.iter().enumerate() {
            let fits = |mention: &Mention| {
                start <= mention.head.0
                    && end >= mention.head.1
                    && start >= mention.start
                    && end <= mention.end
            };
            let hit = (0..mentions.len())
                .filter(|at| !used.contains(at) && fits(&mentions[*at]))
                .min_by_key(|at| mentions[*at].end - mentions[*at].start);
            cluster.insert(hit.map_or(Link::Ours(number, place), Link::Gold));
            used.extend(hit);
        }
        if cluster.len() > 1 {
            clusters.push(cluster);
        }
    }
    clusters
}

/// Part and whole of recall, then of precision.
#[derive(Default)]
struct Rates([f64; 4]);

impl Rates {
    fn add(&mut self, recall: (f64, f64), precision: (f64, f64)) {
        let more = [recall.0, recall.1, precision.0, precision.1];
        self.0.iter_mut().zip(more).for_each(|(sum, more)| *sum += more);
    }

    /// Recall, precision, F1.
    fn shown(&self) -> [f64; 3] {
        let [found, gold, right, ours] = self.0;
        let (r, p) = (share(found, gold), share(right, ours));
        [r, p, f1(p, r)]
    }
}

#[derive(Default)]
struct Tally {
    muc: Rates,
    b_cubed: Rates,
    ceaf: Rates,
    pronouns: usize,
    right: usize,
    wrong: Vec<String>,
}

impl Tally {
    fn add(&mut self, row: &Value, ours: &[Vec<(usize, usize)>]) {
        let mentions = mentions(row);
        let (gold, ours) = (gold_clusters(&mentions), our_clusters(&mentions, ours));
        self.muc.add(muc(&gold, &ours), muc(&ours, &gold));
        self.b_cubed.add(b_cubed(&gold, &ours), b_cubed(&ours, &gold));
        let alike = ceaf(&gold, &ours);
        self.ceaf.add((alike, gold.len() as f64), (alike, ours.len() as f64));
        self.count_pronouns(row["text"].as_str().unwrap_or_default(), &mentions, &gold, &ours);
    }

    fn count_pronouns(&mut self, text: &str, mentions: &[Mention], gold: &[Cluster], ours: &[Cluster]) {
        let third: BTreeSet<&str> = THIRD_PERSON.split(' ').collect();
        let (gold, ours) = (holders(gold), holders(ours));
        let is_name = |link: &Link| matches!(link, Link::Gold(at) if mentions[*at].is_name);
        for (at, mention) in mentions.iter().enumerate().filter(|(_, mention)| !mention.is_name) {
            let word = text.get(mention.start..mention.end).unwrap_or_default().to_lowercase();
            let cluster = gold.get(&Link::Gold(at)).filter(|cluster| cluster.iter().any(is_name));
            let Some(cluster) = cluster.filter(|_| third.contains(word.as_str())) else { continue };
            let is_right = ours
                .get(&Link::Gold(at))
                .is_some_and(|ours| ours.iter().any(|link| is_name(link) && cluster.contains(link)));
            self.pronouns += 1;
            self.right += usize::from(is_right);
            if !is_right {
                self.wrong.push(wrong(text, mention, cluster, ours.get(&Link::Gold(at)).copied(), mentions));
            }
        }
    }

    fn print(&self, bars: &mut Bars) {
        let mut sum = 0.0;
        for (name, rates) in [("MUC", &self.muc), ("B3", &self.b_cubed), ("CEAFe", &self.ceaf)] {
            let [r, p, f] = rates.shown();
            sum += f;
            println!("{name} R {r:.3} P {p:.3} F1 {f:.3}");
        }
        println!("mean F1 {:.3}{}", sum / 3.0, bars.held("mean F1", sum / 3.0));
        let rate = share(self.right as f64, self.pronouns as f64);
        let bar = bars.held("third-person pronouns", rate);
        println!("third-person pronouns {}/{} = {rate:.3}{bar}", self.right, self.pronouns);
    }
}

/// A pronoun that is wrong, with a name of the gold's cluster and one of ours.
fn wrong(
    text: &str,
    pronoun: &Mention,
    gold: &Cluster,
    ours: Option<&Cluster>,
    mentions: &[Mention],
) -> String {
    let name = |cluster: &Cluster| {
        let names = cluster.iter().filter_map(|link| match link {
            Link::Gold(at) if mentions[*at].is_name => text.get(mentions[*at].start..mentions[*at].end),
            _ => None,
        });
        names.max_by_key(|name| name.len()).unwrap_or("no name of the gold").to_owned()
    };
    let ours = ours.map_or("nobody".to_owned(), name);
    let context = reports::in_context(text, pronoun.start, pronoun.end);
    format!("{} ≠ {ours}: {context}", name(gold))
}

/// The cluster of each link.
fn holders(clusters: &[Cluster]) -> BTreeMap<Link, &Cluster> {
    clusters.iter().flat_map(|cluster| cluster.iter().map(move |link| (*link, cluster))).collect()
}

/// Links of `a` kept in `b`, of how many (Vilain and others 1995).
fn muc(a: &[Cluster], b: &[Cluster]) -> (f64, f64) {
    let (mut kept, mut all) = (0, 0);
    let covered = holders(b);
    for cluster in a {
        let parts = b.iter().filter(|other| !cluster.is_disjoint(other)).count();
        let alone = cluster.iter().filter(|link| !covered.contains_key(link)).count();
        kept += cluster.len() - parts - alone;
        all += cluster.len() - 1;
    }
    (kept as f64, all as f64)
}

/// Over the mentions of `a`: how much of their cluster is in their cluster of `b` (Bagga and Baldwin 1998).
fn b_cubed(a: &[Cluster], b: &[Cluster]) -> (f64, f64) {
    let (a, b) = (holders(a), holders(b));
    let shared = |link: &Link, own: &Cluster| {
        b.get(link).map_or(0.0, |other| own.intersection(other).count() as f64 / own.len() as f64)
    };
    (a.iter().map(|(link, own)| shared(link, own)).sum(), a.len() as f64)
}

/// How alike clusters are, matched one to one, the most alike first (CEAFe of Luo 2005, greedy).
fn ceaf(gold: &[Cluster], ours: &[Cluster]) -> f64 {
    let mut pairs = Vec::new();
    for (i, a) in gold.iter().enumerate() {
        for (j, b) in ours.iter().enumerate() {
            let shared = a.intersection(b).count();
            if shared > 0 {
                pairs.push((2.0 * shared as f64 / (a.len() + b.len()) as f64, i, j));
            }
        }
    }
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0).then((b.1, b.2).cmp(&(a.1, a.2))));
    let (mut used_gold, mut used_ours) = (BTreeSet::new(), BTreeSet::new());
    let mut sum = 0.0;
    for (alike, i, j) in pairs {
        if !used_gold.contains(&i) && !used_ours.contains(&j) {
            used_gold.insert(i);
            used_ours.insert(j);
            sum += alike;
        }
    }
    sum
}
