//! One person's statement, down to the calls.

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;

use super::periods::PeriodOut;
use super::sheet::StatementOut;
use crate::app::App;
use crate::body::At;
use crate::problem::Problem;
use crate::visitor::Administrator;

#[derive(Serialize, ToSchema)]
pub(crate) struct StatementPage {
    period: PeriodOut,
    statement: StatementOut,
    /// The calls that he answered, in their order.
    calls: Vec<u64>,
    /// The rule that pays him.
    #[schema(required)]
    rule: Option<RuleSaid>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = PayRuleSaid)]
struct RuleSaid {
    name: String,
    version: u64,
    valid_from: String,
}

/// One person's statement with the calls that it rests on.
#[utoipa::path(get, path = "/pay/periods/{id}/statements/{person}", tag = "pay",
    operation_id = "get_pay_statement", params(("id" = u64, Path), ("person" = u64, Path)),
    responses((status = 200, body = StatementPage), Problem))]
pub(crate) async fn get(
    State(app): State<App>,
    _: Administrator,
    At((id, person)): At<(u64, u64)>,
) -> Result<Json<StatementPage>, Problem> {
    let sheet = app.tenant.pay_sheet(id).await?;
    let figure = sheet.sheet.figures.iter().find(|it| it.agent == person);
    let found = figure.zip(sheet.sheet.statement(person));
    let (figure, statement) = found.ok_or_else(|| Problem::not_found("pay_statement"))?;
    let rule = sheet.sheet.rules.iter().find(|it| it.people.contains(&person));
    let rule = rule.map(|it| RuleSaid {
        name: it.name.clone(),
        version: it.version,
        valid_from: it.valid_from.clone(),
    });
    let (statement, calls) = (StatementOut::of(figure, statement), figure.calls.clone());
    Ok(Json(StatementPage { period: PeriodOut::of(sheet.period), statement, calls, rule }))
}
