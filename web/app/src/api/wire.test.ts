// The shapes in wire.ts are written by hand, narrower than the server's description of itself
// (words instead of any text). These tests notice when the two part ways.

import { expect, test } from 'vitest';
import openapi from '../../../api/openapi.json';
import type { CandidateTried, DecisionsTried, DecisionTried } from './decisions';
import type {
  Case,
  FormulaChecked,
  FormulaWord,
  Indicator,
  Indicators,
  IndicatorVersion,
  Outcome,
  PersonPreviewed,
  Previewed,
} from './indicators';
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

const outcome = { value: true, sample: true, why: true, least: true, words: true } as const;

const READ: Record<string, string[]> = {
  Indicators: keys<Indicators>({ today: true, indicators: true, stock: true, words: true }),
  IndicatorOut: keys<Indicator>({
    id: true,
    name: true,
    until_day: true,
    versions: true,
    in_force: true,
  }),
  IndicatorVersion: keys<IndicatorVersion>({
    id: true,
    from_day: true,
    title: true,
    formula: true,
    plugin: true,
    settings: true,
    unit: true,
    better: true,
    sample_min: true,
    who: true,
    at_ms: true,
  }),
  FormulaWord: keys<FormulaWord>({
    name: true,
    sort: true,
    unit: true,
    help_et: true,
    help_en: true,
    example: true,
  }),
  FormulaChecked: keys<FormulaChecked>({ unit: true, needs: true, mistake: true }),
  IndicatorOutcome: keys<Outcome>(outcome),
  PreviewedOut: keys<Previewed>({
    days: true,
    today: true,
    unit: true,
    better: true,
    mean: true,
    median: true,
    people: true,
  }),
  PersonPreviewed: keys<PersonPreviewed>({
    agent: true,
    name: true,
    rank: true,
    by_day: true,
    before: true,
    ...outcome,
  }),
  IndicatorCase: keys<Case>({
    at_ms: true,
    call: true,
    outcome: true,
    rang_ms: true,
    talked_ms: true,
    by: true,
  }),
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
};

test.each(Object.entries(READ))('%s is sent with everything that the page reads', (name, read) => {
  const sent = promised(described[name]);
  expect(read.filter((key) => !sent.includes(key))).toEqual([]);
});
