import { randomBytes } from 'node:crypto';
import { formatDecimal, type IdSource, parseDecimal, Rejection, subjectId } from '#kernel';
import { dayAt, periodKind } from '#libs/calendar';
import type { CycleReader, CycleView } from '#libs/cycle/contracts';
import type { CommandContext, CommandResult, CommandRunner } from '#libs/event-store';
import type { OrganisationReader } from '#libs/organisation/contracts';
import type { PersonalTexts } from '#libs/privacy/contracts';
import { type CompiledScheme, ratingLines, type SchemeSource, validateRatings } from '#libs/scheme';
import {
  type AnswersByLine,
  type CustomerAnswersInput,
  type NominatePeersInput,
  type PeerAnswerInput,
  type RaterCommand,
  STEPS,
} from '../contracts';
import { appraisalDecider } from '../domain/appraisal.decider';
import type { Appraisal } from '../domain/appraisal.state';
import { answerText } from '../domain/pooled-answers.policy';
import { boundsOf } from './peer-answers';
import { SchemeNotUsable } from './scoring.service';

const SALT_BYTES = 16;

export interface RatersParts {
  readonly runner: CommandRunner;
  readonly cycles: CycleReader;
  readonly organisation: Pick<OrganisationReader, 'people' | 'lineAbove'>;
  readonly schemes: SchemeSource;
  readonly texts: Pick<PersonalTexts, 'make'>;
  readonly ids: IdSource;
}

/**
 * What groups of people say about one person: colleagues, whose answers nobody can tell apart, and customers. Thrown by all:
 * Rejection `appraisal.…`, `cycle.…`.
 */
export interface Raters {
  /** The whole list, by the manager or HR; never the person, who rates or reviews them, or somebody above them in the line. */
  nominatePeers(appraisalId: string, input: NominatePeersInput, context: CommandContext): Promise<CommandResult>;
  /** All lines, once. A retry with the same request key is answered by the first receipt, whatever it holds. */
  answerAsPeer(appraisalId: string, input: PeerAnswerInput, context: CommandContext): Promise<CommandResult>;
  /** One row a customer, no names. */
  recordCustomerAnswers(appraisalId: string, input: CustomerAnswersInput, context: CommandContext): Promise<CommandResult>;
}

export function createRaters(parts: RatersParts): Raters {
  return new RatersOfAppraisals(parts);
}

class RatersOfAppraisals implements Raters {
  constructor(private readonly parts: RatersParts) {}

  async nominatePeers(id: string, { peers }: NominatePeersInput, context: CommandContext): Promise<CommandResult> {
    const appraisal = await this.load(id);
    const { zone } = (await this.cycleOf(appraisal)).calendar;
    const today = dayAt(context.now, zone);
    const known = await this.parts.organisation.people(peers, today);
    if (peers.some((peer) => !known.has(peer))) throw new Rejection('appraisal.unknown-peer');
    const line = await this.parts.organisation.lineAbove(appraisal.subject, today);
    const { most } = boundsOf((await this.schemeOf(appraisal)).document);
    const round = appraisal.peerRound?.round ?? subjectId(this.parts.ids.uuid());
    return this.run(id, { type: 'NominatePeers', data: { peers, round, most, line } }, context, { peers });
  }

  async answerAsPeer(id: string, { ratings }: PeerAnswerInput, context: CommandContext): Promise<CommandResult> {
    const appraisal = await this.load(id);
    const round = appraisal.peerRound;
    if (!round?.peers.some((peer) => peer === context.actor)) throw new Rejection('appraisal.not-a-peer');
    mustHaveBegun(await this.cycleOf(appraisal));
    const lines = await this.checked(appraisal, 'peers', ratings);
    const text = answerText(lines, ratings, randomBytes(SALT_BYTES).toString('base64url'));
    const data = { answers: this.parts.texts.make(round.round, text) };
    // What was answered is no part of what the request is remembered by.
    return this.run(id, { type: 'AnswerAsPeer', data }, context, { answered: id });
  }

  async recordCustomerAnswers(id: string, { rows }: CustomerAnswersInput, context: CommandContext): Promise<CommandResult> {
    const appraisal = await this.load(id);
    await this.cycleOf(appraisal);
    let lines: readonly string[] = [];
    for (const row of rows) lines = await this.checked(appraisal, 'customers', row);
    const answers: AnswersByLine = Object.fromEntries(lines.map((line) => [line, rows.map((row) => plain(row[line]))]));
    return this.run(id, { type: 'RecordCustomerAnswers', data: { answers, customers: rows.length } }, context);
  }

  private run(id: string, command: RaterCommand, context: CommandContext, intent?: object): Promise<CommandResult> {
    return this.parts.runner.run(appraisalDecider, id, command, intent === undefined ? context : { ...context, intent });
  }

  /** The keys of the group's lines, once they are all answered as the scheme asks. Thrown: Rejection `appraisal.invalid-ratings`. */
  private async checked(
    appraisal: Appraisal,
    rater: 'peers' | 'customers',
    ratings: Readonly<Record<string, string>>,
  ): Promise<readonly string[]> {
    const { period, employee } = appraisal;
    const compiled = await this.schemeOf(appraisal);
    const kind = periodKind(period);
    const lines = ratingLines(compiled, kind, rater, employee).map(({ key }) => key);
    if (lines.length === 0) throw new Rejection('appraisal.group-not-asked', { group: rater });
    const errors = validateRatings(compiled, { kind, rater, ratings, complete: true, ...(employee ? { employee } : {}) });
    if (errors.length > 0) throw new Rejection('appraisal.invalid-ratings', { errors: errors.map(({ code, key }) => `${key}: ${code}`) });
    return lines;
  }

  private async load(id: string): Promise<Appraisal> {
    const { state } = await this.parts.runner.load(appraisalDecider, id);
    if (state.status === 'none') throw new Rejection('appraisal.not-opened');
    return state;
  }

  private async cycleOf({ cycleId }: Appraisal): Promise<CycleView> {
    const cycle = await this.parts.cycles.cycle(cycleId);
    if (!cycle) throw new Rejection('cycle.not-started');
    if (cycle.status === 'cancelled') throw new Rejection('cycle.not-running', { status: cycle.status });
    return cycle;
  }

  private async schemeOf({ scheme }: Appraisal): Promise<CompiledScheme> {
    const compiled = await this.parts.schemes.scheme(scheme.schemeId, scheme.version);
    if (!compiled) throw new SchemeNotUsable(scheme);
    return compiled;
  }
}

/** Colleagues answer from the first review on: they need nothing of what the others say. */
function mustHaveBegun({ phases }: CycleView): void {
  const reviews = phases.filter(({ phase }) => STEPS.some((step) => step === phase));
  if (reviews.every(({ state }) => state === 'planned')) throw new Rejection('appraisal.step-not-begun', { step: 'manager-review' });
}

/** One spelling for equal numbers; what is no number was refused before. */
function plain(text: string | undefined): string {
  const value = parseDecimal(text ?? '');
  return value ? formatDecimal(value) : '';
}
