// What differs between two versions, in sentences. The server tells before and after; the words
// are ours.

import type { useTranslations } from 'use-intl';
import type { CalendarWish, Difference, MissCause, MissRule, Way } from '../../api/wire';
import { hourOf, span, until } from '../../words/spans';
import { weekWords } from '../calendars/week';
import { type WayWords, wayWords } from '../groups/explain';

export type DifferenceWords = ReturnType<typeof useTranslations<'diff'>>;

export interface Speech {
  t: DifferenceWords;
  way: WayWords;
  group: (id: number) => string;
  person: (id: number) => string;
  calendar: (id: number) => string;
  mode: (id: number) => string;
  policy: (word: string) => string;
  locale: string;
  now_ms: number;
}

type Trace = Record<string, unknown>;

function traceOf(value: unknown): Trace | null {
  return typeof value === 'object' && value !== null ? (value as Trace) : null;
}

const same = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

/** Sentences about one difference; several when several fields of one thing differ. */
export function differenceWords(difference: Difference, speech: Speech): string[] {
  const { what, before, after, group, person } = difference;
  const old = traceOf(before);
  const now = traceOf(after);
  const noun = what.split('_')[0] ?? what;
  switch (noun) {
    case 'door':
      return [
        speech.t('changed', {
          name: speech.group(group ?? 0),
          field: speech.t('field.door'),
          before: scalarWords('door', before, speech.t),
          after: scalarWords('door', after, speech.t),
        }),
      ];
    case 'member':
      return [
        membershipWords(old && { ...old, person, group }, now && { ...now, person, group }, speech),
      ];
    case 'membership':
      return [membershipWords(old, now, speech)];
    case 'skills':
      return skillWords(old, now, speech);
    case 'loan':
      return [loanWords(old, now, speech)];
    case 'group':
    case 'calendar':
      return thingWords(noun, old, now, speech);
    case 'indicator': {
      const change = now === null ? 'removed' : old === null ? 'added' : 'changed';
      const name = String((now ?? old)?.title ?? '');
      return [speech.t(`indicator.${change}`, { name })];
    }
    case 'mode':
      return [modeWords(what, old, now, speech)];
    case 'selection':
      return fieldWords(speech.t('selection'), old ?? {}, now ?? {}, speech);
    case 'rules':
      return ruleWords(old, now, speech);
    case 'office':
      return [speech.t(now?.outside_calls === true ? 'office.opened' : 'office.closed')];
    case 'person':
    case 'trunk':
    case 'credential':
      return [plainWords(noun, old, now, speech)];
    default: {
      const key = `other.${what}` as Parameters<DifferenceWords>[0];
      const version = Number((now ?? old)?.version ?? 0);
      return [speech.t.has(key) ? speech.t(key, { version } as never) : what.replaceAll('_', ' ')];
    }
  }
}

function membershipWords(old: Trace | null, now: Trace | null, speech: Speech): string {
  const { t } = speech;
  const trace = now ?? old ?? {};
  const names = {
    person: speech.person(Number(trace.person)),
    group: speech.group(Number(trace.group)),
  };
  if (trace.loan) return loanWords(old, now, speech);
  if (!now) return t('membership.removed', names);
  const terms = termsWords(now, speech);
  if (!old) return t('membership.added', { ...names, terms });
  return t('membership.changed', { ...names, before: termsWords(old, speech), terms });
}

/** Skill by skill: got, lost, or on another level. */
function skillWords(old: Trace | null, now: Trace | null, { t, person }: Speech): string[] {
  const name = person(Number((now ?? old)?.person));
  const before = traceOf(old?.skills) ?? {};
  const after = traceOf(now?.skills) ?? {};
  const names = Object.keys({ ...before, ...after }).sort();
  return names
    .filter((skill) => before[skill] !== after[skill])
    .map((skill) => {
      const words = { person: name, skill };
      if (after[skill] === undefined) return t('skill.removed', words);
      const level = Number(after[skill]);
      if (before[skill] === undefined) return t('skill.added', { ...words, level });
      return t('skill.changed', { ...words, before: Number(before[skill]), level });
    });
}

