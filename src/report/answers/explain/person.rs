//! Of somebody, in sentences.

use super::super::words::whereabouts;
use super::price::{people, price};
use super::{post_of, quoted, reasons};
use crate::answers::{Comers, FormStanding, TeacherAnswer, TurnAnswer, Whereabouts, WhyNotAnswer};
use crate::domain::Form;
use crate::report::language::{Language, counted};
use crate::report::page::Page;

pub(super) fn teacher(page: &mut Page, answer: &TeacherAnswer) {
    let language = page.language;
    let who = who(&answer.teacher, answer.name.as_deref());
    let home = home(language, &answer.home);
    page.heading(
        &format!("教师 {who}：学年初在{home}"),
        &format!("Teacher {who}: at {home} when the year begins"),
    );
    standing(page, answer);
    turns(page, &answer.turns);
    chosen(page, answer);
    if let Some(comers) = &answer.comers {
        comers_line(page, comers);
    }
    if let Some(priced) = &answer.stays {
        let of = page
            .pick(
                "如果该教师不动（锁定为留任，重新求解）",
                "Were he or she to stay (locked so, solved again)",
            )
            .to_owned();
        price(page, &of, priced, true);
    }
}

fn standing(page: &mut Page, answer: &TeacherAnswer) {
    let language = page.language;
    let form = |held: &FormStanding| language.pick(held.form, held.form_code).to_owned();
    let join = |some: Vec<String>| some.join(language.pick("、", ", "));
    let may: Vec<&FormStanding> = answer.standing.iter().filter(|held| held.may).collect();
    let names = join(may.iter().map(|held| form(held)).collect());
    page.line(match (may.is_empty(), language) {
        (true, Language::Chinese) => "  资格：没有一种形式可以安排。".to_owned(),
        (true, Language::English) => "  Standing: no form is open.".to_owned(),
        (false, Language::Chinese) => {
            format!("  资格：可以安排{names}；共有 {} 个去向可选。", answer.ways)
        }
        (false, Language::English) => {
            let ways = counted(answer.ways, "place", "places");
            format!("  Standing: open to {names}; {ways} could be chosen.")
        }
    });
    for held in &may {
        if !held.met.is_empty() {
            let (form, met) = (form(held), quoted(language, &held.met));
            let must = if held.must {
                language.pick("（必须流动）", " (must move)")
            } else {
                ""
            };
            page.line(match language {
                Language::Chinese => format!("    {form}：符合{met}{must}"),
                Language::English => format!("    {form}: meets {met}{must}"),
            });
        }
    }
    for held in answer.standing.iter().filter(|held| !held.may) {
        let (form, refused) = (form(held), reasons(language, &held.refused));
        page.line(match language {
            Language::Chinese => format!("    不能安排{form}：{refused}"),
            Language::English => format!("    not {form}: {refused}"),
        });
    }
}

/// The rules of turns by which others go first.
fn turns(page: &mut Page, held: &[TurnAnswer]) {
    for turn in held {
        let TurnAnswer {
            exchanges, waiting, ..
        } = turn;
        let title = page
            .language
            .title(&turn.rule.title, &turn.rule.title_english);
        page.line(match page.language {
            Language::Chinese => format!(
                "  轮流：“{title}”（{}）：本人已交流 {exchanges} 次，同一范围内还有 {waiting} 名符合条件而\
                 从未交流的教师留任；锁定“派往”的不受此限。",
                turn.held_as
            ),
            Language::English => format!(
                "  Turns: “{title}” ({}): sent {exchanges} times before, while {waiting} who fulfil the \
                 conditions and never were stay; a lock to go is not held to it.",
                turn.held_as_code
            ),
        });
    }
}

fn chosen(page: &mut Page, answer: &TeacherAnswer) {
    let language = page.language;
    let chosen = &answer.chosen;
    let place = whereabouts(language, Some(&chosen.place));
    if chosen.reason.is_empty() {
        let open = answer.ways > 0;
        page.line(match (open, language) {
            (true, Language::Chinese) => format!(
                "  方案：没有安排流动，在{place}。要问为什么不去某校：--why-not {}=学校",
                answer.teacher
            ),
            (true, Language::English) => format!(
                "  Plan: no move; at {place}. Why not elsewhere: --why-not {}=SCHOOL",
                answer.teacher
            ),
            (false, Language::Chinese) => format!("  方案：在{place}，没有其他去向可选。"),
            (false, Language::English) => format!("  Plan: at {place}; nothing else is open."),
        });
        return;
    }
    page.line(match language {
        Language::Chinese => format!("  方案：{place}"),
        Language::English => format!("  Plan: {place}"),
    });
    page.line(format!(
        "    {}{}",
        page.pick("依据：", "Basis: "),
        chosen.basis
    ));
    page.line(format!(
        "    {}{}",
        page.pick("原因：", "Reason: "),
        chosen.reason
    ));
    if !chosen.is_chosen {
        let line = page.pick(
            "    已由组织决定，方案对该教师不作选择，因此没有可以比较的代价。",
            "    Decided before: the plan chooses nothing here, so there is no price to compare.",
        );
        page.line(line.to_owned());
    } else if answer.stays.is_none() {
        let line = page.pick(
            "    校内转任学科不离开本校，“留任”锁定对它不起作用，因此没有测算留任的代价。",
            "    A change of subject leaves no school: a lock to stay does not bear on it, so no price.",
        );
        page.line(line.to_owned());
    }
}

