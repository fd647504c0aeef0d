//! Finds quotations: the words, who says them, with which cue, and how they came.
//!
//! In: a report with blocks, sentences and mentions. Out: [`Quotation`]s in text order, nested ones behind their parent.
//! `marks` finds quotation marks, `pairing` and `passages` what stands between them, `narration` the
//! narrator's words around, `attribution` and `speaker` who speaks, `judgement` what is no speech at all,
//! `weave` joins parts and carries speakers from line to line, `dialogue` reads interviews and posts without
//! marks, `indirect` reported speech (`said` whether a verb tells it, `clause` and `endings` what it
//! reports), `channel` how the words came, `german` who speaks and what is reported in German. The sieve of
//! rules follows Muzny et al. (2017), "A two-stage sieve approach for quote attribution"; word lists lie in
//! `lang/en/quotations/`, those of German in `lang/de/`.
//! Leaves: speech acts without words ("she thanked them"), indirect speech over several sentences.

mod according;
mod attribution;
mod beginnings;
mod channel;
mod clause;
mod dialogue;
mod endings;
mod german;
mod indirect;
mod judgement;
mod lists;
mod marks;
mod narration;
mod pairing;
mod passages;
mod said;
mod speaker;
mod subject;
#[cfg(test)]
mod tests;
mod weave;

use crate::model::{Annotated, BlockKind, EntityKind, Form, Gender, Location, Party, Quotation, Speaker};
use crate::span::Span;
use weave::Draft;

/// The quotations of `found`, in text order, nested ones behind their parent; and what is attributed to somebody otherwise than
/// by saying it, in text order.
pub fn find(found: &Annotated) -> (Vec<Quotation>, Vec<Quotation>) {
    let fragments = passages::find(found);
    let lowered = narration::Lowered::of(&found.report.text);
    let lines = narration::lines(found, &lowered, &fragments);
    let mut drafts = weave::weave(found, &lowered, &fragments, &lines);
    drafts.extend(dialogue::find(found, &fragments, &lines));
    let mut thoughts = reported(found, &fragments, &lines, &mut drafts);
    thoughts.sort_by_key(|draft| (draft.span().start(), std::cmp::Reverse(draft.span().end())));
    channel::fill(found, &lines, &mut drafts);
    drafts.sort_by_key(|draft| (draft.span().start(), std::cmp::Reverse(draft.span().end())));
    let mut quotations: Vec<Quotation> = drafts.iter().map(|draft| quotation(found, draft)).collect();
    if german::is_german(found) {
        german::party::resolve_pronouns(found, &mut quotations);
    }
    who_goes_on(found, &mut quotations);
    quotations.retain(|quotation| !is_of_paper(found, quotation));
    let mut within = within_one_speaker(&quotations).into_iter();
    quotations.retain(|_| within.next() != Some(true));
    nest(&mut quotations);
    (quotations, thoughts.iter().map(|draft| quotation(found, draft)).collect())
}

/// Adds indirect speech to `drafts`, and gives what is thought.
fn reported(
    found: &Annotated,
    fragments: &[passages::Fragment],
    lines: &[narration::Line],
    drafts: &mut Vec<Draft>,
) -> Vec<Draft> {
    if german::is_german(found) {
        let (said, thoughts) = german::indirect::find(found, lines, drafts);
        drafts.extend(said);
        return thoughts;
    }
    let said = indirect::find(found, fragments, lines, drafts);
    drafts.extend(said);
    indirect::thoughts(found, lines, drafts)
}

/// "According to the statement" names a paper that says nothing of who issued it ("a statement by the mayor" does); figures keep
/// it as their source.
fn is_of_paper(found: &Annotated, quotation: &Quotation) -> bool {
    if quotation.rule != "according-to" || matches!(quotation.speaker.party, Party::Entity(_)) {
        return false;
    }
    quotation.speaker.span.is_some_and(|span| {
        let words = crate::token::fold(span.of(&found.report.text));
        let is_signed = [" by ", " from ", " of "].iter().any(|tie| words.contains(tie));
        words.split(' ').take(2).any(|word| word == "statement") && !is_signed
    })
}

