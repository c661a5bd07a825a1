import { addFraction, compareFraction, type Fraction } from '#kernel';
import { PERIOD_KINDS, type PeriodKind } from '#libs/calendar';
import type { SchemeDocument } from '../../contracts/document';
import { forKind } from '../blocks/by-kind';
import { namesIn } from '../formula/compile';
import type { Expression } from '../formula/parser';
import { exactText, NOTHING, ONE } from '../numbers';
import type { PathPart } from '../reading/scheme-text';
import type { Findings } from './finding';
import { type FormulaPlace, formulasOf, parsed, readsOf, restsOn } from './formulas';
import { bindInputs } from './kind-check';
import { type Group, Reading } from './reading';

/** What can be said of a scheme without following its numbers: what nobody reads, what is paid twice, what does not add up. */
export function checkDocument(document: SchemeDocument, findings: Findings): void {
  const formulas = formulasOf(document);
  const reads = readsOf(document, formulas);
  checkUnused(document, reads, findings);
  checkOptional(document, formulas, findings);
  checkGroupFacts(document, reads, findings);
  checkPaidTwice(document, reads, findings);
  checkExclusivePeriods(document, findings);
  checkCounts(document, findings);
}

type Reads = ReadonlyMap<string, ReadonlySet<string>>;

/** Declared and read by nothing. A fact also serves as the whole of a part, as what a deposit holds, or as what others are ranked by. */
function checkUnused(document: SchemeDocument, reads: Reads, findings: Findings): void {
  const read = new Set([...reads.values()].flatMap((names) => [...names]));
  const lists = Object.values(document.ratings).some((rating) => rating.type === 'list' && rating.items === 'lines');
  for (const [key, fact] of Object.entries(document.facts)) {
    if (fact.partOf !== undefined && read.has(key)) read.add(fact.partOf);
    if (fact.group !== undefined && fact.group !== 'score' && read.has(key)) read.add(fact.group);
  }
  const unused = (code: string, path: readonly PathPart[], name: string): void => {
    if (!read.has(name)) findings.warning(code, path, name);
  };
  for (const key of Object.keys(document.facts)) unused('unused-fact', ['facts', key], key);
  for (const [key, rating] of Object.entries(document.ratings))
    if (!(rating.type === 'list' && rating.items === 'lines' && lists)) unused('unused-rating', ['ratings', key], `rating.${key}`);
  for (const [name, { describes }] of Object.entries(document.parameters))
    if (describes === undefined) unused('unused-parameter', ['parameters', name], `param.${name}`);
  for (const name of Object.keys(document.tables ?? {})) unused('unused-table', ['tables', name], `table.${name}`);
  for (const name of Object.keys(document.employee ?? {})) unused('unused-attribute', ['employee', name], `employee.${name}`);
  for (const name of Object.keys(document.history ?? {}))
    if (![...read].some((one) => one.startsWith(`history.${name}.`))) findings.warning('unused-history', ['history', name], name);
  document.raters?.lines.forEach(({ key }, index) => {
    const own = [...read].some((one) => one === `raters.${key}` || (one.startsWith('rating.') && one.endsWith(`.${key}`)));
    if (!own) findings.warning('unused-rating', ['raters', 'lines', index], key);
  });
}

/** A fact that may be absent reads as 0: whoever reads it should ask first. */
function checkOptional(document: SchemeDocument, formulas: readonly FormulaPlace[], findings: Findings): void {
  const asked = new Map<string, Set<string>>();
  for (const { owner, text } of formulas)
    for (const fact of askedIn(parsed(text))) {
      const group = document.facts[fact]?.optional;
      if (group !== undefined) asked.set(owner, (asked.get(owner) ?? new Set()).add(group));
    }
  for (const { owner, path, text } of formulas) {
    const expression = parsed(text);
    for (const name of expression ? namesIn(expression) : []) {
      const group = document.facts[name]?.optional;
      if (group !== undefined && asked.get(owner)?.has(group) !== true)
        findings.warning('optional-without-has', path, name, text.indexOf(name));
    }
  }
}

function askedIn(expression: Expression | undefined): readonly string[] {
  switch (expression?.kind) {
    case 'negate':
    case 'not':
      return askedIn(expression.of);
    case 'arithmetic':
    case 'compare':
    case 'logic':
      return [...askedIn(expression.left), ...askedIn(expression.right)];
    case 'call': {
      const [first] = expression.args;
      const own = expression.name === 'has' && first?.kind === 'name' ? [first.name] : [];
      return [...own, ...expression.args.flatMap(askedIn)];
    }
    default:
      return [];
  }
}

