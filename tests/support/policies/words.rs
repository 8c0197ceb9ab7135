//! Random words of a policy: selectors, forms, scopes.

use crate::programs::Numbers;

pub(super) fn pick<'a>(numbers: &mut Numbers, words: &[&'a str]) -> &'a str {
    words[numbers.between(0, words.len() as i64 - 1) as usize]
}

pub(super) fn enforcement(numbers: &mut Numbers, hard: i64) -> &'static str {
    if numbers.chance(hard) {
        "hard"
    } else {
        pick(numbers, &["floor", "objective", "objective", "report"])
    }
}

pub(super) fn person(numbers: &mut Numbers) -> &'static str {
    pick(
        numbers,
        &[
            "{}",
            "{}",
            "{ subject = '语文' }",
            "{ backbone_at_least = '区县级' }",
            "{ class_teacher = true }",
            "{ employment = '在编' }",
            "{ certified = true }",
            "{ practice_months_at_least = 6 }",
            "{ any_of = [{ dual_qualified = true }, { wishes = true }] }",
            "{ none_of = [{ on_exchange = true }] }",
            "{ stage = ['小学', '中职'] }",
        ],
    )
}

pub(super) fn school(numbers: &mut Numbers) -> &'static str {
    pick(
        numbers,
        &[
            "{}",
            "{}",
            "{ zone = '乡村' }",
            "{ receiving = true }",
            "{ sending = true }",
            "{ school = 'S1' }",
            "{ over_establishment = true }",
            "{ none_of = [{ remote = true }] }",
            "{ state = ['新建', '区外'] }",
        ],
    )
}

pub(super) fn form(numbers: &mut Numbers) -> &'static str {
    pick(
        numbers,
        &[
            "['交流', '调动']",
            "'交流'",
            "'调动'",
            "'校内转任学科'",
            "['交流', '调动', '校内转任学科']",
            "['交流', '走教']",
            "'走教'",
            "['支教', '选调', '撤并安置']",
            "['单位内调配', '跨学段调整', '转岗培训']",
            "'跟岗'",
        ],
    )
}

pub(super) fn scope(numbers: &mut Numbers) -> &'static str {
    pick(
        numbers,
        &[
            "district",
            "stage",
            "school",
            "school-stage",
            "school-subject",
            "unit",
        ],
    )
}
