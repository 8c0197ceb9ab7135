//! What reading gathers on its way: faults, notices, and what was assumed for how many.

use std::collections::BTreeMap;

use super::faults::{Fault, Notice};
use super::places::{Directory, Listing};
use crate::domain::Assumption;

/// Everything found so far.
#[derive(Debug, Default)]
pub(super) struct Gathering {
    /// Faults, as they are found.
    pub(super) faults: Vec<Fault>,
    /// Notices, as they are found.
    pub(super) notices: Vec<Notice>,
    assumed: BTreeMap<&'static str, usize>,
    /// Words that named nobody, in the order in which they came.
    wishes: Vec<Wish>,
}

/// A word that named nobody, of which the nearest that does is wanted.
#[derive(Debug)]
struct Wish {
    /// Among whom.
    listing: Listing,
    cell: String,
    /// The fault that suggests it, where it may be printed.
    fault: Option<usize>,
}

/// How many different unknown words of a directory get a suggestion; comparing each of thousands of
/// wrong cells with thousands of names would take minutes, and by then the cause is another.
const SUGGESTIONS: usize = 200;

/// Something that is assumed where the files are silent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct AssumptionCode {
    /// `A` and three digits; never reused.
    pub(super) code: &'static str,
    /// What is assumed, in Chinese.
    pub(super) chinese: &'static str,
    /// What is assumed, in English.
    pub(super) english: &'static str,
}

macro_rules! assumption_codes {
    ($($name:ident $code:literal $chinese:literal, $english:literal;)+) => {
        $(pub(super) static $name: AssumptionCode =
            AssumptionCode { code: $code, chinese: $chinese, english: $english };)+

        /// All that may be assumed, by code.
        pub(super) static ASSUMPTION_CODES: &[&AssumptionCode] = &[$(&$name,)+];
    };
}

assumption_codes! {
    NO_KEYS "A001" "没有教师编号列，已按学校、姓名顺序编号（人）", "no keys of teachers: numbered by school and name (persons)";
    OWN_UNIT "A002" "未填编制单位，视为任教学校所属单位（人）", "no unit of establishment: that of the school served (persons)";
    NO_CERTIFICATE "A003" "没有教师资格信息，以现任教学段学科为准（人）", "no certificate: what is taught now (persons)";
    NO_ARRIVAL "A004" "未填进入本校年月，视为不满交流年限（人）", "no month of arrival: the years needed count as not reached (persons)";
    NO_BIRTH "A005" "未填出生年月，不推算年龄和退休（人）", "no month of birth: no age and no retirement are computed (persons)";
    NO_PERIODS "A006" "未填周课时，不参与推算本区县平均工作量（人）", "no weekly lessons: not used for the district's own loads (persons)";
    NO_SEX "A007" "未填性别，退休按较晚的年龄（人）", "no sex: retirement is taken at the later age (persons)";
    NO_STATUS "A008" "未填在岗状态，视为在岗（人）", "no status: at work (persons)";
    NO_EMPLOYMENT "A009" "未填编制类型，视为在编（人）", "no kind of employment: in the establishment (persons)";
    ONLY_STAGE "A010" "未填任教学段，取学校唯一的学段（人）", "no stage: the school's only one (persons)";
    STAGE_SUBJECT "A011" "幼儿园、特教教师未填学科，视为学前教育、特殊教育（人）", "no subject in kindergarten or special school: 学前教育, 特殊教育 (persons)";
    FIRST_SUBJECT "A012" "任教学科填了几门，第一门为主教，其余为兼教（人）", "several main subjects: the first is the main one, the others further ones (persons)";
    MAIN_SUBJECT_CERTIFIED "A013" "资格证只有学段没有学科，学科以主教学科为准（人）", "certificate without subject: the main subject (persons)";
    AWAY_ALL_YEAR "A014" "离岗人员未填状态结束年月，视为全学年离岗（人）", "absent without end: away the whole year (persons)";
    NO_EXCHANGE_END "A015" "交流在期但未填结束年月（人）", "a running exchange without end (persons)";
    PAST_EXCHANGE "A016" "交流在一年以前已结束，不再视为在期（人）", "exchange ended a year ago or more: not running (persons)";
    NO_CATEGORY "A017" "未填岗位类别，视为专业技术（人）", "no category of post: professional (persons)";
    NO_TITLE "A018" "未填职称，视为未取得（人）", "no title: none (persons)";
    NO_BACKBONE "A019" "未填骨干级别，视为无（人）", "no level of backbone teacher: none (persons)";
    UNIT_OF_ITS_OWN "A020" "未填所属单位，学校自成单位（校）", "no unit: each site is a unit of its own (schools)";
    NO_ESTABLISHMENT "A021" "单位没有核定编制数（个）", "no establishment given (units)";
    NO_COORDINATES "A022" "没有经纬度，路程按路程表，没有时按同乡镇、同学区估计（校）", "no coordinates: travel by the table, else by town and cluster (schools)";
    NO_TRAVEL "A023" "没有路程表，按经纬度估计，没有时按同乡镇、同学区估计（校）", "no table of travel: by coordinates, else by town and cluster (schools)";
    STAGE_TOTALS "A024" "班级只有学段合计，没有分年级（校次）", "classes as stage totals only (schools and stages)";
    NO_SENDING "A025" "没有派出、受援学校的认定，均视为否（校）", "no marks of sending and receiving schools: none (schools)";
    NO_CLASS_TEACHERS "A026" "没有班主任列，均视为否（人）", "no column of class teachers: none (persons)";
    NO_PRACTICE "A027" "专业课教师未填近五年企业实践月数：全表未填时，认定双师型不核对实践；有人填写时视为不足（人）", "no months of practice of a programme teacher: not looked at where nobody gives them, else too few (persons)";
    NO_EXCHANGES "A028" "有交流次数列而未填的，视为不详，轮流规则不涉及本人（人）", "a column of exchanges made, but an empty cell: not known, rules of turns do not speak of the person (persons)";
}

