//! Where plugins come from: the stock, and what the company has uploaded.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use control::{
    Field, FieldItem, FieldKind, FieldValue, IndicatorCard, PluginCard, PluginCheck, PluginKind,
    PluginRefused,
};
use plugin_host::{Host, IndicatorPlugin, Kind, Plugin, Refusal, Stage, Stock, Value, World};
use stats::indicator::Indicator;
use store::{Group, Plan, PluginVersionId, RoutingPolicy, Selection, Setting, Settings, Tenant};
use tokio::sync::mpsc;

/// The host and its plugins. Cheap to clone.
#[derive(Clone, Debug, Default)]
pub struct Plugins {
    /// `None`: no plugins, whatever the plan says.
    host: Option<Arc<Host>>,
    /// By the names on their cards.
    stock: Arc<BTreeMap<String, Plugin>>,
    /// The same of indicators.
    stock_indicators: Arc<BTreeMap<String, IndicatorPlugin>>,
    /// What groups of the plan in force have.
    uploaded: Arc<Mutex<BTreeMap<PluginVersionId, Plugin>>>,
}

/// What the plan in force chooses by.
#[derive(Debug, Default)]
pub(crate) struct Choices {
    pub(crate) groups: BTreeMap<acd::GroupId, Chosen>,
    /// For freed agents.
    pub(crate) selection: Chosen,
}

/// What a group's agents or a freed agent's call are chosen by.
#[derive(Debug, Default)]
pub(crate) enum Chosen {
    #[default]
    BuiltIn,
    Plugin(Plugin),
    /// A plugin that cannot be run, and why: the built-in order steps in.
    Missing {
        label: String,
        why: String,
    },
}

/// What a group tries out.
#[derive(Debug)]
pub(crate) struct Tried {
    pub(crate) plugin: Chosen,
    pub(crate) stage: Stage,
}

impl Plugins {
    /// No plugins: every group has the built-in order, whatever the plan says.
    pub fn none() -> Plugins {
        Plugins::default()
    }

    /// Takes the stock policies in. Blocks while those that are new are compiled.
    ///
    /// # Errors
    ///
    /// When one of them is refused.
    pub fn open(host: Host, stock: &[Stock]) -> Result<Plugins, Refusal> {
        let plugins = stock.iter().map(|stock| {
            let plugin = host.routing(stock.component)?;
            Ok((plugin.card().name.clone(), plugin))
        });
        let stock = plugins.collect::<Result<BTreeMap<_, _>, Refusal>>()?;
        let (host, stock) = (Some(Arc::new(host)), Arc::new(stock));
        let (stock_indicators, uploaded) = (Arc::default(), Arc::default());
        Ok(Plugins { host, stock, stock_indicators, uploaded })
    }

    /// Takes stock indicators in too.
    ///
    /// # Errors
    ///
    /// When one of them is refused.
    pub fn with_indicators(self, stock: &[Stock]) -> Result<Plugins, Refusal> {
        let Some(host) = self.host.clone() else { return Ok(self) };
        let plugins = stock.iter().map(|stock| {
            let plugin = host.indicator(stock.component)?;
            Ok((plugin.card().name.clone(), plugin))
        });
        let plugins = plugins.collect::<Result<BTreeMap<_, _>, Refusal>>()?;
        Ok(Plugins { stock_indicators: Arc::new(plugins), ..self })
    }

    /// The cards of the stock indicators, by name.
    pub fn indicator_cards(&self) -> Vec<IndicatorCard> {
        self.stock_indicators.values().map(indicator_card).collect()
    }

    /// An indicator's plugin with its settings, or what it is called and why it cannot be run.
    pub(crate) async fn indicator(
        &self,
        company: &Tenant,
        plugin: &store::IndicatorPlugin,
        settings: &Settings,
    ) -> Result<IndicatorPlugin, (String, String)> {
        let wrong = |why: String| (plugin.word(), why);
        let found = match plugin {
            store::IndicatorPlugin::Stock(name) => {
                let found = self.stock_indicators.get(name).cloned();
                found.ok_or_else(|| wrong("this Ladus brings no such indicator".to_owned()))?
            }
            store::IndicatorPlugin::Uploaded(version) => {
                let host = self.host.clone();
                let host = host.ok_or_else(|| wrong("there is no host for plugins".to_owned()))?;
                let file = company.plugin_file(*version).await;
                let file = file.map_err(|error| wrong(error.to_string()))?;
                let taken = tokio::task::spawn_blocking(move || host.indicator(&file)).await;
                let taken = taken.map_err(|error| wrong(error.to_string()))?;
                taken.map_err(|refusal| wrong(refusal.to_string()))?
            }
        };
        let chosen: Vec<(String, Value)> = values(settings).into_iter().collect();
        found.with_settings(&chosen).map_err(wrong)
    }

