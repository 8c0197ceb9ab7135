//! Random levers.

use std::fmt::Write;

use super::words::{person, pick, school};
use crate::programs::Numbers;

pub(super) fn levers(numbers: &mut Numbers) -> String {
    let mut text = String::new();
    if numbers.chance(30) {
        let most = numbers.between(0, 2);
        let _ = write!(
            text,
            "[lever.certify]\nkind = 'certify'\ntitle = '认定'\nat_most = {most}\n\
             level = 'people'\nweight = 0.5\n"
        );
        if numbers.chance(50) {
            let who = person(numbers);
            let months = numbers.between(0, 12);
            let _ = writeln!(text, "who = {who}\npractice_months = {months}");
        }
        if numbers.chance(40) {
            let who = person(numbers);
            let _ = write!(
                text,
                "[lever.certify-too]\nkind = 'certify'\ntitle = '认定'\nat_most = 1\n\
                 level = 'people'\nweight = 0.25\nwho = {who}\n"
            );
        }
    }
    if numbers.chance(25) {
        text.push_str(&recruits(numbers));
    }
    if numbers.chance(25) {
        let (kind, to) = (pick(numbers, &["reserve", "reallocate"]), school(numbers));
        let _ = write!(
            text,
            "[lever.posts]\nkind = '{kind}'\ntitle = '编制'\nat_most = 1\nlevel = 'people'\n\
             weight = 0.05\nto = {to}\n"
        );
    }
    text
}

fn recruits(numbers: &mut Numbers) -> String {
    let subject = pick(numbers, &["[]", "['语文']", "['语文', '音乐']"]);
    let to = school(numbers);
    let most = numbers.between(0, 2);
    let least = if numbers.chance(30) {
        numbers.between(0, most)
    } else {
        0
    };
    let mut text = format!(
        "[lever.recruit]\nkind = 'recruit'\ntitle = '招聘'\nat_least = {least}\nat_most = {most}\n\
         level = 'people'\nweight = 1\nsubject = {subject}\nto = {to}\n"
    );
    if numbers.chance(40) {
        let first = school(numbers);
        let _ = writeln!(text, "first = {first}\nelsewhere = 0.25");
    }
    if numbers.chance(50) {
        let profile = pick(
            numbers,
            &[
                "{ dual_qualified = true, programme_teacher = true }",
                "{ employment = '在编', backbone = '校级' }",
                "{ employment = '编外', backbone = '省级', dual_qualified = false }",
            ],
        );
        let _ = writeln!(text, "profile = {profile}");
    }
    if numbers.chance(20) {
        let month = pick(numbers, &["2025-09", "2025-10"]);
        let _ = writeln!(text, "arrives = '{month}'");
    }
    text
}