/** "order 1, after 20 s, by Shifts, wrap-up 10 s". */
function termsWords(trace: Trace, { t, calendar }: Speech): string {
  const { order, delay_ms, calendar: hours, wrap_up_ms } = trace;
  return [
    t('terms.order', { order: Number(order) }),
    ...(Number(delay_ms ?? 0) > 0 ? [t('terms.after', { span: span(Number(delay_ms)) })] : []),
    ...(hours == null ? [] : [t('terms.calendar', { name: calendar(Number(hours)) })]),
    ...(wrap_up_ms == null ? [] : [t('terms.wrap_up', { span: span(Number(wrap_up_ms)) })]),
  ].join(', ');
}

function loanWords(old: Trace | null, now: Trace | null, speech: Speech): string {
  const { t } = speech;
  const trace = now ?? old ?? {};
  const loan = traceOf(trace.loan) ?? trace;
  const names = {
    person: speech.person(Number(trace.person)),
    group: speech.group(Number(trace.group)),
  };
  if (!now) return t('loan.removed', names);
  const time = until(Number(loan.until_ms ?? 0), speech.now_ms, speech.locale);
  return t(loan.wholly === false ? 'loan.beside' : 'loan.wholly', { ...names, time });
}

/** A group or a calendar: added, removed, or field by field. */
function thingWords(
  noun: 'group' | 'calendar',
  old: Trace | null,
  now: Trace | null,
  speech: Speech,
): string[] {
  const { t } = speech;
  const name = String((now ?? old)?.name ?? '');
  if (!old) return [t(`${noun}.added`, { name })];
  if (!now) return [t(`${noun}.removed`, { name })];
  return fieldWords(name, old, now, speech);
}

/** Each field that differs. */
function fieldWords(name: string, old: Trace, now: Trace, speech: Speech): string[] {
  const { t } = speech;
  const fields = Object.keys({ ...old, ...now }).filter(
    (field) => field !== 'id' && field !== 'members' && !same(old[field], now[field]),
  );
  return fields.map((field) => {
    const key = `field.${field}` as Parameters<DifferenceWords>[0];
    return t('changed', {
      name,
      field: t.has(key) ? t(key) : field,
      before: valueWords(field, old[field], speech),
      after: valueWords(field, now[field], speech),
    });
  });
}

/** "fair-share 1.1.0, for 10 % of calls (threshold: 3)". */
function trialWords(trial: Trace | null, speech: Speech): string {
  const { t } = speech;
  if (!trial) return t('nothing');
  const policy = speech.policy(String(trial.policy));
  const words =
    trial.stage === 'share'
      ? t('trial.share', { policy, share: Number(trial.share) })
      : t('trial.shadow', { policy });
  const settings = traceOf(trial.settings) ?? {};
  if (Object.keys(settings).length === 0) return words;
  return `${words} (${valueWords('settings', settings, speech)})`;
}

const list = (words: string[], speech: Speech) =>
  words.length === 0 ? speech.t('nothing') : words.join('; ');

