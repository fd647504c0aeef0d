//! Finds descriptions of people and organisations: "the striker", "a retired nurse", "political commentator" before a name.
//!
//! In: a report with its names linked. Out: mentions of form `description`, the whole noun phrase each.
//! Three places: before a name ("striker Bo Lind"), beside one between commas ("Ana Ruiz, a retired nurse,"), and on their own
//! behind "the" ("the striker", "the 24-year-old", "the “Salt” star"). The first two belong to the name; one on its own
//! belongs to the person who was described with the same noun, else to the person spoken of last whose gender does not
//! forbid it; an office ("the president", not "the vice president") only to whom the report calls so; one with a place or body ("the
//! Egyptian minister") only to whom something else in the report ties it.
//! Leaves: descriptions behind "is" and "was", groups.

use crate::lexicon::{self, Table, Words};
use crate::model::{Annotated, BlockKind, Entity, EntityKind, Gender, Mention, MentionForm};
use crate::span::Span;
use crate::tagging::pos::Part;
use crate::token::{self, Kind, Token};
use crate::vocabulary::{FUNCTION, Lists, ORGANISATION_WORDS, ROLES, pronoun_gender};
use std::borrow::Cow;
use std::sync::LazyLock;

/// Offices, which one person holds at a time, with the title before a name.
static OFFICES: LazyLock<Table<Option<&'static str>>> = LazyLock::new(|| {
    let rows = lexicon::rows(include_str!("../../lang/en/offices.txt"));
    Table::of(rows.map(|row| (row[0], row.get(1).copied())))
});

/// Words before a role that many share: they tell nobody.
static STANDINGS: LazyLock<Words> =
    LazyLock::new(|| Words::of(lexicon::entries(include_str!("../../lang/en/standings.txt"))));

/// Nouns by which news names somebody anew, with a place or body that was not told before.
static BYNAMES: LazyLock<Words> =
    LazyLock::new(|| Words::of(lexicon::entries(include_str!("../../lang/en/bynames.txt"))));

/// How many descriptions back, and how many entities, are remembered: enough for any report, and the cost stays linear.
const MEMORY: usize = 300;

/// How many words a description may have before its head noun.
const LONGEST: usize = 12;

/// Adds the descriptions of `found` to `mentions` (which holds its names, in text order).
pub fn add(found: &Annotated, mentions: &mut Vec<Mention>, entities: &mut [Entity]) {
    let names = mentions.clone();
    let text = &found.report.text;
    let mut counts = vec![0usize; entities.len()];
    for name in names.iter().filter(|name| tells(found, name.span)) {
        if let Some(entity) = name.entity {
            counts[entity] += 1;
        }
    }
    let mut added: Vec<Mention> = Vec::new();
    let mut ahead = names.as_slice();
    for sentence in &found.sentences {
        let kind = found.report.blocks[sentence.block].kind;
        if !kind.is_evidence() {
            continue;
        }
        let tokens = &sentence.tokens;
        let own;
        (own, ahead) = names_within(ahead, tokens);
        before_names(found, tokens, own, &names, entities, &mut added);
        beside_names(text, tokens, own, entities, &mut added);
        on_their_own(found, tokens, own, &names, entities, &counts, &mut added);
    }
    added.sort_by_key(|mention| mention.span);
    added.dedup_by_key(|mention| mention.span);
    mentions.extend(added);
}

fn described(entity: &Entity) -> bool {
    matches!(entity.kind, EntityKind::Person | EntityKind::Organisation) && !entity.is_namesake
}

fn description(span: Span, kind: EntityKind, entity: Option<usize>) -> Mention {
    Mention { span, kind, form: MentionForm::Description, entity }
}

/// "veteran striker Bo Lind".
fn before_names(
    found: &Annotated,
    tokens: &[Token],
    names: &[Mention],
    all: &[Mention],
    entities: &mut [Entity],
    added: &mut Vec<Mention>,
) {
    let text = &found.report.text;
    for mention in names {
        let Some(entity) = mention.entity.filter(|&at| entities[at].kind == EntityKind::Person) else {
            continue;
        };
        let behind = tokens.partition_point(|t| t.span.end() <= mention.span.start());
        let Some(head) = behind.checked_sub(1) else { continue };
        // Only a space may lie between the noun and the name.
        if text[tokens[head].span.end()..mention.span.start()].chars().any(|c| c != ' ')
            || !is_role(text, tokens, head)
        {
            continue;
        }
        let start = at_whole_name(tokens, all, start_of_phrase(found, tokens, head, true));
        let span = tokens[start].span.cover(tokens[head].span);
        // "Police accused Ana Ruiz": without an article it is a verb.
        let first = token::fold(tokens[start].of(text));
        let tagged = found.tagged.word_at(tokens[head].span.start());
        let is_verb = tagged.is_some_and(|word| word.part == Part::Verb)
            && !matches!(&*first, "the" | "a" | "an" | "this");
        if is_plural(tokens[head].of(text)) || is_verb {
            continue;
        }
        // "Mayor Ana Ruiz": an honorific is no label, a trade is.
        learn(text, &mut entities[entity], span, tokens[head]);
        added.push(description(span, EntityKind::Person, Some(entity)));
    }
}

