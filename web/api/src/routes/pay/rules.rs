//! Pay rules and their versions.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use store::{NewPayRule, PayRule, PayRuleVersion, Tenant};
use utoipa::ToSchema;

use super::rule_of;
use crate::app::App;
use crate::body::{At, Body};
use crate::problem::Problem;
use crate::visitor::Administrator;

#[derive(Serialize, ToSchema)]
pub(crate) struct PayRules {
    rules: Vec<PayRuleOut>,
    /// The names of values that a rule can look at. What ends in `-ms` is milliseconds.
    values: Vec<&'static str>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = PayRule)]
pub(crate) struct PayRuleOut {
    id: u64,
    name: String,
    /// Periods that begin on this day or later are not paid by it.
    #[schema(required)]
    ended_from: Option<String>,
    /// Newest first.
    versions: Vec<PayRuleVersionOut>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = PayRuleVersion)]
struct PayRuleVersionOut {
    version: u64,
    /// A day: `2026-03-01`.
    valid_from: String,
    #[schema(value_type = Object)]
    rule: Value,
    who: String,
    at_ms: u64,
}

#[derive(Deserialize, ToSchema)]
pub(crate) struct PayRuleIn {
    name: String,
    /// A day: `2026-03-01`.
    valid_from: String,
    /// Currency, scope, base, items, multipliers, floor, cap. Amounts are text.
    #[schema(value_type = Object)]
    rule: Value,
}

#[derive(Deserialize, ToSchema)]
pub(crate) struct PayRuleEnd {
    /// Periods that begin on this day or later are not paid by it.
    ended_from: String,
}

/// Every rule with all its versions, by name.
#[utoipa::path(get, path = "/pay/rules", tag = "pay", operation_id = "list_pay_rules",
    responses((status = 200, body = PayRules), Problem))]
pub(crate) async fn list(
    State(app): State<App>,
    _: Administrator,
) -> Result<Json<PayRules>, Problem> {
    let rules = app.tenant.pay_rules().await?.into_iter().map(PayRuleOut::of).collect();
    Ok(Json(PayRules { rules, values: Tenant::pay_values() }))
}

/// Adds a rule. It pays periods that begin on its first day or later.
#[utoipa::path(post, path = "/pay/rules", tag = "pay", operation_id = "add_pay_rule",
    request_body = PayRuleIn, responses((status = 201, body = PayRuleOut), Problem))]
pub(crate) async fn add(
    State(app): State<App>,
    administrator: Administrator,
    Body(asked): Body<PayRuleIn>,
) -> Result<(StatusCode, Json<PayRuleOut>), Problem> {
    let PayRuleIn { name, valid_from, rule } = asked;
    let rule = rule_of(rule)?;
    let new = NewPayRule { name: &name, valid_from: &valid_from, rule: &rule };
    let rule = app.tenant.add_pay_rule(new, administrator.by()).await?;
    Ok((StatusCode::CREATED, Json(PayRuleOut::of(rule))))
}

/// Adds a version of a rule. Older versions go on paying periods that begin before its day.
#[utoipa::path(post, path = "/pay/rules/{id}/versions", tag = "pay",
    operation_id = "add_pay_rule_version", params(("id" = u64, Path)),
    request_body = PayRuleIn, responses((status = 201, body = PayRuleOut), Problem))]
pub(crate) async fn add_version(
    State(app): State<App>,
    administrator: Administrator,
    At(id): At<u64>,
    Body(asked): Body<PayRuleIn>,
) -> Result<(StatusCode, Json<PayRuleOut>), Problem> {
    let PayRuleIn { name, valid_from, rule } = asked;
    let rule = rule_of(rule)?;
    let new = NewPayRule { name: &name, valid_from: &valid_from, rule: &rule };
    let rule = app.tenant.add_pay_rule_version(id, new, administrator.by()).await?;
    Ok((StatusCode::CREATED, Json(PayRuleOut::of(rule))))
}

/// Ends a rule. What it has paid stays; another version begins it anew.
#[utoipa::path(post, path = "/pay/rules/{id}/end", tag = "pay", operation_id = "end_pay_rule",
    params(("id" = u64, Path)), request_body = PayRuleEnd,
    responses((status = 200, body = PayRuleOut), Problem))]
pub(crate) async fn end(
    State(app): State<App>,
    administrator: Administrator,
    At(id): At<u64>,
    Body(asked): Body<PayRuleEnd>,
) -> Result<Json<PayRuleOut>, Problem> {
    let rule = app.tenant.end_pay_rule(id, &asked.ended_from, administrator.by()).await?;
    Ok(Json(PayRuleOut::of(rule)))
}

impl PayRuleOut {
    fn of(rule: PayRule) -> PayRuleOut {
        let PayRule { id, name, ended_from, versions } = rule;
        let versions = versions.into_iter().map(PayRuleVersionOut::of).collect();
        PayRuleOut { id, name, ended_from, versions }
    }
}

impl PayRuleVersionOut {
    fn of(row: PayRuleVersion) -> PayRuleVersionOut {
        let PayRuleVersion { version, valid_from, rule, who, at_ms } = row;
        PayRuleVersionOut { version, valid_from, rule: serde_json::json!(rule), who, at_ms }
    }
}
