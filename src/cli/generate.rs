//! `shizi generate`: a synthetic district.

use anyhow::{Context, bail};

use shizi::generate::{Kind, Profile, SyntheticDistrict, generate, generate_of_kind, write};
use shizi::report::{Language, counted};

use super::Verdict;
use super::arguments::GenerateArguments;
use super::printer::Printer;

pub(super) fn run(arguments: &GenerateArguments, printer: Printer) -> anyhow::Result<Verdict> {
    let name = &arguments.profile;
    let Some(profile) = Profile::named(name) else {
        let known = Profile::NAMES.join(printer.pick("、", ", "));
        match printer.language {
            Language::Chinese => bail!("没有“{name}”这种示例区县；可用：{known}"),
            Language::English => bail!("no profile `{name}`; known: {known}"),
        }
    };
    let folder = &arguments.out;
    let is_used = folder
        .read_dir()
        .is_ok_and(|mut held| held.next().is_some());
    if is_used {
        let shown = folder.display();
        match printer.language {
            Language::Chinese => bail!("输出文件夹“{shown}”不是空的；请换一个 --out"),
            Language::English => bail!("`{shown}` is not empty; give another --out"),
        }
    }
    let district = make(&profile, arguments, printer)?;
    write(&district, folder).with_context(|| folder.display().to_string())?;
    let (teachers, schools) = (district.teachers.len(), district.schools.len());
    printer.talk(&match printer.language {
        Language::Chinese => {
            format!("已生成：教师 {teachers} 人，学校（校点）{schools} 所，均为虚构")
        }
        Language::English => format!(
            "{}, {}, all synthetic",
            counted(teachers, "teacher", "teachers"),
            counted(schools, "school", "schools")
        ),
    });
    Ok(Verdict::Done)
}

fn make(
    profile: &Profile,
    arguments: &GenerateArguments,
    printer: Printer,
) -> anyhow::Result<SyntheticDistrict> {
    let Some(name) = &arguments.kind else {
        return Ok(generate(profile, arguments.seed));
    };
    let Some(kind) = Kind::named(name) else {
        let known = Kind::ALL.map(Kind::name).join(printer.pick("、", ", "));
        match printer.language {
            Language::Chinese => bail!("没有“{name}”这种难点；可用：{known}"),
            Language::English => bail!("no kind `{name}`; known: {known}"),
        }
    };
    let made = generate_of_kind(profile, kind, arguments.seed);
    made.with_context(|| match printer.language {
        Language::Chinese => format!("--kind 只用于规模随机抽取的区县，不用于 {}", profile.name),
        Language::English => format!(
            "--kind is for districts of drawn sizes, not {}",
            profile.name
        ),
    })
}
