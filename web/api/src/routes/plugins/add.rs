//! Upload a plugin.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use serde_json::json;
use store::NewPluginVersion;

use super::PluginVersionOut;
use crate::app::App;
use crate::body::PluginFile;
use crate::card::Card;
use crate::problem::Problem;
use crate::visitor::Administrator;

/// Takes a WebAssembly file in, unless it is refused. No group has it yet. The same file again is
/// the same version, answered with 200.
#[utoipa::path(post, path = "/plugins", tag = "plugins", operation_id = "add_plugin",
    request_body(content = Vec<u8>, content_type = "application/wasm"),
    responses((status = 201, body = PluginVersionOut), (status = 200, body = PluginVersionOut),
        Problem))]
pub(crate) async fn add(
    State(app): State<App>,
    administrator: Administrator,
    PluginFile(file): PluginFile,
) -> Result<(StatusCode, Json<PluginVersionOut>), Problem> {
    let looked = app.control.check_plugin(file.clone()).await?;
    let card = looked.map_err(|refused| Problem::plugin_refused(&refused))?;
    let (name, version, reads) = (card.name.clone(), card.version.clone(), card.reads.clone());
    let card = json!(Card::of(card));
    let new = NewPluginVersion {
        file: &file,
        name: &name,
        version: &version,
        card: &card,
        reads: &reads,
    };
    let (row, is_new) = app.tenant.add_plugin_version(new, administrator.by()).await?;
    let status = if is_new { StatusCode::CREATED } else { StatusCode::OK };
    let (groups, selection) = (app.tenant.groups().await?, app.tenant.selection().await?);
    Ok((status, Json(PluginVersionOut::of(row, &groups, &selection))))
}