    /// The cards of the stock policies, by name.
    pub fn stock_cards(&self) -> Vec<PluginCard> {
        self.stock.values().map(card).collect()
    }

    /// What each group and freed agents are to have. Files that are not loaded yet are read and
    /// loaded here, beside the centre's thread.
    pub(crate) async fn chosen(&self, company: &Tenant, plan: &Plan) -> Choices {
        let groups = self.of_groups(company, &plan.groups).await;
        let selection = self.of_freed(company, &plan.selection).await;
        let of_groups = plan.groups.iter().flat_map(Group::versions);
        let of_freed = plan.selection.policy.uploaded();
        let used: Vec<PluginVersionId> = of_groups.chain(of_freed).collect();
        self.loaded().retain(|version, _| used.contains(version));
        Choices { groups, selection }
    }

    /// The same for groups that need not be those of the plan in force.
    pub(crate) async fn of_groups(
        &self,
        company: &Tenant,
        groups: &[Group],
    ) -> BTreeMap<acd::GroupId, Chosen> {
        let mut chosen = BTreeMap::new();
        for group in groups {
            let of_group = self.of(company, &group.policy, &group.settings).await;
            chosen.insert(group.id, of_group);
        }
        chosen
    }

    /// What freed agents are to have.
    pub(crate) async fn of_freed(&self, company: &Tenant, selection: &Selection) -> Chosen {
        self.of(company, &selection.policy, &selection.settings).await
    }

    /// What each group is to try out, if it tries anything out.
    pub(crate) async fn tried(
        &self,
        company: &Tenant,
        groups: &[Group],
    ) -> BTreeMap<acd::GroupId, Tried> {
        let mut tried = BTreeMap::new();
        for group in groups {
            let Some(trial) = &group.trial else { continue };
            let plugin = self.of(company, &trial.policy, &trial.settings).await;
            let stage = match trial.stage {
                store::Stage::Shadow => Stage::Shadow,
                store::Stage::Share(percent) => Stage::Share(percent),
            };
            tried.insert(group.id, Tried { plugin, stage });
        }
        tried
    }

    /// One policy with its settings, whoever is to have it.
    pub(crate) async fn of(
        &self,
        company: &Tenant,
        policy: &RoutingPolicy,
        settings: &Settings,
    ) -> Chosen {
        let chosen = match policy {
            RoutingPolicy::BuiltIn => Chosen::BuiltIn,
            RoutingPolicy::Stock(name) => self.of_stock(name),
            RoutingPolicy::Uploaded(version) => self.of_company(company, *version).await,
        };
        match chosen {
            Chosen::Plugin(plugin) => Chosen::Plugin(plugin.with(values(settings))),
            Chosen::BuiltIn | Chosen::Missing { .. } => chosen,
        }
    }

    fn of_stock(&self, name: &str) -> Chosen {
        match self.stock.get(name) {
            Some(plugin) => Chosen::Plugin(plugin.clone()),
            None if self.host.is_none() => Chosen::BuiltIn,
            None => Chosen::Missing {
                label: name.to_owned(),
                why: "this Ladus brings no such policy".to_owned(),
            },
        }
    }

    async fn of_company(&self, company: &Tenant, version: PluginVersionId) -> Chosen {
        let Some(host) = self.host.clone() else { return Chosen::BuiltIn };
        if let Some(plugin) = self.loaded().get(&version).cloned() {
            return Chosen::Plugin(plugin);
        }
        let why = match company.plugin_file(version).await {
            Ok(file) => match take_in(host, file).await {
                Ok(plugin) => {
                    self.loaded().insert(version, plugin.clone());
                    return Chosen::Plugin(plugin);
                }
                Err(refused) => refused.words,
            },
            Err(error) => error.to_string(),
        };
        let label = match company.plugin_version(version).await {
            Ok(row) => row.label(),
            Err(_) => RoutingPolicy::Uploaded(version).word(),
        };
        tracing::error!(plugin = %label, %why, "a plugin cannot be run; the built-in order steps in");
        Chosen::Missing { label, why }
    }