/// Where a phrase begins that would begin within a name: "University of Alm law professor", not "Alm law professor".
fn at_whole_name(tokens: &[Token], names: &[Mention], start: usize) -> usize {
    let at = tokens[start].span.start();
    let next = names.partition_point(|name| name.span.end() <= at);
    let name = names.get(next).filter(|name| name.span.start() < at && name.form == MentionForm::Name);
    name.and_then(|name| tokens.iter().position(|token| token.span.start() == name.span.start()))
        .unwrap_or(start)
}

/// "Ana Ruiz, a retired nurse,".
fn beside_names(
    text: &str,
    tokens: &[Token],
    names: &[Mention],
    entities: &mut [Entity],
    added: &mut Vec<Mention>,
) {
    for mention in names {
        // Behind most names stand a space and a word, no comma.
        if matches!(text.as_bytes()[mention.span.end()..], [b' ', next, ..] if next.is_ascii_alphanumeric()) {
            continue;
        }
        let Some(entity) = mention.entity.filter(|&at| described(&entities[at])) else { continue };
        let mut at = tokens.partition_point(|t| t.span.start() < mention.span.end());
        let word = |at: usize| tokens.get(at).map(|t| t.of(text)).unwrap_or_default();
        if word(at) != "," {
            continue;
        }
        at += 1;
        // An article printed twice is damage; the second one opens the phrase.
        if word(at) == word(at + 1) {
            at += 1;
        }
        // "Ana Ruiz, 61, a retired nurse,"
        if word(at).parse::<u32>().is_ok() && word(at + 1) == "," {
            at += 2;
        }
        let is_person = entities[entity].kind == EntityKind::Person;
        let Some(end) = end_of_apposition(text, tokens, at, is_person) else { continue };
        let span = tokens[at].span.cover(tokens[end - 1].span);
        if let Some(head) = (at..end).rev().find(|&t| is_role(text, tokens, t)) {
            learn(text, &mut entities[entity], span, tokens[head]);
        }
        added.push(description(span, entities[entity].kind, Some(entity)));
    }
}

/// Past the last token of a noun phrase that begins at `at` and ends at a comma, if it describes a person or organisation.
fn end_of_apposition(text: &str, tokens: &[Token], at: usize, is_person: bool) -> Option<usize> {
    let first = token::fold(tokens.get(at)?.of(text));
    let determined = matches!(&*first, "a" | "an" | "the" | "his" | "her" | "its" | "their");
    if FUNCTION.contains(&first) && !determined && first != "former" {
        return None;
    }
    let end = (at..tokens.len().min(at + 16)).find(|&t| is_stop(text, tokens, t))?;
    let is_noun =
        |t: usize| if is_person { is_role(text, tokens, t) } else { is_organisation_noun(tokens, t) };
    let head = (at..end).find(|&t| is_noun(t) && is_phrase_end(text, tokens, t, end))?;
    // "Speaking to the Coast Wire, the president of the rowing league, Ana Ruiz, …": a person is no wire.
    if !is_person && (at..head).any(|t| is_role(text, tokens, t)) {
        return None;
    }
    let bare =
        !determined && is_person && head < at + 4 && tokens[at..=head].iter().all(|t| t.kind == Kind::Word);
    let whole = match end_with_complement(text, tokens, head, end) {
        // "the author of “Salt,”": the title belongs to the phrase.
        whole if whole == end && closing_of(text, tokens, end).is_some() && end > head + 1 => {
            closing_of(text, tokens, end)? + 1
        }
        whole => whole,
    };
    let verb_inside =
        tokens[at..whole].iter().any(|t| matches!(t.of(text), "said" | "says" | "told" | "wrote" | "added"));
    ((determined || bare) && !verb_inside).then_some(whole)
}

fn is_stop(text: &str, tokens: &[Token], at: usize) -> bool {
    matches!(tokens[at].of(text), "," | "." | ";" | "—" | "–" | ":" | ")" | "”" | "\"" | "“" | "«" | "»")
}

fn is_organisation_noun(tokens: &[Token], at: usize) -> bool {
    tokens[at].lists.touch(Lists::ORGANISATION)
}

/// Past the complement of the head: "of …", "at …", "who …" go with it up to `end`; anything else ends at the head.
fn end_with_complement(text: &str, tokens: &[Token], head: usize, end: usize) -> usize {
    let next = tokens.get(head + 1).map(|t| token::fold(t.of(text))).unwrap_or_default();
    let binds = matches!(&*next, "of" | "at" | "for" | "from" | "in" | "who" | "with" | "behind" | "run");
    if !binds {
        return head + 1;
    }
    // "the maker of scales that employs most of the town": the second clause is another description.
    (head + 2..end).find(|&at| matches!(tokens[at].of(text), "that" | "which" | "who")).unwrap_or(end)
}

