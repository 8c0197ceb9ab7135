//! The same roster in every dress that clerks give it must read as the same district.

use encoding_rs::GB18030;
use rust_xlsxwriter::{ExcelDateTime, Format, Workbook};
use shizi::domain::plan_files::ITINERANT;
use shizi::domain::{ItinerantWeek, Month, SchoolIndex, Stage, TeacherIndex};
use shizi::ingest::{columns, read_district};

use crate::support::Roster;

/// Text to the bytes of a file.
type Encode<'a> = &'a dyn Fn(&str) -> Vec<u8>;
/// Name and text of a file to another text.
type Dress<'a> = &'a dyn Fn(&str, String) -> String;

fn digest(roster: &Roster) -> String {
    let reading = roster.read();
    assert_eq!(reading.faults, [], "{:#?}", reading.notices);
    reading.digest
}

/// The good roster with each table's text changed.
fn dressed(change: impl Fn(&str, String) -> String) -> Roster {
    let mut roster = Roster::good();
    for file in roster.tables() {
        let text = change(&file, roster.text(&file));
        roster.put(&file, &text);
    }
    roster
}

fn encoded(encode: impl Fn(&str) -> Vec<u8>) -> Roster {
    let mut roster = Roster::good();
    for bytes in roster.files.values_mut() {
        *bytes = encode(std::str::from_utf8(bytes).unwrap());
    }
    roster
}

