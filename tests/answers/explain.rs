//! Why: what rules say is what choices are cut by, and every price is that of a year planned from
//! nothing with the files changed by hand.

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};

use shizi::answers::{Answer, Base, Explainer, Price, Priced, Question, RuleAnswer};
use shizi::domain::{Form, TeacherIndex};
use shizi::eligibility::{Choice, Choices, obstacles};
use shizi::report::{ExplainPage, Language};

use super::{NEVER, planned, with_base, wulong_but, wulong_policy};

const WULONG: &str = "instances/wulong";

fn wulong(answer: impl FnOnce(&Base<'_>)) {
    with_base(Path::new(WULONG), Path::new("wulong"), answer);
}

fn ask(base: &Base<'_>, question: &Question) -> Answer {
    let explainer = Explainer::new(base, false, &NEVER).unwrap();
    explainer.answer(question, &|_, _| {}).unwrap()
}

fn after(price: &Price) -> Vec<i64> {
    let units = price.levels.iter();
    let levels: Vec<i64> = units
        .map(|level| {
            assert!(level.is_exact(), "{level:?}");
            level.units
        })
        .collect();
    levels
}

/// What a year planned from nothing has more at each level than the base.
fn beside(base: &Base<'_>, rosters: &Path, policy: &Path) -> Option<Vec<i64>> {
    let levels = base.planned.levels.iter().map(|level| level.value);
    let by_hand = planned(rosters, policy)?;
    Some(
        by_hand
            .iter()
            .zip(levels)
            .map(|(one, base)| one - base)
            .collect(),
    )
}

/// Levels beside the base with a line more among the locks.
fn with_lock(base: &Base<'_>, line: &str) -> Option<Vec<i64>> {
    let folder = tempfile::tempdir().unwrap();
    let rosters = wulong_but(folder.path(), "locks.csv", |before| before + line + "\r\n");
    beside(base, &rosters, Path::new("wulong"))
}

fn price(priced: &Priced) -> &Price {
    priced.price().unwrap_or_else(|| panic!("{priced:?}"))
}

/// Those whom the base moves by its own choice.
fn moved(base: &Base<'_>) -> Vec<TeacherIndex> {
    let district = base.context.situation.district;
    let placements = base.plan().unwrap().placements.iter();
    placements
        .filter(|held| held.form.leaves_school() && !held.decided)
        .map(|held| held.teacher)
        .filter(|&teacher| district.locks_of(teacher).is_empty())
        .collect()
}

#[test]
fn who_stays_costs_what_a_lock_in_the_files_costs() {
    wulong(|base| {
        let district = base.context.situation.district;
        for &teacher in moved(base).iter().step_by(20) {
            let Answer::Teacher(answer) = ask(base, &Question::Teacher(teacher)) else {
                panic!("another question was answered");
            };
            let id = &district.teacher(teacher).id;
            assert_eq!(&answer.teacher, id);
            assert!(answer.name.is_none() && answer.chosen.is_chosen);
            assert!(!answer.chosen.basis.is_empty() && !answer.chosen.reason.is_empty());
            let form = answer.standing.iter().find(|held| held.may).unwrap();
            assert!(form.refused.is_empty());
            let stays = price(answer.stays.as_ref().unwrap());
            let by_hand = with_lock(base, &format!("{id},留任,,,会议")).unwrap();
            assert_eq!(after(stays), by_hand, "{id}");
            // The best plan of all cannot be bettered by a lock.
            assert!(by_hand >= vec![0; by_hand.len()], "{by_hand:?}");
        }
    });
}

#[test]
fn everybody_costs_what_each_costs_alone() {
    wulong(|base| {
        let Answer::All(everybody) = ask(base, &Question::All) else {
            panic!("another question was answered");
        };
        let district = base.context.situation.district;
        let placements = base.plan().unwrap().placements.iter();
        let leaving = placements.filter(|held| held.form.leaves_school());
        assert_eq!(everybody.moves.len() + everybody.decided, leaving.count());
        for held in everybody.moves.iter().step_by(25) {
            let teacher = district.teacher_with_id(&held.teacher).unwrap();
            let Answer::Teacher(alone) = ask(base, &Question::Teacher(teacher)) else {
                panic!("another question was answered");
            };
            assert_eq!(alone.stays.as_ref(), Some(&held.price));
            assert_eq!(alone.chosen, held.chosen);
        }
    });
}

#[test]
fn an_interrupt_leaves_the_prices_that_are_known() {
    wulong(|base| {
        let Answer::All(whole) = ask(base, &Question::All) else {
            panic!("another question was answered");
        };
        assert_eq!(whole.unpriced, 0);
        let stop = AtomicBool::new(false);
        let explainer = Explainer::new(base, false, &stop).unwrap();
        let tell = |done: usize, _: usize| {
            if done >= 5 {
                stop.store(true, Ordering::Relaxed);
            }
        };
        let Answer::All(cut) = explainer.answer(&Question::All, &tell).unwrap() else {
            panic!("another question was answered");
        };
        // All are listed, each with its true price or none.
        assert_eq!(cut.moves.len(), whole.moves.len());
        let known = cut.moves.iter().zip(&whole.moves);
        let known = known.filter(|(held, _)| held.price != Priced::Interrupted);
        let known: Vec<_> = known.collect();
        let left = whole.moves.len() - known.len();
        assert!(!known.is_empty() && left > 0);
        assert_eq!(cut.unpriced, left);
        assert!(known.iter().all(|(held, full)| held.price == full.price));
        let answers = [Answer::All(cut)];
        let page = ExplainPage::new(base, &answers, 1);
        let text = page.text(Language::Chinese);
        assert!(text.contains("未测算，表中注明") && text.contains("还有 1 项所问没有回答"));
        let mut table = Vec::new();
        page.csv(&mut table).unwrap();
        let table = String::from_utf8(table).unwrap();
        assert_eq!(table.matches("未测算（已中断）").count(), left);
        let view = serde_json::to_value(page.view()).unwrap();
        assert_eq!(view["unanswered"], 1);
        assert_eq!(view["answers"][0]["unpriced"], left);
    });
}

#[test]
fn a_forced_move_costs_what_a_lock_in_the_files_costs() {
    wulong(|base| {
        let situation = base.context.situation;
        let choices = Choices::new(&base.context, base.rules);
        let still = situation.district.teacher_indices().filter(|&teacher| {
            let placement = &base.plan().unwrap().placements[teacher.position()];
            placement.form == Form::Stay && choices.of(teacher).len() > 8
        });
        let mut tried = 0;
        for teacher in still.step_by(60).take(3) {
            let id = &situation.district.teacher(teacher).id;
            let school = choices.of(teacher).iter().find_map(|choice| match choice {
                Choice::Post { form, post, .. } if form.is_move() => {
                    Some(situation.posts.get(*post).school)
                }
                _ => None,
            });
            let Some(school) = school else {
                continue;
            };
            tried += 1;
            let code = &situation.district.school(school).code;
            let there = ask(base, &Question::WhyNot(teacher, Some(school)));
            let anywhere = ask(base, &Question::WhyNot(teacher, None));
            let (Answer::WhyNot(there), Answer::WhyNot(anywhere)) = (there, anywhere) else {
                panic!("another question was answered");
            };
            assert!(there.forms.iter().any(|form| form.reasons.is_empty()));
            let forced = after(price(there.forced.as_ref().unwrap()));
            let by_hand = with_lock(base, &format!("{id},派往,{code},,会议")).unwrap();
            assert_eq!(forced, by_hand, "{id} to {code}");
            // The best of all schools is at least as good as this one.
            let best = price(anywhere.forced.as_ref().unwrap());
            assert!(after(best) <= forced, "{id}");
            assert_ne!(best.place.as_ref().unwrap().form, Form::Stay.chinese());
        }
        assert!(tried > 0);
    });
}

#[test]
fn rules_in_the_way_are_those_that_cut_choices() {
    wulong(|base| {
        let (context, situation) = (&base.context, base.context.situation);
        let choices = Choices::new(context, base.rules);
        for teacher in situation.district.teacher_indices().step_by(13) {
            for school in situation.district.school_indices() {
                let found = obstacles(context, base.rules, teacher, (school, None));
                for form in context
                    .standings
                    .forms()
                    .iter()
                    .filter(|form| form.is_move())
                {
                    let told = found
                        .iter()
                        .any(|held| held.form == *form && held.reasons.is_empty());
                    let leads = choices.of(teacher).iter().any(|choice| {
                        let Choice::Post {
                            form: held, post, ..
                        } = choice
                        else {
                            return false;
                        };
                        held == form && situation.posts.get(*post).school == school
                    });
                    let id = &situation.district.teacher(teacher).id;
                    assert_eq!(told, leads, "{id} {form:?} {school:?}: {found:?}");
                }
            }
        }
    });
}

/// The smallest district: T03 has not been there for six years, T06 could go.
#[test]
fn a_refusal_names_the_right_rule() {
    with_base(Path::new("instances/tiny"), Path::new("wulong"), |base| {
        let context = &base.context;
        let why_not = |text: &str| {
            let question = Question::why_not(context, text).unwrap();
            let Answer::WhyNot(answer) = ask(base, &question) else {
                panic!("another question was answered");
            };
            answer
        };
        let refused = why_not("T03=S002");
        assert!(refused.forced.is_none());
        let exchange = refused
            .forms
            .iter()
            .find(|form| form.form == "交流")
            .unwrap();
        let reasons: Vec<&str> = exchange
            .reasons
            .iter()
            .map(|held| held.chinese.as_str())
            .collect();
        assert_eq!(reasons, ["不符合：在同一学校连续任教满六年"]);
        assert_eq!(
            exchange.reasons[0].english,
            "not met: Six years in the same school"
        );
        // Her own school is no place to be sent to.
        assert!(why_not("T03=S001").forms.is_empty());
        for (text, word) in [("T99", "T99"), ("T03=S999", "S999")] {
            let fault = Question::why_not(context, text).unwrap_err();
            assert_eq!(fault.place, word);
        }
        for text in ["S001", "S001:大学:语文", "S001:小学:物理", "S001:小学:没有"] {
            assert!(Question::post(context, text).is_err(), "{text}");
        }
        assert!(
            Question::rule(base.rules, "six-year")
                .unwrap_err()
                .advice
                .contains("six-years")
        );
    });
}

#[test]
fn one_person_more_at_a_post_costs_what_a_rule_in_a_policy_costs() {
    wulong(|base| {
        let question = Question::post(&base.context, "S001:小学:体育").unwrap();
        let Answer::Post(answer) = ask(base, &question) else {
            panic!("another question was answered");
        };
        assert!(answer.short_after > 0.0 && answer.after >= answer.before);
        let coming = answer.coming.count as f64 - answer.leaving.count as f64;
        assert!((answer.after - answer.before - coming).abs() < 0.001);
        let one_more = price(answer.one_more.as_ref().unwrap());
        assert!(one_more.successors.count > 0, "{one_more:?}");
        let folder = tempfile::tempdir().unwrap();
        let policy = wulong_policy(
            folder.path(),
            &format!(
                "[rule.more]\nkind = 'count'\ntitle = '再增一人'\nenforcement = 'hard'\n\
                 of = 'teachers'\nwho = {{ stage = '小学', subject = '体育' }}\n\
                 to = {{ school = 'S001' }}\nat_least = {}\ncertainty = 'M'\n",
                answer.after as i64 + 1
            ),
        );
        let by_hand = beside(base, Path::new(WULONG), &policy).unwrap();
        assert_eq!(after(one_more), by_hand);
    });
}

#[test]
fn a_unit_of_a_rule_costs_what_another_number_in_a_policy_costs() {
    wulong(|base| {
        let rule = |id: &str| -> Box<RuleAnswer> {
            let question = Question::rule(base.rules, id).unwrap();
            let Answer::Rule(answer) = ask(base, &question) else {
                panic!("another question was answered");
            };
            answer
        };
        let minutes = rule("reach-minutes");
        let changed: Vec<&str> = minutes
            .keys
            .iter()
            .map(|key| key.changed.as_str())
            .collect();
        assert_eq!(changed, ["55", "65"]);
        for key in &minutes.keys {
            let folder = tempfile::tempdir().unwrap();
            let text = format!("[rule.reach-minutes]\nmax_minutes = {}\n", key.changed);
            let policy = wulong_policy(folder.path(), &text);
            let by_hand = beside(base, Path::new(WULONG), &policy).unwrap();
            assert_eq!(after(price(&key.price)), by_hand, "{}", key.changed);
        }
        let cap = rule("leave-cap");
        assert!(cap.met && cap.missed == 0 && !cap.at_limit.is_empty());
        for limit in &cap.at_limit {
            assert!(limit.target.contains(&limit.value), "{limit:?}");
        }
        let psychology = rule("psychology");
        assert!(!psychology.bears && psychology.keys.is_empty());
        assert_eq!(psychology.missed, psychology.missed_at.len());
    });
}

#[test]
fn whoever_has_been_sent_waits_for_those_who_never_were() {
    let folder = tempfile::tempdir().unwrap();
    // Every fifth has been sent once.
    let rosters = wulong_but(folder.path(), "teachers.csv", |before| {
        let lines = before.lines().enumerate().map(|(row, line)| match row {
            0 => format!("{line},交流次数\r\n"),
            _ => format!("{line},{}\r\n", u32::from(row % 5 == 0)),
        });
        lines.collect()
    });
    let rule = "[rule.by-turns]\nkind = 'turns'\ntitle = '轮流'\nenforcement = 'hard'\n";
    let policy = wulong_policy(folder.path(), rule);
    with_base(&rosters, &policy, |base| {
        let (situation, standings) = (base.context.situation, base.context.standings);
        let placements = &base.plan().unwrap().placements;
        let may = |teacher: TeacherIndex| standings.may(teacher, Form::Exchange);
        let made = |teacher: TeacherIndex| situation.district.teacher(teacher).exchanges_made();
        let school = |teacher: TeacherIndex| situation.roll.entry(teacher).origin;
        let waiting = |of: TeacherIndex| {
            let stay = placements.iter().filter(|held| !held.form.is_move());
            let stay = stay.map(|held| held.teacher);
            let colleagues = stay.filter(|&one| school(one) == school(of) && made(one) == Some(0));
            let eligible =
                |&one: &TeacherIndex| may(one) && standings.is_eligible(one, Form::Exchange);
            colleagues.filter(eligible).count()
        };
        let everybody = situation.district.teacher_indices();
        // Whoever goes again by wish waits for nobody.
        let stays = |one: TeacherIndex| !placements[one.position()].form.is_move();
        let before = everybody.filter(|&one| made(one) == Some(1) && may(one) && stays(one));
        let before: Vec<TeacherIndex> = before.collect();
        let told = before.iter().step_by(before.len() / 3).map(|&teacher| {
            let Answer::Teacher(answer) = ask(base, &Question::Teacher(teacher)) else {
                panic!("another question was answered");
            };
            let counts: Vec<(u32, usize)> = answer
                .turns
                .iter()
                .map(|turn| (turn.exchanges, turn.waiting))
                .collect();
            let expected: Vec<(u32, usize)> = match waiting(teacher) {
                0 => Vec::new(),
                count => vec![(1, count)],
            };
            assert_eq!(counts, expected, "{}", answer.teacher);
            counts.len()
        });
        assert!(told.sum::<usize>() > 0, "nobody waits");
        let mut others = situation.district.teacher_indices();
        let never = others
            .find(|&one| made(one) == Some(0) && may(one))
            .unwrap();
        let Answer::Teacher(answer) = ask(base, &Question::Teacher(never)) else {
            panic!("another question was answered");
        };
        assert_eq!(answer.turns, []);
    });
}
