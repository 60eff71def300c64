//! Calendars: opening hours and working days.

use acd::{BadCalendar, CalendarId, MINUTES_OF_DAY, Span};
use serde_json::{Value, json};
use sqlx::SqliteConnection;

use crate::sql::{int, nat};
use crate::write::Write;
use crate::{By, Error, Tenant, group, limit, membership};

/// One for each shift of a company and each country's holidays.
const CALENDARS_MAX: u64 = 200;

/// A calendar as the administrator writes it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Calendar {
    pub id: CalendarId,
    pub name: String,
    /// An IANA name.
    pub zone: String,
    /// Monday first.
    pub week: [Vec<Span>; 7],
    /// Days that do not follow the week; no spans is shut all day.
    pub dates: Vec<(String, Vec<Span>)>,
}

/// A calendar to be added, or what one becomes.
#[derive(Clone, Debug)]
pub struct NewCalendar<'a> {
    pub name: &'a str,
    pub zone: &'a str,
    pub week: [Vec<Span>; 7],
    pub dates: Vec<(String, Vec<Span>)>,
}

/// What changes about a calendar; `None` leaves as it is.
#[derive(Clone, Debug, Default)]
pub struct CalendarPatch<'a> {
    pub name: Option<&'a str>,
    pub zone: Option<&'a str>,
    pub week: Option<[Vec<Span>; 7]>,
    pub dates: Option<Vec<(String, Vec<Span>)>>,
}

type Row = (i64, String, String, String);

/// The time zone that a company lives in: that of its calendars when all have the same one,
/// otherwise UTC.
pub fn zone_of(calendars: &[Calendar]) -> &str {
    let mut zones = calendars.iter().map(|calendar| calendar.zone.as_str());
    let first = zones.next().unwrap_or("UTC");
    if zones.all(|zone| zone == first) { first } else { "UTC" }
}

impl Tenant {
    /// Every calendar, by name.
    pub async fn calendars(&self) -> Result<Vec<Calendar>, Error> {
        let mut connection = self.store.readers.acquire().await?;
        all(&mut connection, self.sql_id()).await
    }

    /// Adds a calendar.
    pub async fn add_calendar(&self, new: NewCalendar<'_>, by: By<'_>) -> Result<Calendar, Error> {
        let mut calendar = Calendar::checked(CalendarId(0), new)?;
        let mut write = Write::begin(self, by).await?;
        let count: i64 = sqlx::query_scalar("SELECT COUNT(*) FROM calendar WHERE tenant = ?1")
            .bind(write.tenant)
            .fetch_one(write.connection())
            .await?;
        if count >= int(CALENDARS_MAX) {
            return Err(Error::Full { what: "calendars", max: CALENDARS_MAX });
        }
        let id: i64 = sqlx::query_scalar(
            "INSERT INTO calendar (tenant, name, zone, body) VALUES (?1, ?2, ?3, ?4) RETURNING id",
        )
        .bind(write.tenant)
        .bind(&calendar.name)
        .bind(&calendar.zone)
        .bind(calendar.body())
        .fetch_one(write.connection())
        .await
        .map_err(Error::or_conflict("name"))?;
        calendar.id = CalendarId(nat("calendar", id)?);
        write.note("calendar_added", None, Some(calendar.trace())).await?;
        write.commit_plan().await?;
        Ok(calendar)
    }

    /// Changes a calendar. Groups and people that keep to it turn with it at once.
    pub async fn change_calendar(
        &self,
        id: CalendarId,
        patch: CalendarPatch<'_>,
        by: By<'_>,
    ) -> Result<Calendar, Error> {
        let mut write = Write::begin(self, by).await?;
        let before = one(&mut write, id).await?;
        let new = NewCalendar {
            name: patch.name.unwrap_or(&before.name),
            zone: patch.zone.unwrap_or(&before.zone),
            week: patch.week.unwrap_or_else(|| before.week.clone()),
            dates: patch.dates.unwrap_or_else(|| before.dates.clone()),
        };
        let after = Calendar::checked(id, new)?;
        sqlx::query(
            "UPDATE calendar SET name = ?3, zone = ?4, body = ?5 WHERE tenant = ?1 AND id = ?2",
        )
        .bind(write.tenant)
        .bind(int(id.0))
        .bind(&after.name)
        .bind(&after.zone)
        .bind(after.body())
        .execute(write.connection())
        .await
        .map_err(Error::or_conflict("name"))?;
        write.note("calendar_changed", Some(before.trace()), Some(after.trace())).await?;
        write.commit_plan().await?;
        Ok(after)
    }

