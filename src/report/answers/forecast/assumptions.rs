//! What a forecast assumes, and where its figures stand.

use crate::domain::{District, Stage};
use crate::forecast::{Dropped, Fewer, Forecast, Outlook, counts_exchanges_itself};
use crate::report::language::{Language, counted};
use crate::report::page::Page;

/// What every forecast assumes.
const ASSUMPTIONS: [(&str, &str); 8] = [
    (
        "年级逐年顺升，新生数为预计总数减去顺升的学生，按各校上年新生数分摊；两个年份之间按直线内插；班额按各校现状，\
         不超过标准",
        "grades move up; those who begin are what is missing to the pupils expected, divided as the year \
         before; between two years on a straight line; classes as large as they are, within the standard",
    ),
    (
        "每年的方案全部执行；交流期满返回；花名册没有写期限的，按政策的期限",
        "every plan is carried out; exchanges end when they are to, by the policy's term where the rosters \
         do not say",
    ),
    (
        "到龄退休（政策所列年龄，2025 年起渐进延迟；本局退休名单优先）；不预测辞职、调出、病休、晋升、新增骨干",
        "people retire at the policy's ages or as decided; resignations, illness, promotions are not foreseen",
    ),
    (
        "暂缓：孕期转哺乳期，哺乳期、试用期一年后解除，服务期六年后解除，其余不变；没有写结束时间的产假一年后返岗",
        "deferrals: pregnancy becomes nursing, nursing and probation end after a year, periods of service \
         after six, others stay; maternity leave without an end ends after a year",
    ),
    (
        "意愿、推荐人选、竞聘结果、锁定只管第一年，“不派往”除外；所以以后各年不报志愿满足情况",
        "wishes, nominations, results and locks hold for one year, but for schools to which somebody may not \
         go",
    ),
    (
        "编制不随学生增减核定，除非展望文件写明；工作量按花名册现有周课时；调整岗位的人不再兼教",
        "establishments do not follow the pupils; loads are those of the rosters; whoever changes posts \
         teaches one subject",
    ),
    (
        "双师型：每年在可认定的人中先认定企业实践月数多的；新聘教师政策没有写学历的按本科，没有职称，不是双师型",
        "recognitions go to those with most months of practice; recruits hold a bachelor's degree where the \
         policy does not say, no title, and are not dual-qualified",
    ),
    (
        "姓名只是推算的代表，不是对个人的决定；每年编方案时以当年花名册为准",
        "names stand for anybody alike and decide nothing: each year is planned from its own rosters",
    ),
];

/// The section.
pub(super) fn assumptions(
    page: &mut Page,
    district: &District,
    (outlook, forecast): (&Outlook, &Forecast),
) {
    let language = page.language;
    page.section("展望的假定", "What is assumed");
    for (chinese, english) in ASSUMPTIONS {
        page.line(format!("  - {}", language.pick(chinese, english)));
    }
    let said: Vec<Stage> = outlook.pupils.iter().map(|held| held.stage).collect();
    let silent = district.stages().into_iter();
    let silent: Vec<&str> = silent
        .filter(|stage| !said.contains(stage))
        .map(|stage| language.pick(stage.chinese(), stage.code()))
        .collect();
    if !silent.is_empty() {
        let names = silent.join(language.pick("、", ", "));
        page.line(match language {
            Language::Chinese => format!("  - 展望文件没有写的学段，学生和班级不变：{names}"),
            Language::English => {
                format!("  - stages of which the outlook says nothing stay as they are: {names}")
            }
        });
    }
    if counts_exchanges_itself(district) {
        page.line(exchanges_text(district, language));
    }
    for fewer in forecast.as_planned.iter().flat_map(|year| &year.fewer) {
        page.line(fewer_text(fewer, language));
    }
    for dropped in forecast.as_planned.iter().flat_map(|year| &year.dropped) {
        page.line(dropped_text(dropped, language));
    }
    for &(place, held, written) in &forecast.scaled {
        let stage = outlook.pupils[place].stage;
        page.line(match language {
            Language::Chinese => format!(
                "  - {}：花名册中有学生 {held} 人，展望文件写 {written} 人（口径不同，如含民办），按其增减比例推算",
                stage.chinese()
            ),
            Language::English => format!(
                "  - {}: {held} pupils on the rosters, {written} in the outlook: its change is taken in \
                 proportion",
                stage.code()
            ),
        });
    }
    sources(page, outlook);
}

