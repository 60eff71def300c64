//! A closed period for payroll.

use axum::extract::State;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

use crate::app::App;
use crate::body::At;
use crate::code::Code;
use crate::problem::Problem;
use crate::visitor::Administrator;

const HEADINGS: &str =
    "person,name,from,to,currency,hours,calls,statement,corrections,total,entry,hash";

/// A closed period as CSV (RFC 4180, UTF-8): one line for each person, signed corrections added.
#[utoipa::path(get, path = "/pay/periods/{id}/export.csv", tag = "pay",
    operation_id = "export_pay_period", params(("id" = u64, Path)),
    responses((status = 200, content_type = "text/csv", body = String), Problem))]
pub(crate) async fn export(
    State(app): State<App>,
    _: Administrator,
    At(id): At<u64>,
) -> Result<Response, Problem> {
    let sheet = app.tenant.pay_sheet(id).await?;
    let Some((closed, hash)) = sheet.closed else {
        let problem = Problem::new(StatusCode::CONFLICT, Code::PayState);
        return Err(problem.with("state", sheet.period.state.word()));
    };
    let corrections = app.tenant.signed_corrections(id).await?;
    let mut text = format!("{HEADINGS}\r\n");
    for (figure, statement) in sheet.sheet.figures.iter().zip(&sheet.sheet.statements) {
        let his = corrections.iter().filter(|it| it.agent == figure.agent);
        let put_right: i64 = his.filter_map(|it| in_cents(&it.amount)).sum();
        let total = in_cents(&statement.total).unwrap_or_default() + put_right;
        let hours = figure.worked_ms.map(|ms| format!("{:.2}", ms as f64 / 3_600_000.0));
        let cells = [
            figure.agent.to_string(),
            quoted(&figure.name),
            closed.from.clone(),
            closed.to.clone(),
            statement.currency.clone(),
            hours.unwrap_or_default(),
            figure.answered.to_string(),
            statement.total.clone(),
            of_cents(put_right),
            of_cents(total),
            closed.number.to_string(),
            hash.clone(),
        ];
        text.push_str(&cells.join(","));
        text.push_str("\r\n");
    }
    let named = format!("attachment; filename=\"pay-{}-{}.csv\"", closed.from, closed.to);
    let named = HeaderValue::try_from(named).unwrap_or(HeaderValue::from_static("attachment"));
    let media_type = HeaderValue::from_static("text/csv; charset=utf-8");
    Ok(([(header::CONTENT_TYPE, media_type), (header::CONTENT_DISPOSITION, named)], text)
        .into_response())
}

/// Quoted; a name that a spreadsheet would take for a formula gets an apostrophe.
fn quoted(text: &str) -> String {
    let formula = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
    format!("\"{}{}\"", if formula { "'" } else { "" }, text.replace('"', "\"\""))
}

/// `-12.50` as -1250.
fn in_cents(text: &str) -> Option<i64> {
    text.replace('.', "").parse().ok()
}

fn of_cents(all: i64) -> String {
    let sign = if all < 0 { "-" } else { "" };
    format!("{sign}{}.{:02}", all.unsigned_abs() / 100, all.unsigned_abs() % 100)
}
