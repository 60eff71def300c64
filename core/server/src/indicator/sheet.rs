//! A table of figures out of a CSV file.

use std::collections::BTreeMap;
use std::fs;
use std::io::Read;
use std::path::Path;

use anyhow::{Context, anyhow, bail};
use stats::formula::Table;

/// A file with more people than this is a mistake.
const ROWS_MAX: usize = 100_000;
const BYTES_MAX: u64 = 100_000_000;

/// What names the rows, when a column is called so.
const LABELS: [&str; 6] = ["name", "agent", "person", "nimi", "agendi_nimi", "inimene"];

const EXPECTED: &str = "expected:";

/// A table and the names of its rows: those of a column of words, or 1, 2, 3.
pub(super) struct Sheet {
    pub(super) table: Table,
    pub(super) rows: Vec<String>,
}

/// One column as it stands in the file.
struct Strip {
    header: String,
    cells: Vec<String>,
}

impl Sheet {
    /// Reads a file, or standard input when its name is `-`.
    pub(super) fn open(file: &Path) -> anyhow::Result<Sheet> {
        let shown = file.display().to_string();
        let text = if shown == "-" {
            whole(std::io::stdin().lock())
        } else {
            fs::File::open(file).map_err(anyhow::Error::from).and_then(whole)
        };
        let text = text.with_context(|| format!("cannot read {shown}"))?;
        Sheet::read(&text).with_context(|| shown)
    }

    fn read(text: &str) -> anyhow::Result<Sheet> {
        let text = text.trim_start_matches('\u{feff}');
        let first = text.lines().next().unwrap_or_default();
        let delimiter = [b';', b'\t', b','].into_iter();
        let delimiter = delimiter.clone().find(|it| first.as_bytes().contains(it)).unwrap_or(b',');
        let mut reader = csv::ReaderBuilder::new()
            .delimiter(delimiter)
            .trim(csv::Trim::All)
            .from_reader(text.as_bytes());
        let headers = reader.headers()?.iter().map(plain).collect::<Vec<_>>();
        if headers.iter().all(String::is_empty) {
            bail!("the first line names the columns, and there is none");
        }
        let strip = |header: String| Strip { header, cells: Vec::new() };
        let mut strips: Vec<Strip> = headers.into_iter().map(strip).collect();
        let mut lines = Vec::new();
        for record in reader.records() {
            let record = record?;
            lines.push(record.position().map_or(0, csv::Position::line));
            if lines.len() > ROWS_MAX {
                bail!("there are more than {ROWS_MAX} rows");
            }
            for (strip, cell) in strips.iter_mut().zip(&record) {
                strip.cells.push(cell.to_owned());
            }
        }
        Sheet::of(strips, &lines, delimiter != b',')
    }

    fn of(strips: Vec<Strip>, lines: &[u64], comma: bool) -> anyhow::Result<Sheet> {
        let of_words = |strip: &&Strip| {
            let mut cells = strip.cells.iter().filter(|cell| !is_missing(cell)).peekable();
            cells.peek().is_some() && cells.all(|cell| number(cell, comma).is_none())
        };
        let called = strips.iter().find(|strip| LABELS.contains(&strip.header.as_str()));
        let label = called.or_else(|| strips.iter().find(of_words));
        let rows = match label {
            Some(strip) => strip.cells.clone(),
            None => (1..=lines.len()).map(|row| row.to_string()).collect(),
        };
        let mut table = Table { rows: lines.len(), ..Table::default() };
        for strip in &strips {
            let is_label = label.is_some_and(|label| label.header == strip.header);
            if is_label || of_words(&strip) || strip.header.is_empty() {
                continue;
            }
            let values = strip.values(lines, comma)?;
            let twice = match strip.header.strip_prefix(EXPECTED) {
                Some(name) => add(&mut table.expected, name, values),
                None => add(&mut table.columns, &strip.header, values),
            };
            if twice {
                bail!("two columns are called “{}”", strip.header);
            }
        }
        Ok(Sheet { table, rows })
    }
}

