// One door to the server: JSON in, JSON out, problems as one error class.

const BASE = '/api/v1';

/** Longer than any answer should take; a person has given up by then. */
const TIMEOUT_MS = 15_000;

/** The server may compile a plugin for half a minute before it gives up. */
const UPLOAD_MS = 60_000;

export interface FieldProblem {
  pointer: string;
  code: string;
  params?: Record<string, string | number>;
}

/** problem+json (RFC 9457) as the server words it: codes, never prose. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly params: Record<string, string | number> = {},
    readonly errors: FieldProblem[] = [],
    readonly detail?: string,
  ) {
    super(detail ?? code);
    this.name = 'Problem';
  }

  /** One that came in the middle of an answer. */
  static of({ status, code, params, errors, detail }: Problem): Problem {
    return new Problem(status, code, params, errors, detail);
  }
}

/** How far the server's clock is ahead of ours, as the `Date` header tells it. */
type ClockListener = (server_ms: number) => void;
let clockListener: ClockListener = () => {};
export function onServerClock(listener: ClockListener): void {
  clockListener = listener;
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export function ask<T>(method: Method, path: string, body?: unknown): Promise<T> {
  const text = body === undefined ? undefined : JSON.stringify(body);
  return request<T>(method, path, { body: text, type: 'application/json', within: TIMEOUT_MS });
}

/** A file as it is. The server looks at it before it answers. */
export function sendFile<T>(path: string, file: Blob): Promise<T> {
  return request<T>('POST', path, { body: file, type: 'application/wasm', within: UPLOAD_MS });
}

/**
 * Asks for something that takes long, and hears its events as they come (server-sent events in the
 * answer to a POST). Whoever aborts the signal ends it on the server too.
 */
export async function hear(
  path: string,
  body: unknown,
  signal: AbortSignal,
  onEvent: (name: string, data: unknown) => void,
): Promise<void> {
  try {
    const response = await fetch(BASE + path, {
      method: 'POST',
      headers: { accept: 'text/event-stream', 'content-type': 'application/json' },
      body: JSON.stringify(body),
      credentials: 'same-origin',
      signal,
    });
    if (!response.ok || !response.body) throw await problemOf(response);
    const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      const frames = (text + value).split('\n\n');
      text = frames.pop() ?? '';
      for (const frame of frames) {
        const name = /^event: (.*)$/m.exec(frame)?.[1];
        const data = /^data: (.*)$/m.exec(frame)?.[1];
        // A frame without a name only shows that the server is there.
        if (name !== undefined && data !== undefined) onEvent(name, JSON.parse(data));
      }
    }
  } catch (cause) {
    throw cause instanceof Problem ? cause : new Problem(0, 'unreachable', {}, [], String(cause));
  }
}

async function request<T>(
  method: Method,
  path: string,
  { body, type, within }: { body: BodyInit | undefined; type: string; within: number },
): Promise<T> {
  let response: Response;
  try {
    response = await fetch(BASE + path, {
      method,
      headers: {
        accept: 'application/json',
        ...(body === undefined ? {} : { 'content-type': type }),
      },
      ...(body === undefined ? {} : { body }),
      credentials: 'same-origin',
      signal: AbortSignal.timeout(within),
    });
  } catch (cause) {
    throw new Problem(0, 'unreachable', {}, [], String(cause));
  }
  const date = Date.parse(response.headers.get('date') ?? '');
  if (!Number.isNaN(date)) clockListener(date);
  if (!response.ok) throw await problemOf(response);
  const text = await response.text();
  return (text === '' ? undefined : JSON.parse(text)) as T;
}

async function problemOf(response: Response): Promise<Problem> {
  try {
    const body = await response.json();
    if (typeof body?.code === 'string') {
      return new Problem(response.status, body.code, body.params, body.errors, body.detail);
    }
  } catch {
    // Not JSON: a proxy's page, or nothing at all. The status is all we know.
  }
  return new Problem(response.status, 'unexpected', { status: response.status });
}