/** A place among others needs the others. */
function checkGroupFacts(document: SchemeDocument, reads: Reads, findings: Findings): void {
  document.pay?.forEach((line, index) => {
    if (line.kind !== 'prize') return;
    const place = parsed(line.place);
    const own = place ? namesIn(place) : [];
    const names = [...own, ...own.flatMap((name) => [...restsOn(name, reads)])];
    if (place && !names.some((name) => document.facts[name]?.group !== undefined))
      findings.warning('prize-without-group', ['pay', index, 'place'], line.key);
  });
}

const LONGER: Readonly<Record<PeriodKind, readonly PeriodKind[]>> = { month: ['quarter', 'year'], quarter: ['year'], year: [] };

/**
 * A line paid in a period and in a longer one around it pays the same money again, when it rests on an amount of money and a
 * person can be on both.
 */
function checkPaidTwice(document: SchemeDocument, reads: Reads, findings: Findings): void {
  document.pay?.forEach((line, index) => {
    const kinds = PERIOD_KINDS.filter((kind) => document.periods[kind] && (line.periods?.includes(kind) ?? true));
    const isExclusive = (kind: PeriodKind, longer: PeriodKind): boolean =>
      document.exclusivePeriods?.includes(kind) === true && document.exclusivePeriods.includes(longer);
    const twice = kinds.some((kind) => LONGER[kind].some((longer) => kinds.includes(longer) && !isExclusive(kind, longer)));
    if (!twice) return;
    const money = [...restsOn(`line.${line.key}`, reads)].find(
      (name) => document.facts[name]?.unit === 'money' && document.facts[name].group === undefined,
    );
    if (money !== undefined && !isHeldBack(line)) findings.warning('paid-twice', ['pay', index], money);
  });
}

/** Kinds of period exclude each other because each pays. */
function checkExclusivePeriods(document: SchemeDocument, findings: Findings): void {
  document.exclusivePeriods?.forEach((kind, index) => {
    const pays = (document.pay ?? []).some(({ periods }) => periods?.includes(kind) ?? true);
    if (!pays) findings.warning('exclusive-period-without-pay', ['exclusivePeriods', index], kind);
  });
}

function isHeldBack(line: NonNullable<SchemeDocument['pay']>[number]): boolean {
  return line.kind === 'deposit';
}

/** Labour Contract Law of China, article 9: no deposit may be taken from the worker. */
export function checkDeposit(document: SchemeDocument, findings: Findings): void {
  if (document.jurisdiction === 'other') return;
  document.pay?.forEach((line, index) => {
    if (line.kind !== 'deposit') return;
    for (const kind of PERIOD_KINDS) {
      if (!document.periods[kind] || !(line.periods?.includes(kind) ?? true)) continue;
      const monthly = inputsOf(document, kind).fixed(line.monthly);
      if (!monthly || monthly.num > 0n)
        findings.warning('deposit-forbidden-by-law', ['pay', index, 'monthly'], monthly ? exactText(monthly) : '');
    }
  });
}

export function inputsOf(document: SchemeDocument, kind: PeriodKind): Reading {
  const reading = new Reading(document, kind, undefined);
  bindInputs(reading);
  return reading;
}

function scoredKinds(document: SchemeDocument): readonly PeriodKind[] {
  return PERIOD_KINDS.filter((kind) => document.periods[kind]);
}

function percentText(share: Fraction): string {
  return `${exactText({ num: share.num * 100n, den: share.den })}%`;
}

/** Sections that each give a share to the score: the shares of those that apply to a person make one whole. */
function checkCounts(document: SchemeDocument, findings: Findings): void {
  for (const kind of scoredKinds(document)) {
    if (document.periods[kind]?.kind === 'roll-up') continue;
    const inputs = inputsOf(document, kind);
    for (const group of groupsOf(document)) {
      const reading = inputs.ofGroup(group);
      const here = document.sections.filter(
        ({ periods, when }) =>
          (periods?.includes(kind) ?? true) && (when === undefined || reading.truth({ text: when, path: [] }) === true),
      );
      const counts = here.map((section) => (section.counts === undefined ? undefined : reading.fixed(forKind(section.counts, kind))));
      const given = counts.filter((count) => count !== undefined && count.num !== 0n);
      if (given.length < 2 || counts.includes(undefined)) continue;
      const sum = given.reduce<Fraction>((so, count) => (count ? addFraction(so, count) : so), NOTHING);
      if (compareFraction(sum, ONE) !== 0) findings.warning('counts-do-not-sum', ['sections'], percentText(sum));
    }
  }
}

const MOST_GROUPS = 200;

/** Each way the attributes of a person can be, up to a bound; one without attributes when there are none. */
export function groupsOf(document: SchemeDocument): readonly Group[] {
  let groups: Group[] = [new Map()];
  for (const [name, { words }] of Object.entries(document.employee ?? {})) {
    const next = groups.flatMap((group) => words.map((word) => new Map(group).set(name, word)));
    if (next.length > MOST_GROUPS) return groups;
    groups = next;
  }
  return groups;
}
