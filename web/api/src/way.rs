//! The engine's words as JSON: ways, prompts, doors.

use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

/// Where a caller goes next.
#[derive(Clone, Deserialize, Serialize, ToSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(crate) enum Way {
    /// Into another group's line.
    Group { group: u64 },
    /// To an outside number.
    Number { number: String },
    /// He hears the words, if any, and is let go.
    Goodbye {
        #[serde(default)]
        #[schema(required)]
        prompt: Option<Prompt>,
    },
    /// He may hang up and keeps his place.
    Callback,
}

impl Way {
    pub(crate) fn of(way: acd::Way) -> Way {
        match way {
            acd::Way::Group(group) => Way::Group { group: group.0 },
            acd::Way::Number(number) => Way::Number { number },
            acd::Way::Goodbye(prompt) => Way::Goodbye { prompt: prompt.map(Prompt::of) },
            acd::Way::Callback => Way::Callback,
        }
    }

    pub(crate) fn engine(self) -> acd::Way {
        match self {
            Way::Group { group } => acd::Way::Group(acd::GroupId(group)),
            Way::Number { number } => acd::Way::Number(number),
            Way::Goodbye { prompt } => acd::Way::Goodbye(prompt.map(Prompt::engine)),
            Way::Callback => acd::Way::Callback,
        }
    }
}

/// Words that are known to every centre.
#[derive(Clone, Copy, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Prompt {
    Welcome,
    Closed,
    NoAgents,
    Busy,
    CallbackNoted,
}

impl Prompt {
    pub(crate) fn of(word: acd::Prompt) -> Prompt {
        match word {
            acd::Prompt::Welcome => Prompt::Welcome,
            acd::Prompt::Closed => Prompt::Closed,
            acd::Prompt::NoAgents => Prompt::NoAgents,
            acd::Prompt::Busy => Prompt::Busy,
            acd::Prompt::CallbackNoted => Prompt::CallbackNoted,
        }
    }

    pub(crate) fn engine(self) -> acd::Prompt {
        match self {
            Prompt::Welcome => acd::Prompt::Welcome,
            Prompt::Closed => acd::Prompt::Closed,
            Prompt::NoAgents => acd::Prompt::NoAgents,
            Prompt::Busy => acd::Prompt::Busy,
            Prompt::CallbackNoted => acd::Prompt::CallbackNoted,
        }
    }
}

/// A group's door: by its hours, or by hand.
#[derive(Clone, Copy, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Door {
    ByHours,
    Open,
    Closed,
}

impl Door {
    pub(crate) fn of(word: acd::Door) -> Door {
        match word {
            acd::Door::ByHours => Door::ByHours,
            acd::Door::Open => Door::Open,
            acd::Door::Closed => Door::Closed,
        }
    }

    pub(crate) fn engine(self) -> acd::Door {
        match self {
            Door::ByHours => acd::Door::ByHours,
            Door::Open => acd::Door::Open,
            Door::Closed => acd::Door::Closed,
        }
    }
}

/// What becomes of those who wait when the group closes.
#[derive(Clone, Copy, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Closing {
    Serve,
    TurnAway,
}

impl Closing {
    pub(crate) fn of(word: acd::Closing) -> Closing {
        match word {
            acd::Closing::Serve => Closing::Serve,
            acd::Closing::TurnAway => Closing::TurnAway,
        }
    }

    pub(crate) fn engine(self) -> acd::Closing {
        match self {
            Closing::Serve => acd::Closing::Serve,
            Closing::TurnAway => acd::Closing::TurnAway,
        }
    }
}

/// What callers do while nobody is logged on.
#[derive(Clone, Copy, Deserialize, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Nobody {
    Join,
    Refuse,
    Leave,
}

impl Nobody {
    pub(crate) fn of(word: acd::Nobody) -> Nobody {
        match word {
            acd::Nobody::Join => Nobody::Join,
            acd::Nobody::Refuse => Nobody::Refuse,
            acd::Nobody::Leave => Nobody::Leave,
        }
    }

    pub(crate) fn engine(self) -> acd::Nobody {
        match self {
            Nobody::Join => acd::Nobody::Join,
            Nobody::Refuse => acd::Nobody::Refuse,
            Nobody::Leave => acd::Nobody::Leave,
        }
    }
}
