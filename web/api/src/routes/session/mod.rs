//! Sessions: log in, by password or by the start link; who am I; log out.

pub(crate) mod delete;
pub(crate) mod get;
pub(crate) mod post;
pub(crate) mod token;

use serde::Serialize;
use store::Account;
use utoipa::ToSchema;

use crate::app::Inner;
use crate::problem::Problem;

/// Who is logged in, and where.
#[derive(Serialize, ToSchema)]
pub(crate) struct SessionOut {
    account: AccountOut,
    company: CompanyOut,
    sip: SipOut,
}

#[derive(Serialize, ToSchema)]
struct AccountOut {
    id: u64,
    name: String,
    email: String,
    /// `administrator`.
    role: String,
}

#[derive(Serialize, ToSchema)]
struct CompanyOut {
    name: String,
    /// The page's language: `et` or `en`.
    language: String,
}

/// What is typed into a phone, beside user and password.
#[derive(Serialize, ToSchema)]
struct SipOut {
    address: String,
    realm: String,
}

impl SessionOut {
    pub(crate) async fn of(account: Account, app: &Inner) -> Result<SessionOut, Problem> {
        let company = app.tenant.company().await?;
        Ok(SessionOut {
            account: AccountOut {
                id: account.id.0,
                name: account.name,
                email: account.email,
                role: account.role,
            },
            sip: SipOut { address: app.config.sip_address.clone(), realm: company.realm },
            company: CompanyOut { name: company.name, language: company.language },
        })
    }
}