impl Strip {
    fn values(&self, lines: &[u64], comma: bool) -> anyhow::Result<Vec<Option<f64>>> {
        let cells = self.cells.iter().zip(lines);
        let value = |(cell, line): (&String, &u64)| {
            if is_missing(cell) {
                return Ok(None);
            }
            let number = number(cell, comma).map(Some);
            number.ok_or_else(|| {
                anyhow!("line {line}, column “{}”: “{cell}” is not a number", self.header)
            })
        };
        cells.map(value).collect()
    }
}

type Columns = BTreeMap<String, Vec<Option<f64>>>;

/// Whether the column was there already.
fn add(columns: &mut Columns, name: &str, values: Vec<Option<f64>>) -> bool {
    columns.insert(name.trim_matches('_').to_owned(), values).is_some()
}

/// A header as a formula would name it: `Wrap-up` is `wrap_up`.
fn plain(header: &str) -> String {
    header.trim().to_lowercase().replace([' ', '-'], "_")
}

/// Nothing, or the dash that we show for it.
fn is_missing(cell: &str) -> bool {
    cell.is_empty() || cell == "—"
}

/// A number, or a percentage; `comma`: decimals may be written with one, for it does not part the
/// cells.
fn number(cell: &str, comma: bool) -> Option<f64> {
    let number = if comma { cell.replace(',', ".") } else { cell.to_owned() };
    let number = match number.strip_suffix('%') {
        Some(percent) => format!("{}e-2", percent.trim_end()),
        None => number,
    };
    number.parse::<f64>().ok().filter(|number| number.is_finite())
}

fn whole(from: impl Read) -> anyhow::Result<String> {
    let mut text = String::new();
    from.take(BYTES_MAX + 1).read_to_string(&mut text)?;
    if text.len() as u64 > BYTES_MAX {
        bail!("it has more than {BYTES_MAX} bytes");
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::Sheet;

    #[test]
    fn a_table_is_read_as_it_is_written_here_and_there() {
        let english = "Agent,Answered,Wrap-up,Expected: answered\nmari,40,7.5,32\njaan,0,,\n";
        let estonian =
            "\u{feff}Agent;Answered;Wrap-up;expected:answered\r\nmari;40;7,5;32\r\njaan;0;—;\r\n";
        let [first, second] = [english, estonian].map(|text| Sheet::read(text).unwrap());
        assert_eq!(first.rows, ["mari", "jaan"]);
        assert_eq!(first.table.columns["wrap_up"], [Some(7.5), None]);
        assert_eq!(first.table.expected["answered"], [Some(32.0), None]);
        assert_eq!(first.table, second.table);
    }

    #[test]
    fn rows_without_a_name_are_numbered() {
        let sheet = Sheet::read("answered,offers\n1,2\n3,4\n").unwrap();
        assert_eq!(sheet.rows, ["1", "2"]);
        let sheet = Sheet::read("share\n7.3%\n80 %\n").unwrap();
        assert_eq!(sheet.table.columns["share"], [Some(0.073), Some(0.8)]);
        let sheet = Sheet::read("answered,who\n1,mari\n3,jaan\n").unwrap();
        assert_eq!(sheet.rows, ["mari", "jaan"]);
        assert_eq!(sheet.table.columns.len(), 1);
    }

    #[test]
    fn a_cell_that_is_no_number_is_named() {
        for (text, words) in [
            ("talk\n1\nx\n", "line 3, column “talk”: “x” is not a number"),
            ("talk\n1\ninf\n", "line 3, column “talk”: “inf” is not a number"),
            ("talk,hold\n1,2\n3\n", "CSV error: record 2 (line: 3, byte: 14)"),
            ("talk,Talk\n1,2\n", "two columns are called “talk”"),
            ("", "the first line names the columns"),
        ] {
            let error = Sheet::read(text).err().expect("a mistake").to_string();
            assert!(error.contains(words), "{error}");
        }
    }
}
