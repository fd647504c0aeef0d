//! Labels, posts, omissions, figures set side by side, lineage, upstreams and timeline: what the story as a whole has.

use super::gold;
use super::in_report::{same_platform, word};
use super::matching::{Item, Passage, alike, pair, touch};
use super::names::{is_name, words};
use super::score::Scores;
use super::story::Story;
use std::collections::{BTreeMap, BTreeSet};
use variorum::edition::{Agreement, Edge, Omission, PostEntry, ReconciledFigure, Upstream, VoiceKind};
use variorum::token::fold;

/// Counts the records of `story` as a whole.
pub fn judge(story: &Story, scores: &mut Scores) {
    labels(story, scores);
    posts(story, scores);
    omissions(story, scores);
    reconciled(story, scores);
    lineage(story, scores);
    upstreams(story, scores);
    timeline(story, scores);
}

/// What one report calls one target with the same words, however often.
struct Called {
    target: String,
    voice: String,
}

/// A label is right when any of its places shares at least half of all bytes with one of the gold's words, in the same
/// report, and the target is the gold's ([`same_target`]). The same words for the same target count once a report. The
/// voice stands beside.
fn labels(story: &Story, scores: &mut Scores) {
    let wants: Vec<Item<Called>> = story
        .gold
        .labels
        .iter()
        .map(|label| {
            let places =
                story.witness(&label.report).map(|at| story.all(at, &label.text)).unwrap_or_default();
            let called = Called { target: label.target.clone(), voice: label.voice.clone() };
            Item::new(places, label.text.clone(), label.target.clone(), called)
        })
        .collect();
    let haves = labels_found(story);
    let is_placed = |want: &Item<Called>, have: &Item<Called>| {
        want.at.iter().any(|place| have.at.iter().any(|other| alike(&[*place], &[*other], 50)))
    };
    let fits = |want: &Item<Called>, have: &Item<Called>| {
        is_placed(want, have) && same_target(story, &want.record.target, &have.record.target)
    };
    let tally = scores.of("labels");
    let pairs = tally.judge(story, &wants, &haves, fits);
    tally.aside("words alone, of gold", pair(&wants, &haves, is_placed).len(), wants.len());
    for (g, p) in pairs {
        tally.aside("voice", (wants[g].record.voice == haves[p].record.voice) as usize, 1);
    }
}

fn labels_found(story: &Story) -> Vec<Item<Called>> {
    let mut uses: BTreeMap<(String, String, String), Item<Called>> = BTreeMap::new();
    for label in story.edition.stories.iter().flat_map(|story| &story.labels) {
        for one in &label.uses {
            let key = (story.file(&one.report), label.target.clone(), fold(&one.text).into_owned());
            let voice = if one.voice == VoiceKind::Narrator { "narrator" } else { "quoted" };
            let called = Called { target: label.target.clone(), voice: voice.to_owned() };
            let item = uses
                .entry(key)
                .or_insert_with(|| Item::new(Vec::new(), one.text.clone(), label.target.clone(), called));
            item.at.extend(story.passage(&one.report, one.start, one.end));
        }
    }
    uses.into_values().collect()
}

/// Targets with names are the same by name. A target that the gold had to describe ("the farewell video") is met by any
/// name that shares a word with the description or with one of its labels.
fn same_target(story: &Story, gold: &str, found: &str) -> bool {
    if is_name(gold) {
        return story.names.same(gold, found);
    }
    let labels =
        story.gold.labels.iter().filter(|label| label.target == gold).map(|label| label.text.as_str());
    let known: BTreeSet<String> = labels.chain([gold]).flat_map(words).collect();
    words(found).iter().any(|word| word.len() > 3 && known.contains(word))
}

/// A post is right when author, platform and class of form ([`class`]) are the gold's and every report gives the same
/// status. Posts without a named author are left out of the count: the gold lists them as quotations only.
fn posts(story: &Story, scores: &mut Scores) {
    let shown = |status: &BTreeMap<String, String>| {
        status.iter().map(|(file, status)| format!("{file} {status}")).collect::<Vec<_>>().join(", ")
    };
    let wants: Vec<Item<&gold::Post>> = story
        .gold
        .posts
        .iter()
        .map(|post| {
            let platform = post.platform.as_deref().unwrap_or("no platform");
            let text = format!("{}, {} on {platform}", post.author, post.form);
            Item::new(Vec::new(), text, shown(&post.status), post)
        })
        .collect();
    let haves: Vec<Item<(&PostEntry, BTreeMap<String, String>)>> = story
        .edition
        .stories
        .iter()
        .flat_map(|story| &story.posts)
        .map(|post| {
            let status: BTreeMap<String, String> =
                post.status.iter().map(|(id, status)| (story.file(id), status.clone())).collect();
            let author = post.author.as_deref().unwrap_or("no name");
            let platform = post.platform.as_deref().unwrap_or("no platform");
            let text = format!("{author}, {} on {platform}", post.form);
            let mut item = Item::new(Vec::new(), text, shown(&status), (post, status));
            item.counts = post.author.is_some();
            item
        })
        .collect();
    let is_same = |want: &Item<&gold::Post>, have: &Item<(&PostEntry, BTreeMap<String, String>)>| {
        let (want, have) = (want.record, have.record.0);
        have.author.as_deref().is_some_and(|author| story.names.same(&want.author, author))
            && same_platform(want.platform.as_deref(), have.platform.as_deref())
            && class(&want.form) == class(&have.form)
    };
    let tally = scores.of("posts");
    tally.judge(story, &wants, &haves, |want, have| {
        is_same(want, have) && want.record.status == have.record.1
    });
    tally.aside("without the statuses, of gold", pair(&wants, &haves, is_same).len(), wants.len());
}

