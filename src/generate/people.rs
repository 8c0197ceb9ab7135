//! Age, sex, names, years of service, degrees: exact shares, random persons.

use std::collections::{BTreeMap, BTreeSet};

use crate::domain::{Degree, Month, Sex, Stage, Title, Zone, apportion};

use super::chance::Chance;
use super::customs::Customs;
use super::records::{SchoolRecord, TeacherRecord};

/// Shares of the five-year bands from 20 on, in thousandths.
type Ages = [u64; 8];
const PRIMARY_AGES: Ages = [50, 180, 200, 200, 150, 110, 80, 30];
/// The old: 9% are 55 to 59.
const RURAL_PRIMARY_AGES: Ages = [80, 160, 140, 130, 130, 140, 130, 90];
const JUNIOR_AGES: Ages = [20, 90, 125, 175, 200, 180, 130, 80];
/// Public kindergartens are young: most were founded in the last fifteen years.
const KINDERGARTEN_AGES: Ages = [130, 270, 240, 170, 110, 60, 20, 0];
/// More under 30 than in towns.
const RURAL_JUNIOR_AGES: Ages = [60, 170, 130, 130, 160, 150, 120, 80];

const SURNAMES: [&str; 40] = [
    "王", "李", "张", "刘", "陈", "杨", "黄", "赵", "周", "吴", "徐", "孙", "胡", "朱", "高", "林",
    "何", "郭", "马", "罗", "梁", "宋", "郑", "谢", "韩", "唐", "冯", "于", "董", "萧", "程", "曹",
    "袁", "邓", "许", "傅", "沈", "曾", "彭", "吕",
];
const FEMALE_NAMES: [&str; 40] = [
    "芳", "娜", "敏", "静", "秀英", "丽", "艳", "娟", "霞", "燕", "玲", "桂英", "丹", "萍", "红梅",
    "玉兰", "雪", "晓燕", "婷", "慧", "洁", "莉", "小红", "春梅", "文静", "佳", "思雨", "欣怡",
    "雅琴", "淑华", "月", "倩", "琳", "颖", "露", "瑶", "璐", "晓琴", "海燕", "明霞",
];
const MALE_NAMES: [&str; 40] = [
    "伟", "强", "磊", "洋", "勇", "军", "杰", "涛", "超", "明", "刚", "平", "辉", "鹏", "建国",
    "志强", "建华", "永红", "小军", "文", "斌", "波", "浩", "宇", "凯", "俊", "小龙", "国庆",
    "世杰", "正华", "光明", "德军", "健", "林", "松", "海波", "志远", "天明", "庆", "云飞",
];

/// Fills in what each person is. Needs the posts, gives ages first: the rest hangs on them.
pub(super) fn describe(
    teachers: &mut [TeacherRecord],
    schools: &[SchoolRecord],
    customs: &Customs,
    data_month: Month,
    year_begin: Month,
    chance: &mut Chance,
) {
    set_ages(teachers, schools, data_month, chance);
    set_sexes(teachers, data_month, chance);
    for teacher in teachers.iter_mut() {
        teacher.name = any_name(teacher.sex, chance);
        set_service(teacher, year_begin, chance);
    }
    set_degrees(teachers, customs, data_month, chance);
}

/// Gives another name to whoever has the name, sex, month of birth and subject of somebody before:
/// in real rosters such rows are one person twice, and readers rightly say so.
pub(super) fn tell_apart(teachers: &mut [TeacherRecord], chance: &mut Chance) {
    let mut known = BTreeSet::new();
    for teacher in teachers {
        let key = |row: &TeacherRecord| (row.name.clone(), row.sex, row.birth, row.subject);
        while !known.insert(key(teacher)) {
            teacher.name = any_name(teacher.sex, chance);
        }
    }
}

pub(super) fn any_name(sex: Sex, chance: &mut Chance) -> String {
    let names = match sex {
        Sex::Female => &FEMALE_NAMES,
        Sex::Male => &MALE_NAMES,
    };
    format!("{}{}", chance.pick(&SURNAMES), chance.pick(names))
}

/// Complete years of age at a month.
pub(super) fn age(teacher: &TeacherRecord, at: Month) -> i32 {
    at.months_since(teacher.birth) / 12
}

fn by_group<K: Ord>(
    teachers: &[TeacherRecord],
    key: impl Fn(&TeacherRecord) -> K,
) -> BTreeMap<K, Vec<usize>> {
    let mut groups: BTreeMap<K, Vec<usize>> = BTreeMap::new();
    for (place, teacher) in teachers.iter().enumerate() {
        groups.entry(key(teacher)).or_default().push(place);
    }
    groups
}

