// The shapes in wire.ts are written by hand, narrower than the server's description of itself
// (words instead of any text). These tests notice when the two part ways.

import { expect, test } from 'vitest';
import openapi from '../../../api/openapi.json';
import type { CandidateTried, DecisionsTried, DecisionTried } from './decisions';
import type { Figures, FiguresRow } from './figures';
import type {
  Login,
  PayCorrection,
  PayDispute,
  PayFlag,
  PayLine,
  PayPeriod,
  PayPreviewRow,
  PayRule,
  PayRules,
  PayRuleVersion,
  PaySheet,
  PaySigned,
  PayStatement,
  StatementPage,
} from './pay';
import type {
  FailureKept,
  GroupTrial,
  PluginAtWork,
  PluginCard,
  PluginFailure,
  Plugins,
  PluginVersion,
  Selection,
  StockPolicy,
  TrialAtWork,
  TrialDifference,
  TrialTally,
} from './plugins';
import type { Lived, RecordedDays, Replayed } from './replay';
import type {
  Call,
  CallPage,
  Credential,
  Fact,
  Group,
  Opened,
  Peaks,
  Person,
  Secret,
  Session,
  Trunk,
} from './wire';

interface Schema {
  type?: string;
  required?: string[];
  allOf?: Schema[];
  $ref?: string;
}

const described = openapi.components.schemas as unknown as Record<string, Schema>;

/** The properties that the server promises to send always. */
function promised(schema: Schema | undefined): string[] {
  if (schema?.$ref) return promised(described[schema.$ref.split('/').pop() ?? '']);
  return [...(schema?.required ?? []), ...(schema?.allOf ?? []).flatMap(promised)].sort();
}

/** Every key of a type: one missing or one too many does not compile. */
function keys<T>(all: Record<keyof T, true>): string[] {
  return Object.keys(all).sort();
}

const call = {
  id: true,
  kind: true,
  arrived_ms: true,
  caller: true,
  number: true,
  group: true,
  agent: true,
  outcome: true,
  waited_ms: true,
  talked_ms: true,
  ended_ms: true,
  recording: true,
} as const;

const membership = {
  order: true,
  delay_ms: true,
  calendar: true,
  wrap_up_ms: true,
  loan: true,
} as const;

const offered = {
  policy: true,
  label: true,
  card: true,
  reads: true,
  groups: true,
  selects: true,
  trials: true,
} as const;

const tally = { asked: true, same: true, different: true, failed: true, left: true } as const;

