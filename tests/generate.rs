//! Generated districts: the figures that they are judged by, over seeds that nobody picked.

use std::fs;
use std::path::Path;

use shizi::generate::{Profile, generate, write};

/// The instances of the repository are what the generator makes today. With the variable
/// `UPDATE_INSTANCES` set they are written anew instead.
#[test]
fn committed_instances_are_current() {
    for name in ["wulong", "tiny"] {
        let committed = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("instances")
            .join(name);
        let district = generate(&Profile::named(name).unwrap(), 1);
        if std::env::var_os("UPDATE_INSTANCES").is_some() {
            write(&district, &committed).unwrap();
        }
        let fresh = tempfile::tempdir().unwrap();
        write(&district, fresh.path()).unwrap();
        let names = |folder: &Path| {
            let mut names: Vec<_> = fs::read_dir(folder)
                .unwrap()
                .map(|entry| entry.unwrap().file_name())
                .collect();
            names.sort();
            names
        };
        assert_eq!(names(&committed), names(fresh.path()), "{name}");
        for file in names(fresh.path()) {
            let same = fs::read(committed.join(&file)).unwrap()
                == fs::read(fresh.path().join(&file)).unwrap();
            assert!(
                same,
                "{name}/{} differs: set UPDATE_INSTANCES",
                file.display()
            );
        }
    }
}
