//! Rules that would read well and silently do nothing: faults, since whoever wrote them relies on
//! them.

use super::count::{Bound, Count, CountOf, ShareOf};
use super::disparity::Disparity;
use super::indicator::named_twice;
use super::kind::Kind;
use super::per_pupil::{MayFail, PerPupil, Standard};
use super::ratio::RatioOf;
use super::scope::Scope;
use super::station::Itinerants;
use super::within::Within;
use crate::policy::{Enforcement, Fraction, Rule};

/// What would have no effect, and what to do.
type Idle = (&'static str, &'static str);

/// What of a rule would have no effect.
pub(super) fn without_effect(rule: &Rule, kind: &Kind) -> Option<Idle> {
    let hard = rule.enforcement == Enforcement::Hard;
    if idle_keys(kind)
        .iter()
        .any(|&key| rule.parameters.contains_key(key))
    {
        return Some((
            "有的键对所数的对象不起作用 / a key says nothing of what is counted",
            "form from side involuntary include_running: of = \"moves\"; \
             include_absent itinerants: of = \"teachers\"; unless: max_minutes; \
             floor_of_failed: may_fail = 1",
        ));
    }
    match kind {
        Kind::Travel(_) | Kind::Stability(_) | Kind::Preference(_) | Kind::Couples(_) if hard => {
            Some((
                "只计成本的规则不能必须满足 / a rule that only costs cannot be hard",
                "写明 / say: enforcement = \"objective\"",
            ))
        }
        Kind::Couples(kind) if matches!(kind.within, Within::Pair | Within::Merger) => Some((
            "结对、并入不是邻近范围 / pairs and mergers are no neighbourhoods",
            "可用 / known: unit cluster group town",
        )),
        Kind::Turns(kind) if !kind.form.iter().all(|form| form.is_move()) => Some((
            "轮流只针对到他校任教的形式 / turns are taken in forms that leave the school",
            "可用 / known: 交流 支教 调动 选调 跟岗 单位内调配 跨学段调整 转岗培训",
        )),
        Kind::Eligibility(kind) => forms(kind.form.iter()),
        Kind::Reach(kind) => forms(kind.form.iter()),
        Kind::Ratio(kind) if kind.at_least.is_some() && kind.at_most.is_some() => Some((
            "一条比例规则只有一个界限 / a ratio has one limit",
            "上下限分写两条规则 / write one rule for each",
        )),
        Kind::Count(kind) => count(kind),
        Kind::PerPupil(kind) => per_pupil(kind),
        Kind::Disparity(kind) => disparity(rule, kind),
        _ => None,
    }
}

fn per_pupil(kind: &PerPupil) -> Option<Idle> {
    let whole = |share: Fraction| share.numerator <= share.denominator;
    let within = |held: &Standard| held.at_least.numerator <= 100 * held.at_least.denominator;
    if !kind.indicators.iter().all(within) {
        return Some((
            "每百名学生多于100名教师 / more than a hundred teachers for a hundred pupils",
            "标准按每百名学生写，如 / for each hundred pupils, such as: at_least = 4.2",
        ));
    }
    if !whole(kind.floor_of_failed) {
        return Some((
            "未达标指标的底线高于标准 / a failed indicator keeps more than its threshold",
            "至多 / at most: floor_of_failed = \"100%\"",
        ));
    }
    named_twice(&kind.indicators).then_some(INDICATOR_TWICE)
}

fn disparity(rule: &Rule, kind: &Disparity) -> Option<Idle> {
    let limits = kind.indicators.iter().filter_map(|held| held.at_most);
    let means = kind.composite.iter().filter_map(|held| held.at_most);
    let usual = |limit: Fraction| {
        limit.denominator <= 1_000_000 && limit.numerator <= 10 * limit.denominator
    };
    if !limits.clone().chain(means.clone()).all(usual) {
        return Some((
            "差异系数大于10，或多于六位小数 / a coefficient above ten or finer than a millionth",
            "如 / such as: at_most = 0.45",
        ));
    }
    let held = matches!(rule.enforcement, Enforcement::Hard | Enforcement::Floor);
    let boundless = kind.composite.iter().any(|held| held.at_most.is_none());
    let nothing = limits.count() + means.clone().count() == 0;
    if held && (boundless || nothing) {
        return Some((
            "没有界限 / no limit",
            "写明 / say: at_most, or enforcement = \"objective\" / \"report\"",
        ));
    }
    let others = kind.composite.iter().flat_map(|held| &held.others).copied();
    let whole = |number: Fraction| usual(number) && 1_000_000 % number.denominator == 0;
    if !others.chain(means).all(whole) {
        return Some((
            "综合差异系数的数大于10，或不是六位以内的小数 / a number of a mean above ten or not of six decimals",
            "如 / such as: others = [0.31, 0.28], at_most = 0.25",
        ));
    }
    let speaks = |stage| kind.indicators.iter().any(|one| one.stage.admits(stage));
    if rule.enforcement != Enforcement::Report
        && !kind.composite.iter().all(|held| speaks(&held.stage))
    {
        return Some((
            "综合差异系数的学段没有指标 / a mean of a stage without indicators",
            "写明 / say: indicators of that stage",
        ));
    }
    named_twice(&kind.indicators).then_some(INDICATOR_TWICE)
}

