//! Cases of mention finding, as text.

use crate::annotate;
use crate::model::{MentionForm, Received};

/// Checks who is meant: "words -> name" for each mention of `form`, in text order; "?" for nobody.
fn check(text: &str, form: MentionForm, expected: &[&str]) {
    let found = annotate(&Received { bytes: text.as_bytes().to_vec(), ..Received::default() });
    let meant: Vec<String> = found
        .mentions
        .iter()
        .filter(|mention| mention.form == form)
        .map(|mention| {
            let name = mention.entity.map_or("?", |entity| found.entities[entity].name.as_str());
            format!("{} -> {name}", found.words(mention.span))
        })
        .collect();
    assert_eq!(meant, expected, "{form:?} in {text:?}");
}

#[test]
fn a_surname_goes_to_whom_the_report_is_about_and_a_relative_stays_another() {
    check(
        "The mayor of Elmsey, Ana Ruiz, spoke late. Ruiz left with her brother, Pablo Ruiz, who waited. Ruiz waved.",
        MentionForm::Name,
        &[
            "Elmsey -> Elmsey",
            "Ana Ruiz -> Ana Ruiz",
            "Ruiz -> Ana Ruiz",
            "Pablo Ruiz -> Pablo Ruiz",
            "Ruiz -> Ana Ruiz",
        ],
    );
}

#[test]
fn an_account_is_not_the_person_it_is_named_after() {
    check(
        "Singer Ana Ruiz wept. The Ana Ruiz Updates account thanked her.",
        MentionForm::Name,
        &["Ana Ruiz -> Ana Ruiz", "Ana Ruiz Updates account -> Ana Ruiz Updates"],
    );
}

#[test]
fn letters_in_brackets_join_the_name_before_them() {
    check(
        "The Coast Rescue Service (CRS) came. Later the CRS left.",
        MentionForm::Name,
        &[
            "Coast Rescue Service -> Coast Rescue Service",
            "CRS -> Coast Rescue Service",
            "CRS -> Coast Rescue Service",
        ],
    );
}

#[test]
fn descriptions_go_to_whom_they_describe() {
    check(
        "Striker Bo Lind left Harl United. The striker wept. The “Salt” star, 24, hugged Vera Holm, the club doctor.",
        MentionForm::Description,
        &[
            "Striker -> Bo Lind",
            "The striker -> Bo Lind",
            "The “Salt” star -> Bo Lind",
            "the club doctor -> Vera Holm",
        ],
    );
}

#[test]
fn pronouns_look_back_sentence_by_sentence_and_not_into_quotations() {
    check(
        "Ana Ruiz met Omar Brandt. “Pablo Lund is late,” he said. She laughed.",
        MentionForm::Pronoun,
        &["he -> Omar Brandt", "She -> Ana Ruiz"],
    );
}

#[test]
fn a_second_name_joins_the_first_and_a_title_of_another_gender_does_not() {
    check(
        "Maria Ruiz, better known by her stage name Nina Sol, sang. Sol bowed. She thanked Mr. Sol, her dog.",
        MentionForm::Name,
        &["Maria Ruiz -> Maria Ruiz", "Nina Sol -> Maria Ruiz", "Sol -> Maria Ruiz", "Sol -> Sol"],
    );
}

#[test]
fn pronouns_keep_to_their_clause_and_agree() {
    check("Ana Ruiz said Omar Brandt had asked her to wait.", MentionForm::Pronoun, &["her -> Ana Ruiz"]);
    check(
        "Omar Brandt hurt himself when Pablo Lund met him.",
        MentionForm::Pronoun,
        &["himself -> Omar Brandt", "him -> Omar Brandt"],
    );
    check("In her first speech, Ana Ruiz thanked the town.", MentionForm::Pronoun, &["her -> Ana Ruiz"]);
    check("It was clear that Google had lost its case.", MentionForm::Pronoun, &["its -> Google"]);
    check(
        "“I lost my keys and he found them,” said Ana Ruiz. Omar Brandt smiled.",
        MentionForm::Pronoun,
        &["I -> Ana Ruiz", "my -> Ana Ruiz", "he -> ?"],
    );
}

#[test]
fn a_person_goes_by_the_name_the_report_brings_in_and_not_by_a_longer_alias() {
    check(
        "Singer Nina Sol (born Ana Maria Ruiz) wept. Sol left.",
        MentionForm::Name,
        &["Nina Sol -> Nina Sol", "Ana Maria Ruiz -> Nina Sol", "Sol -> Nina Sol"],
    );
}

#[test]
fn who_is_spoken_to_is_not_spoken_of() {
    check(
        "Omar Brandt waited outside. Mr. Lund, you ask whether he may leave.",
        MentionForm::Pronoun,
        &["he -> Omar Brandt"],
    );
}

#[test]
fn an_office_goes_to_whom_the_report_calls_so() {
    check(
        "Mayor Ana Ruiz met Deputy Mayor Omar Brandt. The deputy mayor left. Pablo Lund waited. The mayor’s car came.",
        MentionForm::Description,
        &[
            "Mayor -> Ana Ruiz",
            "Deputy Mayor -> Omar Brandt",
            "The deputy mayor -> Omar Brandt",
            "The mayor -> Ana Ruiz",
        ],
    );
    check(
        "Sen. Ana Ruiz met Omar Brandt. The governor was away. The senator waved.",
        MentionForm::Description,
        &["The governor -> ?", "The senator -> Ana Ruiz"],
    );
}