/// Where the numbers of pupils stand.
fn sources(page: &mut Page, outlook: &Outlook) {
    let language = page.language;
    let mut sources: Vec<(&str, Vec<&str>)> = Vec::new();
    let told = outlook.pupils.iter();
    for expected in told.filter(|held| !held.source.is_empty()) {
        let stage = language.pick(expected.stage.chinese(), expected.stage.code());
        match sources
            .iter_mut()
            .find(|(source, _)| *source == expected.source)
        {
            Some((_, stages)) if stages.contains(&stage) => {}
            Some((_, stages)) => stages.push(stage),
            None => sources.push((&expected.source, vec![stage])),
        }
    }
    for (source, stages) in sources {
        let stages = stages.join(language.pick("、", ", "));
        page.line(match language {
            Language::Chinese => format!("  - 学生数来源（{stages}）：{source}"),
            Language::English => format!("  - pupils of {stages}: {source}"),
        });
    }
}

/// That exchanges are counted from the first year on.
fn exchanges_text(district: &District, language: Language) -> String {
    let begin = district.year_begin;
    match language {
        Language::Chinese => format!(
            "  - 花名册没有“交流次数”一列，各人此前去过几次不详：自 {begin} 起计，正在交流的按一次，其他人一律按零次；\
             各年花名册和公平表中的次数都是展望以来的次数，不是本人履历，轮流规则也按它判断"
        ),
        Language::English => format!(
            "  - the rosters do not say how many exchanges were made: they are counted from {begin}, one for \
             whoever is on exchange, none for everybody else; numbers in the years' rosters, in the table \
             of fairness and for rules of turns are those since then, not those of a working life"
        ),
    }
}

/// Of what ended with people who have left.
fn dropped_text(dropped: &Dropped, language: Language) -> String {
    let Dropped { begin, people, .. } = dropped;
    let title = language.title(&dropped.title, &dropped.title_english);
    match (language, &dropped.rule) {
        (Language::Chinese, Some(id)) => format!(
            "  - {begin} 起：规则“{title}”（{id}）破例的名单中有 {people} 人已离任（退休、离职等），不再列入"
        ),
        (Language::English, Some(id)) => format!(
            "  - from {begin}: {} of the exceptions of `{id}` ({title}) left meanwhile (retired, moved away) \
             and are no longer on its list",
            counted(people, "person", "persons")
        ),
        (Language::Chinese, None) => {
            format!("  - {begin}：展望文件的变动“{title}”所指的人已离任，不再执行")
        }
        (Language::English, None) => format!(
            "  - {begin}: `{title}` of the outlook is of somebody who left meanwhile, and is left out"
        ),
    }
}

/// Of a stage that shrinks faster than grades leave it.
fn fewer_text(fewer: &Fewer, language: Language) -> String {
    let Fewer {
        begin,
        stage,
        moving_up,
        expected,
        classes: (before, after),
    } = fewer;
    let classes = match language {
        Language::Chinese if before == after => format!("班级仍为 {before} 个"),
        Language::Chinese => {
            format!("班级按原班额由 {before} 个合并为 {after} 个（每校每个年级至少留一班）")
        }
        Language::English if before == after => format!("their {before} classes remain"),
        Language::English => format!(
            "their {before} classes become {after} of the same size, one in each grade of a school at least"
        ),
    };
    match language {
        Language::Chinese => format!(
            "  - {begin} {}：预计学生 {expected} 人，少于顺升的 {moving_up} 人；这一年没有新生，顺升的各年级按比例减少，\
             {classes}。请核对展望文件的学生数",
            stage.chinese()
        ),
        Language::English => format!(
            "  - {begin} {}: {expected} pupils are expected, fewer than the {moving_up} who move up: nobody begins \
             in that year, all grades lose alike, and {classes}; see whether the outlook means that",
            stage.code()
        ),
    }
}
