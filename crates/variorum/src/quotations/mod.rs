//! Finds quotations: the words, who says them, with which cue, and how they came.
//!
//! In: a report with blocks, sentences and mentions. Out: [`Quotation`]s in text order, nested ones behind their parent.
//! `marks` finds quotation marks, `pairing` and `passages` what stands between them, `narration` the narrator's words
//! around, `attribution` and `speaker` who speaks, `judgement` what is no speech at all, `weave` joins parts and
//! carries speakers from line to line, `dialogue` reads interviews and posts without marks, `indirect` reported
//! speech, `channel` how the words came. The sieve of rules follows Muzny et al. (2017), "A two-stage sieve approach
//! for quote attribution"; word lists lie in `lang/en/quotations/`.
//! Leaves: reported thoughts, speech acts without words ("she thanked them"), indirect speech over several sentences.

mod attribution;
mod channel;
mod dialogue;
mod indirect;
mod judgement;
mod lists;
mod marks;
mod narration;
mod pairing;
mod passages;
mod speaker;
#[cfg(test)]
mod tests;
mod weave;

use crate::model::{Annotated, BlockKind, Form, Location, Quotation, Speaker};
use crate::span::Span;
use weave::Draft;

/// The quotations of `found`, in text order; nested ones follow their parent.
pub fn find(found: &Annotated) -> Vec<Quotation> {
    let fragments = passages::find(found);
    let lines = narration::lines(found, &fragments);
    let mut drafts = weave::weave(found, &fragments, &lines);
    drafts.extend(dialogue::find(found, &fragments, &lines));
    let reported = indirect::find(found, &fragments, &lines, &mut drafts);
    drafts.extend(reported);
    channel::fill(found, &lines, &mut drafts);
    drafts.sort_by_key(|draft| (draft.span().start(), std::cmp::Reverse(draft.span().end())));
    let mut quotations: Vec<Quotation> = drafts.iter().map(|draft| quotation(found, draft)).collect();
    who_goes_on(found, &mut quotations);
    // "According to the statement" names a paper, not somebody who speaks; figures keep it as their source.
    quotations.retain(|quotation| {
        let speaks = matches!(quotation.speaker.party, crate::model::Party::Entity(_));
        quotation.form != Form::Indirect || quotation.rule != "according-to" || speaks
    });
    nest(&mut quotations);
    quotations
}

/// "A technician said … “…,” she said": a pronoun that means nobody named is the unnamed person quoted before it in the paragraph.
fn who_goes_on(found: &Annotated, quotations: &mut [Quotation]) {
    for at in 1..quotations.len() {
        let (before, rest) = quotations.split_at_mut(at);
        let (earlier, this) = (&before[at - 1], &mut rest[0]);
        let is_pronoun = this.speaker.span.is_some_and(|span| {
            matches!(crate::token::fold(span.of(&found.report.text)).as_str(), "he" | "she" | "they")
        });
        let same_block = found.block_at(earlier.span.start()).map(|block| block.span)
            == found.block_at(this.span.start()).map(|block| block.span);
        if is_pronoun
            && same_block
            && this.speaker.party == crate::model::Party::Unknown
            && earlier.speaker.party == crate::model::Party::Unnamed
        {
            this.speaker = earlier.speaker.clone();
        }
    }
}

fn quotation(found: &Annotated, draft: &Draft) -> Quotation {
    let span = draft.span();
    let party = match draft.speaker {
        Some(speaker) => speaker::party(found, speaker),
        None => crate::model::Party::Unknown,
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
        speaker: Speaker { span: draft.speaker, party },
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
