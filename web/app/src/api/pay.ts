// What the page reads and changes of pay, and of who may sign. Amounts are text all the way.

import { useQuery } from '@tanstack/react-query';
import { ask } from './client';
import { useChange } from './queries';

export interface Login {
  id: number;
  name: string;
  email: string;
  role: string;
}

export type PayScope = 'everybody' | { people: number[] } | { groups: number[] };

export interface PayBand {
  from?: string | null;
  to?: string | null;
  amount?: string | null;
  of_base?: string | null;
  times?: string;
}

export interface PayItem {
  name: string;
  on: string;
  calls_min: number;
  bands: PayBand[];
  floor?: string | null;
  cap?: string | null;
}

/** A rule as it is written and signed. */
export interface PayRuleDoc {
  currency: string;
  scope: PayScope;
  base: {
    per_hour?: string | null;
    per_call?: string | null;
    fixed?: string | null;
    floor?: string | null;
    cap?: string | null;
  };
  items: PayItem[];
  multipliers: PayItem[];
  floor?: string | null;
  cap?: string | null;
}

export interface PayRuleVersion {
  version: number;
  valid_from: string;
  rule: PayRuleDoc;
  who: string;
  at_ms: number;
}

export interface PayRule {
  id: number;
  name: string;
  ended_from: string | null;
  versions: PayRuleVersion[];
}

export interface PayRules {
  rules: PayRule[];
  /** The names of values that a rule can look at. */
  values: string[];
}

export type PayKind =
  | 'per_hour'
  | 'per_call'
  | 'fixed'
  | 'amount'
  | 'of_base'
  | 'times'
  | 'floor'
  | 'cap';

export type PayWhy =
  | { code: 'hours_unknown' | 'no_value' | 'outside' }
  | { code: 'too_few'; calls: number; least: number };

export interface PayLine {
  place: string;
  kind: PayKind;
  name: string;
  on: string;
  counted: string | null;
  from: string | null;
  to: string | null;
  rate: string | null;
  of: string | null;
  amount: string;
  why: PayWhy | null;
}

export interface PayStatement {
  person: number;
  name: string;
  currency: string;
  lines: PayLine[];
  total: string;
  worked_ms: number | null;
  answered: number;
}

export interface PayPreviewRow {
  person: number;
  name: string;
  old: PayStatement | null;
  new: PayStatement | null;
}

export interface PaySigned {
  account: number;
  name: string;
  at_ms: number;
}

export interface PayPeriod {
  id: number;
  from: string;
  to: string;
  from_ms: number;
  to_ms: number;
  state: 'open' | 'reviewed' | 'closed';
  reviewed: PaySigned | null;
}

export interface PayDispute {
  id: number;
  person: number;
  line: string;
  words: string;
  who: string;
  at_ms: number;
  state: 'open' | 'accepted' | 'declined';
  answer: { words: string; who: string; at_ms: number } | null;
}

export interface PayCorrection {
  id: number;
  person: number;
  line: string;
  amount: string;
  reason: string;
  dispute: number | null;
  author: PaySigned;
  state: 'proposed' | 'withdrawn' | 'signed';
  signer: string | null;
  entry: number | null;
}

export interface PaySheet {
  period: PayPeriod;
  signed: PaySigned | null;
  entry: { number: number; hash: string } | null;
  statements: PayStatement[];
  disputes: PayDispute[];
  corrections: PayCorrection[];
}

export interface StatementPage {
  period: PayPeriod;
  statement: PayStatement;
  calls: number[];
  rule: { name: string; version: number; valid_from: string } | null;
}

export const useLogins = () =>
  useQuery({
    queryKey: ['accounts'],
    queryFn: async () => (await ask<{ accounts: Login[] }>('GET', '/accounts')).accounts,
  });
export const useAddLogin = () =>
  useChange(
    (input: { name: string; email: string; password: string }) =>
      ask<Login>('POST', '/accounts', input),
    'accounts',
  );

