//! What only some offices keep a register of: months of practice, posts of titles.

use std::collections::BTreeMap;

use super::chance::{Chance, Purpose};
use super::customs::Customs;
use super::records::SyntheticDistrict;
use crate::domain::Title;

/// Fills the registers that the office keeps.
pub(super) fn fill(district: &mut SyntheticDistrict, customs: &Customs) {
    let mut chance = Chance::new(district.seed, Purpose::Registers);
    if customs.registers_practice {
        set_practice(district, &mut chance);
    }
    if customs.registers_titles {
        set_posts_of_titles(district, &mut chance);
    }
}

/// Who is 双师型 has practised for six months and more within five years; of the others three in five
/// have not yet.
fn set_practice(district: &mut SyntheticDistrict, chance: &mut Chance) {
    let teachers = district.teachers.iter_mut();
    for teacher in teachers.filter(|teacher| teacher.programme_teacher) {
        let enough = teacher.dual_qualified || chance.permille(400);
        let months = if enough {
            chance.between(6, 12)
        } else {
            chance.between(0, 5)
        };
        teacher.practice_months = Some(months.unsigned_abs());
    }
}

/// Posts are nearly filled: in one unit of five there is one fewer than people hold such titles, in
/// two of five there are some more.
fn set_posts_of_titles(district: &mut SyntheticDistrict, chance: &mut Chance) {
    let mut held: BTreeMap<usize, (u32, u32)> = BTreeMap::new();
    for teacher in &district.teachers {
        if let Some(unit) = teacher.unit.filter(|_| teacher.is_permanent()) {
            let (senior, middle) = held.entry(unit).or_default();
            *senior += u32::from(teacher.title >= Title::Senior);
            *middle += u32::from(teacher.title == Title::First);
        }
    }
    let posts = |held: u32, chance: &mut Chance| match chance.below(5) {
        0 => held.saturating_sub(1),
        1 | 2 => held,
        _ => held + 1 + chance.below(2),
    };
    for (unit, record) in district.units.iter_mut().enumerate() {
        let (senior, middle) = held.get(&unit).copied().unwrap_or_default();
        record.senior_posts = Some(posts(senior, chance));
        record.middle_posts = Some(posts(middle, chance));
    }
}