/// Which ones lie in another one of the same speaker, or of one whom the other does not name: "Ruiz said she had asked the
/// council to wait" is one.
fn within_one_speaker(quotations: &[Quotation]) -> Vec<bool> {
    let mut open: Option<&Quotation> = None;
    let mut within = vec![false; quotations.len()];
    for (is_within, quotation) in within.iter_mut().zip(quotations) {
        if quotation.form != Form::Indirect {
            continue;
        }
        let is_named = matches!(quotation.speaker.party, Party::Entity(_));
        *is_within = open.is_some_and(|outer| {
            let is_same = outer.speaker.party == quotation.speaker.party && is_named;
            let is_twice = outer.span == quotation.span;
            let is_outside = quotation.speaker.span.is_none_or(|span| !outer.span.contains(span));
            outer.span.contains(quotation.span) && (is_same || is_twice || is_outside)
        });
        if !*is_within {
            open = Some(quotation);
        }
    }
    within
}

/// "She continued: “…”" is the person quoted before it; and a pronoun that means nobody named is the unnamed person quoted
/// before it in the paragraph ("A technician said … “…,” she said").
fn who_goes_on(found: &Annotated, quotations: &mut [Quotation]) {
    for at in 1..quotations.len() {
        let (before, rest) = quotations.split_at_mut(at);
        let (earlier, this) = (&before[at - 1], &mut rest[0]);
        let word = |span: Span| crate::token::fold(span.of(&found.report.text));
        let pronoun = this.speaker.span.map(word).filter(|word| matches!(&**word, "he" | "she" | "they"));
        let Some(pronoun) = pronoun else { continue };
        let continues = this.cue.is_some_and(|cue| matches!(&*word(cue), "continued" | "continues" | "went"));
        let fits = match earlier.speaker.party {
            Party::Entity(entity) => found.entities.get(entity).is_some_and(|entity| match entity.gender {
                Some(gender) => (gender == Gender::Female) == (pronoun == "she"),
                None => entity.kind == EntityKind::Person && pronoun != "they",
            }),
            Party::Unnamed | Party::Unknown => false,
        };
        let same_block = found.block_at(earlier.span.start()).map(|block| block.span)
            == found.block_at(this.span.start()).map(|block| block.span);
        let is_unnamed = this.speaker.party == Party::Unknown && earlier.speaker.party == Party::Unnamed;
        if continues && fits {
            this.speaker.party = earlier.speaker.party.clone();
        } else if same_block && is_unnamed {
            this.speaker = earlier.speaker.clone();
        }
    }
}

fn quotation(found: &Annotated, draft: &Draft) -> Quotation {
    let span = draft.span();
    let speaker = draft.speaker.map(|speaker| speaker::without_verb(found, speaker));
    let party = match speaker {
        Some(speaker) if german::is_german(found) => german::party::of(found, speaker),
        Some(speaker) => speaker::party(found, speaker),
        None => Party::Unknown,
    };
    let kind = found.block_at(span.start()).map_or(BlockKind::Paragraph, |block| block.kind);
    let place = match kind {
        _ if draft.parent.is_some() => Location::Quotation,
        BlockKind::Headline | BlockKind::Dek | BlockKind::Heading => Location::Headline,
        BlockKind::Caption => Location::Caption,
        _ => Location::Body,
    };
    Quotation {
        content: draft.content.clone(),
        clause: draft.clause.filter(|_| draft.form == Form::Partial),
        span,
        form: draft.form,
        place,
        parent: draft.parent,
        speaker: Speaker { span: speaker, party },
        cue: draft.cue,
        channel: draft.channel,
        platform: draft.platform.clone(),
        channel_span: draft.channel_span,
        closed: draft.closed,
        rule: draft.rule,
    }
}

/// Gives nested quotations the span of the quotation they ended up in.
fn nest(quotations: &mut [Quotation]) {
    let spans: Vec<(Span, Location)> =
        quotations.iter().map(|quotation| (quotation.span, quotation.place)).collect();
    let mut outer: Option<Span> = None;
    for (at, quotation) in quotations.iter_mut().enumerate() {
        if quotation.place == Location::Quotation {
            quotation.parent = outer.filter(|outer| outer.contains(quotation.span)).or(quotation.parent);
        } else {
            outer = Some(spans[at].0);
        }
    }
}