/// Forms of a post in three classes: written, moving, still.
fn class(form: &str) -> &'static str {
    match form {
        "post" | "message" => "written",
        "video" => "moving",
        _ => "still",
    }
}

/// An omission is right when its kind is equal, one of its places touches one of the gold's, and exactly the same
/// reports lack it. Beside: those whose absent reports differ by one at most.
fn omissions(story: &Story, scores: &mut Scores) {
    let numbers = |files: &BTreeSet<String>| {
        files.iter().filter_map(|file| file.split('-').next()).collect::<Vec<_>>().join(" ")
    };
    let wants: Vec<Item<(&str, BTreeSet<String>)>> = story
        .gold
        .omissions
        .iter()
        .map(|omission| {
            let absent: BTreeSet<String> = omission.absent.iter().cloned().collect();
            let note = format!("{}; absent in {}", omission.kind, numbers(&absent));
            Item::new(
                shown_by(story, omission),
                omission.fact.clone(),
                note,
                (omission.kind.as_str(), absent),
            )
        })
        .collect();
    let found = story.edition.stories.iter().flat_map(|story| &story.omissions);
    let haves: Vec<Item<(&str, BTreeSet<String>)>> = found
        .map(|omission: &Omission| {
            let absent: BTreeSet<String> = omission.absent.iter().map(|id| story.file(id)).collect();
            let places = omission.present.iter();
            let places =
                places.filter_map(|place| story.passage(&place.report, place.start, place.end)).collect();
            let note = format!("{}; absent in {}", omission.kind, numbers(&absent));
            Item::new(places, omission.fact.clone(), note, (omission.kind.as_str(), absent))
        })
        .collect();
    type Fact<'r> = Item<(&'r str, BTreeSet<String>)>;
    let is_same = |want: &Fact, have: &Fact| want.record.0 == have.record.0 && touch(&want.at, &have.at);
    let tally = scores.of("omissions");
    tally.judge(story, &wants, &haves, |want, have| is_same(want, have) && want.record.1 == have.record.1);
    let is_near = |want: &Fact, have: &Fact| {
        is_same(want, have) && want.record.1.symmetric_difference(&have.record.1).count() <= 1
    };
    tally.aside("absent reports off by one at most", pair(&wants, &haves, is_near).len(), wants.len());
    tally.aside("fact alone, of gold", pair(&wants, &haves, is_same).len(), wants.len());
}

fn shown_by(story: &Story, omission: &gold::Omission) -> Vec<Passage> {
    let shown = omission.present.iter();
    shown
        .flat_map(|(file, text)| story.witness(file).map(|at| story.all(at, text)).unwrap_or_default())
        .collect()
}

/// The values of a quantity: the places that each may stand in.
struct Measured {
    values: Vec<Vec<Passage>>,
    verdict: String,
    independent: usize,
}

/// A quantity over all reports is right when each value of the gold is among the program's, none of the program's is
/// elsewhere, and the verdict is equal; only quantities of two reports or more count. Beside: the grouping alone, and
/// the number of independent sources.
fn reconciled(story: &Story, scores: &mut Scores) {
    let gold = story.gold.figures.iter();
    let wants: Vec<Item<Measured>> = gold.map(|figure| quantity(story, figure)).collect();
    let found = story.edition.stories.iter().flat_map(|story| &story.figures);
    let haves: Vec<Item<Measured>> = found
        .filter(|figure| figure.verdict != Agreement::Single)
        .map(|figure| quantity_found(story, figure))
        .filter(|item| item.at.iter().map(|place| place.witness).collect::<BTreeSet<_>>().len() > 1)
        .collect();
    let is_grouped = |want: &Item<Measured>, have: &Item<Measured>| {
        want.record.values.iter().all(|value| touch(value, &have.at))
            && have.at.iter().all(|place| touch(&[*place], &want.at))
    };
    let tally = scores.of("reconciled");
    tally.judge(story, &wants, &haves, |want, have| {
        is_grouped(want, have) && want.record.verdict == have.record.verdict
    });
    let grouped = pair(&wants, &haves, is_grouped);
    tally.aside("values alone, of gold", grouped.len(), wants.len());
    for (g, p) in grouped {
        tally.aside(
            "  of these the sources",
            (wants[g].record.independent == haves[p].record.independent) as usize,
            1,
        );
    }
}

