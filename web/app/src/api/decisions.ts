// A policy tried on decisions that were taken.

import { useMutation } from '@tanstack/react-query';
import { ask } from './client';
import type { Settings } from './plugins';

/** A free agent, as a policy sees him. */
export interface CandidateTried {
  agent: number;
  order: number;
  idle_ms: number;
  handled_today: number;
  missed_today: number;
  talk_ms_today: number;
  /** Between 0 and 1. */
  occupancy: number;
}

/** A decision that the policy would have taken otherwise; nobody: the caller waits. */
export interface DecisionTried {
  at_ms: number;
  call: number;
  policy: string;
  decided: number | null;
  instead: number | null;
  reason: string | null;
  waited_ms: number;
  /** In the built-in order. */
  candidates: CandidateTried[];
}

export interface DecisionsTried {
  asked: number;
  same: number;
  different: number;
  failed: number;
  failure: string | null;
  /** When the oldest was taken. */
  since_ms: number | null;
  /** Newest first. */
  differing: DecisionTried[];
}

export interface DecisionsToTry {
  group: number;
  policy: string;
  settings: Settings;
}

/** Changes nothing, so nothing is read anew. */
export const useTryDecisions = () =>
  useMutation({
    mutationFn: (asked: DecisionsToTry) => ask<DecisionsTried>('POST', '/plugins/decisions', asked),
  });