/** A field's value as people say it. */
function valueWords(field: string, value: unknown, speech: Speech): string {
  const { t, way, calendar } = speech;
  const to = (each: unknown) => wayWords(each as Way, speech);
  const rows = Array.isArray(value) ? (value as Trace[]) : [];
  switch (field) {
    case 'hours':
      return value == null ? t('always') : calendar(Number(value));
    case 'closed':
    case 'deserted':
    case 'full':
      return value == null ? t('nothing') : to(value);
    case 'steps':
      return list(
        rows.map((row) => t('step', { after: span(Number(row.after_ms)), to: to(row.to) })),
        speech,
      );
    case 'keys':
      return list(
        rows.map((row) => t('key', { key: String(row.key), to: to(row.to) })),
        speech,
      );
    case 'callers':
      return list(
        rows.map((row) => `${row.number} (${row.priority})`),
        speech,
      );
    case 'announce': {
      const announce = traceOf(value);
      if (!announce) return t('nothing');
      const prompt = announce.greeting as Parameters<typeof way>[0] | null;
      return [
        ...(prompt ? [way(`prompt.${prompt}` as Parameters<typeof way>[0])] : []),
        ...(announce.place ? [t('place')] : []),
        ...(announce.wait ? [t('wait')] : []),
      ].join(', ');
    }
    case 'policy':
      return speech.policy(String(value));
    case 'trial':
      return trialWords(traceOf(value), speech);
    case 'settings':
      return list(
        Object.entries(traceOf(value) ?? {}).map(([id, each]) => `${id}: ${plain(each, t)}`),
        speech,
      );
    case 'week':
      return weekWords(value as CalendarWish['week'], t('shut'), speech.locale).join(', ');
    case 'dates':
      return list(
        (value as CalendarWish['dates']).map(
          ({ date, spans }) =>
            `${date} ${spans.map((each) => `${hourOf(each.from)}–${hourOf(each.to)}`).join(', ') || t('shut')}`,
        ),
        speech,
      );
    default:
      return scalarWords(field, value, t);
  }
}

/** A setting of a plugin: its own words, which are not ours to translate. */
const plain = (value: unknown, t: DifferenceWords) => scalarWords('', value, t);

function scalarWords(field: string, value: unknown, t: DifferenceWords): string {
  if (typeof value === 'number') return field.endsWith('_ms') ? span(value) : String(value);
  if (typeof value === 'boolean') return t(value ? 'yes' : 'no');
  if (Array.isArray(value)) return value.length === 0 ? t('nothing') : value.join(', ');
  if (value === null || value === undefined || value === '') return t('nothing');
  const key = `value.${field}.${value}` as Parameters<DifferenceWords>[0];
  return t.has(key) ? t(key) : String(value);
}

function modeWords(what: string, old: Trace | null, now: Trace | null, speech: Speech): string {
  const { t } = speech;
  const trace = now ?? old ?? {};
  const name = String(trace.name ?? speech.mode(Number(trace.mode)));
  if (what === 'mode_pressed') {
    const until_ms = trace.until_ms;
    if (typeof until_ms !== 'number') return t('mode.pressed', { name });
    const time = until(until_ms, speech.now_ms, speech.locale);
    return t('mode.pressed_until', { name, time });
  }
  if (what === 'mode_returned') return t('mode.returned', { name });
  if (!old) return t('mode.added', { name });
  return now ? t('mode.changed', { name }) : t('mode.removed', { name });
}

function ruleWords(old: Trace | null, now: Trace | null, { t }: Speech): string[] {
  const causes: MissCause[] = ['no_answer', 'rejected', 'busy', 'unreachable'];
  const words = (rule: unknown) => {
    if (!rule) return t('rules.never');
    const { limit, then } = rule as MissRule;
    if (limit === 0 || then.kind === 'nothing') return t('rules.never');
    const length = then.kind === 'rest' ? span(then.ms ?? 0) : '';
    return t(`rules.${then.kind}`, { limit, span: length, reason: then.reason ?? '' });
  };
  return causes
    .filter((cause) => !same(old?.[cause], now?.[cause]))
    .map((cause) =>
      t('changed', {
        name: t('rules.title'),
        field: t(`rules.cause.${cause}`),
        before: words(old?.[cause]),
        after: words(now?.[cause]),
      }),
    );
}

function plainWords(
  noun: 'person' | 'trunk' | 'credential',
  old: Trace | null,
  now: Trace | null,
  { t }: Speech,
): string {
  const trace = now ?? old ?? {};
  const name = String(trace.name ?? trace.sip_user ?? '');
  if (noun === 'trunk' && old && now) {
    const header = (of: Trace) => String(of.priority_header ?? t('trunk.none'));
    return t('trunk.header', { name, before: header(old), after: header(now) });
  }
  if (!old) return t(`${noun}.added`, { name });
  return now ? t('person.changed', { name }) : t(`${noun}.removed`, { name });
}
