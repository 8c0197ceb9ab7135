//! The moves on paper: who goes where, by which rule, for which reason; what is made public of it;
//! and quotas without names.

use std::collections::BTreeMap;

use super::account::{Account, Balance};
use super::words::yes_no;
use crate::domain::{DecidedKind, Form, Month, Persons, SchoolIndex, Stage, SubjectIndex};
use crate::policy::Enforcement;
use crate::rules::count::CountOf;
use crate::rules::ratio::RatioOf;
use crate::rules::{Candidate, Kind, TypedRule};

/// Rows of `plan.csv`: exchanges and transfers, then changes of subject; on all of them somebody has
/// to act.
pub(super) fn plan_rows(account: &Account<'_>) -> Vec<Vec<String>> {
    let changes = account
        .candidates()
        .filter(|candidate| candidate.placement.form == Form::ChangeSubject);
    account
        .moves()
        .chain(changes)
        .map(|candidate| plan_row(account, &candidate))
        .collect()
}

fn plan_row(account: &Account<'_>, candidate: &Candidate<'_>) -> Vec<String> {
    let district = account.situation().district;
    let placement = candidate.placement;
    let teacher = district.teacher(placement.teacher);
    let origin = district.school(candidate.origin());
    let school = district.school(placement.school);
    vec![
        teacher.id.clone(),
        teacher.name.clone(),
        placement.stage.to_string(),
        district.subject_name(placement.subject).to_owned(),
        district.unit(origin.unit).code.clone(),
        origin.name.clone(),
        school.code.clone(),
        school.name.clone(),
        placement.form.to_string(),
        yes_no(placement.form == Form::Transfer).to_owned(),
        month(placement.start),
        month(placement.end),
        basis(account, candidate),
        reason(account, candidate),
    ]
}

/// Rows of `notice.csv`. Nothing but these columns may ever be made public.
pub(super) fn notice_rows(account: &Account<'_>) -> Vec<Vec<String>> {
    let district = account.situation().district;
    account
        .moves()
        .zip(1..)
        .map(|(candidate, number)| {
            let placement = candidate.placement;
            vec![
                number.to_string(),
                district.teacher(placement.teacher).name.clone(),
                placement.stage.to_string(),
                district.subject_name(placement.subject).to_owned(),
                district.school(candidate.origin()).name.clone(),
                district.school(placement.school).name.clone(),
                placement.form.to_string(),
                period(placement.start, placement.end),
            ]
        })
        .collect()
}

/// Rows of `quotas.csv`: how many of which subject each school sends and receives.
pub(super) fn quota_rows(account: &Account<'_>) -> Vec<Vec<String>> {
    let district = account.situation().district;
    let mut quotas: BTreeMap<(SchoolIndex, Stage, SubjectIndex), (u32, u32)> = BTreeMap::new();
    for candidate in account.moves() {
        let (entry, placement) = (candidate.entry, candidate.placement);
        let sent = (candidate.origin(), entry.stage, entry.subject);
        let received = (placement.school, placement.stage, placement.subject);
        quotas.entry(sent).or_default().0 += 1;
        quotas.entry(received).or_default().1 += 1;
    }
    quotas
        .into_iter()
        .map(|((school, stage, subject), (sent, received))| {
            let school = district.school(school);
            vec![
                school.code.clone(),
                school.name.clone(),
                stage.to_string(),
                district.subject_name(subject).to_owned(),
                sent.to_string(),
                received.to_string(),
            ]
        })
        .collect()
}

pub(super) fn month(month: Option<Month>) -> String {
    month.map(|month| month.to_string()).unwrap_or_default()
}

/// Years and months on paper name the last month of service, not the first without it.
fn period(start: Option<Month>, end: Option<Month>) -> String {
    let paper = |month: Month| format!("{}年{}月", month.year(), month.month());
    match (start, end) {
        (Some(start), Some(end)) => format!("{}至{}", paper(start), paper(end.plus(-1))),
        (Some(start), None) => format!("{}起", paper(start)),
        (None, _) => String::new(),
    }
}

