//! A folder that appears whole or not at all.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use super::language::Language;
use crate::domain::Month;
use crate::domain::plan_files::{
    ASSIGNMENTS, EVENTS, FAIRNESS, FORECAST_PAGE, FORECAST_SCHEMA, GAPS, HISTORY, INDICATORS,
    ITINERANT, LEVERS, NOTICE, OVERRIDES, PLAN, POSTS, QUOTAS, RECRUITS, RULES, SUMMARY,
    SUMMARY_SCHEMA, YEAR_FOLDERS,
};
use crate::domain::round_files::{
    ENVY, MATCH_SCHEMA, MATCHING, NEXT_DECIDED, NEXT_RESULTS, ROUND_NOTICE, VACANCIES, WAITING,
};

/// Every file that a plan may have.
const FILES_OF_PLAN: [&str; 18] = [
    PLAN.0,
    ASSIGNMENTS.0,
    LEVERS.0,
    ITINERANT.0,
    POSTS.0,
    RULES.0,
    GAPS.0,
    FAIRNESS.0,
    NOTICE.0,
    QUOTAS.0,
    WAITING.0,
    ENVY.0,
    NEXT_DECIDED.0,
    NEXT_RESULTS.0,
    EVENTS,
    HISTORY.0,
    OVERRIDES.0,
    SUMMARY,
];

/// Every file of a round of competition.
const FILES_OF_ROUND: [&str; 8] = [
    MATCHING.0,
    VACANCIES.0,
    WAITING.0,
    ENVY.0,
    ROUND_NOTICE.0,
    NEXT_DECIDED.0,
    NEXT_RESULTS.0,
    SUMMARY,
];

/// Every file of several years, beside the folders of the years.
const FILES_OF_FORECAST: [&str; 5] = [INDICATORS, RECRUITS, FAIRNESS.0, FORECAST_PAGE, SUMMARY];

/// A place where a plan may be written: nothing is there yet.
#[derive(Debug)]
pub struct PlanPlace {
    target: PathBuf,
    force: bool,
}

/// A folder of a plan in the making: written beside its place, then put there by renaming.
#[derive(Debug)]
pub struct PlanFolder {
    target: PathBuf,
    force: bool,
    staging: TempDir,
}

/// A plan may not, or cannot, be written where it was asked to be.
#[derive(Debug, thiserror::Error)]
pub enum FolderError {
    /// There is something, and nobody said that it may go.
    #[error("`{}` is not empty", .0.display())]
    NotEmpty(PathBuf),
    /// There is something that is no plan of this program, or more than a plan.
    #[error("`{}` holds `{}`, which is not part of a plan", folder.display(), entry)]
    NotAPlan {
        /// The folder.
        folder: PathBuf,
        /// The first entry that does not belong to a plan, or the file that a plan would have.
        entry: String,
    },
    /// The input folder is never written into.
    #[error("`{}` lies in the folder of the rosters", .0.display())]
    InsideInput(PathBuf),
    /// What the system says.
    #[error("cannot write to `{}`", path.display())]
    Io {
        /// The folder.
        path: PathBuf,
        /// The reason.
        source: io::Error,
    },
}

impl FolderError {
    /// What is wrong and what to do, in a language.
    pub fn message(&self, language: Language) -> String {
        let english = language == Language::English;
        match self {
            Self::NotEmpty(folder) if english => format!(
                "`{}` is not empty; give another --out, or --force to replace the plan in it",
                folder.display()
            ),
            Self::NotEmpty(folder) => format!(
                "输出文件夹“{}”不是空的；请换一个 --out，或加 --force 替换其中的旧方案",
                folder.display()
            ),
            Self::NotAPlan { folder, entry } if english => format!(
                "`{}` is not replaced: `{entry}` shows that it holds something else than a plan; \
                 move it away or give another --out",
                folder.display()
            ),
            Self::NotAPlan { folder, entry } => format!(
                "不替换“{}”：其中的“{entry}”说明它不只是旧方案；请先移走，或换一个 --out",
                folder.display()
            ),
            Self::InsideInput(folder) if english => format!(
                "`{}` lies in the folder of the rosters, which is never written into; give another \
                 --out",
                folder.display()
            ),
            Self::InsideInput(folder) => format!(
                "“{}”在花名册文件夹之内，本程序从不写入该文件夹；请换一个 --out",
                folder.display()
            ),
            Self::Io { path, source } if english => {
                format!("cannot write to `{}`: {source}", path.display())
            }
            Self::Io { path, source } => format!("无法写入“{}”：{source}", path.display()),
        }
    }
}