/// Past the words of an "of" behind the head of a phrase that stands on its own: "the maker of laboratory scales".
fn end_with_of(text: &str, tokens: &[Token], head: usize) -> usize {
    let word = |at: usize| tokens.get(at).map(|t| t.of(text)).unwrap_or_default();
    let leads = matches!(
        &*token::fold(word(head)),
        "head"
            | "boss"
            | "chief"
            | "founder"
            | "author"
            | "star"
            | "maker"
            | "manufacturer"
            | "producer"
            | "leader"
            | "owner"
            | "employer"
            | "winner"
            | "director"
            | "captain"
            | "creator"
            | "chair"
            | "president"
            | "mayor"
            | "coach"
    );
    if !leads || !matches!(word(head + 1), "of" | "in") {
        return head + 1;
    }
    let mut end = head + 2;
    if matches!(word(end), "the" | "a" | "an" | "its" | "his" | "her") {
        end += 1;
    }
    let first = end;
    if let Some(close) = closing_of(text, tokens, end) {
        return close + 1;
    }
    while end < tokens.len()
        && end < first + 4
        && tokens[end].kind == Kind::Word
        && !FUNCTION.contains(&token::fold(word(end)))
    {
        let is_verb = end > first && (word(end).ends_with("ed") || is_finite(word(end)));
        if is_verb {
            break;
        }
        end += 1;
    }
    if end > first { end } else { head + 1 }
}

/// Verbs that often follow a subject and look like nouns.
fn is_finite(word: &str) -> bool {
    matches!(
        word,
        "said"
            | "says"
            | "told"
            | "wrote"
            | "erases"
            | "deletes"
            | "quits"
            | "wins"
            | "faces"
            | "warns"
            | "cuts"
            | "plans"
            | "apologises"
            | "apologizes"
            | "resigns"
            | "dies"
            | "makes"
            | "made"
            | "sold"
            | "went"
            | "came"
            | "gave"
            | "took"
            | "sees"
    )
}

/// The mark that closes the one at `open`, if one opens there.
fn closing_of(text: &str, tokens: &[Token], open: usize) -> Option<usize> {
    let closing = match tokens.get(open)?.of(text) {
        "“" => "”",
        "‘" => "’",
        "\"" => "\"",
        "«" => "»",
        _ => return None,
    };
    (open + 1..tokens.len().min(open + 10)).find(|&at| tokens[at].of(text) == closing)
}

/// Whether the head noun of a phrase stands at `at`: a preposition, "who" or the end follows.
fn is_phrase_end(text: &str, tokens: &[Token], at: usize, end: usize) -> bool {
    let next = tokens.get(at + 1).map(|t| token::fold(t.of(text))).unwrap_or_default();
    at + 1 == end
        || FUNCTION.contains(&next)
        || next.ends_with("ed")
        || matches!(&*next, "known" | "born" | "based")
}

/// "The veteran striker", "the 24-year-old", "the “Salt” star", "her lawyer, Ana Ruiz,".
fn on_their_own(
    found: &Annotated,
    tokens: &[Token],
    names: &[Mention],
    all: &[Mention],
    entities: &mut [Entity],
    counts: &[usize],
    added: &mut Vec<Mention>,
) {
    let text = &found.report.text;
    let is_lead = || is_lead(found, tokens[0].span);
    for (head, &token) in tokens.iter().enumerate() {
        if !may_be_head(text, token) {
            continue;
        }
        let is_person = is_role(text, tokens, head) || is_age_noun(text, tokens, head);
        let is_organisation = !is_person && is_organisation_noun(tokens, head);
        let named = || names.iter().any(|name| name.span.overlap(tokens[head].span) > 0);
        if !(is_person || is_organisation) || is_small_word(found, token) || named() {
            continue;
        }
        let is_several = is_plural(token::without_possessive(tokens[head].of(text)));
        let kind = if is_person { EntityKind::Person } else { EntityKind::Organisation };
        let start = start_of_phrase(found, tokens, head, false);
        let bare_head = Span::new(
            tokens[head].span.start(),
            tokens[head].span.start() + token::without_possessive(tokens[head].of(text)).len(),
        );
        let owns = bare_head != tokens[head].span;
        let end = if owns { head + 1 } else { end_with_of(text, tokens, head) };
        let span = if owns {
            tokens[start].span.cover(bare_head)
        } else {
            tokens[start].span.cover(tokens[end - 1].span)
        };
        // A description of an organisation inside one of a person is another one: "the head of the water company".
        let taken = |other: &Mention| {
            other.span.overlap(span) > 0
                && other.span.end() >= tokens[head].span.start()
                && !(other.kind != kind && other.span.contains(span))
        };
        if added.iter().rev().take(MEMORY).any(taken) || is_noun_adjunct(found, tokens, names, head) {
            continue;
        }
        let determiner = token::fold(tokens[start].of(text));
        let owner = tokens[start..head].iter().any(|t| is_owner(t.of(text)));
        let is_owned = owner || matches!(&*determiner, "his" | "her" | "its" | "their");
        // "the mayor, Lena Ortiz,"
        let beside = names.iter().find(|name| {
            let gap = name.span.start().checked_sub(span.end()).map(|_| &text[span.end()..name.span.start()]);
            let near = gap.is_some_and(|gap| gap.trim_end() == "," || (is_owned && gap == " "));
            near && name.entity.is_some_and(|at| {
                let own = entities[at].kind;
                own == kind
                    || is_several
                    || (own == EntityKind::Other && is_person && is_owned && !entities[at].is_namesake)
            })
        });
        if let Some(name) = beside.filter(|_| start < head && (is_owned || determiner == "the")) {
            if let Some(at) = name.entity.filter(|_| is_person && !is_several) {
                // "her sister, Jo,": the noun says what the name alone did not.
                entities[at].kind = EntityKind::Person;
                learn(text, &mut entities[at], span, tokens[head]);
            }
            added.push(description(span, kind, name.entity));
            continue;
        }
        let opens = is_person && lead_opens(text, tokens, start, &determiner) && is_lead();
        let determined = determiner == "the" || (determiner == "this" && is_organisation) || opens;
        if !determined
            || (start == head && !opens)
            || is_owned
            || is_several
            || is_kin(text, tokens[head], head <= start + 1 && end == head + 1)
        {
            continue;
        }
        let meant = who_is_meant(found, span, tokens[head], kind, all, entities, counts, added);
        // A lead may describe whom it names later with what nothing else repeats.
        let told = || names_told(text, names, span, tokens[head]);
        let meant = meant
            .filter(|&at| opens || !is_person || is_told(text, &told(), at, span, all, &entities[at], added));
        added.push(description(span, kind, meant));
    }
}

