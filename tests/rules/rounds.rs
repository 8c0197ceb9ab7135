//! What the rounds of the year add to rules: the present school among wishes, those released,
//! quotas.

use shizi::demand::{RollEntry, Situation};
use shizi::domain::{
    Competition, CompetitionResult, District, DistrictParts, Employment, Form, LockKind, Placement,
    Preference, Quota, RunningExchange, SchoolIndex, Stage, TeacherIndex,
};
use shizi::eligibility::{Choices, Terms};
use shizi::matching::{NextRound, compete, justified_envy};
use shizi::rules::Context;

use crate::programs::Numbers;
use crate::support::{self, subject, tiny, year_begin};
use crate::{COVER, EXCHANGES, Scenario, TRANSFERS, check, plan, tested};

fn wish(parts: &mut DistrictParts, school: u32, rank: u32) {
    parts.preferences.push(Preference {
        teacher: TeacherIndex(0),
        school: SchoolIndex(school),
        rank,
    });
}

fn release(parts: &mut DistrictParts, teacher: u32) {
    parts.results.push(CompetitionResult {
        teacher: TeacherIndex(teacher),
        outcome: Competition::Released,
        stage: None,
        subject: None,
    });
}

#[test]
fn above_present() {
    // T0 would rather stay than go to S1, where somebody is missing.
    let mut parts = tiny::district(1, &[0, 1000]);
    wish(&mut parts, 0, 1);
    wish(&mut parts, 1, 2);
    let mut released = parts.clone();
    release(&mut released, 0);
    let body = "kind = 'reach'\nabove_present = true";
    let moved: &[&str] = &["T0 交流 S1 语文"];
    check(&[Scenario::new(
        "nobody goes below the present school",
        parts,
        body,
        &[],
        moved,
    )]);
    // Who was released has no present school: the move is by duty.
    let district = District::new(released).unwrap();
    assert_eq!(plan(&district, &[COVER, EXCHANGES, &tested(body)]), moved);
}

#[test]
fn waiting() {
    // Nothing is covered or priced but that T0 holds no post.
    let mut parts = tiny::district(1, &[0, 1000]);
    release(&mut parts, 0);
    let body = "kind = 'count'\nof = 'waiting'\nat_most = 0\nenforcement = 'floor'";
    check(&[Scenario::new(
        "those released are placed",
        parts,
        body,
        &["T0 调动 S1 语文"],
        &[],
    )
    .only_beside(TRANSFERS)]);
}

#[test]
fn quota() {
    // Two of three would cover S1, the cheapest first; S0 sends one at most.
    let mut parts = tiny::district(3, &[1000, 2000]);
    let chinese = subject(&parts, "语文");
    parts.quotas = vec![Quota {
        school: SchoolIndex(0),
        stage: Stage::Primary,
        subject: chinese,
        sent: 1,
        received: 0,
    }];
    let body = "kind = 'count'\nof = 'moves'\nscope = 'school-subject'\nside = 'origin'\n\
                at_most = { of = 'quota' }";
    let both: &[&str] = &["T1 交流 S1 语文", "T2 交流 S1 语文"];
    let mut without_table = parts.clone();
    without_table.quotas.clear();
    check(&[Scenario::new(
        "a school sends its quota",
        parts,
        body,
        &["T2 交流 S1 语文"],
        both,
    )]);
    let district = District::new(without_table).unwrap();
    assert_eq!(plan(&district, &[COVER, EXCHANGES, &tested(body)]), both);
}

/// Everybody's moves that may be chosen.
fn moves(context: &Context<'_>, rules: &shizi::rules::RuleSet) -> Vec<Vec<Placement>> {
    let situation = context.situation;
    let choices = Choices::new(context, rules);
    let terms = Terms::new(situation, &choices);
    let entries = situation.roll.entries().iter();
    entries
        .map(|entry| {
            let mut placements = choices.placements(&terms, entry);
            placements.retain(|placement| placement.form.is_move() && !placement.decided);
            placements
        })
        .collect()
}

#[test]
fn above_present_takes_away_just_the_moves_below() {
    let (mut kept, mut taken) = (0, 0);
    for seed in 0..3_000 {
        let mut numbers = Numbers::new(seed);
        let district = support::random::district(&mut numbers);
        let text = support::policies::text(&mut numbers).replace("above_present = true\n", "");
        let rule = "[rule.zz-above]\nkind = 'reach'\ntitle = '不降'\nabove_present = true\n";
        let [free, bound] = [String::new(), rule.to_owned()].map(|rule| {
            let (policy, rules) = support::policy(&format!("{text}{rule}"));
            let (situation, standings) = support::situation(&district, &policy, &rules);
            let context = Context {
                situation: &situation,
                standings: &standings,
            };
            moves(&context, &rules)
        });
        for (free, bound) in free.iter().zip(&bound) {
            let below = |placement: &&Placement| {
                let teacher = placement.teacher;
                let own = district.teacher(teacher).school;
                let wishes = district.preferences.iter();
                let behind = wishes
                    .filter(|wish| wish.teacher == teacher)
                    .skip_while(|wish| wish.school != own);
                let by_duty = district.competition_of(teacher) == Competition::Released
                    || district
                        .locks
                        .iter()
                        .any(|lock| lock.teacher == teacher && lock.kind == LockKind::Go);
                // The rule speaks of exchanges and transfers.
                matches!(placement.form, Form::Exchange | Form::Transfer)
                    && behind.skip(1).any(|wish| wish.school == placement.school)
                    && !by_duty
            };
            let expected: Vec<Placement> =
                free.iter().filter(|held| !below(held)).copied().collect();
            assert_eq!(*bound, expected, "seed {seed}\n{text}\n{district:#?}");
            kept += expected.len();
            taken += free.len() - expected.len();
        }
    }
    assert!(
        kept > 1_000 && taken > 10,
        "{kept} moves kept, {taken} taken away"
    );
}