impl Gathering {
    /// Counts one more case of an assumption.
    pub(super) fn assume(&mut self, assumption: &'static AssumptionCode) {
        self.assume_for(assumption, 1);
    }

    /// Counts `count` more cases of an assumption.
    pub(super) fn assume_for(&mut self, assumption: &'static AssumptionCode, count: usize) {
        if count > 0 {
            *self.assumed.entry(assumption.code).or_default() += count;
        }
    }

    /// Adds a fault in which the nearest known word is to be suggested, once all rows are read:
    /// which words come first does not depend on which rows are read side by side.
    pub(super) fn wish_nearest(&mut self, directory: &Directory, cell: &str, fault: Option<Fault>) {
        self.wishes.push(Wish {
            listing: directory.listing(),
            cell: cell.to_owned(),
            fault: fault.is_some().then_some(self.faults.len()),
        });
        self.faults.extend(fault);
    }

    /// Suggests the nearest words of the directories.
    pub(super) fn suggest(&mut self, directories: &[&Directory]) {
        let wishes = std::mem::take(&mut self.wishes);
        for directory in directories {
            let of_it = |wish: &&Wish| wish.listing == directory.listing();
            let mut suggested: BTreeMap<&str, Option<String>> = BTreeMap::new();
            for wish in wishes.iter().filter(of_it) {
                if !suggested.contains_key(wish.cell.as_str()) {
                    if suggested.len() >= SUGGESTIONS {
                        continue;
                    }
                    suggested.insert(&wish.cell, directory.nearest(&wish.cell));
                }
                let near = suggested.get(wish.cell.as_str()).and_then(Option::as_deref);
                if let Some(fault) = wish.fault.and_then(|at| self.faults.get_mut(at)) {
                    fault.suggest(near);
                }
            }
        }
    }

    /// Adds what was gathered of the rows behind.
    pub(super) fn append(&mut self, behind: Self) {
        let before = self.faults.len();
        let wishes = behind.wishes.into_iter().map(|mut wish| {
            wish.fault = wish.fault.map(|at| at + before);
            wish
        });
        self.wishes.extend(wishes);
        self.faults.extend(behind.faults);
        self.notices.extend(behind.notices);
        for (code, count) in behind.assumed {
            *self.assumed.entry(code).or_default() += count;
        }
    }

    /// What was assumed, by code.
    pub(super) fn assumptions(&self) -> Vec<Assumption> {
        ASSUMPTION_CODES
            .iter()
            .filter_map(|held| {
                self.assumed.get(held.code).map(|&count| Assumption {
                    code: held.code,
                    chinese: held.chinese.to_owned(),
                    english: held.english.to_owned(),
                    count,
                })
            })
            .collect()
    }
}

/// Below this likeness nothing is suggested.
const LIKENESS: f64 = 0.5;

/// The known word that is most like a given one, the first among equals.
pub(super) fn nearest_of<'a>(word: &str, known: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = word.to_lowercase();
    let mut best: Option<(f64, &str)> = None;
    for candidate in known {
        let held = candidate.to_lowercase();
        let mut likeness = strsim::normalized_damerau_levenshtein(&wanted, &held);
        // Clerks shorten names: “第一小” for “第一小学”.
        if !wanted.is_empty() && (held.contains(&wanted) || wanted.contains(&held)) {
            likeness += 0.3;
        }
        if likeness >= LIKENESS && best.is_none_or(|(score, _)| likeness > score) {
            best = Some((likeness, candidate));
        }
    }
    best.map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_word_is_suggested_or_none() {
        let known = ["第一小学", "第二小学", "实验中学"];
        assert_eq!(nearest_of("第一小", known.into_iter()), Some("第一小学"));
        assert_eq!(nearest_of("城南幼儿园", known.into_iter()), None);
        assert_eq!(nearest_of("", known.into_iter()), None);
    }

    #[test]
    fn codes_of_assumptions_ascend() {
        assert!(
            ASSUMPTION_CODES
                .windows(2)
                .all(|pair| pair[0].code < pair[1].code)
        );
    }
}