fn set_ages(
    teachers: &mut [TeacherRecord],
    schools: &[SchoolRecord],
    data_month: Month,
    chance: &mut Chance,
) {
    let is_rural = |teacher: &TeacherRecord| schools[teacher.school].zone == Zone::Rural;
    for ((stage, rural), group) in by_group(teachers, |row| (row.stage, is_rural(row))) {
        let bands = match (stage, rural) {
            (Stage::Primary, false) => PRIMARY_AGES,
            (Stage::Primary, true) => RURAL_PRIMARY_AGES,
            (Stage::Kindergarten, _) => KINDERGARTEN_AGES,
            (_, true) => RURAL_JUNIOR_AGES,
            _ => JUNIOR_AGES,
        };
        let kinds: Vec<(i32, u64)> = (20..).step_by(5).zip(bands).collect();
        for (&place, band) in group.iter().zip(chance.deck(&kinds, group.len())) {
            // Nobody teaches before 22, and nobody is over 60 at the date of the data.
            let months =
                chance.between(if band == 20 { 22 * 12 } else { band * 12 }, band * 12 + 59);
            teachers[place].birth = data_month.plus(-months);
        }
    }
}

/// Women are 73% in primary, 61% in junior schools; from 55 on they have retired.
fn set_sexes(teachers: &mut [TeacherRecord], data_month: Month, chance: &mut Chance) {
    for (stage, group) in by_group(teachers, |row| row.stage) {
        let women = match stage {
            Stage::Primary => 730,
            Stage::Junior => 608,
            Stage::Senior => 530,
            Stage::Kindergarten => 970,
            _ => 500,
        };
        let mut open: Vec<usize> = group
            .iter()
            .copied()
            .filter(|&place| data_month.months_since(teachers[place].birth) < 55 * 12)
            .collect();
        chance.shuffle(&mut open);
        // Music and psychology are women's subjects more often than not, sport is men's.
        open.sort_by_cached_key(|&place| match teachers[place].subject {
            "体育" => 600 + chance.below(1_000),
            "音乐" | "心理健康" => chance.below(700),
            _ => chance.below(1_000),
        });
        for &place in &group {
            teachers[place].sex = Sex::Male;
        }
        for &place in open.iter().take(group.len() * women / 1_000) {
            teachers[place].sex = Sex::Female;
        }
    }
}

fn set_service(teacher: &mut TeacherRecord, year_begin: Month, chance: &mut Chance) {
    let age_months = year_begin.months_since(teacher.birth);
    let started = (chance.between(21, 24) * 12).min(age_months - 12);
    let career = ((age_months - started) / 12).max(1);
    teacher.first_job = Month::new(year_begin.year() - career, 9).expect("September exists");
    // A geometric law that would have mean 9 and more without the bound of the career.
    let years = 1 + chance.years_until(82, career as u32 - 1) as i32;
    let arrived = Month::new(year_begin.year() - years, 9).expect("September exists");
    // One in ten comes for the second term.
    let late = chance.permille(100) && years < career;
    teacher.arrival = if late { arrived.plus(-6) } else { arrived };
}

/// The higher degrees to the young first.
fn set_degrees(
    teachers: &mut [TeacherRecord],
    customs: &Customs,
    data_month: Month,
    chance: &mut Chance,
) {
    for (stage, mut group) in by_group(teachers, |row| row.stage) {
        let kinds: [u64; 4] = match stage {
            // 硕士, 本科, 专科, 中专
            Stage::Primary => customs.degrees[0],
            Stage::Junior => customs.degrees[1],
            Stage::Senior => customs.degrees[2],
            Stage::Kindergarten => customs.degrees[3],
            _ => [60, 870, 70, 0],
        };
        group.sort_by_cached_key(|&place| {
            age(&teachers[place], data_month) + chance.between(-12, 12)
        });
        let degrees = [
            Degree::Master,
            Degree::Bachelor,
            Degree::Associate,
            Degree::SecondaryNormal,
        ];
        let counts = apportion(group.len() as u32, &kinds);
        let mut cards = degrees
            .iter()
            .zip(counts)
            .flat_map(|(&degree, count)| std::iter::repeat_n(degree, count as usize));
        for place in group {
            teachers[place].degree = cards.next().expect("the shares add up to the group");
        }
    }
}

/// Titles, the old first, 骨干 earlier than others.
pub(super) fn set_titles(
    teachers: &mut [TeacherRecord],
    customs: &Customs,
    data_month: Month,
    chance: &mut Chance,
) {
    let titles = [
        Title::FullSenior,
        Title::Senior,
        Title::First,
        Title::Second,
        Title::Third,
        Title::None,
    ];
    for (_, mut group) in by_group(teachers, |row| row.stage.is_compulsory()) {
        group.retain(|&place| teachers[place].is_permanent());
        group.sort_by_cached_key(|&place| {
            let teacher = &teachers[place];
            let bonus = 12 * i32::from(teacher.backbone > crate::domain::Backbone::School);
            -(age(teacher, data_month) + bonus + chance.between(-9, 9))
        });
        let counts = apportion(group.len() as u32, &customs.titles);
        let mut cards = titles
            .iter()
            .zip(counts)
            .flat_map(|(&title, count)| std::iter::repeat_n(title, count as usize));
        for place in group {
            teachers[place].title = cards.next().expect("the shares add up to the group");
        }
    }
}