export const usePayRules = () =>
  useQuery({ queryKey: ['pay', 'rules'], queryFn: () => ask<PayRules>('GET', '/pay/rules') });

export interface PayRuleWish {
  name: string;
  valid_from: string;
  rule: PayRuleDoc;
}

/** Without an id a new rule, with one another version of it. */
export const useWritePayRule = () =>
  useChange(
    ({ id, ...input }: PayRuleWish & { id: number | null }) =>
      ask<PayRule>('POST', id === null ? '/pay/rules' : `/pay/rules/${id}/versions`, input),
    'pay',
  );
export const useEndPayRule = () =>
  useChange(
    ({ id, ended_from }: { id: number; ended_from: string }) =>
      ask<PayRule>('POST', `/pay/rules/${id}/end`, { ended_from }),
    'pay',
  );

/** Nothing is kept of it, so nothing grows stale. */
export const usePayPreview = () =>
  useChange((input: { from: string; to: string; rule: PayRuleDoc; instead_of: number | null }) =>
    ask<{ people: PayPreviewRow[] }>('POST', '/pay/preview', input),
  );

export const usePayPeriods = () =>
  useQuery({
    queryKey: ['pay', 'periods'],
    queryFn: async () => (await ask<{ periods: PayPeriod[] }>('GET', '/pay/periods')).periods,
  });
export const useOpenPayPeriod = () =>
  useChange(
    (input: { from: string; to: string }) => ask<PayPeriod>('POST', '/pay/periods', input),
    'pay',
  );
export const useRemovePayPeriod = () =>
  useChange((id: number) => ask<void>('DELETE', `/pay/periods/${id}`), 'pay');
export const usePaySheet = (id: number) =>
  useQuery({
    queryKey: ['pay', 'sheet', id],
    queryFn: () => ask<PaySheet>('GET', `/pay/periods/${id}`),
  });
export const usePayStatement = (id: number, person: number) =>
  useQuery({
    queryKey: ['pay', 'statement', id, person],
    queryFn: () => ask<StatementPage>('GET', `/pay/periods/${id}/statements/${person}`),
  });

export interface PayFlag {
  person: number;
  name: string;
  pattern: 'break_toggling' | 'self_calls' | 'ghost_calls' | 'early_hang_ups' | 'ring_ignoring';
  count: number;
  of: number;
  calls: number[];
  since_ms: number;
}

export const usePayFlags = (id: number) =>
  useQuery({
    queryKey: ['pay', 'flags', id],
    queryFn: async () => (await ask<{ flags: PayFlag[] }>('GET', `/pay/periods/${id}/flags`)).flags,
  });

export type PayStep = 'review' | 'reopen' | 'close';
export const usePayStep = () =>
  useChange(
    ({ id, step }: { id: number; step: PayStep }) =>
      ask<unknown>('POST', `/pay/periods/${id}/${step}`),
    'pay',
  );

export const useObject = () =>
  useChange(
    ({ period, ...input }: { period: number; person: number; line: string; words: string }) =>
      ask<PayDispute>('POST', `/pay/periods/${period}/disputes`, input),
    'pay',
  );
export const useAnswer = () =>
  useChange(
    ({ id, ...input }: { id: number; words: string; amount: string | null }) =>
      ask<PayDispute>('POST', `/pay/disputes/${id}/answer`, input),
    'pay',
  );
export const useProposeCorrection = () =>
  useChange(
    ({
      period,
      ...input
    }: {
      period: number;
      person: number;
      line: string;
      amount: string;
      reason: string;
    }) => ask<PayCorrection>('POST', `/pay/periods/${period}/corrections`, input),
    'pay',
  );
export const useCorrectionStep = () =>
  useChange(
    ({ id, step }: { id: number; step: 'sign' | 'withdraw' }) =>
      ask<PayCorrection>('POST', `/pay/corrections/${id}/${step}`),
    'pay',
  );

/** Where the browser downloads a closed period for payroll. */
export const exportHref = (period: number) => `/api/v1/pay/periods/${period}/export.csv`;