fn comers_line(page: &mut Page, comers: &Comers) {
    let Comers {
        all,
        here,
        elsewhere,
        unmoved,
    } = comers;
    let count = all.count;
    page.line(match page.language {
        Language::Chinese if count == 0 => {
            "  同一岗位：按资格和流动范围，没有其他人可以到这个岗位。".to_owned()
        }
        Language::Chinese => format!(
            "  同一岗位：按资格和流动范围，另有 {count} 人可以到这个岗位；方案中 {here} 人也到该岗位，\
             {elsewhere} 人另有安排，{unmoved} 人不动。"
        ),
        Language::English if count == 0 => {
            "  The same post: by standing and reach nobody else could take it.".to_owned()
        }
        Language::English => format!(
            "  The same post: by standing and reach {} could take it; the plan places {here} there, \
             {elsewhere} elsewhere, and leaves {unmoved}.",
            counted(count, "other", "others")
        ),
    });
    people(page, "按规则可以到的人", "Could take it", all);
}

pub(super) fn why_not(page: &mut Page, answer: &WhyNotAnswer) {
    let language = page.language;
    let who = who(&answer.teacher, answer.name.as_deref());
    let school = answer.school.as_ref().map(|[_, name]| name.as_str());
    let (to, to_english) = school.map_or_else(
        || ("流动".to_owned(), "move".to_owned()),
        |name| (format!("到{name}"), format!("go to {name}")),
    );
    page.heading(
        &format!("教师 {who}：为什么不{to}"),
        &format!("Teacher {who}: why not {to_english}"),
    );
    if answer.already {
        let line = page.pick("  方案正是这样安排的。", "  The plan does just that.");
        return page.line(line.to_owned());
    }
    if answer.forms.is_empty() {
        let line = page.pick(
            "  没有一种流动形式能到那里：是本人现在的学校，或学校撤并，或没有学科岗位，或政策没有这种形式。",
            "  No form leads there: it is the own school, or it ends, or has no posts, or the policy \
             has no such form.",
        );
        return page.line(line.to_owned());
    }
    for held in &answer.forms {
        let form = language.pick(held.form, held.form_code);
        let reasons = reasons(language, &held.reasons);
        page.line(match (held.reasons.is_empty(), language) {
            (true, Language::Chinese) => format!("  {form}：按规则可以"),
            (true, Language::English) => format!("  {form}: the rules allow it"),
            (false, Language::Chinese) => format!("  {form}：不可以。{reasons}"),
            (false, Language::English) => format!("  {form}: not allowed: {reasons}"),
        });
    }
    turns(page, &answer.turns);
    let open = answer.forms.iter().any(|held| held.reasons.is_empty());
    match &answer.forced {
        Some(priced) => {
            let place = priced.price().and_then(|price| price.place.as_ref());
            let there = place.map_or_else(String::new, |place| {
                let there = whereabouts(language, Some(place));
                format!("{}{there}", language.pick("，最好是", "; best "))
            });
            let of = match language {
                Language::Chinese => format!("如果派该教师{to}（重新求解{there}）"),
                Language::English => {
                    format!("Were he or she to {to_english} (solved again{there})")
                }
            };
            price(page, &of, priced, false);
        }
        None if open => {
            let line = page.pick(
                "  政策允许的范围内没有可任岗位。",
                "  No post lies within the reach of the rules.",
            );
            page.line(line.to_owned());
        }
        None => {}
    }
}

/// Where somebody is at the begin of the year, with the form where it is not that of most.
fn home(language: Language, place: &Whereabouts) -> String {
    if place.form == Form::Stay.chinese() {
        post_of(place)
    } else {
        whereabouts(language, Some(place))
    }
}

/// A person by id, and by name where it may be said.
fn who(id: &str, name: Option<&str>) -> String {
    name.map_or_else(|| id.to_owned(), |name| format!("{id} {name}"))
}
