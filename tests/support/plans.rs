//! A district with one person for every reason not to move, its plan on disk, and the means to
//! spoil it.

use std::path::Path;
use std::sync::atomic::AtomicBool;

use shizi::account::{Account, Provenance};
use shizi::audit::{AuditReport, audit};
use shizi::demand::Situation;
use shizi::domain::district::TravelTime;
use shizi::domain::{
    Backbone, Capability, Decided, DecidedKind, Deferral, District, DistrictParts, Employment,
    Lock, LockKind, Minutes, Nomination, Office, RunningExchange, SchoolIndex, Stage, Status,
    TeacherIndex, Zone,
};
use shizi::planning::{Planned, model_year, plan_year};
use shizi::policy::Policy;
use shizi::report::write_files;
use shizi::rules::eligibility::Standings;
use shizi::rules::{Context, RuleSet};
use shizi::solve::{Engine, Silent, SolveOptions};

use super::{add_school, add_teacher, empty, state_need, subject, year_begin};

/// Sending schools S0 and S2, receiving ones S1, S3 (far away) and S4 (a site of S0's unit), a
/// junior school S5, a vocational one S6. What each teacher stands for is told at each.
pub(crate) fn district() -> District {
    let mut parts = empty(&["数学", "语文", "音乐", "会计"]);
    for _ in 0..5 {
        add_school(&mut parts, Stage::Primary, 8);
    }
    add_school(&mut parts, Stage::Junior, 3);
    add_school(&mut parts, Stage::Vocational, 2);
    for (position, school) in parts.schools.iter_mut().enumerate() {
        school.sending = matches!(position, 0 | 2);
        school.receiving = matches!(position, 1 | 3 | 4 | 5);
        school.zone = if school.receiving {
            Zone::Rural
        } else {
            Zone::Urban
        };
    }
    parts.schools[4].unit = parts.schools[0].unit;
    teachers(&mut parts);
    needs(&mut parts);
    for to in 1..7 {
        parts.travel.push(TravelTime {
            from: SchoolIndex(0),
            to: SchoolIndex(to),
            minutes: Minutes(if to == 3 { 150 } else { 20 }),
        });
    }
    District::new(parts).unwrap()
}

fn teachers(parts: &mut DistrictParts) {
    let primary = Stage::Primary;
    let chinese = subject(parts, "语文");
    let (mathematics, music) = (subject(parts, "数学"), subject(parts, "音乐"));
    let (s0, s1, s2) = (SchoolIndex(0), SchoolIndex(1), SchoolIndex(2));
    // T000 to T008 at S0: free, free, free with music, deferred, new, head, kept, not to S1, to S4.
    for _ in 0..9 {
        add_teacher(parts, s0, primary, chinese);
    }
    parts.teachers[0].backbone = Backbone::City;
    parts.teachers[2].subject = mathematics;
    parts.teachers[2].further = vec![Capability {
        stage: primary,
        subject: music,
    }];
    parts.teachers[3].deferral = Some(Deferral::Pregnancy);
    parts.teachers[4].arrival = Some(year_begin().plus(-24));
    parts.teachers[5].office = Office::Head;
    lock(parts, 6, LockKind::Stay, None);
    lock(parts, 7, LockKind::Forbid, Some(s1));
    lock(parts, 8, LockKind::Go, Some(s1));
    // T009 on exchange at S1, T010 home from one at S1, T011 on leave, T012 to S2 by decision.
    add_teacher(parts, s1, primary, chinese);
    add_teacher(parts, s1, primary, chinese);
    for (position, months) in [(9, 12), (10, 0)] {
        parts.teachers[position].running = Some(RunningExchange {
            start: Some(year_begin().plus(-24)),
            end: Some(year_begin().plus(months)),
            origin: s0,
            personnel_moved: false,
        });
        parts.teachers[position].establishment_unit = Some(parts.schools[0].unit);
    }
    add_teacher(parts, s0, primary, chinese);
    parts.teachers[11].status = Status::MaternityLeave;
    add_teacher(parts, s0, primary, mathematics);
    parts.decided.push(Decided {
        teacher: TeacherIndex(12),
        kind: DecidedKind::Transfer,
        school: Some(s1),
        date: None,
        basis: "局党委会纪要〔2025〕3号".to_owned(),
    });
    // T013 and T014 at S2, which nominates only the first; T015 outside the establishment.
    add_teacher(parts, s2, primary, chinese);
    add_teacher(parts, s2, primary, chinese);
    parts.nominations.push(Nomination {
        teacher: TeacherIndex(13),
    });
    add_teacher(parts, s0, primary, chinese);
    parts.teachers[15].employment = Employment::Temporary;
    parts.teachers[15].establishment_unit = None;
    // T016 to T018 teach accountancy at S6; one is 双师型.
    let accounts = subject(parts, "会计");
    for position in 16..19 {
        add_teacher(parts, SchoolIndex(6), Stage::Vocational, accounts);
        parts.teachers[position].programme_teacher = true;
        parts.teachers[position].dual_qualified = position == 16;
    }
}

fn lock(parts: &mut DistrictParts, teacher: u32, kind: LockKind, school: Option<SchoolIndex>) {
    parts.locks.push(Lock {
        teacher: TeacherIndex(teacher),
        kind,
        school,
        form: None,
        reason: "家中有事，本人恳请".to_owned(),
    });
}