impl PlanPlace {
    /// Checks the place, so that what would fail fails before any work is done; nothing stays
    /// behind. `force` lets a former plan be replaced, and nothing but a plan.
    ///
    /// # Errors
    /// Where something is in the way, or the disk refuses.
    pub fn check(target: &Path, input: &Path, force: bool) -> Result<Self, FolderError> {
        let refused = |source| FolderError::Io {
            path: target.to_path_buf(),
            source,
        };
        let target = std::path::absolute(target).map_err(refused)?;
        if lies_in(&target, input) {
            return Err(FolderError::InsideInput(target));
        }
        check_place(&target, force)?;
        check_writable(target.parent().unwrap_or(&target)).map_err(refused)?;
        Ok(Self { target, force })
    }

    /// Makes a hidden folder beside the place, to write into.
    ///
    /// # Errors
    /// Where the disk refuses.
    pub fn stage(self) -> Result<PlanFolder, FolderError> {
        let Self { target, force } = self;
        let refused = |source| FolderError::Io {
            path: target.clone(),
            source,
        };
        let parent = target.parent().unwrap_or(&target);
        fs::create_dir_all(parent).map_err(refused)?;
        let staging = hidden_folder(parent).map_err(refused)?;
        fs::create_dir(staging.path().join("new")).map_err(refused)?;
        Ok(PlanFolder {
            target,
            force,
            staging,
        })
    }
}

fn hidden_folder(parent: &Path) -> io::Result<TempDir> {
    tempfile::Builder::new()
        .prefix(".shizi-")
        .tempdir_in(parent)
}

/// Whether a folder, which need not exist yet, can be written into: a hidden folder is made in the
/// nearest that exists, and dropped.
///
/// # Errors
/// What the system says.
pub fn check_writable(folder: &Path) -> io::Result<()> {
    let folder = std::path::absolute(folder)?;
    let existing = folder.ancestors().find(|held| held.exists());
    hidden_folder(existing.unwrap_or(&folder))?.close()
}

impl PlanFolder {
    /// Where to write for now.
    pub fn path(&self) -> PathBuf {
        self.staging.path().join("new")
    }

    /// Puts the folder in its place.
    ///
    /// # Errors
    /// Where something came in the way meanwhile, or the disk refuses; what was there stays.
    pub fn put_in_place(self) -> Result<(), FolderError> {
        check_place(&self.target, self.force)?;
        let refused = |source| FolderError::Io {
            path: self.target.clone(),
            source,
        };
        let former = self.staging.path().join("former");
        let replaces = self.target.is_dir();
        if replaces {
            fs::rename(&self.target, &former).map_err(refused)?;
        }
        if let Err(source) = fs::rename(self.path(), &self.target) {
            if replaces {
                fs::rename(&former, &self.target).map_err(refused)?;
            }
            return Err(refused(source));
        }
        Ok(())
    }
}

/// Whether a place that need not exist yet lies in the input: in its folder, or is its workbook.
pub fn lies_in(place: &Path, input: &Path) -> bool {
    let (Ok(input), Ok(place)) = (input.canonicalize(), std::path::absolute(place)) else {
        return false;
    };
    let existing = place.ancestors().find_map(|held| held.canonicalize().ok());
    existing.is_some_and(|existing| existing.starts_with(&input))
}