fn utf_16(text: &str, big: bool) -> Vec<u8> {
    std::iter::once(0xFEFF)
        .chain(text.encode_utf16())
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
fn encodings_do_not_matter() {
    let expected = digest(&Roster::good());
    let dresses: [Encode; 4] = [
        &|text| [b"\xEF\xBB\xBF", text.as_bytes()].concat(),
        &|text| GB18030.encode(text).0.into_owned(),
        &|text| utf_16(text, false),
        &|text| utf_16(text, true),
    ];
    for (number, dress) in dresses.into_iter().enumerate() {
        assert_eq!(digest(&encoded(dress)), expected, "encoding {number}");
    }
}

#[test]
fn separators_line_ends_and_quotes_do_not_matter() {
    let expected = digest(&Roster::good());
    let quoted = |text: String| {
        let line = |line: &str| {
            let cells: Vec<String> = line.split(',').map(|cell| format!("\"{cell}\"")).collect();
            cells.join(",")
        };
        text.lines().map(line).collect::<Vec<_>>().join("\r\n")
    };
    let dresses: [Dress; 5] = [
        &|_, text| text.replace(',', "\t"),
        &|_, text| text.replace(',', ";"),
        &|_, text| text.replace('\n', "\r\n"),
        &|_, text| text.replace('\n', "\n\n,,,\n"),
        &|_, text| quoted(text),
    ];
    for (number, dress) in dresses.into_iter().enumerate() {
        assert_eq!(digest(&dressed(dress)), expected, "dress {number}");
    }
}

#[test]
fn names_of_files_and_titles_above_do_not_matter() {
    let expected = digest(&Roster::good());
    let mut roster = dressed(|file, text| {
        format!("示例县2025年{file},,\n填报单位：,教育委员会,,单位：人\n\n{text}填表人：某某,,,\n")
    });
    for table in columns::TABLES {
        let english = format!("{}.csv", table.name);
        if let Some(bytes) = roster.files.remove(&english) {
            roster.files.insert(format!("{}.TXT", table.title), bytes);
        }
    }
    assert_eq!(digest(&roster), expected);
}

/// Replaces each header by what `rename` makes of its column.
fn with_headers(rename: impl Fn(&columns::Column) -> String) -> Roster {
    dressed(|file, text| {
        let name = file.strip_suffix(".csv").unwrap();
        let table = columns::TABLES
            .into_iter()
            .find(|table| table.name == name)
            .unwrap();
        let (header, rest) = text.split_once('\n').unwrap();
        let renamed: Vec<String> = header
            .split(',')
            .map(|header| {
                let column = table.columns.iter().find(|column| column.header == header);
                rename(column.unwrap())
            })
            .collect();
        renamed.join(",") + "\n" + rest
    })
}

#[test]
fn headers_may_be_keys_aliases_or_bear_instructions() {
    let expected = digest(&Roster::good());
    let last_alias = |column: &columns::Column| {
        column
            .aliases
            .last()
            .copied()
            .unwrap_or(column.header)
            .to_owned()
    };
    assert_eq!(
        digest(&with_headers(|column| column.key.to_owned())),
        expected
    );
    assert_eq!(
        digest(&with_headers(|column| column.key.to_uppercase())),
        expected
    );
    assert_eq!(digest(&with_headers(last_alias)), expected);
    let instructed =
        |column: &columns::Column| format!("\"★ {}\n（按要求填写，必填）\"", column.header);
    assert_eq!(digest(&with_headers(instructed)), expected);
}

#[test]
fn cells_may_be_written_as_clerks_write_them() {
    let expected = digest(&Roster::good());
    let mut roster = Roster::good();
    let changes: &[(&str, usize, &str, &str)] = &[
        ("teachers.csv", 2, "姓名", "张　三"),
        ("teachers.csv", 2, "出生年月", "１９８０．３"),
        ("teachers.csv", 2, "参加工作年月", "200209"),
        ("teachers.csv", 2, "进入本校年月", "2016年9月"),
        ("teachers.csv", 3, "出生年月", "1982/7/15"),
        ("teachers.csv", 3, "参加工作年月", "20040901"),
        ("teachers.csv", 3, "进入本校年月", "43709"),
        ("teachers.csv", 2, "任教学校", "第一小学"),
        ("teachers.csv", 3, "任教学校", "1"),
        ("teachers.csv", 5, "编制单位", "白云中心小学"),
        ("teachers.csv", 2, "兼教学科", "道法"),
        ("teachers.csv", 4, "兼教学科", "科学；小学体育与健康"),
        ("teachers.csv", 2, "任教年级", "一年级 六年级"),
        ("teachers.csv", 2, "是否班主任", "√"),
        ("teachers.csv", 3, "是否班主任", "×"),
        (
            "teachers.csv",
            7,
            "资格证学段",
            "初级中学教师资格、高级中学教师资格",
        ),
        ("teachers.csv", 2, "资格证学段", "小学教师资格证"),
        ("teachers.csv", 7, "任教年级", "初三"),
        ("teachers.csv", 8, "任教学科", "思政"),
        ("teachers.csv", 8, "资格证学科", "思想政治"),
        ("teachers.csv", 8, "编制类型", "临聘教师"),
        ("teachers.csv", 2, "周课时", "１２节"),
        ("teachers.csv", 2, "职称", "小学高级教师"),
        ("teachers.csv", 5, "职称", "副高"),
        ("teachers.csv", 4, "学历", "大专"),
        ("teachers.csv", 8, "学历", "研究生"),
        ("teachers.csv", 2, "骨干级别", "区级骨干教师"),
        ("teachers.csv", 9, "骨干级别", "省骨干教师"),
        ("teachers.csv", 2, "在岗状态", "在职在岗（本校任教）"),
        ("teachers.csv", 5, "行政职务", "党支部书记"),
        ("teachers.csv", 7, "行政职务", "教务主任、教研组长"),
        ("schools.csv", 2, "城乡类型", "城市"),
        ("schools.csv", 2, "核定编制", "6人"),
        ("classes.csv", 2, "学校", "001 第一小学"),
        ("classes.csv", 2, "年级", "一年级"),
        ("classes.csv", 7, "年级", "初一"),
        ("classes.csv", 9, "年级", "高一"),
        ("classes.csv", 9, "学段", "中等职业学校"),
        ("locks.csv", 2, "教师编号", "刘八"),
    ];
    for (file, row, header, value) in changes {
        let mut one = Roster::good();
        one.set(file, *row, header, value);
        assert_eq!(digest(&one), expected, "{file} {row} {header} {value}");
        roster.set(file, *row, header, value);
    }
    assert_eq!(digest(&roster), expected);
}

/// Turns the rows below the header around and swaps their halves.
fn shuffled(text: &str) -> String {
    let mut lines: Vec<&str> = text.lines().collect();
    lines[1..].reverse();
    let middle = lines.len().div_ceil(2);
    lines[1..].rotate_left(middle / 2);
    lines.join("\n") + "\n"
}

#[test]
fn the_order_of_rows_does_not_matter() {
    let expected = Roster::good().read();
    let reading = dressed(|_, text| shuffled(&text)).read();
    assert_eq!(reading.digest, expected.digest);
    assert_eq!(reading.district, expected.district);
}

#[test]
fn keys_that_are_given_do_not_depend_on_the_order_of_rows() {
    let mut roster = Roster::good();
    for file in [
        "preferences.csv",
        "nominations.csv",
        "locks.csv",
        "decided.csv",
    ] {
        roster.files.remove(file);
    }
    let cells: Vec<Vec<String>> = roster
        .cells("teachers.csv")
        .into_iter()
        .map(|mut row| row.split_off(1))
        .collect();
    roster.put_cells("teachers.csv", &cells);
    roster.replace("teachers.csv", "T01,城关街道", "张三,城关街道");
    roster.replace("teachers.csv", "T02,城关街道", "李四,城关街道");
    let reading = roster.read();
    assert_eq!(reading.faults, []);
    let district = reading.district.unwrap();
    assert_eq!(district.teachers[0].id, "T00001");
    assert_eq!(district.assumptions[0].code, "A001");
    assert_eq!(district.assumptions[0].count, 8);
    let mut turned = roster.clone();
    let text = shuffled(&turned.text("teachers.csv"));
    turned.put("teachers.csv", &text);
    assert_eq!(turned.read().digest, reading.digest);
}

#[test]
fn a_workbook_reads_as_the_folder_does() {
    let roster = Roster::with_rounds();
    let mut book = Workbook::new();
    let date_format = Format::new().set_num_format("yyyy-mm-dd");
    let sheet = book.add_worksheet().set_name("区县").unwrap();
    for (row, (key, value)) in [
        ("名称", "示例县"),
        ("代码", "500999"),
        ("学年开始", "2025-09-01"),
        ("data_date", "2025-06-30"),
    ]
    .into_iter()
    .enumerate()
    {
        sheet.write(row as u32, 0, key).unwrap();
        sheet.write(row as u32, 1, value).unwrap();
    }
    for table in columns::TABLES {
        let cells = roster.cells(&format!("{}.csv", table.name));
        let sheet = book.add_worksheet().set_name(table.title).unwrap();
        sheet.write(0, 0, "一览表").unwrap();
        for (row, line) in cells.iter().enumerate() {
            for (column, cell) in line.iter().enumerate() {
                let (row, column) = (row as u32 + 2, column as u16);
                let parts: Vec<&str> = cell.split('-').collect();
                match (parts.as_slice(), cell.parse::<f64>()) {
                    ([year, month], _) if year.len() == 4 => {
                        let (year, month) = (year.parse().unwrap(), month.parse().unwrap());
                        let date = ExcelDateTime::from_ymd(year, month, 1).unwrap();
                        sheet
                            .write_with_format(row, column, date, &date_format)
                            .unwrap();
                    }
                    // Numbers as Excel keeps them: leading zeros of codes are lost.
                    (_, Ok(number)) => {
                        sheet.write(row, column, number).unwrap();
                    }
                    _ => {
                        sheet.write(row, column, cell.as_str()).unwrap();
                    }
                }
            }
        }
    }
    // The schools' own codes must keep their zeros, or they are other codes.
    let schools = book.worksheet_from_name("学校").unwrap();
    for (row, line) in roster.cells("schools.csv").iter().enumerate().skip(1) {
        for column in [0_u16, 2] {
            schools
                .write(row as u32 + 2, column, line[usize::from(column)].as_str())
                .unwrap();
        }
    }
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("名册.xlsx");
    book.save(&path).unwrap();
    let reading = read_district(&path).unwrap();
    assert_eq!(reading.faults, []);
    assert_eq!(reading.digest, digest(&roster));
    // In a folder beside nothing else it is found as well.
    assert_eq!(read_district(folder.path()).unwrap().digest, reading.digest);
}

#[test]
fn silence_is_filled_and_said() {
    let mut roster = Roster::good();
    for file in [
        "travel.csv",
        "need.csv",
        "preferences.csv",
        "nominations.csv",
        "locks.csv",
        "decided.csv",
    ] {
        roster.files.remove(file);
    }
    roster.put(
        "teachers.csv",
        "姓名,学校,学科,年级\n甲,001,艺术,\n乙,002,全科,1-3\n丙,004,政治,\n丁,006,,小班\n",
    );
    roster.append("schools.csv", "006,县幼儿园,,,,城区,,,,,,,,,");
    roster.append("classes.csv", "006,幼儿园,小班,,2,50");
    roster.append("classes.csv", "006,幼儿园,大班,,2,60");
    let reading = roster.read();
    assert_eq!(reading.faults, []);
    let district = reading.district.unwrap();
    let count = |code: &str| {
        let held = district.assumptions.iter().find(|held| held.code == code);
        held.map_or(0, |held| held.count)
    };
    for code in [
        "A001", "A002", "A003", "A004", "A005", "A006", "A007", "A008", "A009", "A010",
    ] {
        assert_eq!(count(code), 4, "{code}");
    }
    assert_eq!(
        (count("A011"), count("A020"), count("A022"), count("A023")),
        (1, 1, 1, 6)
    );
    let teacher = |name: &str| {
        district
            .teachers
            .iter()
            .find(|held| held.name == name)
            .unwrap()
    };
    let subject = |name: &str| district.subject_name(teacher(name).subject);
    assert_eq!(subject("甲"), "音乐");
    assert_eq!(teacher("甲").further.len(), 1);
    assert_eq!(subject("乙"), "语文");
    assert_eq!(teacher("乙").further.len(), 10);
    assert_eq!(subject("丙"), "道德与法治");
    assert_eq!(subject("丁"), "学前教育");
    assert!(
        district
            .teachers
            .iter()
            .all(|teacher| teacher.certificates.is_empty())
    );
    let kindergarten = district.school(district.school_coded("006").unwrap());
    assert_eq!(kindergarten.stage_totals(Stage::Kindergarten), (4, 110));
}

#[test]
fn unknown_columns_are_noticed() {
    let mut roster = Roster::good();
    roster.put(
        "nominations.csv",
        "序号,教师编号,身份证号码,推荐意见\n1,T02,510322198001012345,同意\n",
    );
    let reading = roster.read();
    let columns = |of: Vec<Option<&str>>| of.into_iter().flatten().map(str::to_owned).collect();
    let faulty: Vec<String> = columns(
        reading
            .faults
            .iter()
            .map(|fault| fault.column.as_deref())
            .collect(),
    );
    let noticed: Vec<String> = columns(
        reading
            .notices
            .iter()
            .map(|notice| notice.column.as_deref())
            .collect(),
    );
    assert_eq!(
        (faulty.join(" "), noticed.join(" ")),
        ("推荐意见".to_owned(), "身份证号码".to_owned())
    );
    assert_eq!(reading.error_count(), 0);
}

#[test]
fn the_weeks_of_a_plan_are_read_as_they_were_written() {
    let mut roster = Roster::good();
    let plain = roster.read().digest;
    let header = ITINERANT.1.join(",");
    let row = "T02,李四,小学,音乐,第一小学,第一小学,白云中心小学,第一小学,白云村小,第一小学,70";
    let weeks = |roster: &Roster| roster.read().district.unwrap().into_parts().weeks;
    let begin = Month::new(2025, 9).unwrap();
    for (dates, start, end) in [
        (",,", None, None),
        (
            ",2024-09,2026-09",
            Some(begin.plus(-12)),
            Some(begin.plus(12)),
        ),
    ] {
        roster.put("itinerant.csv", &format!("{header}\n{row}{dates}\n"));
        let reading = roster.read();
        assert_eq!(reading.faults, []);
        assert_ne!(reading.digest, plain, "the digest knows of them");
        let week = ItinerantWeek {
            teacher: TeacherIndex(1),
            days: [0, 1, 0, 2, 0].map(SchoolIndex),
            start,
            end,
        };
        assert_eq!(weeks(&roster), [week]);
    }
    // What a plan chose has no dates; days at home may be left empty, and columns away.
    let short = "T02,李四,小学,音乐,第一小学,,002,,003,,70";
    let header = ITINERANT.1[..11].join(",");
    roster.put("itinerant.csv", &format!("{header}\n{short}\n"));
    assert_eq!(weeks(&roster)[0].days, [0, 1, 0, 2, 0].map(SchoolIndex));
    roster.put("itinerant.csv", "教师编号,周二,周四\nT02,002,003\n");
    assert_eq!(weeks(&roster)[0].days, [0, 1, 0, 2, 0].map(SchoolIndex));
    // An empty table is no table.
    roster.put("itinerant.csv", "教师编号,周二,周四\n");
    assert_eq!(roster.read().digest, plain);
}
