// The shapes of /api/v1, as the server writes them. Times are milliseconds UTC.

import type { FailureKept, GroupTrial, PluginAtWork, Settings, TrialAtWork } from './plugins';

export type Wish = 'on' | 'off' | 'break';
export type Activity =
  | 'idle'
  | 'offered'
  | 'talking'
  | 'wrapup'
  | 'outbound'
  | 'internal'
  | 'unreachable';
export type Stage = 'waiting' | 'offered' | 'talking';
export type Outcome =
  | 'waiting'
  | 'answered'
  | 'abandoned'
  | 'refused'
  | 'diverted'
  | 'called_back'
  | 'timeout'
  | 'callback'
  | 'callback_ended';
/** `built-in`, the name of a stock policy, or `plugin-version:` and an id. */
export type Policy = string;
export type Language = 'et' | 'en';

export interface Session {
  account: { id: number; name: string; email: string; role: string };
  company: { name: string; language: Language };
  sip: { address: string; realm: string };
}

/** What the one-time link opened: the first-run page, or the whole page. */
export interface Opened {
  setup: boolean;
}

export interface Setup {
  company: { name: string; language: Language };
  administrator: { name: string; email: string; password: string };
  group: { name: string; number: string };
  person: { name: string };
}

/** A SIP account's secret. The server tells it once. */
export interface Secret {
  id: number;
  sip_user: string;
  password: string;
  registrar: string;
  realm: string;
}

export interface Credential {
  id: number;
  sip_user: string;
  created_ms: number;
  registered: boolean;
  device: { contact: string; user_agent: string } | null;
}

export interface Person {
  id: number;
  name: string;
  extension: string | null;
  credentials: Credential[];
  memberships: (Membership & { group: number })[];
  /** Levels from 1 to 10 by the skill's name. */
  skills: Record<string, number>;
}

/** A place in a group for a time; it ends by itself. */
export interface Loan {
  until_ms: number;
  wholly: boolean;
}

export interface Membership {
  order: number;
  delay_ms: number;
  calendar: number | null;
  wrap_up_ms: number | null;
  loan: Loan | null;
}

/** Where a caller goes next. */
export type Way =
  | { kind: 'group'; group: number }
  | { kind: 'number'; number: string }
  | { kind: 'goodbye'; prompt: Prompt | null }
  | { kind: 'callback' };

export type Prompt = 'welcome' | 'closed' | 'no_agents' | 'busy' | 'callback_noted';
export type Door = 'by_hours' | 'open' | 'closed';
export type Closing = 'serve' | 'turn_away';
export type Nobody = 'join' | 'refuse' | 'leave';

export interface Step {
  after_ms: number;
  to: Way;
}

export interface Announce {
  greeting: Prompt | null;
  first_ms: number;
  every_ms: number;
  place: boolean;
  wait: boolean;
}

/** How callers are led: all that a group has besides its phones and its people. */
export interface Flow {
  hours: number | null;
  door: Door;
  closed: Way;
  closing: Closing;
  nobody: Nobody;
  deserted: Way;
  full: Way;
  steps: Step[];
  keys: { key: string; to: Way }[];
  sticky_ms: number;
  callers: { number: string; priority: number }[];
  announce: Announce | null;
  keeps_wait: boolean;
}

export interface GroupWish {
  name: string;
  language: Language;
  numbers: string[];
  ring_ms: number;
  wrap_up_ms: number;
  waiting_max: number;
  policy: Policy;
  /** By the fields of the policy's card. Without it they stay, or are those of a new card. */
  settings?: Settings;
  recorded: boolean;
}

export interface Group extends GroupWish, Flow {
  id: number;
  settings: Settings;
  trial: GroupTrial | null;
  members: (Membership & { person: number })[];
}

export interface Trunk {
  id: number;
  name: string;
  address: string;
  port: number | null;
  priority_header: string | null;
}

/** A group's call, or an office call: to a colleague or to the outside. */
export type CallKind = 'group' | 'internal' | 'outbound';

export interface Call {
  id: number;
  kind: CallKind;
  arrived_ms: number;
  caller: string;
  number: string;
  /** `null`: an office call. */
  group: number | null;
  /** Who talked, or talks. Of an office call: who is called, or who calls the outside. */
  agent: number | null;
  outcome: Outcome;
  /** Zero until it is known. */
  waited_ms: number;
  talked_ms: number;
  /** `null` while it goes on. */
  ended_ms: number | null;
  recording: boolean;
}

export interface Fact {
  at_ms: number;
  kind: string;
  body: Record<string, unknown>;
}

export interface CallPage extends Omit<Call, 'recording'> {
  facts: Fact[];
  recording: { duration_ms: number; bytes: number; sha256: string; codec: string } | null;
}

