//! Of a post, in sentences.

use super::super::words::decimal;
use super::price::{people, price};
use crate::answers::{PostAnswer, PostNeed};
use crate::report::language::{Language, counted};
use crate::report::page::Page;

/// Rules named at most that keep people from a post; the JSON has all.
const NAMED: usize = 8;

pub(super) fn post(page: &mut Page, answer: &PostAnswer) {
    let language = page.language;
    let place = format!("{} {}{}", answer.school_name, answer.stage, answer.subject);
    page.heading(&format!("岗位 {place}"), &format!("Post {place}"));
    page.line(format!("  {}", need(language, &answer.need)));
    let (before, after) = (decimal(answer.before), decimal(answer.after));
    let (short_before, short_after) = (decimal(answer.short_before), decimal(answer.short_after));
    let (coming, leaving) = (answer.coming.count, answer.leaving.count);
    page.line(match language {
        Language::Chinese => format!(
            "  任教：调整前 {before} 人，调整后 {after} 人（进 {coming} 人，出 {leaving} 人）；缺额 \
             {short_before} → {short_after} 人。"
        ),
        Language::English => format!(
            "  Serving: {before} before, {after} after the plan ({coming} in, {leaving} out); short \
             {short_before} → {short_after} persons."
        ),
    });
    people(page, "进", "In", &answer.coming);
    people(page, "出", "Out", &answer.leaving);
    if answer.recruits > 0 {
        let recruits = answer.recruits;
        page.line(match language {
            Language::Chinese => format!("    其中新聘 {recruits} 人。"),
            Language::English => format!("    Recruits among them: {recruits}."),
        });
    }
    comers(page, answer);
    match &answer.one_more {
        Some(priced) => {
            let of = page
                .pick(
                    "如果这里再增 1 人（重新求解）",
                    "Were one person more to serve here (solved again)",
                )
                .to_owned();
            price(page, &of, priced, true);
        }
        None if answer.short_after > 0.0 => {
            let line = page.pick(
                "  没有人按规则可以到这里，也没有可用的招聘，再增 1 人无法实现。",
                "  Nobody may come by the rules and nobody is recruited: one more cannot be had.",
            );
            page.line(line.to_owned());
        }
        None => {
            let line = page.pick(
                "  没有缺额，不测算增人的代价。",
                "  Nothing lacks: no price is asked.",
            );
            page.line(line.to_owned());
        }
    }
}

fn need(language: Language, need: &PostNeed) -> String {
    let persons = decimal(need.persons);
    let (classes, lessons) = (need.classes, decimal(need.lessons));
    let standard = decimal(need.by_standard_load);
    let load = need.load.map(decimal);
    match language {
        Language::Chinese if need.stated => format!("需求：{persons} 人，由本局直接填报。"),
        Language::English if need.stated => {
            format!("Need: {persons} persons, stated by the office.")
        }
        Language::Chinese if need.by_classes => {
            format!("需求：{persons} 人；该学段 {classes} 个班，按班配备。")
        }
        Language::English if need.by_classes => {
            let classes = counted(classes, "class", "classes");
            format!("Need: {persons} persons, for {classes}.")
        }
        Language::Chinese if need.small_site => format!(
            "需求：{persons} 人；该学段 {classes} 个班，小规模校点按班配备，按课时分到各岗位，本岗位每周 {lessons} 节。"
        ),
        Language::English if need.small_site => {
            let classes = counted(classes, "class", "classes");
            format!(
                "Need: {persons} persons; a small site of {classes}, staffed by class and spread by \
                 lessons, {lessons} a week here."
            )
        }
        Language::Chinese => {
            let load = load.map_or_else(String::new, |load| {
                let from = need.load_from.map_or_else(
                    || "政策标准".to_owned(),
                    |count| format!("本区县 {count} 人的实际平均"),
                );
                format!("每人每周 {load} 节（{from}）；")
            });
            format!(
                "需求：{persons} 人；该学段 {classes} 个班，本岗位每周 {lessons} 节，{load}需求含班主任和职务折算、\
                 短期请假备员和兼教调整，只按标准课时量折算为 {standard} 人。"
            )
        }
        Language::English => {
            let load = load.map_or_else(String::new, |load| {
                let from = need.load_from.map_or_else(
                    || "by the policy".to_owned(),
                    |count| format!("the average of {count} here"),
                );
                format!("{load} lessons a person ({from}); ")
            });
            let classes = counted(classes, "class", "classes");
            format!(
                "Need: {persons} persons; {classes} of the stage, {lessons} lessons a week here, {load}\
                 credits, cover of leave and further subjects are in it; by the standard load alone \
                 {standard}."
            )
        }
    }
}

fn comers(page: &mut Page, answer: &PostAnswer) {
    let language = page.language;
    let comers = &answer.comers;
    let (here, elsewhere, unmoved) = (comers.here, comers.elsewhere, comers.unmoved);
    let (all, kept) = (comers.all.count, answer.kept);
    page.line(match language {
        Language::Chinese if all == 0 => "  来源：按资格和流动范围，没有人可以到这个岗位。".to_owned(),
        Language::Chinese => format!(
            "  来源：按资格和流动范围有 {all} 人可以到这个岗位；方案中 {here} 人到这里，{elsewhere} 人另有安排，\
             {unmoved} 人不动。"
        ),
        Language::English if all == 0 => "  Sources: by standing and reach nobody may come.".to_owned(),
        Language::English => format!(
            "  Sources: by standing and reach {} may come; the plan places {here} here, {elsewhere} elsewhere, \
             and leaves {unmoved}.",
            counted(all, "person", "persons")
        ),
    });
    people(page, "按规则可以到的人", "May come", &comers.all);
    if kept == 0 {
        return;
    }
    page.line(match language {
        Language::Chinese => format!(
            "  能教这一学段学科、在其他学校而不能到这里的有 {kept} 人。各人按限制最少的形式计，限制他们的规则\
             （一人可有几条）："
        ),
        Language::English => format!(
            "  {} at other schools can teach it and may not come. By the form in which fewest rules keep \
             each of them (several may):",
            counted(kept, "person", "persons")
        ),
    });
    for (reason, count) in answer.keeping.iter().take(NAMED) {
        let title = language.title(&reason.chinese, &reason.english);
        page.line(match language {
            Language::Chinese => format!("    {title}：{count} 人"),
            Language::English => format!("    {title}: {count}"),
        });
    }
}