const READ: Record<string, string[]> = {
  SessionOut: keys<Session>({ account: true, company: true, sip: true }),
  AccountOut: keys<Session['account']>({ id: true, name: true, email: true, role: true }),
  CompanyOut: keys<Session['company']>({ name: true, language: true }),
  SipOut: keys<Session['sip']>({ address: true, realm: true }),
  Opened: keys<Opened>({ setup: true }),
  SecretOut: keys<Secret>({
    id: true,
    sip_user: true,
    password: true,
    registrar: true,
    realm: true,
  }),
  PersonOut: keys<Person>({
    id: true,
    name: true,
    extension: true,
    credentials: true,
    memberships: true,
    skills: true,
  }),
  CredentialOut: keys<Credential>({
    id: true,
    sip_user: true,
    created_ms: true,
    registered: true,
    device: true,
  }),
  PlaceOut: keys<Person['memberships'][number]>({ group: true, ...membership }),
  GroupOut: keys<Group>({
    id: true,
    name: true,
    language: true,
    numbers: true,
    ring_ms: true,
    wrap_up_ms: true,
    waiting_max: true,
    policy: true,
    settings: true,
    trial: true,
    recorded: true,
    members: true,
    hours: true,
    door: true,
    closed: true,
    closing: true,
    nobody: true,
    deserted: true,
    full: true,
    steps: true,
    keys: true,
    sticky_ms: true,
    callers: true,
    announce: true,
    keeps_wait: true,
  }),
  MemberOut: keys<Group['members'][number]>({ person: true, ...membership }),
  TrunkOut: keys<Trunk>({ id: true, name: true, address: true, port: true, priority_header: true }),
  CallRow: keys<Call>(call),
  CallPage: keys<CallPage>({ ...call, facts: true }),
  FactOut: keys<Fact>({ at_ms: true, kind: true, body: true }),
  RecordingOut: keys<NonNullable<CallPage['recording']>>({
    duration_ms: true,
    bytes: true,
    sha256: true,
    codec: true,
  }),
  PeaksOut: keys<Peaks>({ left: true, right: true }),
  Plugins: keys<Plugins>({
    stock: true,
    versions: true,
    at_work: true,
    trials: true,
    failures: true,
  }),
  FailureKept: keys<FailureKept>({
    id: true,
    at_ms: true,
    group: true,
    call: true,
    label: true,
    words: true,
  }),
  StockOut: keys<StockPolicy>(offered),
  PluginVersionOut: keys<PluginVersion>({
    ...offered,
    id: true,
    sha256: true,
    bytes: true,
    who: true,
    at_ms: true,
    removed: true,
  }),
  PluginCard: keys<PluginCard>({
    kind: true,
    name: true,
    version: true,
    summary: true,
    fields: true,
  }),
  SelectionOut: keys<Selection>({ policy: true, settings: true, at_work: true }),
  SelectionAtWork: keys<NonNullable<Selection['at_work']>>({
    label: true,
    decisions: true,
    failures: true,
    failures_in_a_row: true,
    last_failure: true,
    state: true,
    why: true,
  }),
  PluginAtWork: keys<PluginAtWork>({
    group: true,
    label: true,
    decisions: true,
    failures: true,
    failures_in_a_row: true,
    last_failure: true,
    state: true,
    why: true,
  }),
  PluginFailure: keys<PluginFailure>({ at_ms: true, words: true, backtrace: true }),
  TrialAtWork: keys<TrialAtWork>({
    group: true,
    label: true,
    stage: true,
    share: true,
    last_failure: true,
    state: true,
    why: true,
    total: true,
    hours: true,
    differences: true,
  }),
  TrialTally: keys<TrialTally>(tally),
  TrialHour: keys<TrialAtWork['hours'][number]>({ ...tally, from_ms: true }),
  TrialDifference: keys<TrialDifference>({
    at_ms: true,
    call: true,
    decided: true,
    instead: true,
    reason: true,
  }),
  GroupTrial: keys<GroupTrial>({ policy: true, settings: true, stage: true, share: true }),
  DecisionsTried: keys<DecisionsTried>({
    asked: true,
    same: true,
    different: true,
    failed: true,
    failure: true,
    since_ms: true,
    differing: true,
  }),
  DecisionTried: keys<DecisionTried>({
    at_ms: true,
    call: true,
    policy: true,
    decided: true,
    instead: true,
    reason: true,
    waited_ms: true,
    candidates: true,
  }),
  CandidateTried: keys<CandidateTried>({
    agent: true,
    order: true,
    idle_ms: true,
    handled_today: true,
    missed_today: true,
    talk_ms_today: true,
    occupancy: true,
  }),
  FiguresOut: keys<Figures>({
    zone: true,
    from: true,
    to: true,
    goes_on: true,
    limits: true,
    rows: true,
  }),
  FiguresRow: keys<FiguresRow>({
    day: true,
    weekday: true,
    hour: true,
    group: true,
    person: true,
    figures: true,
    service_level: true,
  }),
  RecordedDays: keys<RecordedDays>({ zone: true, days: true }),
  DayOut: keys<RecordedDays['days'][number]>({ day: true, calls: true }),
  Replayed: keys<Replayed>({ was: true, now: true, tried: true }),
  Lived: keys<Lived>({
    offered: true,
    answered: true,
    abandoned: true,
    refused: true,
    asa_ms: true,
    service_level: true,
    unattended: true,
    agents: true,
    calls: true,
    talk: true,
    decisions: true,
  }),
  AgentLoad: keys<Lived['agents'][number]>({
    agent: true,
    name: true,
    handled: true,
    talked_ms: true,
  }),
  Spread: keys<Lived['calls']>({ least: true, most: true, variation: true }),
  Decisions: keys<Lived['decisions']>({
    taken: true,
    stepped_in: true,
    why: true,
    us_p50: true,
    us_p99: true,
  }),
  Login: keys<Login>({ id: true, name: true, email: true, role: true }),
  PayRules: keys<PayRules>({ rules: true, values: true }),
  PayRule: keys<PayRule>({ id: true, name: true, ended_from: true, versions: true }),
  PayRuleVersion: keys<PayRuleVersion>({
    version: true,
    valid_from: true,
    rule: true,
    who: true,
    at_ms: true,
  }),
  PayLine: keys<PayLine>({
    place: true,
    kind: true,
    name: true,
    on: true,
    counted: true,
    from: true,
    to: true,
    rate: true,
    of: true,
    amount: true,
    why: true,
  }),
  PayStatement: keys<PayStatement>({
    person: true,
    name: true,
    currency: true,
    lines: true,
    total: true,
    worked_ms: true,
    answered: true,
  }),
  PayPreviewRow: keys<PayPreviewRow>({ person: true, name: true, old: true, new: true }),
  PaySigned: keys<PaySigned>({ account: true, name: true, at_ms: true }),
  PayPeriod: keys<PayPeriod>({
    id: true,
    from: true,
    to: true,
    from_ms: true,
    to_ms: true,
    state: true,
    reviewed: true,
  }),
  PayDispute: keys<PayDispute>({
    id: true,
    person: true,
    line: true,
    words: true,
    who: true,
    at_ms: true,
    state: true,
    answer: true,
  }),
  PayCorrection: keys<PayCorrection>({
    id: true,
    person: true,
    line: true,
    amount: true,
    reason: true,
    dispute: true,
    author: true,
    state: true,
    signer: true,
    entry: true,
  }),
  PayFlag: keys<PayFlag>({
    person: true,
    name: true,
    pattern: true,
    count: true,
    of: true,
    calls: true,
    since_ms: true,
  }),
  PaySheet: keys<PaySheet>({
    period: true,
    signed: true,
    entry: true,
    statements: true,
    disputes: true,
    corrections: true,
  }),
  StatementPage: keys<StatementPage>({ period: true, statement: true, calls: true, rule: true }),
};

test.each(Object.entries(READ))('%s is sent with everything that the page reads', (name, read) => {
  const sent = promised(described[name]);
  expect(read.filter((key) => !sent.includes(key))).toEqual([]);
});
