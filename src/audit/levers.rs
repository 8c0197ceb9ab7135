//! Levers within what the policy allows.

use std::collections::BTreeMap;

use super::codes::{
    LEVER_CERTIFIABLE, LEVER_OVER, LEVER_POST, LEVER_SPARE, LEVER_UNDER, LEVER_UNIT, LEVER_UNKNOWN,
};
use super::finding::Finding;
use super::placements::Origin;
use crate::demand::Situation;
use crate::domain::{LeverUse, UnitIndex};
use crate::policy::{Lever, LeverKind};
use crate::rules::{Context, RuleSet};

/// Checks every use.
pub(super) fn check(
    context: &Context<'_>,
    rules: &RuleSet,
    uses: &[(LeverUse, Origin)],
    found: &mut Vec<Finding>,
) {
    let levers = &context.situation.policy.levers;
    let at = |finding: Finding, origin: Origin, column: &str| {
        finding.file(origin.file).row(origin.row).column(column)
    };
    for (used, origin) in uses {
        let Some(lever) = levers.iter().find(|lever| lever.id == used.lever) else {
            let finding = Finding::about(LEVER_UNKNOWN, &used.lever);
            found.push(at(finding, *origin, "渠道").place(&used.lever));
            continue;
        };
        if !may_act(context.situation, lever, used) {
            let of_units = matches!(lever.kind, LeverKind::Reserve | LeverKind::Reallocate);
            let (code, column) = if of_units {
                (LEVER_UNIT, "编制单位代码")
            } else {
                (LEVER_POST, "学校代码")
            };
            let finding = Finding::about(code, &lever.title);
            found.push(at(finding, *origin, column).place(&lever.id));
        }
    }
    let total = |lever: &Lever| -> i64 {
        uses.iter()
            .filter(|(used, _)| used.lever == lever.id)
            .map(|(used, _)| i64::from(used.count))
            .sum()
    };
    let mut recognitions: Vec<&Lever> = Vec::new();
    let mut certified = 0;
    for lever in levers {
        let count = total(lever);
        let (least, most) = lever.limits(context.situation.district.year_begin);
        let (least, most) = (i64::from(least), i64::from(most));
        let mut differs = |code, limit: String, by: i64| {
            let finding = Finding::difference(code, &count.to_string(), &limit);
            found.push(finding.place(&lever.id).amount(&format!("{by} 人")));
        };
        if count > most {
            differs(LEVER_OVER, format!("≤ {most}"), count - most);
        }
        if count < least {
            differs(LEVER_UNDER, format!("≥ {least}"), least - count);
        }
        if lever.kind == LeverKind::Certify {
            certified += count;
            recognitions.push(lever);
            let most = rules.certifiable(context.situation, &[lever]);
            if count > most {
                differs(LEVER_CERTIFIABLE, format!("≤ {most}"), count - most);
            }
        }
    }
    check_spare(context.situation, uses, found);
    // Nobody is recognised twice, whoever recognises.
    let most = rules.certifiable(context.situation, &recognitions);
    if recognitions.len() > 1 && certified > most {
        let limit = format!("≤ {most}");
        let finding = Finding::difference(LEVER_CERTIFIABLE, &certified.to_string(), &limit);
        found.push(finding.amount(&format!("{} 人", certified - most)));
    }
}

/// Whether a lever may act where it does: recruits at a post with a need that the lever chooses,
/// recognitions on the whole district, posts of establishment at units that are not over it.
fn may_act(situation: &Situation<'_>, lever: &Lever, used: &LeverUse) -> bool {
    let nowhere = (used.school, used.stage, used.subject) == (None, None, None);
    match lever.kind {
        LeverKind::Certify => return nowhere && (used.unit, used.from) == (None, None),
        LeverKind::Reserve => {
            let taker = used.unit.filter(|_| used.from.is_none());
            return nowhere
                && taker.is_some_and(|unit| situation.spare_posts(unit, &lever.to).is_some());
        }
        LeverKind::Reallocate => {
            let taker = used.unit.filter(|&unit| used.from != Some(unit));
            return nowhere
                && taker.is_some_and(|unit| situation.spare_posts(unit, &lever.to).is_some())
                && used
                    .from
                    .is_some_and(|unit| situation.spare_posts(unit, &lever.from).is_some());
        }
        LeverKind::Recruit if (used.unit, used.from) != (None, None) => return false,
        LeverKind::Recruit => {}
    }
    let (Some(school), Some(stage), Some(subject)) = (used.school, used.stage, used.subject) else {
        return false;
    };
    let name = situation.district.subject_name(subject).to_owned();
    situation
        .posts
        .of(school, stage, subject)
        .is_some_and(|post| situation.posts.get(post).need.0 > 0)
        && lever.stage.admits(&stage)
        && lever.subject.admits(&name)
        && lever.to.matches(&situation.school(school))
}

/// A unit gives no more posts than it has to spare at the begin of the year, whatever the levers.
fn check_spare(situation: &Situation<'_>, uses: &[(LeverUse, Origin)], found: &mut Vec<Finding>) {
    let mut given: BTreeMap<UnitIndex, i64> = BTreeMap::new();
    for (used, _) in uses {
        if let Some(unit) = used.from {
            *given.entry(unit).or_default() += i64::from(used.count);
        }
    }
    for (unit, posts) in given {
        let spare = situation.balances.unit(unit).balance().unwrap_or(0).max(0);
        if posts > spare {
            let limit = format!("≤ {spare}");
            let finding = Finding::difference(LEVER_SPARE, &posts.to_string(), &limit);
            let finding = finding.place(&situation.district.unit(unit).name);
            found.push(finding.amount(&format!("{} 名", posts - spare)));
        }
    }
}
