//! The routes and their description (OpenAPI 3.1), in one place.

use std::collections::BTreeMap;

use axum::Router;
use axum::http::header;
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use utoipa::openapi::content::ContentBuilder;
use utoipa::openapi::response::{Response as Described, ResponseBuilder};
use utoipa::openapi::{OpenApi as Description, RefOr};
use utoipa::{IntoResponses, OpenApi, ToSchema};
use utoipa_axum::router::OpenApiRouter;
use utoipa_axum::routes;

use crate::app::App;
use crate::problem::{FieldProblem, Problem, ProblemOut};
use crate::routes::{
    accounts, calendars, calls, figures, groups, health, indicators, live, loans, modes, office,
    pay, people, plugins, rules, session, setup, trunks, tv, versions,
};

#[derive(OpenApi)]
#[openapi(
    info(
        title = "Ladus",
        description = "The contact centre's own API: the page uses nothing else. Times are \
            milliseconds UTC, errors are RFC 9457 problems in codes. Log in with POST /session; \
            the cookie is the session."
    ),
    components(schemas(FieldProblem, ProblemOut))
)]
struct Ladus;

/// Every answer that is not the one hoped for.
impl IntoResponses for Problem {
    fn responses() -> BTreeMap<String, RefOr<Described>> {
        let reference = utoipa::openapi::Ref::from_schema_name(ProblemOut::name());
        let content = ContentBuilder::new().schema(Some(reference)).build();
        let response = ResponseBuilder::new()
            .description("What went wrong, in a code with parameters and pointers.")
            .content("application/problem+json", content)
            .build();
        BTreeMap::from([("default".to_owned(), RefOr::T(response))])
    }
}

/// The API's router, and what it says about itself.
pub(crate) fn routes() -> (Router<App>, Description) {
    let v1 = OpenApiRouter::new()
        .routes(routes!(session::get::get, session::post::post, session::delete::delete))
        .routes(routes!(session::token::token))
        .routes(routes!(setup::get::get, setup::post::post))
        .routes(routes!(people::list::list, people::add::add))
        .routes(routes!(people::change::change, people::remove::remove))
        .routes(routes!(people::add_credential::add_credential))
        .routes(routes!(people::remove_credential::remove_credential))
        .routes(routes!(people::set_skills::set_skills))
        .routes(routes!(people::give_skill::give_skill))
        .routes(routes!(people::wish::wish))
        .routes(routes!(people::end_wrap_up::end_wrap_up))
        .routes(routes!(groups::list::list, groups::add::add))
        .routes(routes!(groups::change::change, groups::remove::remove))
        .routes(routes!(groups::set_member::set_member, groups::remove_member::remove_member))
        .routes(routes!(groups::change_members::change_members))
        .routes(routes!(groups::door::door))
        .routes(routes!(groups::explain::explain))
        .routes(routes!(groups::forgive::forgive))
        .routes(routes!(groups::promote_trial::promote_trial))
        .routes(routes!(groups::stop_trial::stop_trial))
        .routes(routes!(plugins::list::list, plugins::add::add))
        .routes(routes!(plugins::give::give))
        .routes(routes!(plugins::selection::get, plugins::selection::change))
        .routes(routes!(plugins::selection::forgive))
        .routes(routes!(plugins::file::file))
        .routes(routes!(plugins::failure_case::failure_case))
        .routes(routes!(plugins::remove::remove))
        .routes(routes!(plugins::days::days))
        .routes(routes!(plugins::decisions::decisions))
        .routes(routes!(plugins::replay::replay))
        .routes(routes!(loans::add::add))
        .routes(routes!(loans::end::end))
        .routes(routes!(calendars::list::list, calendars::add::add))
        .routes(routes!(calendars::change::change, calendars::remove::remove))
        .routes(routes!(modes::list::list, modes::add::add))
        .routes(routes!(modes::change::change, modes::remove::remove))
        .routes(routes!(modes::preview::preview))
        .routes(routes!(modes::press::press))
        .routes(routes!(modes::return_::return_))
        .routes(routes!(versions::list::list))
        .routes(routes!(versions::diff::diff))
        .routes(routes!(versions::restore::restore))
        .routes(routes!(versions::undo::undo))
        .routes(routes!(rules::get::get, rules::change::change))
        .routes(routes!(office::get::get, office::change::change))
        .routes(routes!(tv::list::list, tv::add::add))
        .routes(routes!(tv::remove::remove))
        .routes(routes!(live::tv::tv))
        .routes(routes!(calls::r#move::move_))
        .routes(routes!(calls::promote::promote))
        .routes(routes!(calls::end_callback::end_callback))
        .routes(routes!(calls::transfer::transfer))
        .routes(routes!(trunks::list::list, trunks::add::add))
        .routes(routes!(trunks::change::change, trunks::remove::remove))
        .routes(routes!(calls::list::list))
        .routes(routes!(calls::get::get))
        .routes(routes!(calls::recording::recording))
        .routes(routes!(calls::peaks::peaks))
        .routes(routes!(live::watch::watch))
        .merge(figures())
        .merge(pay());
    let router = OpenApiRouter::with_openapi(Ladus::openapi())
        .nest("/api/v1", v1)
        .routes(routes!(health::alive))
        .routes(routes!(health::ready));
    let (router, description) = router.split_for_parts();
    (router.route("/api/v1/openapi.json", get(document)), description)
}

/// The routes of figures, and of what a company makes of them.
fn figures() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(figures::get::get))
        .routes(routes!(figures::explain::explain))
        .routes(routes!(figures::export::csv))
        .routes(routes!(figures::export::xlsx))
        .routes(routes!(indicators::list::list, indicators::add::add))
        .routes(routes!(indicators::check::check))
        .routes(routes!(indicators::preview::preview))
        .routes(routes!(indicators::cases::cases))
        .routes(routes!(indicators::get::get, indicators::change::change))
        .routes(routes!(indicators::end::end))
        .routes(routes!(indicators::values::values))
}

/// The routes of pay, and of who may sign.
fn pay() -> OpenApiRouter<App> {
    OpenApiRouter::new()
        .routes(routes!(accounts::list::list, accounts::add::add))
        .routes(routes!(pay::rules::list, pay::rules::add))
        .routes(routes!(pay::rules::add_version))
        .routes(routes!(pay::rules::end))
        .routes(routes!(pay::preview::preview))
        .routes(routes!(pay::periods::list, pay::periods::open))
        .routes(routes!(pay::periods::get, pay::periods::remove))
        .routes(routes!(pay::sign::review))
        .routes(routes!(pay::sign::reopen))
        .routes(routes!(pay::sign::close))
        .routes(routes!(pay::export::export))
        .routes(routes!(pay::flags::flags))
        .routes(routes!(pay::statement::get))
        .routes(routes!(pay::disputes::open))
        .routes(routes!(pay::disputes::answer))
        .routes(routes!(pay::corrections::propose))
        .routes(routes!(pay::corrections::sign))
        .routes(routes!(pay::corrections::withdraw))
}

/// The description as JSON text, the same each time: what `openapi.json` in this folder holds.
pub fn openapi() -> String {
    let (_, description) = routes();
    let mut text = description.to_pretty_json().unwrap_or_default();
    text.push('\n');
    text
}

async fn document() -> Response {
    ([(header::CONTENT_TYPE, "application/json")], openapi()).into_response()
}