/// Who holds 编制 in each unit, and who serves at each post.
fn occupied(situation: &Situation<'_>, placements: &[Placement]) -> (Vec<i64>, Vec<i64>) {
    let mut held = vec![0; situation.district.units.len()];
    let mut staff = vec![0; situation.posts.all().len()];
    for placement in placements {
        let teacher = situation.district.teacher(placement.teacher);
        let unit = placement
            .unit
            .filter(|_| teacher.employment == Employment::Establishment);
        if let Some(unit) = unit {
            held[unit.position()] += 1;
        }
        let place = (placement.school, placement.stage, placement.subject);
        let post = situation.posts.of(place.0, place.1, place.2);
        if let Some(post) = post.filter(|_| placement.form.serves()) {
            staff[post.0 as usize] += 1;
        }
    }
    (held, staff)
}

#[test]
fn a_match_keeps_within_posts_and_establishments_and_passes_nobody_over() {
    let text = "extends = 'national'\nid = 'x'\ntitle = 'x'\n[rule.reach-unit]\noff = true\n";
    let (policy, rules) = support::policy(text);
    let mut admitted = 0;
    for seed in 0..6_000 {
        let district = support::random::district(&mut Numbers::new(seed));
        let (situation, standings) = support::situation(&district, &policy, &rules);
        let context = Context {
            situation: &situation,
            standings: &standings,
        };
        let round = compete(&context, &rules);
        let entries = situation.roll.entries().iter();
        let before: Vec<Placement> = entries.map(RollEntry::placement).collect();
        let mut after = before.clone();
        for (applicant, claim) in round.admitted() {
            admitted += 1;
            let placement = &mut after[applicant.teacher.position()];
            placement.form = Form::Transfer;
            placement.school = claim.school;
            placement.unit = Some(district.school(claim.school).unit);
            (placement.stage, placement.subject) = (claim.stage, claim.subject);
        }
        let told = || format!("seed {seed}\n{district:#?}\n{round:#?}");
        let (held, staff) = occupied(&situation, &before);
        let (held_after, staff_after) = occupied(&situation, &after);
        for (at, unit) in district.units.iter().enumerate() {
            let most = unit.establishment.map_or(i64::MAX, i64::from).max(held[at]);
            assert!(held_after[at] <= most, "{}: {}", unit.code, told());
        }
        for (at, post) in situation.posts.all().iter().enumerate() {
            // Half a person missing is a vacancy.
            let most = ((post.need.0 + 500) / 1_000).max(staff[at]);
            assert!(staff_after[at] <= most, "{}: {}", post.label, told());
        }
        let envy = justified_envy(&context, &rules, &after);
        let of_round = envy
            .iter()
            .filter(|envy| !before[envy.taken.position()].decided);
        assert_eq!(of_round.count(), 0, "{}", told());
    }
    assert!(admitted > 400, "only {admitted} were admitted");
}

#[test]
fn who_is_home_from_an_exchange_and_takes_another_subject_is_not_transferred() {
    // The roster still has T0 at S1, where the exchange from S0 ends as the year begins.
    let mut parts = tiny::district(0, &[1000, 1000]);
    tiny::teacher_at(&mut parts, 1);
    parts.teachers[0].establishment_unit = Some(parts.schools[0].unit);
    parts.teachers[0].running = Some(RunningExchange {
        start: Some(year_begin().plus(-24)),
        end: Some(year_begin()),
        origin: SchoolIndex(0),
        personnel_moved: false,
    });
    let district = District::new(parts).unwrap();
    let (policy, rules) = support::policy("extends = 'national'\nid = 'x'\ntitle = 'x'\n");
    let (situation, _) = support::situation(&district, &policy, &rules);
    let home = situation.roll.entry(TeacherIndex(0)).placement();
    assert_eq!((home.form, home.school), (Form::Return, SchoolIndex(0)));
    let changed = Placement {
        form: Form::ChangeSubject,
        ..home
    };
    let next = NextRound::new(&district, [&changed], "x");
    assert!(next.decided_rows(&district).is_empty());
    assert_eq!(next.result_rows(&district).len(), 1);
}
