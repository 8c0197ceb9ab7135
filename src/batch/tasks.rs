//! The districts below a folder.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The file beside a district's tables that holds its own policy.
const OWN_POLICY: &str = "policy.toml";

/// Folders deeper than this below the batch's are not looked into.
const DEEPEST: usize = 8;

/// A district to plan.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Task {
    /// Its folder or workbook below the batch's, with `/` between folders.
    pub name: String,
    /// The folder or workbook.
    pub rosters: PathBuf,
    /// Its own policy, else that of the batch.
    pub policy: PathBuf,
}

/// All districts below a folder, by name: folders that hold tables, and workbooks that stand alone.
/// A folder of a district is not looked into further. A `policy.toml` in it is its policy.
///
/// # Errors
/// A folder that cannot be read.
pub fn tasks(folder: &Path, policy: &Path) -> io::Result<Vec<Task>> {
    let mut found = Vec::new();
    look(folder, "", (policy, DEEPEST), &mut found)?;
    found.sort();
    Ok(found)
}

fn look(
    folder: &Path,
    name: &str,
    (policy, depth): (&Path, usize),
    found: &mut Vec<Task>,
) -> io::Result<()> {
    let mut folders = Vec::new();
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        let file = path
            .file_name()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        if file.starts_with('.') || file.starts_with("~$") {
            continue;
        }
        if path.is_dir() {
            folders.push((file, path));
        } else {
            files.push((file, path));
        }
    }
    let ends = |path: &Path, ending: &str| {
        path.extension()
            .is_some_and(|held| held.eq_ignore_ascii_case(ending))
    };
    let is_district = files
        .iter()
        .any(|(file, path)| file == "district.toml" || ends(path, "csv"));
    let below = |file: &str| match name {
        "" => file.to_owned(),
        _ => format!("{name}/{file}"),
    };
    if is_district && !name.is_empty() {
        let own = folder.join(OWN_POLICY);
        found.push(Task {
            name: name.to_owned(),
            rosters: folder.to_owned(),
            policy: if own.is_file() {
                own
            } else {
                policy.to_owned()
            },
        });
        return Ok(());
    }
    for (file, path) in files {
        if ends(&path, "xlsx") || ends(&path, "xls") {
            let stem = path
                .file_stem()
                .map_or(file.clone(), |stem| stem.to_string_lossy().into_owned());
            found.push(Task {
                name: below(&stem),
                rosters: path,
                policy: policy.to_owned(),
            });
        }
    }
    for (file, path) in folders {
        if depth > 0 {
            look(&path, &below(&file), (policy, depth - 1), found)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn districts_are_folders_with_tables_and_workbooks_that_stand_alone() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str| {
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "").unwrap();
        };
        let files = [
            "市/甲/teachers.csv",
            "市/甲/old/teachers.csv",
            "市/乙.xlsx",
            "丙/district.toml",
        ];
        for name in files {
            write(name);
        }
        write("丙/policy.toml");
        write("市/~$乙.xlsx");
        write("README.md");
        let found = tasks(folder.path(), Path::new("national")).unwrap();
        let names: Vec<&str> = found.iter().map(|task| task.name.as_str()).collect();
        assert_eq!(names, ["丙", "市/乙", "市/甲"]);
        assert!(found[0].policy.ends_with("丙/policy.toml"));
        assert_eq!(found[1].policy, Path::new("national"));
        assert!(tasks(&folder.path().join("none"), Path::new("x")).is_err());
    }
}
