//! Files that are written only where there are none yet.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// Why files were not written.
#[derive(Debug, thiserror::Error)]
pub enum NewFilesError {
    /// Some files are there already; nothing was written.
    #[error("already there, nothing was written: {}", list(files))]
    Exists {
        /// Those files.
        files: Vec<PathBuf>,
    },
    /// The disk refuses.
    #[error("cannot write `{}`", path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
}

fn list(files: &[PathBuf]) -> String {
    let shown: Vec<String> = files
        .iter()
        .map(|file| file.display().to_string())
        .collect();
    shown.join(", ")
}

/// Writes files by their names into a folder, which is made where it does not exist. Gives their paths.
///
/// # Errors
/// Where one of them exists already, or the disk refuses; then none is left.
pub(super) fn write_new_files(
    folder: &Path,
    contents: &[(String, Vec<u8>)],
) -> Result<Vec<PathBuf>, NewFilesError> {
    refuse_existing(folder, contents.iter().map(|(name, _)| name.as_str()))?;
    let paths: Vec<PathBuf> = contents.iter().map(|(name, _)| folder.join(name)).collect();
    fs::create_dir_all(folder).map_err(|source| NewFilesError::Io {
        path: folder.to_owned(),
        source,
    })?;
    for (place, ((_, bytes), path)) in contents.iter().zip(&paths).enumerate() {
        write_new(path, bytes).map_err(|source| {
            // What cannot be removed either is on a disk that refuses everything.
            let _ = paths[..place].iter().try_for_each(fs::remove_file);
            let path = path.clone();
            NewFilesError::Io { path, source }
        })?;
    }
    Ok(paths)
}

/// `create_new` refuses a file that has come into being since the look above.
fn write_new(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).open(path)?;
    let written = file.write_all(bytes);
    if written.is_err() {
        fs::remove_file(path)?;
    }
    written
}

/// Whether a folder has none of the files named.
///
/// # Errors
/// Where it has any.
pub(super) fn refuse_existing<'a>(
    folder: &Path,
    names: impl Iterator<Item = &'a str>,
) -> Result<(), NewFilesError> {
    let paths = names.map(|name| folder.join(name));
    let files: Vec<PathBuf> = paths.filter(|path| path.exists()).collect();
    if files.is_empty() {
        Ok(())
    } else {
        Err(NewFilesError::Exists { files })
    }
}
