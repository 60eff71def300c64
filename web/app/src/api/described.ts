// The server's description of itself, for tests that hold the page's shapes against it.

import openapi from '../../../api/openapi.json';

interface Schema {
  type?: string;
  required?: string[];
  allOf?: Schema[];
  $ref?: string;
}

export const described = openapi.components.schemas as unknown as Record<string, Schema>;

/** The properties that the server promises to send always. */
export function promised(schema: Schema | undefined): string[] {
  if (schema?.$ref) return promised(described[schema.$ref.split('/').pop() ?? '']);
  return [...(schema?.required ?? []), ...(schema?.allOf ?? []).flatMap(promised)].sort();
}

/** Every key of a type: one missing or one too many does not compile. */
export function keys<T>(all: Record<keyof T, true>): string[] {
  return Object.keys(all).sort();
}
