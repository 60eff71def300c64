//! What people can: entered, limited, and brought back with the plan.

use std::collections::BTreeMap;

use acd::{AgentId, SKILLS_MAX};
use store::{Error, Fault, NewPerson, Tenant};

use crate::{BY, fresh};

async fn person(tenant: &Tenant, name: &str) -> AgentId {
    tenant.add_person(NewPerson { name, extension: None }, BY).await.unwrap().id
}

fn levels(levels: &[(&str, u64)]) -> BTreeMap<String, u64> {
    levels.iter().map(|&(name, level)| (name.to_owned(), level)).collect()
}

/// Everybody's skills as the engine is given them.
async fn in_engine(tenant: &Tenant) -> Vec<(AgentId, Vec<(String, u8)>)> {
    let plan = tenant.plan().await.unwrap().acd(0);
    let own = |agent: &acd::AgentPlan| {
        agent.skills.iter().map(|(name, level)| (name.to_owned(), level)).collect()
    };
    plan.agents.iter().map(|(&id, agent)| (id, own(agent))).collect()
}

fn said(skills: &[(&str, u8)]) -> Vec<(String, u8)> {
    skills.iter().map(|&(name, level)| (name.to_owned(), level)).collect()
}

#[tokio::test]
async fn what_a_person_can_is_in_the_engines_plan_and_goes_with_the_person() {
    let (_folder, _store, tenant) = fresh().await;
    let (mari, jaan) = (person(&tenant, "Mari").await, person(&tenant, "Jaan").await);
    tenant.set_skills(mari, &levels(&[(" english ", 9), ("arved", 1)]), BY).await.unwrap();
    assert_eq!(
        in_engine(&tenant).await,
        [(mari, said(&[("arved", 1), ("english", 9)])), (jaan, vec![])]
    );
    let changes = tenant.changes(None).await.unwrap();
    assert_eq!((changes[0].what.as_str(), &changes[0].before), ("skills_changed", &None));
    let after = format!(r#"{{"person":{},"skills":{{"arved":1,"english":9}}}}"#, mari.0);
    assert_eq!(changes[0].after, Some(after));
    tenant.remove_person(mari, BY).await.unwrap();
    assert_eq!(tenant.skills().await.unwrap(), []);
    let gone = tenant.set_skills(mari, &levels(&[]), BY).await.unwrap_err();
    assert!(matches!(gone, Error::NotFound { what: "person" }), "{gone}");
}

#[tokio::test]
async fn a_skill_that_cannot_be_is_pointed_at() {
    let (_folder, _store, tenant) = fresh().await;
    let mari = person(&tenant, "Mari").await;
    let long = "x".repeat(41);
    let cases = [
        (("english", 0), "skills/english", Fault::TooSmall { min: 1 }),
        (("english", 11), "skills/english", Fault::TooLarge { max: 10 }),
        (("a/b~c", 300), "skills/a~1b~0c", Fault::TooLarge { max: 10 }),
        ((" ", 5), "skills/ ", Fault::Empty),
        (("two\nlines", 5), "skills/two\nlines", Fault::BadCharacter),
        ((long.as_str(), 5), &format!("skills/{long}"), Fault::TooLong { max: 40 }),
    ];
    for (skill, expected, because) in cases {
        let wrong = tenant.set_skills(mari, &levels(&[skill]), BY).await.unwrap_err();
        let Error::Placed { place, fault } = wrong else { panic!("{wrong}") };
        assert_eq!((place.as_str(), fault), (expected, because));
    }
    let twice = tenant.set_skills(mari, &levels(&[("it", 1), (" it", 2)]), BY).await.unwrap_err();
    assert!(matches!(twice, Error::Placed { fault: Fault::Repeated, .. }), "{twice}");
    let names: Vec<String> = (0..=SKILLS_MAX).map(|nth| format!("skill {nth}")).collect();
    let mut many: BTreeMap<String, u64> = names.into_iter().map(|name| (name, 5)).collect();
    let full = tenant.set_skills(mari, &many, BY).await.unwrap_err();
    assert!(matches!(full, Error::Invalid { fault: Fault::TooMany { max: 50 }, .. }), "{full}");
    many.pop_last();
    tenant.set_skills(mari, &many, BY).await.unwrap();
    let one_more = tenant.give_skill(&[mari], "one more", Some(1), BY).await.unwrap_err();
    assert!(matches!(one_more, Error::Invalid { field: "skills", .. }), "{one_more}");
}

#[tokio::test]
async fn a_skill_given_to_many_is_one_version_and_nobody_has_it_when_one_of_them_is_gone() {
    let (_folder, _store, tenant) = fresh().await;
    let (mari, jaan) = (person(&tenant, "Mari").await, person(&tenant, "Jaan").await);
    tenant.set_skills(mari, &levels(&[("arved", 3)]), BY).await.unwrap();
    let before = tenant.company().await.unwrap().plan_version;
    tenant.give_skill(&[mari, jaan], "english", Some(7), BY).await.unwrap();
    assert_eq!(tenant.company().await.unwrap().plan_version, before + 1);
    let both = [(mari, said(&[("arved", 3), ("english", 7)])), (jaan, said(&[("english", 7)]))];
    assert_eq!(in_engine(&tenant).await, both);
    assert_eq!(tenant.versions(None).await.unwrap()[0].changes.len(), 2);
    let somebody = tenant.give_skill(&[jaan, AgentId(99)], "english", None, BY).await.unwrap_err();
    assert!(matches!(somebody, Error::NotFound { what: "person" }), "{somebody}");
    assert_eq!(in_engine(&tenant).await, both, "all of it or nothing");
    tenant.give_skill(&[mari, jaan], "english", Some(7), BY).await.unwrap();
    tenant.set_skills(jaan, &levels(&[("english", 7)]), BY).await.unwrap();
    let same = tenant.company().await.unwrap().plan_version;
    assert_eq!(same, before + 1, "what does not differ is no version");
    tenant.give_skill(&[mari, jaan], "english", None, BY).await.unwrap();
    assert_eq!(in_engine(&tenant).await, [(mari, said(&[("arved", 3)])), (jaan, vec![])]);
    let nobody = tenant.give_skill(&[], "english", None, BY).await.unwrap_err();
    assert!(matches!(nobody, Error::Invalid { field: "people", fault: Fault::Empty }), "{nobody}");
}

#[tokio::test]
async fn skills_are_undone_and_restored_with_the_plan() {
    let (_folder, _store, tenant) = fresh().await;
    let (mari, jaan) = (person(&tenant, "Mari").await, person(&tenant, "Jaan").await);
    let none = tenant.company().await.unwrap().plan_version;
    tenant.set_skills(mari, &levels(&[("english", 4)]), BY).await.unwrap();
    tenant.set_skills(jaan, &levels(&[("english", 8)]), BY).await.unwrap();
    let both = tenant.company().await.unwrap().plan_version;
    tenant.set_skills(mari, &levels(&[("english", 10)]), BY).await.unwrap();
    let differences = tenant.diff_to(both).await.unwrap();
    let skills =
        |level: u8| Some(serde_json::json!({ "person": mari.0, "skills": { "english": level } }));
    assert_eq!(differences.len(), 1);
    assert_eq!(differences[0].what, "skills_changed");
    assert_eq!((&differences[0].before, &differences[0].after), (&skills(10), &skills(4)));
    tenant.undo(BY).await.unwrap();
    let four = [(mari, said(&[("english", 4)])), (jaan, said(&[("english", 8)]))];
    assert_eq!(in_engine(&tenant).await, four);
    // Jaan goes, and does not come back for the sake of what he could.
    tenant.remove_person(jaan, BY).await.unwrap();
    tenant.restore(none, BY).await.unwrap();
    assert_eq!(tenant.skills().await.unwrap(), []);
    tenant.restore(both, BY).await.unwrap();
    assert_eq!(in_engine(&tenant).await, four[..1]);
}
