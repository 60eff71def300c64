//! The same figures as a file for a spreadsheet.

use axum::extract::State;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use rust_xlsxwriter::{Format, Workbook, XlsxError};

use super::asked::FiguresAsked;
use super::sheet::{Cell, Sheet};
use crate::app::App;
use crate::body::Asked;
use crate::problem::Problem;
use crate::visitor::Administrator;

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// The rows as comma-separated values (RFC 4180, UTF-8): a line of headings, then one line for each
/// row; an empty cell is no value.
#[utoipa::path(get, path = "/figures.csv", tag = "figures", operation_id = "get_figures_csv",
    params(FiguresAsked), responses((status = 200, content_type = "text/csv", body = String),
    Problem))]
pub(crate) async fn csv(
    State(app): State<App>,
    _: Administrator,
    Asked(asked): Asked<FiguresAsked>,
) -> Result<Response, Problem> {
    let question = asked.checked(&app).await?;
    let name = format!("figures {} {}.csv", question.from_day, question.to_day);
    let Sheet { headings, lines } = Sheet::of(&app, &question).await?;
    let mut writer = ::csv::Writer::from_writer(Vec::new());
    let mut write = |line: Vec<String>| writer.write_record(line);
    write(headings).map_err(|error| Problem::internal(&error))?;
    for line in lines {
        write(line.iter().map(text).collect()).map_err(|error| Problem::internal(&error))?;
    }
    let file = writer.into_inner().map_err(|error| Problem::internal(&error))?;
    Ok(attachment(&name, "text/csv; charset=utf-8", file))
}

/// The rows as a workbook with one sheet (Office Open XML).
#[utoipa::path(get, path = "/figures.xlsx", tag = "figures", operation_id = "get_figures_xlsx",
    params(FiguresAsked), responses((status = 200, content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    body = Vec<u8>), Problem))]
pub(crate) async fn xlsx(
    State(app): State<App>,
    _: Administrator,
    Asked(asked): Asked<FiguresAsked>,
) -> Result<Response, Problem> {
    let question = asked.checked(&app).await?;
    let name = format!("figures {} {}.xlsx", question.from_day, question.to_day);
    let sheet = Sheet::of(&app, &question).await?;
    let file = workbook(&sheet).map_err(|error| Problem::internal(&error))?;
    Ok(attachment(&name, XLSX, file))
}

fn workbook(sheet: &Sheet) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let page = book.add_worksheet();
    let bold = Format::new().set_bold();
    for (column, heading) in (0_u16..).zip(&sheet.headings) {
        page.write_with_format(0, column, heading, &bold)?;
    }
    for (row, line) in (1_u32..).zip(&sheet.lines) {
        for (column, cell) in (0_u16..).zip(line) {
            match cell {
                Cell::Empty => continue,
                Cell::Text(text) => page.write_string(row, column, text)?,
                Cell::Whole(whole) => page.write_number(row, column, *whole as f64)?,
                Cell::Number(number) => page.write_number(row, column, *number)?,
            };
        }
    }
    page.set_freeze_panes(1, 0)?;
    page.autofit();
    book.save_to_buffer()
}

/// A cell as text. What begins like a formula of a spreadsheet is marked as text: a name must not
/// run anything on somebody's machine.
fn text(cell: &Cell) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) if text.starts_with(['=', '+', '-', '@', '\t', '\r']) => {
            format!("'{text}")
        }
        Cell::Text(text) => text.clone(),
        Cell::Whole(whole) => whole.to_string(),
        Cell::Number(number) => number.to_string(),
    }
}

fn attachment(name: &str, media_type: &'static str, file: Vec<u8>) -> Response {
    // Days are digits and dashes, which no header minds.
    let named = HeaderValue::try_from(format!("attachment; filename=\"{name}\""))
        .unwrap_or(HeaderValue::from_static("attachment"));
    let media_type = HeaderValue::from_static(media_type);
    ([(header::CONTENT_TYPE, media_type), (header::CONTENT_DISPOSITION, named)], file)
        .into_response()
}