/// Whether a token may be a noun for a person or an organisation, or an age ("old"), as far as the lists of its word and its length
/// tell: [`is_role`], [`is_age_noun`] and [`is_organisation_noun`] are true of no other.
fn may_be_head(text: &str, token: Token) -> bool {
    const NOUNS: Lists = Lists::ROLE.and(Lists::ROLE_END).and(Lists::ORGANISATION);
    // The last byte: of "old", of possessive endings, of "’".
    let is_other = || match text.as_bytes()[token.span.end() - 1] {
        b'd' => token.span.len() == 3 && token.of(text) == "old",
        b's' | b'S' | b'\'' | 0x99 => is_owner(token.of(text)),
        _ => false,
    };
    token.kind != Kind::Mark
        && (token.lists.touch(NOUNS) || token.span.len() >= SHORTEST_COMPOUND || is_other())
}

/// Whether `word` has a possessive ending.
fn is_owner(word: &str) -> bool {
    word.strip_suffix(['s', 'S']).unwrap_or(word).ends_with(['\'', '’'])
}

/// Whether a token is a word of a part of speech that heads no phrase.
fn is_small_word(found: &Annotated, token: Token) -> bool {
    found.tagged.word_at(token.span.start()).is_some_and(|word| {
        matches!(
            word.part,
            Part::Adp
                | Part::Det
                | Part::Pron
                | Part::Aux
                | Part::Cconj
                | Part::Sconj
                | Part::Punct
                | Part::Part
        )
    })
}

/// Whether the sentence is a headline, dek or the first of the body: there a description may come before the name.
fn is_lead(found: &Annotated, first: Span) -> bool {
    let blocks = &found.report.blocks;
    let Some(block) = found.block_at(first.start()) else { return false };
    let body = blocks.iter().find(|block| block.kind == BlockKind::Paragraph);
    matches!(block.kind, BlockKind::Headline | BlockKind::Dek)
        || body.is_some_and(|body| body.span.holds(first.start()))
}

/// "A lay preacher who …" at the head of a lead; "Dockside boss: …" and "pension cheat gets …" in a headline.
fn lead_opens(text: &str, tokens: &[Token], start: usize, determiner: &str) -> bool {
    let before = start.checked_sub(1).map(|at| tokens[at].of(text));
    let opens = before.is_none_or(|mark| matches!(mark, ":" | ";" | "—" | "–"));
    opens && !matches!(determiner, "his" | "her" | "its" | "their")
}

/// Whether the noun at `head` only modifies what follows: a name, or another noun ("the activist wing").
fn is_noun_adjunct(found: &Annotated, tokens: &[Token], names: &[Mention], head: usize) -> bool {
    let text = &found.report.text;
    let Some(next) = tokens.get(head + 1) else { return false };
    // The verb of a headline often looks like a noun ("Prime minister bans boats"), and an age has its noun behind it.
    let is_noun = || {
        let word = token::fold(next.of(text));
        let tagged = found.tagged.word_at(next.span.start());
        let block = found.block_at(next.span.start());
        tagged.is_some_and(|tagged| tagged.part == Part::Noun)
            && block.is_none_or(|block| !matches!(block.kind, BlockKind::Headline | BlockKind::Dek))
            && token::without_possessive(tokens[head].of(text)) != "old"
            && !is_finite(&word)
            && !matches!(&*word, "today" | "tonight" | "yesterday" | "tomorrow")
    };
    let owns = is_owner(tokens[head].of(text));
    let near = text[tokens[head].span.end()..next.span.start()].trim().is_empty();
    let before_name = names.iter().any(|name| name.span.start() == next.span.start());
    let modifies = || before_name || is_role(text, tokens, head + 1) || next.of(text) == "-" || is_noun();
    near && !owns && modifies()
}

