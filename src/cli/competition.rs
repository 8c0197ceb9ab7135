//! `shizi match`: the competition across schools, from wishes and scores to who goes where.

use anyhow::anyhow;

use shizi::matching::compete;
use shizi::report::{FolderError, Language, PlanPlace, RoundAccount};
use shizi::rules::Context;

use super::Verdict;
use super::arguments::{Format, MatchArguments};
use super::inputs;
use super::printer::Printer;

pub(super) fn run(arguments: &MatchArguments, printer: Printer) -> anyhow::Result<Verdict> {
    let Some((policy, rules)) = inputs::named(&arguments.sources, printer)? else {
        return Ok(Verdict::No);
    };
    let refused = |error: FolderError| anyhow!(error.message(printer.language));
    let input = &arguments.sources.district;
    let place = PlanPlace::check(&arguments.out, input, arguments.force).map_err(refused)?;
    let reading = inputs::rosters(input, printer)?;
    let Some(district) = inputs::known_district(&reading, (&policy, &rules), printer) else {
        return Ok(Verdict::No);
    };
    if district.scores.is_empty() {
        printer.say(printer.pick(
            "没有竞聘得分：请在花名册文件夹中放入 scores.csv（空表可用 shizi template 生成）",
            "no scores: put scores.csv into the folder of the rosters (`shizi template` writes an \
             empty one)",
        ));
        return Ok(Verdict::No);
    }
    inputs::with_context(district, &policy, &rules, |context: Context<'_>| {
        let round = compete(&context, &rules);
        let account = RoundAccount::new(&context, &rules, &round, &reading.digest);
        let folder = place.stage().map_err(refused)?;
        account.write_files(&folder.path()).map_err(|error| {
            let path = error.path.display().to_string();
            anyhow::Error::new(error.source).context(path)
        })?;
        folder.put_in_place().map_err(refused)?;
        match arguments.format {
            Format::Text => printer.data(&account.page(printer.language))?,
            Format::Json => printer.json(&account.summary())?,
        }
        let out = arguments.out.display();
        printer.talk(&match printer.language {
            Language::Chinese => format!(
                "结果已写入 {out}；把其中的 decided.csv、results.csv 放入花名册文件夹，即可进行统筹调剂"
            ),
            Language::English => format!(
                "the round is in {out}; put its decided.csv and results.csv into the folder of \
                 the rosters for the next one"
            ),
        });
        Ok(Verdict::Done)
    })
}
