//! What a draft would have paid.

use axum::Json;
use axum::extract::State;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use utoipa::ToSchema;

use super::rule_of;
use super::sheet::StatementOut;
use crate::app::App;
use crate::body::Body;
use crate::problem::Problem;
use crate::visitor::Administrator;

#[derive(Deserialize, ToSchema)]
pub(crate) struct PayDraft {
    /// First and last day, both in it: at most 31.
    from: String,
    to: String,
    #[schema(value_type = Object)]
    rule: Value,
    /// The rule in whose place it would be; without one it stands beside all others.
    #[serde(default)]
    instead_of: Option<u64>,
}

#[derive(Serialize, ToSchema)]
pub(crate) struct PayPreviewOut {
    /// By name: whoever would be paid by either.
    people: Vec<PreviewRow>,
}

#[derive(Serialize, ToSchema)]
#[schema(as = PayPreviewRow)]
struct PreviewRow {
    person: u64,
    name: String,
    /// By the rules in force; null when none of them pays him.
    #[schema(required)]
    old: Option<StatementOut>,
    /// With the draft.
    #[schema(required)]
    new: Option<StatementOut>,
}

/// The same days by the rules in force and with a draft among them, person by person. Nothing is
/// kept of it.
#[utoipa::path(post, path = "/pay/preview", tag = "pay", operation_id = "preview_pay",
    request_body = PayDraft, responses((status = 200, body = PayPreviewOut), Problem))]
pub(crate) async fn preview(
    State(app): State<App>,
    _: Administrator,
    Body(asked): Body<PayDraft>,
) -> Result<Json<PayPreviewOut>, Problem> {
    let rule = rule_of(asked.rule)?;
    let span = app.tenant.pay_span(&asked.from, &asked.to).await?;
    let preview = app.tenant.preview_pay(&span, &rule, asked.instead_of).await?;
    let mut old = StatementOut::by_person(&preview.old);
    let mut people = Vec::new();
    for new in StatementOut::all(&preview.new) {
        let (person, name) = (new.person, new.name.clone());
        people.push(PreviewRow { person, name, old: old.remove(&person), new: Some(new) });
    }
    let left = old.into_values();
    people.extend(left.map(|old| PreviewRow {
        person: old.person,
        name: old.name.clone(),
        old: Some(old),
        new: None,
    }));
    people.sort_by(|a, b| (&a.name, a.person).cmp(&(&b.name, b.person)));
    Ok(Json(PayPreviewOut { people }))
}