/// Nouns of kinship: on their own they mean somebody of the sentence, not whoever was spoken of last.
fn is_kin(text: &str, head: Token, is_bare: bool) -> bool {
    let noun = token::fold(head.of(text));
    let kin = [
        "father", "mother", "son", "daughter", "brother", "sister", "wife", "husband", "widow", "cousin",
        "uncle", "aunt", "man", "woman", "boy", "girl", "friend",
    ];
    let vague = ["winner", "player", "member", "host", "reader", "head"];
    kin.contains(&&*noun) || (is_bare && vague.contains(&&*noun))
}

/// Those of `names` that begin within `tokens`, and those behind them.
fn names_within<'a>(names: &'a [Mention], tokens: &[Token]) -> (&'a [Mention], &'a [Mention]) {
    let (Some(first), Some(last)) = (tokens.first(), tokens.last()) else { return (&[], names) };
    let passed = names.iter().take_while(|name| name.span.start() < first.span.start()).count();
    let names = &names[passed..];
    names.split_at(names.iter().take_while(|name| name.span.start() < last.span.end()).count())
}

/// Shortest word that may end in a noun for a person and be one.
const SHORTEST_COMPOUND: usize = 10;

/// Whether the token ends a noun for a person ("striker", "chief executive", "ex-captain").
fn is_role(text: &str, tokens: &[Token], at: usize) -> bool {
    let written = tokens[at].of(text);
    let (bare, lists) = match is_owner(written) {
        true => (token::without_possessive(written), Lists::of(token::without_possessive(written))),
        false => (written, tokens[at].lists),
    };
    if lists.touch(Lists::ROLE) {
        return true;
    }
    let is_known = |word: &str| ROLES.contains_key(word);
    let ends_pair = || {
        let pair = [tokens[at - 1].of(text), bare].map(token::fold).join(" ");
        is_known(&pair)
    };
    let is_compound = || {
        let word = token::fold(bare);
        word.is_ascii() && (4..word.len().saturating_sub(5)).any(|at| is_known(&word[at..]))
    };
    at > 0 && lists.touch(Lists::ROLE_END) && ends_pair() || bare.len() >= SHORTEST_COMPOUND && is_compound()
}

fn is_plural(word: &str) -> bool {
    let word = token::fold(word);
    word.ends_with('s') && !word.ends_with("ss") && !matches!(&*word, "boss" | "actress")
}

/// "24-year-old" as a noun: nothing it could describe follows.
fn is_age_noun(text: &str, tokens: &[Token], at: usize) -> bool {
    let word = |back: usize| at.checked_sub(back).map(|t| tokens[t].of(text)).unwrap_or_default();
    let next = tokens.get(at + 1);
    token::without_possessive(word(0)) == "old"
        && word(2) == "year"
        && next.is_none_or(|t| !t.is_capitalised() && !is_role(text, tokens, at + 1))
}

/// Whether the word at `at` is a finite verb: no participle, or one behind the noun that does it ("the crash involved").
fn has_subject(found: &Annotated, tokens: &[Token], at: usize) -> bool {
    let part = |at: usize| found.tagged.word_at(tokens[at].span.start()).map(|word| word.part);
    match part(at) {
        Some(Part::Verb) => {}
        part => return part == Some(Part::Aux),
    }
    let word = token::fold(tokens[at].of(&found.report.text));
    let before = at.checked_sub(1);
    let is_joined = before.is_some_and(|before| tokens[before].kind == Kind::Mark);
    let has_noun = || before.and_then(part).is_some_and(|part| matches!(part, Part::Noun | Part::Propn));
    let is_modifier = is_joined || is_adjective(&word) || STANDINGS.contains(&word) || word.ends_with("ing");
    !is_modifier && (!word.ends_with("ed") && !word.ends_with('n') || has_noun())
}

