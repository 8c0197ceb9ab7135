//! How sure a plan is, in words.

use super::language::Language;
use super::words::persons_of_units;
use crate::planning::{PlanStatus, Planned};
use crate::solve::{LevelCertificate, StopReason};

/// How sure the plan is, in one sentence.
pub(super) fn outcome(planned: &Planned, language: Language) -> String {
    let all_closed = planned.levels.iter().all(|level| {
        level
            .certificate
            .as_ref()
            .is_some_and(LevelCertificate::is_closed)
    });
    let has_bound = planned
        .levels
        .iter()
        .any(|level| level.certificate.is_some());
    let sentence = match planned.status {
        PlanStatus::Optimal if all_closed => {
            language.pick("已证明为最优方案。", "Proven best at every level.")
        }
        PlanStatus::Optimal => language.pick(
            "已证明在允许误差之内为最优方案。",
            "Proven best within the gap asked for.",
        ),
        PlanStatus::Feasible if !has_bound => language.pick(
            "可行方案，尚未证明最优；尚无下界，与最好方案相差多少还不清楚。",
            "A plan, not proven best; there is no bound yet, so how far from best is unknown.",
        ),
        PlanStatus::Feasible => language.pick(
            "可行方案，尚未证明最优；与最好方案至多相差多少见下表。",
            "A plan, not proven best; the table says how far from best at most.",
        ),
        PlanStatus::Infeasible => language.pick(
            "没有方案：必须满足的规则互相冲突。",
            "There is no plan: hard rules clash.",
        ),
        PlanStatus::Unknown => language.pick(
            "尚未得到方案，也未证明没有方案。",
            "No plan yet, and no proof that there is none.",
        ),
    };
    format!("{sentence}{}", early_end(planned, language))
}

/// Why the solve ended before its target, if it did.
fn early_end(planned: &Planned, language: Language) -> &'static str {
    match planned.stop {
        Some(StopReason::TimeLimit) => {
            language.pick("（到达时间限制，提前结束）", " (Ended early: time limit.)")
        }
        Some(StopReason::Interrupted) => {
            language.pick("（人工中断，提前结束）", " (Ended early: interrupted.)")
        }
        Some(StopReason::WorkLimit) => language.pick(
            "（到达计算量上限，提前结束）",
            " (Ended early: limit of work.)",
        ),
        Some(StopReason::TargetReached) | None => "",
    }
}

/// How far from best at most; rounded up, since a distance must not look smaller than it is.
pub(super) fn distance(units: i64, language: Language) -> String {
    if units <= 0 {
        return language.pick("已证明最优", "proven best").to_owned();
    }
    let tenths = (persons_of_units(units) * 10.0).ceil() / 10.0;
    match language {
        Language::Chinese => format!("与最好方案至多相差 {tenths:.1} 人"),
        Language::English => format!("at most {tenths:.1} persons from best"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_distance_never_looks_smaller_than_it_is() {
        let said = |units| distance(units, Language::Chinese);
        assert_eq!(said(0), "已证明最优");
        assert_eq!(said(1), "与最好方案至多相差 0.1 人");
        assert_eq!(said(30_000), "与最好方案至多相差 0.3 人");
        assert_eq!(
            distance(31_000, Language::English),
            "at most 0.4 persons from best"
        );
    }
}
