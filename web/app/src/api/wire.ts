// The shapes of /api/v1, as the server writes them. Times are milliseconds UTC.

export type Wish = 'on' | 'off' | 'break';
export type Activity = 'idle' | 'offered' | 'talking' | 'wrapup' | 'unreachable';
export type Stage = 'waiting' | 'offered' | 'talking';
export type Outcome = 'waiting' | 'answered' | 'abandoned' | 'refused';
export type Policy = 'built-in' | 'longest-idle';
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
  memberships: { group: number; order: number; delay_ms: number }[];
}

export interface GroupWish {
  name: string;
  language: Language;
  numbers: string[];
  ring_ms: number;
  wrap_up_ms: number;
  waiting_max: number;
  policy: Policy;
  recorded: boolean;
}

export interface Group extends GroupWish {
  id: number;
  members: { person: number; order: number; delay_ms: number }[];
}

export interface Trunk {
  id: number;
  name: string;
  address: string;
  port: number | null;
}

export interface Call {
  id: number;
  arrived_ms: number;
  caller: string;
  number: string;
  group: number;
  /** Who talked, or talks. */
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

export interface BoardGroup extends Figures {
  id: number;
  name: string;
  longest_wait_since_ms: number | null;
  talking: number;
  agents: Record<Activity | 'break' | 'off', number>;
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
}

export interface BoardCall {
  id: number;
  caller: string;
  group: number;
  entered_ms: number;
  stage: Stage;
  agent: number | null;
  since_ms: number;
}

export interface Board {
  at_ms: number;
  totals: Figures;
  groups: BoardGroup[];
  agents: BoardAgent[];
  calls: BoardCall[];
}