export interface Peaks {
  left: number[];
  right: number[];
}

export interface Figures {
  offered: number;
  answered: number;
  abandoned: number;
  waiting: number;
  asa_ms: number | null;
  /** Between 0 and 1. */
  service_level: number | null;
}

/** The states that a group's row counts its agents by. */
export type AgentCount =
  | 'idle'
  | 'offered'
  | 'talking'
  | 'wrapup'
  | 'break'
  | 'off'
  | 'unreachable';

export interface BoardGroup extends Figures {
  id: number;
  name: string;
  longest_wait_since_ms: number | null;
  talking: number;
  agents: Record<AgentCount, number>;
  open: boolean;
  /** Opened or closed by hand, whatever the hours say. */
  by_hand: boolean;
  next_turn_ms: number | null;
}

export interface BoardAgent {
  id: number;
  name: string;
  wish: Wish;
  reason: string | null;
  activity: Activity;
  since_ms: number;
  call: number | null;
  handled_today: number;
  missed_today: number;
  /** When the ring or the wrap-up ends. */
  until_ms: number | null;
  /** The wish differs from what the agent does now. */
  pending: boolean;
}

export interface BoardCall {
  id: number;
  caller: string;
  group: number;
  entered_ms: number;
  stage: Stage;
  agent: number | null;
  since_ms: number;
  priority: number;
  /** The place in line of one who waits. */
  place: number | null;
  /** Why one who waits still waits. */
  why: { kind: WaitReason; until_ms: number | null } | null;
  estimate_ms: number | null;
  /** The caller has hung up and will be called. */
  callback: boolean;
}

export type WaitReason =
  | 'all_busy'
  | 'nobody_on'
  | 'on_break'
  | 'delayed'
  | 'last_agent'
  | 'policy'
  | 'refused'
  | 'resting'
  | 'out_of_season'
  | 'callback_running';

export interface ActiveMode {
  mode: number;
  name: string;
  since_ms: number;
  until_ms: number | null;
  who: string;
}

export interface Board {
  at_ms: number;
  totals: Figures;
  groups: BoardGroup[];
  agents: BoardAgent[];
  calls: BoardCall[];
  mode: ActiveMode | null;
  plugins: PluginAtWork[];
  trials: TrialAtWork[];
  failures: FailureKept[];
}

/** A span of one day in minutes after midnight. */
export interface Span {
  from: number;
  to: number;
}

export interface CalendarWish {
  name: string;
  zone: string;
  /** Seven days, Monday first. */
  week: Span[][];
  /** Days that differ from their weekday; without spans the day is shut. */
  dates: { date: string; spans: Span[] }[];
}

export interface Calendar extends CalendarWish {
  id: number;
  open_now: boolean;
  next_turn_ms: number | null;
}

/** What would happen to a caller of a group at one moment: the moment, and the group's flow. */
export interface Explain extends Pick<Flow, 'steps' | 'nobody' | 'deserted' | 'full' | 'announce'> {
  at_ms: number;
  open: boolean;
  by_hand: boolean;
  next_turn_ms: number | null;
  people: {
    person: number;
    name: string;
    order: number;
    delay_ms: number;
    counts: boolean;
    why_not: 'calendar' | 'lent' | null;
  }[];
  way_if_closed: Way;
}

export type ModeChange =
  | { kind: 'door'; group: number; door: Door }
  | {
      kind: 'member';
      person: number;
      group: number;
      /** `null`: not in the group. */
      order: number | null;
      delay_ms: number;
    };

export interface ModeWish {
  name: string;
  /** What is dialled on a phone to press the mode. */
  code: string | null;
  changes: ModeChange[];
}

export interface Mode extends ModeWish {
  id: number;
}

/** One difference between two versions of the plan; `what` is such as `group_changed`. */
export interface Difference {
  what: string;
  /** Whom a mode's preview is about: `door` of a group, `member` of one. */
  group?: number;
  person?: number;
  before: unknown;
  after: unknown;
}

export interface Version {
  version: number;
  at_ms: number;
  who: string;
  /** One can go back to it. */
  kept: boolean;
  changes: Difference[];
}

export interface VersionPage {
  versions: Version[];
  next: number | null;
}

export type AfterMisses = 'nothing' | 'rest' | 'break' | 'off';

export interface MissRule {
  /** Misses in a row; zero is never. */
  limit: number;
  then: { kind: AfterMisses; ms?: number | null; reason?: string | null };
}

export type MissCause = 'no_answer' | 'rejected' | 'busy' | 'unreachable';

export interface Rules {
  misses: Record<MissCause, MissRule>;
}

export interface TvLink {
  id: number;
  created_ms: number;
  who: string;
}

/** What phones may do for the office. */
export interface Office {
  outside_calls: boolean;
}
