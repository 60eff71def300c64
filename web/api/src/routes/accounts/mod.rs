//! Who may log in: administrators. Pay needs two of them to sign.

pub(crate) mod add;
pub(crate) mod list;

use serde::Serialize;
use store::Account;
use utoipa::ToSchema;

/// Somebody who may log in.
#[derive(Serialize, ToSchema)]
#[schema(as = Login)]
pub(crate) struct LoginOut {
    id: u64,
    name: String,
    email: String,
    /// `administrator`.
    role: String,
}

impl LoginOut {
    fn of(account: Account) -> LoginOut {
        let Account { id, name, email, role } = account;
        LoginOut { id: id.0, name, email, role }
    }
}