/// The first token of the noun phrase that ends in `head`, before any finite verb. Words between marks (a title) are walked over.
fn start_of_phrase(found: &Annotated, tokens: &[Token], head: usize, is_bare: bool) -> usize {
    let text = &found.report.text;
    let mut start = head;
    while start > 0 && head - start < LONGEST {
        let before = start - 1;
        let word = tokens[before].of(text);
        let folded = token::fold(word);
        let attached = tokens[before].span.end() == tokens[start].span.start() && matches!(word, "-" | "‑");
        if attached
            || (matches!(tokens[start].of(text), "-" | "‑")
                && tokens[before].span.end() == tokens[start].span.start())
        {
            start = before;
            continue;
        }
        if text[tokens[before].span.end()..tokens[start].span.start()].contains('\n') {
            break;
        }
        if matches!(&*folded, "the" | "a" | "an" | "his" | "her" | "its" | "their" | "this") {
            return before;
        }
        if let Some(open) = title_before(text, tokens, before) {
            start = open;
            continue;
        }
        let is_word = tokens[before].kind != Kind::Mark
            && (!FUNCTION.contains(&folded) || matches!(&*folded, "former" | "last" | "then" | "one-time"));
        let is_verb = is_bare
            && !is_adjective(&folded)
            && (folded.ends_with("ed") || folded.ends_with("ing") || HUMAN.contains(&&*folded));
        let was_mark = tokens[start].kind == Kind::Mark
            && start != head
            && !matches!(tokens[start].of(text), "“" | "\"" | "‘" | "'" | "«" | "-");
        if !is_word || is_verb || was_mark || has_subject(found, tokens, before) {
            break;
        }
        start = before;
    }
    start
}

const HUMAN: [&str; 16] = [
    "said", "says", "told", "tells", "wrote", "writes", "beat", "met", "saw", "sold", "made", "held", "paid",
    "won", "left", "put",
];

/// Participles that stand before nouns like adjectives.
fn is_adjective(folded: &str) -> bool {
    matches!(
        folded,
        "retired"
            | "disgraced"
            | "convicted"
            | "renowned"
            | "acclaimed"
            | "experienced"
            | "talented"
            | "celebrated"
            | "so-called"
            | "accused"
            | "suspected"
            | "leading"
            | "outgoing"
            | "acting"
            | "incoming"
            | "rising"
            | "sitting"
            | "serving"
            | "managing"
            | "founding"
            | "opposing"
            | "aspiring"
            | "unnamed"
            | "injured"
            | "sporting"
            | "smooth-talking"
            | "departing"
            | "beloved"
            | "seasoned"
            | "wing"
            | "king"
    )
}

/// Index of the opening mark, when `close` closes a short stretch between marks.
fn title_before(text: &str, tokens: &[Token], close: usize) -> Option<usize> {
    let opening = match tokens[close].of(text) {
        "”" => "“",
        "\"" => "\"",
        "’" => "‘",
        "»" => "«",
        "'" => "'",
        _ => return None,
    };
    let open = (close.saturating_sub(8)..close).rev().find(|&at| tokens[at].of(text) == opening)?;
    // Words that end in a comma or stop before the closing mark are speech.
    (!matches!(tokens[close - 1].of(text), "," | "." | "!" | "?")).then_some(open)
}

/// Keeps the description's head as the entity's role and takes gender from it.
fn learn(text: &str, entity: &mut Entity, span: Span, head: Token) {
    // "Mr" says nothing of what somebody is.
    let is_courtesy = |role: &str| {
        let role = token::fold(role.trim_end_matches('.'));
        matches!(
            &*role,
            "mr" | "mrs" | "ms" | "miss" | "mx" | "sir" | "madame" | "monsieur" | "herr" | "frau"
        )
    };
    if entity.role.as_deref().is_none_or(is_courtesy) {
        entity.role = Some(span.of(text).to_owned());
    }
    if entity.gender.is_none() {
        entity.gender = match ROLES.get(&token::fold(head.of(text))).copied().flatten() {
            Some('f') => Some(Gender::Female),
            Some('m') => Some(Gender::Male),
            _ => None,
        };
    }
}

/// The words of the places and bodies that a description of a person names, "Egyptian" of "the Egyptian aviation minister"; none
/// where its noun is one of [`BYNAMES`].
fn names_told<'a>(text: &'a str, names: &[Mention], span: Span, head: Token) -> Vec<Cow<'a, str>> {
    if BYNAMES.contains(&token::fold(token::without_possessive(head.of(text)))) {
        return Vec::new();
    }
    let is_seat = |kind| matches!(kind, EntityKind::Place | EntityKind::Group | EntityKind::Organisation);
    let seats = names.iter().filter(|name| span.contains(name.span) && is_seat(name.kind));
    let words = seats.flat_map(|name| name.span.of(text).split(|c: char| !c.is_alphanumeric()));
    words.filter(|word| word.starts_with(char::is_uppercase)).map(token::fold).collect()
}

/// How far from a name, in bytes, what tells whose description it is may stand.
const BESIDE: usize = 60;