/// On whose authority: the decision, or the rules that ask for the move.
fn basis(account: &Account<'_>, candidate: &Candidate<'_>) -> String {
    let placement = candidate.placement;
    if placement.decided {
        let decided = &account.situation().district.decided;
        return decided
            .iter()
            .rfind(|decision| {
                let moves = matches!(decision.kind, DecidedKind::Exchange | DecidedKind::Transfer);
                moves && decision.teacher == placement.teacher
            })
            .map(|decision| decision.basis.clone())
            .filter(|basis| !basis.is_empty())
            .unwrap_or_else(|| "已定事项".to_owned());
    }
    let rules = account.rules.all();
    let mut cited: Vec<String> = Vec::new();
    for (position, typed) in rules.iter().enumerate() {
        if asks_for(typed, position, candidate) {
            push_new(&mut cited, citation(typed));
        }
    }
    if cited.is_empty() {
        let coverage = rules
            .iter()
            .filter(|typed| matches!(typed.kind, Kind::Coverage(_)));
        coverage.for_each(|typed| push_new(&mut cited, citation(typed)));
    }
    if cited.is_empty() {
        cited.push(account.situation().policy.title.clone());
    }
    cited.join("；")
}

fn push_new(list: &mut Vec<String>, text: String) {
    if !list.contains(&text) {
        list.push(text);
    }
}

/// The citation of a rule's source, or its title where it has none.
fn citation(typed: &TypedRule) -> String {
    let citation = typed.rule.source.citation();
    if citation.is_empty() {
        typed.rule.title.clone()
    } else {
        citation
    }
}

/// Whether a rule that is pursued counts the move towards a lower limit.
fn asks_for(typed: &TypedRule, position: usize, candidate: &Candidate<'_>) -> bool {
    let has_lower_limit = match &typed.kind {
        Kind::Count(count) => {
            count.of == CountOf::Moves && (count.at_least.is_some() || count.exactly.is_some())
        }
        Kind::Ratio(ratio) => ratio.of == RatioOf::Moves && ratio.at_least.is_some(),
        _ => false,
    };
    has_lower_limit
        && typed.rule.enforcement != Enforcement::Report
        && typed
            .amount(position, candidate)
            .is_some_and(|(_, amount)| amount > 0)
}

/// Which gap the move fills: one sentence, in which nothing private can stand.
fn reason(account: &Account<'_>, candidate: &Candidate<'_>) -> String {
    let situation = account.situation();
    let placement = candidate.placement;
    if placement.decided {
        return "按已定事项执行".to_owned();
    }
    let post = situation
        .posts
        .of(placement.school, placement.stage, placement.subject);
    let Some(index) = post else {
        return String::new();
    };
    let post = situation.posts.get(index);
    let school = situation.district.school(post.school);
    // A school of one stage mostly has it in its name.
    let stage = if school.stages().count() > 1 {
        post.stage.chinese()
    } else {
        ""
    };
    let place = format!("{}{stage}{}", school.name, post.label);
    let Balance {
        need,
        before,
        after,
        shortage_before,
        ..
    } = account.balance(index);
    let figures = format!(
        "需{need}人，现{}人，调整后{}人",
        before.0 / 1000,
        after.0 / 1000
    );
    if shortage_before > Persons::ZERO {
        format!("补{place}缺额（{figures}）")
    } else if after <= before {
        format!("接替{place}岗位的派出教师（{figures}）")
    } else {
        format!("充实{place}岗位（{figures}）")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_name_the_last_month_of_service() {
        let begin = Month::new(2022, 9);
        assert_eq!(
            period(begin, begin.map(|month| month.plus(36))),
            "2022年9月至2025年8月"
        );
        assert_eq!(period(begin, None), "2022年9月起");
    }
}