#[test]
fn what_many_roles_share_tells_nobody_and_a_noun_before_a_noun_is_no_description() {
    check(
        "The former dancer Ana Ruiz met Omar Brandt. Brandt spoke first. The former pilot smiled at the activist wing.",
        MentionForm::Description,
        &["The former dancer -> Ana Ruiz", "The former pilot -> Omar Brandt"],
    );
    check(
        "They spoke to Harl Rowing Club, the mayor of a rowing league, and others.",
        MentionForm::Description,
        &["the mayor of a rowing league -> ?"],
    );
}

#[test]
fn a_role_is_no_courtesy_and_holds_no_verb() {
    check(
        "Mr. Omar Brandt, a retired surgeon, met Ana Ruiz. The surgeon spoke. Police accused Ana Ruiz of theft.",
        MentionForm::Description,
        &["a retired surgeon -> Omar Brandt", "The surgeon -> Omar Brandt"],
    );
    check(
        "Ana Ruiz saw it. The storm wrecked boats and the crash hurt pilot Omar Brandt.",
        MentionForm::Description,
        &["pilot -> Omar Brandt"],
    );
}

#[test]
fn a_name_ends_before_a_day_and_begins_behind_a_title() {
    check(
        "Gov. Ana Ruiz Sunday left with Lt. Gov. Holt.",
        MentionForm::Name,
        &["Ana Ruiz -> Ana Ruiz", "Holt -> Holt"],
    );
    check(
        "Park Hae-jin, the mayor, left. Park waved.",
        MentionForm::Name,
        &["Park Hae-jin -> Park Hae-jin", "Park -> Park Hae-jin"],
    );
}

#[test]
fn a_pronoun_goes_to_whoever_was_speaking_and_a_title_is_not_counted_beside_its_name() {
    check(
        "Omar Brandt said it was late. He smiled. He claimed boats were late. Kyriak Holt speaking to the club called that false. “Boats are bad,” he added.",
        MentionForm::Pronoun,
        &["He -> Omar Brandt", "He -> Omar Brandt", "he -> Kyriak Holt"],
    );
    check(
        "Rowers include frequent winner ex-Alm Mayor Omar Brandt and actor Pablo Lund who trained at Harl Hall while filming his first film The Last Boat.",
        MentionForm::Pronoun,
        &["his -> Pablo Lund"],
    );
}

#[test]
fn what_somebody_is_said_to_be_is_nobody_else() {
    check(
        "Aslog Lund (23 January 1928 – 31 July 2017) was a Danish actress, singer and director. She won the Harl Prize.",
        MentionForm::Pronoun,
        &["She -> Aslog Lund"],
    );
    check(
        "Aslog Brandt, with Pablo Holt and the books of Holt as a boy, taught himself to row.",
        MentionForm::Pronoun,
        &["himself -> Aslog Brandt"],
    );
}

#[test]
fn a_family_name_of_two_words_is_found_without_the_first_name() {
    check(
        "Sheila Holt Brandt spoke in Alm. Later Holt Brandt left.",
        MentionForm::Name,
        &["Sheila Holt Brandt -> Sheila Holt Brandt", "Alm -> Alm", "Holt Brandt -> Sheila Holt Brandt"],
    );
}

#[test]
fn a_first_name_tells_less_than_all_pronouns_of_the_report() {
    check(
        "Ginger Holt rowed alone. He left Alm at dawn. His boat was found on Monday. Holt is 44, and he was well.",
        MentionForm::Pronoun,
        &["He -> Ginger Holt", "His -> Ginger Holt", "he -> Ginger Holt"],
    );
}

#[test]
fn a_name_before_its_verb_is_a_subject_whatever_noun_stands_before_it() {
    check(
        "Bo Lind praised the club. It was the first time Omar Brandt spoke since he was released.",
        MentionForm::Pronoun,
        &["he -> Omar Brandt"],
    );
}

#[test]
fn who_holds_an_office_is_told_from_the_place_or_body_it_is_of() {
    check(
        "Governor of Oregon Ana Gregory waved. CEO of the Coast Council Omar Solberg left, as did Booz Allen Hamilton.",
        MentionForm::Name,
        &[
            "Oregon -> Oregon",
            "Ana Gregory -> Ana Gregory",
            "Coast Council -> Coast Council",
            "Omar Solberg -> Omar Solberg",
            "Booz Allen Hamilton -> Booz Allen Hamilton",
        ],
    );
}

#[test]
fn a_description_begins_with_a_whole_name() {
    check(
        "University of Oregon law professor Ana Gregory spoke.",
        MentionForm::Description,
        &["University of Oregon law professor -> Ana Gregory"],
    );
}

#[test]
fn a_minister_of_another_country_is_another_minister() {
    check(
        "Defence Minister Omar Brandt spoke in Oslo. It was late, the Egyptian aviation minister told him. The minister left.",
        MentionForm::Description,
        &[
            "Defence Minister -> Omar Brandt",
            "the Egyptian aviation minister -> ?",
            "The minister -> Omar Brandt",
        ],
    );
    check(
        "Ana Gregory, an engineer from Oregon, won. The Oregon engineer smiled.",
        MentionForm::Description,
        &["an engineer from Oregon -> Ana Gregory", "The Oregon engineer -> Ana Gregory"],
    );
}