/// Whether the report has one of the words `told` of the entity `at` elsewhere: in its role, its descriptions, or beside its name.
fn is_told(
    text: &str,
    told: &[Cow<str>],
    at: usize,
    span: Span,
    names: &[Mention],
    entity: &Entity,
    added: &[Mention],
) -> bool {
    let holds = |words: &str| {
        words.split(|c: char| !c.is_alphanumeric()).any(|word| told.contains(&token::fold(word)))
    };
    let of_it = |mention: &&Mention| mention.entity == Some(at) && mention.span.overlap(span) == 0;
    told.is_empty()
        || holds(&entity.name)
        || entity.role.as_deref().is_some_and(holds)
        || added.iter().rev().take(MEMORY).filter(of_it).any(|mention| holds(mention.span.of(text)))
        || names.iter().take(MEMORY).filter(of_it).any(|name| {
            let from = name.span.start().saturating_sub(BESIDE);
            let to = (name.span.end() + BESIDE).min(text.len());
            // Words cut in two are none of those told.
            let is_whole = |at: &usize| text.is_char_boundary(*at);
            let (from, to) =
                ((from..).find(is_whole).unwrap_or(from), (0..=to).rev().find(is_whole).unwrap_or(to));
            let around = Span::new(from, to);
            around.overlap(span) == 0 && holds(around.of(text))
        })
}

/// Who a description on its own means.
#[allow(clippy::too_many_arguments, reason = "one decision over everything known so far")]
fn who_is_meant(
    found: &Annotated,
    span: Span,
    head: Token,
    kind: EntityKind,
    names: &[Mention],
    entities: &[Entity],
    counts: &[usize],
    added: &[Mention],
) -> Option<usize> {
    let text = &found.report.text;
    let noun = token::fold(token::without_possessive(head.of(text)));
    let is_office = kind == EntityKind::Person && OFFICES.contains_key(&noun);
    let own = posts(span.of(text), &noun, is_office);
    let is_same = |words: &str| posts(words, &noun, is_office).iter().any(|post| own.contains(post));
    let same_noun = |mention: &&Mention| {
        mention.span.end() <= span.start()
            && mention.entity.is_some_and(|at| entities[at].kind == kind)
            && is_same(mention.span.of(text))
    };
    if let Some(earlier) = added.iter().rev().take(MEMORY).find(same_noun) {
        return earlier.entity;
    }
    let is_named = |entity: &Entity| {
        let is_noun = |word: &str| token::fold(word) == noun;
        match kind {
            // "King Ola", and not "Omar Baker".
            EntityKind::Person => entity.name.split_once(' ').is_some_and(|(first, _)| is_noun(first)),
            _ => entity.name.split(' ').any(|word| is_noun(word) && ORGANISATION_WORDS.contains(word)),
        }
    };
    let titled = entities.iter().take(MEMORY).position(|entity| {
        entity.kind == kind && (entity.role.as_deref().is_some_and(is_same) || is_named(entity))
    });
    if titled.is_some() {
        return titled;
    }
    if is_office {
        return by_title(text, &noun, &own, names, entities);
    }
    if kind == EntityKind::Organisation && !STANDS_ALONE.contains(&&*noun) {
        return None;
    }
    if let Some(at) = by_role(text, span, kind, entities) {
        return Some(at);
    }
    let gender = match ROLES.get(&noun).copied().flatten() {
        Some('f') => Some(Gender::Female),
        Some('m') => Some(Gender::Male),
        _ => None,
    };
    let gender = gender.or_else(|| gender_behind(found, span));
    let fits = |at: usize| {
        let entity = &entities[at];
        entity.kind == kind
            && !entity.is_namesake
            && (gender.is_none() || entity.gender.is_none() || entity.gender == gender)
    };
    most_salient(found, names, span, counts, &fits).or_else(|| {
        // A lead may describe before it names: then whoever the report names most is meant.
        let main = (0..entities.len().min(MEMORY))
            .filter(|&at| fits(at))
            .max_by_key(|&at| (counts[at], std::cmp::Reverse(at)));
        main.filter(|&at| kind == EntityKind::Person || counts[at] > 1)
    })
}

/// What `noun` stands for wherever it is in `words`, before any "of": with what makes another role of it ("vice president",
/// "ex-wife"), and for an office also with the first word of a role of two and with "former".
fn posts(words: &str, noun: &str, is_office: bool) -> Vec<String> {
    // Asked of many texts, of which few have the noun.
    if !words.as_bytes().windows(noun.len().max(1)).any(|window| window.eq_ignore_ascii_case(noun.as_bytes()))
    {
        return Vec::new();
    }
    let split = words.split(|c: char| !c.is_alphanumeric() && !matches!(c, '\'' | '’'));
    let ends =
        |word: &str| matches!(word, "of" | "for" | "at" | "to" | "in" | "from" | "with" | "who" | "by");
    let words: Vec<_> =
        split.filter(|word| !word.is_empty()).map(token::fold).take_while(|word| !ends(word)).collect();
    let post = |at: usize| {
        let before = at.checked_sub(1).map_or("", |before| &*words[before]);
        let whole = format!("{before} {noun}");
        let is_other = matches!(before, "vice" | "deputy" | "ex") || is_office && ROLES.contains_key(&whole);
        let post = if is_other { whole } else { noun.to_owned() };
        let was = is_office && words[..at].iter().any(|word| matches!(&**word, "former" | "onetime"));
        if was { format!("former {post}") } else { post }
    };
    (0..words.len()).filter(|&at| words[at] == noun && noun != "old").map(post).collect()
}