fn check_place(target: &Path, force: bool) -> Result<(), FolderError> {
    let refused = |source| FolderError::Io {
        path: target.to_path_buf(),
        source,
    };
    if target.symlink_metadata().is_err() {
        return Ok(());
    }
    let mut entries = Vec::new();
    for entry in fs::read_dir(target).map_err(refused)? {
        let name = entry.map_err(refused)?.file_name();
        entries.push(name.to_string_lossy().into_owned());
    }
    if entries.is_empty() {
        return Ok(());
    }
    if !force {
        return Err(FolderError::NotEmpty(target.to_path_buf()));
    }
    entries.sort();
    let not_a_plan = |entry: &str| FolderError::NotAPlan {
        folder: target.to_path_buf(),
        entry: entry.to_owned(),
    };
    let summary = fs::read_to_string(target.join(SUMMARY)).unwrap_or_default();
    let is_of = |schema: &str| {
        let family = schema.trim_end_matches(|end: char| end.is_ascii_digit());
        summary.contains(family)
    };
    let (own, years): (&[&str], bool) = if is_of(FORECAST_SCHEMA) {
        (&FILES_OF_FORECAST, true)
    } else if is_of(MATCH_SCHEMA) {
        (&FILES_OF_ROUND, false)
    } else {
        (&FILES_OF_PLAN, false)
    };
    let is_own = |entry: &&String| {
        own.contains(&entry.as_str()) || years && is_of_year(&target.join(entry.as_str()))
    };
    if let Some(entry) = entries.iter().find(|entry| !is_own(entry)) {
        return Err(not_a_plan(entry));
    }
    if is_of(SUMMARY_SCHEMA) || is_of(MATCH_SCHEMA) || years {
        Ok(())
    } else {
        Err(not_a_plan(SUMMARY))
    }
}

/// Whether a path is the folder of one year of several, with nothing in it but its plan and rosters.
fn is_of_year(path: &Path) -> bool {
    let name = path.file_name().and_then(|name| name.to_str());
    let Ok(entries) = fs::read_dir(path) else {
        return false;
    };
    let own = |entry: io::Result<fs::DirEntry>| {
        let name = entry.map(|entry| entry.file_name());
        name.is_ok_and(|name| YEAR_FOLDERS.iter().any(|own| name == *own))
    };
    name.and_then(Month::parse).is_some() && entries.into_iter().all(own)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write_plan(target: &Path, force: bool) -> Result<(), FolderError> {
        let folder = PlanPlace::check(target, Path::new("no input"), force)?.stage()?;
        fs::write(folder.path().join(SUMMARY), SUMMARY_SCHEMA).unwrap();
        folder.put_in_place()
    }

    #[test]
    fn a_folder_appears_whole_and_is_replaced_only_by_force() {
        let parent = tempfile::tempdir().unwrap();
        let target = parent.path().join("deep").join("plan");
        write_plan(&target, false).unwrap();
        assert!(target.join(SUMMARY).is_file());
        let refused = write_plan(&target, false).unwrap_err();
        assert!(matches!(refused, FolderError::NotEmpty(_)), "{refused}");
        write_plan(&target, true).unwrap();
        let left: Vec<_> = fs::read_dir(target.parent().unwrap()).unwrap().collect();
        assert_eq!(left.len(), 1, "nothing is left beside the plan");
    }

    #[test]
    fn looking_at_a_place_leaves_nothing_behind() {
        let parent = tempfile::tempdir().unwrap();
        let target = parent.path().join("deep").join("plan");
        PlanPlace::check(&target, Path::new("no input"), false).unwrap();
        assert_eq!(fs::read_dir(parent.path()).unwrap().count(), 0);
    }

    #[test]
    fn force_never_replaces_what_is_not_a_plan() {
        let parent = tempfile::tempdir().unwrap();
        let notes = parent.path().join("my notes.txt");
        fs::write(&notes, "dear").unwrap();
        let refused = write_plan(parent.path(), true).unwrap_err();
        assert!(matches!(refused, FolderError::NotAPlan { .. }), "{refused}");
        assert!(notes.is_file());
        let foreign = tempfile::tempdir().unwrap();
        fs::write(foreign.path().join(SUMMARY), "{}").unwrap();
        assert!(write_plan(foreign.path(), true).is_err());
    }

    #[test]
    fn the_input_folder_is_never_written_into() {
        let input = tempfile::tempdir().unwrap();
        for target in [input.path().to_path_buf(), input.path().join("plan")] {
            let refused = PlanPlace::check(&target, input.path(), true).unwrap_err();
            assert!(matches!(refused, FolderError::InsideInput(_)), "{refused}");
        }
    }
}