fn quantity(story: &Story, figure: &gold::Reconciled) -> Item<Measured> {
    let mut values = Vec::new();
    for (file, text) in &figure.values {
        let Some(at) = story.witness(file) else { continue };
        let figures = story.gold.reports[file].figures.iter().filter(|one| &one.text == text);
        values.push(figures.flat_map(|one| story.nth(at, &one.text, one.n)).collect::<Vec<_>>());
    }
    let texts: Vec<&str> = figure.values.iter().map(|value| value.1.as_str()).collect();
    let note = format!("{}; {}", figure.verdict, texts.join(" | "));
    let at = values.iter().flatten().copied().collect();
    let measured = Measured { values, verdict: figure.verdict.clone(), independent: figure.independent };
    Item::new(at, figure.what.clone(), note, measured)
}

fn quantity_found(story: &Story, figure: &ReconciledFigure) -> Item<Measured> {
    let values = figure.values.iter();
    let at: Vec<Passage> =
        values.filter_map(|value| story.passage(&value.report, value.start, value.end)).collect();
    let texts: Vec<&str> = figure.values.iter().map(|value| value.text.as_str()).collect();
    let verdict = word(&figure.verdict);
    let note = format!("{verdict}; {}", texts.join(" | "));
    let measured = Measured { values: Vec::new(), verdict, independent: figure.independent };
    Item::new(at, figure.what.clone().unwrap_or_default(), note, measured)
}

/// An edge is right when child and parent are the gold's; the kind stands beside. Edges that are not primary count when
/// the gold has them and are not invented when it has not.
fn lineage(story: &Story, scores: &mut Scores) {
    let edge = |child: &str, parent: &str, kind: String| {
        Item::new(
            Vec::new(),
            format!("{child} from {parent}"),
            kind.clone(),
            (child.to_owned(), parent.to_owned(), kind),
        )
    };
    let gold = story.gold.lineage.iter();
    let wants: Vec<_> = gold.map(|one| edge(&one.child, &one.parent, one.kind.clone())).collect();
    let found = story.edition.stories.iter().flat_map(|story| &story.lineage);
    let haves: Vec<_> = found
        .map(|one: &Edge| {
            let mut item = edge(&story.file(&one.child), &story.file(&one.parent), word(&one.kind));
            item.counts = one.primary;
            item
        })
        .collect();
    let tally = scores.of("lineage");
    let is_same = |want: &Item<(String, String, String)>, have: &Item<(String, String, String)>| {
        want.record.0 == have.record.0 && want.record.1 == have.record.1
    };
    let is_joined = |want: &Item<(String, String, String)>, have: &Item<(String, String, String)>| {
        is_same(want, have) || (want.record.0 == have.record.1 && want.record.1 == have.record.0)
    };
    tally.aside("in either direction, of gold", pair(&wants, &haves, is_joined).len(), wants.len());
    for (g, p) in tally.judge(story, &wants, &haves, is_same) {
        tally.aside("kind", (wants[g].record.2 == haves[p].record.2) as usize, 1);
    }
}

/// An upstream is right when its name is the gold's or its initials; the set of reports stands beside.
fn upstreams(story: &Story, scores: &mut Scores) {
    let gold = story.gold.upstreams.iter();
    let wants: Vec<Item<BTreeSet<String>>> = gold
        .map(|one| {
            Item::new(
                Vec::new(),
                one.name.clone(),
                one.reports.join(" "),
                one.reports.iter().cloned().collect(),
            )
        })
        .collect();
    let found = story.edition.stories.iter().flat_map(|story| &story.upstreams);
    let haves: Vec<Item<BTreeSet<String>>> = found
        .map(|one: &Upstream| {
            let files: BTreeSet<String> = one.reports.iter().map(|id| story.file(id)).collect();
            let note = files.iter().cloned().collect::<Vec<_>>().join(" ");
            Item::new(Vec::new(), one.name.clone(), note, files)
        })
        .collect();
    let tally = scores.of("upstreams");
    let fits = |want: &Item<BTreeSet<String>>, have: &Item<BTreeSet<String>>| {
        story.names.same_or_initials(&want.text, &have.text)
    };
    for (g, p) in tally.judge(story, &wants, &haves, fits) {
        tally.aside("reports", (wants[g].record == haves[p].record) as usize, 1);
    }
}

/// An event is right when its date is the gold's; each date counts once a story.
fn timeline(story: &Story, scores: &mut Scores) {
    let event = |when: &str, precision: String| Item::new(Vec::new(), when, precision, when.to_owned());
    let gold = story.gold.timeline.iter();
    let wants: Vec<Item<String>> = gold.map(|one| event(&one.value, one.precision.clone())).collect();
    let found = story.edition.stories.iter().flat_map(|story| &story.timeline);
    let dates: BTreeMap<&str, String> = found.map(|one| (one.when.as_str(), word(&one.precision))).collect();
    let haves: Vec<Item<String>> =
        dates.into_iter().map(|(when, precision)| event(when, precision)).collect();
    scores.of("timeline").judge(story, &wants, &haves, |want, have| want.record == have.record);
}