const INDICATOR_TWICE: Idle = (
    "同一学段有两个同名指标 / two indicators of one name in a stage",
    "各用不同的名称 / give each a name of its own",
);

/// Keys that a rule would pass over, by what it counts.
fn idle_keys(kind: &Kind) -> &'static [&'static str] {
    match kind {
        Kind::Count(kind) if kind.of != CountOf::Moves => {
            &["form", "from", "side", "involuntary", "include_running"]
        }
        Kind::Count(_) => &["itinerants"],
        Kind::Ratio(kind) if kind.of == RatioOf::Teachers => &["form", "from", "side"],
        Kind::Ratio(_) => &["include_absent"],
        Kind::PerPupil(kind) if kind.may_fail == MayFail::None => &["floor_of_failed"],
        Kind::Reach(kind) if kind.max_minutes.is_none() => &["unless"],
        _ => &[],
    }
}

fn forms<'a>(mut named: impl Iterator<Item = &'a crate::domain::Form>) -> Option<Idle> {
    named.any(|form| form.span().is_none()).then_some((
        "方案不选择这种形式 / no plan chooses this form",
        "可用 / known: 交流 调动 校内转任学科 单位内调配 支教 跨学段调整 转岗培训 选调 撤并安置 跟岗 走教",
    ))
}

fn count(kind: &Count) -> Option<Idle> {
    let by_unit = matches!(kind.scope, Scope::Unit | Scope::Stage | Scope::District);
    if kind.of == CountOf::Establishment && !by_unit {
        return Some((
            "编制按单位计 / establishment is held by units",
            "写明 / say: scope = \"unit\"",
        ));
    }
    let bounds = [&kind.at_least, &kind.at_most, &kind.exactly];
    let of_establishment = bounds
        .into_iter()
        .flatten()
        .any(|bound| matches!(bound, Bound::Share(share) if share.of == ShareOf::Establishment));
    if of_establishment && kind.scope != Scope::Unit {
        return Some((
            "核定编制属于单位 / an establishment is that of a unit",
            "写明 / say: scope = \"unit\"",
        ));
    }
    if kind.has_quota() && kind.of != CountOf::Moves {
        return Some((
            "名额只限流动 / quotas are of moves",
            "写明 / say: of = \"moves\"",
        ));
    }
    let of_titles = |bound: &Bound| {
        let titles = [ShareOf::SeniorPosts, ShareOf::MiddlePosts];
        matches!(bound, Bound::Share(share) if titles.contains(&share.of))
    };
    let pooled = matches!(kind.scope, Scope::Unit | Scope::Stage);
    let counts_holders = kind.of == CountOf::Establishment && pooled;
    if bounds.into_iter().flatten().any(of_titles) && !counts_holders {
        return Some((
            "岗位数属于单位，或按学段合计 / posts of titles are a unit's, or pooled by stage",
            "写明 / say: of = \"establishment\", scope = \"unit\" / \"stage\"",
        ));
    }
    let schools = matches!(
        kind.scope,
        Scope::School | Scope::SchoolStage | Scope::SchoolSubject
    );
    if kind.itinerants == Itinerants::EverySite && !(schools && kind.of == CountOf::Teachers) {
        return Some((
            "走教教师在每所学校都算，只按学校计 / itinerants count at every site in schools only",
            "写明 / say: of = \"teachers\", scope = \"school\"",
        ));
    }
    if kind.programme && (kind.of != CountOf::Teachers || kind.scope != Scope::SchoolSubject) {
        return Some((
            "专业按学校学科计 / programmes are subjects of schools",
            "写明 / say: of = \"teachers\", scope = \"school-subject\"",
        ));
    }
    let twice = kind.exactly.is_some() && (kind.at_least.is_some() || kind.at_most.is_some());
    twice.then_some((
        "既有等于又有上下限 / `exactly` beside another limit",
        "只写一种 / give one of them",
    ))
}