    fn loaded(&self) -> MutexGuard<'_, BTreeMap<PluginVersionId, Plugin>> {
        self.uploaded.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Looks at uploaded files, one after the other, until nobody can ask any more.
    pub(crate) async fn look_at(self, mut checks: mpsc::Receiver<PluginCheck>) {
        while let Some(PluginCheck { file, reply }) = checks.recv().await {
            let looked = match self.host.clone() {
                Some(host) => take_in(host, file).await.map(|plugin| card(&plugin)),
                None => Err(refused(&Refusal::Host("there is no host for plugins".to_owned()))),
            };
            // Who has asked may have gone.
            let _ = reply.send(looked);
        }
    }
}

/// Checks, compiles and describes on a thread that may wait.
async fn take_in(host: Arc<Host>, file: Vec<u8>) -> Result<Plugin, PluginRefused> {
    let taken = tokio::task::spawn_blocking(move || host.routing(&file)).await;
    let taken = taken.unwrap_or_else(|error| Err(Refusal::Host(error.to_string())));
    taken.map_err(|refusal| refused(&refusal))
}

fn refused(refusal: &Refusal) -> PluginRefused {
    PluginRefused { kind: refusal.word(), words: refusal.to_string() }
}

fn values(settings: &Settings) -> BTreeMap<String, Value> {
    let value = |setting: &Setting| match setting.clone() {
        Setting::Empty => Value::Empty,
        Setting::Number(number) => Value::Number(number),
        Setting::Toggle(on) => Value::Toggle(on),
        Setting::Text(text) => Value::Text(text),
        Setting::Several(list) => Value::Several(list),
    };
    settings.iter().map(|(id, setting)| (id.clone(), value(setting))).collect()
}

/// A setting as the store has it.
pub(crate) fn setting(value: FieldValue) -> Setting {
    match value {
        FieldValue::Empty => Setting::Empty,
        FieldValue::Number(number) => Setting::Number(number),
        FieldValue::Toggle(on) => Setting::Toggle(on),
        FieldValue::Text(text) => Setting::Text(text),
        FieldValue::Several(list) => Setting::Several(list),
    }
}

fn card(plugin: &Plugin) -> PluginCard {
    let card = plugin.card().clone();
    PluginCard {
        kind: if plugin.world() == World::CallSelection {
            PluginKind::Selection
        } else {
            PluginKind::Routing
        },
        name: card.name,
        version: card.version,
        summary: card.summary,
        fields: card.fields.into_iter().map(field).collect(),
        reads: plugin.reads().to_vec(),
    }
}

fn indicator_card(plugin: &IndicatorPlugin) -> IndicatorCard {
    let card = plugin.card().clone();
    let card = PluginCard {
        kind: PluginKind::Indicator,
        name: card.name,
        version: card.version,
        summary: card.summary,
        fields: card.fields.into_iter().map(field).collect(),
        reads: plugin.reads().to_vec(),
    };
    IndicatorCard { card, scale: plugin.scale() }
}

fn field(plugin_host::Field { id, label, help, kind, initial }: plugin_host::Field) -> Field {
    let kind = match kind {
        Kind::Number { least, most, step, unit } => FieldKind::Number { least, most, step, unit },
        Kind::Duration => FieldKind::Duration,
        Kind::Toggle => FieldKind::Toggle,
        Kind::Line => FieldKind::Line,
        Kind::Choice(items) => {
            let item = |(id, label)| FieldItem { id, label };
            FieldKind::Choice(items.into_iter().map(item).collect())
        }
        Kind::Pick(list) => FieldKind::Pick(list),
    };
    let initial = match initial {
        Value::Empty => FieldValue::Empty,
        Value::Number(number) => FieldValue::Number(number),
        Value::Toggle(on) => FieldValue::Toggle(on),
        Value::Text(text) => FieldValue::Text(text),
        Value::Several(list) => FieldValue::Several(list),
    };
    Field { id, label, help, kind, initial }
}
