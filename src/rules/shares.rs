//! Shares of a whole: none can be more than all of it.

use super::count::{Bound, Count, CountOf, Share, ShareOf};
use super::kind::Kind;
use super::ratio::Ratio;
use super::scope::{Scope, Side};
use crate::policy::{Fraction, PersonSelector, SchoolSelector};

/// What is wrong with the first share of a rule that is beyond its whole, and what to write.
pub(super) fn beyond_whole(kind: &Kind) -> Option<(String, &'static str)> {
    let (key, share) = match kind {
        Kind::Ratio(kind) => of_ratio(kind)?,
        Kind::Count(kind) => of_count(kind)?,
        _ => return None,
    };
    let message = format!(
        "{key} = {share}：部分不会多于全部，超过100%的比例或永远达不到，或毫无限制 / a part is never more than the \
         whole: above 100% the share can never be met, or limits nothing"
    );
    let advice = "请写 0%–100%，如 \"20%\" 或 0.2（写 20 即 2000%） / write 0%–100%, such as \"20%\" or 0.2 \
                  (20 is 2000%)";
    Some((message, advice))
}

/// The numerator is of those in the denominator.
fn of_ratio(kind: &Ratio) -> Option<(String, Fraction)> {
    let limits = [("at_least", kind.at_least), ("at_most", kind.at_most)];
    let mut limits = limits
        .into_iter()
        .filter_map(|(key, limit)| Some((key.to_owned(), limit?)));
    limits.find(|(_, limit)| is_beyond(*limit))
}

/// Moves out of the places in which the base is counted are part of it; teachers after the plan, those who
/// arrive, posts and quotas may well be more than before.
fn of_count(kind: &Count) -> Option<(String, Fraction)> {
    let leaves = kind.side == Side::Origin || kind.scope == Scope::District;
    if kind.of != CountOf::Moves || !leaves {
        return None;
    }
    let limits = [
        ("at_least", &kind.at_least),
        ("at_most", &kind.at_most),
        ("exactly", &kind.exactly),
    ];
    let mut shares = limits.into_iter().filter_map(|(key, limit)| match limit {
        Some(Bound::Share(share)) if is_of_those_counted(kind, share) => {
            Some((format!("{key}.share"), share.share))
        }
        _ => None,
    });
    shares.find(|(_, share)| is_beyond(*share))
}

/// Whether the base has all who can be counted.
fn is_of_those_counted(kind: &Count, share: &Share) -> bool {
    let who = share.who == PersonSelector::default() || share.who == kind.who;
    let from = share.from == SchoolSelector::default() || share.from == kind.from;
    matches!(share.of, ShareOf::Eligible | ShareOf::Teachers) && who && from
}

const fn is_beyond(share: Fraction) -> bool {
    share.numerator > share.denominator
}

#[cfg(test)]
mod tests {
    use crate::rules::RuleSet;

    fn read(rule: &str) -> Result<RuleSet, Vec<crate::policy::PolicyFault>> {
        let text = format!(
            "extends = 'national'\nid = 'x'\ntitle = 'x'\n[rule.share]\ntitle = 'x'\n{rule}"
        );
        RuleSet::new(&crate::policy::load_text("x.toml", &text).unwrap())
    }

    #[test]
    fn a_part_is_never_more_than_the_whole() {
        for (rule, said) in [
            (
                "kind = 'ratio'\nof = 'moves'\nnumerator = {}\nat_least = '300%'",
                "at_least = 300%",
            ),
            (
                "kind = 'ratio'\nof = 'teachers'\nnumerator = {}\nat_most = 20",
                "at_most = 2000%",
            ),
            (
                "kind = 'count'\nof = 'moves'\nscope = 'school'\nat_most = { share = '150%', of = 'teachers' }",
                "at_most.share = 150%",
            ),
            (
                "kind = 'count'\nof = 'moves'\nfrom = { sending = true }\n\
                 at_least = { share = 2, of = 'eligible', from = { sending = true } }",
                "at_least.share = 200%",
            ),
        ] {
            let faults = read(rule).unwrap_err();
            assert_eq!(faults[0].code, "P008", "{rule}");
            assert!(faults[0].message.contains(said), "{:?}", faults[0]);
            assert!(faults[0].advice.contains("100%"), "{:?}", faults[0]);
        }
    }

    #[test]
    fn the_whole_and_what_may_be_more_are_taken() {
        for rule in [
            "kind = 'ratio'\nof = 'moves'\nnumerator = {}\nat_least = '100%'",
            "kind = 'count'\nof = 'moves'\nat_most = { share = '120%', of = 'quota' }",
            "kind = 'count'\nof = 'teachers'\nat_most = { share = '110%', of = 'teachers' }",
            "kind = 'count'\nof = 'moves'\nscope = 'school'\nside = 'destination'\n\
             at_most = { share = '150%', of = 'teachers' }",
            "kind = 'count'\nof = 'establishment'\nscope = 'unit'\nat_most = { share = '105%', of = 'establishment' }",
        ] {
            assert!(read(rule).is_ok(), "{rule}: {:?}", read(rule));
        }
    }
}
