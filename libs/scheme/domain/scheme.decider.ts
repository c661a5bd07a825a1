import { createHash } from 'node:crypto';
import { type ActorId, type Decider, type DecisionContext, type Instant, type PlainDay, Rejection } from '#kernel';
import { addMonths, dayAt } from '#libs/calendar';
import { SCHEME_LIMITS } from '../contracts/document';
import type { DraftScheme, PutSchemeInForce, RetireScheme, SchemeCommand, SchemeEvent } from '../contracts/commands';
import { compileScheme } from './compile';
import { readScheme, type SchemeProblem } from './scheme-text';

interface VersionState {
  readonly yaml: string;
  readonly yamlHash: string;
  readonly draftedBy: ActorId;
  readonly status: 'draft' | 'in-force' | 'superseded' | 'retired';
}

/** The versions of one scheme by number, from 1. */
export interface SchemeState {
  readonly versions: ReadonlyMap<number, VersionState>;
}

type Decision = readonly SchemeEvent[];

export function yamlHashOf(yaml: string): string {
  return createHash('sha256').update(yaml, 'utf8').digest('hex');
}

function latest(state: SchemeState): number {
  return state.versions.size;
}

function versionOf(state: SchemeState, schemeId: string, version: number): VersionState {
  const found = state.versions.get(version);
  if (!found) throw new Rejection('scheme.unknown-version', { schemeId, version });
  return found;
}

/** A draft may still be wrong inside, but it must be a scheme, and this one. */
function draftScheme({ data }: DraftScheme, state: SchemeState, { now, actor }: DecisionContext): Decision {
  if (Buffer.byteLength(data.yaml, 'utf8') > SCHEME_LIMITS.textBytes)
    throw new Rejection('scheme.too-long', { most: SCHEME_LIMITS.textBytes });
  const reading = readScheme(data.yaml);
  if (!reading.ok) throw new Rejection('scheme.not-readable', problemDetails(reading.problems));
  if (reading.source.document.id !== data.schemeId)
    throw new Rejection('scheme.other-id', { schemeId: data.schemeId, inText: reading.source.document.id });
  const yamlHash = yamlHashOf(data.yaml);
  const last = state.versions.get(latest(state));
  if (last?.yamlHash === yamlHash && last.status === 'draft') return [];
  const template = data.template ?? reading.source.document.template;
  return [
    {
      type: 'SchemeDrafted',
      data: {
        schemeId: data.schemeId,
        version: latest(state) + 1,
        ...(template !== undefined && { template }),
        yaml: data.yaml,
        yamlHash,
        draftedBy: actor,
        draftedAt: now,
      },
    },
  ];
}

/** Where a review date is counted: schemes belong to the company, whose calendar is Chinese. */
const SCHEME_ZONE = 'Asia/Shanghai';

/** Separation of duties: who drafted it can't put it in force (domain.md "People and what each may do"). */
function putSchemeInForce({ data }: PutSchemeInForce, state: SchemeState, { now, actor }: DecisionContext): Decision {
  const version = versionOf(state, data.schemeId, data.version);
  if (version.status === 'in-force') return [];
  if (version.status !== 'draft')
    throw new Rejection('scheme.not-a-draft', { schemeId: data.schemeId, version: data.version, status: version.status });
  if (version.draftedBy === actor) throw new Rejection('scheme.own-draft', { schemeId: data.schemeId, version: data.version });
  const reading = readScheme(version.yaml);
  const compilation = reading.ok ? compileScheme(reading.source) : reading;
  if (!compilation.ok) throw new Rejection('scheme.not-valid', problemDetails(compilation.problems));
  const supersedes = [...state.versions].find(([, other]) => other.status === 'in-force')?.[0];
  const months = Number((reading.ok ? reading.source.document.reviewAfterMonths : undefined) ?? '12');
  return [
    {
      type: 'SchemePutInForce',
      data: {
        schemeId: data.schemeId,
        version: data.version,
        yamlHash: version.yamlHash,
        ...(supersedes !== undefined && { supersedes }),
        approvedBy: actor,
        inForceAt: now,
        reviewOn: reviewDay(now, months),
      },
    },
  ];
}

function reviewDay(now: Instant, months: number): PlainDay {
  return addMonths(dayAt(now, SCHEME_ZONE), months);
}

function retireScheme({ data }: RetireScheme, state: SchemeState, { now, actor }: DecisionContext): Decision {
  const version = versionOf(state, data.schemeId, data.version);
  if (version.status === 'retired') return [];
  return [{ type: 'SchemeRetired', data: { schemeId: data.schemeId, version: data.version, retiredBy: actor, retiredAt: now } }];
}

/** Codes and places only: a scheme's text may hold people's words. */
function problemDetails(problems: readonly SchemeProblem[]): { readonly count: number; readonly problems: readonly string[] } {
  return {
    count: problems.length,
    problems: problems.slice(0, 20).map(({ code, path, line, column }) => `${line}:${column} ${code} ${path}`),
  };
}

export const schemeDecider: Decider<SchemeCommand, SchemeState, SchemeEvent> = {
  category: 'scheme',
  initial: { versions: new Map() },
  decide(command, state, context) {
    switch (command.type) {
      case 'DraftScheme':
        return draftScheme(command, state, context);
      case 'PutSchemeInForce':
        return putSchemeInForce(command, state, context);
      case 'RetireScheme':
        return retireScheme(command, state, context);
    }
  },
  evolve(state, event) {
    const versions = new Map(state.versions);
    switch (event.type) {
      case 'SchemeDrafted': {
        const { version, yaml, yamlHash, draftedBy } = event.data;
        versions.set(version, { yaml, yamlHash, draftedBy, status: 'draft' });
        break;
      }
      case 'SchemePutInForce':
        for (const [number, version] of versions)
          if (version.status === 'in-force') versions.set(number, { ...version, status: 'superseded' });
        setStatus(versions, event.data.version, 'in-force');
        break;
      case 'SchemeRetired':
        setStatus(versions, event.data.version, 'retired');
    }
    return { versions };
  },
  /** A scheme may always get a next version. */
  isTerminal: () => false,
};

function setStatus(versions: Map<number, VersionState>, number: number, status: VersionState['status']): void {
  const version = versions.get(number);
  if (version) versions.set(number, { ...version, status });
}
