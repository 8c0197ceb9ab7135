//! The moves on paper: who goes where, by which rule, for which reason; what is made public of it;
//! and quotas without names.

use std::collections::BTreeMap;

use super::words::yes_no;
use crate::account::Account;
use crate::domain::{Form, Month, SchoolIndex, Stage, SubjectIndex};
use crate::rules::{Candidate, Grounds};

/// Rows of `plan.csv`: exchanges and transfers, then changes of subject, then 走教 that begins; on all
/// of them somebody has to act.
pub(super) fn plan_rows(account: &Account<'_>) -> Vec<Vec<String>> {
    let changes = account
        .candidates()
        .filter(|candidate| candidate.placement.form == Form::ChangeSubject);
    let grounds = account.grounds();
    account
        .moves()
        .chain(changes)
        .chain(account.new_itinerants())
        .map(|candidate| plan_row(account, &grounds, &candidate))
        .collect()
}

fn plan_row(
    account: &Account<'_>,
    grounds: &Grounds<'_>,
    candidate: &Candidate<'_>,
) -> Vec<String> {
    let district = account.situation().district;
    let placement = candidate.placement;
    let teacher = district.teacher(placement.teacher);
    let origin = district.school(candidate.origin());
    let school = district.school(placement.receiving());
    let itinerary = placement.itinerary;
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
        yes_no(
            account
                .situation()
                .policy
                .moves_establishment(placement.form),
        )
        .to_owned(),
        month(placement.start),
        month(placement.end),
        grounds.basis(candidate),
        grounds.reason(candidate),
        itinerary.map_or_else(String::new, |held| held.printed(district)),
    ]
}

/// Rows of `notice.csv`. Nothing but these columns may ever be made public.
pub(super) fn notice_rows(account: &Account<'_>) -> Vec<Vec<String>> {
    let district = account.situation().district;
    account
        .moves()
        .chain(account.new_itinerants())
        .zip(1..)
        .map(|(candidate, number)| {
            let placement = candidate.placement;
            let to: Vec<&str> = placement
                .schools_to()
                .map(|school| district.school(school).name.as_str())
                .collect();
            vec![
                number.to_string(),
                district.teacher(placement.teacher).name.clone(),
                placement.stage.to_string(),
                district.subject_name(placement.subject).to_owned(),
                district.school(candidate.origin()).name.clone(),
                to.join("、"),
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