fn needs(parts: &mut DistrictParts) {
    let (chinese, mathematics) = (subject(parts, "语文"), subject(parts, "数学"));
    let (music, accounts) = (subject(parts, "音乐"), subject(parts, "会计"));
    for school in 0..5 {
        let index = SchoolIndex(school);
        let wanted = if school == 0 { 6000 } else { 2300 };
        state_need(parts, index, Stage::Primary, chinese, wanted);
        state_need(parts, index, Stage::Primary, mathematics, 1000);
        let songs = if school == 2 { 0 } else { 500 };
        state_need(parts, index, Stage::Primary, music, songs);
    }
    for name in [chinese, mathematics, music] {
        state_need(parts, SchoolIndex(5), Stage::Junior, name, 1000);
        state_need(parts, SchoolIndex(6), Stage::Vocational, name, 0);
    }
    state_need(parts, SchoolIndex(6), Stage::Vocational, accounts, 3000);
}

/// Three exchanges, one of four of them 骨干; 双师型 by half; recruits of music.
pub(crate) const POLICY: &str = "
extends = 'national'
id = 'test'
title = '试验政策'
[rule.three]
kind = 'count'
title = '每年交流三人'
of = 'moves'
form = '交流'
exactly = 3
[rule.exchange-backbone]
enforcement = 'hard'
form = '交流'
[rule.leave-cap]
form = '交流'
at_most = 2
[rule.establishment]
off = true
[rule.kept]
kind = 'count'
title = '每单位编制内不少于一人'
of = 'establishment'
who = { stage = '小学' }
scope = 'unit'
at_most = 15
[rule.covered]
kind = 'coverage'
title = '中职会计岗位须有人'
stage = '中职'
[rule.must-go]
kind = 'eligibility'
title = '满六年应当交流'
form = '交流'
effect = 'must'
who = { class_teacher = true }
[rule.reach-unit-only]
kind = 'reach'
title = '调动不在同一单位'
form = '调动'
not_within = 'unit'
[rule.transfer-by-wish]
off = true
[lever.certify]
kind = 'certify'
title = '认定'
at_most = 2
level = 'people'
weight = 0.5
[lever.recruit]
kind = 'recruit'
title = '招聘'
at_least = 1
at_most = 1
level = 'people'
weight = 0.1
source = { document = '招聘方案' }
service_years = 6
stage = '小学'
subject = '音乐'
to = { receiving = true }
";

/// A district with its policy and reckonings.
pub(crate) struct Case {
    pub(crate) district: District,
    pub(crate) policy: Policy,
    pub(crate) rules: RuleSet,
}

impl Case {
    pub(crate) fn new(district: District, text: &str) -> Self {
        let (policy, rules) = super::policy(text);
        Self {
            district,
            policy,
            rules,
        }
    }

    /// Does something with the context.
    pub(crate) fn with<T>(&self, action: impl FnOnce(&Context<'_>, &RuleSet) -> T) -> T {
        let situation = Situation::new(&self.district, &self.policy);
        let standings = Standings::new(&situation, &self.rules);
        let context = Context {
            situation: &situation,
            standings: &standings,
        };
        action(&context, &self.rules)
    }

    /// Plans the year and writes the files, if there is a plan.
    pub(crate) fn write(&self, folder: &Path) -> Planned {
        self.with(|context, rules| write(context, rules, folder))
    }

    /// Audits a folder.
    pub(crate) fn audit(&self, folder: &Path) -> AuditReport {
        self.with(|context, rules| audit(context, rules, folder).unwrap())
    }
}

/// Plans the year and writes the files, if there is a plan.
pub(crate) fn write(context: &Context<'_>, rules: &RuleSet, folder: &Path) -> Planned {
    let mut model = model_year(context, rules).unwrap();
    let options = SolveOptions {
        engine: Engine::Monolithic,
        target_gap: 0.0,
        ..SolveOptions::default()
    };
    let planned = plan_year(
        context,
        rules,
        &mut model,
        &options,
        &AtomicBool::new(false),
        &Silent,
    )
    .unwrap();
    if let Some(plan) = &planned.plan {
        let digest = shizi::ingest::digest(context.situation.district);
        let provenance = Provenance::new(context.situation, &digest, &options, &planned);
        let account = Account::new(*context, rules, plan, &planned, provenance);
        write_files(&account, folder, true).unwrap();
    }
    planned
}

/// A table as rows of cells, the header first.
pub(crate) type Table = Vec<Vec<String>>;

/// Reads a table as Excel would.
pub(crate) fn read_table(folder: &Path, file: &str) -> Table {
    let text = std::fs::read_to_string(folder.join(file)).unwrap();
    csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .from_reader(text.trim_start_matches('\u{feff}').as_bytes())
        .records()
        .map(|record| record.unwrap().iter().map(ToOwned::to_owned).collect())
        .collect()
}

/// Writes a table, without the mark that Excel drops.
pub(crate) fn write_table(folder: &Path, file: &str, table: &Table) {
    let mut writer = csv::WriterBuilder::new()
        .flexible(true)
        .from_path(folder.join(file))
        .unwrap();
    for row in table {
        writer.write_record(row).unwrap();
    }
    writer.flush().unwrap();
}

/// Copies the files of a plan into a new folder.
pub(crate) fn copy(from: &Path) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        std::fs::copy(entry.path(), folder.path().join(entry.file_name())).unwrap();
    }
    folder
}