#[cfg(test)]
mod tests {
    use crate::rules::RuleSet;

    #[test]
    fn rules_that_would_do_nothing_are_refused() {
        for rule in [
            "kind = 'travel'",
            "kind = 'couples'",
            "kind = 'couples'\nenforcement = 'report'\nwithin = 'pair'",
            "kind = 'stability'",
            "kind = 'preference'\nby_rank = [0]",
            "kind = 'turns'\nform = ['交流', '走教']",
            "kind = 'reach'\nform = '留任'",
            "kind = 'eligibility'\neffect = 'forbid'\nform = '期满返回'",
            "kind = 'ratio'\nof = 'teachers'\nnumerator = {}\nat_least = 0.1\nat_most = 0.2",
            "kind = 'count'\nof = 'establishment'\nscope = 'school'\nat_most = 3",
            "kind = 'count'\nof = 'teachers'\nat_most = { of = 'establishment' }",
            "kind = 'count'\nof = 'teachers'\nat_most = { of = 'quota' }",
            "kind = 'count'\nof = 'moves'\nexactly = 3\nat_most = 4",
            "kind = 'count'\nof = 'teachers'\nscope = 'unit'\nat_most = { of = 'senior_posts' }",
            "kind = 'count'\nof = 'establishment'\nat_most = { of = 'middle_posts' }",
            "kind = 'count'\nof = 'teachers'\nscope = 'school'\nprogramme = true\nat_least = 2",
            "kind = 'count'\nof = 'teachers'\nfrom = { sending = true }\nat_least = 3",
            "kind = 'count'\nof = 'moves'\nitinerants = 'home'\nat_least = 1",
            "kind = 'count'\nof = 'teachers'\nitinerants = 'every-site'\nat_least = 1",
            "kind = 'count'\nof = 'moves'\nat_most = 3\nat = { S01 = { at_most = 4 } }",
            "kind = 'count'\nof = 'moves'\nscope = 'school'\nat_most = 3\nat = { S01 = {} }",
            "kind = 'count'\nof = 'moves'\nscope = 'school'\nat = { S01 = { at_most = 1, exactly = 1 } }",
            "kind = 'count'\nof = 'moves'\nscope = 'school'\nat = { S01 = { at_most = 1, at_least = 2 } }",
            "kind = 'count'\nof = 'establishment'\nscope = 'unit'\nat_most = { of = 'establishment' }\n\
             at = { U01 = { at_least = 1 } }",
            "kind = 'ratio'\nof = 'moves'\nnumerator = {}\ninclude_absent = true",
            "kind = 'reach'\nunless = ['consent']",
            "kind = 'per_pupil'\nindicators = []\nfloor_of_failed = '85%'",
            "kind = 'disparity'\nindicators = [{ name = 'x', stage = '小学' }]",
            "kind = 'disparity'\nindicators = [{ name = 'x', stage = '小学', at_most = 50 }]",
            "kind = 'disparity'\nindicators = [{ name = 'x', stage = '小学', at_most = 0.5 }]\n\
             composite = [{ stage = '小学' }]",
            "kind = 'disparity'\nindicators = [{ name = 'x', stage = '小学' }]\n\
             composite = [{ stage = '初中', at_most = 0.3 }]",
            "kind = 'disparity'\nindicators = [{ name = 'x', stage = '小学' }]\n\
             composite = [{ stage = '小学', at_most = '1/3' }]",
            "kind = 'disparity'\nindicators = [{ name = 'x', stage = '小学' }]\n\
             composite = [{ stage = '小学', others = [31], at_most = 0.3 }]",
            "kind = 'per_pupil'\nindicators = []\nmay_fail = 1\nfloor_of_failed = '185%'",
            "kind = 'per_pupil'\nindicators = [{ name = 'x', stage = '小学', at_least = 420 }]",
            "kind = 'per_pupil'\nindicators = [{ name = 'x', stage = '小学', at_least = 4 }, \
             { name = 'x', stage = ['小学', '初中'], at_least = 1 }]",
        ] {
            let text = format!(
                "extends = 'national'\nid = 'x'\ntitle = 'x'\n[rule.idle]\ntitle = 'x'\n{rule}"
            );
            let policy = crate::policy::load_text("x.toml", &text).unwrap();
            let faults = RuleSet::new(&policy).unwrap_err();
            assert_eq!(faults[0].code, "P008", "{rule}: {faults:?}");
        }
    }
}
