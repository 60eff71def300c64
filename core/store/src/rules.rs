//! What happens to agents who miss offers.

use std::time::Duration;

use acd::{AfterMisses, MissRule, Misses};
use serde_json::{Value, json};
use sqlx::SqliteConnection;

use crate::flow::ms;
use crate::write::Write;
use crate::{By, Error, Tenant, limit};

/// Who misses a hundred calls in a row is not looked after by a rule.
const LIMIT_MAX: u64 = 100;
/// A rest of a day is a day off.
const REST_MS_MAX: u64 = 86_400_000;

impl Tenant {
    /// The rules in force.
    pub async fn misses(&self) -> Result<Misses, Error> {
        let mut connection = self.store.readers.acquire().await?;
        read(&mut connection, self.sql_id()).await
    }

    /// Replaces the rules.
    pub async fn set_misses(&self, misses: Misses, by: By<'_>) -> Result<Misses, Error> {
        let after = checked(misses)?;
        let mut write = Write::begin(self, by).await?;
        let tenant = write.tenant;
        let before = read(write.connection(), tenant).await?;
        put(&mut write, &after).await?;
        write.note("rules_changed", Some(trace(&before)), Some(trace(&after))).await?;
        write.commit_plan().await?;
        Ok(after)
    }
}

pub(crate) async fn read(connection: &mut SqliteConnection, tenant: i64) -> Result<Misses, Error> {
    let text: String = sqlx::query_scalar("SELECT rules FROM tenant WHERE id = ?1")
        .bind(tenant)
        .fetch_one(connection)
        .await?;
    let corrupt = || Error::Corrupt { table: "tenant", cause: format!("rules {text}") };
    let value: Value = serde_json::from_str(&text).map_err(|_| corrupt())?;
    of_trace(&value).ok_or_else(corrupt)
}

pub(crate) async fn put(write: &mut Write<'_>, misses: &Misses) -> Result<(), Error> {
    sqlx::query("UPDATE tenant SET rules = ?2 WHERE id = ?1")
        .bind(write.tenant)
        .bind(trace(misses).to_string())
        .execute(write.connection())
        .await?;
    Ok(())
}

pub(crate) fn trace(misses: &Misses) -> Value {
    let rule = |rule: &MissRule| {
        let then = match &rule.then {
            AfterMisses::Nothing => json!({ "kind": "nothing" }),
            AfterMisses::Rest(span) => json!({ "kind": "rest", "ms": ms(*span) }),
            AfterMisses::Break(reason) => json!({ "kind": "break", "reason": reason }),
            AfterMisses::Off => json!({ "kind": "off" }),
        };
        json!({ "limit": rule.limit, "then": then })
    };
    json!({
        "no_answer": rule(&misses.no_answer),
        "rejected": rule(&misses.rejected),
        "busy": rule(&misses.busy),
        "unreachable": rule(&misses.unreachable),
    })
}

/// From a trace; a cause that is not there has no rule. `None` when it cannot be.
pub(crate) fn of_trace(trace: &Value) -> Option<Misses> {
    let rule = |cause: &str| {
        let Some(rule) = trace.get(cause) else { return Some(MissRule::default()) };
        let then = &rule["then"];
        let then = match then["kind"].as_str()? {
            "nothing" => AfterMisses::Nothing,
            "rest" => AfterMisses::Rest(Duration::from_millis(then["ms"].as_u64()?)),
            "break" => AfterMisses::Break(then["reason"].as_str()?.to_owned()),
            "off" => AfterMisses::Off,
            _ => return None,
        };
        Some(MissRule { limit: u32::try_from(rule["limit"].as_u64()?).ok()?, then })
    };
    let (no_answer, rejected) = (rule("no_answer")?, rule("rejected")?);
    let misses =
        Misses { no_answer, rejected, busy: rule("busy")?, unreachable: rule("unreachable")? };
    checked(misses).ok()
}

fn checked(misses: Misses) -> Result<Misses, Error> {
    let rule = |cause: &str, rule: MissRule| {
        let place = |part: &str| format!("misses/{cause}/{part}");
        limit::range("limit", u64::from(rule.limit), 0, LIMIT_MAX)
            .map_err(|error| error.placed(&place("limit")))?;
        let then = match rule.then {
            AfterMisses::Rest(span) => {
                let span = limit::range("ms", ms(span), 1, REST_MS_MAX);
                let span = span.map_err(|error| error.placed(&place("then/ms")))?;
                AfterMisses::Rest(Duration::from_millis(span))
            }
            AfterMisses::Break(reason) => {
                let reason = limit::name("reason", &reason);
                AfterMisses::Break(reason.map_err(|error| error.placed(&place("then/reason")))?)
            }
            AfterMisses::Nothing => AfterMisses::Nothing,
            AfterMisses::Off => AfterMisses::Off,
        };
        Ok::<_, Error>(MissRule { limit: rule.limit, then })
    };
    Ok(Misses {
        no_answer: rule("no_answer", misses.no_answer)?,
        rejected: rule("rejected", misses.rejected)?,
        busy: rule("busy", misses.busy)?,
        unreachable: rule("unreachable", misses.unreachable)?,
    })
}
