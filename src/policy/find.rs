//! Finding a policy and what it extends: a file, one beside it, or one that comes with the program.

use std::path::{Path, PathBuf};

use toml::{Table, Value};

use super::fault::{PolicyFault, fault, from_toml, nearest};
use super::file::{Policy, flatten};

/// Files with their tables, the leaf first.
pub(super) type Chain = Vec<(String, Table)>;

/// The policies that come with the program, by name.
pub(super) const BUILT_IN: [(&str, &str); 8] = [
    ("national", include_str!("../../models/national.toml")),
    ("chongqing", include_str!("../../models/chongqing.toml")),
    ("sichuan", include_str!("../../models/sichuan.toml")),
    ("jiangjin", include_str!("../../models/jiangjin.toml")),
    ("jiangyang", include_str!("../../models/jiangyang.toml")),
    ("liangping", include_str!("../../models/liangping.toml")),
    ("shapingba", include_str!("../../models/shapingba.toml")),
    ("wulong", include_str!("../../models/wulong.toml")),
];

/// The names of the policies that come with the program.
pub fn built_in_names() -> impl Iterator<Item = &'static str> {
    BUILT_IN.iter().map(|(name, _)| *name)
}

/// Reads a policy by path, or by the name of one that comes with the program.
///
/// # Errors
/// All faults found, at once.
pub fn load(name: &Path) -> Result<Policy, Vec<PolicyFault>> {
    let mut chain = Chain::new();
    collect(&name.to_string_lossy(), None, &mut chain)?;
    flatten(chain)
}

/// Reads a policy from text; what it extends is taken from those that come with the program.
///
/// # Errors
/// All faults found, at once.
pub fn load_text(file: &str, text: &str) -> Result<Policy, Vec<PolicyFault>> {
    let mut chain = Chain::new();
    collect_text(file, text, None, &mut chain)?;
    flatten(chain)
}

/// Finds the text of a policy: a file, beside the one that extends it, or built in.
fn collect(name: &str, beside: Option<&Path>, chain: &mut Chain) -> Result<(), Vec<PolicyFault>> {
    let beside_path = beside.map(|folder| folder.join(format!("{name}.toml")));
    let candidates: Vec<PathBuf> = beside_path
        .into_iter()
        .chain([PathBuf::from(name)])
        .collect();
    if let Some(path) = candidates.iter().find(|path| path.is_file()) {
        let bytes = std::fs::read(path).map_err(|error| {
            vec![fault(
                "P003",
                name,
                &format!("无法读取 / cannot be read: {error}"),
                "",
            )]
        })?;
        let text = decoded(&bytes).ok_or_else(|| {
            vec![fault(
                "P003",
                name,
                "文件编码无法识别 / the text encoding cannot be told",
                "请另存为 UTF-8 / save it as UTF-8",
            )]
        })?;
        let file = path
            .file_name()
            .map_or_else(|| name.into(), |file| file.to_string_lossy());
        return collect_text(&file, &text, path.parent(), chain);
    }
    if let Some((_, text)) = BUILT_IN.iter().find(|(known, _)| *known == name) {
        return collect_text(&format!("{name}.toml"), text, None, chain);
    }
    let known: Vec<&str> = BUILT_IN.iter().map(|(known, _)| *known).collect();
    let near = nearest(name, known.iter().copied()).unwrap_or("national");
    Err(vec![fault(
        "P003",
        name,
        "没有这个政策文件 / no such policy file",
        &format!(
            "给出文件路径，或内置名称 / give a path, or a built-in name: {} (`{near}`?)",
            known.join(" ")
        ),
    )])
}

/// Strict UTF-8, else GB18030, in which Windows saves Chinese text; nothing is ever replaced.
pub(crate) fn decoded(bytes: &[u8]) -> Option<String> {
    let text = [encoding_rs::UTF_8, encoding_rs::GB18030]
        .iter()
        .find_map(|encoding| encoding.decode_without_bom_handling_and_without_replacement(bytes))?;
    Some(text.into_owned())
}

fn collect_text(
    file: &str,
    text: &str,
    folder: Option<&Path>,
    chain: &mut Chain,
) -> Result<(), Vec<PolicyFault>> {
    if chain.iter().any(|(held, _)| held == file) {
        return Err(vec![fault(
            "P004",
            file,
            "互相继承 / extends itself in a circle",
            "",
        )]);
    }
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let mut table: Table = text
        .parse()
        .map_err(|error: toml::de::Error| vec![from_toml(file, &error.to_string())])?;
    let parent = table.remove("extends");
    chain.push((file.to_owned(), table));
    match parent {
        None => Ok(()),
        Some(Value::String(parent)) => collect(&parent, folder, chain),
        Some(_) => Err(vec![fault("P001", file, "`extends` must be a name", "")]),
    }
}
