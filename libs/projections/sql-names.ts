import { createHash } from 'node:crypto';
import { canonicalJson } from '#kernel';
import type { AnyProjection } from './definition';
import { ProjectionError } from './errors';
import { PROJECTION_LIMITS } from './limits';

export const READ_SCHEMA = 'read';
/** Columns that a history table has beside its own. */
export const FROM_POSITION = 'from_position';
export const TO_POSITION = 'to_position';

const NAME = /^[a-z][a-z0-9_]*$/;
const COLUMN = /^[A-Za-z_][A-Za-z0-9_]{0,58}$/;

export function quoted(identifier: string): string {
  return `"${identifier.replaceAll('"', '""')}"`;
}

export function qualified(schema: string, name: string): string {
  return `${quoted(schema)}.${quoted(name)}`;
}

/** Build 1 is the plain name; a rebuild of the same version stands beside it under the next build number. */
export function tableName(projection: AnyProjection, build: number): string {
  return build === 1 ? `${projection.name}_v${projection.version}` : `${projection.name}_v${projection.version}_b${build}`;
}

export function historyViewName(name: string): string {
  return `${name}_history`;
}

/** Differs when the stored shape or the handled types differ: then the rows that exist were made by another definition. */
export function definitionSignature(projection: AnyProjection): string {
  const shape = {
    columns: projection.columns,
    key: projection.key,
    indexes: projection.indexes ?? [],
    history: projection.history,
    types: Object.keys(projection.on).sort(),
  };
  return createHash('sha256').update(canonicalJson(shape)).digest('hex').slice(0, 32);
}

/** Thrown when names, key or limits are wrong: ProjectionError `invalid-definition`. */
export function checkDefinition(projection: AnyProjection): void {
  const refuse = (reason: string): never => {
    throw new ProjectionError('invalid-definition', { projection: projection.name, reason });
  };
  const columns = Object.keys(projection.columns);
  if (!NAME.test(projection.name) || projection.name.length > PROJECTION_LIMITS.nameLength) refuse('name must be snake_case and short');
  if (projection.name.endsWith('_history') || projection.name === 'consumers') refuse('name is reserved');
  if (!Number.isSafeInteger(projection.version) || projection.version < 1) refuse('version counts from 1');
  if (columns.length === 0 || columns.length > PROJECTION_LIMITS.columns) refuse('too few or too many columns');
  for (const column of columns) {
    if (!COLUMN.test(column) || column === FROM_POSITION || column === TO_POSITION) refuse(`column ${column} is not a usable name`);
  }
  if (projection.history && projection.keepsFirst === true) refuse('rows that never change have no history');
  checkKeyColumns(projection, refuse);
  for (const index of projection.indexes ?? []) {
    for (const column of index.columns) if (projection.columns[column] === undefined) refuse(`index column ${column} does not exist`);
  }
}

function checkKeyColumns(projection: AnyProjection, refuse: (reason: string) => never): void {
  if (projection.key.length === 0) refuse('a key needs a column');
  for (const column of projection.key) {
    const type = projection.columns[column];
    if (type === undefined || type === 'jsonb' || type === 'bytea' || type === 'boolean' || type === 'numeric')
      refuse(`key column ${column} can't be a key`);
  }
}
