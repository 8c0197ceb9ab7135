//! Bytes to text: the encodings in which Chinese Excel, WPS and Windows write tables.

use std::borrow::Cow;

use encoding_rs::{Encoding, GB18030, UTF_8, UTF_16BE, UTF_16LE};

use super::codes::{FaultCode, NOT_DECODABLE, WRONG_FORMAT};

/// A decoded file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Decoded<'a> {
    /// Its text, without byte order mark.
    pub(super) text: Cow<'a, str>,
    /// What it was written in.
    pub(super) encoding: &'static str,
}

/// Decodes a text file: by its byte order mark, else strict UTF-8, else GB18030.
///
/// Chinese Excel writes GBK without any mark, and almost no GBK text of some length is valid
/// UTF-8, so strict UTF-8 decides. Nothing is ever replaced: a table with damaged names is refused.
pub(super) fn decode(bytes: &[u8]) -> Result<Decoded<'_>, &'static FaultCode> {
    if is_binary(bytes) {
        return Err(&WRONG_FORMAT);
    }
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let name = match encoding {
            found if found == UTF_8 => "UTF-8 (BOM)",
            found if found == UTF_16LE => "UTF-16 LE",
            _ => "UTF-16 BE",
        };
        return decode_strictly(encoding, &bytes[mark..], name).ok_or(&NOT_DECODABLE);
    }
    if let Some(encoding) = unmarked_utf_16(bytes) {
        return decode_strictly(encoding, bytes, "UTF-16").ok_or(&NOT_DECODABLE);
    }
    decode_strictly(UTF_8, bytes, "UTF-8")
        .or_else(|| decode_strictly(GB18030, bytes, "GB18030"))
        .ok_or(&NOT_DECODABLE)
}

fn decode_strictly<'a>(
    encoding: &'static Encoding,
    bytes: &'a [u8],
    name: &'static str,
) -> Option<Decoded<'a>> {
    let text = encoding.decode_without_bom_handling_and_without_replacement(bytes)?;
    (!text.contains('\0')).then_some(Decoded {
        text,
        encoding: name,
    })
}

/// The first bytes of ZIP (xlsx) and of OLE (xls), renamed to .csv by hand more often than expected.
fn is_binary(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04") || bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0])
}

/// UTF-16 without mark: separators and digits leave every second byte zero.
fn unmarked_utf_16(bytes: &[u8]) -> Option<&'static Encoding> {
    let head = &bytes[..bytes.len().min(4096)];
    let zeros_at = |parity: usize| {
        head.iter()
            .skip(parity)
            .step_by(2)
            .filter(|&&byte| byte == 0)
            .count()
    };
    let (even, odd) = (zeros_at(0), zeros_at(1));
    if !bytes.len().is_multiple_of(2) || even.max(odd) * 20 < head.len() {
        None
    } else if odd > even {
        Some(UTF_16LE)
    } else {
        Some(UTF_16BE)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "教师编号,姓名\r\nT1,张三\r\n";

    fn utf_16(text: &str, big: bool, mark: bool) -> Vec<u8> {
        let units = mark
            .then_some(0xFEFF)
            .into_iter()
            .chain(text.encode_utf16());
        units
            .flat_map(|unit| {
                if big {
                    unit.to_be_bytes()
                } else {
                    unit.to_le_bytes()
                }
            })
            .collect()
    }

    #[test]
    fn every_encoding_gives_the_same_text() {
        let marked = [b"\xEF\xBB\xBF".as_slice(), TEXT.as_bytes()].concat();
        let gbk = encoding_rs::GBK.encode(TEXT).0.into_owned();
        let files = [
            TEXT.as_bytes().to_vec(),
            marked,
            gbk,
            utf_16(TEXT, false, true),
            utf_16(TEXT, true, true),
            utf_16(TEXT, false, false),
            utf_16(TEXT, true, false),
        ];
        for bytes in files {
            assert_eq!(decode(&bytes).unwrap().text, TEXT);
        }
    }

    #[test]
    fn damaged_and_binary_files_are_refused() {
        assert_eq!(decode(b"PK\x03\x04rest").unwrap_err().code, "D004");
        assert_eq!(decode(b"\xEF\xBB\xBFab\xFF").unwrap_err().code, "D003");
        assert_eq!(decode(b"a,b\n\xFF\xFF\xFF").unwrap_err().code, "D003");
        assert_eq!(decode(b"").unwrap().text, "");
    }
}