    /// Removes a calendar that nothing keeps to.
    pub async fn remove_calendar(&self, id: CalendarId, by: By<'_>) -> Result<(), Error> {
        let mut write = Write::begin(self, by).await?;
        let before = one(&mut write, id).await?;
        let tenant = write.tenant;
        let groups = group::all(write.connection(), tenant).await?;
        if let Some(user) = groups.into_iter().find(|group| group.flow.hours == Some(id)) {
            return Err(Error::InUse { what: "calendar", by: user.name });
        }
        let members = membership::all(write.connection(), tenant).await?;
        if let Some(user) = members.iter().find(|member| member.calendar == Some(id)) {
            let person = crate::person::one(&mut write, user.person).await?;
            return Err(Error::InUse { what: "calendar", by: person.name });
        }
        sqlx::query("DELETE FROM calendar WHERE tenant = ?1 AND id = ?2")
            .bind(write.tenant)
            .bind(int(id.0))
            .execute(write.connection())
            .await?;
        write.note("calendar_removed", Some(before.trace()), None).await?;
        write.commit_plan().await?;
        Ok(())
    }
}

impl Calendar {
    /// A week that is open round the clock.
    pub fn always() -> [Vec<Span>; 7] {
        std::array::from_fn(|_| vec![Span { from: 0, to: MINUTES_OF_DAY }])
    }

    /// The engine's own calendar. Only calendars that can be are ever kept.
    pub fn engine(&self) -> Result<acd::Calendar, BadCalendar> {
        acd::Calendar::new(&self.zone, self.week.clone(), &self.dates)
    }

    fn checked(id: CalendarId, new: NewCalendar<'_>) -> Result<Calendar, Error> {
        let (name, zone) = (limit::name("name", new.name)?, new.zone.trim().to_owned());
        let mut calendar = Calendar { id, name, zone, week: new.week, dates: new.dates };
        calendar.engine().map_err(Error::Calendar)?;
        calendar.dates.sort();
        Ok(calendar)
    }

    fn read((id, name, zone, body): Row) -> Result<Calendar, Error> {
        let corrupt = |cause: String| Error::Corrupt { table: "calendar", cause };
        let value: Value = serde_json::from_str(&body).map_err(|it| corrupt(it.to_string()))?;
        let (week, dates) = days(&value).ok_or_else(|| corrupt(format!("calendar {id}")))?;
        let id = CalendarId(nat("calendar", id)?);
        let calendar = Calendar { id, name, zone, week, dates };
        calendar.engine().map_err(|it| corrupt(it.to_string()))?;
        Ok(calendar)
    }

    pub(crate) fn trace(&self) -> Value {
        let spans = |spans: &Vec<Span>| {
            let spans = spans.iter().map(|span| json!({ "from": span.from, "to": span.to }));
            spans.collect::<Vec<_>>()
        };
        let dates = self.dates.iter();
        let dates = dates.map(|(date, open)| json!({ "date": date, "spans": spans(open) }));
        json!({
            "id": self.id.0,
            "name": self.name,
            "zone": self.zone,
            "week": self.week.iter().map(spans).collect::<Vec<_>>(),
            "dates": dates.collect::<Vec<_>>(),
        })
    }

    /// From a trace, as a version keeps it.
    pub(crate) fn of_trace(trace: &Value) -> Option<Calendar> {
        let (week, dates) = days(trace)?;
        let text = |key: &str| trace[key].as_str().map(str::to_owned);
        let id = CalendarId(trace["id"].as_u64()?);
        let calendar = Calendar { id, name: text("name")?, zone: text("zone")?, week, dates };
        calendar.engine().ok()?;
        Some(calendar)
    }

    pub(crate) fn body(&self) -> String {
        self.trace().to_string()
    }
}

type Dates = Vec<(String, Vec<Span>)>;

fn days(value: &Value) -> Option<([Vec<Span>; 7], Dates)> {
    let minute = |value: &Value| value.as_u64().and_then(|it| u16::try_from(it).ok());
    let spans = |value: &Value| -> Option<Vec<Span>> {
        let spans = value.as_array()?.iter();
        let span = |it: &Value| Some(Span { from: minute(&it["from"])?, to: minute(&it["to"])? });
        spans.map(span).collect()
    };
    let week: Option<Vec<Vec<Span>>> = value["week"].as_array()?.iter().map(spans).collect();
    let dates = value["dates"].as_array()?.iter();
    let dates = dates.map(|it| Some((it["date"].as_str()?.to_owned(), spans(&it["spans"])?)));
    Some((week?.try_into().ok()?, dates.collect::<Option<_>>()?))
}

pub(crate) async fn all(
    connection: &mut SqliteConnection,
    tenant: i64,
) -> Result<Vec<Calendar>, Error> {
    let rows: Vec<Row> = sqlx::query_as(
        "SELECT id, name, zone, body FROM calendar WHERE tenant = ?1 ORDER BY name, id",
    )
    .bind(tenant)
    .fetch_all(connection)
    .await?;
    rows.into_iter().map(Calendar::read).collect()
}

async fn one(write: &mut Write<'_>, id: CalendarId) -> Result<Calendar, Error> {
    let row: Option<Row> =
        sqlx::query_as("SELECT id, name, zone, body FROM calendar WHERE tenant = ?1 AND id = ?2")
            .bind(write.tenant)
            .bind(int(id.0))
            .fetch_optional(write.connection())
            .await?;
    Calendar::read(row.ok_or(Error::NotFound { what: "calendar" })?)
}
