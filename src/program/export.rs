//! A level's full model for other solvers: free MPS, and a table of what its names mean.
//!
//! Every option is in it and every counter that costs or binds; every bound is explicit, and the objective's constant
//! is a column fixed at one, since readers disagree about a constant in the right-hand sides. So
//! its optimum is our value of the level, in our numbers. A comment on the first line gives the part
//! of the objective that no decision changes: gaps are measured without it.

use std::io::{self, Write};

use super::{ColumnRole, CounterIndex, LinearModel, Program, Row, RowRole};

/// Why a level was not written.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// There is nothing to write: whatever is chosen, the counter misses its hard limits.
    #[error("no choice meets the hard limits of counter {0:?}")]
    Impossible(CounterIndex),
    /// Writing failed.
    #[error(transparent)]
    Write(#[from] io::Error),
    /// Writing the table failed.
    #[error(transparent)]
    Table(#[from] csv::Error),
}

/// Name of the column that carries the objective's constant.
const CONSTANT: &str = "one";

/// Writes the full model of a level under `limits[j]` for each earlier level j, and the table
/// that maps its names to the program's labels.
///
/// # Errors
/// Where a hard limit cannot be met whatever is chosen, or writing fails.
pub fn write_model(
    program: &Program,
    level: usize,
    limits: &[i64],
    model: &mut impl Write,
    names: &mut impl Write,
) -> Result<(), ExportError> {
    let linear = LinearModel::full(program, level, limits).map_err(ExportError::Impossible)?;
    let columns = column_names(&linear);
    write_mps(&linear, &columns, level, model)?;
    write_names(program, &linear, &columns, names)
}

/// `x` for uses, numbered by option; `u` for steps, numbered by counter and then upwards.
fn column_names(linear: &LinearModel) -> Vec<String> {
    let mut last = None;
    let mut position = 0;
    linear
        .columns
        .iter()
        .map(|column| match column.role {
            ColumnRole::Uses(option) => format!("x{:06}", option.0),
            ColumnRole::Steps(counter) => {
                position = if last == Some(counter) {
                    position + 1
                } else {
                    0
                };
                last = Some(counter);
                format!("u{:06}_{position}", counter.0)
            }
        })
        .collect()
}

fn row_name(row: &Row) -> String {
    match row.role {
        RowRole::Agent(agent) => format!("r{:06}", agent.0),
        RowRole::Counter(counter) => format!("c{:06}", counter.0),
        RowRole::Level(level) => format!("level{level}"),
    }
}

fn write_mps(
    linear: &LinearModel,
    names: &[String],
    level: usize,
    out: &mut impl Write,
) -> io::Result<()> {
    // A comment to every reader of MPS; whoever measures gaps as we do needs it.
    writeln!(out, "* unchangeable {}", linear.unchangeable)?;
    writeln!(out, "NAME level{level}\nROWS\n N cost")?;
    for row in &linear.rows {
        let sense = if row.is_equality() { 'E' } else { 'L' };
        writeln!(out, " {sense} {}", row_name(row))?;
    }
    writeln!(out, "COLUMNS")?;
    write_columns(linear, names, out)?;
    writeln!(out, "RHS")?;
    for row in &linear.rows {
        writeln!(out, " rhs {} {}", row_name(row), row.right)?;
    }
    writeln!(out, "BOUNDS\n FX bound {CONSTANT} 1")?;
    for (column, name) in linear.columns.iter().zip(names) {
        writeln!(out, " LO bound {name} {}", column.lower)?;
        writeln!(out, " UP bound {name} {}", column.upper)?;
    }
    writeln!(out, "ENDATA")
}

/// MPS goes column by column; uses come first in the model, then steps.
fn write_columns(linear: &LinearModel, names: &[String], out: &mut impl Write) -> io::Result<()> {
    let mut entries: Vec<Vec<(usize, i64)>> = vec![Vec::new(); linear.columns.len()];
    for (position, row) in linear.rows.iter().enumerate() {
        for &(column, coefficient) in &row.terms {
            entries[column as usize].push((position, coefficient));
        }
    }
    let rows: Vec<String> = linear.rows.iter().map(row_name).collect();
    let mut inside = false;
    for ((column, name), entries) in linear.columns.iter().zip(names).zip(&entries) {
        if column.is_integer() != inside {
            inside = column.is_integer();
            write_marker(inside, out)?;
        }
        // Written even where it is zero: a column must appear to exist.
        writeln!(out, " {name} cost {}", column.objective)?;
        for &(row, coefficient) in entries {
            writeln!(out, " {name} {} {coefficient}", rows[row])?;
        }
    }
    if inside {
        write_marker(false, out)?;
    }
    writeln!(out, " {CONSTANT} cost {}", linear.constant)
}

fn write_marker(begins: bool, out: &mut impl Write) -> io::Result<()> {
    let word = if begins { "INTORG" } else { "INTEND" };
    writeln!(out, " marker 'MARKER' '{word}'")
}

/// One line for each name: what it is, and the labels of what it stands for.
fn write_names(
    program: &Program,
    linear: &LinearModel,
    names: &[String],
    out: &mut impl Write,
) -> Result<(), ExportError> {
    let mut table = csv::Writer::from_writer(out);
    table.write_record(["name", "kind", "label", "option"])?;
    table.write_record([CONSTANT, "constant", "", ""])?;
    for (column, name) in linear.columns.iter().zip(names) {
        match column.role {
            ColumnRole::Uses(option) => {
                let known = program.option(option);
                let agent = &program.agent(known.agent).label;
                table.write_record([name, "uses", agent, &*known.label])?;
            }
            ColumnRole::Steps(counter) => {
                table.write_record([name, "steps", &program.counter(counter).label, ""])?;
            }
        }
    }
    for row in &linear.rows {
        let name = row_name(row);
        match row.role {
            RowRole::Agent(agent) => {
                table.write_record([&name, "agent", &program.agent(agent).label, ""])?;
            }
            RowRole::Counter(counter) => {
                table.write_record([&name, "counter", &program.counter(counter).label, ""])?;
            }
            RowRole::Level(level) => {
                table.write_record([&name, "level", &level.to_string(), ""])?;
            }
        }
    }
    table.flush()?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::{Counter, Hinge, ProgramBuilder};
    use super::*;

    #[test]
    fn a_level_is_written_whole() {
        let mut builder = ProgramBuilder::new(2);
        builder.add_constant(1, 7);
        let post = builder.add_counter(Counter {
            label: "语文".into(),
            in_flow: true,
            offset: 0,
            lower: None,
            upper: None,
            hinges: vec![Hinge {
                level: 0,
                at: 1,
                below: 3,
                above: 0,
            }],
        });
        builder.add_agent("张三", 1);
        builder.add_option("留任", &[0, 0], &[]);
        builder.add_option("任教", &[0, 5], &[(post, 1)]);
        let program = builder.finish();
        let (mut model, mut names) = (Vec::new(), Vec::new());
        write_model(&program, 1, &[0], &mut model, &mut names).unwrap();
        let model = String::from_utf8(model).unwrap();
        assert!(model.is_ascii());
        let expected = "* unchangeable 7\nNAME level1\nROWS\n N cost\n E r000000\n E c000000\n L level0\nCOLUMNS\n \
            marker 'MARKER' 'INTORG'\n x000000 cost 0\n x000000 r000000 1\n x000001 cost 5\n \
            x000001 r000000 1\n x000001 c000000 1\n marker 'MARKER' 'INTEND'\n u000000_0 cost 0\n \
            u000000_0 c000000 -1\n u000000_0 level0 -3\n one cost 7\nRHS\n rhs r000000 1\n rhs \
            c000000 0\n rhs level0 -3\nBOUNDS\n FX bound one 1\n LO bound x000000 0\n UP bound \
            x000000 1\n LO bound x000001 0\n UP bound x000001 1\n LO bound u000000_0 0\n UP bound \
            u000000_0 1\nENDATA\n";
        assert_eq!(model, expected);
        let names = String::from_utf8(names).unwrap();
        assert!(names.contains("x000001,uses,张三,任教\n"));
        assert!(names.contains("u000000_0,steps,语文,\n"));
    }
}