/// The person before whose name the title of an office stands: "the senator" is "Sen. Ana Ruiz".
fn by_title(
    text: &str,
    noun: &str,
    posts: &[String],
    names: &[Mention],
    entities: &[Entity],
) -> Option<usize> {
    let title = OFFICES.get(noun).copied().flatten()?;
    let is_titled = |name: &&Mention| {
        let before = text[..name.span.start()].trim_end().trim_end_matches('.');
        let is_person = name.entity.is_some_and(|at| entities[at].kind == EntityKind::Person);
        is_person && before.strip_suffix(title).is_some_and(|rest| !rest.ends_with(char::is_alphanumeric))
    };
    let is_plain = posts.iter().any(|post| post == noun);
    names.iter().take(MEMORY).find(is_titled).filter(|_| is_plain).and_then(|name| name.entity)
}

/// The entity whose role shares the most words of content with the description: "the head of the water company" and "director
/// of Lathe Valley Water".
fn by_role(text: &str, span: Span, kind: EntityKind, entities: &[Entity]) -> Option<usize> {
    let content = |words: &str| -> Vec<String> {
        let split = words.split(|c: char| !c.is_alphanumeric()).map(|word| token::fold(word).into_owned());
        let tells = |word: &String| {
            word.len() > 3
                && !FUNCTION.contains(word)
                && !ROLES.contains_key(word)
                && !STANDINGS.contains(word)
        };
        split.filter(tells).collect()
    };
    let own = content(span.of(text));
    let shared = |entity: &Entity| {
        let mut role = entity.role.as_deref().map(content).unwrap_or_default();
        if kind == EntityKind::Organisation {
            role.extend(content(&entity.name));
        }
        own.iter().filter(|word| role.contains(word)).count()
    };
    let fitting = entities
        .iter()
        .take(MEMORY)
        .enumerate()
        .filter(|(_, entity)| entity.kind == kind && !entity.is_namesake);
    fitting
        .map(|(at, entity)| (shared(entity), at))
        .filter(|(shared, _)| *shared > 0)
        .max_by_key(|(shared, at)| (*shared, std::cmp::Reverse(*at)))
        .map(|(_, at)| at)
}

/// The gender of the first "he" or "she" behind `span` in its sentence.
fn gender_behind(found: &Annotated, span: Span) -> Option<Gender> {
    let next = found.sentences.partition_point(|sentence| sentence.span.end() <= span.start());
    let sentence = found.sentences.get(next)?.span;
    let text = &found.report.text;
    token::tokens(text, Span::new(span.end(), sentence.end().max(span.end())))
        .into_iter()
        .find_map(|t| pronoun_gender(t.of(text)))
}

/// Nouns that mean the organisation spoken of last, whatever it is called.
const STANDS_ALONE: [&str; 24] = [
    "company",
    "employer",
    "firm",
    "club",
    "agency",
    "utility",
    "operator",
    "retailer",
    "manufacturer",
    "maker",
    "giant",
    "start-up",
    "startup",
    "carmaker",
    "insurer",
    "broadcaster",
    "supplier",
    "chain",
    "brand",
    "business",
    "conglomerate",
    "side",
    "charity",
    "group",
];

/// Whether the mention at `span` is part of what is told: authors, photographers and agencies in brackets are not.
fn tells(found: &Annotated, span: Span) -> bool {
    let block = found.block_at(span.start());
    block.is_some_and(|block| {
        block.kind.is_body() || matches!(block.kind, BlockKind::Headline | BlockKind::Dek)
    }) && !found.report.text[..span.start()].ends_with('(')
}

/// The entity spoken of oftest in the text before `span`, near mentions counting more; `None` when there is none.
fn most_salient(
    found: &Annotated,
    names: &[Mention],
    span: Span,
    counts: &[usize],
    fits: &dyn Fn(usize) -> bool,
) -> Option<usize> {
    let before = names.partition_point(|name| name.span.end() <= span.start());
    let mut scores: Vec<(usize, usize)> = Vec::new();
    // The last 24 names before the place are enough to tell whom the passage is about.
    let telling = names[..before].iter().rev().take(MEMORY).filter(|mention| tells(found, mention.span));
    for (distance, mention) in telling.take(24).enumerate() {
        let Some(entity) = mention.entity.filter(|&at| fits(at)) else { continue };
        // Whoever opens a sentence is its subject more often than not.
        let opens = found
            .sentences
            .binary_search_by_key(&mention.span.start(), |sentence| sentence.span.start())
            .is_ok();
        let weight = 1 + 24usize.saturating_sub(distance) / 8 + 3 * usize::from(opens);
        match scores.iter_mut().find(|(at, _)| *at == entity) {
            Some((_, score)) => *score += weight,
            None => scores.push((entity, weight)),
        }
    }
    for (entity, score) in &mut scores {
        *score += counts[*entity].min(10) / 2;
    }
    scores.into_iter().rev().max_by_key(|(_, score)| *score).map(|(entity, _)| entity)
}
